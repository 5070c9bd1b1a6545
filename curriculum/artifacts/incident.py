"""The incident record: who does what, one definition per measure, a timeline of facts and guesses (A18)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Derived, Line, Notation, Part, Pick, Ref

Moment = Annotated[Line, Notation()]
"""A time in UTC, as 2026-03-01 09:20; blank until written."""


class Panel(Part):
    """One chart of the shared dashboard."""

    definition: Annotated[
        Ref, Pick("definitions"), Field(title="How it is counted", description="One definition for everybody.")
    ] = ""
    group: Annotated[
        Ref, Pick("groups"), Field(title="In which group", description="Blank where everybody is counted.")
    ] = ""
    before: Annotated[Amount, Field(title="Before", description="In the 28 days before the launch day.")] = None
    now: Annotated[Amount, Field(title="Now", description="In the latest seven days that are complete.")] = None
    owner: Annotated[Ref, Pick("people"), Field(title="Who keeps it right")] = ""
    refresh_minutes: Annotated[
        Amount, Field(title="Refreshed every … minutes", description="As the data comes in, which `about` says.")
    ] = None


class Update(Part):
    """A word to the company."""

    at: Annotated[Moment, Field(title="When (UTC)", description="As 2026-03-01 09:20.")] = ""


class Entry(Part):
    """One line of the timeline: something that was done, or an explanation, which is a fact only with evidence."""

    at: Annotated[Moment, Field(title="When (UTC)", description="As 2026-03-01 09:20.")] = ""
    about: Annotated[Ref, Pick("events"), Field(title="What was done, or what is thought to be behind it")] = ""
    evidence: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(
            title="Evidence",
            description="With evidence, an explanation is a fact. Without any it is a guess, and the record says so.",
            max_length=6,
        ),
    ] = ()
    kind: Annotated[
        Literal["", "done", "fact", "guess"],
        Derived("worked out: it was done, or it is a fact with evidence, or a guess without"),
        Field(title="So it is"),
    ] = ""
    words: Annotated[Line, Field(title="In your own words", description="Only where it needs any.")] = ""


class Incident(Artifact):
    """The live record of an incident: the one place where everybody looks."""

    kind: ClassVar[str] = "incident"
    title: ClassVar[str] = "Incident record"
    genre: ClassVar[str] = "record"

    severity: Annotated[
        Ref, Pick("severities"), Field(title="Severity", json_schema_extra={"section": "Who does what"})
    ] = ""
    commander: Annotated[
        Ref,
        Pick("people"),
        Derived("carried over from the memo"),
        Field(title="Commander", description="Leads and decides; touches no system."),
    ] = ""
    operations: Annotated[Ref, Pick("people"), Field(title="Operations", description="Leads what is changed.")] = ""
    communications: Annotated[
        Ref,
        Pick("people"),
        Derived("carried over from the memo"),
        Field(title="Communications", description="Speaks to customers and the company."),
    ] = ""
    scribe: Annotated[
        Ref,
        Pick("people"),
        Field(title="Scribe", description="Keeps this record: sits in the room, and changes nothing today."),
    ] = ""
    started: Annotated[
        Moment,
        Field(
            title="When it began (UTC)",
            description="When the harm began, not when it was noticed.",
            json_schema_extra={"section": "Since when, and whom it hurts"},
        ),
    ] = ""
    customers: Annotated[
        Amount, Field(title="Customers with a stopped payment since it began", description="Of all customers.")
    ] = None
    customers_share: Annotated[Amount, Field(title="They are … in 100 customers who paid since it began")] = None
    panels: Annotated[tuple[Panel, ...], Field(title="Panels of the shared dashboard", max_length=12)] = ()
    update_minutes: Annotated[Amount, Field(title="Updates go out every … minutes")] = None
    updates: Annotated[tuple[Update, ...], Field(title="Updates that went out", max_length=12)] = ()
    timeline: Annotated[tuple[Entry, ...], Field(title="Timeline", max_length=40)] = ()
