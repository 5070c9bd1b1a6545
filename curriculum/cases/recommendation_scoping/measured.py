"""The measured data of `recommendation_scoping`: request traces, traffic, past tests, held-out purchases.

Parameters lie in the ranges of the course's reference: conversion 2 to 3 % (e-commerce compilations: Affinsy,
Hello Retail 2026), clicks per view of a row 2 to 8 % (Hello Retail 2026, CalcBee), gains in AUC between +0.002 and
+0.02 (for scale: +0.275 % offline came with +3.9 % online in Wide & Deep, quoted by Guo et al. 2017, DeepFM),
end-to-end p95 of a light model 80 to 120 ms and a complex one 200 to 300 ms above it, online gains that do not follow
offline gains (Bernardi et al. 2019, Booking.com).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Columns, frozen_columns
from curriculum.cases.recommendation_scoping.draw import NO_BETTER, SLOW, Draw
from curriculum.cases.recommendation_scoping.truth import RATIOS, Latency, PastTests

REQUESTS = 1_000
WEEKS, MEASURED_WEEKS = 12, 8
DEVICES = ("phone", "desktop")
PILOT = 0.06
"""The share of all shops' visits that one country's shop has."""

PAST_TESTS = (
    "Bestsellers on category pages", "New order of search results", "Similar items, first try",
    "Search results, second try", "Add-ons in the basket",
)  # fmt: skip


def make_traces(draw: Draw, rng: np.random.Generator) -> tuple[Columns, Mapping[str, Latency]]:
    """End-to-end traces of three models, in milliseconds, and their percentiles.

    Slow lookups and slow scoring exclude each other: a visitor with a long history is slow to score and in the
    cache, a new one the other way round. So the parts' p95s add up to far more than the p95 of the whole.
    The deep model, and a light one that will be slow, were traced with a warm cache only.
    """
    wanted = {"rules": float(rng.integers(30, 41)), "light": float(rng.integers(84, 118))}
    wanted["deep"] = _budget(wanted["light"]) * float(rng.uniform(0.84, 0.89))
    warm_only = {"deep", *(model for model, why in draw.unfit.items() if why == SLOW)}
    parts: dict[str, list[np.ndarray]] = {"model": [], "cache": [], "gateway_ms": [], "lookup_ms": [], "scoring_ms": [],
                                          "total_ms": []}  # fmt: skip
    latencies: dict[str, Latency] = {}
    for model, p95 in wanted.items():
        slow = rng.permutation(REQUESTS)
        gateway = rng.gamma(9.0, 0.9, REQUESTS)
        lookup = rng.gamma(9.0, 1.2, REQUESTS)
        scoring = rng.gamma(16.0, 1.4 if model == "deep" else 0.8, REQUESTS)
        lookup[slow[:90]] += rng.normal(62, 4, 90)
        scoring[slow[90:180]] += rng.normal(62, 4, 90)
        scale = p95 / float(np.percentile(gateway + lookup + scoring, 95))
        gateway, lookup, scoring = (np.round(part * scale, 1) for part in (gateway, lookup, scoring))
        total = np.round(gateway + lookup + scoring, 1)
        cold = np.zeros(REQUESTS, bool) if model in warm_only else rng.random(REQUESTS) < 0.2
        columns = (np.full(REQUESTS, model), np.where(cold, "cold", "warm"), gateway, lookup, scoring, total)
        for name, column in zip(parts, columns, strict=True):
            parts[name].append(column)
        p50, p95_seen, p99 = (float(np.percentile(total, q)) for q in (50, 95, 99))
        added = sum(float(np.percentile(part, 95)) for part in (gateway, lookup, scoring))
        latencies[model] = Latency(p50, p95_seen, p99, float(total.mean()), added)
    return frozen_columns(**{name: np.concatenate(columns) for name, columns in parts.items()}), latencies


def in_a_full_shop(draw: Draw, latencies: Mapping[str, Latency], rng: np.random.Generator) -> Mapping[str, float]:
    """By model: milliseconds within which 95 of 100 answers come when the shop is full.

    A complex model is 200 to 300 ms above a light one, unless its cache was made for a full shop; then it is about
    as fast as in its traces. A light model that leaves its cache takes half as long again, or more.
    """
    peak = {model: seen.p95 for model, seen in latencies.items()}
    slower, longer, kept = int(rng.integers(206, 290)), float(rng.uniform(1.5, 1.8)), float(rng.uniform(1.02, 1.06))
    peak["deep"] = 10.0 * round((latencies["light"].p95 + slower) / 10)
    if draw.unfit.get("deep") != SLOW:
        peak["deep"] = float(round(latencies["deep"].p95 * kept))
    if draw.unfit.get("light") == SLOW:
        peak["light"] = 5.0 * round(latencies["light"].p95 * longer / 5)
    return peak


def _budget(light_p95: float) -> int:
    return round(1.25 * light_p95)


def screen_budget(latencies: Mapping[str, Latency]) -> int:
    """How long the screen can wait: a quarter more than the light model takes, less than its parts' p95s added."""
    return _budget(latencies["light"].p95)


