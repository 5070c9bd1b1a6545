"""Gates in their order, run over many builds at once: which gate stopped each, and what machines had to do for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Columns = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Gate:
    """One step: what it measures, within which limits a build passes, and what that costs."""

    name: str
    measure: str
    """The column that it reads."""
    most: float | None = None
    """What lies above is stopped."""
    least: float | None = None
    """What lies below is stopped."""
    equals: str = ""
    """What says anything else is stopped; blank where numbers decide."""
    minutes: float = 0.0
    """Of a machine, for each build that gets here."""

    def passes(self, builds: Columns) -> np.ndarray:
        """By build, whether it passes; a value that is not there never does. Raises KeyError where nothing of the
        kind is measured."""
        values = np.asarray(builds[self.measure])
        if self.equals:
            return np.asarray(values == self.equals)
        passed = ~np.isnan(values)
        if self.most is not None:
            passed &= values <= self.most
        if self.least is not None:
            passed &= values >= self.least
        return np.asarray(passed)


@dataclass(frozen=True, eq=False)
class Passed:
    """What a pipeline did with some builds."""

    stopped_by: np.ndarray
    """By build, the number of the gate that stopped it, from 0; −1 where it went through."""
    minutes: np.ndarray
    """By build, machine minutes until it was stopped or through."""

    @property
    def through(self) -> np.ndarray:
        return np.asarray(self.stopped_by < 0)


def run(gates: Sequence[Gate], builds: Columns) -> Passed:
    """Run builds through gates in their order; a build that is stopped goes no further."""
    count = len(next(iter(builds.values())))
    stopped, minutes = np.full(count, -1), np.zeros(count)
    for number, gate in enumerate(gates):
        there = stopped < 0
        minutes[there] += gate.minutes
        stopped[there & ~gate.passes(builds)] = number
    return Passed(stopped, minutes)


def mean_minutes(order: Sequence[str], minutes: Mapping[str, float], stops: Mapping[str, float]) -> float:
    """Machine minutes of a build on average, if each gate stops its own part of all builds (0 to 1) and no other."""
    total, left = 0.0, 1.0
    for name in order:
        total += left * minutes[name]
        left -= stops.get(name, 0.0)
    return total


def best_minutes(minutes: Mapping[str, float], stops: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
    """The cheapest order, and its minutes on average. Where each gate stops builds that no other stops, exchanging two
    neighbours shows that gates have to go by minutes for each build stopped."""
    order = sorted(minutes, key=lambda name: (minutes[name] / max(stops.get(name, 0.0), 1e-9), name))
    return mean_minutes(order, minutes, stops), tuple(order)
