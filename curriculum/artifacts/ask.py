"""The one-line ask: who should decide what, by when, and what decides it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Line, Pick, Ref, Sentence


class Ask(Artifact):
    """A request that can be answered with yes or no."""

    kind: ClassVar[str] = "ask"
    title: ClassVar[str] = "One-line ask"

    decider: Annotated[Ref, Pick("people"), Field(title="Who decides", json_schema_extra={"section": "The ask"})] = ""
    moves: Annotated[Ref, Pick("movable"), Field(title="What moves")] = ""
    moves_to: Annotated[dt.time | None, Field(title="To what time")] = None
    ask: Annotated[Line, Sentence(), Field(title="Your ask, in one sentence")] = ""
    by: Annotated[Day, Field(title="Decision needed by")] = None
    evidence: Annotated[Ref, Pick("facts"), Field(title="The fact that decides it")] = ""
    number: Annotated[Amount, Field(title="Its number", description="As you were told it, without the unit.")] = None
