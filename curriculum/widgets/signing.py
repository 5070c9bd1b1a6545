"""A seat signs a document: the text, for each question of its people whether it holds, then one button, and a seal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from curriculum.artifacts.reading import Unreadable
from curriculum.pages.page import Page
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
class Text:
    """A document as it lies before the seat."""

    sha256: str
    page: Page


@dataclass(frozen=True)
class Record:
    """Where the document comes from and where a seat's word is kept; each may raise FileRefused or Unreadable."""

    text: Callable[[], Text | None]
    """The document as it is now; None where there is none."""
    missing: Callable[[], str]
    """Why there is none."""
    signed: Callable[[], tuple[str, str, Mapping[str, str]]]
    """The hash that was signed last, when, and what was said by question; blanks where nothing was."""
    sign: Callable[[str, Mapping[str, str]], None]
    """Seals these words on the text with this hash."""


SAYS = ("holds", "does_not", "")
CHANGED = "The document has changed since you opened it here."
SILENT = "Say of one question at least whether it holds; or leave the document unsigned."


class Signing(CourseWidget, assets="reading signing"):
    """A document, and what a seat says of it. Operations: say (words by question), sign, reread, renew.

    What is signed is what the page shows, whichever kernel hears of it: `say` and `sign` bring all words, and `sign`
    the text's hash. A text that has changed meanwhile is shown once somebody asks for it.
    """

    def __init__(self, title: str, seat: str, put_to: str, questions: tuple[Question, ...], record: Record):
        super().__init__()
        self._title, self._seat, self._put_to, self._questions, self._record = title, seat, put_to, questions, record
        self._shown: Text | None = None
        self._words: dict[str, str] = {}
        self._refused = ""
        self.refresh()

    def refresh(self) -> None:
        """Show what is so now."""
        trouble, now = "", None
        try:
            now = self._record.text()
            if self._shown is None:
                self._open(now)
            trouble = "" if now else self._record.missing()
            hashed, at, said = self._record.signed()
        except (FileRefused, Unreadable) as error:
            trouble, hashed, at, said = str(error), "", "", {}
        words = {one.id: self._words.get(one.id, "") for one in self._questions}
        kept = bool(hashed and now and hashed == now.sha256) and _said(said) == _said(words)
        changed = bool(now and self._shown and now.sha256 != self._shown.sha256)
        state = "none" if trouble else "changed" if changed else "ask"
        self.view = {
            "title": self._title,
            "seat": self._seat,
            "asks": f"Does each sentence hold? Where one says “you”, it means {self._put_to}.",
            "state": state,
            "page": self._shown.page.html if self._shown and state == "ask" else "",
            "sha256": self._shown.sha256 if self._shown else "",
            "sentence": trouble or self._refused or (CHANGED if changed else self._sentence(kept, hashed, now, at)),
            "tone": "bad" if self._refused else "good" if kept and state == "ask" else "",
            "signed": kept and state == "ask",
            "said": len(_said(words)),
            "questions": [
                {"id": one.id, "sentence": one.sentence, "who": dict(one.who), "says": words[one.id]}
                for one in self._questions
            ],
        }

    def operate(self, operation: Operation) -> str:
        op = operation["op"]
        self._refused = ""
        if op == "say":
            self._say(operation.get("says"))
        elif op == "renew":
            self._shown = None
        elif op == "sign":
            self._refused = self._sign(operation)
        self.refresh()
        return str(self.view["sentence"]) if op in ("sign", "renew") else ""

    def _open(self, now: Text | None) -> None:
        """Show a text, with what was signed of just this one."""
        self._shown = now
        hashed, _, said = self._record.signed()
        self._words = dict(said) if now and hashed == now.sha256 else {}

    def _say(self, words: object) -> None:
        if isinstance(words, dict):
            self._words |= {one.id: word for one in self._questions if (word := words.get(one.id)) in SAYS}

    def _sign(self, operation: Operation) -> str:
        """Seal what the page says on what it shows; why not, where that cannot be."""
        shown = self._shown.sha256 if self._shown else ""
        try:
            now = self._record.text()
            if now is None or now.sha256 != shown:
                return ""
            if operation.get("sha256", shown) != now.sha256:
                self._words = {}
                return CHANGED
            self._say(operation.get("says"))
            if not _said(self._words):
                return SILENT
            self._record.sign(now.sha256, _said(self._words))
        except (FileRefused, Unreadable) as error:
            return f"{error} Nothing was signed."
        return ""

    def _sentence(self, kept: bool, hashed: str, now: Text | None, at: str) -> str:
        if not self._questions:
            return "None of your people is asked about this document."
        if kept:
            return f"Signed {at}. Sign again if you change your mind; if the document changes, your signature is void."
        if hashed and now and hashed != now.sha256:
            return "You have signed an older text; that signature is void."
        if hashed:
            return "What you say now is not signed yet; your earlier signature stands until you sign again."
        return "Nothing is signed yet."

    def as_text(self) -> str:
        view, page = self.view, self._shown.page.text if self._shown and self.view["page"] else ""
        words = {"holds": "holds", "does_not": "does not hold", "": "not said"}
        asked = [view["asks"]] if view["questions"] else []
        asked += [f"- {one['who']['name']}: {one['sentence']} ({words[one['says']]})" for one in view["questions"]]
        lines = [f"{view['title']}, to be signed by {view['seat']}. {view['sentence']}"]
        return "\n".join([*([page.rstrip(), ""] if page else []), *lines, *(asked if page else [])])

    def as_html(self) -> str:
        return "".join(f"<p>{escape(line)}</p>" for line in self.as_text().split("\n"))


def _said(words: Mapping[str, str]) -> dict[str, str]:
    return {id: word for id, word in words.items() if word}
