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
from curriculum.cases.fraud_false_positives.payments import CALIBRATION, DAYS, HOLDOUT
from curriculum.support.rules import Rule, compile_rule

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

RECENT = (DAYS - 3, DAYS)
"""The last three days: too young for labels, but alerts can be counted."""

WINDOWS = {"calibration": CALIBRATION, "holdout": HOLDOUT, "recent": RECENT}

SMALLEST_GROUP = 400
"""Good payments that a group must have before its rate is judged."""


@dataclass(frozen=True)
class Trial:
    """What a rule does in one window."""

    false_positive_rate: float
    """Good payments that it stops, as a share of the good payments with a final label."""
    recall: float
    """Frauds that it stops, as a share of the frauds with a final label."""
    alerts_a_day: float
    """Payments that it stops on an average day, of all customers."""
    groups: Mapping[str, float]
    """False-positive rate by group of customers."""

    @property
    def worst_group(self) -> tuple[str, float]:
        """The group that it treats worst, with its rate."""
        return max(self.groups.items(), key=lambda item: item[1], default=("nobody", 0.0))


def try_rule(rule: Rule, tables: TablesLike, start: dt.datetime, scale: int, window: tuple[int, int]) -> Trial:
    """Run a compiled rule over the payments of some days; raises RuleError for a row that it cannot decide."""
    payments = tables["payments"]
    rows = rows_of(payments, start, window)
    columns = {name: np.asarray(payments[name])[rows] for name in (*RULE_COLUMNS, *HINDSIGHT)}
    stopped = np.array(rule.each(columns), dtype=bool)
    label = columns["label"].astype(str)
    good, fraud = label == "good", label == "fraud"
    groups = {}
    for name, mask in _groups(columns).items():
        members = good & mask
        if members.sum() >= SMALLEST_GROUP:
            groups[name] = float(stopped[members].mean())
    return Trial(
        false_positive_rate=float(stopped[good].mean()) if good.any() else 0.0,
        recall=float(stopped[fraud].mean()) if fraud.any() else 0.0,
        alerts_a_day=float(stopped.sum()) * scale / (window[1] - window[0]),
        groups=groups,
    )


@lru_cache(maxsize=256)
def remembered_trial(slug: str, seed: int, text: str, window: str) -> Trial:
    """What a rule does in one window of a case that is loaded by slug and seed, so that it can be remembered."""
    from curriculum.cases import load_case

    case = load_case(slug, seed)
    return try_rule(
        compile_rule(text, {**RULE_COLUMNS, **dict.fromkeys(HINDSIGHT, str)}),
        case.columns,
        case.truth.calendar.start,
        case.truth.scale,
        WINDOWS[window],
    )


def trial(case: Case, text: str, window: str) -> Trial:
    """What a rule does in one of the case's windows, remembered; raises RuleError where the rule cannot be used."""
    return remembered_trial(case.slug, case.seed, text.strip(), window)


def rows_of(payments: Mapping[str, Any], start: dt.datetime, window: tuple[int, int]) -> slice:
    """The rows of some days in the payments, which are sorted by time."""
    day = day_numbers(payments["time"], start)
    first, last = np.searchsorted(day, window)
    return slice(int(first), int(last))


def _groups(columns: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Customers whom no rule may treat much worse than others."""
    country, device = columns["country"].astype(str), columns["device"].astype(str)
    return {
        "customers of less than 30 days": columns["tenure_days"].astype(int) < 30,
        "customers with a partner login": columns["login"].astype(str) == "partner",
        **{f"customers in {code}": country == code for code in np.unique(country)},
        **{f"customers on the {name}": device == name for name in np.unique(device)},
    }
