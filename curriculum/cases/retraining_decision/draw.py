"""What shape a world of `retraining_decision` has: what a gain is worth, what breaks, who reads the score.

Shapes are dealt in rounds of neighbouring seeds, each equally often, in an order that nobody can guess from the seed.
Conversion 2 to 3 %, AUC gains of 0.002 to 0.02, slopes that are weak and scatter, hours unseen and hours to recover
follow the course's domain reference (A15, sections on recommendation and incidents); other ranges are design choices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from curriculum.cases.base import random

SLUG = "retraining_decision"

T = TypeVar("T")

KEEP, REFRESH, FEATURES, AT_ONCE = "keep", "refresh", "features", "at_once"
OPTIONS = (KEEP, REFRESH, FEATURES, AT_ONCE)
V7, REFRESHED, NEW = "v7", "refreshed", "new"
"""What the kit page may need: the fields of today, scores that know the last weeks, or the new features."""

LOW, MIDDLE, HIGH = (0.15, 0.6), (0.9, 1.6), (1.8, 2.6)
"""Percent more orders for 0.01 AUC."""

SLICES = ("guests", "app", "outlet", "abroad")
READERS = ("stock_orders", "ad_bids", "returns_forecast")
PROXIES = ("support_contacts", "size_changes", "quick_cancels")

_ROUND: tuple[tuple[tuple[float, float], bool, str], ...] = (
    # slope, whether v7 ages, what the kit page needs
    (LOW, False, V7), (LOW, False, V7), (LOW, False, V7), (LOW, True, REFRESHED), (LOW, True, V7), (LOW, False, NEW),
    (MIDDLE, True, REFRESHED), (MIDDLE, True, V7), (MIDDLE, True, REFRESHED), (MIDDLE, True, V7),
    (MIDDLE, False, NEW), (HIGH, False, V7), (HIGH, False, NEW), (HIGH, False, REFRESHED), (HIGH, True, NEW),
    (LOW, True, REFRESHED),
)  # fmt: skip


@dataclass(frozen=True)
class Draw:
    """The shape of one world."""

    slope: float
    """Percent more orders for 0.01 AUC, before the launches are drawn that show it."""
    ages: bool
    kit_needs: str
    sessions: float
    """A day."""
    conversion: float
    basket: float
    """€."""
    contribution: float
    """Share of a basket."""
    covered: int
    """Of 100 sessions, those that have the new features."""
    gain: float
    """Of the new features in 0.01 AUC, on later weeks, for the covered."""
    inflated: float
    """How much more the random split shows."""
    refresh_gain: float
    """0.01 AUC."""
    season: int
    """Points of season in launches without a control, in percent of orders."""
    overrun: float
    features_hours: int
    refresh_hours: int
    precompute_hours: int
    run: int
    """€ a month that the new features cost to run."""
    loss: int
    """€ an hour that a change loses which has gone wrong for everybody."""
    unseen: int
    recover: int
    """Hours, about."""
    p95: int
    """Milliseconds in the evening, v7."""
    limit: int
    limit_breaks: bool
    missing: float
    """Of 100 requests, those without a feature, on a normal day."""
    errors: float
    """Of 100 requests."""
    slice: str
    """The slice for which the new features do harm."""
    reader: str
    """Whose job reads the raw score."""
    proxy: str
    """The early signal that goes with returns."""
    moves: int
    """Percent by which scores may move before the reader's job goes wrong."""
    notice: int
    """Days that the reader needs to be told before."""
    job_loss: int
    """€ of one wrong night of the reader's job."""
    days_free: int
    """Between the first day on which a new score can be served and the freeze."""
    kit: int
    """€ that the kit page brings before the sale."""
    empty: int
    """Of 20 people, those who left at an empty row."""
    viktor: bool
    """Whether what is at risk lies above the limit of the product manager."""
    auc_noise: float
    """Standard deviation of a week's AUC, in 0.001."""
    builds_in: int
    """Days from now until whatever is decided begins to be built."""


def dealt(seed: int, stream: str, options: Sequence[T]) -> T:
    """One of the options; every round of as many seeds as there are options deals each of them once."""
    round_, turn = divmod(seed, len(options))
    order = random(SLUG, round_, f"round/{stream}").permutation(len(options))
    return options[int(order[turn])]


def draw(seed: int) -> Draw:
    """The shape of the world with this seed."""
    slope, ages, needs = dealt(seed, "kind", _ROUND)
    rng = random(SLUG, seed, "shape")
    breaks = dealt(seed, "limit", (True, False))
    p95 = int(rng.integers(78, 151))
    strong = slope == HIGH
    return Draw(
        slope=float(rng.uniform(*slope)),
        ages=ages,
        kit_needs=needs,
        sessions=float(rng.uniform(90_000, 140_000) if strong else rng.uniform(70_000, 130_000)),
        conversion=float(rng.uniform(0.022, 0.03) if strong else rng.uniform(0.02, 0.029)),
        basket=float(rng.uniform(66, 95) if strong else rng.uniform(62, 90)),
        contribution=float(rng.uniform(0.24, 0.32) if strong else rng.uniform(0.20, 0.30)),
        covered=int(rng.integers(45, 66) if strong else rng.integers(35, 61)),
        gain=float(rng.uniform(1.2, 1.8) if strong else rng.uniform(1.0, 1.6)),
        inflated=float(rng.uniform(1.4, 1.9)),
        refresh_gain=float(rng.uniform(0.4, 0.9) if ages else rng.uniform(0.02, 0.12)),
        season=dealt(seed, "season", (1, 2, 3)),
        overrun=float(rng.uniform(*dealt(seed, "overrun", ((0.86, 0.92), (1.1, 1.2), (1.2, 1.35))))),
        features_hours=int(rng.integers(60, 96)) * 10,
        refresh_hours=int(rng.integers(14, 25)) * 10,
        precompute_hours=int(rng.integers(16, 27)) * 10,
        run=int(rng.integers(20, 51)) * 100,
        loss=int(rng.integers(7, 20)) * 100,
        unseen=int(rng.integers(18, 61)),
        recover=int(rng.integers(8, 25)),
        p95=p95,
        limit=p95 + int(rng.integers(18, 27)),
        limit_breaks=breaks,
        missing=dealt(seed, "missing", tuple(float(n) for n in range(1, 15))),
        errors=round(float(rng.uniform(0.1, 0.35)), 2),
        slice=dealt(seed, "slice", SLICES),
        reader=dealt(seed, "reader", READERS),
        proxy=dealt(seed, "proxy", PROXIES),
        moves=dealt(seed, "moves", (8, 10, 12, 15, 20)),
        notice=dealt(seed, "notice", range(7, 15)),
        job_loss=int(rng.integers(30, 121)) * 1000,
        days_free=dealt(seed, "days", range(12, 25)),
        kit=int(rng.integers(40, 111)) * 1000,
        empty=int(rng.integers(8, 16)),
        viktor=dealt(seed, "viktor", (True, False)),
        auc_noise=dealt(seed, "noise", (0.8, 1.4, 2.2, 3.0)),
        builds_in=7 * dealt(seed, "builds", (2, 3, 4)),
    )
