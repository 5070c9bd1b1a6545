"""Right boards: many are run over the same unseen years, those whose promises do not hold or do not fit are left out.

Work goes in the order of the months at the cards, so that a roadmap can say each board that is found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from types import MappingProxyType

import numpy as np

from curriculum.cases.product_ml_charter.draw import CARDS, FUNCTIONS, MATCH, MONTHS, PADS, PROMISED, SCIENCE
from curriculum.cases.product_ml_charter.lead import lead_months, months_after_look
from curriculum.cases.product_ml_charter.year import JUDGED, NEVER, SHOWN, Assumed, Board, Years, run

_MOVES = (0, 2, None)
"""Months by which a promise is moved; None: withdrawn."""
HOLDS = 0.75
"""A promise stands only if it is kept in so many of the years."""
ROOM = 0.03
"""A right board keeps this much away from what is still allowed, so that other years judge it the same."""
WORTH = 0.9
"""A board is good if it brings so much of the best that is known."""
SECOND = 0.92
"""A second right board of another structure brings so much."""
MOST_FULL = 0.97
LEAST = 60.0
"""€ thousand that a right board brings even in a bad year."""
MUCH = 0.04
"""Parts of a board's worth by which another must be better for a withdrawal to have been needless."""
TEN = 10.0
LOOK = 0.025
"""Parts of a board's worth that the time of the look may cost."""


@dataclass(frozen=True)
class Found:
    """A board with its worth in € thousand on years that nobody has seen."""

    board: Board
    worth: float
    weakest: float
    """The lowest chance of a promise that stands; 1 where none does."""
    bad_year: float
    """€ thousand that nine of ten years reach."""
    months: Mapping[str, int]
    """By card the month at which a roadmap says so: promises as they stand, others as most years ship them."""
    look: int
    """Month in which somebody looks at the bet in most years; NEVER without one."""

    @property
    def bets(self) -> bool:
        """Whether the bet is on it."""
        return PADS in self.board.order


def boards(check: float, hard: str) -> Iterator[Board]:
    """Every way to treat the promises but to withdraw the hard one, `match` after them or left out, the bet nowhere or
    behind any card."""
    for moves in product(_MOVES, repeat=len(PROMISED)):
        stands = {
            card: min(MONTHS, month + by)
            for (card, month), by in zip(PROMISED.items(), moves, strict=True)
            if by is not None
        }
        if hard not in stands:
            continue
        for order in ((*by_month(stands), MATCH), by_month(stands)):
            yield from _with_bet(order, stands, check)


def by_month(stands: Mapping[str, int]) -> tuple[str, ...]:
    """Promises that stand, the earliest first."""
    return tuple(sorted(stands, key=lambda card: stands[card]))


def _with_bet(order: tuple[str, ...], stands: Mapping[str, int], check: float) -> Iterator[Board]:
    yield Board(order, stands)
    for place in range(1, len(order) + 1):
        yield Board((*order[:place], PADS, *order[place:]), stands, check)


def _near(board: Board, checks: Sequence[float]) -> Iterator[Board]:
    """The same board with a promise moved by a month, `match` in another place, a withdrawn card worked on, another
    check."""
    order, stands = board.order, board.promises
    free = tuple(card for card in order if card != MATCH)
    for place in range(len(free) + 1):
        yield Board((*free[:place], MATCH, *free[place:]), stands, board.check)
    for card, said in PROMISED.items():
        if card in stands:
            for month in (stands[card] - 1, stands[card] + 1):
                if said <= month <= MONTHS:
                    yield sorted_board(Board(order, {**stands, card: month}, board.check))
        elif card not in order:
            yield Board((*order, card), stands, board.check)
    if PADS in order:
        for check in checks:
            yield Board(order, stands, check)


def sorted_board(board: Board) -> Board:
    """The same board with its promises in the order of their months, in the places where promises were."""
    promised = iter(by_month(board.promises))
    order = tuple(next(promised) if card in board.promises else card for card in board.order)
    return Board(order, board.promises, board.check)


