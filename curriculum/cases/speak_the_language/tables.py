"""The tables of `speak_the_language`: a month of checkout, payments and tickets, four weeks that are final, weeks of
pages and inputs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Columns, frozen_columns
from curriculum.cases.speak_the_language.draw import CUSTOMERS, DEVICES, Draw, Rates

FIRST, LAST = dt.date(2027, 2, 1), dt.date(2027, 2, 28)
"""The month that everybody speaks of: four whole weeks."""
DAYS = 28
FINAL_FIRST, FINAL_LAST = dt.date(2026, 11, 30), dt.date(2026, 12, 27)
"""The latest weeks whose frauds are final."""
INPUTS_FIRST = dt.date(2027, 1, 4)
TOPICS = ("stopped", "card", "slow", "fraud", "other")

_WEEKDAY = np.array([0.95, 0.94, 0.96, 1.0, 1.06, 1.07, 1.02])
"""Visits by day of the week against the mean."""
_OFTEN = 2.2
"""How much more often good payments are stopped where it is worst, against the other large groups."""
_HANDFUL = 0.0012
"""Share of payments with company cards: a handful, stopped most often of all."""


def make_tables(draw: Draw, rng: np.random.Generator) -> Mapping[str, Columns]:
    """All tables that learners see, but for the definitions. Counts vary by chance around the rates of the world."""
    checkout = _checkout(draw, rng)
    payments = _payments(draw, checkout, rng)
    return {
        "checkout": checkout,
        "payments": payments,
        "final_weeks": _final_weeks(draw.rates, rng),
        "tickets": _tickets(draw.rates, checkout, payments, rng),
        "pages": _pages(draw, checkout, rng),
        "inputs": _inputs(draw, payments, rng),
    }


def days(first: dt.date, number: int, step: int = 1) -> np.ndarray:
    """Days as numpy keeps them, `step` days apart."""
    return np.datetime64(first, "D") + np.arange(number) * step


def by_day(table: Columns, name: str) -> np.ndarray:
    """A column of a table of days, added up over all rows of each day."""
    return np.asarray(table[name]).reshape(DAYS, -1).sum(1)


def _checkout(draw: Draw, rng: np.random.Generator) -> Columns:
    rates = draw.rates
    usual = np.tile(_WEEKDAY, 4) * rates.visits

    def of(values: Mapping[str, float]) -> np.ndarray:
        return np.array([values[device] for device in DEVICES])

    visits = rng.poisson(usual[:, None] * of(rates.devices))
    left = rng.binomial(visits, of(rates.left))
    over = left + rng.binomial(visits - left, 1.4 * of(rates.left))
    reached = rng.binomial(visits - left, of(rates.reach))
    errors = rng.binomial(reached, of(rates.errors))
    gave_up = rng.binomial(errors, rates.gives_up)
    submitted = reached - gave_up - rng.binomial(reached - gave_up, rates.quits)
    return frozen_columns(
        day=np.repeat(days(FIRST, DAYS), len(DEVICES)),
        device=np.tile(np.array(DEVICES), DAYS),
        visits=visits.ravel(),
        left_before_ready=left.ravel(),
        over_4s=over.ravel(),
        reached_card=reached.ravel(),
        card_errors=errors.ravel(),
        gave_up_after_error=gave_up.ravel(),
        submitted=submitted.ravel(),
    )


def _payments(draw: Draw, checkout: Columns, rng: np.random.Generator) -> Columns:
    """Each stop is verified within two days, so stops are final; frauds that passed are disputed over months."""
    rates, submitted = draw.rates, by_day(checkout, "submitted")
    new, abroad = rng.uniform(0.2, 0.28), rng.uniform(0.1, 0.16)
    share = {"known": 1 - new - abroad - _HANDFUL, "new": new, "abroad": abroad, "company": _HANDFUL}
    odds = {name: _OFTEN if name == draw.stopped_customer else 1.0 for name in CUSTOMERS} | {"company": 4.0}
    level = sum(share[name] * odds[name] for name in CUSTOMERS)
    stopped = rates.stopped / level * np.array([odds[name] for name in CUSTOMERS])
    payments = rng.multinomial(submitted, [share[name] for name in CUSTOMERS])
    frauds = rng.binomial(payments, rates.fraud)
    caught = rng.binomial(frauds, rates.recall)
    disputed = rng.binomial(frauds - caught, np.linspace(0.35, 0.05, DAYS)[:, None])
    return frozen_columns(
        day=np.repeat(days(FIRST, DAYS), len(CUSTOMERS)),
        customer=np.tile(np.array(CUSTOMERS), DAYS),
        payments=payments.ravel(),
        stopped_good=rng.binomial(payments - frauds, stopped).ravel(),
        stopped_fraud=caught.ravel(),
        fraud_disputed_so_far=disputed.ravel(),
    )


def _final_weeks(rates: Rates, rng: np.random.Generator) -> Columns:
    """Weeks before the feasts, busier by a fifth than February."""
    payments = rng.poisson(7 * 1.2 * rates.visits * 0.6, 4)
    frauds = rng.binomial(payments, rates.fraud)
    caught = rng.binomial(frauds, rates.recall)
    return frozen_columns(
        week=days(FINAL_FIRST, 4, 7),
        payments=payments,
        fraud_caught=caught,
        fraud_missed=frauds - caught,
        alerts=caught + rng.binomial(payments - frauds, rates.stopped),
    )


def _tickets(rates: Rates, checkout: Columns, payments: Columns, rng: np.random.Generator) -> Columns:
    crowds = {
        "stopped": by_day(payments, "stopped_good"),
        "card": by_day(checkout, "gave_up_after_error"),
        "slow": by_day(checkout, "left_before_ready"),
        "fraud": by_day(payments, "stopped_fraud") * (1 - rates.recall) / rates.recall,
    }
    means = np.stack([crowds[topic] * rates.writes[topic] for topic in TOPICS[:4]] + [np.full(DAYS, 0.0003) *
                     by_day(checkout, "visits")], axis=1)  # fmt: skip
    tickets = rng.poisson(means)
    minutes = np.array([rates.minutes, *rng.uniform(5, 12, 4)])
    return frozen_columns(
        day=np.repeat(days(FIRST, DAYS), len(TOPICS)),
        topic=np.tile(np.array(TOPICS), DAYS),
        tickets=tickets.ravel(),
        minutes=np.round(tickets * minutes * rng.normal(1.0, 0.02, tickets.shape)).astype(int).ravel(),
        solved_at_first_answer=rng.binomial(tickets, rng.uniform(0.5, 0.85, len(TOPICS))).ravel(),
    )


def _pages(draw: Draw, checkout: Columns, rng: np.random.Generator) -> Columns:
    visits = np.asarray(checkout["visits"]).reshape(4, 7, len(DEVICES)).sum(1)
    server = rng.uniform(70, 140, len(DEVICES))
    browser = np.array([rng.uniform(4200, 6800) if d == draw.slow_device else rng.uniform(900, 1900) for d in DEVICES])
    return frozen_columns(
        week=np.repeat(days(FIRST, 4, 7), len(DEVICES)),
        device=np.tile(np.array(DEVICES), 4),
        loads=visits.ravel(),
        server_p95_ms=np.round(server * rng.normal(1.0, 0.03, (4, len(DEVICES)))).astype(int).ravel(),
        browser_p95_ms=np.round(browser * rng.normal(1.0, 0.03, (4, len(DEVICES))), -1).astype(int).ravel(),
    )


def _inputs(draw: Draw, payments: Columns, rng: np.random.Generator) -> Columns:
    """Eight weeks. The index rises in every world; whether fewer alerts are right than in January is the question."""

    def weekly(name: str) -> np.ndarray:
        found: np.ndarray = by_day(payments, name).reshape(4, 7).sum(1)
        return found

    right = 100 * weekly("stopped_fraud") / (weekly("stopped_fraud") + weekly("stopped_good"))
    abroad = np.asarray(payments["payments"]).reshape(4, 7, len(CUSTOMERS))[:, :, CUSTOMERS.index("abroad")].sum(1)
    share = 100 * abroad / weekly("payments")
    slide = np.ones(4) if draw.inputs_only else np.linspace(1.55, 1.15, 4)
    before = right.mean() * slide * rng.normal(1.0, 0.008, 4)
    grew = rng.uniform(1.5, 4.5)
    return frozen_columns(
        week=days(INPUTS_FIRST, 8, 7),
        stability_index=np.round(np.linspace(0.05, rng.uniform(0.24, 0.42), 8) * rng.normal(1.0, 0.04, 8), 3),
        share_abroad=np.round(np.concatenate([share.mean() - grew * np.linspace(1.0, 0.3, 4), share]), 2),
        alerts_right=np.round(np.concatenate([before, right]), 2),
    )
