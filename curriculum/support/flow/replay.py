"""Runs a season under limits and habits, all draws at once: when each card enters and leaves each stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curriculum.support.flow.board import Board, Habits, Season

NEVER = -1


@dataclass(frozen=True)
class Run:
    """What became of the cards: arrays with a first axis of draws; days count from 1, `NEVER` where it did not come."""

    entered: np.ndarray
    """Draws × cards × stages: the first day in a stage."""
    ready: np.ndarray
    """The day on which its work there was done, the last time."""
    left: np.ndarray
    """The day on which it went on, the last time."""
    length: int

    def parts(self, number: int) -> list[Run]:
        """The draws in so many parts of the same size, in order."""
        entered, ready, left = (np.split(one, number) for one in (self.entered, self.ready, self.left))
        return [Run(*part, self.length) for part in zip(entered, ready, left, strict=True)]

    @property
    def finished(self) -> np.ndarray:
        """How many cards left the last stage, by draw."""
        return (self.left[:, :, -1] > 0).sum(axis=1)

    @property
    def out(self) -> np.ndarray:
        """The day on which each card left the last stage: draws × cards."""
        return self.left[:, :, -1]

    @property
    def cycles(self) -> np.ndarray:
        """Days from a card's first day on the board to its last, of all that were finished, over all draws."""
        done = self.out > 0
        return (self.out - self.entered[:, :, 0] + 1)[done]


def replay(
    board: Board,
    what: Season,
    limits: Sequence[Sequence[float]] | np.ndarray,
    habits: Habits | Sequence[Habits],
    until: int | None = None,
) -> Run:
    """The season, or its days up to `until`, under limits and habits: one row of limits and one set of habits for all
    draws, or one for each.

    Cards that are ready wait in their column and count there; they go on, the first of the order first, as far as the
    next column has room. A person works at one card; each open card beyond one a person takes attention.
    """
    draws, cards, stages = what.days.shape
    room = np.broadcast_to(np.asarray(limits, dtype=float), (draws, stages))
    people = np.array([stage.people for stage in board.stages], dtype=float)
    each = [habits] if isinstance(habits, Habits) else habits
    speed = np.array([[one.faster.get(stage.id, 1.0) for stage in board.stages] for one in each])
    cadence = np.array([one.cadence or board.cadence for one in each])
    asked = what.asked < board.interrupted * np.array([[one.interrupted] for one in each])
    pulled_away = np.array([np.ceil(one.people / 3) if one.id in board.asked else 0.0 for one in board.stages])
    goes_back = what.back < board.sent_back * np.array([[one.sent_back] for one in each])
    judged, made = (board.number(board.judged), board.number(board.made)) if board.judged else (NEVER, NEVER)
    at = np.full((draws, cards), NEVER, dtype=np.int8)
    work = what.days / speed[:, None]
    rest = np.zeros((draws, cards))
    entered, ready, left = (np.full((draws, cards, stages), NEVER, dtype=np.int16) for _ in range(3))
    length = min(what.length, until or what.length)
    for day in range(1, length + 1):
        for stage in range(stages - 1, -2, -1):
            waits = at == stage if stage < 0 else (at == stage) & (rest <= 0)
            if stage == stages - 1:
                if not (leaves := day % cadence == 0).any():
                    continue
                waits = waits & leaves[:, None]
                moves = waits & (np.cumsum(waits, axis=1) <= board.batch) if board.batch else waits
            else:
                free = room[:, stage + 1] - (at == stage + 1).sum(axis=1)
                moves = waits & (np.cumsum(waits, axis=1) <= free[:, None])
            if not moves.any():
                continue
            if stage >= 0:
                left[:, :, stage][moves] = day
            at[moves] = stage + 1
            if stage + 1 < stages:
                rest[moves] = work[:, :, stage + 1][moves]
                first = moves & (entered[:, :, stage + 1] == NEVER)
                entered[:, :, stage + 1][first] = day
        here = np.maximum(people - what.away[:, day - 1] - asked[:, day - 1, None] * pulled_away, 0.0)
        for stage in range(stages):
            open_ = (at == stage) & (rest > 0)
            line = np.cumsum(open_, axis=1)
            beyond = np.maximum(line[:, -1] / people[stage] - 1, 0.0)
            pace = (1 - board.attention) ** beyond
            served = open_ & (line <= here[:, stage, None])
            rest = np.where(served, rest - pace[:, None], rest)
            done = served & (rest <= 0)
            if stage == judged:
                again = done & goes_back
                if again.any():
                    goes_back = goes_back & ~again
                    at[again], done = made, done & ~again
                    rest[again] = work[:, :, made][again] / 2
            ready[:, :, stage][done] = day
    return Run(entered, ready, left, length)
