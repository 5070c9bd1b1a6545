"""The joint decision log: numbered records after MADR 4, each with its cost and its sign-offs (A24)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Line, Long, Part, Pick, Ref, Sentence, Words

Number = Annotated[int | None, Field(ge=0, le=9999)]
"""A record's number."""


class Measure(Part):
    """What one option does on one measure."""

    driver: Annotated[Ref, Pick("drivers"), Field(title="Measure")] = ""
    option: Annotated[Ref, Pick("options"), Field(title="Option")] = ""
    value: Annotated[Amount, Field(title="Value", description="In the measure's own unit; shares in percent.")] = None


class SignOff(Part):
    """Somebody who agrees, and when."""

    person: Annotated[Ref, Pick("people"), Field(title="Who")] = ""
    on: Annotated[Day, Field(title="Signed on")] = None


class DecisionRecord(Part):
    """One decision."""

    number: Annotated[Number, Field(title="Number", description="Numbers go on and are never used again.")] = None
    record_title: Annotated[Line, Sentence(), Field(title="Title, as a short sentence")] = ""
    topic: Annotated[Ref, Pick("topics"), Field(title="Topic")] = ""
    status: Annotated[Literal["", "proposed", "accepted", "rejected", "superseded"], Field(title="Status")] = ""
    decided_on: Annotated[Day, Field(title="Decided on")] = None
    decision_makers: Annotated[
        tuple[Annotated[Ref, Pick("people")], ...], Field(title="Decision-makers", max_length=8)
    ] = ()
    consulted: Annotated[tuple[Annotated[Ref, Pick("people")], ...], Field(title="Consulted", max_length=8)] = ()
    informed: Annotated[tuple[Annotated[Ref, Pick("people")], ...], Field(title="Informed", max_length=8)] = ()
    context: Annotated[Words, Sentence(), Field(title="Context and problem"), Long(3)] = ""
    options: Annotated[
        tuple[Annotated[Ref, Pick("options")], ...], Field(title="Options that you considered", max_length=8)
    ] = ()
    measures: Annotated[tuple[Measure, ...], Field(title="What each option does on each measure", max_length=60)] = ()
    chosen: Annotated[Ref, Pick("options"), Field(title="Chosen")] = ""
    because: Annotated[Words, Sentence(), Field(title="Because"), Long(3)] = ""
    evidence: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...], Field(title="Facts that you rely on", max_length=10)
    ] = ()
    good: Annotated[Words, Sentence(), Field(title="Good consequences"), Long(2)] = ""
    bad: Annotated[Words, Sentence(), Field(title="Bad consequences"), Long(2)] = ""
    gives_up: Annotated[
        Ref,
        Pick("drivers"),
        Field(title="Measure on which another option is better", description="What the choice costs."),
    ] = ""
    confirmed_by: Annotated[
        Ref, Pick("drivers"), Field(title="Confirmation: the measure that would show that it was wrong")
    ] = ""
    confirmed_limit: Annotated[
        Amount, Field(title="Confirmation: its limit", description="Chosen so that a worse option would miss it.")
    ] = None
    confirmed_on: Annotated[Day, Field(title="Confirmation: looked at on")] = None
    supersedes: Annotated[Number, Field(title="Supersedes number", description="Blank where it replaces nothing.")] = (
        None
    )
    sign_offs: Annotated[tuple[SignOff, ...], Field(title="Sign-offs", max_length=10)] = ()


class Superseded(Part):
    """An older record and the one that replaces it: the link back."""

    number: Annotated[Number, Field(title="Older record")] = None
    by: Annotated[Number, Field(title="Superseded by number")] = None


class DecisionLog(Artifact):
    """The records of this review, and what they do to older ones."""

    kind: ClassVar[str] = "decision_log"
    title: ClassVar[str] = "Joint decision log"

    records: Annotated[tuple[DecisionRecord, ...], Field(title="Records", max_length=30)] = ()
    superseded: Annotated[
        tuple[Superseded, ...], Field(title="Older records that are now superseded", max_length=30)
    ] = ()
    edited_record: Annotated[
        Ref,
        Pick("records"),
        Field(
            title="Older record whose text in the wiki was changed after it was accepted",
            description="Its fingerprint is not the one that the audit log sealed.",
        ),
    ] = ""

    def active(self, topic: str) -> tuple[DecisionRecord, ...]:
        """The accepted records on a topic."""
        return tuple(record for record in self.records if record.topic == topic and record.status == "accepted")

    def chosen(self, topic: str) -> str:
        """The option that holds on a topic: that of its one accepted record; blank where there is none or more."""
        active = self.active(topic)
        return active[0].chosen if len(active) == 1 else ""
