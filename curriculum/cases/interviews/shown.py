"""Which criterion of which lesson shows which competency that interviewers ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from curriculum.cases.base import Entry

APART = "__"
"""Between lesson and criterion in an id; no id of a lesson has it."""
TITLE = "title"


@dataclass(frozen=True)
class Shown(Entry):
    """A criterion of a lesson, as `listen_and_ask__dissent_is_kept`; its label is the sentence that learners read."""

    also: tuple[str, ...] = ()
    """Other competencies that a careful reader may see in it as well."""

    @property
    def lesson(self) -> str:
        return self.id.partition(APART)[0]

    @property
    def competency(self) -> str:
        return self.note

    @property
    def about(self) -> frozenset[str]:
        """Every competency that it may be brought for."""
        return frozenset((self.competency, *self.also))


def shown_id(lesson: str, criterion: str) -> str:
    """The id under which a criterion is picked."""
    return f"{lesson}{APART}{criterion}"


def lesson_titles() -> Mapping[str, str]:
    """What each lesson with such a criterion is called, by its id."""
    return {lesson: criteria[TITLE] for lesson, criteria in _read().items()}


@cache
def load_shown() -> tuple[Shown, ...]:
    """All criteria that show a competency, in their order; raises ValueError where the file is broken."""
    rows = tuple(
        Shown(shown_id(lesson, criterion), said[1], said[0], also=tuple(said[2:]))
        for lesson, criteria in _read().items()
        for criterion, said in criteria.items()
        if criterion != TITLE
    )
    if len({row.id for row in rows}) != len(rows):
        raise ValueError("an id stands twice in shown.yaml")
    return rows


@cache
def _read() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
        (Path(__file__).parent / "shown.yaml").read_text(encoding="utf-8")
    )
    return found
