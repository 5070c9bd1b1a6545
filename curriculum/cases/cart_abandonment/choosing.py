"""Which draw of a seed becomes its world: one with two good plans, in which what is refuted also looks refuted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Columns, random
from curriculum.cases.cart_abandonment.draw import GROUP, SCORE, SLUG, Draw, draw
from curriculum.cases.cart_abandonment.quarter import GUEST, PAY, PRICE, Offer, Plan, Worth, plans
from curriculum.cases.cart_abandonment.traffic import STEPS, Traffic, expected, losses, make_traffic
from curriculum.cases.cart_abandonment.trials import (
    DECILES,
    GROUPS,
    PARTS,
    RISK,
    UPLIFT,
    make_price_test,
    make_voucher_test,
    reactions,
)
from curriculum.cases.cart_abandonment.truth import (
    ENOUGH,
    holding,
    kind_of,
    price_effect,
    recoverable,
    what_tests_show,
)

ATTEMPTS = 40
LEAST = 14_000
"""Euros that the best plan of a world brings at least; below, no plan would matter."""
FIRST = 0.92
"""The first exemplar brings at least so much of the best plan."""
CLEAR = 0.93
"""With another kind of voucher, or with one instead of none, the best plan brings at most so much of the best."""
NO_CHANGE = 1.1
"""Of 100 people on phones: by no more may the share that leaves the checkout differ between the halves of the four
weeks where the page became faster; chance alone does 1.3 in one of twenty worlds."""
PRICE_CLEAR = 0.9
"""Orders of 100 people that an early price brings at least where it recovers them, and at most half of it elsewhere."""


@dataclass(frozen=True)
class World:
    """What was drawn."""

    shape: Draw
    traffic: Traffic
    worth: Worth
    """What plans are worth."""
    shown: Worth
    """What they seem to be worth by the tables."""
    learned: Worth
    """The same, on people from whom the uplift score has learned."""
    exemplars: Mapping[str, Plan]
    voucher_test: Columns
    voucher_groups: Columns
    price_test: Columns
    unseen_part: str
    effect: float
    """Orders within seven days, as a share of people: with the price shown early less late."""


def choose_world(seed: int) -> World:
    """The first draw of a seed that will do; raises RuntimeError where none of many does."""
    for attempt in range(ATTEMPTS):
        shape = draw(seed, attempt)
        so = reactions(shape)
        if not _two_good(Worth(_months(shape, expected(shape)), so, shape)):
            continue
        by_decile, groups = make_voucher_test(shape, so, random(SLUG, seed, f"vouchers/{attempt}"))
        unseen = next(part for part in PARTS if part != shape.learned_part)
        shown = what_tests_show(by_decile, groups, unseen, so)
        if not _clear(Worth({}, shown, shape)):
            continue
        traffic = make_traffic(shape, random(SLUG, seed, f"traffic/{attempt}"))
        months = _months(shape, losses(traffic))
        worth = Worth(MappingProxyType(months), so, shape)
        price_test = make_price_test(shape, traffic, random(SLUG, seed, f"prices/{attempt}"))
        effect = price_effect(price_test)
        good = _two_good(worth)
        if not (good and _as_before(shape, traffic) and _reads(shape, 100 * effect)):
            continue
        month = {**months, PRICE: effect * int(traffic.people.sum()) * shape.margin}
        seems = Worth(MappingProxyType(month), shown, shape)
        by_heart = what_tests_show(by_decile, groups, shape.learned_part, so)
        learned = Worth(MappingProxyType(month), by_heart, shape)
        return World(
            shape, traffic, worth, seems, learned, MappingProxyType(good), by_decile, groups, price_test, unseen, effect
        )
    raise RuntimeError(f"world {seed} has no two good plans in {ATTEMPTS} attempts")


def _clear(shown: Worth) -> bool:
    """Whether the voucher test shows what is so: who pays for their vouchers does, and nobody else seems to."""
    each = {way: _per_person(shown, way) for way in (RISK, UPLIFT, "group")}
    if each[RISK][-3:].max() > 0:
        return False
    highest, reacts = each[UPLIFT], each["group"][GROUPS.index(shown.draw.reacts)]
    by_score = highest[-1] > 0.5 if shown.draw.responds == SCORE else highest.max() < 0
    by_group = reacts > 0.5 if shown.draw.responds == GROUP else each["group"].max() < 0
    return bool(by_score and by_group)


def _per_person(shown: Worth, way: str) -> np.ndarray:
    """Net euros of an offer per person, by decile or group, before what a score costs."""
    offers = [Offer(way, (one, one)) for one in range(1, DECILES + 1)] if way != "group" else [
        Offer(way, group=group) for group in GROUPS
    ]  # fmt: skip
    people = [shown.people(offer) for offer in offers]
    run = 0.0 if way == "group" else shown.draw.model_month
    return np.array([(shown.offer_month(offer) + run) / many for offer, many in zip(offers, people, strict=True)])


def _as_before(shape: Draw, traffic: Traffic) -> bool:
    """Where the checkout became faster on phones: whether as many people left it as before."""
    day, phone = traffic.sessions["day"], traffic.sessions["device"] == "phone"
    opened = traffic.people & phone & (traffic.left >= 1)
    drop = traffic.left < STEPS.index("payment")
    shares = [float(drop[opened & half].mean()) for half in (day > 14, day <= 14)]
    return not shape.sped_up or abs(100 * (shares[0] - shares[1])) < NO_CHANGE


def _reads(shape: Draw, points: float) -> bool:
    """Whether the price test shows what is so."""
    return points > PRICE_CLEAR if shape.price_recovers else abs(points) < PRICE_CLEAR / 2


def _months(shape: Draw, lost: Mapping[str, float]) -> dict[str, float]:
    """Euros that each repair brings in four weeks."""
    return {
        PAY: lost["bank"] * shape.route_passes / 20 * shape.margin,
        PRICE: lost["delivery price"] * shape.price_kept * shape.margin,
        GUEST: lost["account form"] * shape.guests_go_on / 12 * shape.margin,
    }


def _two_good(worth: Worth) -> dict[str, Plan]:
    """The best plan and another good one, of other steps where there is one; empty where this world will not do.

    Both rest on what holds in this world: a step whose cause is refuted may cost little and is no example.
    """
    ranked = plans(worth)
    best, kind = ranked[0][0], kind_of(ranked[0][1])
    rivals = [net for net, other in ranked if kind_of(other) != kind]
    if best < LEAST or max(rivals) > (CLEAR if kind != "none" else 0.98) * best:
        return {}
    held = [(net, plan) for net, plan in ranked if kind_of(plan) == kind and set(plan.steps) <= holding(worth.draw)]
    if not held or held[0][0] < FIRST * best:
        return {}
    plan, gains = held[0][1], recoverable(worth)
    large = {action for action, gain in gains.items() if gain >= ENOUGH * max(gains.values())}
    if not large & {*plan.steps} & holding(worth.draw):
        return {}
    good = [other for net, other in held[1:] if net >= 1.02 * ENOUGH * best and large & {*other.steps}]
    return {"best": plan, "second": next((one for one in good if {*one.steps} != {*plan.steps}), [*good, plan][0])}
