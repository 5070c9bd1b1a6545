"""Widgets whose operations can be taken back: each operation says which one undoes it."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from curriculum.widgets.base import Operation
from curriculum.widgets.file_widget import FileWidget, writer_of

KEPT = 100
"""How many operations can be taken back."""

C = TypeVar("C")


@dataclass(frozen=True)
class Change(Generic[C]):
    """The content after an operation, what to say about it, and the operation that takes it back."""

    content: C
    said: str
    undo: Operation
    by: str = ""
    """The browser in which it was done; blank for what code did, which anybody takes back."""


class UndoWidget(FileWidget[C]):
    """A file widget with undo. What is undone is one's own operation, on the file's newest content.

    So an undo never takes away what somebody else has written since: not in a place that others have changed, and not
    a step of theirs. Who clicked is known by browser only: two people in one browser are one, one person in two
    browsers is two. The list lives as long as the kernel.
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
            self._remember(replace(change, by=writer_of(operation)), content)
        return change.content

    def operate(self, operation: Operation) -> str:
        if operation["op"] != "undo":
            self._pending = operation
            return super().operate(operation)
        own = [place for place, change in enumerate(self._done) if _may_undo(change, writer_of(operation))]
        if not own:
            self.refresh()
            return "There is nothing to undo."
        taken = self._done.pop(own[-1])
        said = super().operate({**taken.undo, "back": True})
        return said or f"Undone: {taken.said}"

    def spoken(self, before: C, after: C) -> str:
        said, self._said = self._said, ""
        return said

    def undoable(self) -> dict[str, Any]:
        """What a view says about undo: of everybody's steps, and what each browser (`of`) may take back."""
        writers = {"", *(change.by for change in self._done)}
        of = {by: _summary([change for change in self._done if change.by in ("", by)]) for by in writers}
        return {**_summary(self._done), "of": of}

    def _remember(self, change: Change[C], before: C) -> None:
        if change.content == before:
            return
        last = self._done[-1] if self._done else None
        if last and last.by == change.by and self.joins(last.undo, change.undo):
            self._done.pop()
            change = replace(change, undo={**last.undo, **_begun(change.undo)})
        self._done = [*self._done, change][-KEPT:]


def _may_undo(change: Change[Any], writer: str) -> bool:
    return not writer or change.by in ("", writer)


def _summary(changes: list[Change[Any]]) -> dict[str, Any]:
    return {"count": len(changes), "words": changes[-1].said if changes else ""}


def _begun(undo: Operation) -> dict[str, Any]:
    return {"from": undo["from"]} if "from" in undo else {}
