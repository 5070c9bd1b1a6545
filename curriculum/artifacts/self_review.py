"""A learner's own reading of their texts: three questions a text, answered in words. Never graded."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, JsonValue

from curriculum.artifacts.base import Artifact, Line, Part, Pick, Ref

Answer = Literal["", "yes", "partly", "not_yet"]
QUESTIONS = (
    "Would somebody who was not there understand it?",
    "Does it say something of this case: who, what, how much, why?",
    "Does it answer what the field asks?",
)
"""What a reader asks of every text; answered in words, never in points."""
ANSWERS: dict[str, JsonValue] = {"yes": "Yes", "partly": "Partly", "not_yet": "Not yet"}


class ReadText(Part):
    """One text, read by the one who wrote it."""

    text: Annotated[Ref, Pick("texts"), Field(title="Your text")] = ""
    understood: Annotated[Answer, Field(title=QUESTIONS[0], json_schema_extra={"labels": ANSWERS})] = ""
    particular: Annotated[
        Answer,
        Field(
            title=QUESTIONS[1],
            json_schema_extra={"labels": ANSWERS},
        ),
    ] = ""
    answers: Annotated[Answer, Field(title=QUESTIONS[2], json_schema_extra={"labels": ANSWERS})] = ""
    change: Annotated[Line, Field(title="What you would change")] = ""

    def is_read(self) -> bool:
        """Whether all three questions are answered."""
        return bool(self.text and self.understood and self.particular and self.answers)


class SelfReview(Artifact):
    """Your own reading of your texts, in words and without points."""

    kind: ClassVar[str] = "self_review"
    title: ClassVar[str] = "Self-review"

    readings: Annotated[tuple[ReadText, ...], Field(title="Your texts", max_length=200)] = ()

    def read(self) -> frozenset[str]:
        """Ids of the texts of which all three questions are answered."""
        return frozenset(text.text for text in self.readings if text.is_read())
