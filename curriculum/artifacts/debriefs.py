"""What a learner wrote under the questions that look back. Kept with the lesson, never graded."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from curriculum.artifacts.base import Artifact, Day, Line, Notation, Part

MOST_WRITTEN = 4_000
"""Characters under one question."""


class Written(Part):
    """What stands under one question."""

    debrief: Annotated[Line, Notation(), Field(title="Question")] = ""
    """Its id in the lesson."""
    text: Annotated[
        str, StringConstraints(max_length=MOST_WRITTEN, strip_whitespace=True), Field(title="What you wrote")
    ] = ""
    on: Annotated[Day, Field(title="When")] = None


class Debriefs(Artifact):
    """What was written when looking back."""

    kind: ClassVar[str] = "debriefs"
    title: ClassVar[str] = "Looking back"

    written: Annotated[tuple[Written, ...], Field(title="Texts", max_length=100)] = ()

    def of(self, debrief: str) -> Written:
        """What stands under a question; blank where nothing does."""
        return next((one for one in self.written if one.debrief == debrief), Written(debrief=debrief))

    def with_text(self, text: Written) -> Debriefs:
        """The same with this text in the place of the one before; a blank one is left out."""
        others = tuple(one for one in self.written if one.debrief != text.debrief)
        place = next((n for n, one in enumerate(self.written) if one.debrief == text.debrief), len(others))
        return self.model_copy(update={"written": (*others[:place], *([text] if text.text else []), *others[place:])})
