"""What a lesson asks from memory, and the review of all lessons, as a notebook shows them."""

from __future__ import annotations

from typing import Any

from curriculum.course.catalog import load_catalog
from curriculum.course.debriefs import load_debriefs
from curriculum.course.lesson_plan import load_plan
from curriculum.learner.debriefs import Earlier, earlier
from curriculum.learner.lesson_files import LessonFiles
from curriculum.learner.review import Deck
from curriculum.widgets.debrief import DebriefWidget
from curriculum.widgets.deck import DeckWidget
from curriculum.widgets.recall import Asked, RecallWidget

MOST_SKILLS = 3
"""How many of the skills that two lessons share are named."""


def recall_widget(files: LessonFiles) -> RecallWidget | None:
    """The questions from earlier lessons; None where a lesson has none."""
    titles = {entry.slug: entry.title for entry in load_catalog().lessons}
    asked = [
        Asked(item.id, item.question, item.answer, titles.get(item.lesson, ""), item.right, item.wrong)
        for item in load_plan(files.slug).retrieval
    ]
    if not asked:
        return None
    before = earlier(files.slug, files.workspace) if files.workspace else None
    return RecallWidget(asked, files.artifact("recall"), earlier=_drawn(before) if before else None)


def _drawn(before: Earlier) -> dict[str, Any]:
    return {
        "lesson": before.lesson,
        "skills": list(before.skills[:MOST_SKILLS]),
        "texts": [{"id": one.id, "question": one.question, "text": one.text} for one in before.texts],
    }


def debrief_widget(files: LessonFiles, id: str) -> DebriefWidget | None:
    """The place to write under a question that looks back; None where the lesson has no such question."""
    debriefs = load_debriefs(files.slug)
    known = any(debrief.id == id for debrief in debriefs)
    return DebriefWidget(debriefs, id, files.artifact("debriefs")) if known else None


def deck_widget(files: LessonFiles) -> DeckWidget | None:
    """The cards that wait; None where there is no workspace to keep them in. Raises FileRefused."""
    return DeckWidget(Deck(files.workspace)) if files.workspace else None
