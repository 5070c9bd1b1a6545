"""What a lesson asks from memory, and the review of all lessons, as a notebook shows them."""

from __future__ import annotations

from curriculum.course.catalog import load_catalog
from curriculum.course.lesson_plan import load_plan
from curriculum.learner.lesson_files import LessonFiles
from curriculum.learner.review import Deck
from curriculum.widgets.deck import DeckWidget
from curriculum.widgets.recall import Asked, RecallWidget


def recall_widget(files: LessonFiles) -> RecallWidget | None:
    """The questions from earlier lessons; None where a lesson has none."""
    titles = {entry.slug: entry.title for entry in load_catalog().lessons}
    asked = [
        Asked(item.id, item.question, item.answer, titles.get(item.lesson, ""), item.right, item.wrong)
        for item in load_plan(files.slug).retrieval
    ]
    if not asked:
        return None
    return RecallWidget(asked, files.artifact("recall"))


def deck_widget(files: LessonFiles) -> DeckWidget | None:
    """The cards that wait; None where there is no workspace to keep them in. Raises FileRefused."""
    return DeckWidget(Deck(files.workspace)) if files.workspace else None
