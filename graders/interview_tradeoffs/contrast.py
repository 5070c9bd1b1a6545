"""Criteria on the pairs about trade-offs: one kind of flaw each."""

from __future__ import annotations

from curriculum.artifacts.contrast import Contrast
from curriculum.cases import Case
from graders.interview_tradeoffs.base import rubric
from graders.interviews.contrast import LAST_HINT, every_pair_is_judged, seen
from graders.parts import take
from graders.rubric import Objections

take(rubric, every_pair_is_judged)


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success", hints=("Which number did nobody live through?", LAST_HINT),
)  # fmt: skip
def projection_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where a projection is told as measured."""
    return (yield from seen(contrast, case, "projected"))


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success", hints=("How sure can one be with so many people?", LAST_HINT),
)  # fmt: skip
def false_certainty_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where one number is said although only a range was known."""
    return (yield from seen(contrast, case, "one_number"))


@rubric.criterion(
    points=1, voice="jonas", skill="weigh_trade_offs", hints=("Enough for what?", LAST_HINT),
)  # fmt: skip
def missing_break_even_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where nobody says at which point the choice would flip."""
    return (yield from seen(contrast, case, "no_break_even"))


@rubric.criterion(
    points=1, voice="jonas", skill="weigh_trade_offs", hints=("What was promised, and to whom?", LAST_HINT),
)  # fmt: skip
def limit_sold_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where a promised limit is paid off with money."""
    return (yield from seen(contrast, case, "limit_priced"))


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success", hints=("What would have happened anyway?", LAST_HINT),
)  # fmt: skip
def missing_otherwise_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where nobody asks what would have happened otherwise."""
    return (yield from seen(contrast, case, "no_counterfactual"))


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success", hints=("What else changed at the same time?", LAST_HINT),
)  # fmt: skip
def two_causes_are_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where two causes are told as one."""
    return (yield from seen(contrast, case, "confounded"))


@rubric.criterion(
    points=1, voice="mei", skill="weigh_trade_offs", hints=("Who does the work that is left over?", LAST_HINT),
)  # fmt: skip
def hidden_cost_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where the one who pays is left out."""
    return (yield from seen(contrast, case, "hidden_cost"))


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story", hints=("What had been agreed to decide?", LAST_HINT),
)  # fmt: skip
def victory_claimed_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where a failure is told as a victory."""
    return (yield from seen(contrast, case, "failure_won"))
