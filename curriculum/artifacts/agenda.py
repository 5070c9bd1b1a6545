"""The page of a kick-off: the agenda that goes out before it, and the notes that are left after it (A02)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Derived, Line, Part, Pick, Ref, Sentence


class Point(Part):
    """One limit or principle on the table, with its number."""

    fact: Annotated[Ref, Pick("facts"), Field(title="Limit or principle")] = ""
    number: Annotated[Amount, Field(title="Its number", description="As you were told it, without the unit.")] = None


class Minutes(Part):
    """How the hour is divided, in this order."""

    limits: Annotated[Amount, Field(title="Limits of models and data")] = None
    principles: Annotated[Amount, Field(title="Principles of the screen")] = None
    together: Annotated[Amount, Field(title="Scoping together")] = None


class Action(Part):
    """Something that one person does after the meeting, by a day."""

    action: Annotated[Line, Field(title="What will be done")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who does it", description="One person.")] = ""
    due: Annotated[Day, Field(title="By which day")] = None


class Agenda(Artifact):
    """Who meets, for what, in which order, and what comes out of it."""

    kind: ClassVar[str] = "agenda"
    title: ClassVar[str] = "Kick-off page"
    genre: ClassVar[str] = "plan"

    objective: Annotated[
        Line,
        Sentence(),
        Field(title="Objective", description="What is decided when the hour is over, in one sentence."),
    ] = ""
    attendees: Annotated[
        tuple[Annotated[Ref, Pick("people")], ...],
        Derived("those who vote, and those who approve something today"),
        Field(title="Who takes part", max_length=20),
    ] = ()
    minutes: Annotated[Minutes, Field(title="Minutes")] = Minutes()
    limits_lead: Annotated[
        Ref,
        Pick("people"),
        Field(
            title="Who speaks for the limits",
            description="Who answers for the model today.",
            json_schema_extra={"section": "Parts in the meeting"},
        ),
    ] = ""
    note_taker: Annotated[
        Ref,
        Pick("people"),
        Field(title="Who writes down what is decided", description="In the room, with nothing else to do."),
    ] = ""
    decision_rule: Annotated[
        Line, Sentence(), Field(title="How you decide", description="What happens when people do not agree.")
    ] = ""
    decider: Annotated[Ref, Pick("people"), Field(title="Who has the last word on scope")] = ""
    pre_read: Annotated[
        tuple[Annotated[Ref, Pick("documents")], ...], Field(title="What everybody reads before", max_length=10)
    ] = ()
    pre_read_hours: Annotated[Amount, Field(title="Sent how many hours before the start")] = None
    limits: Annotated[
        tuple[Point, ...],
        Field(
            title="Limits on the table",
            description="At least three, and among them what rules a model out. Fill in after the talk.",
            max_length=12,
        ),
    ] = ()
    principles: Annotated[
        tuple[Point, ...],
        Field(title="Principles on the table", description="At least three. Fill in after the talk.", max_length=12),
    ] = ()
    actions: Annotated[
        tuple[Action, ...], Field(title="Follow-up actions", description="Fill in after the talk.", max_length=20)
    ] = ()
