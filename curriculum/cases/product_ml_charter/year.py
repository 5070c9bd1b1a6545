"""A year run many times: work served month by month in the order of a board, a bet that may stall, promises kept.

Every board meets the same noise, so that a worse board lies below a better one and does not merely have worse luck.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import random
from curriculum.cases.product_ml_charter.draw import (
    CARDS,
    DESIGN,
    FUNCTIONS,
    MONTHS,
    PADS,
    SCIENCE,
    SLUG,
)
from curriculum.support.worlds import kept_for_worlds

SHOWN, JUDGED, COMING = "years", "unseen", "coming"
"""The years that learners see run, others on which a board is judged, and those that come."""
YEARS: Mapping[str, int] = MappingProxyType({SHOWN: 100, JUDGED: 400, COMING: 100})
INTEGRATION = 0.18
"""Standard deviation of the logarithm of work after the capability stands."""
AT_ONCE = (SCIENCE, DESIGN)
"""Functions that begin at once; the others wait until the capability stands."""
MOST = 0.7
"""Part of a function that one card can take in a month; more people do not make it faster."""
PAID_UNTIL = 18
"""Months over which a shipped card's margin counts, from now."""
DONE = 1e-9
NEVER = 99
"""The month of what does not ship."""


@dataclass(frozen=True)
class Board:
    """What a plan does: which cards, in which order, with which promises, and when the bet is looked at."""

    order: tuple[str, ...]
    """Cards that are worked on, the first first."""
    promises: Mapping[str, int]
    """Month that stands after talks, by promise kept or moved; one that is not here is withdrawn."""
    check: float | None = None
    """Share of the bet's planned data-science work after which it may end; None: nothing ends it."""


@dataclass(frozen=True)
class Holder:
    """What a promise costs, in parts of its sum: withdrawn in December, moved by a month, broken."""

    withdraw: float
    move: float
    break_: float


@dataclass(frozen=True)
class Assumed:
    """What a run believes: the truth, or what a learner typed."""

    effort: Mapping[str, Mapping[str, float]]
    """Planned person-months."""
    spread: Mapping[str, float]
    capacity: Mapping[str, float]
    """Person-months a month."""
    ratios: Mapping[str, float]
    stall: float
    finds: Mapping[float, float]
    """By check, share of stalls that it sees."""
    alarms: Mapping[float, float]
    """By check, share of good curves that it takes for a stall."""
    margin: Mapping[str, int]
    labels: float
    """€ thousand in each month in which data science works on the bet."""
    sums: Mapping[str, int]
    promised: Mapping[str, int]
    holders: Mapping[str, Holder]


@dataclass(frozen=True)
class Years:
    """What came of boards: the first axis is the board, the second the year."""

    value: np.ndarray
    """€ thousand."""
    shipped: np.ndarray
    """Month by card (third axis, in the order of CARDS); NEVER where it did not ship."""
    stopped: np.ndarray
    """Month in which the bet was ended; 0 where it was not."""
    looked: np.ndarray
    """Month in which so much of the bet was done that somebody looks at it; NEVER where nobody does."""
    stalled: np.ndarray
    """By year alone: whether the curve of the bet stalls, if somebody works on it."""
    kept: Mapping[str, np.ndarray]
    """By promise, whether what stood was kept; false where it was withdrawn."""

    def worth(self, board: int = 0) -> float:
        """Mean € thousand of a board."""
        return float(self.value[board].mean())


@dataclass(frozen=True)
class _Served:
    shipped: np.ndarray
    stopped: np.ndarray
    looked: np.ndarray
    months: np.ndarray
    """Months in which data science worked on the bet."""


@dataclass(frozen=True)
class _Luck:
    work: np.ndarray
    """Standard normal, year by card by function."""
    stall: np.ndarray
    read: np.ndarray
    """Uniform, by year."""


@kept_for_worlds(maxsize=8)
def _luck(seed: int, stream: str) -> _Luck:
    rng, count = random(SLUG, seed, stream), YEARS[stream]
    even = (np.arange(count) + 0.5) / count  # spread evenly, so that a hundred years hold the stated share of stalls
    return _Luck(rng.normal(size=(count, len(CARDS), len(FUNCTIONS))), rng.permutation(even), rng.permutation(even))


def run(seed: int, boards: Sequence[Board], assumed: Assumed, stream: str = SHOWN) -> Years:
    """All boards over the same years; raises KeyError for a check that `assumed.finds` does not know."""
    luck = _luck(seed, stream)
    left = _needs(boards, assumed, luck)
    stalls = luck.stall < assumed.stall
    return _counted(boards, _serve(boards, left, stalls, luck.read, assumed), stalls, assumed)


