"""The years on which a trigger of `feedback_loops` is replayed: the one of the tables, and three that nobody has seen.

A draw of an unseen year in which chance alone would undo a sound rule is drawn again: a trigger is judged by what it
does in years that can be judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.artifacts.trigger import Trigger
from curriculum.cases import load_case
from curriculum.cases.feedback_loops.draw import DAYS, HELD_OUT, PAST, ROW, SEGMENTS, SLUG
from curriculum.cases.feedback_loops.telemetry import (
    BEFORE,
    DRIFT,
    SOURCES,
    UNSEEN,
    Year,
    quiet_year,
    year,
)
from curriculum.practice.alarms import BOTH, Judged, Rule, Series, Trouble, beside, beside_past, judged, rings
from curriculum.practice.alarms import usual_ratio as usual_of
from curriculum.support.worlds import kept_for_worlds

YEARS = 3
"""Unseen years on which a trigger is judged."""
IN_TIME, DRIFT_IN_TIME = 16, 28
"""Days within which a problem has to be found; one that grows slowly has more."""
AFTER_RELEASE = 21
"""Days after a release in which an alarm is put down to it, where nothing else is wrong."""
TOGETHER = "together"
MOST_TRIES = 40


@dataclass(frozen=True)
class Settings:
    """A trigger as it is run: nothing blank."""

    signal: str
    comparator: str
    segments: tuple[str, ...]
    together: bool
    sides: str
    window: int
    least: float
    threshold: float
    running: int
    cooldown: int
    pause: int
    masked: bool
    share: float


def settings_of(trigger: Trigger) -> Settings | None:
    """A trigger as it is run; None while a part without which it cannot run is blank or unknown."""
    numbers = (trigger.window, trigger.min_sample, trigger.threshold, trigger.persistence, trigger.cooldown,
               trigger.pause)  # fmt: skip
    known = tuple(name for name in SEGMENTS if name in trigger.segments)
    picked = (trigger.signal, trigger.comparator, trigger.split, trigger.sides, trigger.outages)
    if any(value is None for value in numbers) or not all(picked) or not known:
        return None
    window, least, threshold, running, cooldown, pause = (float(value or 0) for value in numbers)
    return Settings(
        trigger.signal, trigger.comparator, known, trigger.split == TOGETHER, trigger.sides,
        int(np.clip(round(window), 1, 180)), least, threshold, int(np.clip(round(running), 1, 60)),
        int(np.clip(round(cooldown), 0, DAYS)), int(np.clip(round(pause), 0, DAYS)), trigger.outages == "masked",
        float(np.clip(trigger.held_out_share or 0.0, 0, 50)),
    )  # fmt: skip


def run_on(settings: Settings, one: Year, usual: Year) -> Mapping[str, tuple[int, ...]]:
    """The days on which a trigger rings, by segment, "" where all are read together; days count from the first of
    `one`. What a ratio usually is comes from the year before, `usual`."""
    rule = Rule(settings.threshold, settings.running, settings.cooldown, settings.sides)
    released = [release.day for release in one.releases]
    days = np.arange(len(one.outages))
    last = np.maximum.accumulate(np.where(np.isin(days, released), days, -10_000))
    paused = (days - last < settings.pause) | (days < BEFORE)
    found = {}
    for part in _parts(settings):
        off = _off(settings, one, usual, part, last)
        found["" if settings.together else part[0]] = rings(off, rule, paused)
    return found


def _parts(settings: Settings) -> list[tuple[str, ...]]:
    return [settings.segments] if settings.together else [(name,) for name in settings.segments]


def series(one: Year, source: str, part: tuple[str, ...], signal: str) -> Series:
    """Suggestions and swaps of some segments from one source, or swaps a day where these are counted."""
    rows = [SEGMENTS.index(name) for name in part]
    swapped, shown = (table[rows, SOURCES.index(source)].sum(0) for table in (one.swapped, one.shown))
    return Series(np.ones(len(shown)) if signal == "swap_count" else shown, swapped)


def _off(settings: Settings, one: Year, usual: Year, part: tuple[str, ...], last: np.ndarray) -> np.ndarray:
    """How far the signal is from what it is compared with, by day in percent."""
    nothing = np.full(len(one.outages), np.nan)
    if settings.signal not in ("swap_share", "swap_count"):
        return nothing
    count = settings.signal == "swap_count"
    least = 0.0 if count else settings.least
    kept = ~one.outages if settings.masked else np.ones(len(nothing), bool)
    before = ~usual.outages if settings.masked else np.ones(len(nothing), bool)
    mine = series(one, "model", part, settings.signal).only(kept)
    if settings.comparator == PAST:
        since = np.where(last >= 0, last, 0) if settings.pause else None
        return beside_past(mine, settings.window, least, since)
    if settings.comparator in (HELD_OUT, ROW):
        other = series(one, settings.comparator, part, settings.signal).only(kept)
        ratio = usual_of(
            series(usual, "model", part, settings.signal).only(before),
            series(usual, settings.comparator, part, settings.signal).only(before), settings.window,
        )  # fmt: skip
        return beside(mine, other, settings.window, least, ratio)
    if settings.comparator == "fixed":
        level = series(usual, "model", part, settings.signal)
        mean = float(level.happened.sum() / level.tried.sum())
        share = mine.over(settings.window)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(share.tried >= least, 100 * (share.share / mean - 1), np.nan)
    return nothing


def troubles(one: Year) -> tuple[Trouble, ...]:
    """The problems of a year as they have to be found."""
    return tuple(
        Trouble(problem.segment, problem.day, UNSEEN, DRIFT_IN_TIME if problem.kind == DRIFT else IN_TIME, problem.kind)
        for problem in one.problems
    )


def judge(settings: Settings, one: Year, usual: Year) -> Judged:
    """What a trigger finds in one year."""
    return judged(run_on(settings, one, usual), troubles(one), settings.window + settings.running + 28)


def sound(seed: int) -> tuple[Settings, ...]:
    """The rules that fit a world, a slow and a quick one."""
    truth = load_case(SLUG, seed).truth
    return tuple(
        Settings(
            "swap_share", truth.shape.fit, SEGMENTS, False, BOTH, window=rule[0], least=rule[1], threshold=rule[2],
            running=rule[3], cooldown=rule[4], pause=rule[5], masked=True, share=truth.right_share,
        )
        for rule in truth.rules
    )  # fmt: skip


def unseen_year(seed: int, number: int, share: float) -> Year:
    """One of the years that no table shows, with so many held out (percent, rounded to a tenth)."""
    return _unseen(seed, number, round(max(share, 0.1), 1))


@kept_for_worlds(maxsize=96)
def _unseen(seed: int, number: int, share: float) -> Year:
    shape = load_case(SLUG, seed).truth.shape
    return year(seed, shape, f"unseen/{number}/{_chosen(seed, number)}", share, number)


@kept_for_worlds(maxsize=256)
def _chosen(seed: int, number: int) -> int:
    """Which draw of an unseen year is taken: the first that sound rules pass."""
    truth = load_case(SLUG, seed).truth
    for attempt in range(MOST_TRIES):
        one = year(seed, truth.shape, f"unseen/{number}/{attempt}", max(truth.right_share, 0.1), number)
        found = [judge(rule, one, truth.year) for rule in sound(seed)]
        if all(run.in_time >= 3 and len(run.false) <= 6 for run in found):
            return attempt
    return 0


@kept_for_worlds(maxsize=256)
def after_releases(seed: int, settings: Settings) -> tuple[int, int]:
    """In a year in which nothing is wrong: after how many of the releases it rings within three weeks, and of how
    many."""
    truth = load_case(SLUG, seed).truth
    share = settings.share if truth.shape.fit == HELD_OUT else truth.shape.share
    one = quiet_year(seed, truth.shape, max(share, 0.1))
    rung = [day for days in run_on(settings, one, truth.year).values() for day in days]
    after = [any(0 <= day - release.day <= AFTER_RELEASE for day in rung) for release in one.releases]
    return sum(after), len(after)


def runs(seed: int, trigger: Trigger) -> tuple[Judged, ...]:
    """What a trigger finds in each unseen year; none while it cannot run."""
    settings = settings_of(trigger)
    return _runs(seed, settings) if settings else ()


@kept_for_worlds(maxsize=256)
def _runs(seed: int, settings: Settings) -> tuple[Judged, ...]:
    usual = load_case(SLUG, seed).truth.year
    return tuple(judge(settings, one, usual) for one in years(seed, settings))


def years(seed: int, settings: Settings) -> tuple[Year, ...]:
    """The unseen years, with those held out whom the trigger holds out; people who stay out by their own wish do so."""
    truth = load_case(SLUG, seed).truth
    share = settings.share if truth.shape.fit == HELD_OUT else truth.shape.share
    return tuple(unseen_year(seed, number, share) for number in range(YEARS))
