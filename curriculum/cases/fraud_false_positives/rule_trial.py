"""A fallback rule tried on the payments: what it would have stopped, by window and by group of customers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from curriculum.cases.base import Case
from curriculum.cases.fraud_false_positives.metrics import TablesLike, day_numbers
from curriculum.cases.fraud_false_positives.payments import CALIBRATION, DAYS, HOLDOUT, RECENT
from curriculum.cases.fraud_false_positives.shape import Shape
from curriculum.support.rules import Rule, compile_rule
from curriculum.support.worlds import kept_for_worlds

Window = tuple[int, int]
"""Days, first and one past the last."""

RULE_COLUMNS: Mapping[str, type] = {
    "amount": float,
    "country": str,
    "device": str,
    "login": str,
    "app_version": str,
    "account_age_days": int,
    "tenure_days": int,
    "new_device": bool,
    "payments_last_hour": int,
    "score": float,
}
"""What is known when a payment is made, and so may be asked by a rule."""

HINDSIGHT = ("action", "appeal", "label")
"""Columns that are only known afterwards. A rule may name them here, so that it can be shown why it must not."""

WINDOWS = {"calibration": CALIBRATION, "holdout": HOLDOUT, "recent": RECENT}

SMALLEST_GROUP = 400
"""Good payments that a group must have before its rate is judged."""
FEWEST_FRAUDS = 4
"""Frauds that a group must have before a rule is said to leave it out."""
BEFORE = 14
"""Days before the launch on which a rule is judged."""
CLEARLY = 1.645
"""Standard errors by which a rate must lie beyond its limit, so that chance fails a rule in one of twenty at most."""


@dataclass(frozen=True)
class Rate:
    """A share with its size, so that it can be told from a limit or cannot."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        return self.hits / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """Where the share lies in nine of ten draws (Wilson)."""
        if not self.of:
            return 0.0, 1.0
        square = CLEARLY**2
        middle = (self.hits + square / 2) / (self.of + square)
        reach = CLEARLY * (self.hits * (1 - self.share) + square / 4) ** 0.5 / (self.of + square)
        return max(0.0, middle - reach), min(1.0, middle + reach)

    def clearly_above(self, limit: float) -> bool:
        """Whether it lies above a limit, and not by chance alone."""
        return self.interval()[0] > limit

    def clearly_below(self, limit: float) -> bool:
        """Whether it lies below a limit, and not by chance alone."""
        return self.interval()[1] < limit


@dataclass(frozen=True)
class Trial:
    """What a rule does in one window."""

    good: Rate
    """Good payments that it stops."""
    fraud: Rate
    """Frauds that it stops."""
    alerts_a_day: float
    """Payments that it stops on an average day, of all customers."""
    groups: Mapping[str, Rate]
    """Good payments that it stops, by group of customers; all payments, where nobody knows yet which are good."""
    spared: tuple[str, ...]
    """Groups with frauds of whom it stops no payment at all, good or not."""

    @property
    def false_positive_rate(self) -> float:
        return self.good.share

    @property
    def recall(self) -> float:
        return self.fraud.share

    @property
    def worst_group(self) -> tuple[str, Rate]:
        """The group that it treats worst, with its rate."""
        return max(self.groups.items(), key=lambda item: item[1].share, default=("nobody", Rate(0, 0)))


def try_rule(
    rule: Rule, tables: TablesLike, start: dt.datetime, scale: int, window: Window, fraud: np.ndarray | None = None
) -> Trial:
    """Run a compiled rule over the payments of some days; raises RuleError for a row that it cannot decide.

    It is judged by the labels that are final, or by the truth where `fraud` tells it for each payment.
    """
    payments = tables["payments"]
    rows = rows_of(payments, start, window)
    columns = {name: np.asarray(payments[name])[rows] for name in (*RULE_COLUMNS, *HINDSIGHT)}
    stopped = np.array(rule.each(columns), dtype=bool)
    if fraud is None:
        label = columns["label"].astype(str)
        good, bad = label == "good", label == "fraud"
    else:
        good, bad = fraud[rows] == 0, fraud[rows] > 0
    known = good if good.any() else np.ones(len(stopped), bool)
    large = {name: mask for name, mask in _groups(columns).items() if (known & mask).sum() >= SMALLEST_GROUP}
    return Trial(
        good=_rate(stopped, good),
        fraud=_rate(stopped, bad),
        alerts_a_day=float(stopped.sum()) * scale / (window[1] - window[0]),
        groups={name: _rate(stopped, known & mask) for name, mask in large.items()},
        spared=tuple(
            name for name, mask in large.items() if (bad & mask).sum() >= FEWEST_FRAUDS and not (stopped & mask).any()
        ),
    )


def _rate(stopped: np.ndarray, members: np.ndarray) -> Rate:
    return Rate(int((stopped & members).sum()), int(members.sum()))


@lru_cache(maxsize=256)
def _compiled(text: str) -> Rule:
    return compile_rule(text, {**RULE_COLUMNS, **dict.fromkeys(HINDSIGHT, str)})


@kept_for_worlds(maxsize=256)
def remembered_trial(slug: str, seed: int, text: str, window: str) -> Trial:
    """What a rule does in one window of a case that is loaded by slug and seed, so that it can be remembered."""
    from curriculum.cases import load_case

    case = load_case(slug, seed)
    return try_rule(_compiled(text), case.columns, case.truth.calendar.start, case.truth.scale, WINDOWS[window])


def trial(case: Case, text: str, window: str) -> Trial:
    """What a rule does in one of the case's windows, remembered; raises RuleError where the rule cannot be used."""
    return remembered_trial(case.slug, case.seed, text.strip(), window)


