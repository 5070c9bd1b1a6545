"""Widgets whose whole state is a file: every operation meets what the file says at that moment."""

from __future__ import annotations

import contextlib
import os
from abc import abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

from curriculum.artifacts.merging import both
from curriculum.support.files import FileRefused
from curriculum.widgets.aside import Aside, Met, Replaced, Shelf, joined
from curriculum.widgets.base import ContentUnreadable, CourseWidget, Operation, Stale

try:
    import fcntl
except ImportError:  # Windows has no advisory locks on folders; a save is still whole there
    fcntl = None  # type: ignore[assignment]

C = TypeVar("C")


class FileWidget(CourseWidget, Generic[C]):
    """A widget whose whole state is the content of one file.

    Every operation is applied to what the file says at that moment, so two tabs or kernels lose nothing.
    Where an operation would replace a value and says what its author began from (`from`: a list, since what was sent
    before it may not be answered yet), and the file says something else by now, both are kept: the file's value where
    it is, the other one on the shelf, until somebody decides.
    A file that cannot be read is told and never overwritten. Operations that could not be saved are kept,
    shown as not saved, and saved with the next one.
    """

    def __init__(self, path: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.path = Path(path)
        self._unsaved: list[Operation] = []
        self._error = ""
        self._shelf = Shelf(self.path)
        self._seen: tuple[Any, ...] = ()
        self.refresh()

    # What a subclass says

    @abstractmethod
    def load(self) -> C:
        """The file's content, blank where there is no file; raises ContentUnreadable where it is broken."""

    @abstractmethod
    def apply(self, content: C, operation: Operation) -> C:
        """The content after one operation; raises Stale where the operation does not fit it."""

    @abstractmethod
    def store(self, content: C) -> None:
        """Write the content whole; raises FileRefused where it cannot be saved."""

    @abstractmethod
    def draw(self, content: C) -> dict[str, Any]:
        """The view of the content, as plain JSON."""

    def spoken(self, before: C, after: C) -> str:
        """What a screen reader says after a change; by default nothing beyond what live regions say."""
        return ""

    def replaces(self, content: C, operation: Operation) -> Replaced | None:
        """What an operation writes over; None where it only adds to what is there. May raise what `apply` may, and
        LookupError, TypeError and ValueError where the operation is none."""
        return None

    def portable(self, content: C, operation: Operation) -> Operation | None:
        """An operation as another kernel understands it; None where its place is not there any more."""
        return operation

    def here(self, content: C, operation: Operation) -> Operation | None:
        """The other way round: an operation that was kept, for this content."""
        return operation

    def beside(self, content: C, operation: Operation) -> dict[str, Any]:
        """What a view says besides of a version that was kept, such as where it is shown."""
        return {}

    # What every such widget does

    @property
    def place(self) -> str:
        """The file in words that a learner finds in the file browser: `answers/board.yaml`."""
        return f"{self.path.parent.name}/{self.path.name}"

    def content(self) -> C:
        """What is shown: the file's content, with operations on top of it that could not be saved yet."""
        return self._newest()[0]

    def refresh(self, notice: str = "") -> None:
        """Read the file again and show what it says; `notice` is a sentence shown above the saved line."""
        self._seen = self._stamps()
        try:
            content = self.content()
        except ContentUnreadable as error:
            self.view = {"trouble": list(error.sentences), "saved": self._saved()}
            return
        self.view = {
            **self.draw(content),
            "aside": self._beside(content),
            "trouble": [],
            "notice": notice,
            "saved": self._saved(),
        }

    def operate(self, operation: Operation) -> str:
        """Apply an operation to the file's newest content, save it whole, show the result."""
        op = operation["op"]
        if op in ("reread", "glance"):
            if op == "reread" or self._seen != self._stamps():
                self.refresh()
            return ""
        try:
            if op == "settle":
                return self._settle(operation)
            with one_writer(self.path.parent):
                if op == "reword":
                    self._reword(operation)
                    before = after = self.content()
                else:
                    before, after = self._written(operation)
        except ContentUnreadable:
            self.refresh()
            return ""
        except Stale as error:
            self.refresh(notice=str(error))
            return str(error)
        self.refresh()
        return _BOTH_KEPT if self._answer else self._error or self.spoken(before, after)

    def _written(self, operation: Operation) -> tuple[C, C]:
        """The content before and after an operation, saved; what meets somebody else's words is put on the shelf."""
        before, met = self._newest()
        mine, after = [], before
        try:
            if operation["op"] != "save":
                after = self._applied(before, operation)
        except Met as error:
            mine = [error]
        if after != before or self._unsaved:
            self._save(after, {"op": "save"} if mine else operation)
        self._shelve(before, after, [*(met if not self._unsaved else ()), *mine])
        if mine:
            self._answer = {"aside": self._shelf.read()[-1].id}
        return before, after

    def _newest(self) -> tuple[C, list[Met]]:
        content, met = self.load(), []
        for operation in self._unsaved:
            try:
                content = self._applied(content, operation)
            except Stale:
                pass
            except Met as error:
                met.append(error)
        return content, met

    def _applied(self, content: C, operation: Operation) -> C:
        begun = operation.get("from")
        if isinstance(begun, list) and (replaced := self._replaced(content, operation)) and replaced.loses(begun):
            if operation.get("back"):
                raise Stale(f"{replaced.label} has been changed elsewhere since; it is left as it is.")
            if replaced.refusal:
                raise Stale(replaced.refusal)
            if not replaced.gone or replaced.words:
                raise Met(dict(operation), replaced)
        return self.apply(content, operation)

    def _replaced(self, content: C, operation: Operation) -> Replaced | None:
        try:
            return self.replaces(content, operation)
        except (Stale, LookupError, TypeError, ValueError, ArithmeticError, AttributeError):
            return None  # `apply` says what is wrong with it

    # Versions that are kept

    def _shelve(self, before: C, after: C, met: list[Met]) -> None:
        """Put what met somebody else's words on the shelf, and keep what lies there at its place."""
        shelf = self._shelf.read()
        if not (shelf or met):
            return
        kept: tuple[Aside, ...] = ()
        for aside in shelf:
            live = None if aside.gone else self.here(before, aside.operation)
            moved = self.portable(after, live) if live else None
            kept += (aside.model_copy(update={"operation": moved} if moved else {"gone": True}),)
        for one in met:
            begun = one.operation.get("from", [])
            bare = {name: value for name, value in one.operation.items() if name not in _OF_THE_MESSAGE}
            operation = None if one.replaced.gone else self.portable(after, bare)
            new = Aside(
                by=writer_of(one.operation),
                label=one.replaced.label,
                words=one.replaced.words,
                operation=dict(operation or bare),
                gone=operation is None,
            )
            kept = joined(kept, new, begun)
        if kept != shelf or self._shelf.late:
            self._shelved(kept)

    def _shelved(self, kept: tuple[Aside, ...]) -> None:
        try:
            self._shelf.write(kept)
        except FileRefused as error:
            self._error = str(error)
        else:
            self._error = "" if not self._unsaved else self._error

    def _beside(self, content: C) -> list[dict[str, Any]]:
        """What lies on the shelf, as plain JSON; without what the file says by now."""
        shown = []
        for aside in self._shelf.read():
            operation = None if aside.gone else self.here(content, aside.operation)
            replaced = self._replaced(content, operation) if operation else None
            if replaced and replaced.is_done:
                continue
            one = {"id": aside.id, "by": aside.by, "at": aside.at, "label": aside.label, "words": aside.words}
            if operation and replaced and not replaced.gone:
                more = {"label": replaced.label, "words": replaced.words, "from": [replaced.stands], "gone": False}
                shown.append({**one, **more, **self.beside(content, operation)})
            else:
                shown.append({**one, "gone": True})
        return shown

    def _settle(self, operation: Operation) -> str:
        """Decide: {"op": "settle", "id", "take": "mine", "theirs" or "both", "from"}."""
        content, take = self.content(), operation.get("take")
        aside = self._on_shelf(operation)
        if take == "theirs":
            self._off_shelf(aside)
            self.refresh()
            return self._error or "What stands there stays."
        live = None if aside.gone else self.here(content, aside.operation)
        replaced = self._replaced(content, live) if live else None
        if live is None or replaced is None:
            raise Stale("Its place is not there any more; copy what you need.")
        value = {"value": both(str(replaced.stands), str(replaced.wanted))} if take == "both" else {}
        said = self.operate({**live, **value, "writer": writer_of(operation), "from": operation.get("from")})
        after = self._replaced(self.content(), {**live, **value})
        if after and after.is_done and not self._unsaved:
            self._off_shelf(aside)
            self._answer = {}
            self.refresh()
        return said

    def _reword(self, operation: Operation) -> None:
        """Write on in a version that is kept: {"op": "reword", "id", "value"}."""
        aside, value = self._on_shelf(operation), operation.get("value")
        if not isinstance(value, str) or not isinstance(aside.operation.get("value"), str):
            raise Stale("That could not be read; type it again.")
        new = aside.model_copy(update={"operation": {**aside.operation, "value": value}, "words": value})
        self._shelved(tuple(new if one.id == aside.id else one for one in self._shelf.read()))

    def _on_shelf(self, operation: Operation) -> Aside:
        found = next((one for one in self._shelf.read() if one.id == operation.get("id")), None)
        if found is None:
            raise Stale("That was decided already, in another tab or by somebody else.")
        return found

    def _off_shelf(self, aside: Aside) -> None:
        with one_writer(self.path.parent):
            self._shelved(tuple(one for one in self._shelf.read() if one.id != aside.id))

    def _stamps(self) -> tuple[Any, ...]:
        return tuple(_stamp(path) for path in (self.path, self._shelf.path))

    def _save(self, content: C, operation: Operation) -> None:
        try:
            if not self.path.parent.parent.is_dir():
                # Saving would make the folder anew, beside the one that was moved with all the work in it.
                raise FileRefused(
                    f"The folder {self.path.parent.parent.name} is not where it was; "
                    "put it back, or open the notebook in its new place."
                )
            self.store(content)
        except FileRefused as error:
            self._error = str(error)
            if operation["op"] != "save":
                self._unsaved.append(operation)
        else:
            self._error, self._unsaved = "", []

    def _saved(self) -> dict[str, Any]:
        return {"file": self.place, "error": self._error, "exists": self.path.exists()}

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        self.refresh()
        return super()._repr_mimebundle_(**kwargs)


_BOTH_KEPT = "This was changed elsewhere while you wrote. Both versions are kept; yours stands beside it."
_OF_THE_MESSAGE = frozenset({"n", "tab", "writer", "from"})


def writer_of(operation: Operation) -> str:
    """The name of the browser that an operation comes from; blank where it has none."""
    writer = operation.get("writer")
    return writer if isinstance(writer, str) and len(writer) <= 40 else ""


def _stamp(path: Path) -> tuple[int, int, int] | None:
    with contextlib.suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
    return None


@contextlib.contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Keep other kernels' saves out between reading and writing; where that cannot be had, go on without."""
    descriptor = None
    if fcntl is not None:
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)
