"""Six weeks of payments: what the model scored, what customers pressed, what appeals and labels say so far.

Every draw is made once. `act` turns draws into scores and actions under a set of causes, so the same weeks can
be lived again without one of them: what then differs is what that cause did.

Parameters and where they come from (domain reference, section 6):
fraud 0.45 % of payments, within the 0.1–0.5 % of merchant models (general professional knowledge, unverified);
good payments stopped 0.3 % before and 1–2.5 % in the incident, normal range 0.1–0.5 % and spike 1–2.5 %, and
2 to 20 false alerts per fraud (both general professional knowledge, unverified); final labels after 30 days, of
30–90 days reported, with proxies in hours to days (systemoverflow.com on label delay, consulted 2026);
stopped payments get no chargeback, so most of their labels come late (Dal Pozzolo et al., "Credit card fraud
detection: a realistic modeling and a novel learning strategy", 2018).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np

from curriculum.cases.base import random
from curriculum.cases.fraud_false_positives.shape import (
    CAUSES,
    HOME,
    MARKET,
    SCREEN,
    SLUG,
    UPSTREAM,
    Shape,
    draw_shape,
)

DAYS = 42
DAY = 1440
"""Minutes."""
LABEL_DAYS = 30
"""Days after which a label is final."""
RECENT = (DAYS - 7, DAYS)
"""The last week: too young for labels, but alerts can be counted."""
CALIBRATION, HOLDOUT = (0, 7), (7, 12)
"""Days whose labels are all final, first and one past the last. Reviewers examined every stop of these days by hand:
a stopped payment is never disputed, so that waiting alone would have given it no label."""

STOP, ALERT = 0.90, 0.70
"""Scores from which the model stops a payment, and from which the customer is asked."""
SURE = 0.35
"""Scores of stopped frauds lie near 1: a uniform draw to this power."""
LOW_SCORES = 0.039
"""Width of the band above 0.90 in which wrongly high scores lie where they are low."""


@dataclass(frozen=True)
class Parameters:
    """What differs from seed to seed."""

    shape: Shape
    launch: int
    """Minute of the launch: the feed's new version; the market and the app follow within hours."""
    daily: int
    """Home payments a day."""
    market_code: str
    market_share: float
    """Payments of the new market, as a share of the home payments, when the ramp is over."""
    stop_usual: float
    """Share of good payments that the model stops with none of the causes."""
    stop_default: float
    """Share of partner-login payments that the model stops once their account age reads 0."""
    stop_market: float
    """Share of new-market payments that the model stops."""
    not_me: float
    """Share of customers asked about their own payment who press “Not me” on the old screen."""
    wrong_press: float
    """The same on the new screen."""
    appeals: float
    """Share of wrongly stopped customers who appeal."""
    tickets: float
    """Tickets that a stopped payment brings."""
    ask_phone: float
    """Share of good phone payments whose customer is asked."""
    amounts_up: float
    """By how much the sale raises amounts at home: it happens at the same time and stops nobody."""


def draw_parameters(seed: int) -> Parameters:
    rng, shape = random(SLUG, seed, "parameters"), draw_shape(seed)
    strong = rng.permutation([1.45, 1.0, 0.65]) * rng.uniform(0.95, 1.05, 3) * rng.uniform(0.72, 1.12)
    not_me = float(0.06 * rng.uniform(0.8, 1.3))
    return Parameters(
        shape=shape,
        launch=int(rng.integers(31, 33)) * DAY + int(rng.integers(6, 9)) * 60 + int(rng.integers(1, 6)) * 10,
        daily=int(rng.integers(111, 117)) * 10,
        market_code=("NO", "NL", "DE", "PL")[int(rng.integers(0, 4))],
        market_share=float(rng.uniform(0.13, 0.15)),
        stop_usual=float(0.002 * rng.uniform(0.7, 1.5)),
        stop_default=float(0.048 * strong[0]),
        stop_market=float(0.043 * strong[1]),
        not_me=not_me,
        wrong_press=not_me * 7.4,
        ask_phone=float(0.029 * max(0.7, strong[2])),
        appeals=float(rng.uniform(0.45, 0.70)),
        tickets=float(rng.uniform(0.22, 0.42)),
        amounts_up=float(rng.uniform(0.12, 0.18)),
    )


