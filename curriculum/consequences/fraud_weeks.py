"""The four weeks after the war room, day by day: what a plan leaves of the harm, under what a rule stops and lets pass.

What a measure does is assumed where no data can say it, and stated beside each number; everything else comes from
the case: the harm of each cause, the rule run on today's payments, the frauds and their amounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from curriculum.cases import Case
from curriculum.cases.base import random
from curriculum.cases.fraud_false_positives.payments import DAYS as DAYS_OF_CASE
from curriculum.cases.fraud_false_positives.rule_trial import RULE_COLUMNS, unseen
from curriculum.cases.fraud_false_positives.shape import CAUSES, MARKET, SCREEN, UPSTREAM
from curriculum.cases.fraud_false_positives.war_room import SWITCHED
from curriculum.consequences.fraud_figure import Lines
from curriculum.support.rules import RuleError, compile_rule
from curriculum.support.worlds import kept_for_worlds

DAYS, HORIZON = 28, 84
"""Days that are shown, and days until which the end of the sync is looked for."""
FIXED = {UPSTREAM: 0.0, MARKET: 0.03, SCREEN: 0.0}
"""Share of a cause's harm that is left when an action against it is done. Assumed."""
CLEAR_MESSAGE = 0.8
"""Tickets that are still written when people were told what to do. Assumed."""
READY = 2
"""Days until a fallback decides: the reviewers' queue has to be set up. Assumed."""
SWITCHED_LATE = 1
"""The day on which a switch works that was asked for after the change freeze had begun."""
WAVE, WAVE_SIZE, UNNOTICED = 56, 0.5, 28
"""Day on which something else breaks, its harm as a share of today's, and the days until it ends by itself if nobody
is called back for it. Assumed."""
DAY_SCATTER = 0.04
"""Relative scatter of the payments of a day around those of its weekday. Assumed."""


@dataclass(frozen=True)
class Rule:
    """What a fallback rule does to a day of today's payments, of all customers."""

    good_stopped: float
    recall: float
    alerts: float


@dataclass(frozen=True)
class Course:
    """A plan as far as the four weeks depend on it; days count from the war room's day, 0."""

    left_at_start: Mapping[str, float]
    """Share of each cause's harm after the war room's mitigations, until their switches are turned back."""
    left_late: Mapping[str, float]
    """The same with those that were asked for after the change freeze had begun; they work from tomorrow on."""
    recall_at_start: float
    fixed_on: Mapping[str, int]
    """The day from which an action against each cause has its effect; HORIZON where there is none."""
    screen_steps: tuple[tuple[int, float], ...] = ()
    """Days and the share of the screen's harm that is left from then on."""
    rule: Rule | None = None
    rule_until: int = 0
    closed_on: int = 0
    """The day on which the last action is due."""
    message: bool = False
    wave_days: int = 1
    """For how many days something else that breaks goes on, by who is called back for it and when."""


@dataclass(frozen=True)
class Days:
    """The run, one entry a day."""

    wronged: np.ndarray
    screen: np.ndarray
    """Of these, through the screen."""
    fraud: np.ndarray
    """Euros."""
    alerts: np.ndarray
    tickets: np.ndarray
    partner: np.ndarray = field(default_factory=lambda: np.zeros(HORIZON))
    """Of these, of partner logins, through the feed."""
    fallback: np.ndarray = field(default_factory=lambda: np.zeros(HORIZON, bool))

    def busy(self, volume: np.ndarray) -> Days:
        """The same run on days of which each has so many times the usual payments."""
        return Days(
            self.wronged * volume, self.screen * volume, self.fraud * volume, self.alerts * volume,
            self.tickets * volume, self.partner * volume, self.fallback,
        )  # fmt: skip

    def first_weeks(self) -> Lines:
        """What is shown of it."""
        return Lines(self.wronged[:DAYS], self.fraud[:DAYS], self.alerts[:DAYS], self.tickets[:DAYS])


