"""The rubric of `latency_or_accuracy` and what its criteria share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum.artifacts.analysis import Analysis
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.decision import Decision
from curriculum.artifacts.experiment_plan import ExperimentPlan
from curriculum.cases import Case
from curriculum.cases.latency_or_accuracy.choosing import Reading
from curriculum.cases.latency_or_accuracy.draw import SEGMENTS
from curriculum.cases.latency_or_accuracy.entries import COMPLEX, LIGHT, SLOWED
from curriculum.cases.latency_or_accuracy.experiment import Run
from curriculum.consequences.planned_test import NoTest, Own, design_of, own, run_of
from curriculum.support.experiments import detectable
from graders.rubric import NotYet, Rubric

DEVICES = {"phone": "phones", "desktop": "desktop"}


def seen(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """The relative effects, in %, that the smaller of the light and the complex arm can see with 80 % power."""
    plan = artifacts["experiment_plan"]
    assert isinstance(plan, ExperimentPlan)
    try:
        design = design_of(plan)
    except NoTest:
        return {}
    smaller = min(sum(arm.share for arm in design.arms if arm.variant == name) for name in (LIGHT, COMPLEX))
    if not smaller:
        return {}
    draw, found = case.truth.draw, {}
    for name in SEGMENTS:
        people = draw.visitors * draw.load((name,)) * smaller * design.weeks
        found[f"detectable_{name}"] = round(100 * detectable(draw.rate[name], people), 2)
    return found


rubric = Rubric(
    "latency_or_accuracy",
    {"experiment_plan": ExperimentPlan, "analysis": Analysis, "decision": Decision},
    conversations=("two_camps",),
    derives={"experiment_plan": seen},
)


def percent(value: float | None) -> str:
    """A share of orders as it is said."""
    return "nothing" if value is None else f"{value:.2f}".rstrip("0").rstrip(".") + " %"


def run_from(plan: ExperimentPlan, case: Case) -> Run:
    """The data of a plan; raises NotYet where it cannot be run."""
    try:
        return run_of(plan, case)
    except NoTest as error:
        raise NotYet(f"experiment_plan.{error.place}", f"the plan to be one that can be run: {error.words}") from error


def own_from(plan: ExperimentPlan, analysis: Analysis, case: Case) -> Own:
    """The data of a plan as this analysis cleans them; raises NotYet where the plan cannot be run."""
    try:
        return own(plan, analysis, case)
    except NoTest as error:
        raise NotYet(f"experiment_plan.{error.place}", f"the plan to be one that can be run: {error.words}") from error


def reading_from(plan: ExperimentPlan, analysis: Analysis, case: Case) -> Reading:
    """What the learner's own data say under their own rule; raises NotYet where light or complex was no arm."""
    found = own_from(plan, analysis, case).reading
    if found is None:
        raise NotYet("arms_answer", "an arm with the light and one with the complex model, and days to read")
    return found


def slowed_share(plan: ExperimentPlan) -> float:
    """% of visitors who are slowed on purpose, whatever they see."""
    return sum(arm.share or 0.0 for arm in plan.arms if arm.variant == SLOWED or (arm.delay_ms or 0.0) > 0)
