"""What shape a world of `product_ml_charter` has: which function is late, which is full, who can wait, what stalls.

Shapes are dealt in rounds of neighbouring seeds, in an order that nobody can guess from the seed. All ranges are design
choices; that curves have a plateau, and dates a confidence, follows the course's domain reference (A06).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from curriculum.cases.base import random

SLUG = "product_ml_charter"

T = TypeVar("T")

INSTANT, POSTS, LINES, MATCH, PADS = "instant", "posts", "lines", "match", "pads"
CARDS = (INSTANT, POSTS, LINES, MATCH, PADS)
SCIENCE, ML, APP, DESIGN = "data_science", "ml", "app", "design"
FUNCTIONS = (SCIENCE, ML, APP, DESIGN)
NAMES: Mapping[str, tuple[str, str]] = {
    INSTANT: ("Instant capture", "A receipt is read while the phone is still in the hand."),
    POSTS: ("Posts itself", "Sure receipts are booked without anybody looking."),
    LINES: ("Line items", "Each line of a receipt is read, not only the sum."),
    MATCH: ("Matching", "Receipts find their payment on the bank statement."),
    PADS: ("Handwritten pads", "Receipts from a pad are read. Nobody else can do that."),
}
FUNCTION_NAMES = {SCIENCE: "Data science", ML: "ML engineering", APP: "App", DESIGN: "Design"}
PROMISED: Mapping[str, int] = MappingProxyType({INSTANT: 5, LINES: 9, POSTS: 10})
"""Month that was said outside."""
GENTLE, MIDDLE, HARD = "gentle", "middle", "hard"
MONTHS = 12
LOAD_MONTHS = 11
"""Months over which all five cards are compared with what people can give."""

SAMPLE_MIX = 0.75
"""Share of the two printers' pads among the receipts on which the lab drew its curve."""
LAB_STALL = 0.03
"""What the lab says of a stall, with the mix of its sample."""
_LIMITS = (5.0, 5.5, 6.0, 6.5, 7.0)
PRINTERS_SD, OTHERS_SD = 0.5, 0.9
"""Spread of the plateau's error on the two printers' pads, and on all others."""

_EFFORT: Mapping[str, tuple[tuple[float, float], ...]] = MappingProxyType(
    {
        INSTANT: ((1.5, 2.6), (2.2, 3.6), (2.0, 3.0), (1.0, 2.0)),
        POSTS: ((4.0, 6.0), (2.0, 3.5), (3.0, 5.0), (2.0, 3.5)),
        LINES: ((3.5, 5.5), (2.0, 4.0), (3.0, 5.0), (1.5, 3.0)),
        MATCH: ((2.0, 3.5), (1.5, 2.5), (2.0, 3.5), (1.0, 2.0)),
        PADS: ((6.0, 9.0), (2.0, 3.0), (2.0, 3.0), (1.5, 3.0)),
    }
)
_MARGIN = {INSTANT: (30, 75), POSTS: (50, 100), LINES: (55, 115), MATCH: (25, 70), PADS: (150, 450)}
LABELS = (10, 22)
_TIGHT = (APP,) * 7 + (ML,) * 5 + (SCIENCE,) * 4
_STALLS = (0.3, 0.45, 0.6, 0.75, 0.9)
_ORDERS = (
    (GENTLE, MIDDLE, HARD),
    (MIDDLE, GENTLE, HARD),
    (GENTLE, HARD, MIDDLE),
    (MIDDLE, HARD, GENTLE),
    (HARD, GENTLE, MIDDLE),
    (HARD, MIDDLE, GENTLE),
    (HARD, GENTLE, MIDDLE),
    (HARD, MIDDLE, GENTLE),
)
"""Holders of `instant`, `lines` and `posts`: the hard one more often waits for the date that is kept most easily."""


