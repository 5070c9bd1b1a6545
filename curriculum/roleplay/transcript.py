"""The file of a conversation: attempts as lists of choice ids and of what was said back, all that is believed in it.

Beside an id may stand what the learner typed there. It is for the learner to read again, and nothing else reads it.
What was said back to somebody is kept as it was said; what they answered is worked out again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticKnownError

from curriculum.artifacts import yaml_text
from curriculum.artifacts.base import Amount
from curriculum.artifacts.reading import problems_of
from curriculum.artifacts.saying_back import MOST_CLAIMS
from curriculum.cases.claims import Firmness
from curriculum.roleplay import engine
from curriculum.roleplay.engine import Step
from curriculum.roleplay.read_back import SaidBack
from curriculum.roleplay.script import LOOK, MAX_SAID, Script
from curriculum.support.files import MAX_BYTES, FileRefused, read_text, write_whole

MAX_ATTEMPTS, MAX_TURNS = 100, 400


class TranscriptUnreadable(Exception):
    """A transcript file cannot be read; the message is one sentence with file, line, found and expected."""


_Id = Annotated[str, Field(max_length=80)]


class _Entry(BaseModel):
    """A choice, with the learner's own words for it where there are any; or what was said back to somebody."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    choice: _Id = ""
    said: str = ""
    said_back: _Id = ""
    claims: Annotated[list[_Id], Field(max_length=MOST_CLAIMS)] = []
    number: Amount = None
    firmness: Firmness = ""
    sentence: str = ""

    @model_validator(mode="after")
    def _one_or_the_other(self) -> _Entry:
        if ("choice" in self.model_fields_set) == ("said_back" in self.model_fields_set):
            raise PydanticKnownError("missing")
        return self

    def step(self) -> Step:
        if not self.said_back:
            return self.choice
        claims = tuple(dict.fromkeys(self.claims))
        return SaidBack(self.said_back, claims, self.number, self.firmness, cleaned(self.sentence))


def _as_entry(step: Any) -> Any:
    """Most steps are the id of a choice and nothing else, as all of them were in older files."""
    if isinstance(step, dict):
        return step
    if isinstance(step, str):
        return {"choice": step}
    raise PydanticKnownError("string_type")


_Step = Annotated[_Entry, BeforeValidator(_as_entry)]


class _Stored(BaseModel):
    model_config = ConfigDict(extra="forbid")

    conversation: Annotated[str, Field(max_length=80)]
    attempts: Annotated[
        list[Annotated[list[_Step], Field(max_length=MAX_TURNS)]],
        Field(max_length=MAX_ATTEMPTS),
    ] = []


@dataclass(frozen=True)
class Transcript:
    """All attempts at one conversation; the last is the current one, and none is ever lost."""

    conversation: str
    attempts: tuple[tuple[Step, ...], ...] = ((),)
    """Ids of choices, and of looks at the choices, and what was said back to people, in order."""
    said: tuple[Mapping[int, str], ...] = ()
    """For each attempt what was typed, by the position of its id; the last attempts are left out where nothing was."""

    def __post_init__(self) -> None:
        said = list(self.said)
        while said and not said[-1]:
            said.pop()
        object.__setattr__(self, "said", tuple(said))

    @property
    def current(self) -> tuple[Step, ...]:
        return self.attempts[-1]

    def replay(self, script: Script) -> engine.Replay:
        """Where the current attempt leads."""
        if self.conversation != script.id:
            return engine.Replay(
                engine.begin(script),
                f"{script.id}.yaml: found the conversation {self.conversation!r}; expected {script.id!r}, "
                f"so nothing in it counts.",
            )
        return engine.replay(script, self.current)

    def words(self, attempt: int) -> tuple[str, ...]:
        """What was typed for each choice of an attempt, counted from 0; blank where it was picked from the list."""
        said = self.said[attempt] if attempt < len(self.said) else {}
        return tuple(said.get(place, "") for place, step in enumerate(self.attempts[attempt]) if is_choice(step))

    def chosen(self, id: str, said: str = "") -> Transcript:
        """With one more choice, or look, in the current attempt, and the words that were typed for it."""
        words = cleaned(said)
        now = {**self._all_said[-1], **({len(self.current): words} if words else {})}
        return replace(self, attempts=(*self.attempts[:-1], (*self.current, id)), said=(*self._all_said[:-1], now))

    def read_back(self, said: SaidBack) -> Transcript:
        """With something said back to somebody in the current attempt."""
        return replace(self, attempts=(*self.attempts[:-1], (*self.current, said)))

    def rewound(self, turns: int) -> Transcript:
        """A new attempt that begins with the first `turns` choices of the current one, and with what was said back
        before the next; the old one is kept."""
        choices = [place for place, step in enumerate(self.current) if is_choice(step)]
        steps = choices[turns - 1] + 1 if 0 < turns <= len(choices) else 0
        while turns > 0 and steps < len(self.current) and isinstance(self.current[steps], SaidBack):
            steps += 1
        return self.kept_to(steps)

    def kept_to(self, steps: int) -> Transcript:
        """A new attempt with the first `steps` ids of the current one; the old one is kept."""
        if not self.current:
            return self
        begun = {place: words for place, words in self._all_said[-1].items() if place < steps}
        attempts, said = (*self.attempts, self.current[:steps]), (*self._all_said, begun)
        return replace(self, attempts=attempts[-MAX_ATTEMPTS:], said=said[-MAX_ATTEMPTS:])

    @property
    def _all_said(self) -> tuple[Mapping[int, str], ...]:
        return (*self.said, *({} for _ in self.attempts[len(self.said) :]))


