"""The review of one alarm: what it came from, which rows decide, what they do not show, what is done (A22)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Long, Pick, Ref, Sentence


class Review(Artifact):
    """The verdict on one alarm, and what the loop learns from it."""

    kind: ClassVar[str] = "review"
    title: ClassVar[str] = "Review of an alarm"

    model_off: Annotated[
        Amount,
        Field(
            title="Swaps of the model’s suggestions, off usual (%)",
            description="Below 0 where there were fewer.",
            json_schema_extra={"section": "How far off that week was"},
        ),
    ] = None
    beside_off: Annotated[
        Amount,
        Field(
            title="Swaps of what is fit to compare with, off usual (%)",
            description="Blank where nothing was recorded, or nothing stands beside it.",
        ),
    ] = None
    cause: Annotated[Ref, Pick("causes"), Field(title="It came from", json_schema_extra={"section": "The verdict"})] = (
        ""
    )
    evidence: Annotated[
        tuple[Annotated[Ref, Pick("alarm_rows")], ...],
        Field(title="These rows decide", description="Two, or three.", max_length=12),
    ] = ()
    not_shown: Annotated[Ref, Pick("not_shown"), Field(title="They do not show")] = ""
    action: Annotated[Ref, Pick("review_actions"), Field(title="What is done")] = ""
    change: Annotated[Ref, Pick("trigger_changes"), Field(title="What the loop learns")] = ""
    facts: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(title="What was said that bears on it", description="From two people at least.", max_length=8),
    ] = ()
    words: Annotated[
        Line,
        Sentence(),
        Long(2),
        Field(title="To Sunniva, in one sentence", description="What it was, and what it means for her screen."),
    ] = ""
    tells: Annotated[
        Ref, Pick("causes"), Field(title="This sentence tells her that it was", description="Read it once more.")
    ] = ""
