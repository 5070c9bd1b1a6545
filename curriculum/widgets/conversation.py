"""The conversation widget: bubbles, what you say, consequences, what you know; its state is the transcript file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from curriculum.cases import Case
from curriculum.course.lesson_plan import Term
from curriculum.course.templates import render
from curriculum.roleplay import engine
from curriculum.roleplay.heard import Ear, ear
from curriculum.roleplay.script import LOOK, Script
from curriculum.roleplay.transcript import (
    MAX_TURNS,
    Transcript,
    TranscriptUnreadable,
    cleaned,
    read_transcript,
    write_transcript,
)
from curriculum.widgets.base import ContentUnreadable, Operation, Stale
from curriculum.widgets.conversation_static import MISSED, conversation_html, conversation_text
from curriculum.widgets.conversation_view import Meant, Standing, conversation_view
from curriculum.widgets.file_widget import FileWidget

_MOVED_ON = "This conversation went on elsewhere, in another tab or window. Here is where it stands now."


class Conversation(FileWidget[Transcript], assets="say_first bubbles conversation found"):
    """A role-play with the people of a case.

    Operations: attend (somebody begins to type), say (words that are matched to the choices), choose, open (the
    choices), rewind (a new attempt), look (at an attempt).
    """

    def __init__(
        self,
        case: Case,
        script: Script,
        path: Path,
        standing: Standing | None = None,
        glossary: Iterable[Term] = (),
    ):
        self._case, self._script, self._standing = case, script.in_world(case), standing
        self._glossary = tuple(glossary)
        self._say = cache(partial(render, case=case))
        self._looking: int | None = None
        self._meant: Meant | None = None
        super().__init__(path)

    @cached_property
    def _ear(self) -> Ear:
        return ear(self._script, self._case, self._say, self._glossary)

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
            self._case,
            self._script,
            content,
            self._standing,
            attempt=self._looking,
            say=self._say,
            meant=self._meant,
        )

    def operate(self, operation: Operation) -> str:
        if operation["op"] == "say":
            return self._listen(operation)
        if operation["op"] == "attend":
            _ = self._ear
            return ""
        if operation["op"] != "look":
            if operation["op"] in ("choose", "open", "rewind"):
                self._looking = None
            return super().operate(operation)
        attempt = operation.get("attempt")
        self._looking = attempt if isinstance(attempt, int) else None
        self.refresh()
        return "" if self.view["trouble"] else f"Attempt {self.view['attempt']} of {len(self.view['attempts'])}."

    def _listen(self, operation: Operation) -> str:
        """Find out which choices the typed words may mean; nothing is decided, and nothing is stored."""
        said, turn, attempt = operation.get("said"), operation.get("turn"), operation.get("attempt")
        if isinstance(said, str) and (words := cleaned(said)) and not self.view["trouble"]:
            content = self.content()
            state = content.replay(self._script).state
            if (attempt, turn) == (len(content.attempts), len(state.taken)):
                self._looking = None
                offered = [choice.id for choice in engine.available(self._script, state)]
                number = self._meant.number + 1 if self._meant else 1
                lately = " ".join(self._say(line.text) for line in engine.lately(self._script, state.path))
                found = self._ear.heard(words, offered, lately)
                self._meant = Meant(len(content.attempts), len(state.taken), words, found, number)
        self.refresh()
        return self._offer()

    def _offer(self) -> str:
        meant = self.view.get("meant")
        if not meant:
            return ""
        texts = {choice["id"]: choice["text"] for choice in self.view["choices"]}
        offered = [f"{number}: {texts[id]}" for number, id in enumerate(meant["choices"], start=1)]
        return f"You mean: {' '.join(offered)} Or none of these." if offered else str(meant["none"])

    def apply(self, content: Transcript, operation: Operation) -> Transcript:
        turn = operation.get("turn")
        state = content.replay(self._script).state
        if operation.get("attempt") != len(content.attempts) or not isinstance(turn, int):
            raise Stale(_MOVED_ON)
        if operation["op"] == "choose":
            return self._chosen(content, state, operation, turn)
        if operation["op"] == "open" and turn == len(state.taken) and engine.ending(self._script, state) is None:
            return content if state.opened else self._going_on(content, state).chosen(LOOK)
        if operation["op"] == "rewind" and 0 <= turn < sum(id != LOOK for id in content.current):
            return content.rewound(turn)
        raise Stale(_MOVED_ON)

    def _chosen(self, content: Transcript, state: engine.State, operation: Operation, turn: int) -> Transcript:
        id, said = operation.get("id"), operation.get("said")
        offered = [choice.id for choice in engine.available(self._script, state)]
        if turn != len(state.taken) or id not in offered:
            raise Stale(_MOVED_ON)
        return self._going_on(content, state).chosen(str(id), said if isinstance(said, str) else "")

    def _going_on(self, content: Transcript, state: engine.State) -> Transcript:
        """The transcript up to where the conversation stands."""
        if len(state.path) >= MAX_TURNS:
            raise Stale("This attempt is as long as it can be; go back to an earlier turn to try another approach.")
        if len(state.path) < len(content.current):  # the file goes on with what could not be said; keep that as it is
            return content.kept_to(len(state.path))
        return content

    def spoken(self, before: Transcript, after: Transcript) -> str:
        if len(after.attempts) != len(before.attempts):
            return f"Attempt {len(after.attempts)} begins; the attempt before it is kept."
        if after == before:
            return ""
        view, turn = self.view, self.view["turns"][-1]
        if view["opened"]:
            return f"You could say: {' '.join(choice['text'] for choice in view['choices'])}"
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
