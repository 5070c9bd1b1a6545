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

from curriculum.cases.base import random

SLUG = "product_ml_charter"

T = TypeVar("T")

INSTANT, POSTS, LINES, MATCH, PADS = "instant", "posts", "lines", "match", "pads"
CARDS = (INSTANT, POSTS, LINES, MATCH, PADS)
SCIENCE, ML, APP, DESIGN = "data_science", "ml", "app", "design"
FUNCTIONS = (SCIENCE, ML, APP, DESIGN)
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
LIMIT = 6.0
"""Errors of 100 above which pads cannot be sold."""
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
_MARGIN = {INSTANT: (30, 75), POSTS: (50, 100), LINES: (55, 115), MATCH: (25, 70), PADS: (140, 420)}
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
    """€ thousand a month."""
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
    floor: int
    """€ thousand that a bet may lose."""
    fee: int
    """€ thousand a month that matching saves, within its margin."""

    @property
    def plateaus(self) -> tuple[float, float]:
        """Mean error of the plateau on the two printers' pads and on others, of 100."""
        mix = self.mix / 100
        low = _mean_for(LAB_STALL, SAMPLE_MIX)
        high = _mean_for(self.stall, mix)
        gap = (high - low) / (SAMPLE_MIX - mix)
        return low - (1 - SAMPLE_MIX) * gap, low + SAMPLE_MIX * gap


def _mean_for(stalls: float, mix: float) -> float:
    """The mean error with which such a share lies above the limit."""
    spread = ((mix * PRINTERS_SD) ** 2 + ((1 - mix) * OTHERS_SD) ** 2) ** 0.5
    return LIMIT + NormalDist().inv_cdf(stalls) * spread


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
        wrong_posts=dealt(seed, "wrong_posts", (0.3, 0.4, 0.5, 0.6, 0.7)),
        floor=int(rng.integers(12, 31)) * 10,
        fee=int(rng.integers(4, 12)),
    )
