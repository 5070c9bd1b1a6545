"""A rollout as stages and gates, and its replay on one release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from curriculum.practice.replay.release import Release, Windows


@dataclass(frozen=True)
class Stage:
    """A share of the traffic for some hours. Share 0 is shadow: traffic is mirrored and nobody sees an answer."""

    share: float
    """0 to 1."""
    hours: int


@dataclass(frozen=True)
class Gate:
    """A limit on one signal, read once in each full window inside a stage."""

    signal: str
    limit: float
    """The release is taken back where the reading lies above it."""
    hours: int
    """Length of the window."""
    from_stage: int = 0
    """The first stage, counted from 0, in which it is read."""


@dataclass(frozen=True)
class Reading:
    """One look of one gate."""

    gate: int
    """Which gate, counted from 0."""
    stage: int
    known: int
    """The hour at which it is known."""
    value: float
    stops: bool


@dataclass(frozen=True)
class Replayed:
    """How a release went under a rollout."""

    stopped_at: int | None
    """The hour in which it was taken back; None where it went through."""
    by: int | None
    """The gate that did it, counted from 0."""
    share: float
    """The share of the traffic that it had when it was stopped, or at the end."""
    harm: float
    """What it cost until everything was back, in the unit of the release's harm."""

    @property
    def went_through(self) -> bool:
        return self.stopped_at is None


def replay(
    stages: Sequence[Stage], gates: Sequence[Gate], release: Release, *, after: int = 0, back: int = 0
) -> Replayed:
    """Run a rollout on a release, hour by hour.

    `after` hours follow the last stage in which everybody has the release and nothing new is read; what ripens late is
    still heard then. `back` hours pass between the stop and the moment when nobody has it any more. What lies beyond
    the release's hours is not run.
    """
    return replays(stages, gates, (release,), after=after, back=back)[0]


def replays(
    stages: Sequence[Stage], gates: Sequence[Gate], releases: Sequence[Release], *, after: int = 0, back: int = 0
) -> tuple[Replayed, ...]:
    """Run a rollout on several releases, as `replay` does on one."""
    looks = [(number, gate, windows(tuple(stages), gate.hours, gate.from_stage)) for number, gate in enumerate(gates)]
    share = shares(stages, after)
    return tuple(_replayed(looks, share[: one.hours], one, back) for one in releases)


def _replayed(looks: Sequence[tuple[int, Gate, Windows]], share: np.ndarray, release: Release, back: int) -> Replayed:
    first: tuple[int, int] | None = None
    for number, gate, when in looks:
        signal = release.signals.get(gate.signal)
        if signal is None:
            continue
        above = np.flatnonzero(signal.readings(when) > gate.limit)
        if len(above):
            known = int(when.end[above[0]]) + signal.ripens
            if known <= len(share) and (first is None or known < first[0]):
                first = known, number
    if first is None:
        return Replayed(None, None, float(share[-1]) if len(share) else 0.0, _harm(release, share))
    at, by = first
    had = float(share[at - 1]) if at else 0.0
    exposed = np.concatenate([share[:at], np.full(max(0, min(back, release.hours - at)), had)])
    return Replayed(at, by, had, _harm(release, exposed))


def shares(stages: Sequence[Stage], after: int = 0) -> np.ndarray:
    """The share of the traffic by hour, and 1 for the hours `after` the last stage."""
    parts = [np.full(max(0, stage.hours), stage.share) for stage in stages] + [np.ones(after)]
    return np.concatenate(parts)


def readings(stages: Sequence[Stage], gates: Sequence[Gate], release: Release) -> Iterator[Reading]:
    """Every look that the gates take, gate by gate. A gate on a signal that the release does not have never looks."""
    for number, gate in enumerate(gates):
        signal = release.signals.get(gate.signal)
        if signal is None:
            continue
        when = windows(tuple(stages), gate.hours, gate.from_stage)
        for stage, end, value in zip(when.stage, when.end, signal.readings(when), strict=True):
            if not np.isnan(value):
                yield Reading(number, int(stage), int(end) + signal.ripens, float(value), bool(value > gate.limit))


def widest_error(stages: Sequence[Stage], gate: Gate, release: Release) -> float | None:
    """The largest standard error among a gate's looks, in the unit of its limit: that of the smallest share, or of the
    night. None where it never says anything. A limit of less than three of these stops what is good, since a gate
    looks often."""
    signal = release.signals.get(gate.signal)
    if signal is None:
        return None
    errors = signal.errors(windows(tuple(stages), gate.hours, gate.from_stage))
    said = errors[np.isfinite(errors)]
    return float(said.max()) if len(said) else None


@lru_cache(maxsize=1024)
def windows(stages: tuple[Stage, ...], hours: int, from_stage: int) -> Windows:
    """The full windows of so many hours inside stages."""
    found, begin = [], 0
    for number, stage in enumerate(stages):
        if number >= from_stage and hours > 0:
            for first in range(begin, begin + stage.hours - hours + 1, hours):
                found.append((number, first, first + hours, stage.share))
        begin += max(0, stage.hours)
    columns = np.array(found, float).reshape(-1, 4).T
    whole = columns[:3].astype(int)
    return Windows(whole[0], whole[1], whole[2], columns[3])


def _harm(release: Release, share: np.ndarray) -> float:
    return float(np.sum(release.harm[: len(share)] * share))
