"""The transcript of mock interviews: what was asked, what was said, how long it took. Never graded."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Artifact, Day, Line, Long, Notation, Part, Pick, Ref, Words


class Turn(Part):
    """One question and its answer."""

    asked: Annotated[Line, Field(title="Asked")] = ""
    about: Annotated[Line, Field(title="Which claim it is about")] = ""
    said: Annotated[Words, Field(title="Your answer"), Long(5)] = ""
    seconds: Annotated[int, Field(title="Seconds", ge=0, le=36_000)] = 0
    limit: Annotated[int, Field(title="Seconds that the question has", ge=0, le=36_000)] = 0
    heard: Annotated[tuple[Annotated[Line, Notation()], ...], Field(title="What was heard in it", max_length=20)] = ()


class Session(Part):
    """One interview."""

    question: Annotated[Ref, Pick("questions"), Field(title="The first question")] = ""
    on: Annotated[Day, Field(title="When")] = None
    turns: Annotated[tuple[Turn, ...], Field(title="Turns", max_length=12)] = ()
    finished: Annotated[bool, Field(title="Finished")] = False


class MockInterview(Artifact):
    """All interviews that were practised, the last one last."""

    kind: ClassVar[str] = "mock_interview"
    title: ClassVar[str] = "Mock interviews"

    sessions: Annotated[tuple[Session, ...], Field(title="Interviews", max_length=60)] = ()
