"""Does the confidence follow from the rule, the decision from the confidence, and who said yes? (A13, O.5 and O.7)"""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.analytical_task import AnalyticalTask
from curriculum.artifacts.rfc0 import Rfc0
from curriculum.cases import Case
from curriculum.cases.complaint_to_plan.draw import TODAY
from curriculum.cases.complaint_to_plan.readiness import LOW, follows
from curriculum.cases.complaint_to_plan.tasks import LEFT_OUT, MODEL, PARTNERS, RULE, SEGMENTS, WIDE, Task
from curriculum.roleplay.engine import State
from graders.common import named
from graders.complaint_to_plan.base import CHOSEN, SEGMENT_NAMES, rubric, task_of, truth_of
from graders.rubric import Objections, met, objection

HOLDS_DAYS, FOUR_WEEKS_DAYS = 56, 28
"""Days for which an RFC-0 holds at most, by the memo; and where something goes for four weeks."""
A_WEEK = dt.timedelta(days=7)
"""What “not today” asks for, in the room."""


@rubric.criterion(
    points=8, voice="marit", skill="decision_rights",
    hints=(
        "What does the rule in the memo say to your numbers, for each segment by itself?",
        "One limit missed is low. Nothing missed and something unknown is medium at most. Else it is high.",
        "A blank for the minutes of a run is an unknown.",
    ),
    rests_on=(
        "coverage_by_segment", "noise_by_segment", "latency_measured", "rfc0.confidence_own",
        "rfc0.confidence_partners",
    ),
)  # fmt: skip
def confidence_follows_rule(rfc0: Rfc0, analytical_task: AnalyticalTask, case: Case) -> Objections:
    """In each segment, the confidence is the one that the memo's rule gives to what was measured; a wide promise needs
    no run."""
    runs = {rfc0.run_p95, 0.0} if analytical_task.way == WIDE else {rfc0.run_p95}
    for segment in SEGMENTS:
        stands = getattr(rfc0, f"confidence_{segment}")
        measured = (getattr(rfc0, f"coverage_{segment}"), getattr(rfc0, f"noise_{segment}"))
        if stands not in {follows(*measured, took, rfc0.run_budget) for took in runs}:
            row = {"segment": SEGMENT_NAMES[segment], "stated": stands, "look at": "the rule in the memo"}
            said = f"You are {stands} in confidence, and your own numbers say something else: {SEGMENT_NAMES[segment]}."
            yield objection(f"confidence_{segment}", said, "what the rule gives to the numbers above", row)
    return met("The confidence follows from what was measured, in each segment by itself.")


@rubric.criterion(
    points=1, voice="idris", skill="decision_rights", gate=True,
    hints=(
        "What does the memo say that low confidence means?",
        "No model and no rule where a limit is missed, in that segment. There, people can be told “today or tomorrow”.",
    ),
    rests_on=("rfc0.decision_own", "rfc0.decision_partners", *CHOSEN),
)  # fmt: skip
def go_follows(rfc0: Rfc0, analytical_task: AnalyticalTask, case: Case) -> Objections:
    """Where the rule gives low confidence, no model and no rule goes."""
    task, truth = task_of(analytical_task, case), truth_of(case)
    for segment in SEGMENTS:
        goes = getattr(rfc0, f"decision_{segment}") in ("go", "four_weeks") or task.way_for(segment) in (MODEL, RULE)
        if goes and truth.confidence(task, segment) == LOW:
            row = {"segment": SEGMENT_NAMES[segment], "rule": "any limit missed: low, and low means no"}
            said = f"It goes, and a limit of the memo's rule is missed there: {SEGMENT_NAMES[segment]}."
            yield objection(f"decision_{segment}", said, "no, where confidence is low", row)
    return met("Nothing goes where the rule says no.")


