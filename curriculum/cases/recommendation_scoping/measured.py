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
from curriculum.cases.recommendation_scoping.truth import Latency

REQUESTS = 1_000
WEEKS, MEASURED_WEEKS = 12, 8
DEVICES = ("phone", "desktop")

PAST_TESTS = (
    "Bestsellers on category pages", "New order of search results", "Similar items, first try",
    "Search results, second try", "Add-ons in the basket",
)  # fmt: skip


def make_traces(rng: np.random.Generator) -> tuple[Columns, Mapping[str, Latency]]:
    """End-to-end traces of three models, in milliseconds, and their percentiles.

    Slow lookups and slow scoring exclude each other: a visitor with a long history is slow to score and in the
    cache, a new one the other way round. So the parts' p95s add up to far more than the p95 of the whole.
    The deep model was traced with a warm cache only.
    """
    wanted = {"rules": float(rng.integers(30, 41)), "light": float(rng.integers(92, 111))}
    wanted["deep"] = _budget(wanted["light"]) * float(rng.uniform(0.86, 0.91))
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
        cold = np.zeros(REQUESTS, bool) if model == "deep" else rng.random(REQUESTS) < 0.2
        columns = (np.full(REQUESTS, model), np.where(cold, "cold", "warm"), gateway, lookup, scoring, total)
        for name, column in zip(parts, columns, strict=True):
            parts[name].append(column)
        p50, p95_seen, p99 = (float(np.percentile(total, q)) for q in (50, 95, 99))
        added = sum(float(np.percentile(part, 95)) for part in (gateway, lookup, scoring))
        latencies[model] = Latency(p50, p95_seen, p99, float(total.mean()), added)
    return frozen_columns(**{name: np.concatenate(columns) for name, columns in parts.items()}), latencies


def _budget(light_p95: float) -> int:
    return 5 * round(1.25 * light_p95 / 5)


def screen_budget(latencies: Mapping[str, Latency]) -> int:
    """How long the screen can wait: a quarter more than the light model takes, less than its parts' p95s added."""
    return _budget(latencies["light"].p95)


def make_traffic(first: dt.date, rng: np.random.Generator) -> Columns:
    """Twelve weeks of product pages by kind of device. Three of the first four weeks are a sale."""
    weeks = np.repeat(np.arange(WEEKS), len(DEVICES))
    device = np.tile(np.array(DEVICES), WEEKS)
    phone = device == "phone"
    sale = (weeks >= 1) & (weeks <= 3)
    visitors, phone_share = float(rng.uniform(390_000, 470_000)), float(rng.uniform(0.63, 0.68))
    rate_phone, rate_desktop = float(rng.uniform(0.0170, 0.0185)), float(rng.uniform(0.0345, 0.0375))
    seen, clicked = float(rng.uniform(0.55, 0.65)), float(rng.uniform(0.022, 0.032))
    called = float(rng.uniform(2.2, 3.4)) / 10_000
    ripple = rng.normal(1.0, 0.02, len(weeks))
    visits = visitors * np.where(phone, phone_share, 1 - phone_share) * np.where(sale, 1.3, 1.0) * ripple
    visits = (np.round(visits / 100) * 100).astype(int)
    rate = np.where(phone, rate_phone, rate_desktop) * np.where(sale, 1.45, 1.0) * rng.normal(1.0, 0.012, len(weeks))
    views = np.round(visits * seen).astype(int)
    return frozen_columns(
        week=np.array([first + dt.timedelta(days=7 * int(i)) for i in weeks], dtype="datetime64[D]"),
        device=device,
        sale=sale,
        visits=visits,
        orders=np.round(visits * rate).astype(int),
        row_views=views,
        row_clicks=np.round(views * clicked * np.where(phone, 0.95, 1.1)).astype(int),
        tickets=np.round(visits * called * rng.normal(1.0, 0.05, len(weeks))).astype(int),
    )


def measured(traffic: Columns) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """Baselines over the last eight weeks, and how much enters each denominator a week, by metric and segment."""
    recent = traffic["week"] >= np.sort(np.unique(traffic["week"]))[-MEASURED_WEEKS]
    baselines: dict[tuple[str, str], float] = {}
    weekly: dict[tuple[str, str], float] = {}
    ratios = {
        "conversion": ("orders", "visits", 100),
        "row_ctr": ("row_clicks", "row_views", 100),
        "ticket_rate": ("tickets", "visits", 10_000),
    }
    for segment in ("all", *DEVICES):
        rows = recent if segment == "all" else recent & (traffic["device"] == segment)
        for metric, (above, below, times) in ratios.items():
            denominator = float(traffic[below][rows].sum())
            baselines[metric, segment] = times * float(traffic[above][rows].sum()) / denominator
            weekly[metric, segment] = denominator / MEASURED_WEEKS
    return baselines, weekly


def make_past_tests(rng: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Five past A/B tests, and their relative gains in conversion, in percent, as the counts show them.

    Every one gained offline. The one that gained most offline lost online.
    """
    lifts = np.array([rng.uniform(4.3, 5.2), rng.uniform(0.3, 0.8), rng.uniform(-0.9, -0.4),
                      rng.uniform(-0.5, -0.2), rng.uniform(1.0, 1.6)])  # fmt: skip
    offline = np.array([rng.uniform(0.004, 0.008), rng.uniform(0.006, 0.012), rng.uniform(0.002, 0.005),
                        rng.uniform(0.016, 0.020), rng.uniform(0.008, 0.012)]).round(3)  # fmt: skip
    weeks = rng.integers(3, 7, 5)
    half = np.round(weeks * rng.uniform(170_000, 210_000, 5) / 100).astype(int) * 100
    rate = rng.uniform(0.0225, 0.0265, 5)
    control = np.round(half * rate).astype(int)
    tested = np.round(half * (control / half) * (1 + lifts / 100)).astype(int)
    columns = frozen_columns(
        test=np.array(PAST_TESTS),
        offline_gain_auc=offline,
        weeks=weeks,
        visits_control=half,
        orders_control=control,
        visits_test=half.copy(),
        orders_test=tested,
    )
    return columns, 100 * (tested / control - 1)


def make_offline(rng: np.random.Generator) -> Mapping[tuple[str, str], float]:
    """Scores on held-out purchases by metric and way of choosing; `today` is the hand-picked strip."""
    rules_auc = round(float(rng.uniform(0.705, 0.725)), 3)
    light_auc = round(rules_auc + float(rng.uniform(0.012, 0.019)), 3)
    deep_auc = round(light_auc + float(rng.uniform(0.004, 0.009)), 3)
    hits = round(float(rng.uniform(8.0, 9.5)), 1)
    scores = {
        "today": (
            round(rules_auc - float(rng.uniform(0.012, 0.018)), 3),
            round(hits - float(rng.uniform(2.0, 2.8)), 1),
        ),
        "rules": (rules_auc, hits),
        "light": (light_auc, round(hits + float(rng.uniform(1.2, 1.8)), 1)),
        "deep": (deep_auc, round(hits + float(rng.uniform(2.1, 2.8)), 1)),
    }
    return {
        key: value
        for way, (auc, hits_in_six) in scores.items()
        for key, value in ((("auc", way), auc), (("hits_in_six", way), hits_in_six))
    }
