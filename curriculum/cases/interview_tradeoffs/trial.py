"""The test of the deep ranker, arm by arm, and what its running costs: a range, and the gain that would pay for it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, frozen_columns
from curriculum.cases.interview_tradeoffs.draw import Draw

ARMS = ("quick", "quick, delayed", "deep")
DEVICES = ("phones", "desktops")
TRIAL_DAYS = 21
Z = 1.96
"""For 95 %."""


@dataclass(frozen=True)
class Effect:
    """A difference between two arms, in bookings per 1,000 visitors, with its 95 % interval."""

    point: float
    low: float
    high: float


@dataclass(frozen=True)
class Trial:
    """Visitors and bookings of each arm on each device."""

    visitors: Mapping[tuple[str, str], int]
    bookings: Mapping[tuple[str, str], int]

    def counts(self, arm: str, population: str) -> tuple[int, int]:
        """Visitors and bookings of an arm among everyone or on one kind of device."""
        devices = DEVICES if population == "everyone" else (population,)
        return sum(self.visitors[arm, d] for d in devices), sum(self.bookings[arm, d] for d in devices)

    def effect(self, population: str, arm: str = "deep", against: str = "quick") -> Effect:
        """What one arm brought against another, per 1,000 visitors (difference of two proportions, normal interval)."""
        (n, x), (m, y) = self.counts(arm, population), self.counts(against, population)
        p, q = x / n, y / m
        half = Z * math.sqrt(p * (1 - p) / n + q * (1 - q) / m)
        return Effect(1_000 * (p - q), 1_000 * (p - q - half), 1_000 * (p - q + half))

    def rate(self, population: str) -> float:
        """Bookings per 1,000 visitors with the quick ranker."""
        visitors, bookings = self.counts("quick", population)
        return 1_000 * bookings / visitors

    def columns(self) -> Columns:
        """The table of the test."""
        keys = [(arm, device) for device in DEVICES for arm in ARMS]
        return frozen_columns(
            device=np.array([device for _, device in keys], dtype=object),
            arm=np.array([arm for arm, _ in keys], dtype=object),
            visitors=np.array([self.visitors[key] for key in keys]),
            bookings=np.array([self.bookings[key] for key in keys]),
        )


@dataclass(frozen=True)
class Money:
    """What decides whether a gain pays."""

    visitors: Mapping[str, int]
    """In a month, by population."""
    margin: float
    """Euros that stay of a booking."""
    fare: int
    """Euros that a traveller pays for one on average."""
    extra: int
    """Euros a month that the deep ranker costs more, where it was to run."""
    built: int
    """Euros that were spent on it already."""

    def break_even(self, population: str, cost: float | None = None) -> float:
        """The gain, in bookings per 1,000 visitors, that pays for a cost a month."""
        cost = self.extra if cost is None else cost
        return cost / (self.visitors[population] / 1_000 * self.margin)


def money_of(rng: np.random.Generator, shape: Draw) -> Money:
    """Traffic, margin and costs; desktops are about two fifths of the visitors."""
    everyone = int(rng.integers(130, 190)) * 10_000
    desktops = int(round(everyone * float(rng.uniform(0.37, 0.45)), -4))
    population = shape.population
    visitors = {"everyone": everyone, "phones": everyone - desktops, "desktops": desktops}
    margin = round(float(rng.uniform(6.2, 9.4)), 1)
    even = float(rng.uniform(0.9, 1.5))
    extra = int(round(even * visitors[population] / 1_000 * margin, -2))
    return Money(visitors, margin, int(rng.integers(44, 68)), extra, int(rng.integers(14, 26)) * 10_000)


def trial_of(rng: np.random.Generator, shape: Draw, money: Money) -> Trial:
    """Three weeks in three arms whose effect lies where the shape wants it: above the break-even, or across it.

    Where the limit decided, the gain would have paid, so that money alone says yes to what cannot be run.
    """
    base = {"phones": float(rng.uniform(24.0, 28.0)), "desktops": float(rng.uniform(31.0, 36.0))}
    size = {device: int(money.visitors[device] * TRIAL_DAYS / 30.4 / 3 / 10) * 10 for device in DEVICES}
    visitors = {(arm, d): size[d] + 10 * int(rng.integers(-15, 16)) for arm in ARMS for d in DEVICES}
    population = shape.population
    n = sum(size[d] for d in (DEVICES if population == "everyone" else (population,)))
    p = sum(base[d] * size[d] for d in DEVICES) / sum(size.values()) if population == "everyone" else base[population]
    half = 1_000 * Z * math.sqrt(2 * p / 1_000 * (1 - p / 1_000) / n)
    even = money.break_even(population)
    across = shape.chosen == "quick" and shape.ground == "money"
    net = even + (float(rng.uniform(-0.2, 0.35)) * half if across else half + float(rng.uniform(0.3, 0.8)))
    tilt = float(rng.uniform(0.15, 0.4))
    share = size["desktops"] / sum(size.values())
    gain = {"phones": net - tilt * share, "desktops": net + tilt * (1 - share)}
    if population == "desktops":
        gain = {"desktops": net, "phones": net - 1.2 - tilt}
    delay = {device: -float(rng.uniform(0.4, 0.9)) for device in DEVICES}
    bookings = {}
    for (arm, device), count in visitors.items():
        rate = base[device] + {"quick": 0.0, "quick, delayed": delay[device], "deep": gain[device]}[arm]
        bookings[arm, device] = round(rate * count / 1_000)
    return Trial(visitors, bookings)


def shadow_of(rng: np.random.Generator, shape: Draw) -> tuple[int, Mapping[tuple[str, str], int]]:
    """The limit, and the p95 in milliseconds of each ranker on each device, on real searches that nobody saw."""
    limit = int(rng.integers(28, 37)) * 10
    quick = {"phones": int(rng.integers(95, 121)), "desktops": int(rng.integers(80, 101))}
    over, under = (lambda: int(rng.integers(25, 90))), (lambda: int(rng.integers(12, 45)))
    above = {
        ("quick", "limit"): {"deep": (1, 1), "with servers": (1, 1)},
        ("desktop", "limit"): {"deep": (1, 0), "with servers": (1, 0)},
        ("quick", "money"): {"deep": (1, 1), "with servers": (0, 0)},
        ("deep", "money"): {"deep": (1, 1), "with servers": (0, 0)},
    }[shape.chosen, shape.ground]
    times = {("quick", device): quick[device] for device in DEVICES}
    for device, number in (("phones", 0), ("desktops", 1)):
        alone = limit + over() + 60 if above["deep"][number] else limit - under()
        served = limit + over() // 2 + 5 if above["with servers"][number] else limit - under()
        times["deep", device] = alone
        times["deep, more servers", device] = min(served, alone - 8)
    return limit, times
