"""The risks that may lie in a pod like this: where each is seen, what warns of it, and what it does if nobody looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.pod_launch.draw import (
    FEED_ENDS,
    JUST_UNDER,
    LATE_LABELS,
    MONTH_END,
    MOVES_ON,
    ONE_CASE,
    ONE_PAIR,
    RISKS,
    SAME_DAY,
    SLUG,
    WEEKS,
    Draw,
)
from curriculum.support.worlds import kept_for_worlds


@dataclass(frozen=True)
class Risk:
    """One way in which a pod like this fails."""

    id: str
    table: str
    """The table that says whether it is live."""
    measure: str
    """The column of `watch` that moves before it does harm."""
    owners: frozenset[str]
    changes: frozenset[str]
    facts: frozenset[str]
    """Facts that bear on it."""
    costs: float
    """Part of the loss that it brings back if nobody looks. Assumed."""
    level: float
    """What the measure usually is."""


def _risk(id: str, table: str, measure: str, owners: str, changes: str, facts: str, costs: float, level: float) -> Risk:
    able, helping, bearing = (frozenset(text.split()) for text in (owners, changes, facts))
    return Risk(id, table, measure, able, helping, bearing, costs, level)


CATALOGUE = MappingProxyType({one.id: one for one in (
    _risk(ONE_CASE, "losses", "largest_share", "conrad edda", "count_apart", "recall_wait", 0.08, 11.0),
    _risk(LATE_LABELS, "losses", "reported_late", "arjun esi", "wait_for_labels", "labels_late", 0.05, 14.0),
    _risk(MOVES_ON, "rule_history", "other_rail", "arjun esi conrad", "watch_two_rails", "fraud_moved", 0.10, 23.0),
    _risk(ONE_PAIR, "people", "waiting_release", "arjun esi", "second_releaser", "only_one", 0.06, 4.0),
    _risk(FEED_ENDS, "notices", "blank_scores", "beatriz arjun", "second_feed", "unseen_rings split_by_payment",
          0.08, 3.0),
    _risk(MONTH_END, "weekly", "uncalled", "esi edda", "month_end_shift", "label_day_price instant_gone", 0.05, 9.0),
    _risk(JUST_UNDER, "losses", "just_below", "conrad esi", "lower_limit", "may_decide", 0.07, 6.0),
    _risk(SAME_DAY, "contracts", "late_clause", "rhona edda", "exempt_clause", "same_day movable", 0.05, 7.0),
)})  # fmt: skip
MEASURES = (*(risk.measure for risk in CATALOGUE.values()), "velocity", "logins")
OTHER_LEVELS = MappingProxyType({"velocity": 11.0, "logins": 41.0})
EMPTY_CHANGES = frozenset({"watch_closely", "talk_more"})
FUTURES = 40
HIGHEST = 1.8
"""Standard deviations that the highest of 26 calm weeks reaches, at least."""
HARM_AFTER = 5
"""Weeks from the first sign until harm is done."""


@dataclass(frozen=True)
class Watched:
    """How one measure behaves."""

    level: float
    scatter: float
    """Standard deviation from week to week."""


@kept_for_worlds(maxsize=16)
def behaviour(seed: int) -> Mapping[str, Watched]:
    """The measures of one world, by column of `watch`."""
    rng = random(SLUG, seed, "watched")
    levels = {risk.measure: risk.level for risk in CATALOGUE.values()} | dict(OTHER_LEVELS)
    found = {}
    for name, level in levels.items():
        mine = level * float(rng.uniform(0.75, 1.35))
        found[name] = Watched(mine, mine * float(rng.uniform(0.05, 0.08)))
    return MappingProxyType(found)


def _noise(rng: np.random.Generator) -> np.ndarray:
    """Half a year of chance of exactly one standard deviation, so that what is read is what is there; its highest week
    is no lower than chance brings it, so that a bell just above it is a quiet one."""
    while True:
        noise: np.ndarray = rng.normal(0, 1, WEEKS)
        noise = (noise - noise.mean()) / noise.std(ddof=1)
        if noise.max() >= HIGHEST:
            return noise


@kept_for_worlds(maxsize=16)
def watch(seed: int) -> Columns:
    """Twenty-six calm weeks of each measure."""
    rng = random(SLUG, seed, "watch")
    columns = {"week": np.arange(1, WEEKS + 1)}
    for name, one in behaviour(seed).items():
        columns[name] = np.round(one.level + one.scatter * _noise(rng), 2)
    return frozen_columns(**columns)


@dataclass(frozen=True)
class Ahead:
    """Weeks ahead of one measure, several times, and when harm comes: weeks count from 1."""

    weeks: np.ndarray
    """Futures × weeks in which the risk does its work."""
    calm: np.ndarray
    """The same futures in which it does nothing."""
    harm: np.ndarray
    """The week of harm, by future."""


def ahead(seed: int, risk: str) -> Ahead:
    """What the measure of a risk does in the coming half-year."""
    rng, one = random(SLUG, seed, f"ahead/{risk}"), behaviour(seed)[CATALOGUE[risk].measure]
    calm = rng.normal(one.level, one.scatter, (FUTURES, WEEKS))
    onset = rng.integers(10, 15, FUTURES)
    size = rng.uniform(5.0, 7.0, FUTURES) * one.scatter
    since = np.arange(1, WEEKS + 1)[None, :] - onset[:, None] + 1
    ramp = np.clip(since / 3, 0, 1)
    return Ahead(calm + ramp * size[:, None], calm, onset + HARM_AFTER)


def fires(weeks: np.ndarray, threshold: float, running: float) -> np.ndarray:
    """The first week in which a series has been above a threshold for so many weeks; 0 where never. By future."""
    above, need = weeks > threshold, max(1, round(running))
    if need > weeks.shape[1]:
        return np.zeros(len(weeks), dtype=int)
    runs = [above[:, start : weeks.shape[1] - need + 1 + start] for start in range(need)]
    held: np.ndarray = np.all(np.stack(runs), axis=0)
    return np.where(np.any(held, axis=1), np.argmax(held, axis=1) + need, 0)


@dataclass(frozen=True)
class Rung:
    """Parts of the futures in which a signal rings."""

    in_time: float
    """Before harm."""
    in_vain: float
    """Although all is calm."""
    at_all: float
    """Whenever, where the risk does its work."""


def rung(seed: int, risk: str, threshold: float, running: float) -> Rung:
    """How a signal with this threshold, for so many weeks running, does in the futures of a risk."""
    one = ahead(seed, risk)
    first = fires(one.weeks, threshold, running)
    false = fires(one.calm, threshold, running)
    return Rung(float(((first > 0) & (first < one.harm)).mean()), float((false > 0).mean()), float((first > 0).mean()))


def contracts(seed: int, shape: Draw) -> Columns:
    """Thirty contracts: whether a clause asks for the same day, and what part of volume each is."""
    rng = random(SLUG, seed, "contracts")
    part = rng.dirichlet(np.full(30, 4.0))
    order = rng.permutation(30)
    aim = float(rng.uniform(0.27, 0.38)) if SAME_DAY in shape.live else float(rng.uniform(0.02, 0.05))
    chosen = np.cumsum(part[order]) <= aim
    chosen[0] = True
    clause = np.full(30, "within two days", dtype=object)
    clause[order[chosen]] = "same day"
    return frozen_columns(contract=np.arange(1, 31), clause=clause.astype(str), volume_pct=np.round(100 * part, 1))


def same_day_pct(table: Columns) -> float:
    return float(table["volume_pct"][table["clause"] == "same day"].sum())


def rule_history(seed: int, shape: Draw) -> Columns:
    """Twelve weeks before a past rule and twelve after: what it was made for, and the other rail. Euros."""
    rng = random(SLUG, seed, "rule")
    came_back = float(rng.uniform(0.78, 0.95)) if MOVES_ON in shape.live else float(rng.uniform(0.02, 0.08))
    weeks = np.array([*range(-12, 0), *range(1, 13)])
    aimed = np.where(weeks < 0, 42_000.0, 17_000.0)
    # As much as was saved goes to the other rail, in six weeks.
    other = 12_000.0 + came_back * 25_000.0 * np.clip(weeks / 6, 0, 1)
    noise = np.exp(rng.normal(0, 0.04, (2, 24)))
    return frozen_columns(
        week=weeks,
        the_rail_eur=np.round(aimed * noise[0], -2).astype(int),
        the_other_rail_eur=np.round(other * noise[1], -2).astype(int),
    )


def moved_pct(table: Columns) -> float:
    """Of 100 euros that the rule stopped, those that were lost by the other rail in the last six weeks."""
    before, after = table["week"] < 0, table["week"] > 6
    saved = table["the_rail_eur"][before].mean() - table["the_rail_eur"][after].mean()
    more = table["the_other_rail_eur"][after].mean() - table["the_other_rail_eur"][before].mean()
    return float(100 * more / saved)


def notices(seed: int, shape: Draw) -> Columns:
    """Nine notices of suppliers and neighbours, one of them about the feed of rings."""
    rng = random(SLUG, seed, "notices")
    ends = int(rng.integers(6, 12))
    feed = (
        f"contract ends in week {ends}, no successor" if FEED_ENDS in shape.live else "contract renewed for two years"
    )
    rows = [
        ("Feed of known rings", feed), ("Office", "the lifts are repaired in week 3"),
        ("Bank holiday calendar", "renewed for two years"), ("Call centre line", "new number from week 2"),
        ("Card scheme", "fee rises by 2 percent in week 9"), ("Cloud", "region moves in week 20, no downtime"),
        ("Sanctions list", "contract renewed for one year"), ("Training rooms", "closed in week 7"),
        ("Address service", "contract renewed for three years"),
    ]  # fmt: skip
    order = rng.permutation(len(rows))
    return frozen_columns(
        about=np.array([rows[one][0] for one in order]), what=np.array([rows[one][1] for one in order])
    )


def live(shape: Draw) -> tuple[str, ...]:
    """The live risks in the order of the catalogue."""
    return tuple(risk for risk in RISKS if risk in shape.live)
