"""What a lesson shows of the whole course: the map, the learner's skills, what comes next."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from curriculum.course.catalog import load_catalog
from curriculum.learner.advice import first_advice
from curriculum.learner.lesson_files import LessonFiles
from curriculum.learner.progress import Progress, ProgressLost
from curriculum.learner.shown import objectives_shown
from curriculum.learner.skills import skills_of
from curriculum.notebook.sureness import Sureness
from curriculum.notebook.twins import settled
from curriculum.pages import page as pages
from curriculum.pages.page import Page
from curriculum.pages.skills import Skills, skill_page
from curriculum.pages.standing import Advice, ObjectiveShown
from curriculum.support.files import FileRefused

if TYPE_CHECKING:
    from curriculum.widgets.deck import DeckWidget

NO_RECORD = "There is no record of your checks here; open the notebook in your workspace, with `curriculum start`."


class WholeCourse:
    """The course around one lesson. Without a record of the learner's checks, there is nothing to tell of them."""

    def __init__(self, files: LessonFiles, progress: Progress | None, sureness: Sureness | None):
        self._files, self._progress, self._sureness = files, progress, sureness

    def map(self) -> Any:
        """Every lesson, how far the learner is, what was shown; below it the cards, where some wait."""
        from IPython.display import display

        standings, lost = self._standings()
        page = pages.course_map(self._files.slug, standings, lost, skills=None if lost else self._skills())
        deck, _ = (None, "") if lost else self._deck()
        if deck is None or not deck.counts.now:
            return page
        display(page)
        return deck

    def review(self) -> Any:
        """The cards of all lessons."""
        deck, why = self._deck()
        return deck or Page(why or "The cards of the review are kept in a workspace; this notebook has none.")

    def skills(self) -> Page:
        """What was shown, skill by skill, and how sure the learner was of it."""
        if self._progress is None or self._sureness is None:
            return Page(NO_RECORD)
        try:
            shown = skill_page(skills_of(self._progress))
        except ProgressLost as error:
            return Page(str(error))
        sure = self._sureness.so_far()
        return Page(f"{shown.text}\n\n{sure.text}", shown.html + sure.html)

    def next(self) -> Page:
        """What is still open here, the next lesson, and what would help most."""
        shown: tuple[ObjectiveShown, ...] = ()
        if self._progress:
            with suppress(ProgressLost):
                shown = objectives_shown(self._progress, self._files.slug)
        return pages.what_next(self._files.slug, self._standings()[0], self._advice(), shown)

    def _standings(self) -> tuple[dict[str, Any], str]:
        """The best checks of every lesson, and why there are none where they cannot be read."""
        if self._progress is None:
            return {}, ""
        try:
            return {entry.slug: self._progress.standings(entry.slug) for entry in load_catalog().lessons}, ""
        except ProgressLost as error:
            return {}, str(error)

    def _skills(self) -> Skills | None:
        if self._progress is None:
            return None
        with suppress(ProgressLost):
            return skills_of(self._progress)
        return None

    def _advice(self) -> tuple[Advice, ...]:
        return first_advice(self._files.workspace) if self._progress and self._files.workspace else ()

    def _deck(self) -> tuple[DeckWidget | None, str]:
        """The cards of the workspace; none where there is none, or where its record cannot be read, with why."""
        from curriculum.notebook.recalling import deck_widget

        if self._progress is None:
            return None, ""
        try:
            deck = deck_widget(self._files)
        except FileRefused as error:
            return None, str(error)
        return settled(deck, self._files.slug, self._files.folder, ("review",)), ""
