"""A lesson's manifest, lesson.toml: objectives, retrieval questions, planted flaws, key points, STAR card."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from curriculum.course.catalog import lesson_folder
from curriculum.course.team_plan import TeamPlan


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Objective(_Strict):
    """Something that the learner will be able to do, begun with a verb, and the criteria that show it."""

    text: str
    criteria: Annotated[tuple[str, ...], Field(min_length=1)]


class Retrieval(_Strict):
    """A question from an earlier lesson, asked before this one begins."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    """Stays whatever becomes of the words: the learner's answer and their review card hang on it."""
    lesson: str
    """Slug of the lesson that taught it."""
    question: str
    answer: str
    right: str = ""
    """Where it can be picked from options: the one that holds; blank where it is written."""
    wrong: Annotated[tuple[str, ...], Field(max_length=5)] = ()
    """The other options, each something that people believe."""


class Flaws(_Strict):
    """The find-the-flaws exercise: an exemplar with near-misses planted in it."""

    artifact: str
    variant: str
    author: str
    """Id of the person in the case whose draft it is said to be."""
    plant: Annotated[int, Field(ge=2, le=6)]
    options: Annotated[int, Field(ge=4, le=14)]
    """How many statements there are to choose from, the planted ones among them."""


class Term(_Strict):
    """A word of the trade and what it means, in plain words."""

    term: str
    meaning: str


class Clause(_Strict):
    """One sentence of a story: it is told only where its condition holds."""

    text: Annotated[str, Field(min_length=10)]
    """A Jinja text that may use the case, the artifacts by kind, `outcome` and `conversation`."""
    when: Annotated[str, Field(min_length=1)]
    """On what it rests: `passed('criterion')`, `said('choice')`, `knows('fact')`, `did('action')`, joined by and,
    or, not."""


class Star(_Strict):
    """The four parts of a story. What was so is told in any case; what was done, one sentence for each deed."""

    situation: str
    """A Jinja text that uses the case alone."""
    task: str
    """As the situation."""
    action: Annotated[tuple[Clause, ...], Field(min_length=1)]
    result: Annotated[tuple[Clause, ...], Field(min_length=1)]


class Effect(_Strict):
    """What a document wants to move, from one of its numbers to another, and the numbers that are recomputed for it.

    Places are written as `measures.*.baseline`; a `*` stands for an entry of a list, the same in all of them.
    """

    artifact: str
    baseline: str
    target: str
    recomputed: Annotated[tuple[str, ...], Field(min_length=1)]


class Executed(_Strict):
    """Rules of an artifact that are run on rows of a table, and so are judged on a second draw as well."""

    artifact: str
    rules: str
    """Where they stand, as `rules.*.stop_when`."""
    table: str
    columns: tuple[str, ...] = ()
    """What a rule may read; blank: every column of the table."""


class LessonPlan(_Strict):
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1, max_length=6)]
    key_points: Annotated[tuple[str, ...], Field(min_length=1)]
    retrieval: tuple[Retrieval, ...] = ()
    flaws: Flaws | None = None
    glossary: tuple[Term, ...] = ()
    star: Star | None = None
    effects: tuple[Effect, ...] = ()
    executed: tuple[Executed, ...] = ()
    team: TeamPlan | None = None
    """How several people play it, each a part of the cast; None where nobody can."""
    question_zero: bool = False
    """Whether this is a first question that everybody is meant to get right: then no limits on guessing and on
    habits in conversations hold for it."""


@lru_cache(maxsize=64)
def load_plan(slug: str) -> LessonPlan:
    """The manifest of a lesson; raises pydantic's ValidationError where it is broken."""
    with (lesson_folder(slug) / "source" / "lesson.toml").open("rb") as stream:
        return LessonPlan.model_validate(tomllib.load(stream))