@dataclass(frozen=True)
class Draw:
    """The shape of one world."""

    effort: Mapping[str, Mapping[str, float]]
    """Planned person-months by card and function."""
    margin: Mapping[str, int]
    """€ thousand a month, the fee that matching spares among it."""
    spread: Mapping[str, float]
    """Standard deviation of the logarithm of data-science work, by card."""
    late: str
    """The engineering function whose work comes back most."""
    tight: str
    """The function that is over-full in truth."""
    ratios: Mapping[str, float]
    """Real over planned person-months, by function; tables show it within rounding."""
    loads: Mapping[str, float]
    """Real work of all five cards over what 11 months give, by function."""
    stall: float
    """Share of futures in which the curve of `pads` stops above the limit, with the field's mix."""
    mix: int
    """Of 100 receipts of the field on pads, those of the two printers."""
    holder: Mapping[str, str]
    """By promise: how its holder takes news."""
    sums: Mapping[str, int]
    """€ thousand of each promise."""
    wrong_posts: float
    """Wrong postings of 100 above which bookkeepers switch the posting off."""
    labels: int
    """€ thousand that labels of pads cost in each month in which the bet is worked on."""
    fee: int
    """€ thousand a month that matching spares finance: part of its margin, and in no table."""
    limit: float
    """Errors of 100 above which pads cannot be sold; no table says it."""
    line: int
    """Points of level below which a curve was called stalled; no table says it."""
    stops: int
    """Of 100 returns for a reason, those that a check against it stops."""
    pager_weeks: int
    """Weeks after a handover in which somebody carries the pager, at least."""
    machine: int
    """Rank by cost of the dearest machine that may be used, from 0."""
    need_over: float
    """How much slower an answer may be than on the quickest machine within the budget."""
    sent_back_by: Mapping[str, str]
    """By reason: who sends back what comes back for it."""
    may: Mapping[str, Mapping[str, float]]
    """By decision: who may take it, and up to how many € thousand; NaN where there is no sum."""
    on_call: Mapping[str, int]
    """By person: weeks in which they can carry the pager."""
    spare: int
    """€ thousand between the floor of a bad year and what the weaker of two right boards brings then."""

    @property
    def plateaus(self) -> tuple[float, float]:
        """Mean error of the plateau on the two printers' pads and on others, of 100."""
        mix = self.mix / 100
        low = _mean_for(LAB_STALL, SAMPLE_MIX, self.limit)
        high = _mean_for(self.stall, mix, self.limit)
        gap = (high - low) / (SAMPLE_MIX - mix)
        return low - (1 - SAMPLE_MIX) * gap, low + SAMPLE_MIX * gap


def _mean_for(stalls: float, mix: float, limit: float) -> float:
    """The mean error with which such a share lies above the limit."""
    spread = ((mix * PRINTERS_SD) ** 2 + ((1 - mix) * OTHERS_SD) ** 2) ** 0.5
    return limit + NormalDist().inv_cdf(stalls) * spread


def dealt(seed: int, stream: str, options: Sequence[T]) -> T:
    """One of the options; every round of as many seeds as there are options deals each of them once."""
    round_, turn = divmod(seed, len(options))
    order = random(SLUG, round_, f"round/{stream}").permutation(len(options))
    return options[int(order[turn])]


