"""Boards that tempt, and what is wrong with each in one world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from curriculum.cases.product_ml_charter.draw import GENTLE, MATCH, PADS, PROMISED
from curriculum.cases.product_ml_charter.search import (
    HOLDS,
    WORTH,
    Found,
    by_month,
    fullest,
    measured,
    needless,
)
from curriculum.cases.product_ml_charter.truth import Truth
from curriculum.cases.product_ml_charter.year import MONTHS, Board

BAD_YEAR_ROOM = 1.05


@dataclass(frozen=True)
class Mistake:
    """A board and the ids of the criteria that it fails when all else is filled in rightly."""

    found: Found
    fails: tuple[str, ...]


def every_date_stands(truth: Truth) -> Mistake:
    """All three as they were said, and `match` behind them."""
    return _seen(truth, Board((*by_month(PROMISED), MATCH), PROMISED))


def bet_first(truth: Truth) -> Mistake:
    """The bet before everything, as if it came in April, and without an end; all dates as they were said."""
    seen = _seen(truth, Board((PADS, *by_month(PROMISED), MATCH), PROMISED)).found
    found = replace(seen, months={**seen.months, PADS: 4})
    return Mistake(found, (*_fails(truth, found), "bet_has_end", "principle_excludes"))


def hard_one_taken_back(truth: Truth) -> Mistake:
    """The best board without the promise whose holder has their year built on it."""
    return _without(truth, truth.hard)


def taken_back_for_nothing(truth: Truth) -> Mistake | None:
    """The best board without a promise that it could have kept and whose holder would have got over it; None where
    every other promise is taken back anyway."""
    others = [card for card in truth.best.board.promises if card != truth.hard]
    return _without(truth, others[0]) if others else None


def the_safe_year(truth: Truth) -> Mistake:
    """What the best board promises, and nothing besides."""
    board = truth.best.board
    return _seen(truth, Board(by_month(board.promises), board.promises))


def _without(truth: Truth, gone: str) -> Mistake:
    board = truth.best.board
    stands = {card: month for card, month in board.promises.items() if card != gone}
    return _seen(truth, Board(tuple(card for card in board.order if card not in (gone, PADS)), stands))


def _seen(truth: Truth, board: Board) -> Mistake:
    found = measured(truth.seed, [board], truth.assumed)[0]
    return Mistake(found, tuple(_fails(truth, found)))


def _fails(truth: Truth, found: Found) -> Iterator[str]:
    board = found.board
    if fullest(board, truth.assumed) > 1:
        yield "promised_work_fits"
    if found.weakest < HOLDS:
        yield "promises_hold"
    elif needless(truth.seed, board, truth.assumed):
        yield "gentle_only_if_needed"
    if found.worth < WORTH * truth.best.worth:
        yield "board_is_worth_it"
    if truth.hard not in board.promises and found.worth < truth.best.worth:
        yield "hard_promise_stands"
    if any(min(MONTHS, found.months[card]) < truth.earliest(card) for card in board.order):
        yield "capability_before_milestone"
    gentle = truth.held_by(GENTLE)
    if found.bets != truth.best.bets or truth.becomes(found, gentle) != truth.becomes(truth.best, gentle):
        yield "said_is_signed"
    if truth.floor > found.bad_year + (BAD_YEAR_ROOM - 1) * abs(found.bad_year):
        yield "appetite_covers_board"
