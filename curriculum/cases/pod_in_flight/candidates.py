"""The runs of a quarter, and what four candidates catch on both halves of the weeks, by slice and by calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.pod_in_flight.draw import (
    AT_FIVE,
    BOARD_CALLS,
    CALLS,
    CANDIDATES,
    FEATURE_SETS,
    FEATURES,
    HALVES,
    NO_RERUN,
    OLD,
    PROTECTED,
    RANDOM,
    SLICES,
    SLOW,
    SLUG,
    TUNED,
    Draw,
)
from curriculum.support.worlds import kept_for_worlds

FRAUDS = 2_600
"""In each half of the weeks."""
CAUGHT_BEFORE = {2: 43.0, 3: 50.0, 4: 55.0, 5: 59.0, 6: 62.0}
"""Of a hundred frauds, what the old champion catches, by calls for each thousand payments."""
AGAIN = "_again"
RERUNS = tuple(f"{name}{AGAIN}" for name in CANDIDATES)
ON_HOLDOUT = (OLD, *CANDIDATES, *RERUNS)
FURTHER = tuple(f"run_{number:02d}" for number in range(1, 23))
"""Nine on random splits, twelve tuned on the opened half, one that failed."""
ALL_RUNS = (OLD, *CANDIDATES, *RERUNS, *FURTHER)


@dataclass(frozen=True, eq=False)
class Caught:
    """What each run catches: points over the old champion."""

    points: np.ndarray
    """By run of `ON_HOLDOUT`, half, slice and calls: caught of a hundred frauds, before rounding to whole frauds."""
    weights: np.ndarray
    """Part of all frauds, by slice."""


@kept_for_worlds(maxsize=8)
def caught(seed: int, shape: Draw) -> Caught:
    """What is caught in one world."""
    rng = random(SLUG, seed, "caught")
    weights = rng.dirichlet(np.full(len(SLICES), 60.0))
    level = rng.uniform(-4, 4)
    half_level = rng.uniform(-1.2, 1.2, 2)
    by_slice = _centred(rng.uniform(-5, 5, len(SLICES)), weights)
    before = np.array([CAUGHT_BEFORE[name] for name in CALLS]) + level
    points = np.zeros((len(ON_HOLDOUT), 2, len(SLICES), len(CALLS)))
    points[0] = before[None, None, :] + half_level[:, None, None] + by_slice[None, :, None]
    for number, name in enumerate(CANDIDATES, start=1):
        gains, over = _gains(rng, shape, name), _over(rng, shape, name)
        uneven = _uneven(rng, shape, name, weights, float(gains[CALLS.index(shape.calls)]))
        again = -rng.uniform(3.5, 6.0) if shape.flaws.get(name) == NO_RERUN else rng.uniform(-0.6, 0.6)
        for half, label in enumerate(HALVES):
            gain = gains + (over if label != shape.untouched else 0.0)
            points[number, half] = points[0, half] + uneven[:, None] + gain[None, :]
            points[number + len(CANDIDATES), half] = points[number, half] + again
    return Caught(np.clip(points, 1.0, 99.0), weights)


def _gains(rng: np.random.Generator, shape: Draw, name: str) -> np.ndarray:
    """Points over the old champion by calls, on the half that nobody has looked at."""
    flaw = shape.flaws.get(name, "")
    level = float(rng.uniform(5.5, 7.5) if name == shape.winner else rng.uniform(7.6, 10.0))
    if flaw == TUNED:
        return float(rng.uniform(-0.8, 0.9)) + rng.uniform(-0.3, 0.3, len(CALLS))
    gains = np.full(len(CALLS), level) + rng.uniform(-0.4, 0.4, len(CALLS))
    if flaw == AT_FIVE:
        now, high = float(rng.uniform(-1.0, 0.8)), float(rng.uniform(8.5, 11.0))
        gains = np.interp(CALLS, (shape.calls, BOARD_CALLS), (now, high)) + rng.uniform(-0.2, 0.2, len(CALLS))
    return gains


def _over(rng: np.random.Generator, shape: Draw, name: str) -> float:
    """How much better a run looks on the half that it was chosen on."""
    if shape.flaws.get(name) == TUNED:
        return float(rng.uniform(9.5, 12.0))
    return float(rng.uniform(1.6, 3.0))


def _uneven(rng: np.random.Generator, shape: Draw, name: str, weights: np.ndarray, gain: float) -> np.ndarray:
    """How a gain of so many points is spread over slices; the mean of the spread is nothing."""
    spread = _centred(rng.uniform(-1.8, 1.8, len(SLICES)), weights)
    if shape.flaws.get(name) in (AT_FIVE, TUNED):
        spread *= 0.2  # it gains nothing anywhere, and that is all that is wrong with it
    change = {}
    if shape.flaws.get(name) == PROTECTED:
        change[shape.protected[int(rng.integers(0, 2))]] = -float(rng.uniform(12, 20))
    elif name == shape.winner:
        if shape.sacrificed:
            change[shape.sacrificed] = -float(rng.uniform(7, 12))
        if shape.grazed:
            change[shape.grazed] = -float(rng.uniform(0.5, shape.floor - 0.6))
    for falls, points in change.items():
        row = SLICES.index(falls)
        taken = spread[row] + gain - points
        spread[row] -= taken
        others = np.array([other not in change for other in SLICES])
        spread[others] += taken * weights[row] / weights[others].sum()
    return spread


def _centred(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.asarray(values - (values * weights).sum())


def holdout(seed: int, shape: Draw) -> Columns:
    """One row a run, half, slice and number of calls: frauds, and how many of them were caught."""
    found = caught(seed, shape)
    frauds = np.round(FRAUDS * found.weights).astype(int)
    count = (len(ON_HOLDOUT), 2, len(SLICES), len(CALLS))
    all_frauds = np.broadcast_to(frauds[None, None, :, None], count)
    return frozen_columns(
        run=np.repeat(ON_HOLDOUT, 2 * len(SLICES) * len(CALLS)),
        weeks=np.tile(np.repeat(HALVES, len(SLICES) * len(CALLS)), len(ON_HOLDOUT)),
        slice=np.tile(np.repeat(SLICES, len(CALLS)), 2 * len(ON_HOLDOUT)),
        calls_per_1000=np.tile(CALLS, 2 * len(ON_HOLDOUT) * len(SLICES)),
        frauds=all_frauds.reshape(-1).copy(),
        caught=np.round(all_frauds * found.points / 100).astype(int).reshape(-1),
    )


@dataclass(frozen=True)
class Gain:
    """Points that a run catches over another, of a hundred frauds, with the interval of 95 in 100."""

    change: float
    error: float

    @property
    def low(self) -> float:
        return self.change - 1.96 * self.error

    @property
    def high(self) -> float:
        return self.change + 1.96 * self.error


def read_gain(table: Columns, run: str, weeks: str, calls: int, slice_: str = "", over: str = OLD) -> Gain:
    """What a run catches over another one, from the table; both are read as if they had different frauds.

    Nothing, with no error, where the table has no such rows.
    """
    here = (np.asarray(table["weeks"]) == weeks) & (np.asarray(table["calls_per_1000"]) == calls)
    if slice_:
        here &= np.asarray(table["slice"]) == slice_
    shares, count = [], 0.0
    for name in (run, over):
        rows = here & (np.asarray(table["run"]) == name)
        count = float(np.asarray(table["frauds"])[rows].sum())
        if not count:
            return Gain(0.0, 0.0)
        shares.append(float(np.asarray(table["caught"])[rows].sum()) / count)
    error = float(np.sqrt(sum(share * (1 - share) for share in shares) / count))
    return Gain(100 * (shares[0] - shares[1]), 100 * error)


def features_of(seed: int, shape: Draw) -> Mapping[str, str]:
    """The feature set that each candidate reads; the old champion reads the core."""
    rng = random(SLUG, seed, "features")
    served = [name for name in FEATURE_SETS if name != shape.missing]
    picked = {name: served[int(rng.integers(0, len(served)))] for name in CANDIDATES}
    lacking = {name: shape.missing for name, flaw in shape.flaws.items() if flaw == FEATURES}
    return {OLD: "core", **picked, **lacking}


def bench(seed: int, shape: Draw) -> Mapping[str, float]:
    """The 95th percentile of a score's time on the bench (ms), of the old champion and of candidates."""
    rng = random(SLUG, seed, "bench")
    loaded = {name: rng.uniform(195, 240) if shape.flaws.get(name) == SLOW else rng.uniform(112, 164)
              for name in CANDIDATES}  # fmt: skip
    return {OLD: round(100 / shape.factor, 0), **{name: round(value / shape.factor, 0)
                                                 for name, value in loaded.items()}}  # fmt: skip


