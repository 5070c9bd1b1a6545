"""Requirements, risk controls and test runs, with their links: one is lost, and on each build a test fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.calendar import Calendar
from curriculum.cases.healthcare_platform.kinds import Control, Model, Requirement, Run, Screen
from curriculum.cases.healthcare_platform.people import PEOPLE
from curriculum.cases.healthcare_platform.wards import SLUG
from curriculum.support.dates import full_day

BUILDS = tuple((model, screen) for model in ("trees", "sequence") for screen in ("tiered", "popup"))
"""Models with screens that can go out."""

HIGH = 3
"""Controls against a high risk; which these are is what the risk analysis of this company found."""

_REQUIREMENTS = (
    ("req_in_time", "An alert is on the screen within two seconds", "iec_62304", "ctl_late", "alert"),
    ("req_reasons", "Each alert shows the signs that drove it", "gmlp", "ctl_blind_trust", "alert"),
    ("req_unsure", "A score of low confidence looks different", "gmlp", "ctl_overconfidence", "low_confidence"),
    ("req_old_signs", "Vital signs that are too old are marked", "iso_14971", "ctl_old_signs", "stale_data"),
    ("req_outage", "An outage shows at once, with what to do", "iec_62366", "ctl_silent_outage", "unavailable"),
    ("req_log", "Every alert and answer is kept, and the calm screen shows since when", "part_11", "ctl_lost_trail",
     "quiet"),
    ("req_loading", "While data load, the last alerts stay visible", "iec_62366", "ctl_flicker", "loading"),
)  # fmt: skip
_CONTROLS = (
    ("ctl_late", "Alarm path measured end to end", "req_in_time"),
    ("ctl_blind_trust", "Reasons beside the score, so that it can be doubted", "req_reasons"),
    ("ctl_overconfidence", "Low confidence shown and never interrupting", "req_unsure"),
    ("ctl_old_signs", "Age of the signs checked before each score", "req_old_signs"),
    ("ctl_silent_outage", "Watchdog with a banner and the paper score", "req_outage"),
    ("ctl_lost_trail", "Append-only log of alerts and answers", "req_log"),
    ("ctl_flicker", "Last list kept while the next one loads", "req_loading"),
)


@dataclass(frozen=True)
class Trace:
    """The parts of the trace by id, and the runs that count."""

    requirements: Mapping[str, Requirement]
    controls: Mapping[str, Control]
    runs: Mapping[str, Run]
    lost_link: str
    """Id of the requirement whose control is missing in the requirements list."""
    failing: Mapping[tuple[str, str], frozenset[str]]
    """By model and screen: the requirements whose test has never passed on this build; none against a high risk."""

    def control_of(self, requirement: str) -> str:
        """The control that serves a requirement, as the risk file says."""
        return next((control.id for control in self.controls.values() if control.requirement == requirement), "")

    def good_run(self, requirement: str, model: str, screen: str) -> str:
        """The passed run on a build that is the released one; blank where there is none."""
        return next(
            (
                run.id
                for run in self.runs.values()
                if (run.requirement, run.model, run.screen, run.result) == (requirement, model, screen, "passed")
            ),
            "",
        )


def make_trace(
    seed: int, calendar: Calendar, models: Mapping[str, Model], screens: Mapping[str, Screen]
) -> tuple[Trace, Mapping[str, Columns]]:
    """The trace of one seed and its tables: requirements, controls, test_runs."""
    rng = random(SLUG, seed, "trace")
    lost = _REQUIREMENTS[int(rng.integers(0, len(_REQUIREMENTS)))][0]
    requirements = by_id(
        *(
            Requirement(id, text, clause=clause, control="" if id == lost else control, state=state)
            for id, text, clause, control, state in _REQUIREMENTS
        )
    )
    controls = by_id(*_make_controls(rng))
    failing = {build: _draw_failing(rng, controls) for build in BUILDS}
    runs = _make_runs(rng, calendar, models, screens, failing, controls)
    tables = {
        "requirements": frozen_columns(
            requirement=np.array([r.id for r in requirements.values()]),
            text=np.array([r.label for r in requirements.values()]),
            clause=np.array([r.clause for r in requirements.values()]),
            control=np.array([r.control for r in requirements.values()]),
            screen_state=np.array([r.state for r in requirements.values()]),
        ),
        "controls": frozen_columns(
            control=np.array([c.id for c in controls.values()]),
            text=np.array([c.label for c in controls.values()]),
            severity=np.array([c.severity for c in controls.values()]),
            made_by=np.array([c.made_by for c in controls.values()]),
            wanted_by=np.array([c.wanted_by for c in controls.values()]),
            could_answer=np.array([", ".join(c.could_answer) for c in controls.values()]),
            requirement=np.array([c.requirement for c in controls.values()]),
        ),
        "test_runs": frozen_columns(
            run=np.array([run.id for run in runs.values()]),
            requirement=np.array([run.requirement for run in runs.values()]),
            model=np.array([run.model for run in runs.values()]),
            screen=np.array([run.screen for run in runs.values()]),
            run_on=np.array([run.run_on for run in runs.values()], dtype="datetime64[D]"),
            result=np.array([run.result for run in runs.values()]),
        ),
    }
    return Trace(requirements, controls, runs, lost, failing), tables


def _make_controls(rng: np.random.Generator) -> Iterator[Control]:
    """Each control with its severity, and with who made it, who wants it out, and who may answer for it."""
    high = {int(i) for i in rng.permutation(len(_CONTROLS))[:HIGH]}
    for number, (id, text, requirement) in enumerate(_CONTROLS):
        maker, wants, owner = (sorted(PEOPLE)[int(i)] for i in rng.permutation(len(PEOPLE))[:3])
        severity = "high" if number in high else ("medium", "low")[int(rng.integers(0, 2))]
        could = tuple((maker, wants, owner)[int(i)] for i in rng.permutation(3))
        yield Control(
            id, text, severity=severity, requirement=requirement, made_by=maker, wanted_by=wants, owner=owner,
            could_answer=could,
        )  # fmt: skip


def _draw_failing(rng: np.random.Generator, controls: Mapping[str, Control]) -> frozenset[str]:
    """Two or three requirements, none of which stands against a high risk."""
    milder = [control.requirement for control in controls.values() if control.severity != "high"]
    return frozenset(milder[int(i)] for i in rng.permutation(len(milder))[: int(rng.integers(2, 4))])


def _make_runs(
    rng: np.random.Generator,
    calendar: Calendar,
    models: Mapping[str, Model],
    screens: Mapping[str, Screen],
    failing: Mapping[tuple[str, str], frozenset[str]],
    controls: Mapping[str, Control],
) -> Mapping[str, Run]:
    """A passed run for each requirement and build, passed runs on the older build, and failures."""
    wanted: list[tuple[str, str, str, int, str]] = []
    high = {control.requirement for control in controls.values() if control.severity == "high"}
    for requirement, *_ in _REQUIREMENTS:
        for model, screen in BUILDS:
            result = "failed" if requirement in failing[model, screen] else "passed"
            wanted.append((requirement, model, screen, int(rng.integers(3, 12)), result))
            # Some tests of what may hurt most failed first, and passed once it was mended.
            if requirement in high and rng.random() < 0.5:
                wanted.append((requirement, model, screen, int(rng.integers(14, 20)), "failed"))
        # The same test passed on the build of last autumn: green, and of no use for this release.
        wanted.append((requirement, "trees", "tiered_old", int(rng.integers(70, 90)), "passed"))
    texts = {id: text for id, text, *_ in _REQUIREMENTS}
    runs = []
    for number, index in enumerate(rng.permutation(len(wanted)), start=1):
        requirement, model, screen, days, result = wanted[int(index)]
        day = calendar.before(days)
        words = f"{texts[requirement]}; {models[model].label} with {screens[screen].label}, {full_day(day)}: {result}"
        runs.append(
            Run(f"run_{number:02d}", words, requirement=requirement, model=model, screen=screen,
                run_on=day, result=result)
        )  # fmt: skip
    return by_id(*runs)
