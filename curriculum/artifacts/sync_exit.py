"""The exit criteria of the weekly sync: when the incident regime ends, and what opens it again (A21)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Derived, Part, Pick, Ref


class Condition(Part):
    """One measure that has to be back."""

    definition: Annotated[Ref, Pick("definitions"), Field(title="Measure")] = ""
    baseline: Annotated[Amount, Field(title="Before the incident it was")] = None
    threshold: Annotated[Amount, Field(title="It has to be at or below")] = None


class SyncExit(Artifact):
    """Written conditions that end the weekly sync."""

    kind: ClassVar[str] = "sync_exit"
    title: ClassVar[str] = "Exit criteria of the weekly sync"
    genre: ClassVar[str] = "rule"

    conditions: Annotated[tuple[Condition, ...], Field(title="Conditions; all must hold", max_length=12)] = ()
    window_days: Annotated[
        Amount, Field(title="Each is counted over … days", json_schema_extra={"section": "How they are counted"})
    ] = None
    in_a_row: Annotated[Amount, Field(title="… and has to hold … times in a row")] = None
    fallback: Annotated[
        Literal["", "removed_before_counting", "may_stay_on", "permanent_by_decision"],
        Field(
            title="The fallback",
            description="Before the good weeks are counted.",
            json_schema_extra={"section": "The fallback"},
        ),
    ] = ""
    fallback_until: Annotated[
        Day, Derived("carried over from the action plan"), Field(title="By the action plan, it expires on")
    ] = None
    decision: Annotated[
        Ref, Pick("decisions"), Field(title="If it stays: by which decision", description="Blank if it goes.")
    ] = ""
    decider: Annotated[
        Ref,
        Pick("people"),
        Field(title="Who declares the end", json_schema_extra={"section": "Who ends it, tried on last autumn"}),
    ] = ""
    drill_week: Annotated[
        Amount,
        Field(
            title="In last autumn's incident, these criteria would have ended the sync in week",
            description="Work it out on the table `drill`; measures are multiples of the usual level. 0: in no week.",
        ),
    ] = None
    reopen_definition: Annotated[
        Ref,
        Pick("definitions"),
        Field(title="The sync begins again when this measure …", json_schema_extra={"section": "When it begins again"}),
    ] = ""
    reopen_above: Annotated[Amount, Field(title="… is above")] = None
    reopen_days: Annotated[Amount, Field(title="… for so many days in a row")] = None
