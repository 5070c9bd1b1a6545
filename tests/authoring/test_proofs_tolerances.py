"""Tolerances that are as wide as the effect, or too narrow to state a number, are noticed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar

import pytest
from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Part
from curriculum.authoring.subject import Subject
from curriculum.course.fixtures import Fixtures
from curriculum.course.lesson_plan import Effect
from graders.rubric import Objections, Rubric, met, objection
from tests.helpers.altered import Altered, against, plan_with

EFFECT = Effect(
    artifact="goals",
    baseline="measures.*.baseline",
    target="measures.*.target",
    recomputed=("measures.*.baseline",),
)


class Measure(Part):
    baseline: Annotated[Amount, Field(title="Baseline")] = None
    target: Annotated[Amount, Field(title="Target")] = None


class Goals(Artifact):
    kind: ClassVar[str] = "goals"
    title: ClassVar[str] = "Goals"

    measures: Annotated[tuple[Measure, ...], Field(title="Measures", max_length=9)] = ()


class WithGoals(Altered):
    def fixtures(self, seed: int) -> Fixtures:
        fixtures = super().fixtures(seed)
        goals = {"measures": [{"baseline": 20.125 + seed, "target": 24.0 + seed}, {"baseline": 3.5, "target": 2.5}]}
        exemplars = {name: {**files, "goals": goals} for name, files in fixtures.exemplars.items()}
        return Fixtures(exemplars, fixtures.near_misses)


def within(tolerance: float) -> Callable[..., Objections]:
    def baselines_recompute(goals: Goals, case: Any) -> Objections:
        """Baselines are those of the data."""
        for number, (measure, right) in enumerate(zip(goals.measures, (20.125 + case.seed, 3.5), strict=False)):
            if measure.baseline is None or abs(measure.baseline - right) > tolerance:
                yield objection(f"measures[{number + 1}].baseline", "It is another number.", "that of the data")
        return met("Fine.")

    return baselines_recompute


def goals(tolerance: float, *effects: Effect) -> Subject:
    rubric = Rubric("welcome", {"goals": Goals}, ("first_talk",))
    rubric.criterion(points=1, voice="noor", skill="run_meetings", hints=("One.", "Two."))(within(tolerance))
    return WithGoals(rubric=rubric, plan=plan_with(effects=effects))


PLANTED: list[tuple[str, Callable[[], Subject], str]] = [
    ("effects_are_declared", lambda: goals(0.1), "goals.measures.*.baseline: with measures.*.target it makes"),
    (
        "effects_are_declared",
        lambda: goals(0.1, EFFECT, EFFECT.model_copy(update={"recomputed": ("measures.*.rate",)})),
        "goals.measures.*.rate: lesson.toml names it in an effect",
    ),
    ("tolerances_are_narrower_than_effects", lambda: goals(0.5, EFFECT), "off by a quarter of what is to be moved"),
    ("tolerances_are_narrower_than_effects", lambda: goals(0.0, EFFECT), "off by a hundredth of what is to be moved"),
]


@pytest.mark.parametrize(("proof", "subject", "words"), PLANTED, ids=["absent", "no-number", "wide", "narrow"])
def test_a_planted_fault_is_noticed(proof: str, subject: Callable[[], Subject], words: str) -> None:
    assert words in against(proof, subject())


@pytest.mark.parametrize("proof", ["effects_are_declared", "tolerances_are_narrower_than_effects"])
def test_a_tolerance_between_the_two_is_left_alone(proof: str) -> None:
    assert against(proof, goals(0.1, EFFECT)) == ""
