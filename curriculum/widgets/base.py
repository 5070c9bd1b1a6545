"""What every widget is: a view as plain data, small operations coming back, and a file that holds the state."""

from __future__ import annotations

import hashlib
import json
from abc import abstractmethod
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from curriculum.support.looks import SHARED_STYLE

STATIC = Path(__file__).parent / "static"

Operation = Mapping[str, Any]
"""What a click sends: `{"op": "choose", …}`, plain JSON and untrusted."""


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
    parts = [STATIC / f"{stem}.js" for stem in ("shared", "keep", "revive", "aside", *names.split())]
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
        self._answer: dict[str, Any] = {}
        """What an answer says besides: `aside`, where something was put aside instead of written."""
        super().__init__(**kwargs)
        self.on_msg(self._receive)

    def _receive(self, _: Any, message: Any, buffers: Any) -> None:
        if not isinstance(message, dict) or not isinstance(message.get("op"), str):
            return
        self._answer = {}
        said = self.operate(message)
        # All pages that show this widget hear every answer: `tab` says whose it is.
        whose = {"tab": message["tab"]} if "tab" in message else {}
        self.send({"answer": message.get("n"), **whose, "say": said, **self._answer})

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
