"""The read-back widget: a form whose parts are said back to people, who answer; kept in the conversation's file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.saying_back import parts_of
from curriculum.cases import Case
from curriculum.course.templates import render
from curriculum.roleplay import engine
from curriculum.roleplay.engine import Heard, State
from curriculum.roleplay.read_back import SaidBack, said_in
from curriculum.roleplay.script import MAX_TRUST, Script
from curriculum.roleplay.transcript import (
    MAX_TURNS,
    Transcript,
    TranscriptUnreadable,
    cleaned,
    read_transcript,
    write_transcript,
)
from curriculum.support.files import FileRefused
from curriculum.widgets.base import ContentUnreadable, Operation, Stale
from curriculum.widgets.conversation_view import TRUST_WORDS
from curriculum.widgets.file_widget import one_writer
from curriculum.widgets.form import Form
from curriculum.widgets.form_data import Data, plain
from curriculum.widgets.read_back_static import read_back_html, read_back_text
from curriculum.widgets.round_view import round_view

_MOVED_ON = "The conversation went on elsewhere, in another tab or window. Here is where it stands now."
_TIMES = ("", "once", "twice", "three times")


class ReadBackWidget(Form, assets="form pick found reading bubbles read_back"):
    """Shows an artifact as a form in which each person's part can be said back to them.

    Operations: those of a form, and {"op": "say_back", "person", "round", "attempt"}: `round` counts what this person
    was told before, `attempt` the conversation's attempts, so that nothing is said twice by two tabs.
    """

    def __init__(
        self, case: Case, model: type[Artifact], path: Path, script: Script, talk: Path, **kwargs: Any
    ) -> None:
        self._script, self._talk = script.in_world(case), talk
        self._say: Callable[[str], str] = cache(partial(render, case=case))
        super().__init__(case, model, path, **kwargs)

    def draw(self, content: Data) -> dict[str, Any]:
        view = super().draw(content)
        trouble = ""
        try:
            transcript = self._transcript()
        except TranscriptUnreadable as error:
            transcript, trouble = Transcript(self._script.id), str(error)
        state = transcript.replay(self._script).state
        now, heard = self._versions(content), engine.heard_back(self._script, state.path)
        people = [self._person(person, now[person], state, heard, trouble) for person in parts_of(self.model)]
        return {**view, "people": people, "attempt": len(transcript.attempts), "listened": self._rounds}

    @property
    def _rounds(self) -> int:
        return self._script.read_back.words.rounds if self._script.read_back else 0

    def _versions(self, content: Data) -> dict[str, SaidBack]:
        return said_in(self.model.model_validate(plain(content)))

    def _transcript(self) -> Transcript:
        """The conversation so far; blank where nobody was talked to. Raises TranscriptUnreadable."""
        try:
            transcript = read_transcript(self._talk)
        except FileNotFoundError:
            return Transcript(self._script.id)
        if transcript.conversation != self._script.id:
            raise TranscriptUnreadable(transcript.replay(self._script).note)
        return transcript

    def _person(self, id: str, now: SaidBack, state: State, heard: Sequence[Heard], trouble: str) -> dict[str, Any]:
        person = self.case.people[id]
        theirs = [one for one in heard if one.round.said.person == id]
        same = bool(theirs) and theirs[-1].round.said == now
        return {
            "id": id,
            "name": person.label,
            "first": person.first_name,
            "role": person.role,
            "initials": person.initials,
            "hue": person.hue,
            "trust": state.trust_of(id),
            "of": MAX_TRUST,
            "trust_word": TRUST_WORDS[state.trust_of(id)],
            "rounds": [round_view(self.case, one, self._say) for one in theirs],
            "left": engine.rounds_left(self._script, state, id),
            "same": same,
            "closed": trouble or self._closed(id, state),
            "hint": self._hint(id, now, state),
            "confirmed": state.confirms(now),
        }

    def _closed(self, id: str, state: State) -> str:
        """Why nothing can be said back to a person now; blank where it can."""
        first, rounds = self.case.people[id].first_name, state.rounds_with(id)
        if self._script.read_back is None or id not in self._script.read_back.words.people:
            return f"{first} is not read back to in this lesson."
        if not engine.rounds_left(self._script, state, id):
            return f"{first} has listened {_TIMES[len(rounds)]}. What was answered last stands."
        if engine.ending(self._script, state) is not None:
            return "The conversation is over. To say this back, go back there to a turn before its end."
        if not engine.listens(self._script, state, id):
            return self._say(self._script.read_back.words.not_yet)
        return ""

    def _hint(self, id: str, now: SaidBack, state: State) -> str:
        """What has to be written first; blank where nothing has."""
        first, rounds = self.case.people[id].first_name, state.rounds_with(id)
        if now.is_blank:
            return f"First pick what you heard from {first}, and write your sentence."
        if rounds and rounds[-1].said == now:
            return f"{first} has answered just this. Change what you say, and {first} listens again."
        return ""

    def operate(self, operation: Operation) -> str:
        if operation["op"] != "say_back":
            return super().operate(operation)
        try:
            said = self._say_back(operation)
        except ContentUnreadable:
            self.refresh()
            return ""
        except Stale as error:
            self.refresh(notice=str(error))
            return str(error)
        except FileRefused as error:
            self.refresh(notice=f"Not said: {error}")
            return str(error)
        self.refresh()
        return said

    def _say_back(self, operation: Operation) -> str:
        with one_writer(self.path.parent):
            try:
                transcript = self._transcript()
            except TranscriptUnreadable as error:
                raise Stale(str(error)) from None
            state = transcript.replay(self._script).state
            person = operation.get("person")
            now = self._versions(self.content()).get(person) if isinstance(person, str) else None
            seen = operation.get("round"), operation.get("attempt")
            if now is None or seen != (len(state.rounds_with(now.person)), len(transcript.attempts)):
                raise Stale(_MOVED_ON)
            if why := self._closed(now.person, state) or self._hint(now.person, now, state):
                raise Stale(why)
            if len(state.path) >= MAX_TURNS:
                raise Stale("This attempt is as long as it can be; begin another one in the conversation.")
            if len(state.path) < len(transcript.current):  # what could not be said stays in the older attempt
                transcript = transcript.kept_to(len(state.path))
            kept = SaidBack(now.person, now.claims, now.number, now.firmness, cleaned(now.sentence))
            write_transcript(self._talk, transcript.read_back(kept))
            after = engine.say_back(self._script, state, kept)
        heard = engine.heard_back(self._script, after.path)[-1]
        seen_now = round_view(self.case, heard, self._say)
        learned = " ".join(f"You learned: {fact['text']}" for fact in seen_now["learned"])
        first = self.case.people[now.person].first_name
        return f"{first}, {seen_now['word'].lower()}: {seen_now['line']} {learned}".strip()

    def as_text(self) -> str:
        return super().as_text() if self.view["trouble"] else read_back_text(super().as_text(), self.view)

    def as_html(self) -> str:
        return super().as_html() if self.view["trouble"] else read_back_html(super().as_text(), self.view)
