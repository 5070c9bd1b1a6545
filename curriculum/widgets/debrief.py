"""A place to write under a question that looks back. It is kept with the lesson and never graded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from curriculum.artifacts.debriefs import MOST_WRITTEN, Debriefs, Written
from curriculum.artifacts.reading import write_artifact
from curriculum.course.debriefs import Debrief
from curriculum.widgets.artifact_file import load_artifact, trouble_text
from curriculum.widgets.aside import Replaced
from curriculum.widgets.base import Operation, Stale
from curriculum.widgets.file_widget import FileWidget


class DebriefWidget(FileWidget[Debriefs], assets="debrief"):
    """One question of a lesson. Operation: write (under any question of the lesson, since all share one file)."""

    def __init__(self, debriefs: Sequence[Debrief], id: str, path: Path) -> None:
        self._questions = {debrief.id: debrief.question for debrief in debriefs}
        self._id = id
        super().__init__(path)

    def load(self) -> Debriefs:
        return load_artifact(self.path, Debriefs)

    def store(self, content: Debriefs) -> None:
        write_artifact(self.path, content)

    def apply(self, content: Debriefs, operation: Operation) -> Debriefs:
        id, value = operation.get("debrief"), operation.get("value")
        if operation["op"] != "write" or id not in self._questions or not isinstance(value, str):
            raise Stale("That could not be read; type it again.")
        text = value.strip()[:MOST_WRITTEN]
        if text == content.of(id).text:
            return content
        return content.with_text(Written(debrief=id, text=text, on=dt.date.today()))

    def replaces(self, content: Debriefs, operation: Operation) -> Replaced | None:
        id, value = operation["debrief"], operation["value"]
        return Replaced(self._questions[id], content.of(id).text, value.strip()[:MOST_WRITTEN], value.strip())

    def beside(self, content: Debriefs, operation: Operation) -> dict[str, Any]:
        return {"path": f"text-{operation['debrief']}", "type": "long", "value": operation["value"]}

    def draw(self, content: Debriefs) -> dict[str, Any]:
        return {
            "id": self._id,
            "question": self._questions[self._id],
            "texts": {id: content.of(id).text for id in self._questions},
            "most": MOST_WRITTEN,
        }

    def as_text(self) -> str:
        if self.view["trouble"]:
            return trouble_text(self.view)
        text = self.view["texts"][self._id]
        return f"What you wrote: {text}" if text else f"You can answer in {self.place}, or say it aloud."

    def as_html(self) -> str:
        return f"<p>{escape(self.as_text())}</p>"