def make_traffic(draw: Draw, first: dt.date, rng: np.random.Generator) -> Columns:
    """Twelve weeks of product pages by kind of device. Three of the first four weeks are a sale.

    All shops together have visits enough to tell a change in orders from chance within weeks, one shop has not. Either
    people do not click the strip, or they leave the page to search.
    """
    weeks = np.repeat(np.arange(WEEKS), len(DEVICES))
    device = np.tile(np.array(DEVICES), WEEKS)
    phone = device == "phone"
    sale = (weeks >= 1) & (weeks <= 3)
    all_visits = float(rng.uniform(430_000, 520_000)) * (1.0 if draw.busy else PILOT)
    phone_share = float(rng.uniform(0.56, 0.62))
    rate_phone, rate_desktop = float(rng.uniform(0.0185, 0.0200)), float(rng.uniform(0.0325, 0.0355))
    seen = float(rng.uniform(0.55, 0.65))
    clicked = float(rng.uniform(0.062, 0.075)) if draw.searched else float(rng.uniform(0.022, 0.032))
    searched = float(rng.uniform(0.27, 0.33)) if draw.searched else float(rng.uniform(0.12, 0.16))
    called = float(rng.uniform(2.2, 3.4)) / 1_000
    ripple = rng.normal(1.0, 0.02, len(weeks))
    visits = all_visits * np.where(phone, phone_share, 1 - phone_share) * np.where(sale, 1.3, 1.0) * ripple
    visits = (np.round(visits / 100) * 100).astype(int)
    rate = np.where(phone, rate_phone, rate_desktop) * np.where(sale, 1.45, 1.0) * rng.normal(1.0, 0.006, len(weeks))
    views = np.round(visits * seen).astype(int)
    leaving = searched * np.where(phone, 1.08, 0.88) * np.where(sale, 0.8, 1.0) * rng.normal(1.0, 0.006, len(weeks))
    return frozen_columns(
        week=np.array([first + dt.timedelta(days=7 * int(i)) for i in weeks], dtype="datetime64[D]"),
        device=device,
        sale=sale,
        visits=visits,
        orders=np.round(visits * rate).astype(int),
        row_views=views,
        row_clicks=np.round(views * clicked * np.where(phone, 0.95, 1.1) * rng.normal(1.0, 0.01, len(weeks))).astype(
            int
        ),
        searches=np.round(visits * leaving).astype(int),
        tickets=np.round(visits * called * rng.normal(1.0, 0.012, len(weeks))).astype(int),
    )


Counted = dict[tuple[str, str], float]
"""By metric and segment."""


def measured(traffic: Columns) -> tuple[Counted, Counted, Counted]:
    """Baselines over the last eight weeks, how much enters each denominator a week, and how far the farthest of these
    weeks lies from the baseline on the bad side, in percent; each by metric and segment."""
    weeks = np.sort(np.unique(traffic["week"]))[-MEASURED_WEEKS:]
    recent = traffic["week"] >= weeks[0]
    baselines: Counted = {}
    weekly: Counted = {}
    farthest: Counted = {}
    for segment in ("all", *DEVICES):
        rows = recent if segment == "all" else recent & (traffic["device"] == segment)
        for metric, (above, below, times) in RATIOS.items():
            denominator = float(traffic[below][rows].sum())
            baseline = times * float(traffic[above][rows].sum()) / denominator
            by_week = [traffic["week"] == week for week in weeks]
            rates = [times * traffic[above][rows & one].sum() / traffic[below][rows & one].sum() for one in by_week]
            bad = baseline - min(rates) if metric in ("conversion", "row_ctr") else max(rates) - baseline
            baselines[metric, segment] = baseline
            weekly[metric, segment] = denominator / MEASURED_WEEKS
            farthest[metric, segment] = 100 * float(bad) / baseline
    return baselines, weekly, farthest


