"""The file of a conversation: attempts as lists of choice ids, the only thing in it that is believed.

Beside an id may stand what the learner typed there. It is for the learner to read again, and nothing else reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticKnownError

from curriculum.artifacts import yaml_text
from curriculum.artifacts.reading import problems_of
from curriculum.roleplay import engine
from curriculum.roleplay.script import LOOK, MAX_SAID, Script
from curriculum.support.files import FileRefused, read_text, write_whole

MAX_ATTEMPTS, MAX_TURNS = 100, 400


class TranscriptUnreadable(Exception):
    """A transcript file cannot be read; the message is one sentence with file, line, found and expected."""


_Id = Annotated[str, Field(max_length=80)]


class _Spoken(BaseModel):
    """A choice with the learner's own words for it."""

    model_config = ConfigDict(extra="forbid")

    choice: _Id
    said: str = ""


def _as_spoken(step: Any) -> Any:
    """Most choices are an id and nothing else, as all of them were in older files."""
    if isinstance(step, dict):
        return step
    if isinstance(step, str):
        return {"choice": step}
    raise PydanticKnownError("string_type")


_Step = Annotated[_Spoken, BeforeValidator(_as_spoken)]


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
    attempts: tuple[tuple[str, ...], ...] = ((),)
    """Ids of choices, and of looks at the choices, in order."""
    said: tuple[Mapping[int, str], ...] = ()
    """For each attempt what was typed, by the position of its id; the last attempts are left out where nothing was."""

    def __post_init__(self) -> None:
        said = list(self.said)
        while said and not said[-1]:
            said.pop()
        object.__setattr__(self, "said", tuple(said))

    @property
    def current(self) -> tuple[str, ...]:
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
        return tuple(said.get(place, "") for place, id in enumerate(self.attempts[attempt]) if id != LOOK)

    def chosen(self, id: str, said: str = "") -> Transcript:
        """With one more choice, or look, in the current attempt, and the words that were typed for it."""
        words = cleaned(said)
        now = {**self._all_said[-1], **({len(self.current): words} if words else {})}
        return replace(self, attempts=(*self.attempts[:-1], (*self.current, id)), said=(*self._all_said[:-1], now))

    def rewound(self, turns: int) -> Transcript:
        """A new attempt that begins with the first `turns` choices of the current one; the old one is kept."""
        choices = [place for place, id in enumerate(self.current) if id != LOOK]
        return self.kept_to(choices[turns - 1] + 1 if 0 < turns <= len(choices) else 0)

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
    attempts = tuple(tuple(step.choice for step in attempt) for attempt in stored.attempts) or ((),)
    said = tuple(
        {place: words for place, step in enumerate(attempt) if (words := cleaned(step.said))}
        for attempt in stored.attempts
    )
    return Transcript(stored.conversation, attempts, said)


def write_transcript(path: Path, transcript: Transcript) -> None:
    """Store a transcript, whole; raises FileRefused with one sentence when it cannot be saved."""
    attempts = [
        [{"choice": id, "said": said[place]} if place in said else id for place, id in enumerate(attempt)]
        for attempt, said in zip(transcript.attempts, transcript._all_said, strict=True)
    ]
    write_whole(path, yaml_text.dump({"conversation": transcript.conversation, "attempts": attempts}))
