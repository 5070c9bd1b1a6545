"""The incident record: who does what, one definition per measure, a timeline of facts and guesses (A18)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Notation, Part, Pick, Ref

Moment = Annotated[Line, Notation()]
"""A time in UTC, as 2026-03-01 09:20; blank until written."""


class Panel(Part):
    """One chart of the shared dashboard."""

    metric: Annotated[Ref, Pick("metrics"), Field(title="What is counted")] = ""
    definition: Annotated[
        Ref, Pick("definitions"), Field(title="How it is counted", description="One definition for everybody.")
    ] = ""
    before: Annotated[Amount, Field(title="Before", description="In the 28 days before the launch day.")] = None
    now: Annotated[Amount, Field(title="Now", description="In the latest seven days that are complete.")] = None
    owner: Annotated[Ref, Pick("people"), Field(title="Who keeps it right")] = ""
    refresh_minutes: Annotated[Amount, Field(title="Refreshed every … minutes")] = None
    maturity: Annotated[
        Literal["", "counted_at_once", "proxy", "final_labels"],
        Field(
            title="When are its numbers final?",
            description="At once; within days, as a stand-in for the truth; or when labels are final after 30 days.",
        ),
    ] = ""


class Entry(Part):
    """One line of the timeline."""

    at: Annotated[Moment, Field(title="When (UTC)", description="As 2026-03-01 09:20.")] = ""
    what: Annotated[Line, Field(title="What happened, or what is thought")] = ""
    kind: Annotated[
        Literal["", "fact", "hypothesis", "action", "update"],
        Field(title="What kind of line", description="A fact needs evidence. A guess is called a hypothesis."),
    ] = ""
    evidence: Annotated[tuple[Annotated[Ref, Pick("facts")], ...], Field(title="Evidence", max_length=6)] = ()


class Incident(Artifact):
    """The live record of an incident: the one place where everybody looks."""

    kind: ClassVar[str] = "incident"
    title: ClassVar[str] = "Incident record"

    severity: Annotated[Ref, Pick("severities"), Field(title="Severity")] = ""
    commander: Annotated[
        Ref, Pick("people"), Field(title="Commander", description="Leads and decides; touches no system.")
    ] = ""
    operations: Annotated[Ref, Pick("people"), Field(title="Operations", description="Leads what is changed.")] = ""
    communications: Annotated[
        Ref, Pick("people"), Field(title="Communications", description="Speaks to customers and the company.")
    ] = ""
    scribe: Annotated[Ref, Pick("people"), Field(title="Scribe", description="Keeps this record.")] = ""
    started: Annotated[
        Moment, Field(title="When it began (UTC)", description="When the harm began, not when it was noticed.")
    ] = ""
    customers: Annotated[
        Amount, Field(title="Customers with a stopped payment since it began", description="Of all customers.")
    ] = None
    customers_share: Annotated[Amount, Field(title="They are … in 100 customers who paid since it began")] = None
    panels: Annotated[tuple[Panel, ...], Field(title="Panels of the shared dashboard", max_length=12)] = ()
    update_minutes: Annotated[Amount, Field(title="Updates go out every … minutes")] = None
    mitigated_at: Annotated[Moment, Field(title="When the first mitigation was asked for (UTC)")] = ""
    causes_closed_at: Annotated[Moment, Field(title="When the search for causes was closed (UTC)")] = ""
    timeline: Annotated[tuple[Entry, ...], Field(title="Timeline", max_length=40)] = ()