@rubric.criterion(
    points=1, voice="marit", skill="keep_decisions",
    hints=(
        "Does the paper decide what the task says?",
        "Where a model or a rule decides: go at high confidence, four_weeks at medium. no_go where all are told the "
        "same, or nothing.",
        "And what you said in the room, when Paula asked, is what stands in the papers: about a model, and about what "
        "the partners’ customers read.",
    ),
    rests_on=("rfc0.decision_own", "rfc0.decision_partners", *CHOSEN),
)  # fmt: skip
def decision_fits_task(
    rfc0: Rfc0, analytical_task: AnalyticalTask, case: Case, conversation: State | None
) -> Objections:
    """What is decided for each segment is what the task does there, for as long as the confidence allows, and what was
    said in the room."""
    task = task_of(analytical_task, case)
    yield from _said_otherwise(task, case, conversation)
    for segment in SEGMENTS:
        decided, does = getattr(rfc0, f"decision_{segment}"), truth_of(case).decision(task, segment)
        if decided != does and not (task.way_for(segment) in (MODEL, RULE) and does == "no_go"):
            row = {"segment": SEGMENT_NAMES[segment], "decided": decided,
                   "the task": named(case, "ways", task.way_for(segment))}  # fmt: skip
            yield objection(f"decision_{segment}", f"Task or confidence say something else: {SEGMENT_NAMES[segment]}.",
                            "the decision that the task and the confidence give", row)  # fmt: skip
    return met("Task, confidence and paper decide the same.")


def _said_otherwise(task: Task, case: Case, conversation: State | None) -> Objections:
    """What people heard at the acceptance, where the task does something else."""
    if conversation is None:
        return None
    expected = "what you said in the room: change the task, or say it again"
    if conversation.did("said_yes") and task.way != MODEL:
        row = {"in the room": "a model is built", "the task": named(case, "ways", task.way)[:60]}
        yield objection("decision_own", "In the room you said that a model is built.", expected, row)
    if conversation.did("partners_came_first") and task.way_for(PARTNERS) not in (WIDE, LEFT_OUT):
        row = {"in the room": "“today or tomorrow” for the partners’ customers, until the scans are mended"}
        said = "In the room you said what the partners’ customers read until then, and the task does something else."
        yield objection("decision_partners", said, expected, row)


@rubric.criterion(
    points=1, voice="marit", skill="decision_rights",
    hints=(
        "Who may say yes to what customers are told?",
        "The memo names the person, and the day of the decision. Whoever has asked for another week has one more.",
        "It is {{ case.people[truth.shape.accepts].label }}.",
    ),
    rests_on=("rfc0.accepted_by", "rfc0.accepted_on"),
)  # fmt: skip
def accepted_by_who_may(rfc0: Rfc0, case: Case, conversation: State | None) -> Objections:
    """It is accepted by the person who may, by the day of the decision; or a week later, where that was asked for."""
    postponed = conversation is not None and conversation.did("postponed")
    truth, day = truth_of(case), rfc0.accepted_on
    if rfc0.accepted_by != truth.shape.accepts:
        said = f"It is accepted by {named(case, 'people', rfc0.accepted_by)}."
        yield objection("accepted_by", said, "the person who may say what customers are told")
    if day and not TODAY <= day <= truth.decided_on + A_WEEK * postponed:
        yield objection("accepted_on", f"It is accepted on {day}.", "a day from today to the day of the decision")
    elif day == TODAY and postponed:
        yield objection("accepted_on", "It is accepted today, and in the room you said: not today.", "a later day")
    return met(f"Accepted by {named(case, 'people', rfc0.accepted_by)}, who may.")


@rubric.criterion(
    points=1, voice="leila", skill="keep_decisions",
    hints=(
        "For how long does a measurement of today hold?",
        "The memo says for how many weeks at most, and for how many where something goes for four weeks.",
    ),
    rests_on=("rfc0.accepted_on", "rfc0.expires_on"),
)  # fmt: skip
def expires(rfc0: Rfc0) -> Objections:
    """The paper has a last day, as soon after its acceptance as the memo asks for."""
    accepted, ends = rfc0.accepted_on, rfc0.expires_on
    short = "four_weeks" in (rfc0.decision_own, rfc0.decision_partners)
    if accepted and ends and not 0 < (ends - accepted).days <= (FOUR_WEEKS_DAYS if short else HOLDS_DAYS):
        said = f"It holds until {ends}, and was accepted on {accepted}."
        yield objection("expires_on", said, "a day after its acceptance, and not later than the memo allows")
    return met("It ends by itself.")
