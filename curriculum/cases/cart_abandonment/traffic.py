"""Sixty thousand sessions with something in the cart, and who ordered within seven days after leaving.

The shares lie in the ranges of the course's reference: payments fail in 3 to 8 of 100 (no study; a range that people
of the trade name), half of all carts reach the checkout, carts of other shops are left in 70.19 % (Baymard, 49
studies). Machines open a checkout to read the price and move no pointer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.cart_abandonment.draw import BANKS, SLUG, Draw, rates_of_delivery

SESSIONS, DAYS = 60_000, 28
STEPS = ("cart", "delivery price", "account form", "address form", "payment")
PAID = "paid"
MACHINES_OPEN, LOOKING_OPEN, OTHERS_OPEN = 0.62, 0.12, 0.80
ADDRESS_STOPS, RETRIES, RETURNS, KNOWN = 0.035, 0.29, 0.16, 0.45
DEAR = 0.12
"""Delivery of at least this share of the basket is dear."""
OTHER_BANKS = 0.62
"""Of those who do not pay with the failing bank's card: who pay with another bank's; the others use a wallet."""


@dataclass(frozen=True)
class Traffic:
    """The sessions, who came back, and what rubrics count in them."""

    sessions: Columns
    orders_later: Columns
    people: np.ndarray
    """By session: whether somebody moved a pointer."""
    left: np.ndarray
    """By session: the index in `STEPS` where it ended; one more where it was paid."""
    back: np.ndarray
    """By session: whether the same customer ordered within seven days afterwards."""
    failing: np.ndarray
    """By session: whether it was to be paid with the failing bank's card."""


def make_traffic(draw: Draw, rng: np.random.Generator) -> Traffic:
    """Four weeks of sessions. All of it is drawn at once, column by column."""
    n = SESSIONS
    machine = rng.random(n) < draw.machines
    people = ~machine
    phone = rng.random(n) < np.where(machine, 0.12, 0.58)
    known = people & (rng.random(n) < KNOWN)
    first = people & (rng.random(n) < np.where(known, 0.06, 0.55))
    basket, delivery = rates_of_delivery(rng, n)
    looking = people & (rng.random(n) < draw.looking + np.where(phone, 0.03, -0.04))
    opens = rng.random(n) < np.where(machine, MACHINES_OPEN, np.where(looking, LOOKING_OPEN, OTHERS_OPEN))
    pull = _pull(draw, basket, delivery)
    luck = rng.random((4, n))
    bank = _banks(draw, rng, n)
    failing = bank == draw.bank
    refused = luck[3] < np.where(failing, draw.bank_refuses, draw.others_refuse)
    again = refused & (rng.random(n) < RETRIES)
    paid = len(STEPS)
    left = np.full(n, paid)
    # The earliest reason counts, so later ones are written first.
    left[refused & ~again] = 4
    left[luck[2] < ADDRESS_STOPS] = 3
    left[~known & (luck[1] < draw.account_stops)] = 2
    left[(luck[0] < pull) | machine] = 1
    left[~opens] = 0
    come_back = np.full(paid + 1, RETURNS)
    come_back[2], come_back[paid] = draw.account_returns, 0.02
    back = people & (rng.random(n) < come_back[left])
    at_payment = left >= 4
    customer = 100_000 + rng.permutation(n)
    day = rng.integers(1, DAYS + 1, n)
    pointer = np.where(people, rng.poisson(34, n) + 1, 0)
    order = np.argsort(day, kind="stable")
    tries = np.where(at_payment, 1 + ((left == paid) & again), 0)
    names = np.array([*STEPS, PAID])
    columns = {
        "day": day, "device": np.where(phone, "phone", "desktop"), "account": np.where(known, "known", "guest"),
        "visit": np.where(first | machine, "first", "later"), "pointer_events": pointer,
        "basket_eur": basket.astype(int), "delivery_eur": delivery, "ended_at": names[left],
        "pays_with": np.where(at_payment, bank, ""), "tries": tries, "customer": customer,
    }  # fmt: skip
    return Traffic(
        sessions=frozen_columns(**{name: values[order] for name, values in columns.items()}),
        orders_later=_later(rng, customer[back], day[back], phone[back]),
        people=people[order],
        left=left[order],
        back=back[order],
        failing=failing[order],
    )


