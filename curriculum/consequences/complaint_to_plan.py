"""The two months after: who was told what by the task as it was written, and what came of what it had promised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from curriculum.artifacts.analytical_task import AnalyticalTask
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.implementation_plan import ImplementationPlan
from curriculum.artifacts.rfc0 import Rfc0
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns
from curriculum.cases.complaint_to_plan.draw import TODAY
from curriculum.cases.complaint_to_plan.entries import PARTNERS_FEED
from curriculum.cases.complaint_to_plan.parcels import SHOWN_WEEKS, UNSEEN_WEEKS, Parcels
from curriculum.cases.complaint_to_plan.tasks import (
    LEFT_OUT,
    MODEL,
    NAMES,
    OVERWRITTEN,
    OWN,
    PARTNERS,
    RULE,
    SCAN_COLUMN,
    SEGMENTS,
    UNKNOWN,
    WIDE,
    Task,
    in_order,
    running_cost,
)
from curriculum.cases.complaint_to_plan.truth import AS_GOOD, Truth
from curriculum.cases.complaint_to_plan.yields import SCALE, Run, Yield, comes, run, unseen
from curriculum.consequences.late import Late, came_out_late
from curriculum.consequences.outcome import Better, Change, Comparison, Goal, Outcome, Result, rates_compared
from curriculum.consequences.warning_figure import Months, Segment, drawing
from curriculum.roleplay.engine import State

UNTIL = TODAY + dt.timedelta(weeks=UNSEEN_WEEKS)
LEAST_KEPT = 0.4
"""The share of what was promised that has to come: weather differs from month to month by so much."""
_NAMES = {OWN: "own depots", PARTNERS: "partners"}


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The two months as they go with this task; None while there is none that can be run."""
    written, paper, plan = (artifacts.get(kind) for kind in ("analytical_task", "rfc0", "implementation_plan"))
    task = _task(written) if isinstance(written, AnalyticalTask) else None
    if task is None or not isinstance(written, AnalyticalTask):
        return None
    truth: Truth = case.truth
    parcels, done, found = unseen(case.seed), run(case.seed, task), comes(case.seed, task)
    promised = _promised(truth, task, written, paper if isinstance(paper, Rfc0) else None)
    late = _late(case, task, plan if isinstance(plan, ImplementationPlan) else None, conversation)
    return _outcome(case, task, parcels, done, found, promised, late)


def _task(written: AnalyticalTask) -> Task | None:
    """The task as it can be run; None where a part is missing."""
    moment, label, partners = written.moment, written.label, written.partners
    if moment not in ("four", "eight", "noon") or label not in ("scan", "gps", "complaint"):
        return None
    if written.way not in (MODEL, RULE, WIDE) or partners not in ("together", WIDE, LEFT_OUT):
        return None
    if written.way == WIDE:
        return Task(WIDE, moment, label, partners=partners)
    columns, blank = in_order(frozenset(written.columns)), written.blank_scan or UNKNOWN
    if not columns or (written.way == MODEL and written.threshold is None):
        return None
    threshold = min(max(written.threshold or 0.0, 0.0), 100.0) / 100 if written.way == MODEL else 0.0
    return Task(written.way, moment, label, columns, blank, round(threshold, 4), partners)


def _promised(truth: Truth, task: Task, written: AnalyticalTask, paper: Rfc0 | None) -> float:
    """€ that were promised for two months: as the RFC-0 says for four weeks, else as the split of the task gives."""
    if paper is not None and paper.estimate_eur is not None:
        return 2 * min(max(paper.estimate_eur, -1e7), 1e7)
    return 2 * truth.promised(task, written.split or "random_quarter").net


def _outcome(
    case: Case, task: Task, parcels: Parcels, done: Run, found: Yield, promised: float, late: tuple[Late, ...]
) -> Outcome:
    truth: Truth = case.truth
    weeks = np.arange(1, UNSEEN_WEEKS + 1)
    week = parcels.week - SHOWN_WEEKS
    cost = running_cost(task) / UNSEEN_WEEKS
    eur = np.array([done.eur[week == number].sum() - cost for number in weeks])
    parts = {name: _segment(found, name) for name in SEGMENTS}
    missed = sum(part.missed for part in found.parts.values())
    reached = sum(part.reached for part in found.parts.values())
    told = sum(part.told for part in found.parts.values())
    wrong = sum(part.wrong for part in found.parts.values())
    of_100 = 100 * reached / max(1, missed)
    said = _compared(case, task, parcels, done, week)
    results = {
        "came_eur": Result(float(round(found.net)), "€ that came in two months, less what it cost", Better.MORE),
        "promised_eur": Result(float(round(promised)), "€ that were promised for two months"),
        "broken_eur": Result(float(round(max(0.0, promised - found.net))), "€ promised that did not come", Better.LESS),
        "partners_eur": Result(
            float(round(found.parts[PARTNERS].net)), "€ for those whose parcels partners bring", Better.MORE
        ),
        "waited": Result(
            float(round((missed - reached) * SCALE)), "people who waited for nothing and were told nothing", Better.LESS
        ),
        "wrong_of_100": Result(
            round(100 * wrong / max(1, told), 1), "of 100 who were told something, those whose parcel came", Better.LESS
        ),
        "wrong": Result(float(round(wrong * SCALE)), "people who were told something and got their parcel",
                        Better.LESS),
        "never_asked": Result(float(len(late)), "things that came out late since nobody asked", Better.LESS),
    }  # fmt: skip
    headline = (
        f"Promised {_thousands(promised)}, {_came(found.net)}: of 100 who would have waited for nothing, "
        f"{of_100:.0f} were told, {said.says}"
    )
    best = truth.comes(truth.top).net
    return Outcome(
        headline=headline,
        sentences=tuple(_sentences(case, task, found, parts)),
        table=frozen_columns(
            week=weeks,
            eur=np.round(eur),
            told=np.array([int(done.sent.any[week == number].sum()) for number in weeks]),
            did_not_come=np.array([int(parcels.missed[week == number].sum()) for number in weeks]),
        ),
        results=results,
        goals=(
            Goal("It brings four fifths of what the best task would have brought",
                 found.net >= AS_GOOD * best or truth.as_good(task)),
            Goal("What comes is not less than two fifths of what was promised",
                 found.net > 0 and found.net >= LEAST_KEPT * promised),
            Goal("Those who complain most are better off than today", found.parts[PARTNERS].net > 0),
        ),
        alt=(
            f"Two charts. On the left, € week by week, summed up over {UNSEEN_WEEKS} weeks: a dashed line rises to the "
            f"{_thousands(promised)} that were promised, and a full line ends at the {_thousands(found.net)} that "
            f"came. On the right, bars for own depots and partners, in thousands of people: "
            f"{'; '.join(_in_words(_NAMES[name], part) for name, part in parts.items())}."
        ),
        draw=drawing(Months(weeks, np.cumsum(eur), promised, {_NAMES[name]: part for name, part in parts.items()})),
        compared=(said,),
        late=late,
        until=UNTIL,
    )  # fmt: skip


