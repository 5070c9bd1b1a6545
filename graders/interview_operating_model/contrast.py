"""Criteria on the pairs about ways of working: one kind of flaw each."""

from __future__ import annotations

from curriculum.artifacts.contrast import Contrast
from curriculum.cases import Case
from graders.interview_operating_model.base import rubric
from graders.interviews.contrast import LAST_HINT, every_pair_is_judged, seen
from graders.parts import take
from graders.rubric import Objections

take(rubric, every_pair_is_judged)


@rubric.criterion(
    points=1, voice="jonas", skill="run_meetings", hints=("What does each of the meetings prevent?", LAST_HINT),
)  # fmt: skip
def ceremonies_are_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where ceremonies are listed, and not what each prevents."""
    return (yield from seen(contrast, case, "ceremonies"))


@rubric.criterion(
    points=1, voice="jonas", skill="hand_over", hints=("What waits less than before?", LAST_HINT),
)  # fmt: skip
def tool_as_result_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where a tool is told as the result."""
    return (yield from seen(contrast, case, "tool_as_result"))


@rubric.criterion(
    points=1, voice="jonas", skill="build_compliance_in", hints=("Who can turn something away there?", LAST_HINT),
)  # fmt: skip
def paper_gate_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where a gate is a document that nobody can refuse."""
    return (yield from seen(contrast, case, "paper_gate"))


@rubric.criterion(
    points=1, voice="ruth", skill="listen_and_synthesise", hints=("What did the other team get for it?", LAST_HINT),
)  # fmt: skip
def escalation_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where somebody escalates before anything was offered."""
    return (yield from seen(contrast, case, "escalated"))


@rubric.criterion(
    points=1, voice="ruth", skill="decision_rights", hints=("Which decision became another?", LAST_HINT),
)  # fmt: skip
def roles_read_aloud_are_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where roles are read aloud and change no decision."""
    return (yield from seen(contrast, case, "raci_read_aloud"))


@rubric.criterion(
    points=1, voice="jonas", skill="build_compliance_in", hints=("Where is the way from rule to part?", LAST_HINT),
)  # fmt: skip
def others_compliance_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where rules are left as somebody else's job."""
    return (yield from seen(contrast, case, "their_compliance"))


@rubric.criterion(
    points=1, voice="mei", skill="tell_the_story", hints=("Whose behaviour was it?", LAST_HINT),
)  # fmt: skip
def disguised_success_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where a failure is told as a success in disguise."""
    return (yield from seen(contrast, case, "disguised_success"))


@rubric.criterion(
    points=1, voice="mei", skill="tell_the_story", hints=("Would the sentence be true of a bank as well?", LAST_HINT),
)  # fmt: skip
def plan_for_anybody_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where a plan would fit any company."""
    return (yield from seen(contrast, case, "any_company"))
