"""Criteria for the vouchers of the brief (A12): who is changed and not who leaves, on people whom no score has seen."""

from __future__ import annotations

from curriculum.artifacts.brief import Brief
from curriculum.cases import Case
from curriculum.cases.cart_abandonment.draw import GROUP, SCORE
from curriculum.cases.cart_abandonment.quarter import MODEL, RULE, VOUCHERS, Offer, best_offers, plans
from curriculum.cases.cart_abandonment.trials import DECILES, UPLIFT
from curriculum.cases.cart_abandonment.truth import ENOUGH, Truth, kind_of
from curriculum.roleplay.engine import State
from graders.cart_abandonment.register import rubric
from graders.cart_abandonment.world import euros, named, not_told, offer_of, plain, truth_of
from graders.common import near
from graders.rubric import NotYet, Objections, met, objection

NET_SHARE, NET_EUROS = 0.08, 700.0
CLEARLY = 0.93
"""With another kind of voucher, or none, the best plan brings less than this share of the best."""
CONTROL = (5.0, 30.0)
"""Left out by lot: enough to compare with, and most still get the offer."""
ALIKE = 0.02
"""Groups whose reactions differ by no more than this share react alike."""
BUDGET = (0.85, 1.6)
"""A budget is enough from this share of the expected cost on, and no budget any more beyond that one."""


@rubric.criterion(
    points=3,
    voice="ines",
    skill="domain_literacy",
    hints=(
        "Does a voucher change those who will leave anyway, or those who would order anyway?",
        "Whom one has to find are people who order with a voucher and would not without. Risk sorts by something else: "
        "look at offered less not offered in its highest deciles.",
        "The target is “{{ entries.targets.changed.label }}”, found by the uplift score or by a group.",
    ),
    rests_on=("brief.voucher.target", "brief.voucher.sorted_by"),
    expected="those who order only because of the voucher, found by something that has to do with that",
)
def target_is_change(brief: Brief, case: Case) -> Objections:
    """Whom one has to find are those whom a voucher changes, and not those who are likely to leave."""
    voucher, truth = brief.voucher, truth_of(case)
    if voucher.target != "changed":
        yield objection("voucher.target", f"You look for: {named(case, 'targets', voucher.target)}.")
    offer = offer_of(brief)
    if voucher.sorted_by == "risk" and (offer is None or not _as_good(offer, truth, MODEL)):
        yield objection("voucher.sorted_by", "You sort by risk; these are not the people whom a voucher changes.")
    return met("You look for those whom a voucher changes.")


def _as_good(offer: Offer, truth: Truth, kind: str) -> bool:
    """Whether an offer brings about as much as any of its kind, and brings anything."""
    best = truth.worth.offer_month(best_offers(truth.worth)[kind])
    own = truth.worth.offer_month(offer)
    return own > 0 and own >= ENOUGH * best


@rubric.criterion(
    points=3,
    voice="ines",
    skill="domain_literacy",
    hints=(
        "Which people has the score learned from?",
        "A score knows the people it has learned from by heart. Read it on the part that was left out; Ines knows "
        "which that is. Risk and groups were not learned from this test.",
        "{{ facts.learned_part.label }}",
    ),
    rests_on=("brief.voucher.part", "target_is_change"),
    expected="the part that the uplift score has not seen; for risk and groups both parts",
)
def unseen_part(brief: Brief, case: Case, conversation: State) -> Objections:
    """The voucher test is read on people whom the score has not seen."""
    voucher, truth = brief.voucher, truth_of(case)
    if voucher.sorted_by == "uplift":
        yield from not_told("voucher.part", "Which part the score has not seen", case, conversation, "learned_part")
        if voucher.part != truth.unseen_part:
            row = {"part": voucher.part, "who knows what it has learned from": "Ines"}
            yield objection("voucher.part", f"You read the uplift score in part {voucher.part}.", "", row)
    elif voucher.part != "both":
        yield objection("voucher.part", f"You read only part {voucher.part}, and both count here.")
    return met("Read on people whom the score has not seen.")


