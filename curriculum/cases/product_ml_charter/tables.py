"""The tables of one world, and what each of them says when it is read as a professional would read it."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import NormalDist
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.product_ml_charter.draw import (
    CARDS,
    FUNCTIONS,
    LOAD_MONTHS,
    MATCH,
    OTHERS_SD,
    PRINTERS_SD,
    PROMISED,
    SAMPLE_MIX,
    SLUG,
    Draw,
)

RUN_CODE = 41
"""The booking code on which work lies that comes back after a handover; it is in no plan."""
CODES = (11, 12, 13, 14, RUN_CODE)
CHECKS = (0.25, 0.45, 0.7)
"""Shares of the bet's data-science work after which somebody can look at its curve."""
STALLED_CURVES, GOOD_CURVES = 30, 30
_FOUND = {0.25: 23, 0.45: 26, 0.7: 29}
"""Of the stalled curves, those that lie below the line by then."""
_ALARMS = {0.25: 5, 0.45: 3, 0.7: 1}
RETURNS = (
    ("format", "fields named differently from what the app reads"),
    ("drift", "receipts in the field unlike those of the test"),
    ("slow", "too slow on the customers' machines"),
    ("empty", "no answer where a field is empty"),
    ("version", "a version that cannot be built again"),
    ("alarm", "nothing rings when it fails"),
    ("manual", "a step by hand that nobody wrote down"),
)
RETURN_ROWS = 40
DRAWS = 400


def _even(count: int) -> np.ndarray:
    """Standard normal values, spread evenly."""
    normal = NormalDist()
    return np.array([normal.inv_cdf((rank + 0.5) / count) for rank in range(count)])


def deliveries(seed: int, shape: Draw) -> tuple[Columns, Columns]:
    """Past deliveries with what was planned, and their bookings; six a function, rework on code 41."""
    rng = random(SLUG, seed, "deliveries")
    function = np.repeat(FUNCTIONS, 6)
    planned = np.round(rng.uniform(1.5, 5.5, len(function)), 1)
    real = np.zeros(len(function))
    for name in FUNCTIONS:
        mine = function == name
        around = planned[mine] * shape.ratios[name] * np.exp(rng.permutation(_even(6)) * 0.09)
        real[mine] = around * shape.ratios[name] * planned[mine].sum() / around.sum()
    over = np.array([shape.ratios[name] for name in function])
    rework = real * (1 - 1 / over) * np.where(over > 1.3, 0.85, 0.75)
    shares = rng.dirichlet([6.0, 4.0, 3.0, 2.0], len(function))
    booked = np.round((real - rework)[:, None] * shares, 2)
    order = rng.permutation(len(function))
    number = np.arange(1, len(function) + 1)
    lines = np.hstack([booked, np.round(rework, 2)[:, None]])[order]
    return (
        frozen_columns(
            delivery=number, function=function[order], planned=planned[order],
            booked=np.round(booked.sum(1), 2)[order],
        ),
        frozen_columns(
            delivery=np.repeat(number, len(CODES)), code=np.tile(CODES, len(number)), person_months=lines.ravel(),
        ),
    )  # fmt: skip


def read_ratios(past: Columns, bookings: Columns) -> Mapping[str, float]:
    """Real over planned person-months by function: what was booked on any code, that of rework too."""
    real = np.bincount(np.asarray(bookings["delivery"]), weights=np.asarray(bookings["person_months"]))[1:]
    function, planned = np.asarray(past["function"]), np.asarray(past["planned"])
    return MappingProxyType(
        {name: float(real[function == name].sum() / planned[function == name].sum()) for name in FUNCTIONS}
    )


def read_booked(past: Columns) -> Mapping[str, float]:
    """The same without code 41, as the plan's own column has it: plausible, and too low."""
    function, planned, booked = (np.asarray(past[name]) for name in ("function", "planned", "booked"))
    return MappingProxyType(
        {name: float(booked[function == name].sum() / planned[function == name].sum()) for name in FUNCTIONS}
    )


