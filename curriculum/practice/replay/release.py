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
    def sums(self) -> np.ndarray:
        """Running sums from hour 0 in five rows, each with a zero in front: volume, volume · mean under the new and
        the old version, √volume · noise of both."""
        root = np.sqrt(self.volume)
        rows = (self.volume, self.volume * self.new, self.volume * self.old, root * self.noise[0],
                root * self.noise[1])  # fmt: skip
        return np.concatenate([np.zeros((5, 1)), np.cumsum(rows, axis=1)], axis=1)

    def readings(self, begin: np.ndarray, end: np.ndarray, share: np.ndarray) -> np.ndarray:
        """What the measure says of windows from hour `begin` to `end` (excluded), while the new version has a `share`
        (0 to 1) of the traffic: one value each, nan where nothing can be read (in shadow, without a control, outside
        of the hours that exist).

        The error of a mean of n observations is sd/√n; an hour's draw is scaled to the share that the hour had.
        """
        volume, new, old, noise_new, noise_old = self._between(begin, end)
        mine, theirs = _arms(share)
        readable = self._readable(begin, end, share, volume)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = new / volume + self.sd * noise_new / (volume * np.sqrt(mine))
            if self.read is not Read.LEVEL:
                usual = old / volume + self.sd * noise_old / (volume * np.sqrt(theirs))
                change = 100.0 * (value - usual) / usual
                value = {Read.RISE: change, Read.FALL: -change, Read.CHANGE: np.abs(change)}[self.read]
        return np.where(readable, value, np.nan)

    def errors(self, begin: np.ndarray, end: np.ndarray, share: np.ndarray) -> np.ndarray:
        """The standard error of each of `readings`, in its unit; nan where it says nothing."""
        volume, _, old, _, _ = self._between(begin, end)
        mine, theirs = _arms(share)
        readable = self._readable(begin, end, share, volume)
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.read is Read.LEVEL:
                error = self.sd / np.sqrt(volume * mine)
            else:
                error = 100.0 * self.sd * np.sqrt(1.0 / mine + 1.0 / theirs) / (np.sqrt(volume) * (old / volume))
        return np.where(readable, error, np.nan)

    def _between(self, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
        last = self.hours
        found: np.ndarray = self.sums[:, np.clip(end, 0, last)] - self.sums[:, np.clip(begin, 0, last)]
        return found

    def _readable(self, begin: np.ndarray, end: np.ndarray, share: np.ndarray, volume: np.ndarray) -> np.ndarray:
        shown = (begin >= 0) & (end <= self.hours) & (volume > 0.0) & ((share > 0.0) | self.in_shadow)
        return shown if self.read is Read.LEVEL else shown & (share < 1.0)


def _arms(share: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The shares that the new and the old version are read on: in shadow both see all traffic."""
    return np.where(share > 0.0, share, 1.0), np.where(share > 0.0, 1.0 - share, 1.0)


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
