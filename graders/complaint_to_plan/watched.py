"""Is harm seen where it happens, are people told what is so, and are those better off who complain most?"""

from __future__ import annotations

from curriculum.artifacts.analytical_task import AnalyticalTask
from curriculum.artifacts.implementation_plan import ImplementationPlan
from curriculum.cases import Case
from curriculum.cases.complaint_to_plan.entries import AUC, BLANK, NOT_KNOWN, UNWARNED, WRONG
from curriculum.cases.complaint_to_plan.tasks import LEFT_OUT, PARTNERS, SEGMENTS, WIDE
from graders.common import named, placed, stated
from graders.complaint_to_plan.base import CHOSEN, SEGMENT_NAMES, SOUND, rubric, task_of, truth_of
from graders.rubric import Objections, met, objection

ALL = "all"
HARM = (WRONG, UNWARNED)
"""Watches that show what people notice."""
MOST_MONITORS = 4
LIMIT_OFF = 1.0
"""Of 100: how far a limit may lie outside of what the usual and the costs give."""


@rubric.criterion(
    points=4, voice="idris", skill="measure_success",
    hints=(
        "Would you see it if it went wrong where partners deliver, and nowhere else?",
        "For each segment that is told something, its own watch on wrong messages or on people whom nobody told. "
        "Complaints leave out those who never write, and over all together a fifth disappears. Where all are told the "
        "same, nobody is left whom nobody told: there, watch what was wrong.",
    ),
    rests_on=("implementation_plan.monitors[].watch", "implementation_plan.monitors[].segment", *CHOSEN),
)  # fmt: skip
def monitor_by_segment(
    implementation_plan: ImplementationPlan, analytical_task: AnalyticalTask, case: Case
) -> Objections:
    """In each segment that is told something, what people notice is watched by itself; four watches at most."""
    task, watched = task_of(analytical_task, case), implementation_plan.monitors
    if len(watched) > MOST_MONITORS:
        yield objection(
            "monitors", f"You watch {len(watched)} things.", f"{MOST_MONITORS} at most: somebody has to look"
        )
    for segment in SEGMENTS:
        if task.way_for(segment) == LEFT_OUT:
            continue
        harm = (WRONG,) if task.way_for(segment) == WIDE else HARM
        if not any(row.watch in harm and row.segment == segment for row in watched):
            row = {"segment": SEGMENT_NAMES[segment], "told there": named(case, "ways", task.way_for(segment))[:60]}
            said = f"Nobody would see there what people notice: {SEGMENT_NAMES[segment]}."
            yield objection("monitors", said, "a watch on wrong messages, or on people whom nobody told where there "
                            "can be some", row)  # fmt: skip
    return met("In each segment, what people notice is watched by itself.")


@rubric.criterion(
    points=8, voice="sunniva", skill="measure_success",
    hints=(
        "When would it ring on a usual week, and when only after harm is done?",
        "Above what it shows on weeks 9 to 12. For wrong messages, no higher than where a message no longer pays; for "
        "people whom nobody told, no more than half of what is left; for blanks, ten more at most.",
        "A message no longer pays where fewer of 100 stay behind than the break-even says.",
    ),
    rests_on=("monitor_by_segment", "costs_recompute", "implementation_plan.monitors[].limit", *SOUND),
)  # fmt: skip
def monitor_rings_in_time(
    implementation_plan: ImplementationPlan, analytical_task: AnalyticalTask, case: Case
) -> Objections:
    """Each limit lies above what a usual week shows, and not above where it would be too late."""
    task, truth = task_of(analytical_task, case), truth_of(case)
    for place, row in placed("monitors", implementation_plan.monitors):
        if row.watch == AUC:
            yield objection(f"{place}.watch", "It rings when the AUC is high, and that falls when something is wrong.",
                            "something that rises when people are harmed")  # fmt: skip
        within = SEGMENTS if row.segment == ALL else (row.segment,)
        seen = [one for one in within if one in SEGMENTS and task.way_for(one) != LEFT_OUT]
        if row.watch not in (*HARM, BLANK) or not seen or row.limit is None:
            continue
        evidence = {"watch": named(case, "watches", row.watch)[:60], "segment": SEGMENT_NAMES.get(row.segment, "all"),
                    "limit": stated(row.limit)}  # fmt: skip
        limits = [truth.may_ring(task, one, row.watch) for one in seen]
        low, high = min(low for low, _ in limits), max(high for _, high in limits)
        if row.limit < low - LIMIT_OFF:
            yield objection(f"{place}.limit", f"It rings above {stated(row.limit)}, which a usual week is.",
                            "a limit between what is usual and what is too late", evidence)  # fmt: skip
        elif row.limit > high + LIMIT_OFF:
            yield objection(f"{place}.limit", f"It rings above {stated(row.limit)}, when the harm is done.",
                            "a limit between what is usual and what is too late", evidence)  # fmt: skip
    return met("Usual weeks are quiet, and it rings before it is too late.")


