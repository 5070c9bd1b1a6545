"""A flaw hunt in another world: tick as many statements as the draft has flaws, then hand it in, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from curriculum.artifacts.flaws import Flaws
from curriculum.artifacts.reading import write_artifact
from curriculum.cases.base import Entry
from curriculum.support.files import FileRefused
from curriculum.widgets.artifact_file import load_artifact, trouble_text
from curriculum.widgets.base import Operation, Stale
from curriculum.widgets.file_widget import FileWidget

HandIn = Callable[[tuple[str, ...]], None]
"""Keeps what was ticked for good; raises FileRefused."""


class HuntWidget(FileWidget[Flaws], assets="hunt"):
    """The statements of one hunt. Operations: tick (a statement, on or off), hand_in.

    `after` is what is said once it is handed in, `handed` whether it is already.
    """

    def __init__(
        self, path: Path, options: Mapping[str, Entry], flaws: int, hand_in: HandIn, after: str, *, handed: bool = False
    ) -> None:
        self._options, self._flaws, self._hand_in = options, flaws, hand_in
        self._after, self._handed = after, handed
        super().__init__(path)

    def load(self) -> Flaws:
        return load_artifact(self.path, Flaws)

    def store(self, content: Flaws) -> None:
        write_artifact(self.path, content)

    def apply(self, content: Flaws, operation: Operation) -> Flaws:
        if self._handed:
            raise Stale("It is handed in already, and stays as it was then.")
        if operation["op"] == "hand_in":
            return self._give(content)
        id, on = operation.get("statement"), operation.get("on")
        if operation["op"] != "tick" or id not in self._options or not isinstance(on, bool):
            raise Stale("There is no such statement here.")
        ticked = [one for one in self._ticked(content) if one != id]
        if on and len(ticked) >= self._flaws:
            raise Stale(f"There are {self._flaws} flaws, and as many are ticked. Take one back first.")
        return Flaws(found=tuple([*ticked, id] if on else ticked))

    def _ticked(self, content: Flaws) -> tuple[str, ...]:
        return tuple(one for one in content.found if one in self._options)[: self._flaws]

    def _give(self, content: Flaws) -> Flaws:
        ticked = self._ticked(content)
        if len(ticked) < self._flaws:
            raise Stale(f"Tick {self._flaws} statements; where you see nothing, guess. {len(ticked)} are ticked.")
        try:
            self._hand_in(ticked)
        except FileRefused as error:
            raise Stale(str(error)) from None
        self._handed = True
        return Flaws(found=ticked)

    def draw(self, content: Flaws) -> dict[str, Any]:
        ticked = self._ticked(content)
        return {
            "flaws": self._flaws,
            "ticked": len(ticked),
            "handed": self._handed,
            "after": self._after,
            "statements": [{"id": id, "text": entry.label, "on": id in ticked} for id, entry in self._options.items()],
        }

    def spoken(self, before: Flaws, after: Flaws) -> str:
        return self._after if self._handed else f"{len(self._ticked(after))} of {self._flaws} ticked"

    def as_text(self) -> str:
        view = self.view
        if view["trouble"]:
            return trouble_text(view)
        if view["handed"]:
            return str(view["after"])
        marks = [f"[{'x' if one['on'] else ' '}] {one['text']}" for one in view["statements"]]
        return "\n".join([f"Which {view['flaws']} of these are true of the draft?", *marks])

    def as_html(self) -> str:
        return f"<p>{'<br>'.join(escape(line) for line in self.as_text().splitlines())}</p>"
