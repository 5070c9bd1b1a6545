"""A seat signs a document: for each question of its people whether it holds, then one button, and a seal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from curriculum.artifacts.reading import Unreadable
from curriculum.support.files import FileRefused
from curriculum.widgets.base import CourseWidget, Operation


@dataclass(frozen=True)
class Question:
    """One question of the review, which one of the seat's people answers for."""

    id: str
    sentence: str
    who: Mapping[str, Any]
    """The person, as reviews show them."""


@dataclass(frozen=True)
class Record:
    """Where a seat's word is kept; each may raise FileRefused or Unreadable."""

    text: Callable[[], str]
    """Hash of the document as it is now; blank where there is none."""
    signed: Callable[[], tuple[str, str, Mapping[str, str]]]
    """The hash that was signed last, when, and what was said by question; blanks where nothing was."""
    sign: Callable[[str, Mapping[str, str]], None]
    """Seals these words on the text with this hash."""


SAYS = ("holds", "does_not", "")
NOTHING = "There is no document yet. Put the ZIP file that goes round beside this notebook, then run this cell again."
CHANGED = "The document has changed since it was shown here. Run this cell again, read it, then sign."


class Signing(CourseWidget, assets="signing"):
    """What a seat says of one document. Operations: say (a question, a word), sign, reread."""

    def __init__(self, title: str, seat: str, questions: tuple[Question, ...], record: Record):
        super().__init__()
        self._title, self._seat, self._questions, self._record = title, seat, questions, record
        self._shown = self._asked(record.text)
        hashed, _, said = self._last()
        self._words: dict[str, str] = dict(said) if hashed == self._shown else {}
        self._error = ""
        self.refresh()

    def refresh(self) -> None:
        """Show what is so now."""
        now = self._asked(self._record.text)
        hashed, at, said = self._last()
        words = {one.id: self._words.get(one.id, "") for one in self._questions}
        kept = (
            bool(hashed)
            and hashed == now
            and {id: word for id, word in said.items() if word} == {id: word for id, word in words.items() if word}
        )
        state = "nothing" if not now else "changed" if now != self._shown else "ask"
        self.view = {
            "title": self._title,
            "seat": self._seat,
            "state": state,
            "sentence": self._error or self._sentence(state, kept, hashed, now, at),
            "tone": "bad" if self._error else "good" if kept else "",
            "signed": kept,
            "said": sum(bool(word) for word in words.values()),
            "questions": [
                {"id": one.id, "sentence": one.sentence, "who": dict(one.who), "says": words[one.id]}
                for one in self._questions
            ],
        }

    def operate(self, operation: Operation) -> str:
        op, id, word = operation["op"], operation.get("id"), operation.get("says")
        self._error = ""
        if op == "say" and any(one.id == id for one in self._questions) and word in SAYS:
            self._words[str(id)] = str(word)
        elif op == "sign":
            self._sign()
        self.refresh()
        return str(self.view["sentence"]) if op == "sign" else ""

    def _sign(self) -> None:
        if self._asked(self._record.text) != self._shown or not self._shown:
            return
        try:
            self._record.sign(self._shown, {id: word for id, word in self._words.items() if word})
        except (FileRefused, Unreadable) as error:
            self._error = f"{error} Nothing was signed."

    def _asked(self, text: Callable[[], str]) -> str:
        try:
            return text()
        except (FileRefused, Unreadable):
            return ""

    def _last(self) -> tuple[str, str, Mapping[str, str]]:
        try:
            return self._record.signed()
        except (FileRefused, Unreadable) as error:
            self._error = str(error)
            return "", "", {}

    def _sentence(self, state: str, kept: bool, hashed: str, now: str, at: str) -> str:
        if state != "ask":
            return NOTHING if state == "nothing" else CHANGED
        if kept:
            return f"Signed {at}. Sign again if you change your mind; if the document changes, your signature is void."
        if hashed and hashed != now:
            return "You have signed an older text; that signature is void."
        if hashed:
            return "What you say now is not signed yet; your earlier signature stands until you sign again."
        return "Nothing is signed yet."

    def as_text(self) -> str:
        lines = [f"{self.view['title']}, to be signed by {self.view['seat']}. {self.view['sentence']}"]
        words = {"holds": "holds", "does_not": "does not hold", "": "not said"}
        lines += [f"- {one['who']['name']}: {one['sentence']} ({words[one['says']]})" for one in self.view["questions"]]
        return "\n".join(lines)

    def as_html(self) -> str:
        return "".join(f"<p>{escape(line)}</p>" for line in self.as_text().split("\n"))