def due_by(board: Board, card: str, name: str, assumed: Assumed) -> float:
    """Real person-months of one function that go before a promise and into it; of a bet, data science until it is
    looked at."""
    due = board.order[: board.order.index(card) + 1] if card in board.order else ()
    return sum(_due(each, name, board, assumed) for each in due)


def fullest(board: Board, assumed: Assumed) -> float:
    """Of all functions and promised months: work that is due by then over what can be given by then."""
    return max(
        (
            due_by(board, card, name, assumed) / (month * assumed.capacity[name])
            for card, month in board.promises.items()
            for name in FUNCTIONS
        ),
        default=0.0,
    )


def _due(card: str, name: str, board: Board, assumed: Assumed) -> float:
    work = assumed.effort[card][name] * assumed.ratios[name]
    if card != PADS or board.check is None:
        return work
    return work * board.check if name == SCIENCE else 0.0


def found_among(seed: int, assumed: Assumed) -> tuple[Found, ...]:
    """Right boards, the best first, measured on unseen years; the learner's hundred years choose who comes near."""
    checks = sorted(assumed.finds)
    hard = max(PROMISED, key=lambda card: assumed.holders[card].withdraw)
    tried = [board for board in boards(checks[len(checks) // 2], hard) if fullest(board, assumed) <= MOST_FULL]
    leaders = _leaders(tried, run(seed, tried, assumed, SHOWN), 6, assumed, 2)
    closer = list({_key(board): board for leader in leaders for board in (leader, *_near(leader, checks))}.values())
    closer = [board for board in closer if fullest(board, assumed) <= MOST_FULL]
    last = _leaders(closer, run(seed, closer, assumed, SHOWN), 9, assumed, 1)
    found = measured(seed, last, assumed)
    right = [each for each in found if each.bad_year >= LEAST and can_be_said(each, assumed)]
    right = [each for each in right if each.weakest >= HOLDS + ROOM] or right
    return tuple(sorted(right or found, key=lambda each: (each.weakest < HOLDS, -each.worth)))


def with_best_check(seed: int, found: Found, assumed: Assumed) -> Found:
    """The same board looked at when it pays most; the board itself where it has no bet."""
    if not found.bets:
        return found
    checks = [Board(found.board.order, found.board.promises, check) for check in sorted(assumed.finds)]
    right = [
        each for each in measured(seed, checks, assumed) if each.weakest >= HOLDS + ROOM and can_be_said(each, assumed)
    ]
    return max(right, key=lambda each: each.worth, default=found)


def look_costs(seed: int, board: Board, assumed: Assumed) -> float:
    """Parts of its worth that the board loses because of when its bet is looked at: the less of what the shown years
    and unseen ones say, so that a learner can see it and chance does not decide. Nought where nobody looks."""
    checks = sorted(assumed.finds)
    if board.check not in checks:
        return 0.0
    lost = []
    for stream in (SHOWN, JUDGED):
        years = run(seed, [replace(board, check=check) for check in checks], assumed, stream)
        worth = [years.worth(index) for index in range(len(checks))]
        lost.append((max(worth) - worth[checks.index(board.check)]) / max(1.0, abs(max(worth))))
    return min(lost)


def _key(board: Board) -> tuple[object, ...]:
    return board.order, tuple(sorted(board.promises.items())), board.check


def _leaders(tried: Sequence[Board], years: Years, most: int, assumed: Assumed, slack: int) -> list[Board]:
    """Of boards with a bet and of those without, the best whose promises hold, and the best of those that a roadmap
    can say on these years within `slack` months; on others, and with another look, it may say more of them."""
    worth = years.value.mean(1)
    weakest = np.array(
        [min(chances_in(years, index, board).values(), default=1.0) for index, board in enumerate(tried)]
    )
    best_first = [int(index) for index in np.argsort(-(worth - 1e6 * (weakest < HOLDS + ROOM)))]
    chosen: list[int] = []
    for bets in (True, False):
        of_its_kind = [index for index in best_first if (PADS in tried[index].order) is bets]
        said = (index for index in of_its_kind if can_be_said(found_in(years, index, tried[index]), assumed, slack))
        chosen += dict.fromkeys((*of_its_kind[:most], *islice(said, most)))
    return [tried[index] for index in chosen]


def measured(seed: int, boards: Sequence[Board], assumed: Assumed) -> tuple[Found, ...]:
    """Boards on the unseen years."""
    years = run(seed, boards, assumed, JUDGED)
    return tuple(found_in(years, index, board) for index, board in enumerate(boards))


def found_in(years: Years, index: int, board: Board) -> Found:
    """One of the boards that these years were run on."""
    chances, looked = chances_in(years, index, board), years.looked[index]
    shipped = {card: years.shipped[index, :, CARDS.index(card)] for card in board.order}
    usual = {card: int(np.median(months[months < NEVER])) if (months < NEVER).any() else NEVER
             if card == PADS else int(np.median(months)) for card, months in shipped.items()}  # fmt: skip
    return Found(
        board,
        years.worth(index),
        min(chances.values(), default=1.0),
        float(np.percentile(years.value[index], TEN)),
        MappingProxyType({card: board.promises.get(card, month) for card, month in _in_order(board, usual).items()}),
        int(np.median(looked[looked < NEVER])) if (looked < NEVER).any() else NEVER,
    )


def _in_order(board: Board, usual: Mapping[str, int]) -> Mapping[str, int]:
    """Months that rise in the order of the work; the bet keeps its own, since a roadmap says behind whom it comes."""
    latest, months = 1, dict(usual)
    for card in board.order:
        if card != PADS:
            latest = max(latest, board.promises.get(card, usual[card]))
            months[card] = latest
    return months


def can_be_said(found: Found, assumed: Assumed, slack: int = 0) -> bool:
    """Whether a roadmap with a month at each card says this board, and says nothing that cannot be: what is left of
    the bet after its look must fit in before its month, or be over by `slack` months at most."""
    months = [found.months[card] for card in found.board.order if card != PADS]
    if months != sorted(months) or any(month > MONTHS for month in found.months.values()):
        return False
    check = found.board.check
    if not found.bets or check is None:
        return True
    stands = found.look + months_after_look(check, assumed)
    return stands + lead_months(PADS, assumed) - 1 <= found.months[PADS] + slack


def chances_in(years: Years, index: int, board: Board) -> Mapping[str, float]:
    """By promise that stands on it, the share of years in which it is kept."""
    return {card: float(years.kept[card][index].mean()) for card in board.promises}


def needless(seed: int, board: Board, assumed: Assumed) -> tuple[str, ...]:
    """Promises that the board takes back although the shown years would be clearly better with them."""
    gone = [card for card in PROMISED if card not in board.promises]
    tried = [(card, kept) for card in gone for kept in _put_back(board, card)]
    if not tried:
        return ()
    years = run(seed, [board, *(kept for _, kept in tried)], assumed, SHOWN)
    worth, found = years.worth(0), []
    for index, (card, kept) in enumerate(tried, start=1):
        holds = min(chances_in(years, index, kept).values()) >= HOLDS
        if holds and years.worth(index) - worth > MUCH * abs(worth):
            found.append(card)
    return tuple(card for card in gone if card in found)


def _put_back(board: Board, gone: str) -> Iterator[Board]:
    """The board with a promise in its month or up to two later, before everything or behind it."""
    rest = tuple(card for card in board.order if card != gone)
    for month in range(PROMISED[gone], min(MONTHS, PROMISED[gone] + 2) + 1):
        for order in ((*rest, gone), (gone, *rest)):
            yield sorted_board(Board(order, {**board.promises, gone: month}, board.check))


def other_structure(found: Sequence[Found]) -> Found:
    """The best right board that is built otherwise: with or without a bet, with other promises, with another place or
    check; the best itself where nothing else is good enough."""
    best = found[0]
    good = [each for each in found[1:] if each.worth >= SECOND * best.worth]
    for differs in (_bet_differs, _promises_differ, _order_differs):
        for each in good:
            if differs(best, each):
                return each
    return good[0] if good else best


def _bet_differs(one: Found, other: Found) -> bool:
    return one.bets != other.bets


def _promises_differ(one: Found, other: Found) -> bool:
    return set(one.board.promises) != set(other.board.promises)


def _order_differs(one: Found, other: Found) -> bool:
    return one.board.order != other.board.order
