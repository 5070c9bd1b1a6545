"""Exact intervals for few cases: no large numbers are assumed, and nothing is rounded in a learner's favour."""

from __future__ import annotations

from functools import lru_cache
from math import comb

import numpy as np

STEP = 0.01
"""Grid of the shares that are tried; bounds are rounded outwards to it."""


@lru_cache(maxsize=512)
def gain_interval(before: int, of_before: int, after: int, of_after: int, level: float = 0.95) -> tuple[float, float]:
    """Between which bounds the gain in a share lies, from `before` of `of_before` to `after` of `of_after`.

    The unconditional exact interval for the difference of two independent proportions (Santner and Snell, 1980):
    a gain stays in as long as, for some share before it, a difference as large as the one that was seen, or as small,
    has a chance of more than half of 1 - level. Raises ValueError for counts that cannot be.
    """
    if not (0 <= before <= of_before and 0 <= after <= of_after and of_before and of_after):
        raise ValueError(f"{before} of {of_before} and {after} of {of_after} are no counts")
    seen = after / of_after - before / of_before
    gains = np.arange(of_before + 1)[:, None] / -of_before + np.arange(of_after + 1)[None, :] / of_after
    at_least, at_most = gains >= seen - 1e-9, gains <= seen + 1e-9
    half = (1 - level) / 2
    steps = round(1 / STEP)
    shares = np.arange(steps + 1) / steps
    first, second = _chances(of_before, shares), _chances(of_after, shares)
    low, high = 1.0, -1.0
    for shift in range(-steps, steps + 1):
        # All shares before and after that are this far apart.
        p = first[max(0, -shift) : steps + 1 - max(0, shift)]
        q = second[max(0, shift) : steps + 1 + min(0, shift)]
        if np.einsum("si,ij,sj->s", p, at_least, q).max() > half:
            low = min(low, shift / steps)
        if np.einsum("si,ij,sj->s", p, at_most, q).max() > half:
            high = max(high, shift / steps)
    return max(-1.0, low - STEP), min(1.0, high + STEP)


def _chances(of: int, shares: np.ndarray) -> np.ndarray:
    """The chance of each count of `of`, one row a share."""
    counts = np.arange(of + 1)
    ways = np.array([comb(of, int(count)) for count in counts], dtype=float)
    return np.asarray(ways * shares[:, None] ** counts * (1 - shares[:, None]) ** (of - counts))