@kept_for_worlds(maxsize=8)
def volume_of(case: Case) -> np.ndarray:
    """How busy each day is, 1 on average: the weekdays of the payments table, and a scatter that the seed draws."""
    day = (case.columns["payments"]["time"] - np.datetime64(case.truth.calendar.start, "m")).astype(int) // (24 * 60)
    counts = np.bincount(day, minlength=DAYS)[: len(np.unique(day)) // 7 * 7].reshape(-1, 7)
    weekday = np.tile(counts.mean(axis=0) / counts.mean(), HORIZON // 7)
    volume = weekday * random(case.slug, case.seed, "weeks").normal(1.0, DAY_SCATTER, HORIZON)
    return np.asarray(volume / volume[:DAYS].mean())


@kept_for_worlds(maxsize=8)
def best_and_nothing(case: Case) -> tuple[Days, Days]:
    """The runs that every plan is shown beside: the best plan known, and doing nothing."""
    return run_days(case, _best(case)), run_days(case, _nothing(case))


def _nothing(case: Case) -> Course:
    left = dict.fromkeys(CAUSES, 1.0)
    return Course(left, left, model_recall(case), dict.fromkeys(CAUSES, HORIZON), wave_days=UNNOTICED)


@kept_for_worlds(maxsize=8)
def model_recall(case: Case) -> float:
    """The share of all frauds that the model and the customers stopped."""
    stopped = np.char.startswith(case.columns["payments"]["action"], "stopped")
    return float(stopped[case.truth.draws.fraud > 0].mean())


def _best(case: Case) -> Course:
    """Everything undone on the first day, and the gentler of the rules that keep all limits for four weeks."""
    start = {UPSTREAM: 0.0, MARKET: 0.1, SCREEN: 0.0}
    rules = [rule for text in case.truth.rules.values() if (rule := rule_of(case, text))]
    rule = min(rules, key=lambda rule: rule.good_stopped)
    return Course(
        start, start, model_recall(case), dict.fromkeys(CAUSES, 1), screen_steps=((1, 0.0),), rule=rule,
        rule_until=DAYS, closed_on=1, message=True,
    )  # fmt: skip


@lru_cache(maxsize=128)
def rule_of(case: Case, text: str) -> Rule | None:
    """What a rule does to a day since the launch, by the truth on payments that no table shows, and how much of all
    fraud it stops; None where it cannot be used."""
    try:
        compile_rule(text, RULE_COLUMNS)
        before, since = (unseen(case, text, since_launch=later) for later in (False, True))
    except RuleError:
        return None
    days = DAYS_OF_CASE - case.truth.calendar.launch_day - 1
    return Rule(
        good_stopped=since.good.hits * case.truth.scale / days,
        recall=(before.fraud.hits + since.fraud.hits) / max(1, before.fraud.of + since.fraud.of),
        alerts=since.alerts_a_day,
    )


def run_days(case: Case, course: Course) -> Days:
    """Every day to the horizon under a plan, with payments as many as usual."""
    truth = case.truth
    wronged, screen, fraud, alerts, partner = (np.zeros(HORIZON) for _ in range(5))
    fallback, with_model = np.zeros(HORIZON, bool), model_recall(case)
    for day in range(HORIZON):
        screen[day] = truth.excess_a_day[SCREEN] * _screen_left(course, day)
        on = course.rule is not None and READY <= day < course.rule_until
        if on and course.rule is not None:
            over = max(0.0, course.rule.alerts - truth.capacity)
            wronged[day] = screen[day] + course.rule.good_stopped + over
            recall, alerts[day], fallback[day] = course.rule.recall, course.rule.alerts, True
        else:
            harm = {cause: truth.excess_a_day[cause] * _left(course, cause, day) for cause in (UPSTREAM, MARKET)}
            wronged[day] = screen[day] + truth.usual_a_day + sum(harm.values())
            partner[day] = harm[UPSTREAM]
            recall = course.recall_at_start if day < SWITCHED else with_model
        fraud[day] = truth.frauds_a_day * (1 - recall) * truth.fraud_amount
    wave = slice(WAVE, min(HORIZON, WAVE + course.wave_days))
    wronged[wave] += WAVE_SIZE * sum(truth.excess_a_day.values())
    late = np.concatenate([[wronged[0]], wronged[:-1]])
    tickets = truth.parameters.tickets * 0.5 * (wronged + late) * (CLEAR_MESSAGE if course.message else 1.0)
    return Days(wronged, screen, fraud, alerts, tickets, partner, fallback)


def _switched(course: Course, cause: str, day: int) -> float:
    """What the war room's switches leave of a cause's harm on a day."""
    if day >= SWITCHED:
        return 1.0
    return (course.left_late if day >= SWITCHED_LATE else course.left_at_start)[cause]


def _screen_left(course: Course, day: int) -> float:
    left = _switched(course, SCREEN, day)
    for start, share in course.screen_steps:
        if day >= start:
            left = share if share > 1 else min(left, share)
    return left


def _left(course: Course, cause: str, day: int) -> float:
    fixed = FIXED[cause] if day >= course.fixed_on[cause] else 1.0
    return min(_switched(course, cause, day), fixed)
