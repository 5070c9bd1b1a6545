"""What shape a world of `latency_or_accuracy` has: what the complex model is worth, who minds waiting, what is broken.

Shapes are dealt in rounds of neighbouring seeds. Latency ranges follow the course's sources: 0.1 to 1 % of orders a
100 ms, 1.5 to 2.5 % where people wait for the block, concave at low delays; all others are design choices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from curriculum.cases.base import random
from curriculum.support.worlds import kept_for_worlds

SLUG = "latency_or_accuracy"
T = TypeVar("T")

PHONE, DESKTOP = "phone", "desktop"
SEGMENTS = (PHONE, DESKTOP)
CLIENTS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "new_app": (PHONE, 0.40), "old_app": (PHONE, 0.22), "phone_web": (PHONE, 0.38),
        "desktop": (DESKTOP, 0.93), "no_script": (DESKTOP, 0.07),
    }
)  # fmt: skip
"""By client: its segment, and its part of that segment's visitors."""

BOTH, DESK, PHON, SLOW, EMPTY = "both", "desktop", "phone", "slow", "empty"
"""Where the complex model is worth its wait: everywhere, on one device, nowhere until it is fast, nowhere at all."""
BEACON, CRAWLER, CLEAN = "beacon", "crawler", "clean"
"""What is wrong with the split."""

_KINDS = (*[BOTH] * 7, *[DESK] * 4, *[PHON] * 4, *[SLOW] * 3, *[EMPTY] * 2)
_LIMITS = (*[(1.03, 1.08)] * 3, *[(1.13, 1.24)] * 6, *[(1.35, 1.70)] * 11)
_TROUBLES = (*[BEACON] * 7, *[CRAWLER] * 7, *[CLEAN] * 6)

PAGE_FACTOR = 1.28
"""How much of a delay of the block shows in the page's p95."""
BEND = 0.85
"""Exponent of delay in the loss: concave, so that the first milliseconds cost most."""
AT = 300.0
"""The delay, in ms, at which `sensitivity` is the loss for each 100 ms."""
CLEAR = 0.025
"""No way of serving comes so near to the limit of the page, relative to it, that measuring would decide."""
WEEKS = 8
"""Weeks until the peak freeze, as the memo says."""
MOST_WEEKS = 12
"""Weeks for which a plan can ask."""


@dataclass(frozen=True, eq=False)
class Draw:
    """The shape of one world."""

    kind: str
    trouble: str
    visitors: float
    """A week, all together."""
    phone_share: float
    """Of visitors and of requests in the busiest hour, 0 to 1."""
    rate: Mapping[str, float]
    """Orders a visitor with the light model, by segment."""
    visits: float
    """Visits of a visitor in the weeks of a test."""
    returning: float
    """Share of visitors who were here before."""
    model: Mapping[str, float]
    """What the complex model brings at equal speed, in % of orders, by segment."""
    sensitivity: Mapping[str, float]
    """Loss in % of orders for each 100 ms, at 300 ms, by segment."""
    delay0: float
    """Milliseconds that the complex model adds with nothing to do."""
    crowding: float
    """How much longer it takes when it serves everybody, relative."""
    cap: int
    """% of traffic that the test machines carry."""
    consent: int
    """% of visitors that Viktor lets slow."""
    freeze_week: int
    """Last week of a test."""
    break_even: float
    """% of the orders of the traffic that it serves, which pay its machines."""
    margin: float
    """Euro an order."""
    light_p95: int
    page_limit: int
    step_worth: float
    """% of all orders that a piece of engineering has to bring."""
    fast_ms: int
    fast_weeks: int
    newness: float
    """% of orders that newness adds on the first day among those who come back; 0 where it adds none."""
    fade_days: int
    """Days after which it is gone; 0 where there is none."""
    lost: float
    """Share of slow visits of the old app that are not counted, where beacons are late."""
    crawled: float
    """Machines' requests for each visitor without script, in the arm into which they fall."""
    crawler_arm: str
    by_clients: bool
    """Whether past tests were counted by what clients report; else by the server's log."""
    week_factor: tuple[float, ...]

    def delay(self, load: float) -> float:
        """Milliseconds that the complex model adds when it serves this share of the traffic, 0 to 1."""
        return self.delay0 * (1 + self.crowding * load**2)

    def p95(self, load: float) -> float:
        """The page's p95 in the busiest hour, in ms."""
        return self.light_p95 + (PAGE_FACTOR * self.delay(load) if load > 0 else 0.0)

    def loss(self, segment: str, ms: float) -> float:
        """% of orders that a delay costs."""
        return 3 * self.sensitivity[segment] * float((max(ms, 0.0) / AT) ** BEND)

    def net(self, segment: str, ms: float) -> float:
        """% of orders that the complex model brings at a delay, once it is not new any more."""
        return self.model[segment] - self.loss(segment, ms)

    def load(self, served: Sequence[str]) -> float:
        """The share of the busiest hour's requests that come from some segments."""
        return sum(self.phone_share if one == PHONE else 1 - self.phone_share for one in served)

    @property
    def order_share(self) -> Mapping[str, float]:
        """By segment, its share of all orders."""
        phone = self.phone_share * self.rate[PHONE]
        desktop = (1 - self.phone_share) * self.rate[DESKTOP]
        return {PHONE: phone / (phone + desktop), DESKTOP: desktop / (phone + desktop)}

    @property
    def orders_a_week(self) -> float:
        return self.visitors * (self.phone_share * self.rate[PHONE] + (1 - self.phone_share) * self.rate[DESKTOP])


