"""Is the test as large as it has to be and no larger, read when it is final, watched, and who is left alone? (A10)"""

from __future__ import annotations

from curriculum.artifacts.memo import Memo
from curriculum.artifacts.proposal import Proposal
from curriculum.cases import Case
from curriculum.cases.influence_and_mentoring.people import ALLIES
from curriculum.cases.influence_and_mentoring.rules import arm_for, arm_needed
from curriculum.roleplay.engine import State
from graders.common import heard, named, near, stated
from graders.influence_and_mentoring.base import UPLIFT_OFF, reading_of, rubric, told_by, unheard
from graders.rubric import Objections, met, objection

ENOUGH, WASTEFUL = 0.9, 2.0
"""An arm may have a tenth fewer people than the rule of thumb says, or as few as the exact sum; and twice as many, or
as many as the low end of the interval asks for."""
ROUNDED = 0.05
UNKNOWN = "unknown"
FINAL, TOO_LATE = 120, 200
"""Days."""


def _differences(proposal: Proposal, case: Case) -> tuple[float, ...]:
    """The differences, of 100, for which the test may be meant: the stated one, and the one of which it is rounded."""
    found, here = reading_of(proposal, case), proposal.uplift or 0.0
    return (here, found.uplift) if near(here, found.uplift, absolute=UPLIFT_OFF) else (here,)


def _fewest(proposal: Proposal, case: Case) -> float:
    untouched, largest = reading_of(proposal, case).untouched, max(_differences(proposal, case), key=abs) / 100
    return min(ENOUGH * arm_needed(untouched, largest), (1 - ROUNDED) * arm_for(untouched, largest))


def _most(proposal: Proposal, case: Case) -> float:
    found, smallest = reading_of(proposal, case), min(_differences(proposal, case), key=abs)
    low = smallest - (found.uplift - found.low)
    careful = arm_needed(found.untouched, low / 100) if low > 0 else 0.0
    return max(WASTEFUL * arm_needed(found.untouched, smallest / 100), (1 + ROUNDED) * careful)


@rubric.criterion(
    points=3, voice="ifeoma", skill="measure_success",
    hints=(
        "Would a test of this size see the difference that you state?",
        "16 × p × (1 − p) ÷ difference², with p and the difference of those whom the rule takes, between 0 and 1.",
        "For {{ truth.rule_words }} an arm needs {{ truth.best.reading.arm | round(0) }} people.",
    ),
    rests_on=("uplift_against_control", "proposal.arm"),
    expected="as many people in each arm as the difference that you state asks for, and as there are",
)  # fmt: skip
def test_is_large_enough(proposal: Proposal, case: Case) -> Objections:
    """Each arm has as many people as the stated difference asks for, and the rule reaches as many."""
    if (proposal.arm or 0.0) < _fewest(proposal, case):
        yield objection("arm", f"With {stated(proposal.arm)} in an arm, most such tests would see nothing.")
    if 2 * (proposal.arm or 0.0) > 1.02 * reading_of(proposal, case).reached:
        yield objection("arm", f"Two arms of {stated(proposal.arm)} are more people than the rule reaches.")
    return met(f"{stated(proposal.arm)} people in an arm would see it.")


@rubric.criterion(
    points=2, voice="noa", skill="scope_together",
    hints=(
        "How few people would be enough?",
        "Whoever asks for a favour asks for the smallest one: at most twice what the difference needs, or what the low "
        "end of its interval needs.",
        "For {{ truth.rule_words }} an arm needs {{ truth.best.reading.arm | round(0) }} people.",
    ),
    rests_on=("uplift_against_control", "proposal.arm"),
    expected="no more people in each arm than twice what the difference asks for, or than its low end asks for",
)  # fmt: skip
def test_is_smallest(proposal: Proposal, case: Case) -> Objections:
    """The test asks for at most twice the people that the difference needs, or those that its low end needs."""
    if (proposal.arm or 0.0) > _most(proposal, case):
        yield objection("arm", f"{stated(proposal.arm)} in an arm are many more than the difference asks for.")
    return met("It is no larger than it has to be.")


