"""Questions from memory as a widget: the answer opens once something is written, picked, or given up."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from curriculum.artifacts.reading import write_artifact
from curriculum.artifacts.recall import MOST_WRITTEN, Recall, Recalled
from curriculum.widgets.artifact_file import load_artifact, trouble_text
from curriculum.widgets.aside import Replaced
from curriculum.widgets.base import Operation, Stale
from curriculum.widgets.file_widget import FileWidget

RATINGS: Mapping[str, str] = {"again": "I did not know", "hard": "Partly", "good": "I knew it", "easy": "At once"}
"""How it went, as learners say it; the ids are those of the spaced review."""


@dataclass(frozen=True)
class Words:
    """What the widget calls things."""

    label: str = "From memory"
    mine: str = "What you remember"
    why: str = "Why? In your own words, if you like"
    """Over the box of a question that can be picked."""
    give_up: str = "I do not remember"
    open: str = "Open the answer"
    theirs: str = "The answer"
    ratings: Mapping[str, str] = field(default_factory=lambda: RATINGS)


@dataclass(frozen=True)
class Asked:
    """A question with its answer, which no page gets before the learner has answered."""

    id: str
    question: str
    answer: str
    source: str = ""
    """Where it comes from: the title of a lesson."""
    right: str = ""
    wrong: tuple[str, ...] = ()
    """Where it can be picked: the option that holds, and the others."""
    given: tuple[tuple[str, str], ...] = ()
    """What stands there before it, as labels with texts: the filled parts of a document."""

    @property
    def options(self) -> Mapping[str, str]:
        """The options by id, in an order that says nothing."""
        texts = (self.right, *self.wrong) if self.right else ()
        named = {hashlib.sha256(f"{self.id} {text}".encode()).hexdigest()[:8]: text for text in texts}
        return dict(sorted(named.items()))


class RecallWidget(FileWidget[Recall], assets="recall"):
    """Questions of a lesson. Operations: write, pick, open (also without an answer, as `given_up`), rate."""

    def __init__(
        self, questions: Sequence[Asked], path: Path, lead: str = "", words: Words | None = None, **more: Any
    ) -> None:
        self._questions = {question.id: question for question in questions}
        self._lead, self._words, self._more = lead, words or Words(), more
        super().__init__(path)

    def load(self) -> Recall:
        return load_artifact(self.path, Recall)

    def store(self, content: Recall) -> None:
        write_artifact(self.path, content)

    def apply(self, content: Recall, operation: Operation) -> Recall:
        asked = self._questions.get(str(operation.get("question")))
        if asked is None:
            raise Stale("That is no question of this lesson.")
        before = content.of(asked.id)
        changed = self._changed(before, asked, operation)
        return content if changed == before else content.with_answer(changed)

    def _changed(self, before: Recalled, asked: Asked, operation: Operation) -> Recalled:
        op, value = operation["op"], operation.get("value")
        if op == "rate":
            if not before.opened or value not in self._ratings(before, asked):
                raise Stale("How it went is said once the answer is open; what was picked says the rest.")
            return before.model_copy(update={"rating": value})
        if before.opened:
            if op == "open":
                return before
            raise Stale("The answer is open already, so what you had before it opened stays.")
        if op == "write" and isinstance(value, str):
            return before.model_copy(update={"written": value.strip()[:MOST_WRITTEN]})
        if op == "pick" and value in asked.options:
            return before.model_copy(update={"picked": value})
        if op == "open":
            if not before.is_answered and not operation.get("given_up"):
                raise Stale("Write or pick an answer first, or say that you do not remember.")
            now = dt.datetime.now(dt.UTC).replace(microsecond=0)
            given_up = {} if before.is_answered else {"rating": "again"}
            return before.model_copy(update={"opened": now, **given_up})
        raise Stale("That could not be read; type it again.")

    def replaces(self, content: Recall, operation: Operation) -> Replaced | None:
        if operation["op"] != "write":
            return None
        asked, value = self._questions[operation["question"]], operation["value"].strip()[:MOST_WRITTEN]
        before = content.of(asked.id)
        if before.opened:  # what was written before the answer opened stays; what came too late is not lost
            return None if value == before.written else Replaced(asked.question, None, value, value, gone=True)
        return Replaced(asked.question, before.written, value, value)

    def beside(self, content: Recall, operation: Operation) -> dict[str, Any]:
        return {"path": f"mine-{operation['question']}", "type": "long", "value": operation["value"]}

    def draw(self, content: Recall) -> dict[str, Any]:
        drawn = [self._drawn(question, content.of(question.id)) for question in self._questions.values()]
        opened = sum(bool(each["opened"]) for each in drawn)
        return {
            "lead": self._lead,
            "questions": drawn,
            "opened": opened,
            "most": MOST_WRITTEN,
            "ratings": [{"id": id, "words": words} for id, words in self._words.ratings.items()],
            "words": {name: words for name, words in vars(self._words).items() if name != "ratings"},
            **self._more,
        }

    @staticmethod
    def _ratings(answer: Recalled, asked: Asked) -> tuple[str, ...]:
        """How it can have gone: nobody knew what they picked wrongly, or did not answer."""
        wrong = answer.picked and asked.options.get(answer.picked) != asked.right
        if not answer.is_answered:
            return ("again",)
        return ("again", "hard") if wrong else tuple(RATINGS)

    def _drawn(self, asked: Asked, answer: Recalled) -> dict[str, Any]:
        opened = answer.opened is not None
        options = [
            {"id": id, "text": text, "picked": id == answer.picked, "right": opened and text == asked.right}
            for id, text in asked.options.items()
        ]
        return {
            "id": asked.id,
            "question": asked.question,
            "source": asked.source,
            "given": [{"label": label, "text": text} for label, text in asked.given],
            "options": options,
            "written": answer.written,
            "picked": answer.picked if answer.picked in asked.options else "",
            "opened": opened,
            "answer": asked.answer if opened else "",
            "rating": answer.rating,
            "ratings": list(self._ratings(answer, asked)),
        }

    def spoken(self, before: Recall, after: Recall) -> str:
        for question in self._questions.values():
            if after.of(question.id).opened and not before.of(question.id).opened:
                return f"The answer: {question.answer}"
        return ""

    def as_text(self) -> str:
        if self.view["trouble"]:
            return trouble_text(self.view)
        lines = [self._lead] if self._lead else []
        if before := self._more.get("earlier"):
            lines += [f"What you wrote after “{before['lesson']}”:"]
            lines += [line for one in before["texts"] for line in (one["question"], f"  {one['text']}")]
        for number, each in enumerate(self.view["questions"], start=1):
            source = f" (from “{each['source']}”)" if each["source"] else ""
            lines += [f"   {part['label']}: {part['text']}" for part in each["given"]]
            lines += ["", f"{number}. {each['question']}{source}"]
            lines += [f"   ( ) {option['text']}" for option in each["options"]]
            if each["opened"]:
                lines += [f"   You: {self._own(each) or '(nothing)'}", f"   Answer: {each['answer']}"]
        lines += [f"   {part['label']}: {part['text']}" for part in self._more.get("closing", ())]
        return "\n".join(lines).strip()

    def as_html(self) -> str:
        """Where nothing answers clicks: each question folded over its answer, to be answered aloud first."""
        if self.view["trouble"]:
            return f"<pre>{escape(self.as_text())}</pre>"
        parts = [f"<p>{escape(self._lead)}</p>"] if self._lead else []
        if before := self._more.get("earlier"):
            parts.append(f"<p>What you wrote after “{escape(before['lesson'])}”</p>")
            parts += [f"<p>{escape(one['question'])}</p><p>{escape(one['text'])}</p>" for one in before["texts"]]
        for each, asked in zip(self.view["questions"], self._questions.values(), strict=True):
            source = f" <i>(from “{escape(asked.source)}”)</i>" if asked.source else ""
            options = "".join(f"<li>{escape(option['text'])}</li>" for option in each["options"])
            parts += [f"<p>{escape(part['label'])}: {escape(part['text'])}</p>" for part in each["given"]]
            own = f"<p>You: {escape(self._own(each))}</p>" if self._own(each) else ""
            parts.append(
                f"<details><summary>{escape(asked.question)}{source}</summary>"
                f"{f'<ul>{options}</ul>' if options else ''}{own}<p>{escape(asked.answer)}</p></details>"
            )
        closing = self._more.get("closing", ())
        parts += [f"<p>{escape(part['label'])}: {escape(part['text'])}</p>" for part in closing]
        return "\n".join(parts)

    @staticmethod
    def _own(each: Mapping[str, Any]) -> str:
        picked = next((option["text"] for option in each["options"] if option["picked"]), "")
        return " ".join(text for text in (picked, each["written"]) if text)
