"""What shape a world of `cart_abandonment` has: which losses can be won back, whom a voucher changes, what is in time.

Shapes are dealt in rounds of neighbouring seeds, so that each comes as often as it should, in an order that nobody can
guess from the seed. The numbers inside a shape are drawn until two plans are good and no decision is a coin's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from curriculum.cases.base import random

SLUG = "cart_abandonment"

T = TypeVar("T")

SCORE, GROUP, NOBODY = "score", "group", "nobody"
"""Whom a voucher changes: people whom only a mix of features finds; one group that one can name; hardly anybody."""

RESPONSES = (*([SCORE] * 7), *([GROUP] * 5), *([NOBODY] * 4))
IN_TIME = (True, True, True, False)
REACTING_GROUPS = ("first_dear", "later_dear", "first_middle")
BANKS = ("alder", "corran", "northgate", "pellworth")


@dataclass(frozen=True)
class Draw:
    """The shape of one world and its rates. Shares and probabilities lie between 0 and 1."""

    responds: str
    """Whom a voucher changes."""
    reacts: str
    """The group that a rule would name; where one group reacts, it is this one."""
    in_time: bool
    """Whether what the score needs stands ready for most carts when they open."""
    price_recovers: bool
    """Whether people who see the delivery price early order after all; else they only leave earlier."""
    account_lost: bool
    """Whether those who stop at the account form stay away; else most order later on another device."""
    bank_large: bool
    """Whether the failing bank has many payers and refuses most of them."""
    bank_repairs: bool
    """Whether the bank mends its fault by itself."""
    bank: str
    """The failing bank."""
    learned_part: str
    """The part of the voucher test from which the uplift score has learned."""
    sped_up: bool
    """Whether the checkout became faster on phones in the middle of the four weeks."""
    late_features: tuple[bool, bool]
    """Of two features, whether they are refreshed each night only."""

    machines: float
    """Share of all sessions that no person opened."""
    looking: float
    """Of people: who only look, and keep things for later."""
    price_pull: float
    """How strongly a delivery price of a tenth of the basket above four percent makes people leave."""
    account_stops: float
    """Of guests who stay beyond the delivery price: who stop at the account form."""
    account_returns: float
    """Of those: who order within seven days."""
    bank_share: float
    """Of all payers: who pay with the failing bank's card."""
    bank_refuses: float
    """Of those: whose payment fails."""
    others_refuse: float
    """The same at all other banks."""
    repair_week: int
    """The week of the quarter after which the bank has mended its fault; 13 where it does not."""
    route_passes: int
    """Of 20 refused payments, how many got through by another route in the trial."""
    price_kept: float
    """Of those who leave at the delivery price for good, who order when they see it early."""
    guests_go_on: int
    """Of 12 who stopped at the account form, how many went on when they could order as guests."""
    coverage: int
    """Percent of carts for which everything that the score needs stands ready when they open."""
    offered: int
    """People to whom a voucher could be offered in four weeks."""
    margin: float
    """Euros of an order that stay with the shop."""
    voucher: float
    """Euros that a used voucher costs."""
    web_week: int
    """Euros that a web week is worth elsewhere."""
    ml_week: int
    """Euros that a week of ML engineering is worth elsewhere."""
    model_month: int
    """Euros a month that a score in operation costs."""
    reaction: float
    """How strongly those react whom a voucher changes; around 1."""


def dealt(seed: int, stream: str, options: Sequence[T]) -> T:
    """One of the options; every round of as many seeds as there are options deals each of them once."""
    round_, turn = divmod(seed, len(options))
    order = random(SLUG, round_, f"round/{stream}").permutation(len(options))
    return options[int(order[turn])]


def draw(seed: int, attempt: int) -> Draw:
    """The world with this seed: shapes as they are dealt, rates as they fall at this attempt."""
    rng = random(SLUG, seed, f"rates/{attempt}")
    coin = (True, False)
    bank_large, lost = dealt(seed, "bank_large", coin), dealt(seed, "account", coin)
    repairs, recovers = dealt(seed, "repairs", (True, False, False)), dealt(seed, "price", coin)
    in_time = dealt(seed, "in_time", IN_TIME)
    responds = dealt(seed, "responds", RESPONSES)
    # Something at the shop itself must be there that is worth mending.
    lost = lost or (repairs and not recovers)
    bank_large = bank_large or not (recovers or lost)

    def between(low: float, high: float) -> float:
        return float(rng.uniform(low, high))

    return Draw(
        responds=responds,
        reacts=dealt(seed, "reacts", REACTING_GROUPS),
        in_time=in_time,
        price_recovers=recovers,
        account_lost=lost,
        bank_large=bank_large,
        bank_repairs=repairs,
        bank=dealt(seed, "bank", BANKS),
        learned_part=dealt(seed, "part", ("A", "B")),
        sped_up=dealt(seed, "sped_up", coin),
        late_features=(dealt(seed, "late_pages", coin), dealt(seed, "late_since", coin)),
        machines=between(0.09, 0.17),
        looking=between(0.26, 0.36),
        price_pull=between(0.13, 0.24),
        account_stops=between(0.12, 0.19) if lost else between(0.07, 0.13),
        account_returns=between(0.10, 0.22) if lost else between(0.70, 0.82),
        bank_share=between(0.11, 0.15) if bank_large else between(0.04, 0.07),
        bank_refuses=between(0.50, 0.66) if bank_large else between(0.28, 0.40),
        others_refuse=between(0.018, 0.030),
        repair_week=int(rng.integers(2, 4)) if repairs else QUARTER,
        route_passes=int(rng.integers(15, 20)),
        price_kept=between(0.28, 0.46) if recovers else between(0.0, 0.025),
        guests_go_on=int(rng.integers(6, 11)),
        coverage=int(rng.integers(78, 96)) if in_time else int(rng.integers(14, 26)),
        offered=100 * int(rng.integers(380, 520)),
        margin=round(between(17.0, 21.0), 1),
        voucher=round(between(4.2, 5.4), 1),
        web_week=100 * int(rng.integers(26, 35)),
        ml_week=100 * int(rng.integers(20, 29)),
        model_month=100 * int(rng.integers(30, 42)),
        reaction=between(0.92, 1.12),
    )


QUARTER = 13
"""Weeks of a quarter."""

MONTH = 4
"""Weeks that the tables cover, which count as a month."""


def rates_of_delivery(rng: np.random.Generator, people: int) -> tuple[np.ndarray, np.ndarray]:
    """Baskets and delivery prices in euros; delivery is a tenth of the basket on the middle, more for small ones."""
    basket = np.clip(np.exp(rng.normal(4.1, 0.55, people)), 12, 420).round(0)
    delivery = np.array([3.9, 5.9, 8.9, 12.9])[rng.choice(4, people, p=[0.30, 0.42, 0.18, 0.10])]
    return basket, delivery