def runs(seed: int, shape: Draw) -> Columns:
    """The board, in the order in which runs were begun: what each logged, and on which split."""
    rng = random(SLUG, seed, "runs")
    table, features, times = caught(seed, shape), features_of(seed, shape), bench(seed, shape)
    at_five, half = CALLS.index(BOARD_CALLS), HALVES.index(shape.opened_half)
    overall = (table.points[:, half, :, at_five] * table.weights[None, :]).sum(1)
    board = dict(zip(ON_HOLDOUT, overall, strict=True))
    no_hash, no_seed = set(FURTHER[2:12:2]), {FURTHER[1], FURTHER[5], FURTHER[9]}
    rows = []
    for name in ALL_RUNS:
        first = name.removesuffix(AGAIN)
        split, value, status = shape.opened_half, board.get(name, 0.0), "finished"
        if name in FURTHER[:9]:
            split, value = RANDOM, board[OLD] + rng.uniform(15, 22)
        elif name in FURTHER[9:21]:
            value = board[OLD] + rng.uniform(-4, 4.5)
        elif name == FURTHER[21]:
            value, status = np.nan, "failed"
        millis = times.get(first, float(rng.integers(48, 120))) + (rng.integers(-1, 2) if name.endswith(AGAIN) else 0)
        rows.append((
            name, f"{int(rng.integers(0, 16**7)):07x}", "" if name in no_hash else f"{int(rng.integers(0, 16**8)):08x}",
            split, "" if name in no_seed else str(int(rng.integers(1, 9000))),
            features.get(first, FEATURE_SETS[int(rng.integers(0, 4))]), first if name.endswith(AGAIN) else "",
            round(float(value), 1), float(millis), status,
        ))  # fmt: skip
    order = [0, *(1 + rng.permutation(len(rows) - 1))]
    names = ("run", "commit", "data_hash", "split", "seed", "features", "rerun_of", "caught_at_5", "p95_bench_ms",
             "status")  # fmt: skip
    return frozen_columns(**{name: np.array([rows[int(place)][column] for place in order])
                             for column, name in enumerate(names)})  # fmt: skip
