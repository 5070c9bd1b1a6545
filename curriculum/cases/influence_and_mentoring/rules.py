"""A rule run over the campaign: whom it takes, what the action did to them beside nothing, what that is worth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curriculum.cases.influence_and_mentoring.draw import DISCOUNT, NOTHING
from curriculum.support.rules import RuleError, compile_rule

COLUMNS: Mapping[str, type] = {
    "risk": str, "profiles": str, "gap_days": int,
    "score_discount": float, "score_pause": float, "score_picks": float,
}  # fmt: skip
"""What is known of a person before they are contacted; nothing else may stand in a rule."""
SURE = 1.96
PEOPLE_FOR = 16.0
"""An arm needs so many times p(1 − p) ÷ difference²; then four of five tests find it (the rule of Lehr)."""

EXACTLY = (1.96 + 0.84) ** 2


@dataclass(frozen=True)
class Reading:
    """What a rule and an action come to in this segment."""

    reached: float
    """People of the segment whom the rule takes."""
    uplift: float
    """Of 100 whom it takes: how many more pay on day 120 than with nothing."""
    low: float
    high: float
    stay: float
    """Share of those contacted who pay on day 120."""
    untouched: float
    """Share of those with nothing who pay on day 120."""
    early: float
    """The difference on day 30, of 100."""
    cost: float
    """€ of the action."""
    kept: float
    """People kept by it."""

    def net(self, margin: float, months: float, other: float = 0.0) -> float:
        """€: what those who were kept leave, less what it costs."""
        return self.kept * margin * months - self.cost - other

    @property
    def arm(self) -> float:
        """People an arm needs to find a difference as large as this one."""
        return arm_needed(self.untouched, self.uplift / 100)


def arm_needed(share: float, difference: float) -> float:
    """People an arm needs, for a share and a difference between 0 and 1; infinite for no difference."""
    return PEOPLE_FOR * share * (1 - share) / difference**2 if difference else math.inf


def arm_for(untouched: float, difference: float) -> float:
    """People an arm needs by the two shares themselves, between 0 and 1: at 5 in 100, four of five tests find the
    difference. The rule of Lehr asks for more where the shares lie far from a half; infinite for no difference."""
    both = [min(max(share, 0.0), 1.0) for share in (untouched, untouched + difference)]
    return EXACTLY * sum(share * (1 - share) for share in both) / difference**2 if difference else math.inf


def chosen(rule: str, columns: Mapping[str, Any]) -> np.ndarray:
    """By row: whether the rule takes this person. Raises RuleError where it cannot be run on what is known."""
    compiled = compile_rule(rule, COLUMNS)
    return np.array(compiled.each({name: columns[name] for name in COLUMNS}), dtype=bool)


def reads_score(rule: str) -> bool:
    """Whether a rule asks a score. Raises RuleError."""
    return any(name.startswith("score_") for name in compile_rule(rule, COLUMNS).columns)


def read(
    rule: str, action: str, columns: Mapping[str, Any], size: int, cost: float, half: int = 0, late: str = "paying_120"
) -> Reading:
    """Reads a rule and an action from the campaign's rows; of one wave only where `half` is 1 or 2.

    `cost` is € for each who stays with a discount, and for each who is contacted with another action. Raises RuleError
    where the rule cannot be run, and ValueError where an arm has nobody.
    """
    takes = chosen(rule, columns)
    share = float(takes.mean())
    rows = takes & (np.asarray(columns["wave"]) == half) if half else takes
    arm, pays = np.asarray(columns["arm"]), np.asarray(columns[late])
    with_it, without = rows & (arm == action), rows & (arm == NOTHING)
    if not with_it.any() or not without.any():
        raise ValueError("the rule takes nobody in one of the arms")
    stay, untouched = float(pays[with_it].mean()), float(pays[without].mean())
    active = np.asarray(columns["active_30"])
    difference = stay - untouched
    error = math.sqrt(stay * (1 - stay) / with_it.sum() + untouched * (1 - untouched) / without.sum())
    reached = size * share
    return Reading(
        reached=reached,
        uplift=100 * difference,
        low=100 * (difference - SURE * error),
        high=100 * (difference + SURE * error),
        stay=stay,
        untouched=untouched,
        early=100 * float(active[with_it].mean() - active[without].mean()),
        cost=reached * cost * (stay if action == DISCOUNT else 1.0),
        kept=reached * difference,
    )


__all__ = ["COLUMNS", "Reading", "RuleError", "arm_for", "arm_needed", "chosen", "read", "reads_score"]
