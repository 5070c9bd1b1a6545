"""The page of a kick-off: the agenda that goes out before it, and the notes that are left after it (A02)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Line, Part, Pick, Ref, Sentence

Purpose = Literal["", "ml_constraints", "design_principles", "joint_scoping"]
PURPOSES: dict[str, str] = {
    "ml_constraints": "ML: limits of models and data",
    "design_principles": "Design: principles of the screen",
    "joint_scoping": "Joint scoping",
}
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "ml_constraints": ("ml", "data"),
    "design_principles": ("design",),
    "joint_scoping": ("product",),
}
"""Whose function may own a slot."""


class Point(Part):
    """One limit or principle that a slot brings to the table, with its number."""

    fact: Annotated[Ref, Pick("facts"), Field(title="Limit or principle")] = ""
    number: Annotated[Amount, Field(title="Its number", description="As you were told it, without the unit.")] = None


class Slot(Part):
    """A piece of the hour: what for, how long, whose, and what it leaves behind."""

    purpose: Annotated[Purpose, Field(title="What for", json_schema_extra={"labels": {**PURPOSES}})] = ""
    minutes: Annotated[Amount, Field(title="Minutes")] = None
    owner: Annotated[Ref, Pick("people"), Field(title="Who leads it")] = ""
    output: Annotated[
        Ref,
        Pick("outputs"),
        Field(title="What it leaves behind", description="Something that others can use after the meeting."),
    ] = ""
    points: Annotated[
        tuple[Point, ...],
        Field(
            title="Limits or principles on the table",
            description="At least three for the ML slot and three for the design slot; fill in the numbers afterwards.",
            max_length=12,
        ),
    ] = ()


class Action(Part):
    """Something that one person does after the meeting, by a day."""

    action: Annotated[Line, Field(title="What will be done")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who does it", description="One person.")] = ""
    due: Annotated[Day, Field(title="By which day")] = None


class Parked(Part):
    """A topic that came up and is treated elsewhere."""

    topic: Annotated[Line, Field(title="Topic")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who brings it back")] = ""


class Agenda(Artifact):
    """Who meets, for what, in which order, and what comes out of it."""

    kind: ClassVar[str] = "agenda"
    title: ClassVar[str] = "Kick-off page"

    objective: Annotated[
        Line,
        Sentence(),
        Field(title="Objective", description="What is decided when the hour is over, in one sentence."),
    ] = ""
    attendees: Annotated[
        tuple[Annotated[Ref, Pick("people")], ...],
        Field(title="Who takes part", description="You count too.", max_length=20),
    ] = ()
    facilitator: Annotated[Ref, Pick("people"), Field(title="Facilitator", description="Leads through the hour.")] = ""
    note_taker: Annotated[
        Ref, Pick("people"), Field(title="Note-taker", description="Writes down what is decided.")
    ] = ""
    timekeeper: Annotated[Ref, Pick("people"), Field(title="Timekeeper", description="Says when a slot is over.")] = ""
    pre_read: Annotated[
        tuple[Annotated[Ref, Pick("documents")], ...], Field(title="What everybody reads before", max_length=10)
    ] = ()
    pre_read_hours: Annotated[Amount, Field(title="Sent how many hours before the start")] = None
    slots: Annotated[
        tuple[Slot, ...], Field(title="Slots", description="In the order of the hour.", max_length=10)
    ] = ()
    decision_rule: Annotated[
        Line, Sentence(), Field(title="How you decide", description="What happens when people do not agree.")
    ] = ""
    decider: Annotated[Ref, Pick("people"), Field(title="Who has the last word on scope")] = ""
    parking_lot: Annotated[tuple[Parked, ...], Field(title="Parking lot", max_length=12)] = ()
    actions: Annotated[
        tuple[Action, ...], Field(title="Follow-up actions", description="Fill in after the talk.", max_length=20)
    ] = ()