@rubric.criterion(
    points=3, voice="paula", skill="communicate_harm",
    hints=(
        "Is what you tell people so for most of those whom you tell it?",
        "A reason comes from a column that the task reads. It is so for half of the warned at least, and for them "
        "clearly more often than for all parcels. Where all are told the same, or no reason is so for half of them, "
        "say that it is not known for single parcels.",
        "Count it on weeks 9 to 12: of those who are warned, the load above 1.08, stops above 1.00, left at loading, "
        "behind at noon, not calm.",
    ),
    rests_on=("implementation_plan.reason_own", "implementation_plan.reason_partners", *SOUND),
)  # fmt: skip
def explanation_follows_features(
    implementation_plan: ImplementationPlan, analytical_task: AnalyticalTask, case: Case
) -> Objections:
    """In each segment, the reason that people are told follows from what is read, and is so for most of them."""
    task, truth = task_of(analytical_task, case), truth_of(case)
    for segment in SEGMENTS:
        given = getattr(implementation_plan, f"reason_{segment}")
        found = truth.reasons(task, segment)
        if given not in truth.holds(task, segment):
            row = {"segment": SEGMENT_NAMES[segment], "reason": named(case, "reasons", given)}
            said = f"“{named(case, 'reasons', given)}” is not why most of them are told: {SEGMENT_NAMES[segment]}."
            if given not in found and given != NOT_KNOWN:
                said = f"“{named(case, 'reasons', given)}” comes from nothing that is read: {SEGMENT_NAMES[segment]}."
            yield objection(
                f"reason_{segment}", said, "what is read, and is so for most who are told and not for others", row
            )
    return met("What people are told is so for most of them, in each segment.")


@rubric.criterion(
    points=1, voice="paula", skill="communicate_harm", gate=True,
    hints=(
        "Those who complain most: are they better off in two months than if nobody had done anything?",
        "Their scanners and their label are others. A task that is good on the whole may warn them wrongly, or leave "
        "them out.",
        "Tell the partners’ customers “today or tomorrow”, or leave out what is blind there and take the label that is "
        "true there.",
    ),
    rests_on=("implementation_plan.fallback", *SOUND),
)  # fmt: skip
def complainers_not_worse(
    implementation_plan: ImplementationPlan, analytical_task: AnalyticalTask, case: Case
) -> Objections:
    """In the two months after, those whose parcels partners bring are better off than if nobody had been told."""
    task = task_of(analytical_task, case)
    if task.way_for(PARTNERS) == LEFT_OUT:
        yield objection("reason_partners", "Those who complain most are told nothing, as today.",
                        "something that makes them better off")  # fmt: skip
    elif truth_of(case).comes(task).parts[PARTNERS].net <= 0:
        row = {"segment": "partners", "told": named(case, "ways", task.way_for(PARTNERS))}
        yield objection("reason_partners", "In the two months after, those who complain most are worse off.",
                        "that they are better off than if nothing was done", row)  # fmt: skip
    return met("Those who complain most are better off.")
