"""The file of a conversation: attempts as lists of choice ids, the only thing in it that is believed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from curriculum.artifacts import yaml_text
from curriculum.artifacts.reading import problems_of
from curriculum.roleplay import engine
from curriculum.roleplay.script import Script
from curriculum.support.files import FileRefused, read_text, write_whole

MAX_ATTEMPTS, MAX_TURNS = 100, 400


class TranscriptUnreadable(Exception):
    """A transcript file cannot be read; the message is one sentence with file, line, found and expected."""


class _Stored(BaseModel):
    model_config = ConfigDict(extra="forbid")

    conversation: Annotated[str, Field(max_length=80)]
    attempts: Annotated[
        list[Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=MAX_TURNS)]],
        Field(max_length=MAX_ATTEMPTS),
    ] = []


@dataclass(frozen=True)
class Transcript:
    """All attempts at one conversation; the last is the current one, and none is ever lost."""

    conversation: str
    attempts: tuple[tuple[str, ...], ...] = ((),)

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

    def chosen(self, id: str) -> Transcript:
        """With one more choice in the current attempt."""
        return replace(self, attempts=(*self.attempts[:-1], (*self.current, id)))

    def rewound(self, turns: int) -> Transcript:
        """A new attempt that begins with the first `turns` choices of the current one; the old one is kept."""
        if not self.current:
            return self
        attempts = (*self.attempts, self.current[:turns])
        return replace(self, attempts=attempts[-MAX_ATTEMPTS:])


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
    attempts = tuple(tuple(attempt) for attempt in stored.attempts) or ((),)
    return Transcript(stored.conversation, attempts)


def write_transcript(path: Path, transcript: Transcript) -> None:
    """Store a transcript, whole; raises FileRefused with one sentence when it cannot be saved."""
    attempts = [list(attempt) for attempt in transcript.attempts]
    write_whole(path, yaml_text.dump({"conversation": transcript.conversation, "attempts": attempts}))