def work(shape: Draw) -> Columns:
    """Planned person-months by card and function."""
    rows = [(card, name, shape.effort[card][name]) for card in CARDS for name in FUNCTIONS]
    card, function, planned = zip(*rows, strict=True)
    return frozen_columns(card=np.array(card), function=np.array(function), planned=np.array(planned))


def capacities(shape: Draw, ratios: Mapping[str, float]) -> Mapping[str, float]:
    """Person-months a month by function, from how full the world makes each."""
    return MappingProxyType(
        {
            name: round(
                sum(shape.effort[card][name] for card in CARDS) * ratios[name] / (LOAD_MONTHS * shape.loads[name]), 2
            )
            for name in FUNCTIONS
        }
    )


def capacity(monthly: Mapping[str, float]) -> Columns:
    """What each function can give in each quarter, in person-months."""
    rows = [(name, f"Q{quarter}", round(3 * monthly[name], 2)) for name in FUNCTIONS for quarter in range(1, 5)]
    function, quarter, months = zip(*rows, strict=True)
    return frozen_columns(function=np.array(function), quarter=np.array(quarter), person_months=np.array(months))


def cards(shape: Draw) -> Columns:
    """What customers pay a month for each card, without what finance spares by it, and when it was promised."""
    return frozen_columns(
        card=np.array(CARDS),
        margin_keur_a_month=np.array([shape.margin[card] - (shape.fee if card == MATCH else 0) for card in CARDS]),
        promised_month=np.array([float(PROMISED.get(card, np.nan)) for card in CARDS]),
        log_sd_data_science=np.round([shape.spread[card] for card in CARDS], 2),
    )


def curve_draws(seed: int, shape: Draw) -> Columns:
    """Futures of the bet's curve: where it stops on the two printers' pads and on others, of 100 wrong."""
    rng = random(SLUG, seed, "curve")
    printers, others = shape.plateaus
    even = _even(DRAWS)
    return frozen_columns(
        printers_error=np.round(printers + PRINTERS_SD * rng.permutation(even), 2),
        others_error=np.round(others + OTHERS_SD * rng.permutation(even), 2),
    )


def read_stall(draws: Columns, mix: float, limit: float) -> float:
    """Share of futures above the limit where such a share of pads comes from the two printers."""
    error = mix * np.asarray(draws["printers_error"]) + (1 - mix) * np.asarray(draws["others_error"])
    return float(np.mean(error > limit))


def curve(seed: int, shape: Draw) -> Columns:
    """The lab's curve for the mix of its sample: error by thousands of labels, with an interval of 90 in 100."""
    rng = random(SLUG, seed, "labels")
    labels = np.arange(1, 41) * 0.5
    printers, others = shape.plateaus
    end = SAMPLE_MIX * printers + (1 - SAMPLE_MIX) * others
    error = end + (18 - end) * labels**-0.55 * 0.5**0.55
    wide = 0.5 + 1.6 / np.sqrt(labels)
    return frozen_columns(
        labels_thousand=labels, error_pct=np.round(error + rng.normal(0, 0.12, 40), 2),
        low=np.round(error - wide, 2), high=np.round(error + wide, 2),
    )  # fmt: skip


def old_curves(seed: int, line: int) -> Columns:
    """Sixty earlier bets: how far the curve had come at three shares of the work, and whether it stalled."""
    rng = random(SLUG, seed, "old")
    stalled = np.arange(STALLED_CURVES + GOOD_CURVES) < STALLED_CURVES
    levels = {}
    for check in CHECKS:
        below = np.zeros(len(stalled), bool)
        below[rng.permutation(STALLED_CURVES)[: _FOUND[check]]] = True
        below[STALLED_CURVES + rng.permutation(GOOD_CURVES)[: _ALARMS[check]]] = True
        level = np.where(below, rng.integers(30, line, len(stalled)), rng.integers(line, 95, len(stalled)))
        levels[f"level_at_{100 * check:.0f}"] = level
    order = rng.permutation(len(stalled))
    return frozen_columns(
        bet=np.arange(1, len(stalled) + 1), **{name: level[order] for name, level in levels.items()},
        stalled=stalled[order],
    )  # fmt: skip


