"""What nobody types in this lesson: what a rule gives when it is run, and what other fields say already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.artifacts.base import Artifact
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.causes import Claim
from curriculum.cases.fraud_false_positives.rule_trial import trial
from curriculum.support.rules import RuleError


def plan_numbers(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """What the fallback rule does on the holdout days and in the last week; the measure of each action."""
    plan = artifacts["action_plan"]
    assert isinstance(plan, ActionPlan)
    values: dict[str, Any] = {}
    try:
        holdout, recent = (trial(case, plan.fallback.rule, window) for window in ("holdout", "recent"))
    except RuleError:
        pass
    else:
        values = {
            "fallback.false_positives": round(100 * holdout.false_positive_rate, 2),
            "fallback.recall": round(100 * holdout.recall, 1),
            "fallback.alerts": round(recent.alerts_a_day),
        }
    for number, action in enumerate(plan.actions, start=1):
        if measure := measure_against(case, action.against):
            values[f"actions[{number}].measure"] = measure
    return values


def exit_day(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, dt.date]:
    """The day on which the fallback expires by the action plan."""
    plan = artifacts.get("action_plan")
    expires = plan.fallback.expires if isinstance(plan, ActionPlan) else None
    return {} if expires is None else {"fallback_until": expires}


def measure_against(case: Case, claim: str) -> str:
    """The measure that shows what an action against a claim does, and nothing else; blank for an unknown claim."""
    found = case.registry.find("claims", claim, Claim)
    trusted: Mapping[str, str] = case.truth.trusted
    if found is None:
        return ""
    return trusted.get(found.branch, trusted["false_positives"])
