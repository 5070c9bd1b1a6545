"""The best board that is known: many boards over the same unseen years, the good ones varied once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from curriculum.cases.product_ml_charter.draw import MATCH, PADS, PROMISED
from curriculum.cases.product_ml_charter.year import JUDGED, SHOWN, Assumed, Board, run

_MOVES = (0, 2, None)
"""Months by which a promise is moved; None: withdrawn."""


@dataclass(frozen=True)
class Found:
    """A board with its worth in € thousand on years that nobody has seen."""

    board: Board
    worth: float
    weakest: float
    """The lowest chance of a promise that stands; 1 where none does."""


def boards(checks: tuple[float | None, ...]) -> Iterator[Board]:
    """Every way to treat the promises, with and without `match`, the bet nowhere, first, between or last."""
    for moves in product(_MOVES, repeat=3):
        stands = {card: month + by for (card, month), by in zip(PROMISED.items(), moves, strict=True) if by is not None}
        promised = sorted(stands, key=lambda card: (stands[card], PROMISED[card]))
        for tail in ((), (MATCH,)):
            yield Board((*promised, *tail), stands)
            for check in checks:
                for place in (*range(len(promised) + 1), len(promised) + 1 if tail else None):
                    if place is not None:
                        order = [*promised, *tail]
                        order.insert(place, PADS)
                        yield Board(tuple(order), stands, check)


def _near(board: Board) -> Iterator[Board]:
    """The same board with one pair swapped, one promise moved by a month, or a withdrawn card worked on all the same."""
    order = board.order
    for index in range(len(order) - 1):
        yield Board((*order[:index], order[index + 1], order[index], *order[index + 2 :]), board.promises, board.check)
    for card, said in PROMISED.items():
        if card in board.promises:
            for month in (board.promises[card] - 1, board.promises[card] + 1):
                if said <= month <= 12:
                    yield Board(order, {**board.promises, card: month}, board.check)
        elif card not in order:
            yield Board((*order, card), board.promises, board.check)


def best(seed: int, assumed: Assumed) -> Found:
    """The best board found, measured on unseen years; the learner's hundred years choose whom it looks at twice."""
    tried = list(boards(tuple(assumed.finds)))
    rough = run(seed, tried, assumed, SHOWN).value.mean(1)
    leaders = [tried[index] for index in np.argsort(-rough)[:8]]
    closer = leaders + [near for board in leaders for near in _near(board)]
    second = run(seed, closer, assumed, SHOWN).value.mean(1)
    last = [closer[index] for index in np.argsort(-second)[:6]]
    return max((measured(seed, board, assumed) for board in last), key=lambda found: found.worth)


def measured(seed: int, board: Board, assumed: Assumed) -> Found:
    """A board on the unseen years."""
    years = run(seed, [board], assumed, JUDGED)
    chances = chances_of(years.kept, board)
    return Found(board, years.worth(), min(chances.values(), default=1.0))


def chances_of(kept: Mapping[str, np.ndarray], board: Board) -> Mapping[str, float]:
    """By promise that stands, the share of years in which it is kept."""
    return {card: float(kept[card][0].mean()) for card in board.promises}