def dealt(seed: int, stream: str, options: Sequence[T]) -> T:
    """One of the options; every round of as many seeds as there are options deals each of them once."""
    round_, turn = divmod(seed, len(options))
    order = random(SLUG, round_, f"round/{stream}").permutation(len(options))
    return options[int(order[turn])]


@kept_for_worlds(maxsize=128)
def draw(seed: int) -> Draw:
    """The shape of the world with this seed."""
    rng = random(SLUG, seed, "shape")

    def between(low: float, high: float, digits: int = 2) -> float:
        return round(float(rng.uniform(low, high)), digits)

    kind = dealt(seed, "kind", _KINDS)
    delay0 = between(180, 270, 0)
    model, sensitivity = _model(kind, between)
    scale = (217 / delay0) ** BEND
    phone_share, crowding = between(0.54, 0.62, 3), between(0.2, 0.7)
    light = int(rng.integers(95, 121))
    trouble = dealt(seed, "trouble", _TROUBLES)
    fades = dealt(seed, "fades", (True, False))
    return Draw(
        kind=kind,
        trouble=trouble,
        visitors=between(2.4e6, 3.2e6, -4),
        phone_share=phone_share,
        rate=MappingProxyType({PHONE: between(0.026, 0.031, 4), DESKTOP: between(0.038, 0.045, 4)}),
        visits=dealt(seed, "visits", (1.4, 1.5, 1.6, 1.7, 1.8, 1.9)),
        returning=between(0.40, 0.50),
        model=MappingProxyType(model),
        sensitivity=MappingProxyType({name: value * scale for name, value in sensitivity.items()}),
        delay0=delay0,
        crowding=crowding,
        cap=dealt(seed, "cap", (26, 28, 30, 32, 34)),
        consent=dealt(seed, "consent", (12, 15, 20, 25, 30)),
        freeze_week=dealt(seed, "freeze", (5, 6, 7, 8)),
        break_even=round(dealt(seed, "break_even", range(5, 22)) / 10, 1),
        margin=between(11, 19, 1),
        light_p95=light,
        page_limit=_limit(seed, rng, light, delay0, crowding, phone_share),
        step_worth=dealt(seed, "step_worth", (0.4, 0.7, 1.0, 1.4)),
        fast_ms=10 * dealt(seed, "fast_ms", (7, 8, 9, 10, 11)),
        fast_weeks=dealt(seed, "fast_weeks", (4, 5, 6, 7, 9, 11)),
        newness=between(4, 8, 1) if fades else 0.0,
        fade_days=int(rng.integers(9, 15)) if fades else 0,
        lost=between(0.08, 0.14),
        crawled=between(0.5, 0.9),
        by_clients=(trouble == BEACON) == dealt(seed, "log", (True, True, False)),
        crawler_arm=dealt(seed, "crawler", ("light", "complex")),
        week_factor=tuple(float(value) for value in np.round(rng.uniform(0.97, 1.03, MOST_WEEKS), 3)),
    )


def _model(kind: str, between: object) -> tuple[dict[str, float], dict[str, float]]:
    """What the model is worth and how much people mind waiting, by segment, in % of orders."""
    assert callable(between)
    if kind in (DESK, PHON):
        waits, other = (PHONE, DESKTOP) if kind == DESK else (DESKTOP, PHONE)
        model = {waits: between(1.6, 3.2), other: between(2.6, 3.8)}
        sensitivity = {waits: between(1.6, 2.4), other: between(0.1, 0.4)}
        return model, sensitivity
    span, minds = {
        BOTH: ((2.6, 4.2), (0.1, 0.5)), SLOW: ((2.9, 3.7), (1.45, 2.0)), EMPTY: ((-0.4, 0.3), (0.1, 0.5))
    }[kind]  # fmt: skip
    return {name: between(*span) for name in SEGMENTS}, {name: between(*minds) for name in SEGMENTS}


def _limit(seed: int, rng: np.random.Generator, light: int, delay0: float, crowding: float, phone_share: float) -> int:
    """The page's limit, in ms, clearly above or below what each way of serving needs."""
    low, high = dealt(seed, "limit", _LIMITS)
    needs = [light + PAGE_FACTOR * delay0 * (1 + crowding * load**2) for load in (phone_share, 1 - phone_share, 1.0)]
    tried = [round(light + PAGE_FACTOR * delay0 * value) for value in rng.uniform(low, high, 60)]
    return max(tried, key=lambda limit: min(CLEAR, *(abs(need / limit - 1) for need in needs)))
