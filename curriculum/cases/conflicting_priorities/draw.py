"""What shape a world of `conflicting_priorities` has: what the spread consists of, what the taps mean, whose weeks are
free.

Shapes are dealt in rounds of neighbouring seeds, each equally often, in an order that nobody can guess from the seed.
Ranges are design choices: the field gives no numbers for them (A11).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from curriculum.cases.base import random

SLUG = "conflicting_priorities"

T = TypeVar("T")

HOME = ("harbour", "uptown", "millside")
NEW = "fenside"
REGIONS = (*HOME, NEW)

QUEUE, ROUTE, NOISE, TIGHT = "queue", "route", "noise", "tight"
"""What most of the spread consists of: waiting in the shop; the stops before; nothing that anybody could log; or there
is little of it."""

GOOD, BAD = True, False
ML_LONG, ML_SHORT = 8, 5
MODEL_WEEKS = 7
"""Weeks that it takes to build and try a model, once its log is full."""

_ROUND: tuple[tuple[str, bool, int, int], ...] = (
    *(
        (kind, *rest)
        for kind in (QUEUE, ROUTE)
        for rest in (
            (GOOD, 8, ML_LONG), (GOOD, 10, ML_LONG), (GOOD, 10, 7), (BAD, 5, 7), (BAD, 8, ML_LONG), (GOOD, 5, ML_LONG),
            (BAD, 5, ML_SHORT),
        )
    ),
    (NOISE, GOOD, 8, ML_LONG), (NOISE, BAD, 8, 7), (NOISE, BAD, 5, ML_LONG),
    (TIGHT, BAD, 8, ML_LONG), (TIGHT, GOOD, 5, 7), (TIGHT, GOOD, 5, ML_SHORT),
)  # fmt: skip
"""A round: kind of spread, whether taps on leaving are punctual, backend weeks and ML weeks that are free."""


@dataclass(frozen=True)
class Draw:
    """The shape of one world."""

    kind: str
    taps_good: bool
    backend_weeks: int
    """Free until the launch."""
    ml_weeks: int
    """Free in the half-year after the launch."""
    base: Mapping[str, float]
    """Minutes by region that every delivery takes."""
    pace: Mapping[str, float]
    """Minutes a kilometre by region."""
    rush: float
    """How much longer a kilometre takes from 17 to 20 o'clock."""
    sd: Mapping[str, float]
    """Minutes by part of the spread: queue, route, noise."""
    wide: str
    """The region whose spread is larger than elsewhere."""
    wider: float
    late_region: str
    """Where couriers tap late."""
    late_by: float
    """Minutes."""
    planners: int
    """Of 100 customers, those who use the time to be home."""
    punctual: int
    """Of 100 taps on leaving, those that come when the courier leaves."""
    launch: int
    """Week of the launch, from now."""
    fill_weeks: int
    """Weeks until a new log holds enough."""
    printer_day: int
    """The last day, from now, on which the printer takes a change."""
    study_days: int
    """Days of the short study."""
    pay_is_yours: bool
    notice: int
    """Minutes ahead from which the notice of a late time helps."""
    asked_for: str
    """What most people ask for when a time is wrong."""


def dealt(seed: int, stream: str, options: Sequence[T]) -> T:
    """One of the options; every round of as many seeds as there are options deals each of them once."""
    round_, turn = divmod(seed, len(options))
    order = random(SLUG, round_, f"round/{stream}").permutation(len(options))
    return options[int(order[turn])]


def draw(seed: int) -> Draw:
    """The shape of the world with this seed."""
    kind, taps_good, backend, ml = dealt(seed, "kind", _ROUND)
    rng = random(SLUG, seed, "shape")
    paces = rng.permutation([4.4, 5.2, 6.0])
    large, small, noise = {
        QUEUE: ((8.5, 11.0), (2.5, 3.5), (4.2, 5.2)), ROUTE: ((8.5, 11.0), (2.5, 3.5), (4.2, 5.2)),
        NOISE: ((2.5, 3.5), (2.5, 3.5), (9.5, 11.5)), TIGHT: ((2.6, 3.4), (2.6, 3.4), (4.0, 4.8)),
    }[kind]  # fmt: skip
    queue, route = (small, large) if kind == ROUTE else (large, small)
    study_fits = dealt(seed, "study", (True, False))
    study = int(rng.integers(5, 9))
    return Draw(
        kind=kind,
        taps_good=taps_good,
        backend_weeks=backend,
        ml_weeks=ml,
        base=MappingProxyType({**dict.fromkeys(HOME, 16.0), NEW: 16.0 + float(rng.choice([0, 7, 9]))}),
        pace=MappingProxyType({**dict(zip(HOME, map(float, paces), strict=True)),
                               NEW: float(rng.choice([5.2, 6.4, 7.2]))}),
        rush=round(float(rng.uniform(1.25, 1.45)), 2),
        sd=MappingProxyType({"queue": float(rng.uniform(*queue)), "route": float(rng.uniform(*route)),
                             "noise": float(rng.uniform(*noise))}),
        wide=dealt(seed, "wide", REGIONS),
        wider=float(rng.uniform(1.05, 1.15)),
        late_region=dealt(seed, "late", REGIONS),
        late_by=float(dealt(seed, "late_by", range(8, 22))),
        planners=int(rng.integers(30, 56) if taps_good and backend >= 8 else rng.integers(45, 86)),
        punctual=int(rng.integers(93, 99) if taps_good else rng.integers(62, 81)),
        launch=_launch(seed, backend),
        fill_weeks=dealt(seed, "fill", (3, 5, 7)),
        printer_day=study + int(rng.integers(0, 3) if study_fits else -rng.integers(1, 3)),
        study_days=study,
        pay_is_yours=dealt(seed, "pay", (True, False)),
        notice=dealt(seed, "notice", range(6, 21)),
        asked_for=dealt(seed, "asked", ("new_time", "cancel", "call_back")),
    )  # fmt: skip


FIRST_LAUNCH, LAST_LAUNCH = 6, 12


def _launch(seed: int, backend: int) -> int:
    """The week of the launch: never before the weeks are over that one person has free for it."""
    first, steps = max(FIRST_LAUNCH, backend), LAST_LAUNCH - FIRST_LAUNCH + 1
    return first + dealt(seed, "launch", range(steps)) * (LAST_LAUNCH - first + 1) // steps
