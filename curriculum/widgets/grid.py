"""The grid widget: a matrix of deliverables by people that takes one letter a cell."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from curriculum.artifacts.raci import Raci
from curriculum.artifacts.reading import write_artifact
from curriculum.cases import Case
from curriculum.widgets.artifact_file import load_artifact, trouble_text
from curriculum.widgets.aside import Replaced
from curriculum.widgets.base import Operation
from curriculum.widgets.grid_view import change_grid, grid_text, grid_view, replaced
from curriculum.widgets.undo import Change, UndoWidget


class Grid(UndoWidget[Raci], assets="grid"):
    """Shows `path` (a RACI) over the deliverables of a case; each cell is saved at once.

    `people` are the columns, by default everybody in the case.
    """

    def __init__(self, case: Case, path: Path, people: Sequence[str] | None = None, **kwargs: Any) -> None:
        self.case, self._people = case, tuple(people or case.people)
        super().__init__(path, **kwargs)

    def load(self) -> Raci:
        return load_artifact(self.path, Raci)

    def store(self, content: Raci) -> None:
        write_artifact(self.path, content)

    def change(self, content: Raci, operation: Operation) -> Change[Raci]:
        return change_grid(self.case, content, operation)

    def replaces(self, content: Raci, operation: Operation) -> Replaced | None:
        return replaced(self.case, content, operation)

    def draw(self, content: Raci) -> dict[str, Any]:
        return {**grid_view(self.case, content, self._people), "undo": self.undoable()}

    def as_text(self) -> str:
        return trouble_text(self.view) if self.view["trouble"] else grid_text(self.view)

    def as_html(self) -> str:
        return f"<pre>{escape(self.as_text())}</pre>"
