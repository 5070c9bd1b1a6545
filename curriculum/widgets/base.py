"""What every widget is: a view as plain data, small operations coming back, and a file that holds the state."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import anywidget
import traitlets

from curriculum.support.files import FileRefused
from curriculum.support.looks import SHARED_STYLE

try:
    import fcntl
except ImportError:  # Windows has no advisory locks on folders; a save is still whole there
    fcntl = None  # type: ignore[assignment]

STATIC = Path(__file__).parent / "static"

Operation = Mapping[str, Any]
"""What a click sends: `{"op": "choose", …}`, plain JSON and untrusted."""

C = TypeVar("C")


class Stale(Exception):
    """An operation does not fit the file's newest content; the message says so in one sentence."""


class ContentUnreadable(Exception):
    """A file cannot be shown; `sentences` say what is wrong and what to do."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@cache
def module(names: str) -> str:
    """A widget's ES module, of one file or several, with the part that all share and its style sheet in front.

    The sheet travels in the module, which puts it into a page once: anywidget's own way (`_css`) writes it anew for
    each of a lesson's fifty widgets, and a browser then looks at the whole page again each time.
    """
    sheets = [SHARED_STYLE, *(STATIC / f"{stem}.css" for stem in names.split())]
    parts = [STATIC / f"{stem}.js" for stem in ("shared", "keep", "revive", *names.split())]
    style = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    named = json.dumps({"id": f"course-{hashlib.sha256(style.encode()).hexdigest()[:12]}", "text": style})
    return "\n".join([f"const STYLE = {named};", *(path.read_text(encoding="utf-8") for path in parts)])


class CourseWidget(anywidget.AnyWidget):
    """A widget that shows `view` and answers every operation of its front end.

    A subclass names its module and style sheet (`class Board(CourseWidget, assets="board")`), sets `view`, and
    handles operations in `operate`. It works without a front end: `_handle_custom_msg({…}, [])` is a click.
    """

    view = traitlets.Dict().tag(sync=True)
    home = traitlets.Dict().tag(sync=True)
    """Where the widget belongs, if it can be made again: `name`, under which a browser keeps what is not saved yet, and
    `make`, what a new kernel is asked for where the one that made it is gone."""

    def __init_subclass__(cls, assets: str = "", **kwargs: Any) -> None:
        if assets:
            cls._esm = module(assets)
        super().__init_subclass__(**kwargs)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.on_msg(self._receive)

    def _receive(self, _: Any, message: Any, buffers: Any) -> None:
        if not isinstance(message, dict) or not isinstance(message.get("op"), str):
            return
        said = self.operate(message)
        self.send({"answer": message.get("n"), "say": said})

    @abstractmethod
    def operate(self, operation: Operation) -> str:
        """Do what a click asks for, set `view`, and return what a screen reader should say, or nothing."""

    @abstractmethod
    def as_text(self) -> str:
        """What the widget shows, as plain text for terminals."""

    @abstractmethod
    def as_html(self) -> str:
        """What the widget shows, as static, escaped HTML for places without a kernel."""

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        shown = super()._repr_mimebundle_(**kwargs)
        data, metadata = shown or ({}, {})
        return {**data, "text/plain": self.as_text(), "text/html": self.as_html()}, metadata

    def __repr__(self) -> str:
        return self.as_text()


class FileWidget(CourseWidget, Generic[C]):
    """A widget whose whole state is the content of one file.

    Every operation is applied to what the file says at that moment, so two tabs or kernels lose nothing.
    A file that cannot be read is told and never overwritten. Operations that could not be saved are kept,
    shown as not saved, and saved with the next one.
    """

    def __init__(self, path: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.path = Path(path)
        self._unsaved: list[Operation] = []
        self._error = ""
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

    # What every such widget does

    @property
    def place(self) -> str:
        """The file in words that a learner finds in the file browser: `answers/board.yaml`."""
        return f"{self.path.parent.name}/{self.path.name}"

    def content(self) -> C:
        """What is shown: the file's content, with operations on top of it that could not be saved yet."""
        content = self.load()
        for operation in self._unsaved:
            with contextlib.suppress(Stale):
                content = self.apply(content, operation)
        return content

    def refresh(self, notice: str = "") -> None:
        """Read the file again and show what it says; `notice` is a sentence shown above the saved line."""
        try:
            content = self.content()
        except ContentUnreadable as error:
            self.view = {"trouble": list(error.sentences), "saved": self._saved()}
            return
        self.view = {**self.draw(content), "trouble": [], "notice": notice, "saved": self._saved()}

    def operate(self, operation: Operation) -> str:
        """Apply an operation to the file's newest content, save it whole, show the result."""
        if operation["op"] == "reread":
            self.refresh()
            return ""
        try:
            with one_writer(self.path.parent):
                before = self.content()
                after = before if operation["op"] == "save" else self.apply(before, operation)
                if after != before or self._unsaved:
                    self._save(after, operation)
        except ContentUnreadable:
            self.refresh()
            return ""
        except Stale as error:
            self.refresh(notice=str(error))
            return str(error)
        self.refresh()
        return self._error or self.spoken(before, after)

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
