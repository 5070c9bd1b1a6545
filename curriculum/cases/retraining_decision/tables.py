"""The tables of one world, and what each of them says when it is read as a professional would read it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.retraining_decision.draw import PROXIES, SLICES, SLUG, Draw
from curriculum.cases.retraining_decision.trigger import WEEKS as AUC_WEEKS
from curriculum.cases.retraining_decision.trigger import weekly_decline

TESTS, BEFORE_AFTER = 9, 7
SCATTER = 0.35
"""Percent by which launches differ beyond the error that each of them states."""
SURE = 1.96
CHANGED = MappingProxyType({"features": 14, "refresh": 14, "page": 12})
EVENING = (18, 19, 20, 21)
TRAFFIC_WEEKS = 26
AUC_START = 0.742


@dataclass(frozen=True)
class Slope:
    """Percent more orders for 0.01 AUC, from launches, with the interval of 95 in 100."""

    low: float
    base: float
    high: float


def fitted_slope(gain: np.ndarray, change: np.ndarray, se: np.ndarray) -> Slope:
    """The line through nought, each launch weighted by its own error and by the scatter between launches."""
    weight = 1 / (np.asarray(se) ** 2 + SCATTER**2)
    gain, change = np.asarray(gain), np.asarray(change)
    base = float(np.sum(weight * gain * change) / np.sum(weight * gain**2))
    error = float(1 / math.sqrt(np.sum(weight * gain**2)))
    return Slope(base - SURE * error, base, base + SURE * error)


def launches(seed: int, shape: Draw) -> Columns:
    """Sixteen launches of a score with what they had promised offline and what was seen."""
    rng = random(SLUG, seed, "launches")
    count = TESTS + BEFORE_AFTER
    tested = np.arange(count) < TESTS
    gain = np.round(rng.uniform(0.4, 1.7, count), 2)
    se = np.round(np.where(tested, rng.uniform(0.18, 0.42, count), rng.uniform(0.1, 0.2, count)), 2)
    change = shape.slope * gain + rng.normal(0, SCATTER, count) * 0.7 + rng.normal(0, 1, count) * se
    change = np.where(tested, change, change + shape.season + rng.uniform(-0.4, 0.4, count))
    change[:TESTS] += (shape.slope - fitted_slope(gain[:TESTS], change[:TESTS], se[:TESTS]).base) * gain[:TESTS]
    order = rng.permutation(count)
    return frozen_columns(
        launch=np.arange(1, count + 1),
        measured_by=np.where(tested, "test with a control", "before and after")[order],
        auc_gain=np.round(gain / 100, 4)[order],
        change_pct=np.round(change, 2)[order],
        se_pct=se[order],
    )


def candidates(seed: int, shape: Draw) -> Columns:
    """What both candidates gained offline: on a random split and on later weeks, by who is counted."""
    rng = random(SLUG, seed, "candidates")
    rows: list[tuple[str, str, str, float]] = []
    everybody = shape.gain * shape.covered / 100
    weak = -float(rng.uniform(0.4, 0.9))
    for split, factor in (("random", shape.inflated), ("later weeks", 1.0)):
        rows.append(("new features", split, "everybody", factor * everybody))
        rows.append(("new features", split, "sessions with the features", factor * shape.gain))
        for name in SLICES:
            usual = weak if split == "later weeks" else 0.35
            other = factor * everybody * float(rng.uniform(0.85, 1.3))
            rows.append(("new features", split, name, usual if name == shape.slice else other))
        rows.append(("refresh", split, "everybody", shape.refresh_gain * (1.0 if factor == 1.0 else 1.15)))
    columns = list(zip(*rows, strict=True))
    return frozen_columns(
        candidate=np.array(columns[0]), split=np.array(columns[1]), who=np.array(columns[2]),
        auc_gain=np.round(np.array(columns[3], float) / 100, 5),
    )  # fmt: skip


def changes(seed: int, shape: Draw) -> Columns:
    """Forty changes of the score and its page: whether they failed, and how long that went on."""
    rng = random(SLUG, seed, "changes")
    kinds = np.repeat(list(CHANGED), list(CHANGED.values()))
    many = {"features": int(rng.integers(4, 7)), "refresh": int(rng.integers(1, 3)), "page": 1}
    failed = np.concatenate([np.arange(CHANGED[kind]) < many[kind] for kind in CHANGED])
    unseen = np.round(np.clip(rng.normal(shape.unseen, 6, len(kinds)), 6, 80)).astype(float)
    recover = np.where(kinds == "features", np.round(np.clip(rng.normal(shape.recover, 3, len(kinds)), 4, 40)), 0.5)
    lost = np.round(shape.loss * rng.uniform(0.85, 1.15, len(kinds)), -1)
    order = rng.permutation(len(kinds))
    return frozen_columns(
        kind=kinds[order],
        failed=failed[order],
        hours_unseen=np.where(failed, unseen, np.nan)[order],
        hours_to_recover=np.where(failed, recover, np.nan)[order],
        lost_eur_per_hour=np.where(failed, lost, np.nan)[order],
    )


def traffic(seed: int, shape: Draw, slices: Mapping[str, int]) -> Columns:
    """The last 26 weeks of the shop."""
    rng = random(SLUG, seed, "traffic")
    sessions = np.round(shape.sessions * 7 * rng.uniform(0.96, 1.04, TRAFFIC_WEEKS)).astype(int)

    def about(value: float, by: float) -> np.ndarray:
        drawn = value + rng.uniform(-by, by, TRAFFIC_WEEKS)
        return np.round(drawn - drawn.mean() + value, 1)

    return frozen_columns(
        week=np.arange(1, TRAFFIC_WEEKS + 1),
        sessions=sessions,
        orders=np.round(sessions * shape.conversion * rng.uniform(0.98, 1.02, TRAFFIC_WEEKS)).astype(int),
        basket_eur=about(shape.basket, 1.5),
        contribution_pct=about(100 * shape.contribution, 0.8),
        covered_pct=about(float(shape.covered), 1.0),
        errors_pct=np.round(shape.errors + rng.uniform(-0.04, 0.04, TRAFFIC_WEEKS), 2),
        missing_pct=about(shape.missing, 0.3),
        **{f"{name}_pct": about(float(slices[name]), 0.8) for name in SLICES},
    )


def traces(seed: int, shape: Draw) -> Columns:
    """Four thousand requests from the shop's own measuring, both versions side by side."""
    rng = random(SLUG, seed, "traces")
    count = 4000
    hour = rng.choice(24, count, p=DAY_PROFILE)
    variant = np.where(rng.permutation(count) < count // 2, "v7", "with new features")
    evening = np.isin(hour, EVENING)
    milliseconds = np.exp(rng.normal(0, 0.3, count)) * np.where(evening, 1.0, 0.82)
    for name, goal in (("v7", float(shape.p95)), ("with new features", evening_p95(seed, shape))):
        mine = variant == name
        milliseconds[mine] *= goal / float(np.percentile(milliseconds[mine & evening], 95))
    return frozen_columns(hour=hour, variant=variant, ms=np.round(milliseconds, 1))


def evening_p95(seed: int, shape: Draw) -> float:
    """Milliseconds of the new features in the evening, as they were measured."""
    rng = random(SLUG, seed, "p95")
    return shape.limit + float(rng.uniform(14, 30)) if shape.limit_breaks else shape.p95 + float(rng.uniform(3, 8))


DAY_PROFILE = np.array([1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 6, 6, 5, 5, 5, 6, 8, 9, 9, 7, 4, 2], float)
DAY_PROFILE = DAY_PROFILE / DAY_PROFILE.sum()
"""How the traffic of a day spreads over its hours."""

JOB = {"stock_orders": "job 417", "ad_bids": "job 233", "returns_forecast": "job 508"}


def scores_read(seed: int, shape: Draw) -> Columns:
    """A log of who read what: pages that read the order of things all day, and one job that reads raw scores."""
    rng = random(SLUG, seed, "reads")
    others = [name for name in JOB if name != shape.reader]
    rows = [("start page", int(hour), "rank") for hour in rng.choice(24, 120, p=DAY_PROFILE)]
    rows += [("search", int(hour), "rank") for hour in rng.choice(24, 90, p=DAY_PROFILE)]
    rows += [("newsletter", 6, "top 20") for _ in range(20)]
    rows += [(JOB[others[0]], 2, "top 20") for _ in range(20)] + [(JOB[others[1]], 3, "rank") for _ in range(20)]
    rows += [(JOB[shape.reader], 4, "score") for _ in range(30)]
    order = rng.permutation(len(rows))
    names, hours, fields = zip(*(rows[index] for index in order), strict=True)
    return frozen_columns(reader=np.array(names), hour=np.array(hours), field=np.array(fields))


def proxies(seed: int, shape: Draw) -> Columns:
    """Forty releases: three signals of the first week, and the returns that were counted 30 days later."""
    rng = random(SLUG, seed, "proxies")
    returns = rng.normal(0, 9, 40)
    columns = {
        name: np.round(0.9 * returns + rng.normal(0, 3, 40) if name == shape.proxy else rng.normal(0, 9, 40), 1)
        for name in PROXIES
    }
    return frozen_columns(release=np.arange(1, 41), **columns, returns_30d=np.round(returns, 1))


def auc_weekly(seed: int, shape: Draw) -> Columns:
    """Forty weeks of v7 on fresh data; whether it falls is exact, and hidden by the weeks' noise."""
    rng, weeks = random(SLUG, seed, "auc"), np.arange(AUC_WEEKS)
    noise = rng.normal(0, shape.auc_noise, AUC_WEEKS)
    noise -= np.polyval(np.polyfit(weeks, noise, 1), weeks)
    fall = weekly_decline(shape.refresh_gain) if shape.ages else 0.0
    return frozen_columns(week=weeks + 1, auc=np.round(AUC_START + (noise - fall * weeks) / 1000, 4))


_PIECES = (
    "search ranking, second stage", "size advice", "faster start page", "outlet prices", "stock on the page",
    "app home", "newsletter blocks", "returns form", "store finder", "gift cards", "bundles", "reviews first",
    "delivery dates", "wish list",
)  # fmt: skip


def work(seed: int, shape: Draw) -> Columns:
    """What was built before, as it was estimated and as it came, and what is estimated now."""
    rng = random(SLUG, seed, "work")
    estimated = rng.integers(8, 60, len(_PIECES)) * 10
    factor = rng.uniform(0.75, 1.25, len(_PIECES))
    factor *= shape.overrun * estimated.sum() / float((factor * estimated).sum())
    return frozen_columns(
        piece=np.array([*_PIECES, "refresh of v7", "new features"]),
        estimated_h=np.array([*estimated, shape.refresh_hours, shape.features_hours]),
        actual_h=np.array([*np.round(estimated * factor), np.nan, np.nan]),
    )