def make_past_tests(rng: np.random.Generator) -> tuple[Columns, PastTests]:
    """Five past A/B tests with as many visits as they had, and what they show.

    Every one gained offline. Of online gains, one to three can be told from chance; the one with the largest gain
    offline gained, lost, or nobody can tell.
    """
    clear = int(rng.integers(1, 4))
    kinds = ["gain", *rng.choice(["gain", "loss"], clear - 1).tolist(), *["unclear"] * (5 - clear)]
    kinds = [kinds[int(index)] for index in rng.permutation(5)]
    sizes = {"gain": (3.4, 5.2), "loss": (-4.2, -3.0), "unclear": (-0.7, 0.7)}
    lifts = np.array([rng.uniform(*sizes[kind]) for kind in kinds])
    offline = np.append(rng.uniform(0.002, 0.012, 4), rng.uniform(0.016, 0.020)).round(3)[rng.permutation(5)]
    weeks = np.where([kind == "unclear" for kind in kinds], rng.integers(2, 5, 5), rng.integers(4, 7, 5))
    half = np.round(weeks * rng.uniform(170_000, 210_000, 5) / 100).astype(int) * 100
    rate = rng.uniform(0.0225, 0.0265, 5)
    control = np.round(half * rate).astype(int)
    tested = np.round(control * (1 + lifts / 100)).astype(int)
    lows, highs = relative_interval(control, half, tested, half)
    seen = 100 * (tested / control - 1)
    columns = frozen_columns(
        test=np.array(PAST_TESTS),
        offline_gain_auc=offline,
        weeks=weeks,
        visits_control=half,
        orders_control=control,
        visits_test=half.copy(),
        orders_test=tested,
        gain_percent=seen.round(1),
        at_least_percent=lows.round(1),
        at_most_percent=highs.round(1),
    )
    return columns, PastTests(
        gained=int(np.sum(lows > 0)),
        lost=int(np.sum(highs < 0)),
        best_lift=float(seen[lows > 0].max()),
        best_offline=int(np.sign(lows[offline.argmax()]) + np.sign(highs[offline.argmax()])) // 2,
    )


def relative_interval(
    control: np.ndarray, of_control: np.ndarray, test: np.ndarray, of_test: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Between which relative changes, in percent, the truth lies in 95 of 100 cases: the rates' ratio less one."""
    p, q = control / of_control, test / of_test
    error = np.sqrt((1 - p) / (p * of_control) + (1 - q) / (q * of_test)) * q / p
    change = q / p - 1
    return 100 * (change - 1.96 * error), 100 * (change + 1.96 * error)


def make_offline(draw: Draw, rng: np.random.Generator) -> Mapping[tuple[str, str], float]:
    """Scores on held-out purchases by metric and way of choosing; `today` is the hand-picked strip.

    Rules that fit are better than today's strip; in other worlds the strip is picked so well that they are not.
    """
    rules_auc = round(float(rng.uniform(0.705, 0.725)), 3)
    light_auc = round(rules_auc + float(rng.uniform(0.012, 0.019)), 3)
    deep_auc = round(light_auc + float(rng.uniform(0.004, 0.009)), 3)
    hits = round(float(rng.uniform(8.0, 9.5)), 1)
    ahead, behind = (float(rng.uniform(0.012, 0.018)), float(rng.uniform(2.0, 2.8))), float(rng.uniform(0.2, 0.5))
    good = draw.unfit.get("rules") != NO_BETTER
    today = (rules_auc - ahead[0], hits - ahead[1]) if good else (rules_auc + 0.003, hits + behind)
    scores = {
        "today": (round(today[0], 3), round(today[1], 1)),
        "rules": (rules_auc, hits),
        "light": (light_auc, round(hits + float(rng.uniform(1.4, 2.0)), 1)),
        "deep": (deep_auc, round(hits + float(rng.uniform(2.3, 3.0)), 1)),
    }
    return {
        key: value
        for way, (auc, hits_in_six) in scores.items()
        for key, value in ((("auc", way), auc), (("hits_in_six", way), hits_in_six))
    }
