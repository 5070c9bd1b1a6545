"""A seat signs a document: the text, for each question of its people whether it holds, then one button, and a seal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
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
    sign: Callable[[str, Mapping[str, str]], object]
    """Seals these words on the text with this hash."""
    unsigned: Callable[[], tuple[str, Mapping[str, str]]]
    """The hash of the text of which something was said and not signed, and what; blanks where nothing was."""
    keep: Callable[[str, Mapping[str, str]], None]
    """Keeps these words on the text with this hash until they are signed."""
    path: Path
    """Where they are kept."""


SAYS = ("holds", "does_not", "")
CHANGED = "The document has changed since you opened it here."
OLDER = "The document has changed since you said what holds; read the new text, and say it again."
KEPT = "What you have said is kept until you sign."
SILENT = "Say of one question at least whether it holds; or leave the document unsigned."


class Signing(CourseWidget, assets="reading signing"):
    """A document, and what a seat says of it. Operations: say (words by question), sign, reread, renew.

    What is signed is what the page shows, whichever kernel hears of it: `say` and `sign` bring all words and the
    text's hash. A text that has changed meanwhile is shown once somebody asks for it. What is said is kept as it is
    said, so that a page that is loaded again and a new kernel have it.
    """

    def __init__(self, title: str, seat: str, put_to: str, questions: tuple[Question, ...], record: Record):
        super().__init__()
        self._title, self._seat, self._put_to, self._questions, self._record = title, seat, put_to, questions, record
        self._shown: Text | None = None
        self._words: dict[str, str] = {}
        self._older = False
        """Whether something was said, and not signed, of another text than the one that is shown."""
        self._refused = ""
        self.path = record.path
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
            self._refused = self._keep(operation)
        elif op == "renew":
            self._shown = None
        elif op == "sign":
            self._refused = self._sign(operation)
        self.refresh()
        return str(self.view["sentence"]) if op in ("sign", "renew") else ""

    def _open(self, now: Text | None) -> None:
        """Show a text, with what was signed of just this one."""
        self._shown, self._words, self._older = now, {}, False
        if now is None:
            return
        hashed, _, said = self._record.signed()
        if hashed == now.sha256:
            self._words = dict(said)
        of, unsigned = self._record.unsigned()
        if of == now.sha256:
            self._words = {one.id: unsigned.get(one.id, "") for one in self._questions}
        else:
            self._older = bool(_said(unsigned)) and not self._words

    def _say(self, words: object) -> None:
        if isinstance(words, dict):
            self._words |= {one.id: word for one in self._questions if (word := words.get(one.id)) in SAYS}

    def _keep(self, operation: Operation) -> str:
        """Keep what was said of the text that is shown; why not, where that cannot be."""
        shown = self._shown.sha256 if self._shown else ""
        if not shown or operation.get("sha256", shown) != shown:
            return ""
        self._say(operation.get("says"))
        self._older = False
        try:
            self._record.keep(shown, _said(self._words))
        except FileRefused as error:
            return f"{error} What you say is not kept; you can sign it."
        return ""

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
            return f"You have signed an older text; that signature is void.{self._also_kept()}"
        if hashed:
            return "What you say now is not signed yet; your earlier signature stands until you sign again."
        return OLDER if self._older else f"Nothing is signed yet.{self._also_kept()}"

    def _also_kept(self) -> str:
        return f" {KEPT}" if _said(self._words) else ""

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