@dataclass(frozen=True)
class Draws:
    """Everything random about the payments, sorted by time; equally long arrays."""

    minute: np.ndarray
    customer: np.ndarray
    country: np.ndarray
    phone: np.ndarray
    partner: np.ndarray
    """Signed in through a partner; only on the web, only at home."""
    arrived: np.ndarray
    """Came with the opening of the new market."""
    updated: np.ndarray
    """Has the app version with the new alert screen."""
    tenure: np.ndarray
    """Days since the customer joined."""
    amount: np.ndarray
    new_device: np.ndarray
    last_hour: np.ndarray
    """Payments of the same customer in the hour before."""
    fraud: np.ndarray
    """0 for good payments, else the kind of fraud: 1 taken-over account, 2 stolen card, 3 quiet."""
    score_draw: np.ndarray
    press_draw: np.ndarray
    appeal_draw: np.ndarray
    decided_after: np.ndarray
    """Minutes from the payment to the decision on an appeal."""
    again_draw: np.ndarray
    """Decides whether a stopped customer tries the same payment again within the hour."""


@dataclass(frozen=True)
class Actions:
    """What happened to each payment."""

    score: np.ndarray
    asked: np.ndarray
    by_model: np.ndarray
    by_customer: np.ndarray

    @property
    def stopped(self) -> np.ndarray:
        return self.by_model | self.by_customer


