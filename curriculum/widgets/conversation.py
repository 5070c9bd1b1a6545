"""The conversation widget: bubbles, choices, consequences, what you know; its state is the transcript file."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

from curriculum.cases import Case
from curriculum.course.templates import render
from curriculum.roleplay import engine
from curriculum.roleplay.script import Script
from curriculum.roleplay.transcript import (
    MAX_TURNS,
    Transcript,
    TranscriptUnreadable,
    read_transcript,
    write_transcript,
)
from curriculum.widgets.base import ContentUnreadable, FileWidget, Operation, Stale
from curriculum.widgets.conversation_static import MISSED, conversation_html, conversation_text
from curriculum.widgets.conversation_view import Standing, conversation_view

_MOVED_ON = "This conversation went on elsewhere, in another tab or window. Here is where it stands now."


class Conversation(FileWidget[Transcript], assets="conversation"):
    """A role-play with the people of a case. Operations: choose, rewind (a new attempt), look (at an attempt)."""

    def __init__(self, case: Case, script: Script, path: Path, standing: Standing | None = None):
        self._case, self._script, self._standing = case, script.in_world(case), standing
        self._say = cache(partial(render, case=case))
        self._looking: int | None = None
        super().__init__(path)

    def load(self) -> Transcript:
        try:
            transcript = read_transcript(self.path)
        except FileNotFoundError:
            return Transcript(self._script.id)
        except TranscriptUnreadable as error:
            raise ContentUnreadable(str(error)) from None
        if transcript.conversation != self._script.id:
            raise ContentUnreadable(transcript.replay(self._script).note)
        return transcript

    def store(self, content: Transcript) -> None:
        write_transcript(self.path, content)

    def draw(self, content: Transcript) -> dict[str, Any]:
        return conversation_view(
            self._case, self._script, content, self._standing, attempt=self._looking, say=self._say
        )

    def operate(self, operation: Operation) -> str:
        if operation["op"] != "look":
            if operation["op"] in ("choose", "rewind"):
                self._looking = None
            return super().operate(operation)
        attempt = operation.get("attempt")
        self._looking = attempt if isinstance(attempt, int) else None
        self.refresh()
        return "" if self.view["trouble"] else f"Attempt {self.view['attempt']} of {len(self.view['attempts'])}."

    def apply(self, content: Transcript, operation: Operation) -> Transcript:
        turn = operation.get("turn")
        state = content.replay(self._script).state
        if operation.get("attempt") != len(content.attempts) or not isinstance(turn, int):
            raise Stale(_MOVED_ON)
        if operation["op"] == "choose":
            return self._chosen(content, state, operation.get("id"), turn)
        if operation["op"] == "rewind" and 0 <= turn < len(content.current):
            return content.rewound(turn)
        raise Stale(_MOVED_ON)

    def _chosen(self, content: Transcript, state: engine.State, id: Any, turn: int) -> Transcript:
        offered = [choice.id for choice in engine.available(self._script, state)]
        if turn != len(state.taken) or id not in offered:
            raise Stale(_MOVED_ON)
        if turn >= MAX_TURNS:
            raise Stale("This attempt is as long as it can be; go back to an earlier turn to try another approach.")
        if turn < len(content.current):  # the file goes on with what could not be said; keep that as it is
            content = content.rewound(turn)
        return content.chosen(id)

    def spoken(self, before: Transcript, after: Transcript) -> str:
        if len(after.attempts) != len(before.attempts):
            return f"Attempt {len(after.attempts)} begins; the attempt before it is kept."
        if after == before:
            return ""
        view, turn = self.view, self.view["turns"][-1]
        names = {person["id"]: person["first"] for person in view["cast"]}
        parts = [f"{names[line['who']]}: {line['text']}" for line in turn["says"]]
        parts += [f"You learned: {fact['text']}" for fact in turn["learned"]]
        parts += [effect["text"] for effect in turn["own"]["effects"]]
        parts += [f"{view['ending']['title']}. {view['ending']['text']}"] if view["ending"] else []
        parts += [f"{MISSED}: {' '.join(view['debrief'])}"] if view["debrief"] else []
        return " ".join(parts)

    def as_text(self) -> str:
        return conversation_text(self.view)

    def as_html(self) -> str:
        return conversation_html(self.view)