@rubric.criterion(
    points=2, voice="ifeoma", skill="measure_success",
    hints=("When is it final who stayed?", "On day 120, not before, and not in half a year."),
    rests_on=("proposal.read_out",),
    expected="a day on which it is final who still pays",
)  # fmt: skip
def read_out_is_late_enough(proposal: Proposal, case: Case) -> Objections:
    """The test is read when it is final who still pays."""
    if not FINAL <= (proposal.read_out or 0.0) <= TOO_LATE:
        yield objection("read_out", f"It is read on day {stated(proposal.read_out)}.")
    return met(f"It is read on day {stated(proposal.read_out)}.")


@rubric.criterion(
    points=2, voice="noa", skill="communicate_harm",
    hints=(
        "What could go wrong long before day 120, and who sees it?",
        "Ask Noa above which number she stops whatever it is.",
        "She stops above {{ truth.opt_outs }} opt-outs of 1,000.",
    ),
    rests_on=("proposal.guardrail", "proposal.guardrail_limit"),
    expected="what tells of harm within days, with a limit that is no higher than the one at which it is stopped",
)  # fmt: skip
def guardrail_limited(proposal: Proposal, case: Case, conversation: State) -> Objections:
    """Harm is watched meanwhile, with a limit that the one keeps who may stop it."""
    yield from unheard(
        case, conversation, ("contact_limit",), "guardrail_limit", "It rests on who stops what, and when"
    )
    if proposal.guardrail != "opt_outs":
        said = f"“{named(case, 'guardrails', proposal.guardrail)}” rises with good news as well."
        yield objection("guardrail", said)
    elif not 0 < (proposal.guardrail_limit or 0.0) <= case.truth.opt_outs:
        yield objection("guardrail_limit", f"At {stated(proposal.guardrail_limit)} others have stopped it already.")
    return met(f"It stops above {stated(proposal.guardrail_limit)} of 1,000.")


@rubric.criterion(
    points=1, voice="yara", skill="measure_success",
    hints=("What would make you give it up?", "A reading that says no, or the limit. Not a mood, and not never."),
    rests_on=("proposal.ends_if",),
    expected="a reading or a limit that ends it",
)  # fmt: skip
def test_can_end(proposal: Proposal, case: Case) -> Objections:
    """It is said beforehand which reading ends it."""
    if proposal.ends_if not in ("below_zero", "no_interval"):
        yield objection("ends_if", f"“{named(case, 'ends', proposal.ends_if)}” is no reading.")
    return met("It is said beforehand what ends it.")


@rubric.criterion(
    points=7, voice="noa", skill="listen_and_synthesise",
    hints=(
        "Why not the two others?",
        "Hear each of the three: what limit, how many real days, and which way what they are measured by would move. "
        "Of one of them you may not know it, and say so.",
        "{% for id, ally in truth.allies.items() %}{{ people[id].first_name }}: {{ entries.stops[ally.stops].label }}. "
        "{% endfor %}",
    ),
    rests_on=("proposal.other_one", "proposal.other_two", "memo.reader"),
    expected="the two to whom you do not write, each with what stops them, as they told you; of one of them it may be "
    "open, where nobody told you",
)  # fmt: skip
def others_are_seen(proposal: Proposal, memo: Memo, case: Case, conversation: State) -> Objections:
    """Both who could be asked and are not stand there, each with what stops them; of one it may be open."""
    named_here = {"other_one": proposal.other_one, "other_two": proposal.other_two}
    rows = {each.ally: (place, each.stops) for place, each in named_here.items()}
    unknown = ""
    for ally in ALLIES:
        name = case.people[ally].first_name
        if ally == memo.reader:
            if ally in rows:
                yield objection(f"{rows[ally][0]}.ally", f"{name} is asked, in your memo.")
        elif ally not in rows:
            yield objection("other_two.ally", f"{name} could be asked as well, and is not named.")
        else:
            place, stops = rows[ally]
            if (
                stops == UNKNOWN
                and not unknown
                and any(not heard(case, each, conversation) for each in told_by(case, ally))
            ):
                unknown = name
                continue
            yield from unheard(case, conversation, told_by(case, ally), f"{place}.stops", f"It rests on {name}")
            if stops != case.truth.allies[ally].stops:
                said = f"{name}: “{named(case, 'stops', stops)}” is not what they would tell you."
                yield objection(f"{place}.stops", said)
    if unknown:
        return met(f"You know what stops the other one, and say that of {unknown} you do not know.")
    return met("You know of both what stops them.")
