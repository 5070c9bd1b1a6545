"""A release as it would go if everybody had it: what each signal shows by the hour, and the harm that it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np


class Read(StrEnum):
    """How a signal is read against a limit."""

    LEVEL = "level"
    """The new version's own value, in the signal's unit; above the limit is bad."""
    RISE = "rise"
    """By how many percent the new version lies above the old one at the same hours."""
    FALL = "fall"
    """By how many percent the new version lies below the old one at the same hours."""
    CHANGE = "change"
    """By how many percent the two differ, whichever is larger."""


@dataclass(frozen=True, eq=False)
class Signal:
    """What one measure does under the new and under the old version, hour by hour, with its noise."""

    new: np.ndarray
    """The mean under the new version, by hour."""
    old: np.ndarray
    """The mean under the old version at the same hours."""
    volume: np.ndarray
    """Observations by hour if one version had all traffic; 0 where the measure is not taken."""
    sd: float
    """Standard deviation of one observation, in the measure's unit."""
    noise: tuple[np.ndarray, np.ndarray]
    """Standard normal draws by hour for the new and the old version. They are the same whatever the rollout, so that
    two rollouts are compared on the same luck."""
    read: Read = Read.LEVEL
    in_shadow: bool = False
    """Whether mirrored traffic shows it: errors do, people's behaviour does not."""
    ripens: int = 0
    """Hours until an observation can be counted, as for goods that come back weeks later."""

    @property
    def hours(self) -> int:
        return len(self.volume)

    @cached_property
    def sums(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Running sums from hour 0, each with a zero in front: volume, volume · mean and √volume · noise of both."""
        root = np.sqrt(self.volume)
        columns = (self.volume, self.volume * self.new, self.volume * self.old, root * self.noise[0],
                   root * self.noise[1])  # fmt: skip
        volume, new, old, noise_new, noise_old = (np.concatenate([[0.0], np.cumsum(column)]) for column in columns)
        return volume, new, old, noise_new, noise_old

    def reading(self, begin: int, end: int, share: float) -> float | None:
        """What the measure says of hours `begin` to `end` (excluded) while the new version has a share (0 to 1) of the
        traffic; None where nothing can be read: in shadow, without a control, outside of the hours that exist.

        The error of a mean of n observations is sd/√n; an hour's draw is scaled to the share that the hour had.
        """
        if begin < 0 or end > self.hours or (share <= 0.0 and not self.in_shadow):
            return None
        volume, new, old, noise_new, noise_old = (float(column[end] - column[begin]) for column in self.sums)
        if volume <= 0.0:
            return None
        mine, theirs = (share, 1.0 - share) if share > 0.0 else (1.0, 1.0)
        value = new / volume + self.sd * noise_new / (volume * np.sqrt(mine))
        if self.read is Read.LEVEL:
            return float(value)
        if theirs <= 0.0:
            return None
        usual = old / volume + self.sd * noise_old / (volume * np.sqrt(theirs))
        change = 100.0 * (value - usual) / usual
        return float({Read.RISE: change, Read.FALL: -change, Read.CHANGE: abs(change)}[self.read])

    def error(self, begin: int, end: int, share: float) -> float | None:
        """The standard error of `reading` over the same hours, in its unit; None where it says nothing."""
        if self.reading(begin, end, share) is None:
            return None
        volume, _, old, _, _ = (float(column[end] - column[begin]) for column in self.sums)
        mine, theirs = (share, 1.0 - share) if share > 0.0 else (1.0, 1.0)
        if self.read is Read.LEVEL:
            return float(self.sd / np.sqrt(volume * mine))
        return float(100.0 * self.sd * np.sqrt(1.0 / mine + 1.0 / theirs) / (np.sqrt(volume) * (old / volume)))


@dataclass(frozen=True, eq=False)
class Release:
    """A version that goes out, good or bad."""

    name: str
    signals: Mapping[str, Signal]
    harm: np.ndarray = field(repr=False)
    """What it costs in each hour if everybody has it, in a unit of the caller; 0 for a good one."""

    @property
    def hours(self) -> int:
        return len(self.harm)
