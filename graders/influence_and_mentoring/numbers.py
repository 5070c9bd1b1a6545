"""Do the numbers say what the campaign says: against the control, when it is final, at what is left?"""

from __future__ import annotations

from curriculum.artifacts.proposal import Proposal
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from graders.common import near, stated
from graders.influence_and_mentoring.base import (
    COST_OFF,
    NET_OFF,
    REACHED_OFF,
    UPLIFT_OFF,
    only_rounded,
    reading_of,
    rubric,
    unheard,
)
from graders.rubric import Objections, met, objection

SMALL = 150.0
"""€ that a sum may be off by rounding."""


@rubric.criterion(
    points=5, voice="ifeoma", skill="measure_success", gate=True,
    hints=(
        "Who counts as kept: those who are active after a month, or those who still pay?",
        "Ask Ifeoma who is active and does not pay. Then count paying on day 120.",
        "The difference on day 120 is what counts; it is {{ truth.best.reading.uplift | round(1) }} of 100 "
        "for {{ truth.rule_words }}.",
    ),
    rests_on=("rule_runs_on_known_columns", "proposal.uplift"),
    expected="a difference in who still pays on day 120, and somebody who told what day 30 counts",
)  # fmt: skip
def outcome_is_paying(proposal: Proposal, case: Case, conversation: State) -> Objections:
    """Kept is who still pays on day 120, and not who is active on day 30."""
    facts = ("score_split",) if proposal.model == "score" else ("paused_is_active",)
    yield from unheard(case, conversation, facts, "uplift", "It rests on what was counted, and on whom")
    found = reading_of(proposal, case)
    paid = (found.uplift, 100 * found.stay)
    if not any(near(proposal.uplift, one, absolute=UPLIFT_OFF) for one in paid):
        day = near(proposal.uplift, found.early, absolute=UPLIFT_OFF)
        said = "This is the difference on day 30." if day else "No count on day 120 gives this number for your rule."
        yield objection("uplift", said, "", {"difference": stated(proposal.uplift)})
    return met("It counts who still pays on day 120.")


@rubric.criterion(
    points=5, voice="ifeoma", skill="measure_success", gate=True,
    hints=(
        "How many of those would have stayed anyway?",
        "Of 100 with the action, less of 100 with nothing, among the same people.",
        "For {{ truth.rule_words }} it is {{ truth.best.reading.uplift | round(1) }} of 100.",
    ),
    rests_on=("rule_runs_on_known_columns", "proposal.uplift"),
    expected="of 100 with the action less of 100 with nothing, among those whom the rule takes; with a score, on the "
    "wave that it has not seen",
)  # fmt: skip
def uplift_against_control(proposal: Proposal, case: Case) -> Objections:
    """What is claimed is the difference to those who got nothing, among the people of the rule."""
    found = reading_of(proposal, case)
    if not any(near(proposal.uplift, one, absolute=UPLIFT_OFF) for one in (found.uplift, found.early)):
        stayed = near(proposal.uplift, 100 * found.stay, absolute=1.5)
        said = (
            "This is how many stayed, of those contacted." if stayed else "The rows of your rule give another number."
        )
        yield objection("uplift", said, "", {"difference": stated(proposal.uplift)})
    return met(f"{stated(proposal.uplift)} of 100 more than with nothing.")


@rubric.criterion(
    points=2, voice="ifeoma", skill="measure_success",
    hints=(
        "How sure is this difference?",
        "1.96 standard errors to both sides, from the people in both arms.",
    ),
    rests_on=("uplift_against_control", "proposal.low", "proposal.high"),
    expected="the interval of 95 in 100, from the people of the rule in both arms",
)  # fmt: skip
def interval_given(proposal: Proposal, case: Case) -> Objections:
    """The difference has its interval, from the same people."""
    found = reading_of(proposal, case)
    half = (found.high - found.low) / 2
    for place, end, counted in (("low", -half, found.low), ("high", half, found.high)):
        ends = ((proposal.uplift or 0.0) + end, counted)  # a difference that is rounded has its ends elsewhere
        if not any(near(getattr(proposal, place), one, absolute=max(0.5, 0.12 * half)) for one in ends):
            yield objection(place, f"You state {stated(getattr(proposal, place))}.")
    return met(f"It lies between {stated(proposal.low)} and {stated(proposal.high)} of 100.")