@rubric.criterion(
    points=2,
    voice="bo",
    skill="translate_constraints",
    hints=(
        "For how many carts could a score say anything at all?",
        "That a server can answer does not say that what it needs is there when the cart opens. Ask Bo for how many "
        "carts; whoever leaves a score because it is late has to know it too. A group needs no score.",
        "{{ facts.score_coverage.label }}",
    ),
    rests_on=("brief.voucher.sorted_by",),
    expected="the share of carts for which the score has what it reads, as Bo told you",
)
def coverage_counted(brief: Brief, case: Case, conversation: State) -> Objections:
    """The share of carts that a score would reach is what stands ready when a cart opens."""
    share, draw = brief.voucher.coverage_percent, truth_of(case).draw
    if share in (None, 100) and brief.voucher.sorted_by == "group":
        return met("A group can be named for every cart, and needs no score.")
    if share is None:
        raise NotYet("brief.voucher.coverage_percent", "It needs the share of carts that a score reaches.")
    yield from not_told("voucher.coverage_percent", "The share of carts", case, conversation, "score_coverage")
    if not near(share, float(draw.coverage), absolute=1.0):
        yield objection("voucher.coverage_percent", f"A score would reach {plain(share)} of 100 carts.")
    return met(f"A score would reach {plain(share)} of 100 carts.")


@rubric.criterion(
    points=4,
    voice="marta",
    skill="weigh_trade_offs",
    hints=(
        "Who costs a voucher, and who brings an order?",
        "Per customer: orders offered less not offered, times the margin; less used vouchers times their cost; less "
        "the offer. Times the people of a month in these deciles or this group, times the share that is reached; less "
        "what a score costs to run.",
        "{{ facts.voucher_cost.label }} {{ facts.margin_order.label }} {{ facts.spring_test.label }}",
    ),
    rests_on=("brief.voucher.net_month", "unseen_part", "coverage_counted"),
    expected="the net of four weeks for just these people, from the test and from what Marta and Bo told you",
)
def voucher_net_recomputes(brief: Brief, case: Case, conversation: State) -> Objections:
    """What a voucher brings in four weeks follows from the test, for just the people who are named."""
    offer, truth = _offer(brief), truth_of(case)
    what = "What a voucher brings"
    yield from not_told("voucher.net_month", what, case, conversation, "margin_order", "voucher_cost")
    nets = [worth.offer_month(offer) for worth in (truth.shown, truth.worth)]
    if not any(near(brief.voucher.net_month, net, relative=NET_SHARE, absolute=NET_EUROS) for net in nets):
        row = {"stated": euros(brief.voucher.net_month), "tables": "voucher_test, voucher_groups, actions"}
        yield objection("voucher.net_month", f"You state {euros(brief.voucher.net_month)} in four weeks.", "", row)
    for number, step in enumerate(brief.steps, start=1):
        if step.action in VOUCHERS and not near(step.month_eur, brief.voucher.net_month or 0.0, absolute=1.0):
            yield objection(f"steps[{number}].month_eur", f"Among the steps it is {euros(step.month_eur)}.",
                            "the same amount as in the part on vouchers")  # fmt: skip
    return met(f"{euros(brief.voucher.net_month)} in four weeks, as it can be worked out.")


def _offer(brief: Brief) -> Offer:
    offer = offer_of(brief)
    if offer is None:
        raise NotYet("brief.voucher", "It needs to know for whom: deciles from 1 to 10, or a group.")
    return offer


@rubric.criterion(
    points=5,
    voice="marta",
    skill="weigh_trade_offs",
    hints=(
        "Does the best group that you can reach earn more than its weeks would elsewhere?",
        "Of all ways to choose people, the one that brings most, with what is reached and what it costs; set against "
        "the weeks that it takes and what they do instead. Leaving it is a decision too, if you have looked where "
        "somebody might react.",
        "Here the best plan has {{ 'no voucher' if truth.voucher == 'none' else "
        "entries.actions[truth.voucher].label }}.",
    ),
    rests_on=("brief.voucher.decision", "voucher_net_recomputes"),
    expected="an offer to those for whom it brings most, or none where its weeks are worth more",
)
def voucher_decision_pays(brief: Brief, case: Case) -> Objections:
    """A voucher is offered where it pays its weeks, to those for whom it brings most, and left where it does not."""
    truth, offer = truth_of(case), _offer(brief)
    kinds = [step for step in brief.actions if step in VOUCHERS]
    offered, kind = brief.voucher.decision == "offer", MODEL if offer.needs_model else RULE
    if offered != bool(kinds) or (offered and kind not in kinds):
        yield objection("voucher.decision", "What is decided here is not what stands among the steps.")
        return None
    best = dict[str, float]()
    for net, plan in plans(truth.worth):
        best.setdefault(kind_of(plan), net)
    if best[kind if offered else "none"] < CLEARLY * truth.best:
        did = "offer it to these people" if offered else "leave it"
        row = {
            "net in four weeks": euros(brief.voucher.net_month),
            "reached, of 100": plain(brief.voucher.coverage_percent),
        }
        yield objection("voucher.decision", f"You {did}, and the quarter brings clearly less than it could.", "", row)
    elif offered and not _as_good(offer, truth, kind):
        yield objection("voucher.sorted_by", "You offer it to people for whom it brings clearly less than for others.")
    elif not offered and not _looked_well(offer, truth):
        yield objection("voucher.sorted_by", "You leave it, having looked only where nobody reacts.")
    return met("Offered where it pays." if offered else "Left, since its weeks are worth more.")


