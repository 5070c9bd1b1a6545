"""Two tests drawn by lot, a table of members in which tenure moves everything, cohorts that ripen, usual weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.feedback_loops.draw import (
    HIT,
    KEPT,
    LONG,
    NEW,
    REGULAR,
    SECOND,
    SEGMENTS,
    SLUG,
    STOPS,
    SWAPS,
    VARIETY,
    WORKOUTS,
    Draw,
)

WEEKS = 8
ARMS = {NEW: 16_000, REGULAR: 20_000, LONG: 20_000}
"""Members in each arm of the test of v2."""
METRICS = (HIT, SWAPS, VARIETY, STOPS, WORKOUTS, SECOND, KEPT)
COLUMNS = {HIT: "hit_rate_pct", SWAPS: "swaps_pct", VARIETY: "variety", STOPS: "early_stops_pct",
           WORKOUTS: "workouts", SECOND: "days_to_second", KEPT: "kept_pct"}  # fmt: skip
GOOD_WAY = {HIT: 1, SWAPS: -1, VARIETY: 1, STOPS: -1, WORKOUTS: 1, SECOND: -1, KEPT: 1}
"""1 where more is better."""
DIGITS = {HIT: 2, SWAPS: 2, VARIETY: 2, STOPS: 2, WORKOUTS: 3, SECOND: 3, KEPT: 2}
LEVELS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    HIT: {NEW: (36, 41), REGULAR: (46, 52), LONG: (59, 65)},
    SWAPS: {NEW: (26, 30), REGULAR: (20, 24), LONG: (15, 18)},
    VARIETY: {NEW: (4.6, 5.4), REGULAR: (6.4, 7.4), LONG: (7.6, 8.8)},
    STOPS: {NEW: (16, 19), REGULAR: (12, 14), LONG: (9, 11)},
    WORKOUTS: {NEW: (2.0, 2.4), REGULAR: (2.7, 3.1), LONG: (3.2, 3.6)},
    SECOND: {NEW: (4.8, 5.6), REGULAR: (3.6, 4.2), LONG: (2.8, 3.3)},
    KEPT: {NEW: (64, 70), REGULAR: (83, 87), LONG: (93.5, 95.5)},
}
EFFECTS: Mapping[str, tuple[float, float]] = {
    SWAPS: (1.8, 3.4), VARIETY: (0.5, 0.9), STOPS: (1.2, 2.2), WORKOUTS: (0.12, 0.22), SECOND: (0.3, 0.6)
}  # fmt: skip
"""How much v2 makes a measure better."""
STAYING: Mapping[str, tuple[float, float]] = {NEW: (2.4, 3.4), REGULAR: (1.5, 2.1), LONG: (1.0, 1.5)}
SCATTER: Mapping[str, float] = {HIT: 0.12, SWAPS: 0.07, VARIETY: 0.016, STOPS: 0.05, WORKOUTS: 0.004, SECOND: 0.011}
"""Chance in a week of an arm."""
USUAL: Mapping[str, tuple[float, float]] = {
    HIT: (49, 0.8), SWAPS: (22, 0.7), VARIETY: (6.8, 0.2), STOPS: (13, 0.5), WORKOUTS: (2.8, 0.07),
    SECOND: (4.0, 0.13), KEPT: (84, 0.5),
}  # fmt: skip
MEMBERS_SHOWN = 12_000


@dataclass(frozen=True)
class Effect:
    """What v2 did to a measure of some members."""

    change: float
    """v2 minus v1, in the measure's unit, in the last week."""
    error: float
    """Standard error."""
    good: int
    """1 where it is better beyond chance, -1 where worse, 0 where nobody can tell."""


