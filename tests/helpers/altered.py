"""`welcome` with parts of it changed, to plant faults for proofs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from curriculum.artifacts.ask import Ask
from curriculum.authoring.proofs import PROOFS
from curriculum.authoring.subject import Subject, load_subject
from curriculum.cases import Case
from curriculum.course.fixtures import Fixtures
from curriculum.course.lesson_plan import LessonPlan
from graders.rubric import Objections, Rubric


class Altered(Subject):
    """`welcome` with some of its parts changed."""

    def __init__(self, **parts: Any):
        super().__init__(parts.pop("entry", load_subject("welcome").entry))
        self.__dict__["parts"] = {name: part for name, part in parts.items() if callable(part)}
        self.__dict__.update({name: part for name, part in parts.items() if not callable(part)})

    def _altered(self, name: str, original: Any) -> Any:
        change = self.__dict__["parts"].get(name)
        return change(original) if change else original

    def text(self, name: str) -> str:
        return str(self._altered(name.replace(".", "_"), super().text(name)))

    def case(self, seed: int) -> Case:
        case: Case = self._altered("case", super().case(seed))
        return case

    def fixtures(self, seed: int) -> Fixtures:
        fixtures: Fixtures = self._altered("fixtures", super().fixtures(seed))
        return fixtures


def against(proof: str, subject: Subject, seeds: int = 2) -> str:
    return " | ".join(
        f"{problem.place}: {problem.sentence}" for problem in PROOFS[proof].examine(subject, range(seeds))
    )


def rubric_with(*judges: Callable[..., Objections], **options: Any) -> Rubric:
    """The rubric of `welcome` with further criteria."""
    welcome = load_subject("welcome").rubric
    rubric = Rubric("welcome", {"ask": Ask}, ("first_talk",), dict(welcome.criteria))
    settings: dict[str, Any] = {"points": 1, "voice": "noor", "skill": "run_meetings", "hints": ("One.", "Two.")}
    for judge in judges:
        rubric.criterion(**settings | options)(judge)
    return rubric


def plan_with(**parts: Any) -> LessonPlan:
    return load_subject("welcome").plan.model_copy(update=parts)
