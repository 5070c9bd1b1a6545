"""What an experiment that was planned would have counted, and how its counts are read: arms, luck, differences, ratios.

Counts are drawn by quantile from standard normals that the caller keeps, so that an edited plan meets the same luck.
Nothing here knows of a lesson; power and exact tests are in `curriculum.practice.experiments`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z95 = 1.959963984540054
"""Standard errors to each side of an interval that holds the truth in 95 of 100 repetitions."""


def events(expected: np.ndarray, luck: np.ndarray) -> np.ndarray:
    """How often something happens that is expected so often and left to chance (Poisson, by its normal quantile).

    `luck` are standard normals of the same shape; the counts are whole and not negative.
    """
    found: np.ndarray = np.maximum(0.0, np.rint(expected + np.sqrt(np.maximum(expected, 0.0)) * luck))
    return found


def successes(tries: np.ndarray, rate: np.ndarray, luck: np.ndarray, spread: float = 1.0) -> np.ndarray:
    """Of so many tries, how many succeed at a rate (binomial, by its normal quantile).

    `spread` multiplies the variance: above 1 where one person tries several times.
    """
    error = np.sqrt(np.maximum(0.0, spread * tries * rate * (1 - rate)))
    found: np.ndarray = np.clip(np.rint(tries * rate + error * luck), 0.0, tries)
    return found


@dataclass(frozen=True)
class Counted:
    """What one arm counted: people, and how many of them did it."""

    people: float
    did: float
    spread: float = 1.0
    """By how much the variance is larger than that of people who are independent."""

    def __post_init__(self) -> None:
        if not 0 <= self.did <= self.people:
            raise ValueError(f"{self.did:g} of {self.people:g} people cannot be")

    @property
    def rate(self) -> float:
        return self.did / self.people if self.people else 0.0

    @property
    def variance(self) -> float:
        """The variance of the rate; infinite where nobody was counted."""
        return self.spread * self.rate * (1 - self.rate) / self.people if self.people else math.inf


@dataclass(frozen=True)
class Estimate:
    """A number with its standard error."""

    value: float
    error: float

    @property
    def low(self) -> float:
        return self.value - Z95 * self.error

    @property
    def high(self) -> float:
        return self.value + Z95 * self.error

    def times(self, factor: float) -> Estimate:
        return Estimate(self.value * factor, self.error * abs(factor))


def relative(test: Counted, control: Counted, base: Counted) -> Estimate:
    """By how many percent of the rate in `base` the rate in `test` differs from that in `control`.

    With `base` as control it is the usual relative difference, with its standard error by the delta method; with a
    third arm as base, differences add up: (c - s) + (s - l) = c - l. Raises ValueError where nobody did it in `base`.
    """
    if not base.did:
        raise ValueError("nobody did it in the arm that is compared with")
    ratio = (test.rate - control.rate) / base.rate
    if base is control:
        spread = test.variance + (test.rate / control.rate) ** 2 * control.variance
    else:
        spread = test.variance + control.variance
    return Estimate(100 * ratio, 100 * math.sqrt(spread) / base.rate)


def between(first: Counted, second: Counted, weight: float) -> Counted:
    """An arm that was not run, read off a straight line between two that were: `weight` 0 is the first, 1 the second.

    Its people are so many that its variance is that of the weighted mean. Raises ValueError outside of the two.
    """
    if not 0 <= weight <= 1:
        raise ValueError("a line says nothing beyond the arms that were run")
    rate = (1 - weight) * first.rate + weight * second.rate
    variance = (1 - weight) ** 2 * first.variance + weight**2 * second.variance
    people = rate * (1 - rate) / variance if variance else 0.0
    return Counted(people, rate * people)


def ratio_p(counts: Sequence[float], shares: Sequence[float]) -> float:
    """The chance of a split at least as uneven as this one, where people were drawn with these shares (chi-square).

    Shares need not add up to 1. Raises ValueError where there are fewer than two arms or one has no share.
    """
    if len(counts) < 2 or len(counts) != len(shares) or min(shares) <= 0:
        raise ValueError("a ratio needs two arms or more, each with a share")
    expected = np.asarray(shares, float) / sum(shares) * sum(counts)
    if not expected.all():
        return 1.0
    distance = float((((np.asarray(counts, float) - expected) ** 2) / expected).sum())
    return chi_square_tail(distance, len(counts) - 1)


def chi_square_tail(distance: float, freedom: int) -> float:
    """The chance that a chi-square number with so many degrees of freedom is larger; closed form for whole degrees.

    Q(k + 2) = Q(k) + (x/2)^(k/2) e^(-x/2) / Gamma(k/2 + 1), from Q(1) = erfc(sqrt(x/2)) and Q(2) = e^(-x/2).
    """
    if freedom < 1 or distance < 0:
        raise ValueError("a distance is not negative, and has a degree of freedom at least")
    half = distance / 2
    tail, degrees = (math.erfc(math.sqrt(half)), 1) if freedom % 2 else (math.exp(-half), 2)
    while degrees < freedom:
        if half > 0:
            tail += math.exp(degrees / 2 * math.log(half) - half - math.lgamma(degrees / 2 + 1))
        degrees += 2
    return min(1.0, tail)


def people_needed(rate: float, effect: float) -> float:
    """People an arm needs to see a relative effect (0.02 is 2 %) with 80 % power at 5 %: 16 p(1 - p) / delta squared.

    The rule of thumb of van Belle (2008); exact numbers are in `curriculum.practice.experiments.power`.
    """
    if not 0 < rate < 1 or effect <= 0:
        raise ValueError("a rate lies between 0 and 1, and an effect above 0")
    return 16 * rate * (1 - rate) / (rate * effect) ** 2


def detectable(rate: float, people: float) -> float:
    """The relative effect that so many people an arm can see, by the same rule; infinite where there is nobody."""
    if not 0 < rate < 1:
        raise ValueError("a rate lies between 0 and 1")
    return 4 * math.sqrt((1 - rate) / (rate * people)) if people > 0 else math.inf