@kept_for_worlds(maxsize=256)
def remembered_unseen(slug: str, seed: int, text: str, since_launch: bool) -> Trial:
    """What a rule does, by the truth, on payments of the same world that no table shows: the two weeks before the
    launch, or all whole days since."""
    from curriculum.cases import load_unseen

    case = load_unseen(slug, seed)
    if case is None:
        raise LookupError(f"{slug} has no second draw")
    truth, day = case.truth, case.truth.calendar.launch_day
    window = (day + 1, DAYS) if since_launch else (day - BEFORE, day)
    return try_rule(_compiled(text), case.columns, truth.calendar.start, truth.scale, window, truth.draws.fraud)


def unseen(case: Case, text: str, *, since_launch: bool) -> Trial:
    """What a rule does on the second draw of a case; raises RuleError where it cannot be used."""
    return remembered_unseen(case.slug, case.seed, text.strip(), since_launch)


def rows_of(payments: Mapping[str, Any], start: dt.datetime, window: Window) -> slice:
    """The rows of some days in the payments, which are sorted by time."""
    day = day_numbers(payments["time"], start)
    first, last = np.searchsorted(day, window)
    return slice(int(first), int(last))


def _groups(columns: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Customers whom no rule may treat much worse than others."""
    country, device = columns["country"].astype(str), columns["device"].astype(str)
    versions = columns["app_version"].astype(str)
    return {
        "customers of less than 30 days": columns["tenure_days"].astype(int) < 30,
        "customers with a partner login": columns["login"].astype(str) == "partner",
        "customers with the new alert screen": versions == "5.2",
        **{f"customers in {code}": country == code for code in np.unique(country)},
        **{f"customers on the {name}": device == name for name in np.unique(device)},
    }


def right_rules(shape: Shape) -> Mapping[str, str]:
    """Rules that keep all limits in a world of this shape: by what marks fraud alone, and with the score."""
    dear = 200 if not shape.in_bursts else 500
    amount = f"{dear * shape.amounts:.1f}"
    marks = (
        f"payments_last_hour >= 3 || amount >= {amount}"
        if shape.in_bursts
        else f"new_device && (amount >= {amount} || payments_last_hour >= 3)"
    )
    either = f"payments_last_hour >= 3 || amount >= {amount}" if shape.in_bursts else "new_device"
    score = "score >= 0.95" if shape.scores_low else f"score >= 0.8 && ({either})"
    return {"marks": marks, "score": score}