def draw(seed: int) -> Draw:
    """The shape of the world with this seed."""
    rng = random(SLUG, seed, "shape")
    effort = {
        card: MappingProxyType(
            {name: round(float(rng.uniform(*span)), 1) for name, span in zip(FUNCTIONS, spans, strict=True)}
        )
        for card, spans in _EFFORT.items()
    }
    late = dealt(seed, "late", (ML, APP))
    other = APP if late == ML else ML
    tight = dealt(seed, "tight", _TIGHT)
    loads = {name: float(rng.uniform(0.72, 0.85)) for name in FUNCTIONS}
    loads[SCIENCE] = float(rng.uniform(1.02, 1.08))
    loads[tight] = float(rng.uniform(1.12, 1.28))
    return Draw(
        effort=MappingProxyType(effort),
        margin=MappingProxyType({card: int(rng.integers(low, high + 1)) for card, (low, high) in _MARGIN.items()}),
        spread=MappingProxyType(
            {card: float(rng.uniform(0.3, 0.5) if card == PADS else rng.uniform(0.08, 0.25)) for card in CARDS}
        ),
        late=late,
        tight=tight,
        ratios=MappingProxyType(
            {SCIENCE: 1.0, late: float(rng.uniform(1.6, 1.9)), other: float(rng.uniform(1.1, 1.25)), DESIGN: 1.1}
        ),
        loads=MappingProxyType(loads),
        stall=dealt(seed, "stall", _STALLS),
        mix=int(rng.integers(30, 51)),
        holder=MappingProxyType(dict(zip(PROMISED, dealt(seed, "holders", _ORDERS), strict=True))),
        sums=MappingProxyType({card: int(rng.integers(22, 39)) * 10 for card in PROMISED}),
        wrong_posts=dealt(seed, "wrong_posts", (0.15, 0.25, 0.4, 0.6, 0.9)),
        labels=int(rng.integers(LABELS[0], LABELS[1] + 1)),
        fee=int(rng.integers(4, 12)),
        limit=dealt(seed, "limit", _LIMITS),
        line=dealt(seed, "line", (50, 55, 60, 65, 70)),
        stops=int(rng.integers(4, 14)) * 5,
        pager_weeks=int(rng.integers(5, 11)),
        machine=int(rng.integers(4, 9)),
        need_over=float(rng.uniform(1.1, 1.25)),
        sent_back_by=MappingProxyType({reason: two[int(rng.integers(len(two)))] for reason, two in _RECEIVERS.items()}),
        may=_mandates(rng),
        on_call=_on_call(seed, rng),
        spare=int(rng.integers(30, 80)),
    )


_RECEIVERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "format": ("tomasz", "farida"),
        "drift": ("dita", "bea"),
        "slow": ("farida", "bea"),
        "empty": ("farida", "bea"),
        "version": ("tomasz", "dita"),
        "alarm": ("tomasz", "bea"),
        "manual": ("tomasz", "dita"),
    }
)
"""By reason, the two who might send work back for it."""
END_BET, MOVE_PROMISE, TAKE_OVER, CHANGE_TARGET = "end_bet", "move_promise", "take_over", "change_target"
HOPER = "ilse"
"""Who hopes for the bet; `mandates` lets her end it all the same."""
_MAY = {
    END_BET: ("henrik", "maud", "dita", "bea"),
    MOVE_PROMISE: ("bea", "maud", "henrik"),
    TAKE_OVER: ("tomasz", "farida", "bea"),
    CHANGE_TARGET: ("farida", "henrik", "tomasz", "maud"),
}
_PAGER = ("tomasz", "ilse")
ENOUGH_SUM, SMALL_SUM = 900.0, 60.0


def _mandates(rng: np.random.Generator) -> Mapping[str, Mapping[str, float]]:
    """Two may take each decision; of those who may move a promise, one only for a small sum."""
    may: dict[str, dict[str, float]] = {}
    for decision, people in _MAY.items():
        two = [people[int(index)] for index in rng.permutation(len(people))[:2]]
        sums = (ENOUGH_SUM, SMALL_SUM) if decision == MOVE_PROMISE else (float("nan"), float("nan"))
        may[decision] = dict(zip(two, sums, strict=True))
    may[END_BET][HOPER] = float("nan")
    return MappingProxyType({decision: MappingProxyType(people) for decision, people in may.items()})


def _on_call(seed: int, rng: np.random.Generator) -> Mapping[str, int]:
    """One of two has weeks enough for the pager; the other has fewer than the fewest that are ever asked for."""
    able = dealt(seed, "pager", _PAGER)
    others = dict.fromkeys(("dita", "bea", "farida", "henrik", "maud"), 0)
    return MappingProxyType(
        others | {name: int(rng.integers(13, 20) if name == able else rng.integers(1, 5)) for name in _PAGER}
    )
