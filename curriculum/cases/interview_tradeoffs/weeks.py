"""Eighteen weeks of searches: what was counted each week, so that four-week rates are exactly what people say."""

from __future__ import annotations

import numpy as np

from curriculum.cases.interview_tradeoffs.draw import MEASURES, Draw, Measure

WEEKS, WINDOW = 18, 28
RELEASE_DAY = 84
"""Days from the first Monday to the release: week 13 begins."""
BEFORE, AFTER = slice(0, 4), slice(12, 16)

_BEFORE: dict[Measure, tuple[float, float]] = {"booked": (21.0, 27.0), "late": (15.0, 24.0), "changed": (41.0, 56.0)}
_STEP: dict[Measure, tuple[float, float]] = {"booked": (0.7, 1.6), "late": (1.8, 4.4), "changed": (2.4, 4.4)}


class Weekly:
    """Counts by week. The measure with another cause steps in the week of that cause, and looks better ever since."""

    def __init__(self, rng: np.random.Generator, shape: Draw):
        self.searches = (rng.normal(260_000, 12_000, WEEKS) / 10).round().astype(np.int64) * 10
        self.bookings = np.zeros(WEEKS, dtype=np.int64)
        self.other_cause_week = int(rng.integers(7, 10))
        self.before: dict[Measure, float] = {}
        self.after: dict[Measure, float] = {}
        self.counts: dict[Measure, np.ndarray] = {}
        for measure in MEASURES:
            other_cause = measure == shape.recounted
            worse = shape.disappointing and not other_cause
            step = float(rng.uniform(*_STEP[measure]))
            rises = (measure == "booked") != worse
            before = float(round(rng.uniform(*_BEFORE[measure]), 1))
            after = round(before + (step if rises else -step), 1)
            self.before[measure], self.after[measure] = before, after
            rates = np.full(WEEKS, before)
            rates[self.other_cause_week if other_cause else AFTER.start :] = after
            whole = self.bookings if measure == "changed" else self.searches
            self.counts[measure] = _counts(rng, whole, rates, before, after)
            if measure == "booked":
                self.bookings = self.counts[measure]


def _counts(rng: np.random.Generator, of: np.ndarray, rates: np.ndarray, before: float, after: float) -> np.ndarray:
    counts = (of * (rates + rng.normal(0, 0.006, WEEKS) * rates) / 1_000).round().astype(np.int64)
    for weeks, rate in ((BEFORE, before), (AFTER, after)):
        whole = round(rate * int(of[weeks].sum()) / 1_000)
        counts[weeks.stop - 1] += whole - int(counts[weeks].sum())
    return counts