def read_checks(old: Columns, line: float) -> tuple[Mapping[float, float], Mapping[float, float]]:
    """By check, the share of stalls below the line, and the share of good curves below it."""
    stalled = np.asarray(old["stalled"])
    below = {check: np.asarray(old[f"level_at_{100 * check:.0f}"]) < line for check in CHECKS}
    return (
        MappingProxyType({check: float(below[check][stalled].mean()) for check in CHECKS}),
        MappingProxyType({check: float(below[check][~stalled].mean()) for check in CHECKS}),
    )


def returns(seed: int, shape: Draw) -> Columns:
    """Forty times that something came back after a handover: why, and the weeks it took."""
    rng = random(SLUG, seed, "returns")
    weight = rng.permutation([0.3, 0.22, 0.16, 0.12, 0.08, 0.07, 0.05])
    reason = rng.choice([id for id, _ in RETURNS], RETURN_ROWS, p=weight)
    return frozen_columns(
        reason=reason,
        weeks=np.round(rng.gamma(3.0, 0.6, RETURN_ROWS) + 0.3, 1),
        sent_back_by=np.array([shape.sent_back_by[str(each)] for each in reason]),
    )


def mandates(shape: Draw) -> Columns:
    """Who may decide what, and up to which sum."""
    rows = sorted((person, decision, most) for decision, people in shape.may.items() for person, most in people.items())
    person, decision, most = zip(*rows, strict=True)
    return frozen_columns(person=np.array(person), decision=np.array(decision), up_to_keur=np.array(most))


def on_call(shape: Draw) -> Columns:
    """Weeks in which each can carry the pager."""
    people = sorted(shape.on_call)
    return frozen_columns(person=np.array(people), free_weeks=np.array([shape.on_call[name] for name in people]))


def read_returns(back: Columns) -> Mapping[str, float]:
    """Weeks by reason, the most first."""
    reason, weeks = np.asarray(back["reason"]), np.asarray(back["weeks"])
    total = {id: round(float(weeks[reason == id].sum()), 1) for id, _ in RETURNS}
    return MappingProxyType(dict(sorted(total.items(), key=lambda each: -each[1])))


def paper(shape: Draw) -> Mapping[str, int]:
    """€ thousand that a withdrawal costs by the contracts; it says nothing of who can wait."""
    part = {"gentle": 0.9, "middle": 0.7, "hard": 0.3}
    return MappingProxyType({card: round(part[shape.holder[card]] * shape.sums[card]) for card in PROMISED})


def promises(shape: Draw, sums: Mapping[str, int]) -> Columns:
    """The three promises as the contracts have them: what a broken date costs, and what a withdrawal."""
    withdrawn = paper(shape)
    return frozen_columns(
        card=np.array(list(PROMISED)),
        month=np.array(list(PROMISED.values())),
        broken_keur=np.array([sums[card] for card in PROMISED]),
        withdrawn_keur=np.array([withdrawn[card] for card in PROMISED]),
    )


def fit_machines(machines: Columns, shape: Draw) -> tuple[int, int, int]:
    """€ a month that a machine may cost, the quickest p95 within it, and the slowest that people wait for, in ms."""
    cost, p95 = np.asarray(machines["eur_a_month"]), np.asarray(machines["p95_ms"])
    budget = int(np.sort(cost)[shape.machine])
    quickest = int(p95[cost <= budget].min())
    return budget, quickest, int(np.ceil(quickest * shape.need_over / 10)) * 10


def latency(seed: int) -> Columns:
    """Twelve machines: the slowest five of 100 answers in milliseconds, and € a month."""
    rng = random(SLUG, seed, "latency")
    cost = np.sort(rng.integers(4, 60, 12)) * 50
    return frozen_columns(
        hardware=np.array([f"H{number}" for number in range(1, 13)]),
        p95_ms=np.round(26_000 / (cost + 120.0) ** 0.7 * rng.uniform(0.9, 1.1, 12)).astype(int),
        eur_a_month=cost,
    )
