"""Ratings of anchor answers and of one's own: self-review, never graded."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Artifact, Long, Part, Pick, Ref, Sentence, Words


class Rating(Part):
    """What an answer is worth to you."""

    anchor: Annotated[Ref, Pick("anchors"), Field(title="Answer")] = ""
    score: Annotated[int, Field(title="1 to 5; 0 while you have not decided", ge=0, le=5)] = 0


class Calibration(Artifact):
    """Six ratings of others, then one of yourself."""

    kind: ClassVar[str] = "calibration"
    title: ClassVar[str] = "Self-review"

    ratings: Annotated[tuple[Rating, ...], Field(title="The six answers", max_length=12)] = ()
    own: Annotated[int, Field(title="Your own answer, 1 to 5", ge=0, le=5)] = 0
    why: Annotated[Words, Sentence(), Field(title="Why, with the sentence that decided it"), Long(3)] = ""
