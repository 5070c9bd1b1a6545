"""What a board is: stages with people, what the days bring, and the habits with which a team works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np


@dataclass(frozen=True)
class Stage:
    """One column of a board."""

    id: str
    people: int
    days: float
    """Person-days that a card takes here, on average."""


@dataclass(frozen=True)
class Board:
    """Stages in order, and what work in them costs besides the work."""

    stages: tuple[Stage, ...]
    attention: float
    """Part of a day that each open card beyond one a person takes away, 0 to 1."""
    spread: float = 0.45
    """Standard deviation of the logarithm of a card's days."""
    sent_back: float = 0.0
    """Part of all cards that go back once, from `judged` to `made`."""
    judged: str = ""
    made: str = ""
    interrupted: float = 0.0
    """Part of all days on which somebody wants something at once, and a third of the people of each of `asked`, one at
    least, are away."""
    asked: tuple[str, ...] = ()
    cadence: int = 1
    """Cards leave the last stage every so many days."""
    batch: int = 0
    """Cards that may leave it on such a day; 0: any number."""

    def number(self, stage: str) -> int:
        """Which column a stage is, from 0; raises ValueError for one that is not there."""
        return [one.id for one in self.stages].index(stage)


@dataclass(frozen=True)
class Habits:
    """How a team works: what its policies change."""

    faster: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """By stage: how many times the usual speed."""
    sent_back: float = 1.0
    """How many times the usual share of cards goes back."""
    interrupted: float = 1.0
    cadence: int = 0
    """Days between two days on which cards leave; 0: as the board says."""


@dataclass(frozen=True)
class Season:
    """What some days bring, several times over: arrays with a first axis of draws."""

    days: np.ndarray
    """Person-days of each card in each stage: draws × cards × stages."""
    back: np.ndarray
    """Numbers between 0 and 1: a card whose number is below the share that goes back goes back. Draws × cards."""
    asked: np.ndarray
    """The same for days on which somebody wants something at once: draws × days."""
    away: np.ndarray
    """People who are away: draws × days × stages."""

    @property
    def draws(self) -> int:
        return int(self.days.shape[0])

    @property
    def length(self) -> int:
        return int(self.asked.shape[1])

    def times(self, number: int) -> Season:
        """All draws so many times, one after the other: to replay them in so many ways at once."""
        parts = (self.days, self.back, self.asked, self.away)
        return Season(*(np.tile(part, (number, *[1] * (part.ndim - 1))) for part in parts))


def season(
    board: Board, rng: np.random.Generator, *, draws: int, cards: int, length: int, away: float = 0.03
) -> Season:
    """Days as this board may meet them: `length` working days, so many times, with a share of people away."""
    mean = np.array([stage.days for stage in board.stages])
    shape = (draws, cards, len(mean))
    days = mean * np.exp(rng.normal(-(board.spread**2) / 2, board.spread, shape))
    people = np.array([stage.people for stage in board.stages])
    return Season(
        days=days,
        back=rng.random((draws, cards)),
        asked=rng.random((draws, length)),
        away=rng.binomial(people, away, (draws, length, len(mean))),
    )
