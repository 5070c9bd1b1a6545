"""What shape a world of `complaint_to_plan` has: why parcels stay behind, whose vans are blind, which label errs where.

Shapes are dealt in rounds of neighbouring seeds, each equally often, in an order that nobody can guess from the seed.
Ranges are design choices: the field gives no numbers for them (A12, A13).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import TypeVar

from curriculum.cases.base import random

SLUG = "complaint_to_plan"

T = TypeVar("T")

OVERLOAD, TOUR, MISSORT, ROAD = "overload", "tour", "missort", "road"
CAUSES = (OVERLOAD, TOUR, MISSORT, ROAD)
"""Why most parcels stay behind: more than drivers can bring; a tour longer than the day; the wrong cage; the road."""

FOUR, EIGHT, NOON = "four", "eight", "noon"
MOMENTS = (FOUR, EIGHT, NOON)
HOURS: Mapping[str, int] = MappingProxyType({FOUR: 4, EIGHT: 8, NOON: 12})

SCAN, GPS, COMPLAINT = "scan", "gps", "complaint"
LABELS = (SCAN, GPS, COMPLAINT)

_ROUND = tuple(product(CAUSES, (True, False), (True, False)))
"""A round: main cause, whether the partners' vans are blind, whether the partners book on the next morning."""

COULD_TAKE_IT = ("idris", "leila")
"""Whose office could answer for the partners' feed; in each world it is one of them."""

TODAY = dt.date(2027, 9, 6)
FIRST_DAY = dt.date(2027, 6, 14)


@dataclass(frozen=True)
class Draw:
    """The shape of one world."""

    cause: str
    partners_blind: bool
    books_late: bool
    """The delivered scan errs at the partners; otherwise the GPS does."""
    over: float
    """Share that stays behind where there is much more than the drivers can bring."""
    tour: float
    """Share that stays behind on a tour that is much longer than the day."""
    missort: float
    """Share in the wrong cage."""
    behind: float
    """How much more often than usual a tour is behind at noon."""
    road: float
    """Share that stays behind on a tour that is behind at noon."""
    blind: float
    """Share of the partners' vans without a scanner for loading."""
    worse: float
    """Share that stays behind at the partners besides."""
    lag: float
    """Share of what the partners bring that is booked on the next morning."""
    gps_off: float
    """Share of what the partners bring back for which the GPS shows nothing."""
    complain: float
    """Share of those who waited for nothing that writes, at own depots."""
    louder: float
    """How many times as many of them write where a partner delivers."""
    miss_eur: float
    wrong_eur: float
    spared: Mapping[str, float]
    """By moment: the share of what a miss costs that a warning spares."""
    wide_spared: float
    """The same for “today or tomorrow”, told to everybody of a depot."""
    run_budget: int
    """Minutes."""
    few_runs: str
    """The moment at which fewer than 30 runs were measured."""
    bad_route: float
    """Share that stays behind on a route that no driver likes, whatever its number is."""
    without_a_run: str
    """What can still be told where there is no run: “today or tomorrow”, or a change of what the app shows."""
    feed_owner: str
    accepts: str
    decide_in: int
    """Days until the decision."""


WIDE_COST = 0.35
"""What “today or tomorrow” costs for each parcel that comes, as a share of what a wrong warning costs."""


def dealt(seed: int, stream: str, options: Sequence[T]) -> T:
    """One of the options; every round of as many seeds as there are options deals each of them once."""
    round_, turn = divmod(seed, len(options))
    order = random(SLUG, round_, f"round/{stream}").permutation(len(options))
    return options[int(order[turn])]


SUITS: Mapping[str, str] = MappingProxyType({OVERLOAD: FOUR, TOUR: EIGHT, MISSORT: EIGHT, ROAD: NOON})
"""By main cause: the first hour at which it is written down."""


def _few_runs(seed: int, cause: str) -> str:
    """The hour of which few runs were measured: in one half of worlds the one that suits the cause."""
    others = [moment for moment in MOMENTS if moment != SUITS[cause]]
    return SUITS[cause] if dealt(seed, "few_runs", (True, False)) else others[seed % 2]


def draw(seed: int) -> Draw:
    """The shape of the world with this seed."""
    cause, blind, late = dealt(seed, "cause", _ROUND)
    rng = random(SLUG, seed, "shape")

    def between(low: float, high: float, digits: int = 3) -> float:
        return round(float(rng.uniform(low, high)), digits)

    over = between(0.62, 0.80) if cause == OVERLOAD else between(0.05, 0.10)
    tour = between(0.66, 0.80) if cause == TOUR else between(0.03, 0.06)
    missort = between(0.085, 0.11) if cause == MISSORT else between(0.008, 0.012)
    behind = between(2.4, 2.9) if cause == ROAD else 0.3
    return Draw(
        cause=cause,
        partners_blind=blind,
        books_late=late,
        over=over,
        tour=tour,
        missort=missort,
        behind=behind,
        road=between(0.45, 0.60),
        blind=between(0.40, 0.58, 2) if blind else between(0.002, 0.012),
        worse=between(0.06, 0.09) if blind else between(0.01, 0.03),
        lag=between(0.26, 0.36, 2),
        gps_off=between(0.55, 0.75, 2),
        complain=between(0.12, 0.20, 2),
        louder=between(1.5, 2.6, 1),
        miss_eur=between(7.5, 9.5, 1),
        wrong_eur=between(1.6, 2.2, 1),
        spared=MappingProxyType(
            {FOUR: between(0.78, 0.88, 2), EIGHT: between(0.50, 0.58, 2), NOON: between(0.42, 0.48, 2)}
        ),
        wide_spared=between(0.41, 0.49, 2),
        run_budget=dealt(seed, "budget", (15, 17, 19, 25, 27, 29)),
        few_runs=_few_runs(seed, cause),
        bad_route=between(0.24, 0.34, 2),
        without_a_run=dealt(seed, "without", ("wide", "day_only")),
        feed_owner=dealt(seed, "feed", COULD_TAKE_IT),
        accepts=dealt(seed, "accepts", ("marit", "paula", "sunniva")),
        decide_in=dealt(seed, "decide", (4, 7, 8, 9, 10, 11)),
    )
