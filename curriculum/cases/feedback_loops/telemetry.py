"""A year of swaps by day, segment and source, with releases, outages and problems of the model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import random
from curriculum.cases.feedback_loops.draw import DAYS, HELD_OUT, PAST, ROW, SEGMENTS, SLUG, Draw

BEFORE = 42
"""Days before the year that an alarm may look back to."""
LENGTH = BEFORE + DAYS
MODEL = "model"
SOURCES = (MODEL, HELD_OUT, ROW)
UNSEEN = 56
"""Days that a problem lasts if nobody sees it."""
STEP, DRIFT, NARROW = "step", "drift", "narrow"
SLOW = 21
"""Days over which a drift grows."""
HIGHER, ROW_HIGHER, ROW_SHARE = 1.35, 1.2, 0.4
"""Swaps of those without the model, of the row that is picked by hand, and the part of all suggestions in that row."""
LOST = 0.55
"""Of swaps, on a day on which events are lost."""
LOUD = (0.28, -0.22, 0.28)
"""How releases of the quiet year move swaps."""
EDITED = 0.16
"""Standard deviation of the row's swaps from week to week where it is edited."""


@dataclass(frozen=True)
class Problem:
    """Something wrong with the model, in one segment."""

    day: int
    segment: str
    kind: str
    size: float
    """How much more is swapped, relative; below 0 where it is less."""


@dataclass(frozen=True)
class Release:
    """A change of the screen."""

    day: int
    size: float
    """How it moves swaps for everybody who has the screen, relative."""


