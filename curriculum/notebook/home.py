"""The page of the whole course: where the learner was, what is due, what was shown, and ways to begin again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum.course.catalog import load_catalog
from curriculum.learner.advice import first_advice
from curriculum.learner.beginning import begin_again
from curriculum.learner.lesson_files import LessonFiles, find_workspace
from curriculum.learner.places import last_lesson
from curriculum.learner.progress import Progress, ProgressLost
from curriculum.learner.skills import skills_of
from curriculum.learner.workspace import locate, notebook_path
from curriculum.pages import page as pages
from curriculum.pages.page import Page
from curriculum.pages.standing import Standing
from curriculum.support.files import FileRefused

if TYPE_CHECKING:
    from ipywidgets import Widget


def open_course(workspace: Path | None = None) -> Course:
    """The course in a workspace; by default in the one around the current folder, else in the usual place."""
    return Course((workspace or find_workspace(Path.cwd()) or locate()).resolve())


class Course:
    """The course as a whole. Type `course.` and press Tab to see what there is."""

    def __init__(self, workspace: Path):
        self._workspace, self._progress = workspace, Progress(workspace)

    def __repr__(self) -> str:
        return "The course: go_on, review, map, skills, portfolio, begin_again."

    def go_on(self) -> Page:
        """Where you go on: the lesson in which you were last, or the next one; and what would help you most."""
        try:
            standings = self._standings()
        except ProgressLost:  # the map below says so
            standings = {}
        return pages.go_on(last_lesson(self._workspace), standings, first_advice(self._workspace))

    def _standings(self) -> dict[str, dict[str, Standing]]:
        return {entry.slug: self._progress.standings(entry.slug) for entry in load_catalog().lessons}

    def map(self) -> Page:
        """Every lesson, how far you are, and a link."""
        try:
            return pages.course_map("", self._standings())
        except ProgressLost as error:
            return pages.course_map("", {}, note=str(error))

    def review(self) -> Any:
        """What you learned and missed in all lessons, as cards that come back when they are due."""
        from curriculum.learner.review import Deck
        from curriculum.widgets.deck import DeckWidget

        try:
            return DeckWidget(Deck(self._workspace))
        except FileRefused as error:
            return Page(str(error))

    def skills(self) -> Page:
        """What your work has shown, skill by skill, with the evidence; and how well you knew it yourself."""
        from curriculum.pages.skills import skill_page
        from curriculum.pages.sureness import curve

        try:
            shown, sure = skill_page(skills_of(self._progress)), curve(self._progress.all_said())
        except ProgressLost as error:
            return Page(str(error))
        return Page(f"{shown.text}\n\n{sure.text}", shown.html + sure.html)

    def portfolio(self) -> Page:
        """Your artifacts, who signed them, and your stories on one page; written into your workspace."""
        from curriculum.learner.portfolio import write_portfolio

        try:
            written = write_portfolio(self._workspace, self._workspace)
        except FileRefused as error:
            return Page(str(error))
        if written is None:
            return Page("There is no artifact yet; write something in a lesson first.")
        return Page(
            f"{written.contents}: [open the page](portfolio.html) to read or print it; "
            "`portfolio.md` is the same as plain text."
        )

    def begin_again(self) -> Widget | Page:
        """Choose a lesson and begin it again; your old answers are put aside."""
        import ipywidgets as w

        begun = [
            (entry.title, LessonFiles(entry.slug, notebook_path(entry, self._workspace).parent, self._workspace))
            for entry in load_catalog().lessons
        ]
        begun = [(title, files) for title, files in begun if files.answers.is_dir()]
        if not begun:
            return Page("No lesson is begun yet.")
        lesson = w.Dropdown(options=begun, description="Lesson", layout=w.Layout(width="32rem", max_width="100%"))
        first = w.Button(description="Begin again …")
        sure = w.Button(description="Yes, put my answers aside", button_style="warning", layout=w.Layout(width="auto"))
        sure.layout.display = "none"
        said = w.HTML()

        def ask(_: Any) -> None:
            sure.layout.display, said.value = "", ""

        def do(_: Any) -> None:
            sure.layout.display = "none"
            try:
                aside = begin_again(lesson.value, dt.datetime.now())
            except FileRefused as error:
                said.value = pages.caution(str(error)).html
                return
            told = f"Your old answers are in the folder {aside.name}. " if aside else ""
            said.value = pages.caution(f"{told}Open the lesson: it begins anew.").html

        def other(_: Any) -> None:
            sure.layout.display = "none"

        first.on_click(ask)
        sure.on_click(do)
        lesson.observe(other, names="value")
        return w.VBox([w.HBox([lesson, first, sure], layout=w.Layout(flex_flow="row wrap")), said])
