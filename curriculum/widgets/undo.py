"""Widgets whose operations can be taken back: each operation says which one undoes it."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from curriculum.widgets.base import FileWidget, Operation

KEPT = 100
"""How many operations can be taken back."""

C = TypeVar("C")


@dataclass(frozen=True)
class Change(Generic[C]):
    """The content after an operation, what to say about it, and the operation that takes it back."""

    content: C
    said: str
    undo: Operation


class UndoWidget(FileWidget[C]):
    """A file widget with undo. What is undone is one's own operation, on the file's newest content.

    So an undo never takes away what another tab has written since. The list lives as long as the kernel.
    """

    def __init__(self, path: Path, **kwargs: Any) -> None:
        self._done: list[Change[C]] = []
        self._pending: Operation | None = None
        self._said = ""
        super().__init__(path, **kwargs)

    @abstractmethod
    def change(self, content: C, operation: Operation) -> Change[C]:
        """The content after one operation, with its undoing; raises Stale where the operation does not fit."""

    def joins(self, last: Operation, new: Operation) -> bool:
        """Whether two undoings are one to the person at the keyboard, such as two saves of one sentence."""
        return False

    def apply(self, content: C, operation: Operation) -> C:
        change = self.change(content, operation)
        if operation is self._pending:
            self._pending, self._said = None, change.said
            self._remember(change, content)
        return change.content

    def operate(self, operation: Operation) -> str:
        if operation["op"] != "undo":
            self._pending = operation
            return super().operate(operation)
        if not self._done:
            self.refresh()
            return "There is nothing to undo."
        taken = self._done.pop()
        said = super().operate(taken.undo)
        return said or f"Undone: {taken.said}"

    def spoken(self, before: C, after: C) -> str:
        said, self._said = self._said, ""
        return said

    def undoable(self) -> dict[str, Any]:
        """What a view says about undo."""
        return {"count": len(self._done), "words": self._done[-1].said if self._done else ""}

    def _remember(self, change: Change[C], before: C) -> None:
        if change.content == before:
            return
        if self._done and self.joins(self._done[-1].undo, change.undo):
            change = Change(change.content, change.said, self._done.pop().undo)
        self._done = [*self._done, change][-KEPT:]
