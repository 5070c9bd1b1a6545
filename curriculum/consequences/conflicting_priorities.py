"""The half-year after the launch: the promise as it was written, replayed week by week on unseen deliveries."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.phased_plan import PhasedPlan
from curriculum.artifacts.raci import Raci
from curriculum.cases import Case, load_unseen
from curriculum.cases.base import frozen_columns
from curriculum.cases.conflicting_priorities.deliverables import LATE_WORDS
from curriculum.cases.conflicting_priorities.draw import MODEL_WEEKS, REGIONS
from curriculum.cases.conflicting_priorities.facts import NOTICE_ROOM, TODAY
from curriculum.cases.conflicting_priorities.promise import (
    FLOOR,
    GROUP_FLOOR,
    MINUTE,
    Trial,
    clearly_below,
    tried,
    windows_for,
)
from curriculum.cases.conflicting_priorities.worth import (
    AT_DISPATCH,
    BOTH,
    GAIN,
    HALF_YEAR,
    NONE,
    WAIT,
    backend_weeks,
    worth,
)
from curriculum.consequences.late import Late, came_out_late
from curriculum.consequences.outcome import Better, Change, Comparison, Goal, Outcome, Result, rates_compared
from curriculum.consequences.promise_figure import Weeks, drawing
from curriculum.roleplay.engine import State
from curriculum.support.rules import RuleError
from curriculum.support.windows import Windows

SCALE = 10
"""Deliveries for each of those that are simulated."""
COMPLAIN, WARNED = 0.12, 0.03
"""Of those whose time was broken, the share that writes, without and with a notice that comes early enough. Assumed,
after what Ruta tells."""
WRITE_AGAIN = 1.5
"""How often they write where they do not get what they ask for. Assumed."""
LATE_BUILD = 2
"""Weeks that the launch slips for each backend week that nobody has. Assumed: whoever lends them is asked first."""


@dataclass(frozen=True)
class Run:
    """One plan in the half-year."""

    trial: Trial
    windows: Windows
    held: np.ndarray
    week: np.ndarray
    """Week after the contract's date, by delivery."""
    slips: int
    """Weeks by which the launch comes late."""
    model_week: int
    """The week in which a model takes over; 0 where none does."""
    narrower: float
    """Minutes by which its windows are narrower."""

    @property
    def given(self) -> np.ndarray:
        """By delivery: whether there was a promise at all."""
        there: np.ndarray = self.week > self.slips
        return there


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The half-year as it goes with this plan; None while there is none, or its formulas cannot be run."""
    plan, raci = artifacts.get("phased_plan"), artifacts.get("raci")
    unseen = load_unseen(case.slug, case.seed)
    if not isinstance(plan, PhasedPlan) or unseen is None or not plan.first.mechanism:
        return None
    try:
        run = _run(case, unseen, plan)
    except RuleError:
        return None
    return _outcome(case, unseen, plan, raci if isinstance(raci, Raci) else None, run, conversation)


def _run(case: Case, unseen: Case, plan: PhasedPlan) -> Run:
    columns, door = unseen.columns["deliveries"], unseen.truth.door
    windows = windows_for(plan.first.earliest, plan.first.latest, columns)
    shape, log = case.truth.shape, plan.second.log
    planned = min(plan.first.launch_week or shape.launch, 60.0)
    slips = max(0, math.ceil(planned - shape.launch))  # before the contract begins there is no shop to deliver from
    missing = backend_weeks(plan.first.mechanism, log) - shape.backend_weeks
    slips += LATE_BUILD * max(0, math.ceil(missing))
    if plan.first.mechanism == WAIT:
        slips = max(slips, case.truth.model_week)
    saved = case.truth.gain(log) if log in case.truth.spike and log != NONE else 0.0
    if log == "all_four":
        saved = max(case.truth.gain(one) for one in case.truth.spike)
    taken = log not in ("", NONE) and shape.ml_weeks >= MODEL_WEEKS and saved >= GAIN
    week = case.truth.model_week + slips if taken else 0
    return Run(
        trial=tried(windows, columns, door),
        windows=windows,
        held=windows.held(door),
        week=columns["week"],
        slips=slips,
        model_week=week if week <= HALF_YEAR else 0,
        narrower=saved,
    )


def _draft(case: Case, unseen: Case) -> np.ndarray:
    """By delivery: whether the one time of Odalys's draft is kept, which is the middle of all taps as they are."""
    middle = float(np.median(case.columns["deliveries"]["tapped_min"]))
    kept: np.ndarray = np.abs(unseen.truth.door - middle) <= MINUTE / 2
    return kept


