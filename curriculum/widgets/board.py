"""The scoping board widget: cards in three columns, dots of the stakeholders, days of work by role."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from curriculum.artifacts.board import Board
from curriculum.artifacts.reading import write_artifact
from curriculum.cases import Case
from curriculum.widgets.artifact_file import Complete, Known, as_typed, load_artifact, trouble_text
from curriculum.widgets.aside import Replaced
from curriculum.widgets.base import Operation
from curriculum.widgets.board_moves import change_board, replaced
from curriculum.widgets.board_view import board_text, board_view
from curriculum.widgets.undo import Change, UndoWidget


class BoardWidget(UndoWidget[Board], assets="moving board found"):
    """Shows `path` (a board artifact) over the cards of a case; every move and dot is saved at once."""

    def __init__(
        self, case: Case, path: Path, known: Known | None = None, complete: Complete | None = None, **kwargs: Any
    ) -> None:
        self.case, self._known, self._complete = case, known, complete or as_typed
        super().__init__(path, **kwargs)

    def load(self) -> Board:
        board, self._told = self._complete(load_artifact(self.path, Board))
        return board

    def store(self, content: Board) -> None:
        write_artifact(self.path, content)

    def change(self, content: Board, operation: Operation) -> Change[Board]:
        return change_board(self.case, content, operation)

    def replaces(self, content: Board, operation: Operation) -> Replaced | None:
        return replaced(self.case, content, operation)

    def beside(self, content: Board, operation: Operation) -> dict[str, Any]:
        texts = operation["op"] == "detail" and operation["field"] == "reason"
        return {"type": "long", "value": operation["value"]} if texts else {}

    def joins(self, last: Operation, new: Operation) -> bool:
        fields = ("op", "id", "field")
        return new["op"] == "detail" and [last.get(f) for f in fields] == [new.get(f) for f in fields]

    def draw(self, content: Board) -> dict[str, Any]:
        known = self._known() if self._known else None
        return {**board_view(self.case, content, known), "undo": self.undoable(), "told": list(self._told)}

    def as_text(self) -> str:
        return trouble_text(self.view) if self.view["trouble"] else board_text(self.view)

    def as_html(self) -> str:
        return f"<pre>{escape(self.as_text())}</pre>"