def step_text(step: Step) -> str:
    """A step as one text: the id, or what was said back as JSON, without the sentence that nobody judges."""
    if isinstance(step, str):
        return step
    return json.dumps({name: value for name, value in _plain(step, "").items() if name != "sentence"})


def step_of(text: str) -> Step:
    """The step that `step_text` gave; raises ValueError for JSON that is none."""
    return _Entry.model_validate_json(text).step() if text.startswith("{") else text


def is_choice(step: Step) -> bool:
    """Whether a step is a choice, rather than a look or something said back."""
    return isinstance(step, str) and step != LOOK


def cleaned(said: str) -> str:
    """Typed words as they are kept: one line of characters that can be shown, of limited length."""
    return "".join(char if char.isprintable() else " " for char in " ".join(said[: 4 * MAX_SAID].split()))[:MAX_SAID]


def read_transcript(path: Path, inside: Path | None = None) -> Transcript:
    """Read a transcript; raises FileNotFoundError where there is none or nothing in it, and TranscriptUnreadable
    where it is broken."""
    try:
        document = yaml_text.parse(read_text(path, inside or path.parent))
        if document.data is None:
            raise FileNotFoundError(path.name)
        stored = _Stored.model_validate(document.data)
    except FileRefused as error:
        raise TranscriptUnreadable(str(error)) from None
    except yaml_text.NotYaml as error:
        raise TranscriptUnreadable(f"{path.name}, {error}.") from None
    except ValidationError as error:
        raise TranscriptUnreadable(str(problems_of(error, path.name, document, _Stored)[0])) from None
    return _transcript(stored)


def transcript_of(data: Any) -> Transcript:
    """A transcript from plain data, as exemplars have it; raises pydantic's ValidationError."""
    return _transcript(_Stored.model_validate(data))


def _transcript(stored: _Stored) -> Transcript:
    attempts = tuple(tuple(step.step() for step in attempt) for attempt in stored.attempts) or ((),)
    said = tuple(
        {place: words for place, step in enumerate(attempt) if (words := cleaned(step.said))}
        for attempt in stored.attempts
    )
    return Transcript(stored.conversation, attempts, said)


def write_transcript(path: Path, transcript: Transcript) -> None:
    """Store a transcript, whole; raises FileRefused with one sentence when it cannot be saved.

    Of attempts that together are longer than a file that is read again, the oldest are left out.
    """
    attempts = [
        [_plain(step, said.get(place, "")) for place, step in enumerate(attempt)]
        for attempt, said in zip(transcript.attempts, transcript._all_said, strict=True)
    ]
    text = yaml_text.dump({"conversation": transcript.conversation, "attempts": attempts})
    while len(text.encode()) > MAX_BYTES and len(attempts) > 1:
        attempts = attempts[-(-len(attempts) // 4) :]
        text = yaml_text.dump({"conversation": transcript.conversation, "attempts": attempts})
    write_whole(path, text)


def _plain(step: Step, said: str) -> Any:
    if isinstance(step, SaidBack):
        return {
            "said_back": step.person,
            "claims": list(step.claims),
            "number": step.number,
            "firmness": step.firmness,
            "sentence": step.sentence,
        }
    return {"choice": step, "said": said} if said else step
