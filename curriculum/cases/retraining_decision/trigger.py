"""When a score should be trained anew: a trigger on the weekly AUC, tried on years that nobody has seen (A16, O.9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import random
from curriculum.cases.retraining_decision.draw import SLUG, draw
from curriculum.support.worlds import kept_for_worlds

WEEKS = 40
YEARS = 200
START = 4
"""Weeks whose mean is the level from which a fall is counted."""
DECLINE = 40 / 26 / 40
"""Of what a refresh brings, the part that an ageing score loses each week."""
USUAL_DECLINE = 0.65
"""What an ageing score loses, in 0.01 AUC after 26 weeks, in the years on which triggers are tried."""

FOUND, FALSE = 0.75, 0.12
"""Shares of years in which ageing must be found, and at most may be seen where there is none."""


@dataclass(frozen=True)
class Rings:
    """What a trigger does in years that nobody has seen."""

    found: float
    """Share of years of an ageing score in which it rings."""
    false: float
    """Share of years of a stable score in which it rings."""

    @property
    def good(self) -> bool:
        return self.found >= FOUND and self.false <= FALSE


def weekly_decline(refresh_gain: float) -> float:
    """By how much, in 0.001 AUC, an ageing score falls each week, from what a refresh brings in 0.01 AUC."""
    return 10 * refresh_gain * DECLINE


JUDGED, SHOWN = "years", "years_to_see"
"""The years on which a trigger is judged, and another draw of them for learners."""


def rings(seed: int, drop: float, weeks: float, runs: float, stream: str = JUDGED) -> Rings:
    """What a trigger does: it rings when the means of `runs` spans of `weeks` weeks, one after the other, lie more
    than `drop` (0.001 AUC) below the first four weeks."""
    return _tried(seed, round(float(drop), 4), round(weeks), round(runs), stream)


@kept_for_worlds(maxsize=512)
def _tried(seed: int, drop: float, weeks: int, runs: int, stream: str) -> Rings:
    if weeks < 1 or runs < 1 or weeks * runs > WEEKS - START:
        return Rings(0.0, 0.0)
    stable, ageing = _years(seed, stream)
    return Rings(*(float(_rung(years, drop, weeks, runs).mean()) for years in (ageing, stable)))


def _rung(years: np.ndarray, drop: float, weeks: int, runs: int) -> np.ndarray:
    level = years[:, :START].mean(axis=1, keepdims=True)
    rest = years[:, START:]
    spans = rest.shape[1] // weeks
    means = rest[:, : spans * weeks].reshape(len(years), spans, weeks).mean(axis=2)
    below = means < level - drop
    running = np.ones((len(years), spans - runs + 1), bool)
    for shift in range(runs):
        running &= below[:, shift : spans - runs + 1 + shift]
    return np.asarray(running.any(axis=1))


@kept_for_worlds(maxsize=16)
def _years(seed: int, stream: str) -> tuple[np.ndarray, np.ndarray]:
    """Years of a stable and of an ageing score, in 0.001 AUC from where they begin."""
    shape, rng = draw(seed), random(SLUG, seed, stream)
    stable = rng.normal(0.0, shape.auc_noise, (YEARS, WEEKS))
    fall = weekly_decline(shape.refresh_gain if shape.ages else USUAL_DECLINE) * np.arange(WEEKS)
    return stable, rng.normal(0.0, shape.auc_noise, (YEARS, WEEKS)) - fall


def fitting(seed: int) -> tuple[float, int, int]:
    """A trigger that rings when it should: of those with spans of four weeks, two running, the one that is furthest
    from both mistakes."""
    tried = {drop: rings(seed, drop, 4, 2) for drop in np.arange(1.0, 6.5, 0.5)}
    best = max(tried, key=lambda drop: min(tried[drop].found - FOUND, 2 * (FALSE - tried[drop].false)))
    return float(best), 4, 2
