"""What a learner answered from memory, before the answer opened, and how they rated themselves. Never graded."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from curriculum.artifacts.base import Artifact, Line, Notation, Part

MOST_WRITTEN = 2_000
"""Characters of an answer."""

Rating = Literal["", "again", "hard", "good", "easy"]


class Recalled(Part):
    """One question: what was written or picked, when the answer opened, and how it went."""

    question: Annotated[Line, Notation(), Field(title="Question")] = ""
    """Its id in the lesson."""
    written: Annotated[
        str, StringConstraints(max_length=MOST_WRITTEN, strip_whitespace=True), Field(title="What you wrote")
    ] = ""
    picked: Annotated[Line, Notation(), Field(title="What you picked")] = ""
    opened: Annotated[dt.datetime | None, Field(title="When the answer opened")] = None
    rating: Annotated[Rating, Field(title="How it went")] = ""

    @property
    def is_answered(self) -> bool:
        """Whether something was written or picked."""
        return bool(self.written or self.picked)


class Recall(Artifact):
    """Questions from earlier lessons, answered from memory."""

    kind: ClassVar[str] = "recall"
    title: ClassVar[str] = "From memory"

    answers: Annotated[tuple[Recalled, ...], Field(title="Answers", max_length=100)] = ()

    def of(self, question: str) -> Recalled:
        """What stands there of a question; blank where nothing does."""
        return next((one for one in self.answers if one.question == question), Recalled(question=question))

    def with_answer(self, answer: Recalled) -> Recall:
        """The same with this answer in the place of the one before."""
        known = any(one.question == answer.question for one in self.answers)
        answers = tuple(answer if one.question == answer.question else one for one in self.answers)
        return self.model_copy(update={"answers": answers if known else (*answers, answer)})