@rubric.criterion(
    points=6, voice="yara", skill="weigh_trade_offs",
    hints=(
        "What is left of what somebody pays, and for how long do they go on?",
        "Ask Yara for both. The price goes to others for the larger part.",
        "{{ truth.margin }} € a month, for {{ truth.months }} further months.",
    ),
    rests_on=("proposal.margin", "proposal.months"),
    expected="what is left of a month and the further months, as finance told you",
)  # fmt: skip
def margin_not_price(proposal: Proposal, case: Case, conversation: State) -> Objections:
    """A kept subscriber is worth what is left of a month, for the months that finance expects."""
    yield from unheard(case, conversation, ("margin", "months_left"), "margin", "It rests on what is left of a month")
    if not near(proposal.margin, case.truth.margin, relative=0.01):
        price = near(proposal.margin, case.truth.price, relative=0.01)
        yield objection("margin", "This is the price." if price else f"You state {stated(proposal.margin)} €.")
    if not near(proposal.months, case.truth.months, absolute=0.01):
        yield objection("months", f"You state {stated(proposal.months)} months.")
    return met(f"{stated(proposal.margin)} € for {stated(proposal.months)} months.")


@rubric.criterion(
    points=5, voice="yara", skill="weigh_trade_offs",
    hints=(
        "Who costs something: those who are kept, or all who get it?",
        "A discount is taken by everybody who stays with it, also by those who would have stayed. The others cost for "
        "each one contacted.",
        "For {{ truth.rule_words }} it is {{ truth.best.reading.cost | round(0) | number }} €.",
    ),
    rests_on=("rule_runs_on_known_columns", "proposal.cost"),
    expected="the cost for everybody on whom it is counted, among all whom the rule reaches",
)  # fmt: skip
def costs_count_stayers(proposal: Proposal, case: Case, conversation: State) -> Objections:
    """The cost counts everybody who takes the action, also those who would have stayed anyway."""
    yield from unheard(case, conversation, ("discount_to_all",), "cost", "It rests on whom the cost is counted on")
    found = reading_of(proposal, case)
    if not near(proposal.cost, found.cost, relative=COST_OFF, absolute=20.0):
        each = case.truth.costs[proposal.action]
        saved = near(proposal.cost, found.kept * each, relative=0.1)
        said = "This counts only those who were kept." if saved else f"You state {stated(proposal.cost)} €."
        yield objection("cost", said)
    return met("Everybody who costs something is counted.")


@rubric.criterion(
    points=5, voice="yara", skill="weigh_trade_offs",
    hints=(
        "Does your own sum come out?",
        "People reached × difference ÷ 100 × what is left of a month × months − cost, less the score if it is read.",
        "For {{ truth.rule_words }} it is {{ truth.best.net | round(0) | number }} €.",
    ),
    rests_on=("rule_runs_on_known_columns", "proposal.reached", "proposal.uplift", "proposal.margin", "proposal.months",
              "proposal.cost", "proposal.net"),
    expected="the sum of your own numbers, with the people whom the rule reaches in the segment",
)  # fmt: skip
def net_recomputes(proposal: Proposal, case: Case) -> Objections:
    """The net follows from the numbers that stand there, and from the people whom the rule reaches."""
    found = reading_of(proposal, case)
    if not near(proposal.reached, found.reached, relative=REACHED_OFF):
        yield objection("reached", f"You state {stated(proposal.reached)} people; the rule reaches another number.")
    kept = (proposal.reached or 0.0) * (proposal.uplift or 0.0) / 100
    score = (proposal.score_cost or 0.0) if proposal.model == "score" else 0.0
    own = kept * (proposal.margin or 0.0) * (proposal.months or 0.0) - (proposal.cost or 0.0) - score
    sums = [own]
    if counted := only_rounded(proposal, case):
        sums.append(counted.net(proposal.margin or 0.0, proposal.months or 0.0, score))
    if not any(near(proposal.net, one, relative=NET_OFF, absolute=SMALL) for one in sums):
        yield objection("net", f"You state {stated(proposal.net)} €; your own numbers give another sum.")
    return met(f"{stated(proposal.net)} € a campaign.")
