"""What an alarm looks at: how far a share over a window of days is from what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PAST = 28
"""Days before the window that an alarm on the past looks back to: four whole weeks."""
LEAST_PAST = 7
"""Days that have to be there: a whole week."""


@dataclass(frozen=True, eq=False)
class Series:
    """How often something was tried and how often it happened, by day; both arrays have one length."""

    tried: np.ndarray
    happened: np.ndarray

    def only(self, usable: np.ndarray) -> Series:
        """The same with nothing on the days that are not usable."""
        return Series(np.where(usable, self.tried, 0.0), np.where(usable, self.happened, 0.0))

    def over(self, window: int) -> Series:
        """Sums over the window that ends with each day; shorter at the beginning, where nothing lies before."""
        return Series(_sums(self.tried, window), _sums(self.happened, window))

    @property
    def share(self) -> np.ndarray:
        """Happened of tried, 0 to 1; not a number where nothing was tried."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.tried > 0, self.happened / self.tried, np.nan)

    def __add__(self, other: Series) -> Series:
        return Series(self.tried + other.tried, self.happened + other.happened)


def usual_ratio(watched: Series, other: Series, window: int) -> float:
    """The middle of the ratio of two shares over all windows: weeks in which something is wrong hardly move it."""
    ratio = watched.over(window).share[window:] / other.over(window).share[window:]
    return float(np.nanmedian(ratio)) if np.isfinite(ratio).any() else float("nan")


def beside(watched: Series, other: Series, window: int, least: float, usual: float) -> np.ndarray:
    """By day, in percent: how far the ratio of two shares over the window is from its usual value. Not a number where
    either side has fewer than `least` tries."""
    mine, theirs = watched.over(window), other.over(window)
    with np.errstate(divide="ignore", invalid="ignore"):
        off = 100 * (mine.share / theirs.share / usual - 1)
    return np.where((mine.tried >= least) & (theirs.tried >= least), off, np.nan)


def beside_past(watched: Series, window: int, least: float, since: np.ndarray | None = None) -> np.ndarray:
    """By day, in percent: how far the share over the window is from that of the four weeks before it. `since` says for
    each day from which day on the past counts, such as the last release; at least a week of it has to be there."""
    days = np.arange(len(watched.tried))
    end = days - window
    start = np.maximum(end - PAST, -1) if since is None else np.maximum(end - PAST, since - 1)
    tried, happened = (np.concatenate([[0.0], np.cumsum(part)]) for part in (watched.tried, watched.happened))
    there = (end - start >= LEAST_PAST) & (end >= 0)
    high, low = np.clip(end, -1, None) + 1, np.clip(start, -1, None) + 1
    low = np.minimum(low, high)
    before = Series(tried[high] - tried[low], happened[high] - happened[low])
    mine = watched.over(window)
    with np.errstate(divide="ignore", invalid="ignore"):
        off = 100 * (mine.share / before.share - 1)
    return np.where(there & (mine.tried >= least) & (before.tried >= least), off, np.nan)


def _sums(values: np.ndarray, window: int) -> np.ndarray:
    total = np.concatenate([[0.0], np.cumsum(values)])
    days = np.arange(1, len(values) + 1)
    return np.asarray(total[days] - total[np.maximum(days - window, 0)])
