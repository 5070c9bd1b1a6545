"""The interview bank: questions with what a strong answer contains, and filters over them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

Level = Literal["beginner", "intermediate", "advanced"]
LEVELS: tuple[Level, ...] = ("beginner", "intermediate", "advanced")

COMPETENCIES: dict[str, str] = {
    "translation": "Translation",
    "listening": "Listening",
    "problem_framing": "Problem framing",
    "scoping": "Scoping",
    "decision_rights": "Decision rights",
    "trade_off": "Trade-off",
    "experimentation": "Experimentation",
    "incident": "Incident",
    "incident_learning": "Learning from incidents",
    "communication": "Communication",
    "design_ml": "Design for models",
    "influence": "Influence",
    "conflict": "Conflict",
    "regulation": "Regulation",
    "ethics": "Ethics",
    "operating_system": "Ways of working",
    "humility": "Failure and humility",
}
"""Ids of the competencies and how people read them."""

Texts = Annotated[tuple[Annotated[str, Field(min_length=4)], ...], Field(min_length=1)]


class Question(BaseModel):
    """One question of the bank."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    source: Annotated[Literal["skill guide", "domain reference"], Field(alias="from")]
    competency: str
    level: Level
    minutes: Annotated[int, Field(ge=1, le=5)]
    """How long a good answer takes to say."""
    question: str
    strong: Texts
    """What a strong answer contains."""
    red_flags: Texts
    follow_ups: Annotated[Texts, Field(min_length=2)]
    asks_for: tuple[Literal["", "range", "flip", "cost", "number", "other_side"], ...] = ()
    """By follow-up: what it asks for, where an answer may have said it already, so that nobody asks once more."""
    material: Texts
    """Slugs of the lessons whose artifacts can carry an answer."""


@cache
def load_questions() -> tuple[Question, ...]:
    """The whole bank, in its order; raises ValueError where the file is broken."""
    text = (Path(__file__).parent / "questions.yaml").read_text(encoding="utf-8")
    questions = tuple(Question.model_validate(row) for row in yaml.safe_load(text))
    ids = [question.id for question in questions]
    if len(set(ids)) != len(ids):
        raise ValueError("an id stands twice in questions.yaml")
    if strangers := {question.competency for question in questions} - COMPETENCIES.keys():
        raise ValueError(f"questions.yaml names unknown competencies: {', '.join(sorted(strangers))}")
    return questions


def question(id: str) -> Question:
    """One question; raises LookupError with a sentence where there is none of that id."""
    for found in load_questions():
        if found.id == id:
            return found
    raise LookupError(f"There is no question {id!r} in the bank.")


def find_questions(
    competency: str = "", level: str = "", minutes: int | None = None, material: str = ""
) -> tuple[Question, ...]:
    """The questions of a competency, a level, at most so many minutes, or with material from a lesson.

    Blank means any. Raises LookupError with a sentence for a competency or level that does not exist.
    """
    if competency and competency not in COMPETENCIES:
        raise LookupError(f"There is no competency {competency!r}; there are {', '.join(COMPETENCIES)}.")
    if level and level not in LEVELS:
        raise LookupError(f"There is no level {level!r}; there are {', '.join(LEVELS)}.")
    return tuple(
        found
        for found in load_questions()
        if (not competency or found.competency == competency)
        and (not level or found.level == level)
        and (minutes is None or found.minutes <= minutes)
        and (not material or material in found.material)
    )
