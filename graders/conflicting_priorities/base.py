"""The rubric of `conflicting_priorities` and what its criteria share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.phased_plan import PhasedPlan
from curriculum.artifacts.raci import Raci
from curriculum.cases import Case
from curriculum.cases.conflicting_priorities.promise import Trial, trial, windows_for
from curriculum.support.rules import RuleError
from graders.rubric import Rubric


def width_shown(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """The mean width of the windows over the deliveries that the table shows: no time at the door is needed for it."""
    plan = artifacts["phased_plan"]
    assert isinstance(plan, PhasedPlan)
    try:
        windows = windows_for(plan.first.earliest, plan.first.latest, case.columns["deliveries"])
    except RuleError:
        return {}
    return {"first.width": round(windows.width, 1)}


rubric = Rubric(
    "conflicting_priorities",
    {"phased_plan": PhasedPlan, "raci": Raci},
    conversations=("three_days",),
    derives={"phased_plan": width_shown},
)


def unseen(plan: PhasedPlan, case: Case) -> Trial:
    """What the promise does in the half-year after the launch; raises RuleError."""
    return trial(case.seed, plan.first.earliest, plan.first.latest, "unseen")


def holdout(plan: PhasedPlan, case: Case) -> Trial:
    """What the promise does in the last weeks of the table, by the times at the door; raises RuleError."""
    return trial(case.seed, plan.first.earliest, plan.first.latest, "holdout")


def stated(value: float | None) -> str:
    """A number as people write it, or what stands there instead."""
    return "nothing" if value is None else f"{value:g}"


AS_BAD = 0.02
"""Groups whose shares lie so close to the smallest one count as the worst."""


def is_worst(found: Trial, group: str) -> bool:
    """Whether least is kept in a group, or as good as least: within two points of the smallest share, and in the lower
    half of what lies between the smallest and the largest."""
    if group not in found.groups:
        return False
    least, most = found.groups[found.worst].share, found.groups[found.best].share
    return found.groups[group].share - least <= min(AS_BAD, (most - least) / 2)


def of_100(share: float) -> str:
    """A share as it is said."""
    return f"{100 * share:.0f} of 100"


def weekly_noise(found: Trial) -> float:
    """The standard deviation, in points of 100, of the share kept from week to week."""
    return 100 * float(np.std(found.by_week, ddof=1))
