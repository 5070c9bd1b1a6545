"""Eighteen weeks of searches: what was counted each week, so that four-week rates are exactly what people say."""

from __future__ import annotations

import numpy as np

from curriculum.cases.interview_basics.draw import Draw, Measure

WEEKS, WINDOW = 18, 28
RELEASE_DAY = 84
"""Days from the first Monday to the release: week 13 begins."""
BEFORE, AFTER = slice(0, 4), slice(12, 16)
FAIR_WEEK, QUIET_WEEK = 16, 17
"""The weeks that people like to remember: with a promotion, and with few readers about."""
PER: dict[Measure, int] = {"orders": 1_000, "left": 100, "again": 100}
HIGHER_IS_BETTER: dict[Measure, bool] = {"orders": True, "left": False, "again": False}

_BEFORE: dict[Measure, tuple[float, float]] = {"orders": (24.0, 28.5), "left": (31.0, 38.0), "again": (14.0, 19.0)}
_BETTER: dict[Measure, tuple[float, float]] = {"orders": (0.8, 1.6), "left": (3.0, 6.0), "again": (1.5, 3.0)}
_WORSE: dict[Measure, tuple[float, float]] = {"orders": (0.7, 1.3), "left": (1.8, 4.0), "again": (1.0, 2.2)}


class Weekly:
    """Counts by week. The recounted measure steps in the week of the recount, and looks better ever since."""

    def __init__(self, rng: np.random.Generator, shape: Draw):
        self.searches = (rng.normal(52_000, 2_500, WEEKS) / 10).round().astype(np.int64) * 10
        self.recount_week = int(rng.integers(7, 10))
        self.before: dict[Measure, float] = {}
        self.after: dict[Measure, float] = {}
        self.counts: dict[Measure, np.ndarray] = {}
        for measure, (low, high) in _BEFORE.items():
            recounted = measure == shape.recounted
            worse = shape.disappointing and not recounted
            step = float(rng.uniform(*(_WORSE if worse else _BETTER)[measure]))
            rises = HIGHER_IS_BETTER[measure] != worse
            before = float(round(rng.uniform(low, high), 1))
            after = round(before + (step if rises else -step), 1)
            self.before[measure], self.after[measure] = before, after
            rates = np.full(WEEKS, before)
            rates[self.recount_week if recounted else AFTER.start :] = after
            if measure == "orders":
                rates[FAIR_WEEK] = round(max(before, after) + float(rng.uniform(0.7, 1.3)), 1)
            if measure == "again":
                rates[QUIET_WEEK] = round(min(before, after) - float(rng.uniform(1.0, 2.0)), 1)
            self.counts[measure] = self._counts(rng, rates, before, after, PER[measure])
        self.lucky_week = self._rate("orders", FAIR_WEEK)
        self.quiet_week = self._rate("again", QUIET_WEEK)

    def _rate(self, measure: Measure, week: int) -> float:
        return round(PER[measure] * int(self.counts[measure][week]) / int(self.searches[week]), 1)

    def _counts(self, rng: np.random.Generator, rates: np.ndarray, before: float, after: float, per: int) -> np.ndarray:
        noise = rng.normal(0, 0.006, WEEKS) * rates
        noise[[FAIR_WEEK, QUIET_WEEK]] = 0.0
        counts = (self.searches * (rates + noise) / per).round().astype(np.int64)
        for weeks, rate in ((BEFORE, before), (AFTER, after)):
            whole = round(rate * int(self.searches[weeks].sum()) / per)
            counts[weeks.stop - 1] += whole - int(counts[weeks].sum())
        return counts
