"""The voucher test of last spring and the price test: what is so, and the tables that chance has made of it.

Risk and persuasion are two orders of the same people: those who will not order anyway are not those whom a voucher
changes. A score that is read on the people it has learned from looks better than it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, frozen_columns
from curriculum.cases.cart_abandonment.draw import GROUP, NOBODY, SCORE, Draw
from curriculum.cases.cart_abandonment.traffic import STEPS, Traffic

CUSTOMERS = 120_000
"""People of the voucher test; half of them, drawn by lot, were offered one."""
DECILES = 10
USED = 0.95
"""Of those who were offered a voucher and ordered: who used it."""
OFFER = 0.05
"""Euros that an offer costs, used or not."""
RISK, UPLIFT = "risk", "uplift"
PARTS = ("A", "B")

GROUPS = ("first_cheap", "first_middle", "first_dear", "later_cheap", "later_middle", "later_dear")
"""First or later visit; delivery below 6 % of the basket, up to 12 %, or more."""
GROUP_SHARES = np.array([0.13, 0.15, 0.10, 0.23, 0.25, 0.14])
REACTING = 0.024
"""Of all people: whom a voucher changes where one group reacts; a large group reacts less strongly."""

_BY_SCORE = np.array([-0.07, -0.05, -0.035, -0.02, 0.0, 0.02, 0.05, 0.11, 0.19, 0.27])
_LEARNED = np.array([-0.18, -0.14, -0.09, -0.06, -0.02, 0.01, 0.05, 0.09, 0.14, 0.20])
"""How much more a decile of the learned part seems to react than it does."""
_BY_RISK = np.array([0.04, 0.08, 0.13, 0.16, 0.19, 0.20, 0.16, 0.025, 0.01, 0.005])
"""How the reaction is spread over deciles of risk: the riskiest three have a twenty-fifth of it."""
_BASE_BY_RISK = np.array([0.53, 0.45, 0.37, 0.30, 0.24, 0.19, 0.14, 0.09, 0.05, 0.02])
_BASE_BY_SCORE = np.linspace(0.33, 0.146, DECILES)

EARLY_STAYS = 0.22
"""Of those who leave the checkout over the delivery price: who still do when they have seen it early."""
PRICE_WEEKS, PRICE_PEOPLE = 16, 6_600


@dataclass(frozen=True)
class Reaction:
    """Who orders without a voucher, and how many more do with one, by decile or group; all are shares."""

    base: np.ndarray
    uplift: np.ndarray
    shares: np.ndarray
    """How the people are spread over these."""


def reactions(draw: Draw) -> Mapping[str, Reaction]:
    """What is so by order of risk, by order of the uplift score on people it has not seen, and by group."""
    even = np.full(DECILES, 1 / DECILES)
    flat = {SCORE: 0.0, GROUP: 0.01, NOBODY: 0.012}[draw.responds]
    groups = np.full(len(GROUPS), flat)
    if draw.responds == GROUP:
        here = GROUPS.index(draw.reacts)
        groups[here] = REACTING / float(GROUP_SHARES[here]) * draw.reaction
    by_score = _BY_SCORE * draw.reaction if draw.responds == SCORE else np.full(DECILES, GROUP_SHARES @ groups)
    mean = float(by_score.mean())
    if draw.responds == SCORE:
        groups = np.full(len(GROUPS), mean)
    base = float(_BASE_BY_RISK.mean())
    return {
        RISK: Reaction(_BASE_BY_RISK, _BY_RISK * DECILES * mean, even),
        UPLIFT: Reaction(_BASE_BY_SCORE * base / _BASE_BY_SCORE.mean(), by_score, even),
        "group": Reaction(np.full(len(GROUPS), base), groups, GROUP_SHARES),
    }


def make_voucher_test(draw: Draw, so: Mapping[str, Reaction], rng: np.random.Generator) -> tuple[Columns, Columns]:
    """The test by deciles of both scores, and by group: customers, orders and used vouchers, offered and not."""
    rows: list[tuple[str, str, int, str, int, int, int]] = []
    for sorted_by, part in ((RISK, "both"), *((UPLIFT, part) for part in PARTS)):
        size = CUSTOMERS // (2 * DECILES) // (1 if part == "both" else 2)
        seems = so[sorted_by].uplift + (_LEARNED if part == draw.learned_part else 0.0)
        for decile in range(DECILES):
            counts = _arms(rng, size, float(so[sorted_by].base[decile]), float(seems[decile]))
            rows += [(sorted_by, part, decile + 1, *arm) for arm in counts]
    arms = ("offered", "customers", "orders", "used")
    by_decile = _table(("sorted_by", "part", "decile", *arms), rows)
    grouped: list[tuple[str, str, int, int, int]] = []
    for index, group in enumerate(GROUPS):
        size = round(CUSTOMERS / 2 * GROUP_SHARES[index])
        counts = _arms(rng, size, float(so["group"].base[index]), float(so["group"].uplift[index]))
        grouped += [(group, *arm) for arm in counts]
    return by_decile, _table(("group", *arms), grouped)


def _table(names: Sequence[str], rows: Sequence[tuple[str | int, ...]]) -> Columns:
    return frozen_columns(**dict(zip(names, map(np.array, zip(*rows, strict=True)), strict=True)))


def _arms(rng: np.random.Generator, size: int, base: float, uplift: float) -> list[tuple[str, int, int, int]]:
    orders = int(rng.binomial(size, min(max(base + uplift, 0.004), 0.98)))
    return [
        ("yes", size, orders, int(rng.binomial(orders, USED))),
        ("no", size, int(rng.binomial(size, base)), 0),
    ]


def make_price_test(draw: Draw, traffic: Traffic, rng: np.random.Generator) -> Columns:
    """Sixteen weeks in which half of the people saw the delivery price in the cart, drawn by lot."""
    people = int(traffic.people.sum())
    at_checkout = traffic.people & (traffic.left >= 1) & (traffic.left < STEPS.index("payment"))
    over_price = traffic.people & (traffic.left == STEPS.index("delivery price"))
    for_good = int((over_price & ~traffic.back).sum()) / people
    ordered = int((traffic.people & ((traffic.left == len(STEPS)) | traffic.back)).sum()) / people
    leaves = int(at_checkout.sum()) / people
    early_leaves = leaves - (1 - EARLY_STAYS) * int(over_price.sum()) / people
    n = np.round(rng.normal(PRICE_PEOPLE, 160, 2 * PRICE_WEEKS)).astype(int)
    early = np.tile([False, True], PRICE_WEEKS)
    return frozen_columns(
        week=np.repeat(np.arange(1, PRICE_WEEKS + 1), 2),
        shown=np.where(early, "early", "late"),
        people=n,
        left_checkout=rng.binomial(n, np.where(early, early_leaves, leaves)),
        orders_7_days=rng.binomial(n, np.where(early, ordered + draw.price_kept * for_good, ordered)),
    )