@dataclass(frozen=True, eq=False)
class Year:
    """Days from `BEFORE` days before the year until its end; days count from the first of them."""

    shown: np.ndarray
    """Segments × sources × days."""
    swapped: np.ndarray
    releases: tuple[Release, ...]
    outages: np.ndarray
    """By day, whether events were lost."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Habits:
    """What is the same in all years of one world."""

    rates: tuple[float, ...]
    volumes: tuple[float, ...]
    weekend: float
    season: float
    phase: float
    noise: float


def habits(seed: int, shape: Draw) -> Habits:
    """Rates of swaps by segment, suggestions a day, weekends and seasons of one world."""
    rng = random(SLUG, seed, "habits")
    calm = shape.fit == PAST
    return Habits(
        rates=tuple(float(rng.uniform(low, high)) for low, high in ((0.26, 0.30), (0.20, 0.24), (0.15, 0.18))),
        volumes=tuple(float(rng.uniform(low, high)) for low, high in ((6500, 9000), (14000, 20000), (16000, 24000))),
        weekend=float(rng.uniform(0.10, 0.18)),
        season=float(rng.uniform(0.03, 0.06) if calm else rng.uniform(0.08, 0.16)),
        phase=float(rng.uniform(0, 2 * np.pi)),
        noise=float(rng.uniform(0.02, 0.03) if calm else rng.uniform(0.025, 0.04)),
    )


def year(seed: int, shape: Draw, stream: str, share: float | None = None, number: int = 1) -> Year:
    """One year; `share` is the percent that is held out, today's where nothing is said. `number` says which year it is:
    over three of them each segment has as many problems, and in four of twelve swaps fall."""
    rng = random(SLUG, seed, f"year/{stream}")
    problems, releases = _events(seed, shape, rng, number)
    return _lived(seed, shape, rng, problems, releases, _outages(shape, rng), share)


def quiet_year(seed: int, shape: Draw, share: float) -> Year:
    """A year in which nothing is wrong with the model and no event is lost, with three releases that move swaps."""
    releases = tuple(Release(BEFORE + day, size) for day, size in zip((80, 170, 260), LOUD, strict=True))
    return _lived(seed, shape, random(SLUG, seed, "year/quiet"), (), releases, np.zeros(LENGTH, bool), share)


def _lived(
    seed: int,
    shape: Draw,
    rng: np.random.Generator,
    problems: tuple[Problem, ...],
    releases: tuple[Release, ...],
    outages: np.ndarray,
    share: float | None,
) -> Year:
    """What was shown and swapped in a year with these events."""
    usual = habits(seed, shape)
    days = np.arange(LENGTH)
    wave = 1 + usual.season * np.sin(2 * np.pi * days / DAYS + usual.phase)
    wave = wave * np.where(days % 7 >= 5, 1 + usual.weekend, 1.0)
    screen = np.ones(LENGTH)
    for release in releases:
        screen[release.day :] *= 1 + release.size
    weeks = np.exp(rng.normal(0, EDITED, LENGTH // 7 + 1))[days // 7]
    held = (shape.share if share is None else share) / 100
    shown, swapped = np.zeros((3, 3, LENGTH)), np.zeros((3, 3, LENGTH))
    for number, segment in enumerate(SEGMENTS):
        shared = wave * np.exp(rng.normal(0, usual.noise, LENGTH))
        base = usual.rates[number] * shared
        wrong = np.ones(LENGTH)
        for problem in problems:
            if problem.segment == segment:
                wrong *= 1 + problem.size * _course(problem)
        volume = usual.volumes[number] * rng.uniform(0.94, 1.06, LENGTH)
        rates = (
            base * screen * wrong,
            HIGHER * base * (screen if shape.fit == HELD_OUT else 1.0),
            ROW_HIGHER * base * screen * (1.0 if shape.fit == ROW else weeks),
        )
        for source, (part, rate) in enumerate(zip((1 - held, held, ROW_SHARE), rates, strict=True)):
            count = np.round(volume * part)
            chance = np.clip(rate, 0, 0.9) * np.where(outages, 1 - LOST, 1.0)
            shown[number, source] = count
            swapped[number, source] = rng.binomial(count.astype(int), chance)
    return Year(shown, swapped, releases, outages, problems)


def _course(problem: Problem) -> np.ndarray:
    """How much of a problem is there, by day."""
    since = np.arange(LENGTH) - problem.day
    grown = np.clip((since + 1) / SLOW, 0, 1) if problem.kind == DRIFT else np.ones(LENGTH)
    return np.asarray(np.where((since >= 0) & (since < UNSEEN), grown, 0.0))


def _events(
    seed: int, shape: Draw, rng: np.random.Generator, number: int
) -> tuple[tuple[Problem, ...], tuple[Release, ...]]:
    """Four problems, one a quarter; releases around them, often just before one, or far from all of them."""
    often = int(random(SLUG, seed, "often").permutation(3)[number % 3])
    others = [one for one in rng.permutation(3).tolist() if one != often]
    order = [often, *others, often]
    falls = 2 if number == 0 else 1
    kinds = [NARROW] * falls + list(rng.choice((STEP, DRIFT), 4 - falls, p=(0.75, 0.25)))
    kinds = [str(kinds[int(one)]) for one in rng.permutation(4)]
    days: list[int] = []
    problems: list[Problem] = []
    for quarter in range(4):
        slot = BEFORE + 91 * quarter
        began = slot + int(rng.integers(14, 30))
        if shape.fit != PAST and rng.random() < 0.64:
            days.append(began - int(rng.integers(0, 4)))
        size = -rng.uniform(0.16, 0.22) if kinds[quarter] == NARROW else rng.uniform(0.21, 0.30)
        where = SEGMENTS[order[quarter]]
        problems.append(Problem(began, where, kinds[quarter], float(size)))
    while len(days) < shape.releases:
        if shape.fit == PAST:
            day = BEFORE + 91 * int(rng.integers(0, 4)) + int(rng.integers(64, 84))
        else:
            day = BEFORE + int(rng.integers(3, DAYS - 3))
        if all(abs(day - other) > 6 for other in days):
            days.append(day)
    return tuple(problems), tuple(
        Release(day, size) for day, size in zip(sorted(days), _moves(len(days), rng), strict=True)
    )


def _moves(count: int, rng: np.random.Generator) -> list[float]:
    """How much each release moves swaps: three of ten not at all, the others up or down and back again."""
    moves, level = [], 1.0
    for _ in range(count):
        up = rng.random() < 0.5 if 0.93 < level < 1.08 else level < 1
        size = float(rng.uniform(0.14, 0.30)) * (1 if up else -0.8) if rng.random() < 0.7 else 0.0
        moves.append(size)
        level *= 1 + size
    return moves


def _outages(shape: Draw, rng: np.random.Generator) -> np.ndarray:
    lost, found = np.zeros(LENGTH, bool), 0
    while found < shape.outage_days:
        day, long = BEFORE + int(rng.integers(8, DAYS - 8)), min(int(rng.integers(2, 4)), shape.outage_days - found)
        if not lost[max(0, day - 9) : day + 9].any():
            lost[day : day + long] = True
            found += long
    return lost
