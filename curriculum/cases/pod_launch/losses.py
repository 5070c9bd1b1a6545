"""Losses and volume of 26 weeks, and what can be read off them: a baseline, shares of kinds, how late reports come."""

from __future__ import annotations

import math

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.pod_launch.draw import JUST_UNDER, KINDS, ONE_CASE, SLUG, WEEKS, Draw

A_WEEK = 22
"""Losses a week at first."""
MEAN_EUR, SPREAD = 5200.0, 0.75
FADES, MOST, ALWAYS = 16.0, 0.62, 0.12
"""A recall after h hours brings back 62·e^(−h/16) of 100; insurance and banks pay 12 of 100 whatever is done."""
AT_ONCE_HOURS = 1.0
LIMIT_EUR = 10_000
"""From here on a second person approves a payment today."""
BPS = 1e4


def comes_back(hours: np.ndarray | float) -> np.ndarray:
    """What part of a loss a recall brings back, this many hours after it happened."""
    return np.asarray(MOST * np.exp(-np.asarray(hours, dtype=float) / FADES))


def losses(seed: int, shape: Draw) -> Columns:
    """One row a loss that is reported by today."""
    rng = random(SLUG, seed, "losses")
    counts = rng.poisson(A_WEEK * (1 + shape.growth) ** (np.arange(WEEKS) / 13))
    week = np.repeat(np.arange(1, WEEKS + 1), counts)
    many = len(week)
    kind = rng.choice(len(KINDS), many, p=shape.kinds)
    amount = MEAN_EUR * np.exp(rng.normal(-(SPREAD**2) / 2, SPREAD, many))
    if JUST_UNDER in shape.live:
        moved = rng.random(many) < 0.3
        amount = np.where(moved, rng.uniform(9_200, 9_990, many), amount)
    late = np.where(rng.random(many) < 0.9, rng.integers(0, shape.lag, many), rng.integers(0, 2, many))
    hours = shape.report_hours * np.exp(rng.normal(0, 0.35, many))
    if ONE_CASE in shape.live:
        # A case of a size that no quarter had before; it lies in weeks that every mature period holds.
        big = int(np.flatnonzero(week == int(rng.integers(10, 15)))[0])
        amount[big] = float(rng.uniform(0.42, 0.52)) * float(amount[week <= WEEKS // 2].sum())
        late[big] = 1
    amount = np.round(amount)
    recovered = amount * (ALWAYS + comes_back(hours + shape.recall_wait)) * rng.uniform(0.9, 1.1, many)
    seen = week + late <= WEEKS
    return frozen_columns(
        week=week[seen],
        reported_week=(week + late)[seen],
        kind=np.array(KINDS)[kind[seen]],
        amount_eur=amount[seen].astype(int),
        recovered_eur=np.round(recovered[seen]).astype(int),
        hours_to_report=np.round(hours[seen], 1),
    )


def weekly(seed: int, shape: Draw, month_end: bool) -> Columns:
    """One row a week: payments, volume, good payments stopped, calls that holding wants."""
    rng = random(SLUG, seed, "weekly")
    weeks = np.arange(1, WEEKS + 1)
    volume = shape.volume * (1 + shape.growth) ** ((weeks - 1) / 13) * np.exp(rng.normal(0, 0.02, WEEKS))
    holds = 62 * np.exp(rng.normal(0, 0.05, WEEKS))
    holds[3::4] *= 2.1 if month_end else 1.03
    return frozen_columns(
        week=weeks,
        payments=np.round(volume / 640).astype(int),
        volume_eur=np.round(volume).astype(int),
        good_stopped_per_1000=np.round(rng.normal(shape.stopped, shape.stopped_sd, WEEKS), 2),
        holds_a_day=np.round(holds).astype(int),
    )


def loss_of(table: Columns, first: int, last: int, *, net: bool = True, apart: bool = False) -> float:
    """Euros lost in weeks `first` to `last`; net: less what came back; apart: without the largest case of them."""
    inside = (table["week"] >= first) & (table["week"] <= last)
    amounts = (table["amount_eur"] - (table["recovered_eur"] if net else 0))[inside].astype(float)
    if not len(amounts):
        return 0.0
    return float(amounts.sum() - (amounts.max() if apart else 0.0))


def bps(table: Columns, weeks: Columns, first: int, last: int, *, net: bool = True, apart: bool = False) -> float:
    """The same of 10,000 euros of volume; not a number where no week is named."""
    inside = (weeks["week"] >= first) & (weeks["week"] <= last)
    volume = float(weeks["volume_eur"][inside].sum())
    return BPS * loss_of(table, first, last, net=net, apart=apart) / volume if volume else math.nan


def largest_share(table: Columns, first: int, last: int) -> float:
    """Part of the net loss of these weeks that the largest case is."""
    whole = loss_of(table, first, last)
    return 1 - loss_of(table, first, last, apart=True) / whole if whole else 0.0


def kind_shares(table: Columns, last: int) -> dict[str, float]:
    """Each kind's part of the net loss up to a week, without the largest case, which no share should hang on."""
    net = (table["amount_eur"] - table["recovered_eur"]).astype(float)
    keep = (table["week"] <= last) & (net < net.max())
    whole = float(net[keep].sum())
    return {kind: float(net[keep & (table["kind"] == kind)].sum()) / whole for kind in KINDS}


def recall_share(table: Columns, last: int, wait: float) -> float:
    """Part of the net loss that recalls after an hour bring back beyond what recalls after `wait` hours do."""
    keep = table["week"] <= last
    amount, hours = table["amount_eur"][keep].astype(float), table["hours_to_report"][keep].astype(float)
    net = float((table["amount_eur"] - table["recovered_eur"])[keep].sum())
    more = comes_back(hours + AT_ONCE_HOURS) - comes_back(hours + wait)
    # One large case would decide alone; it weighs like the next one.
    weights = np.minimum(amount, np.sort(amount)[-2]) if len(amount) > 1 else amount
    return float((weights * more).sum() / weights.sum() * amount.sum() / net)


def lag_of(table: Columns) -> int:
    """Weeks within which 95 of 100 losses are reported, read off weeks that are old enough."""
    old = table["week"] <= WEEKS - 12
    return int(np.ceil(np.percentile((table["reported_week"] - table["week"])[old], 95)))