def _weekly(run: Run, unseen: Case, limit: float) -> Weeks:
    weeks = np.arange(1, HALF_YEAR + 1)
    region = unseen.columns["deliveries"]["region"]

    def share(mask: np.ndarray) -> np.ndarray:
        there = [mask & run.given & (run.week == number) for number in weeks]
        return np.array([100 * run.held[rows].mean() if rows.any() else np.nan for rows in there])

    width = np.array([(run.windows.latest - run.windows.earliest)[run.week == number].mean() for number in weeks])
    if run.model_week:
        width = np.where(weeks >= run.model_week, np.maximum(MINUTE / 2, width - run.narrower), width)
    width = np.where(weeks > run.slips, width, np.nan)
    return Weeks(weeks, {name: share(region == name) for name in REGIONS}, width, run.model_week, limit)


def _outcome(
    case: Case, unseen: Case, plan: PhasedPlan, raci: Raci | None, run: Run, conversation: State | None
) -> Outcome:
    shape, first = case.truth.shape, plan.first
    weekly = _weekly(run, unseen, float(case.truth.window_limit))
    kept, given = float(run.held[run.given].mean()) if run.given.any() else 0.0, int(run.given.sum())
    worst = run.trial.worst
    mean_width = float(np.nanmean(weekly.width)) if np.isfinite(weekly.width).any() else 0.0
    broken = given * (1 - kept) * SCALE
    writes = (WARNED if _early(plan, case) else COMPLAIN) * (1.0 if first.late_says == shape.asked_for else WRITE_AGAIN)
    value = _worth(case, first.mechanism, kept, weekly) * (HALF_YEAR - min(run.slips, HALF_YEAR)) / HALF_YEAR
    until = TODAY + dt.timedelta(weeks=shape.launch + HALF_YEAR)
    late = _late(case, plan, conversation, until)
    said = _compared(run, _draft(case, unseen))
    results = {
        "kept_percent": Result(round(100 * kept, 1), "of 100 promises kept in the half-year", Better.MORE),
        "worst_percent": Result(
            round(100 * run.trial.groups[worst].share, 1), "of 100 kept where least is kept", Better.MORE
        ),
        "width_min": Result(round(mean_width, 1), "minutes from the earliest to the latest time", Better.LESS),
        "complaints": Result(float(round(broken * writes)), "complaints about wrong times", Better.LESS),
        "weeks_late": Result(float(run.slips), "weeks by which the launch came late", Better.LESS),
        "worth": Result(round(100 * value, 1), "points for 100 deliveries, as Henrike counts", Better.MORE),
        "model_week": Result(float(run.model_week), "week in which a model took over, 0 if none did"),
        "never_asked": Result(float(len(late)), "things that came out late since nobody asked", Better.LESS),
    }
    label = case.registry.label("groups", worst)
    headline = (
        f"{_rounded(kept)} of 100 times are kept, {_rounded(run.trial.groups[worst].share)} where least is kept "
        f"({label}); {said.says}"
        if given
        else "No time was given to anybody in the half-year"
    )
    return Outcome(
        headline=headline,
        sentences=tuple(_sentences(case, plan, run, results, label)),
        table=frozen_columns(
            week=weekly.weeks,
            **{name: np.round(values, 1) for name, values in weekly.kept.items()},
            width_min=np.round(weekly.width, 1),
        ),
        results=results,
        goals=_goals(case, first.mechanism, raci, run, weekly),
        alt=(
            f"Two charts over {HALF_YEAR} weeks. Above, of 100 promises those kept, a line for each region, with the "
            f"floor at {100 * GROUP_FLOOR:.0f}: {_regions(case, run)}. Below, the width of the window, "
            f"{results['width_min'].value:.0f} minutes on average, and a line at {case.truth.window_limit} minutes, "
            f"beyond which nobody plans with it. {_model_words(run)}"
        ),
        draw=drawing(weekly, {name: case.registry.label("regions", name) for name in REGIONS}, 100 * GROUP_FLOOR),
        compared=(said,) if given else (),
        late=late,
        until=until,
    )


def _early(plan: PhasedPlan, case: Case) -> bool:
    """Whether notices come early enough to help, and not so early that people stop believing them."""
    notice: float = case.truth.shape.notice
    return notice <= (plan.first.notice or 0.0) <= notice + NOTICE_ROOM


def _rounded(share: float) -> str:
    return f"{100 * share:.0f}"