def _segment(found: Yield, name: str) -> Segment:
    part = found.parts[name]
    return Segment(*(round(count * SCALE) for count in (part.missed - part.reached, part.reached, part.wrong)))


def _in_words(name: str, part: Segment) -> str:
    return (
        f"{name}, {part.waited / 1000:.1f} waited and were told nothing, {part.told / 1000:.1f} were told rightly and "
        f"{part.wrong / 1000:.1f} wrongly"
    )


def _thousands(eur: float) -> str:
    """Money as it is said: "98,000 €", "less than nothing"."""
    return f"{round(eur, -3):,.0f} €" if eur >= 0 else "less than nothing"


def _came(eur: float) -> str:
    """What came, as it is said."""
    return f"came {_thousands(eur)}" if eur >= 0 else f"lost {_thousands(-eur)}"


def _compared(case: Case, task: Task, parcels: Parcels, done: Run, week: np.ndarray) -> Comparison:
    """Of those whose parcel did not come, the share that was told, beside whom the rule at eight would have told."""
    rule = run(case.seed, case.truth.baseline(task.label)).sent.any
    weeks = range(1, UNSEEN_WEEKS + 1)
    missed = [int(parcels.missed[week == number].sum()) for number in weeks]
    ours, theirs = (
        [int((parcels.missed & sent)[week == number].sum()) for number in weeks] for sent in (done.sent.any, rule)
    )
    found = rates_compared(
        "those who were told, of all whose parcel did not come, beside the rule at eight, in percent",
        (ours, missed),
        (theirs, missed),
    )
    usual = 100 * sum(theirs) / max(1, sum(missed))
    words = {
        Change.MORE: f"more than the {usual:.0f} whom the rule at eight would have told",
        Change.LESS: f"fewer than the {usual:.0f} whom the rule at eight would have told",
        Change.UNCLEAR: "and whether the rule at eight would have told as many, nobody can tell",
    }
    return replace(found, says=words[found.shows], claims=found.shows)


def _sentences(case: Case, task: Task, found: Yield, parts: Mapping[str, Segment]) -> list[str]:
    said = []
    if OVERWRITTEN in task.columns:
        said.append("In the export the status says how the day ended. When the rows were read, it said nothing yet.")
    late = [case.registry.label("columns", name) for name in task.columns
            if name in task.unwritten and name != OVERWRITTEN]  # fmt: skip
    if late:
        said.append(f"{late[0]}: not written yet at that hour, so everybody looked the same.")
    if NAMES in task.columns:
        said.append("Numbers of routes had been dealt anew, and stood for other routes than those that were learned.")
    if SCAN_COLUMN in task.columns and task.blank != UNKNOWN:
        said.append("Parcels whose van had no scanner counted as left behind, though most of them came.")
    for name, part in parts.items():
        total = part.waited + part.told
        said.append(
            f"{_NAMES[name].capitalize()}: {part.told:,.0f} of {total:,.0f} people whose parcel did not come were told "
            f"something, and {part.wrong:,.0f} were told something although it came."
        )
    if found.parts[PARTNERS].net < 0:
        said.append("Those who complain most are worse off than before: the messages that they got were mostly wrong.")
    if task.way_for(PARTNERS) == LEFT_OUT:
        said.append("Where partners deliver, nobody was told anything, as before.")
    return said


def _late(case: Case, task: Task, plan: ImplementationPlan | None, conversation: State | None) -> tuple[Late, ...]:
    """What nobody had asked and the documents had not dealt with anyway."""
    truth: Truth = case.truth
    owned = plan is not None and any(row.feed == PARTNERS_FEED and row.owner == truth.owners[PARTNERS_FEED]
                                     for row in plan.feeds)  # fmt: skip
    dealt_with = {
        "status_overwritten": OVERWRITTEN not in task.columns,
        "routes_renumbered": NAMES not in task.columns,
        "what_drivers_press": task.label == truth.right_label,
        "van_scanners": SCAN_COLUMN not in task.columns or task.way_for(PARTNERS) not in (MODEL, RULE),
        "partner_feed_unowned": owned,
        "wrong_warning": False,
    }
    return came_out_late(case, conversation, UNTIL, {fact for fact, done in dealt_with.items() if done})
