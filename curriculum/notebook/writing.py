"""What a learner writes with: forms and boards over the answers of a lesson, and values put there from code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from curriculum.artifacts.board import Board
from curriculum.artifacts.derived import completed_one
from curriculum.artifacts.lanes import LanesDocument
from curriculum.artifacts.looked_at import LookedAt
from curriculum.artifacts.raci import Raci
from curriculum.artifacts.rows import Misfits
from curriculum.artifacts.saying_back import parts_of
from curriculum.artifacts.self_review import SelfReview
from curriculum.cases import Case
from curriculum.learner import looked_at
from curriculum.learner.lesson_files import LessonFiles
from curriculum.learner.self_review import prepare, with_texts
from curriculum.roleplay.script import Script
from curriculum.support.files import FileRefused
from curriculum.widgets.artifact_file import Complete, as_typed
from curriculum.widgets.base import ContentUnreadable
from curriculum.widgets.board import BoardWidget
from curriculum.widgets.file_widget import FileWidget
from curriculum.widgets.form import Form
from curriculum.widgets.grid import Grid
from curriculum.widgets.lanes import Lanes
from curriculum.widgets.read_back import ReadBackWidget
from curriculum.words.unread import unread
from graders.grade import Submission
from graders.rubric import Rubric


class NotWritten(Exception):
    """Something was not written; the message says why, and what to do."""


class Desk:
    """The forms and boards of one lesson in one notebook. What is put there by code, open ones show at once."""

    def __init__(self, case: Case, files: LessonFiles, rubric: Rubric, read: Callable[[], Submission]):
        self._case, self._files, self._rubric, self._read = case, files, rubric, read
        self._shown: dict[str, list[FileWidget[Any]]] = {}
        self._talking: list[FileWidget[Any]] = []
        self._waiting: dict[str, Form] = {}
        """Forms that code has written through and nobody has opened: they know how to undo it."""

    def form(self, kind: str) -> Form:
        form = self._waiting.pop(kind, None) or self._new_form(kind)
        self._shown.setdefault(kind, []).append(form)
        return form

    def read_back(self, kind: str, script: Script) -> ReadBackWidget:
        """The read-back of this kind; raises TypeError where the kind has nothing that is said back."""
        model = self._rubric.artifacts[kind]
        if not parts_of(model):
            raise TypeError(kind)
        widget = ReadBackWidget(
            self._case,
            model,
            self._files.artifact(kind),
            script,
            self._files.artifact(script.id),
            known=self._known,
            complete=self._complete(kind),
        )
        self._shown.setdefault(kind, []).append(widget)
        self.shares_talk(widget)
        return widget

    def shares_talk(self, widget: FileWidget[Any]) -> None:
        """What is said in one of the widgets that keep the conversation, the others show at once."""
        for one, other in ((one, other) for old in self._talking for one, other in ((old, widget), (widget, old))):
            one.observe(lambda _, other=other: other.refresh(), names="view")
        self._talking.append(widget)

    def board(self, kind: str) -> BoardWidget:
        """The board of this kind; raises TypeError where the kind is none."""
        if not issubclass(self._rubric.artifacts[kind], Board):
            raise TypeError(kind)
        board = BoardWidget(self._case, self._files.artifact(kind), known=self._known, complete=self._complete(kind))
        self._shown.setdefault(kind, []).append(board)
        return board

    def grid(self, kind: str) -> Grid:
        """The grid of deliverables by people of this kind; raises TypeError where the kind is none."""
        if not issubclass(self._rubric.artifacts[kind], Raci):
            raise TypeError(kind)
        grid = Grid(self._case, self._files.artifact(kind))
        self._shown.setdefault(kind, []).append(grid)
        return grid

    def lanes(self, kind: str) -> Lanes:
        """The cards of this kind in their lanes; raises TypeError where the kind has none."""
        model = self._rubric.artifacts[kind]
        if not issubclass(model, LanesDocument):
            raise TypeError(kind)
        lanes = Lanes(self._case, model, self._files.artifact(kind), complete=self._complete(kind))
        self._shown.setdefault(kind, []).append(lanes)
        return lanes

    def read_yourself(self, kind: str) -> Form | None:
        """The self-review of an artifact's texts; None where it has none. Raises Unreadable and FileRefused."""
        submission = self._read()
        artifact = submission.artifacts.get(kind)
        texts = unread({kind: artifact}) if artifact else ()
        if not texts:
            return None
        path = self._files.artifact(SelfReview.kind)
        prepare(path, texts)
        return Form(with_texts(self._case, unread(submission.artifacts)), SelfReview, path)

    def looked_at(self, kind: str) -> Form:
        """The record of who looked at held work. Raises Unreadable and FileRefused."""
        path = self._files.artifact(LookedAt.kind)
        looked_at.prepare(path, self._read().artifacts[kind])
        return Form(self._case, LookedAt, path)

    def put(self, kind: str, place: str, value: object) -> str:
        """Write rows or a value; returns what was done. Raises NotWritten, and then the file is as it was."""
        open_ones = self._shown.get(kind, [])
        form = next((each for each in reversed(open_ones) if isinstance(each, Form)), None) or self._waiting.get(kind)
        if form is None:
            form = self._waiting[kind] = self._new_form(kind)
        try:
            said = form.put(place, value)
        except Misfits as error:
            raise NotWritten("\n".join([*error.sentences, "Nothing was written."])) from None
        except ContentUnreadable as error:
            remedy = "The file is left as it is. Mend it, save, and run this again."
            raise NotWritten("\n".join([*error.sentences, remedy])) from None
        except FileRefused as error:
            raise NotWritten(f"{error} Nothing was written.") from None
        for widget in open_ones:
            widget.refresh()
        return said

    def _new_form(self, kind: str) -> Form:
        return Form(
            self._case,
            self._rubric.artifacts[kind],
            self._files.artifact(kind),
            known=self._known,
            complete=self._complete(kind),
        )

    def _known(self) -> frozenset[str]:
        """Facts that somebody told the learner in the current attempt."""
        state = self._read().conversation
        return state.facts if state else frozenset()

    def _complete(self, kind: str) -> Complete:
        """How the derived fields of an artifact are filled, beside what the other files say at that moment."""
        derive = self._rubric.derives.get(kind)
        if derive is None:
            return as_typed
        return lambda artifact: completed_one(artifact, derive, self._case, self._read().artifacts)
