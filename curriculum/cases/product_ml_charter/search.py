"""The best board that is known: many boards over the same unseen years, the good ones varied once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np

from curriculum.cases.product_ml_charter.draw import MATCH, MONTHS, PADS, PROMISED
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


def boards(check: float) -> Iterator[Board]:
    """Every way to treat the promises in every order, `match` after them, the bet nowhere or in any place."""
    for moves in product(_MOVES, repeat=3):
        stands = {
            card: min(MONTHS, month + by)
            for (card, month), by in zip(PROMISED.items(), moves, strict=True)
            if by is not None
        }
        for promised in permutations(stands):
            order = (*promised, MATCH)
            yield Board(order, stands)
            for place in range(len(order) + 1):
                yield Board((*order[:place], PADS, *order[place:]), stands, check)


def _near(board: Board, checks: Sequence[float]) -> Iterator[Board]:
    """The same board with a pair swapped, a promise moved by a month, a withdrawn card worked on, another check."""
    order, stands = board.order, board.promises
    yield Board(tuple(card for card in order if card != MATCH), stands, board.check)
    for index in range(len(order) - 1):
        yield Board((*order[:index], order[index + 1], order[index], *order[index + 2 :]), stands, board.check)
    for card, said in PROMISED.items():
        if card in stands:
            for month in (stands[card] - 1, stands[card] + 1):
                if said <= month <= MONTHS:
                    yield Board(order, {**stands, card: month}, board.check)
        elif card not in order:
            yield Board((*order, card), stands, board.check)
    if PADS in order:
        for check in checks:
            yield Board(order, stands, check)


def best(seed: int, assumed: Assumed) -> Found:
    """The best board found, measured on unseen years; the learner's hundred years choose whom it looks at twice."""
    checks = sorted(assumed.finds)
    tried = list(boards(checks[len(checks) // 2]))
    rough = run(seed, tried, assumed, SHOWN).value.mean(1)
    leaders = [tried[index] for index in np.argsort(-rough)[:8]]
    closer = leaders + [near for board in leaders for near in _near(board, checks)]
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