def _worth(case: Case, mechanism: str, kept: float, weekly: Weeks) -> float:
    """The mean over the weeks in which there was a promise."""
    shape = case.truth.shape
    planners, at_dispatch = shape.planners / 100, AT_DISPATCH * shape.punctual / 100
    way = BOTH if mechanism == BOTH else "window"
    weeks = [worth(way, kept, float(width), planners, at_dispatch) for width in weekly.width if np.isfinite(width)]
    return float(np.mean(weeks)) if weeks else 0.0


def _goals(case: Case, mechanism: str, raci: Raci | None, run: Run, weekly: Weeks) -> tuple[Goal, ...]:
    worst = run.trial.groups[run.trial.worst]
    first_width = float(np.nanmax(weekly.width)) if np.isfinite(weekly.width).any() else math.inf
    owned = raci is None or bool(raci.people_with(LATE_WORDS, "A") and raci.people_with(LATE_WORDS, "R"))
    return (
        Goal("80 of 100 promises are kept", not clearly_below(run.trial.all, FLOOR)),
        Goal("74 of 100 are kept in every region and at every distance", not clearly_below(worst, GROUP_FLOOR)),
        Goal("The launch comes in the week of the contract", run.slips == 0 and mechanism != WAIT),
        Goal("People plan with the window", first_width <= case.truth.window_limit + 1.0),
        Goal("Somebody answers when a time is wrong", owned),
    )


def _compared(run: Run, draft: np.ndarray) -> Comparison:
    """What is kept, week by week, beside what the draft would have kept on the same deliveries."""
    weeks = range(1, HALF_YEAR + 1)
    ours = [run.given & (run.week == number) for number in weeks]
    theirs = [run.week == number for number in weeks]
    found = rates_compared(
        "promises kept, beside the one time of the draft, in percent",
        ([int(run.held[rows].sum()) for rows in ours], [int(rows.sum()) for rows in ours]),
        ([int(draft[rows].sum()) for rows in theirs], [int(rows.sum()) for rows in theirs]),
    )
    words = {
        Change.MORE: f"that is {abs(found.change):.0f} % more than the one time of the draft would have kept",
        Change.LESS: f"that is {abs(found.change):.0f} % fewer than the one time of the draft would have kept",
        Change.UNCLEAR: "whether the one time of the draft would have kept as many, nobody can tell",
    }
    return replace(found, says=words[found.shows], claims=found.shows)


def _regions(case: Case, run: Run) -> str:
    return ", ".join(
        f"{case.registry.label('regions', name)} {_rounded(run.trial.groups[name].share)}" for name in REGIONS
    )


def _model_words(run: Run) -> str:
    if not run.model_week:
        return "No model took over."
    return f"From week {run.model_week} on a model gives windows that are {run.narrower:.0f} minutes narrower."


def _sentences(case: Case, plan: PhasedPlan, run: Run, results: Mapping[str, Result], label: str) -> list[str]:
    shape, first = case.truth.shape, plan.first
    said = [f"By region, of 100: {_regions(case, run)}. Least is kept here: {label}."]
    if run.slips:
        weeks = f"{run.slips} {'week' if run.slips == 1 else 'weeks'}"
        said.append(f"The launch came {weeks} after the one in the contract, and shops had a right to leave.")
    if first.mechanism == BOTH:
        kept = AT_DISPATCH * shape.punctual
        said.append(f"The minute at dispatch was kept for {kept:.0f} of 100, as far as the taps on leaving are good.")
    if run.model_week:
        said.append(_model_words(run))
    elif plan.second.log in ("", NONE):
        said.append("The rule stayed, as planned, and nobody waited for a model.")
    else:
        said.append("What was logged led to no model that beat the rule in this half-year.")
    early = _early(plan, case)
    said.append(
        f"There were about {results['complaints'].value:,.0f} complaints; "
        + ("people had heard of late times in time." if early else "most had not heard of late times in time.")
    )
    return said


def _late(case: Case, plan: PhasedPlan, conversation: State | None, until: dt.date) -> tuple[Late, ...]:
    """What nobody had asked and the plan had not dealt with anyway."""
    shape = case.truth.shape
    dealt_with = {
        "late_taps": plan.first.late_region == shape.late_region,
        "notice_quarters": _early(plan, case),
        "no_owner_when_late": plan.first.late_says == shape.asked_for,
        "dispatch_punctual": plan.first.mechanism != BOTH,
        "ml_weeks": plan.second.log in ("", NONE) or shape.ml_weeks >= MODEL_WEEKS,
    }
    return came_out_late(case, conversation, until, {fact for fact, done in dealt_with.items() if done})
