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
    on_all: bool = False
    """Whether both versions are read on all of it in every stage: what a job that runs over everything would make of
    either does not depend on who is served which."""
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

    def readings(self, windows: Windows) -> np.ndarray:
        """What the measure says of some windows: one value each, nan where nothing can be read (in shadow, without a
        control, outside of the hours that exist).

        The error of a mean of n observations is sd/√n; an hour's draw is scaled to the share that the hour had.
        """
        between, (mine, theirs) = self._between(windows), self._roots(windows)
        volume = between[0]
        with np.errstate(divide="ignore", invalid="ignore"):
            value = (between[1] + self.sd / mine * between[3]) / volume
            if self.read is not Read.LEVEL:
                usual = (between[2] + self.sd / theirs * between[4]) / volume
                value = 100.0 * (value / usual - 1.0)
                if self.read is Read.FALL:
                    value = -value
                elif self.read is Read.CHANGE:
                    value = np.abs(value)
        value[self._silent(windows, volume)] = np.nan
        return value

    def errors(self, windows: Windows) -> np.ndarray:
        """The standard error of each of `readings`, in its unit; nan where it says nothing."""
        (volume, _, old, _, _), (mine, theirs) = self._between(windows), self._roots(windows)
        with np.errstate(divide="ignore", invalid="ignore"):
            error = self.sd / (np.sqrt(volume) * mine)
            if self.read is not Read.LEVEL:
                both = np.hypot(1.0 / mine, 1.0 / theirs)
                error = 100.0 * self.sd * both * np.sqrt(volume) / old
        error[self._silent(windows, volume)] = np.nan
        return np.asarray(error)

    def _between(self, windows: Windows) -> np.ndarray:
        last = self.hours
        found: np.ndarray = self.sums[:, np.minimum(windows.end, last)] - self.sums[:, np.minimum(windows.begin, last)]
        return found

    def _roots(self, windows: Windows) -> tuple[np.ndarray, np.ndarray]:
        """The square roots of the shares that the new and the old version are read on."""
        one = np.ones(len(windows.share))
        return (one, one) if self.on_all else (windows.root_mine, windows.root_theirs)

    def _silent(self, windows: Windows, volume: np.ndarray) -> np.ndarray:
        silent: np.ndarray = (windows.end > self.hours) | (volume <= 0.0)
        if not (self.in_shadow or self.on_all):
            silent |= windows.share <= 0.0
        if self.read is not Read.LEVEL and not self.on_all:
            silent |= windows.share >= 1.0
        return silent


@dataclass(frozen=True, eq=False)
class Windows:
    """Spans of hours in which a gate looks, each inside one stage."""

    stage: np.ndarray
    """Counted from 0."""
    begin: np.ndarray
    """The first hour."""
    end: np.ndarray
    """The hour after the last one."""
    share: np.ndarray
    """The share (0 to 1) of the traffic that has the new version."""

    @cached_property
    def root_mine(self) -> np.ndarray:
        """The square root of the share that the new version is read on: in shadow it sees all traffic."""
        return np.sqrt(np.where(self.share > 0.0, self.share, 1.0))

    @cached_property
    def root_theirs(self) -> np.ndarray:
        """The same of the old version."""
        return np.sqrt(np.where(self.share > 0.0, 1.0 - self.share, 1.0))


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
