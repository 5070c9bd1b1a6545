"""The find-the-flaws exercise of a lesson, as a notebook shows it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from curriculum.artifacts.flaws import Flaws
from curriculum.notebook.lesson import Lesson
from curriculum.notebook.refusals import LessonError
from curriculum.notebook.twins import settled
from curriculum.pages import page as pages
from curriculum.pages.exemplars import solved
from curriculum.pages.page import Page

if TYPE_CHECKING:
    from curriculum.course.flaws import FlawedDraft


class FlawHunt:
    """The find-the-flaws exercise of a lesson: the draft, the statements, and how many you found.

    The draft is a good answer for the learner's own world but for its flaws, so it opens when an exemplar would.
    """

    def __init__(self, lesson: Lesson):
        from curriculum.course.lesson_plan import load_plan

        plan = load_plan(lesson._files.slug).flaws
        if plan is None:
            raise LessonError("There is no draft with flaws in this lesson.")
        self._lesson = lesson
        self._plan = plan

    @cached_property
    def _draft(self) -> FlawedDraft:
        from curriculum.course.flaws import flawed_draft

        return flawed_draft(self._lesson._case, self._plan)

    def draft(self) -> Page:
        """The colleague's draft."""
        if reason := self._closed():
            return Page(reason)
        lesson = self._lesson
        artifact = solved(lesson._rubric, lesson._case, self._draft.files, self._draft.plan.artifact)
        author = lesson._case.registry.label("people", self._draft.plan.author)
        lead = f"A draft by {author}. It has {len(self._draft.planted)} flaws."
        return pages.document(artifact, lesson._case.registry, lead=lead)

    def form(self) -> Any:
        """Tick the statements that are true of the draft."""
        if self._closed():
            return Page("The statements come with the draft.")
        from curriculum.course.flaws import with_options
        from curriculum.widgets.form import Form

        case = with_options(self._lesson._case, self._draft)
        files = self._lesson._files
        form = Form(case, Flaws, files.artifact("flaws"))
        if self._lesson._sureness:
            self._lesson._sureness.watch(form, Flaws.kind)
        return settled(form, files.slug, files.folder, ("find_flaws",), ("form",))

    def how_sure(self, word: str = "") -> Any:
        """Say how sure you are of what you ticked, before you look: one tap, or a word. Nobody has to."""
        lesson = self._lesson
        if self._closed() or lesson._sureness is None:
            return Page("How sure you are is asked once the draft is open, in your workspace.")
        try:
            asked = lesson._sureness.ask(Flaws.kind, "the flaws that you ticked", word)
        except LookupError as error:
            raise LessonError(str(error.args[0])) from None
        return settled(asked, lesson._files.slug, lesson._files.folder, ("find_flaws",), ("how_sure",))

    def check(self) -> Any:
        """How many you found, what you overlooked, and what was not there."""
        from IPython.display import display

        from curriculum.artifacts.reading import Unreadable, read_artifact
        from curriculum.course.flaws import score

        if self._closed():
            return Page("How many you found is told once the draft is open.")
        path = self._lesson._files.artifact("flaws")
        try:
            ticked = read_artifact(path, Flaws).artifact.found
        except FileNotFoundError:
            ticked = ()
        except Unreadable as error:
            raise LessonError(str(error)) from None
        if not ticked:
            return Page("Nothing is ticked yet. Read the draft, tick what you can show, then run this again.")
        found = score(self._draft, ticked)
        page = pages.flaws_found(found)
        if self._lesson._sureness is None:
            return page
        display(page)
        # A wrong accusation costs what a find is worth.
        points = max(0, len(found.found) - len(found.not_there))
        planted = len(found.found) + len(found.overlooked)
        return self._lesson._sureness.after_hunt(points, planted) or None

    def _closed(self) -> str:
        return self._lesson._closed("The draft with flaws", self._plan.artifact)
