"""Which criterion of which lesson shows which competency that interviewers ask for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from curriculum.cases.base import Entry

APART = "__"
"""Between lesson and criterion in an id; no id of a lesson has it."""


class Shown(Entry):
    """A criterion of a lesson, as `listen_and_ask__dissent_is_kept`; its label is the sentence that learners read."""

    @property
    def lesson(self) -> str:
        return self.id.partition(APART)[0]

    @property
    def competency(self) -> str:
        return self.note


def shown_id(lesson: str, criterion: str) -> str:
    """The id under which a criterion is picked."""
    return f"{lesson}{APART}{criterion}"


@cache
def load_shown() -> tuple[Shown, ...]:
    """All criteria that show a competency, in their order; raises ValueError where the file is broken."""
    text = (Path(__file__).parent / "shown.yaml").read_text(encoding="utf-8")
    rows = tuple(
        Shown(shown_id(lesson, criterion), sentence, competency)
        for lesson, criteria in yaml.safe_load(text).items()
        for criterion, (competency, sentence) in criteria.items()
    )
    if len({row.id for row in rows}) != len(rows):
        raise ValueError("an id stands twice in shown.yaml")
    return rows
