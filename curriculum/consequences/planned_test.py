"""The test that a learner planned, run in their world, and what their own data and rule say."""

from __future__ import annotations

import math
from dataclasses import dataclass

from curriculum.artifacts.analysis import Analysis
from curriculum.artifacts.experiment_plan import ExperimentPlan
from curriculum.cases import Case
from curriculum.cases.latency_or_accuracy.choosing import Reading, Rule
from curriculum.cases.latency_or_accuracy.draw import MOST_WEEKS
from curriculum.cases.latency_or_accuracy.entries import SLOWED, VARIANTS
from curriculum.cases.latency_or_accuracy.experiment import Arm, Design, Run, read, run
from curriculum.support.worlds import kept_for_worlds

MOST_DELAY = 3000.0


class NoTest(Exception):
    """This plan gives no test: the place that keeps it from running, and why."""

    def __init__(self, place: str, words: str):
        super().__init__(words)
        self.place, self.words = place, words


def design_of(plan: ExperimentPlan) -> Design:
    """What of a plan decides its data; raises NoTest."""
    arms = []
    for number, arm in enumerate(plan.arms, start=1):
        place = f"arms[{number}]"
        if arm.variant not in VARIANTS:
            raise NoTest(f"{place}.variant", "An arm does not say what it shows.")
        if arm.share is None or not 0.1 <= arm.share <= 100:
            raise NoTest(f"{place}.share", "An arm has no share of the visitors.")
        delay = arm.delay_ms or 0.0
        if not 0 <= delay <= MOST_DELAY:
            raise NoTest(f"{place}.delay_ms", f"A delay lies between 0 and {MOST_DELAY:g} ms.")
        # light with a delay is light slowed, whichever name it has
        variant = SLOWED if arm.variant == "light" and delay > 0 else arm.variant
        arms.append(Arm(variant, arm.share / 100, delay))
    if len(arms) < 2:
        raise NoTest("arms", "One arm alone compares nothing.")
    if abs(sum(arm.share for arm in arms) - 1) > 0.005:
        raise NoTest("arms", f"The shares add up to {100 * sum(arm.share for arm in arms):g} and not to 100.")
    if plan.weeks is None or plan.weeks != int(plan.weeks) or not 1 <= plan.weeks <= MOST_WEEKS:
        raise NoTest("weeks", f"It takes whole weeks, from one to {MOST_WEEKS}.")
    for name in ("unit", "counted"):
        if not getattr(plan, name):
            raise NoTest(name, "It is not said what is drawn by lot, or when somebody counts.")
    return Design(tuple(arms), int(plan.weeks), plan.unit == "visit", plan.counted == "at_block")


def run_of(plan: ExperimentPlan, case: Case) -> Run:
    """The data that this plan would have got; raises NoTest."""
    return run(case.seed, case.truth.luck, case.truth.draw, design_of(plan))


@dataclass(frozen=True)
class Own:
    """What a learner's own plan and analysis say."""

    run: Run
    reading: Reading | None
    """None where light or complex was no arm."""


@kept_for_worlds(maxsize=64)
def _own(plan: ExperimentPlan, analysis: Analysis, case: Case) -> Own:
    found = run_of(plan, case)
    parts = read(found, analysis.left_out, days_out(analysis))
    rule = Rule(
        plan.launch_above if plan.launch_above is not None else 0.0, plan.bound, plan.worth if plan.worth else 0.0
    )
    tested = case.truth.draw.delay(found.design.complex_share)
    return Own(found, Reading(case.truth.draw, parts, rule, tested, plan.p95_limit or math.inf) if parts else None)


def own(plan: ExperimentPlan, analysis: Analysis, case: Case) -> Own:
    """What the learner's data say under their own cleaning and rule; raises NoTest."""
    return _own(plan, analysis, case)


def days_out(analysis: Analysis) -> int:
    """The first days that are left out, as a whole number that is not negative."""
    return max(0, int(analysis.first_days or 0))
