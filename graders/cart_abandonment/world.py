"""The entries of this case by their own types, what a page plans, and who has told what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from curriculum.artifacts.brief import Brief
from curriculum.cases import Case
from curriculum.cases.cart_abandonment.entries import Action, Aim, Assumption, Cause, Feature
from curriculum.cases.cart_abandonment.quarter import VOUCHERS, Offer, Plan
from curriculum.cases.cart_abandonment.trials import DECILES, GROUPS
from curriculum.cases.cart_abandonment.truth import Truth
from curriculum.roleplay.engine import State
from graders.common import heard
from graders.rubric import Objection, objection

STEP_OF = {"pay": "payment", "price": "delivery_price", "guest": "account_form"}
"""By repair: the step at which it mends something."""
CAUSE_OF = {
    "pay": ("bank_stays_shut",), "price": ("price_surprises",), "guest": ("account_is_lost",),
    "voucher_rule": ("group_reacts",), "voucher_model": ("score_reacts", "risk_reacts"),
    "faster_page": ("page_is_slow",),
}  # fmt: skip
"""By action: the causes on one of which it rests."""


def truth_of(case: Case) -> Truth:
    """What is so in this world, by its own type."""
    truth: Truth = case.truth
    return truth


def aims(case: Case) -> dict[str, Aim]:
    """What shall be so for people, or what is to be built."""
    return case.registry.typed("aims", Aim)


def causes(case: Case) -> dict[str, Cause]:
    """What may be so."""
    return case.registry.typed("causes", Cause)


def features(case: Case) -> dict[str, Feature]:
    """What a rule or a score could look at."""
    return case.registry.typed("features", Feature)


def actions(case: Case) -> dict[str, Action]:
    """What can be done."""
    return case.registry.typed("actions", Action)


def assumptions(case: Case) -> dict[str, Assumption]:
    """What a plan can rest on."""
    return case.registry.typed("assumptions", Assumption)


def named(case: Case, kind: str, id: str) -> str:
    """The words for an id in quotes, or that nothing is picked."""
    return f"“{case.registry.label(kind, id)[:90]}”" if id else "nothing"


def not_told(place: str, what: str, case: Case, conversation: State, *facts: str) -> Iterator[Objection]:
    """An objection for each fact without which nobody can know what stands at a place, and which nobody told."""
    for fact in facts:
        if not heard(case, fact, conversation):
            who = case.people[case.facts[fact].held_by or ""].label
            row = {"what rests on it": what, "who could tell you": who}
            yield objection(place, f"{what}: nobody told you what it rests on.", "what you were told yourself", row)


def offer_of(brief: Brief) -> Offer | None:
    """Whom a page has looked at for a voucher, whether it offers one or not; None while that is not said."""
    voucher = brief.voucher
    control = min(max((voucher.control_percent or 0.0) / 100, 0.0), 1.0)
    if voucher.sorted_by == "group":
        return Offer("group", group=voucher.group, control=control) if voucher.group in GROUPS else None
    first, last = voucher.first_decile, voucher.last_decile
    if voucher.sorted_by not in ("risk", "uplift") or first is None or last is None:
        return None
    if not (1 <= first <= last <= DECILES and first == int(first) and last == int(last)):
        return None
    return Offer(voucher.sorted_by, (int(first), int(last)), control=control)


def plan_of(brief: Brief, case: Case) -> Plan:
    """What a page does, in its order; a voucher goes out only where it is offered and its work is among the steps."""
    steps = tuple(dict.fromkeys(action for action in brief.actions if action in actions(case)))
    offer = offer_of(brief) if brief.voucher.decision == "offer" else None
    kind = next((step for step in steps if step in VOUCHERS), "")
    if offer is None or not kind or (kind == "voucher_model") != offer.needs_model:
        return Plan(steps)
    return Plan(steps, offer)


def euros(amount: float | None) -> str:
    """An amount as it is written; or that it is blank."""
    return "no amount" if amount is None else f"{amount:,.0f} €"


def plain(value: Any) -> str:
    """A number as it was typed, or a dash."""
    return "–" if value is None else f"{value:g}"
