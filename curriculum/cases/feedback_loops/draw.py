"""What shape a world of `feedback_loops` has: what an alarm may be compared with, whom the new model drives away.

Shapes are dealt in rounds of neighbouring seeds, each equally often, in an order that nobody can guess from the seed.
All ranges are design choices; the course's domain reference (A22, A33) says what goes wrong and gives no numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from curriculum.cases.base import random

SLUG = "feedback_loops"

T = TypeVar("T")

TODAY = dt.date(2027, 1, 11)
YEAR_1 = dt.date(2026, 1, 12)
"""The first day of the year that is there to be seen; it ends on the day before today."""
YEAR_2 = dt.date(2027, 1, 18)
DAYS = 364
MEMBERS = 400_000
COHORTS_A_YEAR = 6.5
"""Eight weeks fit so often into a year."""
DAYS_A_REVIEW = 4
"""Person-days that a review takes."""

NEW, REGULAR, LONG = "new", "regular", "long"
SEGMENTS = (NEW, REGULAR, LONG)

HELD_OUT, ROW, PAST, FIXED = "held_out", "row", "past", "fixed"
"""What an alarm may be compared with."""

MODEL, SCREEN, LOGGING, CALENDAR, TWO, CANNOT_TELL = "model", "screen", "logging", "calendar", "two", "cannot_tell"

HIT, SWAPS, VARIETY, STOPS = "hit_rate", "swaps", "variety", "early_stops"
WORKOUTS, SECOND, KEPT = "workouts", "days_to_second", "kept"
EARLY = (VARIETY, STOPS, WORKOUTS, SECOND)
"""Measures of which one follows whether members stay."""

_ROUND = tuple(
    (fit, cause)
    for fit, causes in (
        (HELD_OUT, (MODEL, SCREEN, LOGGING, CALENDAR, TWO, CANNOT_TELL)),
        (ROW, (MODEL, SCREEN, LOGGING, CALENDAR, TWO, CANNOT_TELL)),
        (PAST, (MODEL, LOGGING, CALENDAR, CANNOT_TELL, MODEL, CANNOT_TELL)),
    )
    for cause in causes
)
"""What is fit to compare with, and what last year's alarm came from: the past cannot part a model from a screen."""


@dataclass(frozen=True)
class Draw:
    """The shape of one world."""

    fit: str
    cause: str
    affordable: bool
    """Whether the share that is held out today keeps the limit, where people are held out by lot."""
    share: float
    """Percent of members without the model's suggestions today, by lot or by their own wish."""
    releases: int
    turns: str
    """The segment that v2 drives away."""
    nil: str
    """A segment whose staying v2 leaves as it is; blank where there is none."""
    steering: str
    """The early measure that follows staying in each segment."""
    steering_counts: int
    """Of 20 who left, those of whom the coaches say what had happened before."""
    hit_gain: float
    """Points of the hit rate that v2 adds."""
    lags: tuple[int, ...]
    """The week from which v2 is seen in each of `EARLY` and in swaps."""
    capacity: int
    """Reviews a quarter."""
    ripe: int
    """Weeks until a cohort is final."""
    reviewer: str
    away: str
    """Who has no free days this quarter."""
    outage_days: int
    choosers: int
    """Of 20 people, those who swap since they like to choose."""
    narrow: int
    """Percent by which swaps fell while the model gave easy favourites only."""
    narrow_in: str
    narrow_days: int
    alarm_in: str
    """The segment of last year's alarm."""
    fit_margin: float
    """The limit beside what the present share costs."""


def dealt(seed: int, stream: str, options: Sequence[T]) -> T:
    """One of the options; every round of as many seeds as there are options deals each of them once."""
    round_, turn = divmod(seed, len(options))
    order = random(SLUG, round_, f"round/{stream}").permutation(len(options))
    return options[int(order[turn])]


def draw(seed: int) -> Draw:
    """The shape of the world with this seed."""
    fit, cause = dealt(seed, "kind", _ROUND)
    rng = random(SLUG, seed, "shape")
    affordable = dealt(seed, "affordable", (True, False))
    turns = dealt(seed, "turns", SEGMENTS)
    others = [name for name in SEGMENTS if name != turns]
    nil = others[int(rng.integers(0, 2))] if dealt(seed, "nil", (True, False)) else ""
    reviewer = dealt(seed, "reviewer", ("ottilie", "kwame", "bettina"))
    able = [name for name in ("sunniva", "ijeoma", "rafael", "kwame", "bettina") if name != reviewer]
    return Draw(
        fit=fit,
        cause=cause,
        affordable=affordable,
        share=round(float(rng.uniform(3.2, 4.8) if affordable or fit != HELD_OUT else rng.uniform(6.0, 8.5)), 1),
        releases=int(rng.integers(2, 5) if fit == PAST else rng.integers(7, 15)),
        turns=turns,
        nil=nil,
        steering=dealt(seed, "steering", EARLY),
        steering_counts=int(rng.integers(11, 18)),
        hit_gain=round(float(rng.uniform(6.0, 9.0)), 1),
        lags=tuple(int(week) for week in rng.integers(1, 5, len(EARLY) + 1)),
        capacity=dealt(seed, "capacity", (2, 3)),
        ripe=dealt(seed, "ripe", (8, 9, 10, 11, 12)),
        reviewer=reviewer,
        away=able[int(rng.integers(0, len(able)))],
        outage_days=int(rng.integers(4, 8)),
        choosers=int(rng.integers(4, 10)),
        narrow=int(rng.integers(15, 23)),
        narrow_in=SEGMENTS[int(rng.integers(0, 3))],
        narrow_days=int(rng.integers(24, 53)),
        alarm_in=SEGMENTS[int(rng.integers(0, 3))],
        fit_margin=float(rng.uniform(1.25, 1.8) if affordable else rng.uniform(0.5, 0.62)),
    )
