"""Ninety nightly builds and what each proved to be, what gates cost, what rollbacks put back, which checks exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.pod_in_flight.draw import MODEL, PARTS, SLUG, Draw
from curriculum.support.worlds import kept_for_worlds

NULLS, SKEW, LEAK, METRIC, SLICE, LOAD, SIGNATURE = "nulls", "skew", "leak", "metric", "slices", "load", "signature"
APPROVAL = "approval"
MEASURED = (NULLS, SKEW, LEAK, METRIC, SLICE, LOAD)
"""Gates with a limit."""
MACHINES = (*MEASURED, SIGNATURE)
BELOW = {METRIC, SLICE}
"""Gates that stop what lies below their limit; the others stop what lies above."""
COLUMNS = {NULLS: "null_pct", SKEW: "skew_pct", LEAK: "gap_points", METRIC: "change_points",
           SLICE: "worst_slice_points",
           LOAD: "p95_loaded_ms", SIGNATURE: "signed"}  # fmt: skip
GOOD = "good"
BUILDS, UNSEEN = 90, 240
GOOD_PART = 0.55
SPREADS = 2.6
"""Standard deviations from the mean of good builds at which exemplars set their limits."""
TRAINING_DATA, DASHBOARD = "training_data", "dashboard"
AREAS = ("data", "model_tests", "infrastructure", "monitoring")


@dataclass(frozen=True, eq=False)
class Nights:
    """What good builds look like in one world, how often each fault comes, and what a gate costs."""

    mean: Mapping[str, float]
    spread: Mapping[str, float]
    share: Mapping[str, float]
    """Part of all bad builds, by the gate that is meant to stop it."""
    minutes: Mapping[str, float]


@kept_for_worlds(maxsize=16)
def nights(seed: int) -> Nights:
    """The nights of one world."""
    rng = random(SLUG, seed, "nights")
    mean = {
        NULLS: float(rng.choice((0.4, 1.2, 4.5, 8.0))), SKEW: float(rng.uniform(0.3, 2.4)),
        LEAK: float(rng.uniform(0.4, 2.6)), METRIC: float(rng.uniform(0.0, 0.4)), SLICE: -float(rng.uniform(1, 5)),
        LOAD: float(rng.uniform(95, 175)),
    }  # fmt: skip
    spread = {NULLS: 0.15 * mean[NULLS], SKEW: 0.15 * mean[SKEW], LEAK: 0.16 * mean[LEAK], METRIC: 0.6, SLICE: 0.8,
              LOAD: 0.06 * mean[LOAD]}  # fmt: skip
    share = np.clip(rng.dirichlet(np.full(len(MACHINES), 2.2)), 0.05, 1)
    minutes = {NULLS: rng.uniform(1, 30), SKEW: rng.uniform(3, 30), LEAK: rng.uniform(4, 45),
               METRIC: rng.uniform(10, 60), SLICE: rng.uniform(5, 45), LOAD: rng.uniform(10, 70),
               SIGNATURE: rng.uniform(0.5, 12)}  # fmt: skip
    return Nights(mean, spread, dict(zip(MACHINES, (share / share.sum()).tolist(), strict=True)),
                  {name: round(float(value), 1) for name, value in minutes.items()})  # fmt: skip


def builds(seed: int, stream: str = "given", count: int = BUILDS) -> Columns:
    """Builds of one world, one a night; another stream gives nights that nobody has seen."""
    rng, usual = random(SLUG, seed, f"builds/{stream}"), nights(seed)
    bad = rng.permutation(np.arange(count) >= round(GOOD_PART * count))
    kinds = _spread_over(rng, usual, int(bad.sum()))
    proved = np.full(count, GOOD, dtype="U12")
    proved[bad] = kinds
    values = {name: np.clip(rng.normal(0, 1, count), -2.4, 2.4) * usual.spread[name] + usual.mean[name]
              for name in MEASURED}  # fmt: skip
    for name in (NULLS, SKEW, LEAK, LOAD):
        values[name][proved == name] = usual.mean[name] * rng.uniform(2.2, 3.3, count)[proved == name]
    values[METRIC][proved == METRIC] -= rng.uniform(6, 9, count)[proved == METRIC]
    values[SLICE][proved == SLICE] -= rng.uniform(6, 9, count)[proved == SLICE]
    # A fault is seen later, too: a leak flatters the metric, lost values and a weaker model pull others along a little.
    values[METRIC][proved == LEAK] += rng.uniform(3, 6, count)[proved == LEAK]
    values[METRIC][proved == NULLS] -= rng.uniform(0.2, 0.7, count)[proved == NULLS]
    values[SLICE][proved == METRIC] -= rng.uniform(0.0, 0.8, count)[proved == METRIC]
    digits = {NULLS: 2, SKEW: 2, LEAK: 2, METRIC: 2, SLICE: 2, LOAD: 0}
    return frozen_columns(
        night=np.arange(1, count + 1),
        **{COLUMNS[name]: np.round(values[name], digits[name]) for name in MEASURED},
        signed=np.where(proved == SIGNATURE, "no", "yes"),
        proved=proved,
    )


def _spread_over(rng: np.random.Generator, usual: Nights, count: int) -> np.ndarray:
    """Faults in their shares, at least two of each, in any order."""
    least = np.repeat(MACHINES, 2)
    rest = rng.choice(MACHINES, max(0, count - len(least)), p=[usual.share[name] for name in MACHINES])
    return rng.permutation(np.concatenate([least, rest]))[:count]


def limits(table: Columns, spreads: float = SPREADS) -> Mapping[str, float]:
    """What one reads from builds that proved good: the mean, and so many standard deviations to the bad side."""
    good = np.asarray(table["proved"]) == GOOD
    found = {}
    for name in MEASURED:
        values = np.asarray(table[COLUMNS[name]])[good]
        side = -1 if name in BELOW else 1
        found[name] = float(values.mean() + side * spreads * values.std(ddof=1))
    return found


def drills(seed: int, shape: Draw) -> Columns:
    """Twelve rollbacks: what was put back, how long it took, whether what ran then was whole."""
    rng = random(SLUG, seed, "drills")
    needed = [name for name in PARTS if name != shape.spare]
    full, sets = {*needed}, [{needed[0]}, {needed[1]}, {shape.spare}, {needed[0], shape.spare},
                             {needed[1], shape.spare}, set()]  # fmt: skip
    sets += [full, full, full, {*full, shape.spare}, {*full, TRAINING_DATA}, {needed[0], DASHBOARD}]
    base, each = rng.uniform(5, 12), {name: rng.uniform(3, 14) for name in PARTS}
    each |= {TRAINING_DATA: rng.uniform(150, 260), DASHBOARD: rng.uniform(12, 30)}
    rows = [(one, round(float(base + sum(each[name] for name in one) + rng.uniform(0, 6)))) for one in sets]
    order = rng.permutation(len(rows))
    return frozen_columns(
        drill=np.arange(1, len(rows) + 1),
        model=np.full(len(rows), "yes"),
        **{name: np.array(["yes" if name in rows[int(place)][0] else "no" for place in order])
           for name in (*PARTS, TRAINING_DATA, DASHBOARD)},
        minutes=np.array([rows[int(place)][1] for place in order]),
        whole_again=np.array(["yes" if full <= rows[int(place)][0] else "no" for place in order]),
    )  # fmt: skip


def whole_minutes(table: Columns, parts: frozenset[str]) -> tuple[float, ...]:
    """Minutes of the drills in which just these parts were put back and all was whole again."""
    names = (MODEL, *PARTS, TRAINING_DATA, DASHBOARD)
    found = []
    for row, minutes in enumerate(np.asarray(table["minutes"])):
        back = {name for name in names if np.asarray(table[name])[row] == "yes"}
        if back == parts and np.asarray(table["whole_again"])[row] == "yes":
            found.append(float(minutes))
    return tuple(found)


def needed_parts(table: Columns) -> frozenset[str]:
    """The smallest set of parts that made everything whole in every drill that put it back."""
    names = (*PARTS, TRAINING_DATA, DASHBOARD)
    whole = np.asarray(table["whole_again"]) == "yes"
    for size in range(len(names) + 1):
        for one in combinations(names, size):
            back = np.logical_and.reduce(
                [np.asarray(table[name]) == "yes" for name in one] or [np.ones(len(whole), bool)]
            )
            if back.any() and bool(whole[back].all()) and not bool(whole[~back].any()):
                return frozenset({MODEL, *one})
    raise AssertionError("no set of parts tells which drills were whole")


def checks(seed: int) -> Columns:
    """Seven checks in each of four areas, and which of them run by themselves today."""
    rng = random(SLUG, seed, "checks")
    low = int(rng.integers(0, len(AREAS)))
    counts = [int(rng.integers(1, 3)) if number == low else int(rng.integers(3, 8)) for number in range(len(AREAS))]
    what = {
        "data": ("schema", "null values", "ranges", "duplicates", "consent", "freshness", "training against serving"),
        "model_tests": ("old champion beside it", "slices", "rerun", "simple baseline", "tuning written down",
                        "calibration", "staleness"),
        "infrastructure": ("load", "rollback", "build from scratch", "canary", "signature", "two versions at once",
                           "debugging one score"),
        "monitoring": ("null values", "skew", "response time", "queue", "caught, when labels are there",
                       "worst slice", "who is called"),
    }  # fmt: skip
    done = []
    for count in counts:
        marks = np.array(["yes"] * count + ["no"] * (7 - count))
        done.append(rng.permutation(marks))
    return frozen_columns(area=np.repeat(AREAS, 7), check=np.array([name for area in AREAS for name in what[area]]),
                          runs_by_itself=np.concatenate(done))  # fmt: skip


def read_checks(table: Columns) -> Mapping[str, int]:
    """How many of seven checks run by themselves, by area."""
    here = np.asarray(table["runs_by_itself"]) == "yes"
    return {area: int((here & (np.asarray(table["area"]) == area)).sum()) for area in AREAS}
