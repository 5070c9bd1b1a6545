"""The integration review: what was shown, what was in the way, what was decided; and examples that can be run (A26)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Derived, Part, Pick, Ref


class BlockerItem(Part):
    """Something that holds up the pilot release, and what happens to it."""

    noun: ClassVar[str] = "blocker"
    blocker: Annotated[Ref, Pick("blockers"), Field(title="Blocker")] = ""
    slack_days: Annotated[
        int | None,
        Field(
            ge=-9999,
            le=9999,
            title="Days to spare",
            description="From today until it is needed, less the days that its removal takes; below zero: too late.",
        ),
    ] = None
    outcome: Annotated[
        Literal["", "mended", "left_out"],
        Field(
            title="What happens",
            json_schema_extra={
                "labels": {
                    "mended": "It is mended before the release",
                    "left_out": "What it holds up stays out of the pilot",
                }
            },
        ),
    ] = ""
    goes_to: Annotated[Ref, Pick("people"), Field(title="Who moves it")] = ""
    by: Annotated[Day, Field(title="By")] = None


class Example(Part):
    """What the screen does with one response: an example that can be run."""

    sample: Annotated[Ref, Pick("samples"), Field(title="Real sample", description="Blank for the one on a limit.")] = (
        ""
    )
    case_kind: Annotated[
        Literal["", "happy", "edge", "model_wrong", "slow"],
        Field(
            title="Kind",
            json_schema_extra={
                "labels": {
                    "happy": "All is well",
                    "edge": "Exactly on a limit",
                    "model_wrong": "The model is wrong",
                    "slow": "No answer in time",
                }
            },
        ),
    ] = ""
    risk: Annotated[Amount, Field(title="risk", description="Of a real sample, its own numbers count.")] = None
    confidence: Annotated[Amount, Field(title="confidence")] = None
    vitals_age_min: Annotated[Amount, Field(title="Age of the vital signs, minutes")] = None
    latency_ms: Annotated[Amount, Field(title="Time until the response, milliseconds")] = None
    expected: Annotated[Ref, Pick("states"), Field(title="The screen then shows")] = ""


class IntegrationReview(Artifact):
    """Minutes of today's review, and the day of the next one."""

    kind: ClassVar[str] = "integration_review"
    title: ClassVar[str] = "Integration review"
    genre: ClassVar[str] = "record"

    build: Annotated[Ref, Pick("builds"), Field(title="Build that was shown")] = ""
    blockers: Annotated[
        tuple[BlockerItem, ...], Field(title="Blockers that hold up the pilot release", max_length=30)
    ] = ()
    decisions: Annotated[
        tuple[Annotated[int, Field(ge=0, le=9999)], ...],
        Derived("carried over from the decision log"),
        Field(title="Decision records of today, by number", max_length=20),
    ] = ()
    examples: Annotated[tuple[Example, ...], Field(title="Examples", max_length=40)] = ()
    next_review: Annotated[Day, Field(title="Day of the next review")] = None