def v2_test(seed: int, shape: Draw) -> Columns:
    """Both arms by segment and week."""
    rng = random(SLUG, seed, "v2_test")
    rows: dict[str, list[float | str]] = {name: [] for name in ("segment", "arm", "week", "members", *COLUMNS.values())}
    lags = dict(zip((VARIETY, STOPS, WORKOUTS, SECOND, SWAPS), shape.lags, strict=True)) | {HIT: 1}
    for segment in SEGMENTS:
        level = {name: rng.uniform(*LEVELS[name][segment]) for name in METRICS}
        effect = {name: GOOD_WAY[name] * rng.uniform(*EFFECTS[name]) for name in EFFECTS}
        effect[HIT] = shape.hit_gain + rng.uniform(-0.5, 0.5)
        stays = rng.uniform(*STAYING[segment])
        way = -rng.uniform(0.9, 1.2) if segment == shape.turns else 0.0 if segment == shape.nil else 1.0
        effect[shape.steering] *= way
        error = 100 * np.sqrt(2 * level[KEPT] / 100 * (1 - level[KEPT] / 100) / ARMS[segment])
        effect[KEPT] = stays * way + error * (0.2 if way == 0 else 0.5) * np.clip(rng.normal(), -1.8, 1.8)
        for arm in ("v1", "v2"):
            for week in range(1, WEEKS + 1):
                rows["segment"].append(segment)
                rows["arm"].append(arm)
                rows["week"].append(week)
                rows["members"].append(ARMS[segment])
                for name in METRICS:
                    value = level[name]
                    there = arm == "v2" and week >= lags.get(name, 1)
                    if name == KEPT:
                        final = value + (effect[KEPT] if arm == "v2" else 0)
                        value = 100 - (100 - final) * (week / WEEKS) ** 0.8
                    else:
                        value += (effect[name] if there else 0) + SCATTER[name] * np.clip(rng.normal(), -1.8, 1.8)
                    rows[COLUMNS[name]].append(round(float(value), DIGITS[name]))
    return frozen_columns(**{name: np.array(values) for name, values in rows.items()})


def read_effect(test: Columns, metric: str, segment: str) -> Effect:
    """What v2 did to a measure, from the table; `segment` may be "everyone", weighted by members."""
    parts = SEGMENTS if segment == "everyone" else (segment,)
    of = np.array([ARMS[name] for name in parts], float)
    last = np.asarray(test["week"]) == WEEKS
    changes, errors = [], []
    for name in parts:
        here = last & (np.asarray(test["segment"]) == name)
        values = [float(np.asarray(test[COLUMNS[metric]])[here & (np.asarray(test["arm"]) == arm)][0])
                  for arm in ("v1", "v2")]  # fmt: skip
        changes.append(values[1] - values[0])
        if metric == KEPT:
            errors.append(100 * float(np.sqrt(sum(v / 100 * (1 - v / 100) for v in values) / ARMS[name])))
        else:
            errors.append(SCATTER[metric] * 2**0.5)
    change = float(np.average(changes, weights=of))
    error = float(np.sqrt(np.sum((np.array(errors) * of) ** 2)) / of.sum())
    sure = 1.96 if metric == KEPT else 4.0
    good = 0 if abs(change) <= sure * error else int(np.sign(change)) * GOOD_WAY[metric]
    return Effect(change, error, good)


def read_lag(test: Columns, metric: str, segment: str) -> int:
    """The first week in which v2 is seen in a measure; of staying, the week in which it is counted."""
    if metric == KEPT:
        return WEEKS
    parts = SEGMENTS if segment == "everyone" else (segment,)
    weeks, total = np.asarray(test["week"]), np.zeros(WEEKS)
    for name in parts:
        here = np.asarray(test["segment"]) == name
        values = np.asarray(test[COLUMNS[metric]])
        arms = [values[here & (np.asarray(test["arm"]) == arm)] for arm in ("v1", "v2")]
        total = np.maximum(total, np.abs(arms[1] - arms[0]))
    seen = np.flatnonzero(total > 0.5 * np.median(total[4:]))
    return int(weeks[seen[0]]) if len(seen) else WEEKS


