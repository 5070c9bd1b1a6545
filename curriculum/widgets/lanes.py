"""The lanes widget: cards moved between lanes, in order and in time; a roadmap or a backlog."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from curriculum.artifacts.lanes import LanesDocument
from curriculum.artifacts.reading import write_artifact
from curriculum.cases import Case
from curriculum.widgets.artifact_file import Complete, as_typed, load_artifact, trouble_text
from curriculum.widgets.aside import Replaced
from curriculum.widgets.base import Operation
from curriculum.widgets.lanes_moves import change_lanes, replaced
from curriculum.widgets.lanes_view import lanes_text, lanes_view
from curriculum.widgets.undo import Change, UndoWidget


class Lanes(UndoWidget[LanesDocument], assets="moving lanes found"):
    """Shows the cards of `path`, a document of `model`, in the lanes of a case; every move is saved at once."""

    def __init__(
        self, case: Case, model: type[LanesDocument], path: Path, complete: Complete | None = None, **kwargs: Any
    ) -> None:
        self.case, self._model, self._complete = case, model, complete or as_typed
        super().__init__(path, **kwargs)

    def load(self) -> LanesDocument:
        document, self._told = self._complete(load_artifact(self.path, self._model))
        return document

    def store(self, content: LanesDocument) -> None:
        write_artifact(self.path, content)

    def change(self, content: LanesDocument, operation: Operation) -> Change[LanesDocument]:
        return change_lanes(self.case, content, operation)

    def replaces(self, content: LanesDocument, operation: Operation) -> Replaced | None:
        return replaced(self.case, content, operation)

    def draw(self, content: LanesDocument) -> dict[str, Any]:
        return {**lanes_view(self.case, content), "undo": self.undoable(), "told": list(self._told)}

    def as_text(self) -> str:
        return trouble_text(self.view) if self.view["trouble"] else lanes_text(self.view)

    def as_html(self) -> str:
        return f"<pre>{escape(self.as_text())}</pre>"
