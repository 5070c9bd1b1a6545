"""One tap before a check: how sure somebody is of this version of an artifact. Never required, never asked twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from curriculum.pages.sureness import STEPS, Version, compared, step_of
from curriculum.support.files import FileRefused
from curriculum.widgets.base import CourseWidget, Operation


@dataclass(frozen=True)
class Record:
    """Where words are kept; each may raise FileRefused."""

    version: Callable[[], str]
    """The hash of what is written now; blank where nothing is, or nothing that can be read."""
    known: Callable[[str], Version]
    """What is known of a version."""
    say: Callable[[str, int], bool]
    """Keeps a step for a version; False where it is checked already."""


NOTHING = "Write a first version, and you can say here how sure you are of it before it is checked."


class Sure(CourseWidget, assets="sure"):
    """How sure somebody is of one artifact. Operations: say (a step, 1 to 5), reread.

    `what` is what they are asked about: "your one-line ask".
    """

    def __init__(self, what: str, record: Record):
        super().__init__()
        self._what, self._record = what, record
        self.refresh()

    def refresh(self) -> None:
        """Show what is known of the version that is written now."""
        try:
            self.view = self._drawn(self._record.version())
        except FileRefused as error:
            self.view = self._view("lost", None, str(error))

    def operate(self, operation: Operation) -> str:
        step = operation.get("step")
        if operation["op"] == "say" and isinstance(step, int) and 1 <= step <= len(STEPS):
            return self.say(step)
        self.refresh()
        return ""

    def say(self, step: int) -> str:
        """Keep a word for the version that is written now; returns what a screen reader says."""
        try:
            version = self._record.version()
            kept = bool(version) and self._record.say(version, step)
        except FileRefused:
            kept = False
        self.refresh()
        return f"Kept: {STEPS[step - 1].word}." if kept else str(self.view["sentence"])

    def _drawn(self, version: str) -> dict[str, Any]:
        if not version:
            return self._view("nothing", None, NOTHING)
        known = self._record.known(version)
        if not known.checked:
            return self._view("ask", known.step, "Kept with this version. Now check it." if known.step else "")
        if known.step is None:
            return self._view("checked", None, "This version is checked. Once you change it, you are asked again.")
        if known.points is None or not known.maximum:
            return self._view("checked", known.step, "This version is checked, and its points cannot be compared.")
        return self._view("checked", known.step, compared(known.step, known.points, known.maximum))

    def _view(self, state: str, step: int | None, sentence: str) -> dict[str, Any]:
        return {
            "what": self._what,
            "state": state,
            "said": step,
            "sentence": sentence,
            "steps": [{"number": one.number, "word": one.word, "means": one.means} for one in STEPS],
        }

    def as_text(self) -> str:
        view = self.view
        words = ", ".join(f"{step['word']} ({step['means']})" for step in view["steps"])
        asked = [f"How sure are you of {view['what']}?", f"Say one of: {words}."] if view["state"] == "ask" else []
        said = f"You said: {STEPS[view['said'] - 1].word}." if view["said"] and view["state"] == "ask" else ""
        return " ".join([*asked, *([said] if said else []), view["sentence"]]).strip()

    def as_html(self) -> str:
        return f"<p>{escape(self.as_text())}</p>"


def said_in_words(widget: Sure, word: str) -> str:
    """Keep a word that was typed; raises LookupError where it is none of the five."""
    return widget.say(step_of(word).number)
