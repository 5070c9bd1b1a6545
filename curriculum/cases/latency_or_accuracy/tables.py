"""The tables that learners see before any test: traffic, the shadow, past tests, candidates."""

from __future__ import annotations

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.latency_or_accuracy.draw import CLEAN, CLIENTS, PAGE_FACTOR, SLUG, Draw
from curriculum.cases.latency_or_accuracy.experiment import BASKETS, CELLS, CLICK_RATE

HISTORY = 12
MIRRORED = (10, 30, 60, 100)
BUSIEST = 20
"""The hour in which most people come."""
_HOURS = np.array(
    [22, 14, 9, 7, 6, 8, 15, 28, 41, 50, 55, 58, 62, 60, 57, 56, 60, 68, 80, 93, 100, 90, 66, 40]
) / 100  # fmt: skip
TESTS = ("new search page", "larger pictures", "light model", "delivery badge", "recently seen", "shorter checkout")


def traffic(seed: int, draw: Draw) -> Columns:
    """Twelve weeks before today, with the light model."""
    rng = random(SLUG, seed, "traffic")
    share = {"phone": draw.phone_share, "desktop": 1 - draw.phone_share}
    rows = [(week, client, back) for week in range(1, HISTORY + 1) for client, back in CELLS]
    factor = rng.normal(1.0, 0.01, HISTORY)
    expected = np.array(
        [
            draw.visitors * factor[week - 1] * share[CLIENTS[client][0]] * CLIENTS[client][1]
            * (draw.returning if back else 1 - draw.returning)
            for week, client, back in rows
        ]
    )  # fmt: skip
    visitors = rng.poisson(expected)
    rate = np.array([draw.rate[CLIENTS[client][0]] for _, client, _ in rows])
    return frozen_columns(
        week=np.array([week for week, _, _ in rows]),
        client=np.array([client for _, client, _ in rows]),
        segment=np.array([CLIENTS[client][0] for _, client, _ in rows]),
        returning=np.array([back for _, _, back in rows]),
        visitors=visitors,
        visits=np.rint(visitors * draw.visits).astype(int),
        orders=rng.binomial(visitors, rate),
        clicks=rng.binomial(visitors, CLICK_RATE),
        basket_adds=rng.binomial(visitors, BASKETS),
    )


def shadow(seed: int, draw: Draw) -> Columns:
    """A day for each share of the traffic that was mirrored to the complex model: what it would have added."""
    rng = random(SLUG, seed, "shadow")
    share = np.repeat(np.array(MIRRORED), 24)
    hour = np.tile(np.arange(24), len(MIRRORED))
    load = share / 100 * _HOURS[hour]
    added = draw.delay0 * (1 + draw.crowding * load**2) * rng.normal(1.0, 0.004, len(hour))
    light = draw.light_p95 * (0.8 + 0.2 * _HOURS[hour])
    return frozen_columns(
        mirrored_percent=share,
        hour=hour,
        added_ms=np.round(added, 0),
        page_p95_ms=np.round(light + PAGE_FACTOR * added, 0),
    )


def past_tests(seed: int, draw: Draw) -> Columns:
    """Six tests of the last two years, each with two equal arms."""
    rng = random(SLUG, seed, "past")
    people = rng.integers(600_000, 1_400_000, len(TESTS))
    uneven = np.array([draw.trouble != CLEAN and number >= 3 for number in range(len(TESTS))])
    a = np.rint(people * (1 + rng.normal(0, 0.0004, len(TESTS)) + 0.018 * uneven)).astype(int)
    b = np.rint(people * (1 + rng.normal(0, 0.0004, len(TESTS)) - 0.018 * uneven)).astype(int)
    later = np.round(rng.uniform(-0.4, 1.4, len(TESTS)), 1)
    first = later + (0.5 * draw.newness * draw.returning if draw.fade_days else 0) + rng.normal(0, 0.15, len(TESTS))
    rate = 0.033
    return frozen_columns(
        test=np.array(TESTS),
        visitors_a=a,
        visitors_b=b,
        orders_a=np.rint(a * rate).astype(int),
        orders_b=np.rint(b * rate * (1 + later / 100)).astype(int),
        first_week_percent=np.round(first, 1),
        later_weeks_percent=later,
    )


def candidates(seed: int, draw: Draw) -> Columns:
    """What is known of each model before a test."""
    rng = random(SLUG, seed, "candidates")
    better = float(rng.uniform(0.006, 0.018))
    month = draw.orders_a_week * 52 / 12 * draw.margin
    price = np.round(np.array([0.05, 0.22, draw.break_even, 2.4 * draw.break_even]) / 100 * month, -2)
    auc = np.round(0.741 + np.array([-0.05, 0.0, better, better + 0.002]), 3)
    ndcg = np.round(0.312 + np.array([-0.06, 0.0, 1.5 * better, 1.5 * better + 0.002]), 3)
    return frozen_columns(
        model=np.array(["best-sellers by rule", "light", "complex", "complex, with pictures"]),
        ndcg=ndcg,
        auc=auc,
        added_ms=np.array([0.0, 0.0, round(draw.delay0), round(2.6 * draw.delay0)]),
        machines_eur_month=price.astype(int),
    )
