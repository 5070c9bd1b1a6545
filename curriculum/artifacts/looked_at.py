"""Who has looked at what was held: the learner's own record that a person compared both passages. Never graded."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Artifact, Day, Line, Notation, Part


class Look(Part):
    """One held piece of work, looked at by a person."""

    text: Annotated[Line, Notation(), Field(title="Which words", json_schema_extra={"hidden": True})] = ""
    """Kind of the artifact and a hash of its words, so that other words are not looked at yet."""
    who: Annotated[Line, Notation(), Field(title="Who looked at both passages", description="Not you.")] = ""
    on: Annotated[Day, Field(title="When")] = None
    said: Annotated[Line, Field(title="What they said of them")] = ""

    def is_done(self) -> bool:
        """Whether somebody is named, with the day and what they said."""
        return bool(self.text and self.who and self.on and self.said)


class LookedAt(Artifact):
    """What was held and what people said of it."""

    kind: ClassVar[str] = "looked_at"
    title: ClassVar[str] = "What somebody has looked at"

    looks: Annotated[tuple[Look, ...], Field(title="Held work", max_length=40)] = ()