def _looked_well(offer: Offer, truth: Truth) -> bool:
    """Whether somebody who leaves the voucher has looked where people react: where anybody does, and in the highest
    decile of the uplift score or the group that reacts most."""
    where = {SCORE: UPLIFT, GROUP: "group"}.get(truth.draw.responds)
    if where is not None and offer.sorted_by != where:
        return False
    if offer.sorted_by == UPLIFT:
        return offer.deciles[1] == DECILES
    most = float(truth.shown.reactions[offer.sorted_by].uplift.max())
    return float(truth.shown.rates(offer)[1].max()) >= most - ALIKE


@rubric.criterion(
    points=3,
    voice="marta",
    skill="measure_success",
    hints=(
        "How would you know in four weeks that it was the voucher?",
        f"Some of these people, drawn by lot, get nothing: {CONTROL[0]:g} to {CONTROL[1]:g} of 100. And the money for "
        "vouchers and offers has a limit that fits what is expected.",
        "Expected for four weeks: people who are reached, times 0.05 €, plus used vouchers times their cost.",
    ),
    rests_on=("voucher_decision_pays",),
    expected="some left out by lot, and a budget that fits the vouchers that will be used",
)
def control_and_budget(brief: Brief, case: Case) -> Objections:
    """Who is offered a voucher is compared with some who are not, within a budget that fits."""
    voucher, truth = brief.voucher, truth_of(case)
    if voucher.decision == "leave":
        if voucher.budget_month or voucher.control_percent:
            yield objection("voucher.budget_month", "Nobody is offered a voucher, and something is set aside for it.")
        return met("Nothing is offered, and nothing is set aside.")
    if voucher.control_percent is None or not CONTROL[0] <= voucher.control_percent <= CONTROL[1]:
        yield objection("voucher.control_percent", f"{plain(voucher.control_percent)} of 100 are left out by lot.")
    offer = _offer(brief)
    cost = truth.shown.voucher_cost(offer)
    # Whoever is left out by lot needs no voucher; a budget may count that or not.
    least = BUDGET[0] * cost * (1 - min(offer.control, CONTROL[1] / 100))
    if voucher.budget_month is None or not least <= voucher.budget_month <= BUDGET[1] * cost:
        yield objection("voucher.budget_month", f"The budget is {euros(voucher.budget_month)} for four weeks.")
    return met("Compared with some who get nothing, within a budget.")


@rubric.criterion(
    points=2,
    voice="bo",
    skill="translate_constraints",
    hints=(
        "What happens while the score has not answered yet?",
        "The page waits as long as the score usually takes, and no longer than Bo can hold the place for an offer.",
        "{{ facts.offer_slot.label }} 95 of 100 answers of the score take up to {{ truth.server_ms }} ms.",
    ),
    rests_on=("voucher_decision_pays",),
    expected="a wait in which the score can answer, and after which the cart stands without an offer",
)
def page_waits_for_nobody(brief: Brief, case: Case, conversation: State) -> Objections:
    """The cart waits for an offer no longer than its place is kept, and long enough for the score to answer."""
    voucher, truth = brief.voucher, truth_of(case)
    if voucher.decision == "leave":
        if voucher.wait_ms:
            yield objection("voucher.wait_ms", "Nobody is offered a voucher, and the cart waits for it all the same.")
        return met("Nothing has to be waited for.")
    yield from not_told("voucher.wait_ms", "How long a place is kept", case, conversation, "offer_slot")
    least = truth.server_ms if _offer(brief).needs_model else 0
    if voucher.wait_ms is None or not least <= voucher.wait_ms <= truth.slot_ms:
        yield objection("voucher.wait_ms", f"The cart waits {plain(voucher.wait_ms)} ms for an offer.")
    return met(f"The cart waits at most {plain(voucher.wait_ms)} ms.")