def _needs(boards: Sequence[Board], assumed: Assumed, luck: _Luck) -> np.ndarray:
    """Person-months by board, year, rank and function; nought for ranks that a board does not have."""
    sd = np.full((len(CARDS), len(FUNCTIONS)), INTEGRATION)
    sd[:, FUNCTIONS.index(SCIENCE)] = [assumed.spread[card] for card in CARDS]
    planned = np.array([[assumed.effort[card][name] * assumed.ratios[name] for name in FUNCTIONS] for card in CARDS])
    every = planned * np.exp(sd * luck.work)
    left = np.zeros((len(boards), len(every), len(CARDS), len(FUNCTIONS)))
    for index, board in enumerate(boards):
        for rank, card in enumerate(board.order):
            left[index, :, rank] = every[:, CARDS.index(card)]
    return left


def _serve(
    boards: Sequence[Board], left: np.ndarray, stalls: np.ndarray, read: np.ndarray, assumed: Assumed
) -> _Served:
    science = FUNCTIONS.index(SCIENCE)
    count, years = left.shape[:2]
    left = np.ascontiguousarray(np.moveaxis(left, (2, 3), (0, 1)))  # by rank, function, board and year: read in a row
    ranks = range(len(CARDS))
    on = np.array([[rank < len(board.order) for board in boards] for rank in ranks])
    bet = np.array([[rank < len(board.order) and board.order[rank] == PADS for board in boards] for rank in ranks])
    left[:, science] = np.where(bet[..., None] & stalls, np.inf, left[:, science])
    budget = assumed.effort[PADS][SCIENCE] * assumed.ratios[SCIENCE]
    due = np.array([np.inf if board.check is None else board.check * budget for board in boards])
    finds = np.array([0.0 if board.check is None else assumed.finds[board.check] for board in boards])
    alarms = np.array([0.0 if board.check is None else assumed.alarms[board.check] for board in boards])
    ends = np.where(stalls[None], read[None] < finds[:, None], read[None] < alarms[:, None])
    spent, dead = np.zeros((count, years)), np.zeros((count, years), bool)
    stopped, months = np.zeros((count, years), int), np.zeros((count, years), int)
    looked = np.full((count, years), NEVER)
    by_rank = np.full((len(CARDS), count, years), NEVER)
    for month in range(1, MONTHS + 1):
        for function, name in enumerate(FUNCTIONS):
            free = np.full((count, years), assumed.capacity[name])
            for rank in ranks:
                given = np.minimum(left[rank, function], np.minimum(free, MOST * assumed.capacity[name]))
                if name not in AT_ONCE:
                    given = np.where(left[rank, science] <= DONE, given, 0)
                left[rank, function] -= given
                free -= given
                if function == science:
                    spent += np.where(bet[rank, :, None], given, 0)
                    months += bet[rank, :, None] & (given > DONE)
        looked = np.where((looked == NEVER) & (spent >= due[:, None] - DONE), month, looked)
        now = (looked <= month) & ends & ~dead & (bet[..., None] & (left[:, science] > DONE)).any(0)
        stopped[now], dead = month, dead | now
        given_up = dead & bet[..., None]
        left.swapaxes(0, 1)[:, given_up] = 0
        done = (left <= DONE).all(1) & on[..., None] & ~given_up
        by_rank = np.where(done & (by_rank == NEVER), month, by_rank)
    shipped = np.full((count, years, len(CARDS)), NEVER)
    for index, board in enumerate(boards):
        for rank, card in enumerate(board.order):
            shipped[index, :, CARDS.index(card)] = by_rank[rank, index]
    return _Served(shipped, stopped, looked, months)


def _counted(boards: Sequence[Board], served: _Served, stalls: np.ndarray, assumed: Assumed) -> Years:
    shipped = served.shipped
    margin = np.array([assumed.margin[card] for card in CARDS])
    value = (np.where(shipped <= MONTHS, PAID_UNTIL - shipped, 0) * margin).sum(-1) - assumed.labels * served.months
    kept: dict[str, np.ndarray] = {}
    for card, said in assumed.promised.items():
        holder, total = assumed.holders[card], assumed.sums[card]
        stands = np.array([board.promises.get(card, 0) for board in boards])
        holds = (shipped[..., CARDS.index(card)] <= stands[:, None]) & (stands[:, None] > 0)
        fixed = np.where(stands > 0, holder.move * np.maximum(stands - said, 0), holder.withdraw) * total
        value -= fixed[:, None] + np.where((stands[:, None] > 0) & ~holds, holder.break_ * total, 0)
        kept[card] = holds
    return Years(value, shipped, served.stopped, served.looked, stalls, MappingProxyType(kept))
