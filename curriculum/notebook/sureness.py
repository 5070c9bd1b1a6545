"""Asks before a check how sure a learner is, and shows afterwards what came of it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.derived import stripped
from curriculum.artifacts.flaws import Flaws
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.learner.lesson_files import LessonFiles
from curriculum.learner.progress import Progress, ProgressLost
from curriculum.pages.page import Page
from curriculum.pages.sureness import curve, side_by_side
from curriculum.widgets.sure import Record, Sure, said_in_words
from graders.rubric import Rubric


class Sureness:
    """How sure the learner of one lesson is, artifact by artifact. What is shown of it follows what is written."""

    def __init__(self, files: LessonFiles, rubric: Rubric, progress: Progress):
        self._files, self._rubric, self._progress = files, rubric, progress
        self._shown: dict[str, list[Sure]] = {}

    def ask(self, kind: str, what: str, word: str = "") -> Sure:
        """Five words to tap; `word` is one of them, said by code. Raises LookupError where it is none of them."""
        slug, progress = self._files.slug, self._progress
        record = Record(
            version=lambda: self.version(kind),
            known=lambda version: progress.said_of(slug, kind, version),
            say=lambda version, step: progress.say(slug, kind, version, step),
        )
        widget = Sure(what, record)
        if word:
            said_in_words(widget, word)
        self._shown.setdefault(kind, []).append(widget)
        return widget

    def watch(self, widget: Any, kind: str) -> None:
        """Look again at the version whenever a form or a board of this kind shows something new."""
        widget.observe(lambda _: self._look_again(kind), names="view")

    def after_check(self, kind: str, title: str) -> Page | None:
        """What was said beside what was earned; None where nothing was said, or nothing can be compared."""
        self._look_again(kind)
        with suppress(ProgressLost):
            if not (version := self.version(kind)):
                return None
            known = self._progress.said_of(self._files.slug, kind, version)
            if known.step and known.points is not None and known.maximum:
                times = len(self._progress.all_said())
                return side_by_side(title, known.step, known.points, known.maximum, times)
        return None

    def after_hunt(self, points: float, maximum: float) -> Page | None:
        """The same for the flaws that were ticked in a draft, of which so many count."""
        with suppress(ProgressLost):
            if version := self.version(Flaws.kind):
                self._progress.earned(self._files.slug, Flaws.kind, version, points, maximum)
        return self.after_check(Flaws.kind, Flaws.title)

    def so_far(self) -> Page:
        """All that was said and checked, as a curve."""
        try:
            return curve(self._progress.all_said())
        except ProgressLost as error:
            return Page(str(error))

    def version(self, kind: str) -> str:
        """The hash of what is written now, as reports name it; blank where nothing can be checked."""
        model: type[Artifact] = Flaws if kind == Flaws.kind else self._rubric.artifacts[kind]
        try:
            reading = read_artifact(self._files.artifact(kind), model, inside=self._files.answers)
        except (FileNotFoundError, Unreadable):
            return ""
        return "" if stripped(reading.artifact).is_blank() else reading.sha256

    def _look_again(self, kind: str) -> None:
        for widget in self._shown.get(kind, ()):
            widget.refresh()
