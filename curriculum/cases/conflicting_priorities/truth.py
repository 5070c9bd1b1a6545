"""What is so in a world of `conflicting_priorities`, by construction."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.conflicting_priorities.deliverables import Codes, Work, our_grid, rows_for
from curriculum.cases.conflicting_priorities.draw import Draw
from curriculum.cases.conflicting_priorities.rules import Promise
from curriculum.cases.conflicting_priorities.worth import AS_GOOD, MINUTE_NOW, NONE, RIGHT_LOG, Way, gain, model_week


@dataclass(frozen=True)
class Truth:
    """Only rubrics, fixtures, the spoken words and the consequence may read it."""

    shape: Draw
    door: np.ndarray
    """By row of `deliveries`: minutes from the order to the door."""
    promises: Mapping[str, Promise]
    """Ours by name: line, offsets, and the minute around each."""
    mistaken: Mapping[str, Promise]
    """Plausible ones that break something, by name."""
    ways: tuple[Way, ...]
    """What the floors and the weeks allow, the best first."""
    window_limit: int
    """Minutes of the widest window with which people plan."""
    work: Mapping[str, Work]
    capacity: Mapping[str, float]
    spike: Mapping[str, float]
    """By log, or `none`: the width that keeps 84 of 100."""

    @property
    def best(self) -> Way:
        return self.ways[0]

    @property
    def second(self) -> Way:
        """The best way with another mechanism, where it is as good; else the best one."""
        others = (way for way in self.ways if way.mechanism != self.best.mechanism)
        return next((way for way in others if way.worth >= AS_GOOD * self.best.worth), self.best)

    def promise(self, way: Way, name: str) -> Promise:
        """Ours for a way: `line` or `offsets`."""
        minute = {"line": "minute", "offsets": "minute_offsets"}[name]
        return self.promises[minute if way.mechanism == MINUTE_NOW else name]

    def reopen_below(self, promise: Promise) -> int:
        """A limit, of 100 kept in a week, that a usual week does not cross."""
        return math.floor(100 * (promise.shown.all.share - 2.5 * float(np.std(promise.unseen.by_week, ddof=1))))

    def worth_of(self, mechanism: str) -> float:
        """What a mechanism is worth with the best that can follow it; -1 where it is not possible."""
        return max((way.worth for way in self.ways if way.mechanism == mechanism), default=-1.0)

    def log_after(self, mechanism: str) -> str:
        """The log that pays after a mechanism, or `none`."""
        best = max((way for way in self.ways if way.mechanism == mechanism), key=lambda way: way.worth, default=None)
        return best.log if best and best.log == RIGHT_LOG.get(self.shape.kind) else NONE

    def gain(self, log: str) -> float:
        """Minutes by which a model with a log is narrower than the rule."""
        return gain(self.shape, log)

    @property
    def model_week(self) -> int:
        return model_week(self.shape)

    def grid(self, way: Way, *, lean: bool) -> Codes:
        """A RACI for a way."""
        return our_grid(self.work, rows_for(way.mechanism, way.log), lean=lean)