def even(rng: np.random.Generator, count: int, block: int) -> np.ndarray:
    """Numbers in [0, 1), spread evenly within each block of neighbours: chance without lucky streaks."""
    blocks = -(-count // block)
    ranks = np.argsort(rng.random((blocks, block)), axis=1)
    return ((ranks + rng.random((blocks, block))) / block).ravel()[:count]


def draw_payments(seed: int, parameters: Parameters, draw: str = "payments") -> Draws:
    """The random part of the six weeks: about 50,000 payments. Another `draw` gives others of the same world."""
    rng = random(SLUG, seed, draw)
    home, arrived = _times(rng, parameters)
    minute = np.concatenate([home, arrived])
    is_arrived = np.concatenate([np.zeros(len(home), bool), np.ones(len(arrived), bool)])
    order = np.argsort(minute, kind="stable")
    minute, is_arrived = minute[order], is_arrived[order]
    customer, joined, country, phone, partner = _customers(rng, minute, is_arrived, parameters)
    tenure = np.maximum(minute // DAY - joined, 0)
    count = len(minute)
    fraud = _frauds(rng, minute, is_arrived, phone, tenure)
    days_since = np.clip((minute - parameters.launch - 120) / DAY, 0.0, 1.0)
    updated = phone & ~is_arrived & (country != parameters.market_code) & (minute > parameters.launch + 120)
    updated &= even(rng, count, 50) < 0.80 + 0.20 * days_since
    live = minute >= parameters.launch
    amount, new_device, last_hour = _habits(rng, minute, country, is_arrived, tenure, fraud, parameters)
    groups = np.select([is_arrived, partner & live, partner, phone], [0, 1, 2, 3], 4) + 5 * fraud
    score_draw, appeal_draw, press_draw = np.empty(count), np.empty(count), np.empty(count)
    for group in np.unique(groups):
        rows = np.flatnonzero(groups == group)
        score_draw[rows] = even(rng, len(rows), 40 if group < 2 else 500 if group < 5 else 10)
    draws = Draws(
        minute, customer, country, phone, partner, is_arrived, updated, tenure, amount, new_device, last_hour,
        fraud, score_draw, press_draw, appeal_draw,
        decided_after=rng.integers(6 * 60, 40 * 60, count) + (0 if parameters.shape.appeals_in_time else 7 * DAY),
        again_draw=rng.random(count),
    )  # fmt: skip
    asked = act(draws, parameters, CAUSES).asked
    for subset in (asked & updated, asked & ~updated, ~asked):
        rows = np.flatnonzero(subset)
        press_draw[rows] = even(rng, len(rows), 10)
    stopped = act(draws, parameters, CAUSES).stopped
    for subset in (stopped & (fraud == 0), stopped & (fraud > 0), ~stopped):
        rows = np.flatnonzero(subset)
        appeal_draw[rows] = even(rng, len(rows), 20)
    return draws


def act(draws: Draws, parameters: Parameters, causes: Collection[str]) -> Actions:
    """What the model and the customers do with the drawn payments when only `causes` are at work.

    Without MARKET, the payments that came with the opening are scored like payments at home.
    """
    count = len(draws.minute)
    live = draws.minute >= parameters.launch
    stop = np.full(count, parameters.stop_usual)
    ask = np.where(draws.phone, parameters.ask_phone, 0.016)
    high = np.zeros(count, bool)
    for cause, hit, stopped in (
        (UPSTREAM, draws.partner & live, parameters.stop_default),
        (MARKET, draws.arrived, parameters.stop_market),
    ):
        if cause in causes:
            stop, ask, high = np.where(hit, stopped, stop), np.where(hit, 0.05, ask), high | hit
    for kind, by_model, to_ask in ((1, 0.88, 0.08), (2, 0.76, 0.14), (3, 0.15, 0.30)):
        stop, ask = np.where(draws.fraud == kind, by_model, stop), np.where(draws.fraud == kind, to_ask, ask)
    good = draws.fraud == 0
    width = np.where(high & good & parameters.shape.scores_low, LOW_SCORES, 0.0999)
    score = _score(draws.score_draw, stop, ask, width, np.where(good, 1.0, SURE))
    asked = (score >= ALERT) & (score < STOP)
    press = np.where(draws.updated & (SCREEN in causes), parameters.wrong_press, parameters.not_me)
    press = np.where(good, press, 0.03)
    return Actions(score, asked, score >= STOP, asked & (draws.press_draw < press))


def _score(draw: np.ndarray, stop: np.ndarray, ask: np.ndarray, width: np.ndarray, power: np.ndarray) -> np.ndarray:
    """Scores to three places: a share `stop` from 0.90 over a width, a share `ask` from 0.70 to below 0.90, the rest
    lower."""
    high = STOP + width * np.clip(1 - draw / stop, 0.0, 1.0) ** power
    middle = ALERT + 0.1999 * (1 - (draw - stop) / ask)
    low = 0.6999 * (1 - np.clip((draw - stop - ask) / (1 - stop - ask), 0, 1)) ** 2.4
    return np.floor(1000 * np.select([draw < stop, draw < stop + ask], [high, middle], low)) / 1000


def _times(rng: np.random.Generator, parameters: Parameters) -> tuple[np.ndarray, np.ndarray]:
    """Minutes of the home payments and of those that come with the new market."""
    week = np.array([0.98, 0.97, 0.98, 1.0, 1.04, 1.03, 1.0])
    home, arrived = [], []
    for day in range(DAYS):
        number = round(parameters.daily * week[day % 7])
        home.append(day * DAY + _clock(rng, number))
        opened = (day * DAY + DAY - parameters.launch - 60) / DAY
        if opened > 0:
            share = parameters.market_share * min(1.0, 0.85 + 0.15 * (opened - 0.5))
            times = day * DAY + _clock(rng, round(number * share))
            arrived.append(times[times >= parameters.launch + 60])
    return np.concatenate(home), np.concatenate(arrived)


def _clock(rng: np.random.Generator, count: int) -> np.ndarray:
    """Minutes of a day: few at night, most in the afternoon, evenly spread."""
    hours = np.array([1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 6, 6, 5, 5, 5, 6, 7, 7, 6, 5, 4, 3, 2], float)
    edges = np.concatenate([[0.0], np.cumsum(hours) / hours.sum()])
    return np.sort(np.interp((np.arange(count) + rng.random(count)) / count, edges, np.arange(25) * 60.0)).astype(int)


def _customers(
    rng: np.random.Generator, minute: np.ndarray, arrived: np.ndarray, parameters: Parameters
) -> tuple[np.ndarray, ...]:
    """Who pays: id, day of joining, country, whether by phone, whether through a partner; one row a payment."""
    settled, joining, pilot, opening = 7_800, 29, 300, 190
    joined = np.concatenate([
        -30 - rng.exponential(450, settled).astype(int),
        np.repeat(np.arange(-30, DAYS), joining),
    ])  # fmt: skip
    number = len(joined)
    launch_day = parameters.launch // DAY
    opened = np.repeat(np.arange(launch_day, DAYS), opening)
    total = number + len(opened)
    choice = even(rng, number, 100)
    country = np.full(total, parameters.market_code, dtype="<U2")
    country[:number] = np.select([choice < 0.48, choice < 0.78], HOME[:2], HOME[2])
    invited = rng.choice(settled, pilot, replace=False)
    country[invited] = parameters.market_code
    phone = even(rng, total, 50) < 0.60
    partner = ~phone & (even(rng, total, 50) < 0.40)
    partner[number:] = False
    partner[invited] = False
    available = np.where(arrived, opening * (minute // DAY - launch_day + 1), settled + joining * (minute // DAY + 31))
    # Some people pay every day and most do not: several stops may be one customer's.
    index = (rng.random(len(minute)) ** 2 * available).astype(int) + np.where(arrived, number, 0)
    ids = rng.permutation(np.arange(20_001, 20_001 + total))
    return ids[index], np.concatenate([joined, opened])[index], country[index], phone[index], partner[index]


def _frauds(
    rng: np.random.Generator, minute: np.ndarray, arrived: np.ndarray, phone: np.ndarray, tenure: np.ndarray
) -> np.ndarray:
    """Which payments are fraud, and of which kind: five or six a day, in steady proportions of kinds and devices,
    one in nine in the new market once it is open."""
    fraud = np.zeros(len(minute), dtype=np.int8)
    starts = np.searchsorted(minute, np.arange(DAYS + 1) * DAY)
    kinds = np.concatenate([rng.permutation([1, 1, 1, 1, 1, 2, 2, 2, 3, 3]) for _ in range(DAYS * 6 // 10 + 1)])
    by_phone = np.concatenate([rng.permutation([True, True, True, False, False]) for _ in range(DAYS * 6 // 5 + 1)])
    abroad = np.concatenate([rng.permutation(9) == 0 for _ in range(DAYS * 6 // 9 + 1)])
    used = 0
    for day in range(DAYS):
        today = np.arange(starts[day], starts[day + 1])
        for _ in range(5 + (day % 5 in (1, 3))):
            kind, there = kinds[used], abroad[used] and arrived[today].any()
            fits = (arrived[today] == there) & (fraud[today] == 0)
            if not there:
                fits &= (phone[today] == by_phone[used]) & ((tenure[today] < 30) == (kind == 2))
            fraud[rng.choice(today[fits])] = kind
            used += 1
    return fraud


def _habits(
    rng: np.random.Generator, minute: np.ndarray, country: np.ndarray, arrived: np.ndarray, tenure: np.ndarray,
    fraud: np.ndarray, parameters: Parameters,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Amounts in euros, whether the device is new, payments in the hour before.

    Fraud comes on new devices, where good customers pay in bursts; or in bursts from known devices, where good
    customers change devices more often.
    """
    count, bursts = len(minute), parameters.shape.in_bursts
    kind = np.select([fraud > 0, arrived, tenure < 30], [fraud, 4, 5], 0)
    new = [0.03, 0.10, 0.30, 0.03, 0.20, 0.40] if bursts else [0.015, 0.97, 0.92, 0.015, 0.12, 0.25]
    new_device = _evenly(rng, kind, (kind == 1) | (kind == 2)) < np.array(new)[kind]
    quantile = _evenly(rng, 2 * kind + new_device, (kind == 1) | (kind == 2))
    taken, stolen = ((3.6, 0.7), (6.55, 0.28)) if bursts else ((5.3, 0.45), (5.6, 0.40))
    centre = np.select([fraud == 1, fraud == 2], [taken[0], stolen[0]], 3.4)
    spread = np.select([fraud == 1, fraud == 2], [taken[1], stolen[1]], 0.9)
    grid, values = _normal_quantiles()
    amount = np.clip(np.exp(centre + spread * np.interp(quantile, grid, values)), 1.0, 2_500.0)
    sale = (minute >= parameters.launch) & np.isin(country, HOME) & (fraud == 0)
    amount = parameters.shape.amounts * np.where(sale, amount * (1 + parameters.amounts_up), amount)
    last_hour = rng.poisson(0.20 if bursts else 0.45, count)
    last_hour += np.where(fraud == 1, 3 + rng.poisson(1.5, count), 0)
    return np.round(amount, 2), new_device, last_hour


def _evenly(rng: np.random.Generator, groups: np.ndarray, rare: np.ndarray) -> np.ndarray:
    """Even draws within each group of rows, in shorter blocks for rare ones."""
    draws = np.empty(len(groups))
    for group in np.unique(groups):
        rows = np.flatnonzero(groups == group)
        draws[rows] = even(rng, len(rows), 10 if rare[rows[0]] else 100)
    return draws


@cache
def _normal_quantiles() -> tuple[np.ndarray, np.ndarray]:
    """The standard normal distribution's quantiles on a fine grid, to interpolate in."""
    grid = np.linspace(0.0005, 0.9995, 2_000)
    return grid, np.array([NormalDist().inv_cdf(p) for p in grid])
