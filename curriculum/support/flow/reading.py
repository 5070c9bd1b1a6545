"""What is read off a replay: cards by stage and day, how long they took, and where free work is finished slowest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Stretch:
    """How one stage did over some days."""

    in_it: float
    """Cards in its column on a day."""
    waiting: float
    """Of these, cards that were ready and had no room to go on."""
    busy: float
    """Part of all person-days on which there was a card to work at, 0 to 1."""
    ready: int
    """Cards that got ready."""


def flow_of(entered: np.ndarray, left: np.ndarray, length: int) -> np.ndarray:
    """Cards that have reached each stage, or left the last, by day: stages + 1 × days. One draw: cards × stages."""
    days = np.arange(1, length + 1)
    reached = [((entered[:, stage] > 0)[:, None] & (entered[:, stage][:, None] <= days)).sum(axis=0)
               for stage in range(entered.shape[1])]  # fmt: skip
    out = ((left[:, -1] > 0)[:, None] & (left[:, -1][:, None] <= days)).sum(axis=0)
    return np.array([*reached, out])


def percentile(days: Sequence[float] | np.ndarray, percent: float = 85.0) -> float:
    """The days within which so many of 100 cards are finished; not a number where none is."""
    found = np.asarray(days, dtype=float)
    return float(np.percentile(found, percent)) if found.size else float("nan")


def stretches(
    entered: np.ndarray, ready: np.ndarray, left: np.ndarray, people: Sequence[int], days: range
) -> tuple[Stretch, ...]:
    """How each stage did on some days of one draw: arrays of cards × stages, people by stage.

    A card is in work from the day on which it came until the day on which it got ready. One that was sent back counts
    in the stage that it is in now.
    """
    when = np.arange(days.start, days.stop)[:, None]
    beyond = days.stop
    found = []
    for stage in range(entered.shape[1]):
        came, done, went = entered[:, stage], ready[:, stage], left[:, stage]
        gone = np.where(went > 0, went, beyond)
        until = np.where(done > 0, done, beyond)
        inside = (came > 0) & (when >= came) & (when < gone)
        waits = inside & (done > 0) & (when > done)
        working = ((came > 0) & (when >= came) & (when <= until) & (when <= gone)).sum(axis=1)
        busy = float(np.minimum(working, people[stage]).mean()) / people[stage]
        counted = int(((done >= days.start) & (done < days.stop)).sum())
        found.append(Stretch(float(inside.sum(axis=1).mean()), float(waits.sum(axis=1).mean()), busy, counted))
    return tuple(found)