def _pull(draw: Draw, basket: np.ndarray, delivery: np.ndarray) -> np.ndarray:
    """By session: the chance that somebody leaves over the delivery price."""
    return np.clip(draw.price_pull * (delivery / basket - 0.04) / 0.10, 0.0, 0.8)


def expected(draw: Draw) -> Mapping[str, float]:
    """About how many are lost for good at the steps that can be mended, without drawing a session; `bank` are those
    whom the failing bank refuses."""
    opens = SESSIONS * (1 - draw.machines) * (draw.looking * LOOKING_OPEN + (1 - draw.looking) * OTHERS_OPEN)
    pull = float(_pull(draw, *_some_baskets()).mean())
    past_price = opens * (1 - pull)
    past_forms = past_price * (1 - (1 - KNOWN) * draw.account_stops) * (1 - ADDRESS_STOPS)
    return {
        "delivery price": opens * pull * (1 - RETURNS),
        "account form": past_price * (1 - KNOWN) * draw.account_stops * (1 - draw.account_returns),
        "bank": past_forms * draw.bank_share * draw.bank_refuses * (1 - RETRIES) * (1 - RETURNS),
    }


@cache
def _some_baskets() -> tuple[np.ndarray, np.ndarray]:
    return rates_of_delivery(random(SLUG, 0, "baskets"), 4_000)


def _banks(draw: Draw, rng: np.random.Generator, n: int) -> np.ndarray:
    others = [bank for bank in BANKS if bank != draw.bank]
    each = (1 - draw.bank_share) * OTHER_BANKS / len(others)
    shares = [draw.bank_share, each, each, each, (1 - draw.bank_share) * (1 - OTHER_BANKS)]
    return np.array([draw.bank, *others, "wallet"])[rng.choice(5, n, p=shares)]


def _later(rng: np.random.Generator, customer: np.ndarray, day: np.ndarray, phone: np.ndarray) -> Columns:
    """Orders in later sessions, most of them on another device."""
    n = len(customer)
    other = rng.random(n) < 0.7
    order = np.argsort(customer)
    columns = {
        "customer": customer,
        "days_after": rng.integers(0, 8, n),
        "device": np.where(phone ^ other, "phone", "desktop"),
    }
    return frozen_columns(**{name: values[order] for name, values in columns.items()})


DENOMINATORS = ("every_cart", "checkout", "payment")
NUMERATORS = ("left_step", "left_anywhere")


def counted(
    traffic: Traffic, step: int, denominator: str, numerator: str, machines: bool, comers_back: bool
) -> tuple[int, int]:
    """How many are lost, of how many, as the picks of a problem statement say; flags say what is counted along."""
    who = np.ones(len(traffic.left), bool) if machines else traffic.people
    reached = {"every_cart": 0, "checkout": 1, "payment": 4}[denominator]
    of = who & (traffic.left >= reached)
    gone = traffic.left == step if numerator == "left_step" else traffic.left < len(STEPS)
    lost = of & gone if comers_back else of & gone & ~traffic.back
    return int(lost.sum()), int(of.sum())


def losses(traffic: Traffic) -> Mapping[str, int]:
    """By step: people who left there and did not order within seven days; `bank` are those of the failing bank."""
    gone = traffic.people & ~traffic.back
    by_step = {step: int((gone & (traffic.left == index)).sum()) for index, step in enumerate(STEPS)}
    return {**by_step, "bank": int((gone & traffic.failing & (traffic.left == STEPS.index("payment"))).sum())}
