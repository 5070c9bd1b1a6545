"""The integration review: what was shown, what was in the way, what was decided; and examples that can be run (A26)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Line, Part, Pick, Ref, Sentence

Number = Annotated[int | None, Field(ge=0, le=9999)]


class BlockerItem(Part):
    """Something in the way, and what happens to it."""

    blocker: Annotated[Ref, Pick("blockers"), Field(title="Blocker")] = ""
    age_days: Annotated[Number, Field(title="Age in days, today")] = None
    owner: Annotated[Ref, Pick("people"), Field(title="Owner")] = ""
    decided_in: Annotated[Number, Field(title="Removed by decision record number")] = None
    escalated_to: Annotated[Ref, Pick("people"), Field(title="Or escalated to")] = ""
    next_step: Annotated[Line, Field(title="Next step")] = ""
    by: Annotated[Day, Field(title="By")] = None


class Example(Part):
    """What the screen does with one response: an example that can be run."""

    requirement: Annotated[Ref, Pick("requirements"), Field(title="For the requirement")] = ""
    case_kind: Annotated[
        Literal["", "happy", "edge", "model_wrong", "slow"],
        Field(title="Kind", description="happy; edge: exactly on a limit; model_wrong: a real sample; slow"),
    ] = ""
    sample: Annotated[Ref, Pick("samples"), Field(title="Real sample, where the model was wrong")] = ""
    risk: Annotated[Amount, Field(title="risk")] = None
    confidence: Annotated[Amount, Field(title="confidence")] = None
    vitals_age_min: Annotated[Amount, Field(title="Age of the vital signs, minutes")] = None
    latency_ms: Annotated[Amount, Field(title="Time until the response, milliseconds")] = None
    expected: Annotated[Ref, Pick("states"), Field(title="The screen then shows")] = ""


class OpenQuestion(Part):
    """A question that nobody could answer in the room."""

    question: Annotated[Line, Sentence(), Field(title="Question")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who finds out")] = ""
    by: Annotated[Day, Field(title="By")] = None


class IntegrationReview(Artifact):
    """Minutes of today's review, and the dates of the next ones."""

    kind: ClassVar[str] = "integration_review"
    title: ClassVar[str] = "Integration review"

    build: Annotated[Ref, Pick("builds"), Field(title="Build that was shown")] = ""
    attendees: Annotated[
        tuple[Annotated[Ref, Pick("people")], ...], Field(title="In the room, besides you", max_length=20)
    ] = ()
    blockers: Annotated[tuple[BlockerItem, ...], Field(title="Blockers", max_length=30)] = ()
    decisions: Annotated[
        tuple[Annotated[int, Field(ge=0, le=9999)], ...],
        Field(title="Decision records of today, by number", max_length=20),
    ] = ()
    examples: Annotated[tuple[Example, ...], Field(title="Examples", max_length=40)] = ()
    questions: Annotated[tuple[OpenQuestion, ...], Field(title="Open questions", max_length=20)] = ()
    next_reviews: Annotated[tuple[Day, ...], Field(title="Days of the next reviews", max_length=20)] = ()