def without_test(seed: int, shape: Draw) -> Columns:
    """Eight weeks with and without the model's suggestions, drawn by lot; the same number in both arms."""
    rng = random(SLUG, seed, "without_test")
    loss = float(rng.uniform(0.3, 1.0))
    kept = {name: rng.uniform(*LEVELS[KEPT][name]) for name in SEGMENTS}
    parts = rng.dirichlet((6, 6, 6)) * 3
    count = 16_000
    rows = [(name, arm, count, round(count * (kept[name] - (loss * parts[number] if arm == "without" else 0)) / 100))
            for number, name in enumerate(SEGMENTS) for arm in ("with", "without")]  # fmt: skip
    return frozen_columns(
        segment=np.array([row[0] for row in rows]), arm=np.array([row[1] for row in rows]),
        members=np.array([row[2] for row in rows]), kept=np.array([row[3] for row in rows]),
    )  # fmt: skip


def read_loss(test: Columns) -> tuple[float, float]:
    """Points fewer who stay for eight weeks without suggestions, and the standard error."""
    without = np.asarray(test["arm"]) == "without"
    shares = [float(np.asarray(test["kept"])[rows].sum() / np.asarray(test["members"])[rows].sum())
              for rows in (~without, without)]  # fmt: skip
    count = float(np.asarray(test["members"])[without].sum())
    error = float(np.sqrt(sum(share * (1 - share) for share in shares) / count))
    return 100 * (shares[0] - shares[1]), 100 * error


def members(seed: int, shape: Draw) -> Columns:
    """Members as they are: tenure and a will of their own move hits and staying alike."""
    rng = random(SLUG, seed, "members")
    segment = rng.choice(3, MEMBERS_SHOWN, p=(0.25, 0.4, 0.35))
    low, high = np.array([(1, 8), (9, 52), (53, 200)]).T
    tenure = rng.integers(low[segment], high[segment] + 1)
    will = rng.uniform(0, 1.1, MEMBERS_SHOWN)
    hit_level, kept_level, active = (
        np.array([np.mean(LEVELS[name][part]) for part in SEGMENTS]) for name in (HIT, KEPT, WORKOUTS)
    )
    hit = hit_level[segment] + 9 * (will - 0.55) + rng.normal(0, 6, MEMBERS_SHOWN)
    chance = kept_level[segment] / 100 + (1 - kept_level[segment] / 100) * 0.8 * (will - 0.55)
    return frozen_columns(
        segment=np.array(SEGMENTS)[segment],
        tenure_weeks=tenure,
        hit_rate_pct=np.round(np.clip(hit, 5, 95), 1),
        workouts=np.round(np.clip(active[segment] + will - 0.55 + rng.normal(0, 0.5, MEMBERS_SHOWN), 0.2, 7), 1),
        kept=(rng.uniform(0, 1, MEMBERS_SHOWN) < np.clip(chance, 0.02, 0.99)).astype(int),
    )


def raw_slope(table: Columns) -> float:
    """Points of staying that go with ten points of hits, over all members."""
    return float(10 * np.polyfit(np.asarray(table["hit_rate_pct"]), 100.0 * np.asarray(table["kept"]), 1)[0])


def cohorts(seed: int, shape: Draw) -> Columns:
    """Who joined in each week, and what is left of them so far."""
    rng = random(SLUG, seed, "cohorts")
    level = rng.uniform(64, 70)
    weeks = np.arange(1, 53)
    final = level + rng.normal(0, 1.4, 52)
    age = np.clip((52 - weeks) / shape.ripe, 0, 1)
    return frozen_columns(
        week=weeks, joined=rng.integers(1500, 3000, 52), kept_so_far_pct=np.round(100 - (100 - final) * age**0.7, 1)
    )


def usual(seed: int, shape: Draw) -> Columns:
    """Fifty-two weeks of each measure, everybody together."""
    rng = random(SLUG, seed, "usual")
    columns: dict[str, np.ndarray] = {"week": np.arange(1, 53)}
    for name in METRICS:
        level, scatter = USUAL[name]
        size = scatter * np.exp(rng.uniform(-0.9, 0.9))
        columns[COLUMNS[name]] = np.round(level + size * np.clip(rng.normal(0, 1, 52), -2.2, 2.2), 3)
    return frozen_columns(**columns)


def read_scatter(table: Columns, metric: str) -> float:
    """Standard deviation of a measure from week to week."""
    return float(np.std(np.asarray(table[COLUMNS[metric]]), ddof=1))
