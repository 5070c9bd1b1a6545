"""The joint decision log: three numbered records after MADR 4, each with its cost and its sign-offs (A24).

Only decisions are typed: number, question, day and the names of the measures follow from the case.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import (
    Amount,
    Artifact,
    Day,
    Derived,
    Long,
    Part,
    Pick,
    Ref,
    Sentence,
    Words,
)

Number = Annotated[int | None, Field(ge=0, le=9999)]
"""A record's number."""


class Measure(Part):
    """What your option and the other one do on one measure."""

    driver: Annotated[
        Ref, Pick("drivers"), Derived("one of the measures on which this question turns"), Field(title="Measure")
    ] = ""
    value: Annotated[
        Amount, Field(title="Your option", description="In the measure's own unit; shares in percent.")
    ] = None
    rival: Annotated[Amount, Field(title="The other one")] = None


class DecisionRecord(Part):
    """One decision."""

    number: Annotated[Number, Derived("the next number after the earlier records"), Field(title="Number")] = None
    topic: Annotated[Ref, Pick("topics"), Derived("the question of this record"), Field(title="Question")] = ""
    decided_on: Annotated[Day, Derived("the day of the review"), Field(title="Decided on")] = None
    decider: Annotated[Ref, Pick("people"), Field(title="Who decides this, in this company")] = ""
    chosen: Annotated[Ref, Pick("options"), Field(title="Chosen")] = ""
    rival: Annotated[Ref, Pick("options"), Field(title="The option that was defended against it")] = ""
    measures: Annotated[
        tuple[Measure, ...],
        Field(title="What both do, on the wards that you decide for", description="A cell writes it.", max_length=8),
    ] = ()
    because: Annotated[Words, Sentence(), Field(title="Because"), Long(3)] = ""
    evidence: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(
            title="What people told you that decides it",
            description="The three records together: from three people at least.",
            max_length=8,
        ),
    ] = ()
    gives_up: Annotated[
        Ref, Pick("drivers"), Field(title="What you give up: a measure on which the other option is better")
    ] = ""
    borne_by: Annotated[Ref, Pick("borne_by"), Field(title="Who bears that")] = ""
    confirmed_by: Annotated[Ref, Pick("drivers"), Field(title="The measure that would show that it was wrong")] = ""
    confirmed_limit: Annotated[
        Amount, Field(title="Its limit", description="Your option keeps it, the other one would miss it.")
    ] = None
    confirmed_on: Annotated[
        Day, Field(title="Looked at on", description="Once the pilot is out, in its first three months.")
    ] = None
    supersedes: Annotated[Ref, Pick("records"), Field(title="The record that it supersedes")] = ""
    sign_offs: Annotated[
        tuple[Annotated[Ref, Pick("people")], ...],
        Field(title="Signed by", description="Whose work it changes, and who said yes to it.", max_length=8),
    ] = ()

    @property
    def status(self) -> str:
        """A record holds as soon as it chooses."""
        return "accepted" if self.chosen else ""


class DecisionLog(Artifact):
    """The three records of this review."""

    kind: ClassVar[str] = "decision_log"
    title: ClassVar[str] = "Joint decision log"
    genre: ClassVar[str] = "record"

    model: Annotated[DecisionRecord, Field(title="Which model goes into service")] = DecisionRecord()
    intended_use: Annotated[DecisionRecord, Field(title="On which wards alerts are shown")] = DecisionRecord()
    alerting: Annotated[DecisionRecord, Field(title="How alerts are shown")] = DecisionRecord()
    edited_record: Annotated[
        Ref,
        Pick("records"),
        Field(
            title="Older record whose text in the wiki was changed after it was accepted",
            description="Its fingerprint is not the one that the audit log sealed.",
        ),
    ] = ""

    @property
    def records(self) -> tuple[DecisionRecord, ...]:
        """The three records with their topics, in order."""
        return tuple(
            record.model_copy(update={"topic": topic})
            for topic, record in (
                ("model", self.model), ("intended_use", self.intended_use), ("alerting", self.alerting),
            )
        )  # fmt: skip

    def chosen(self, topic: str) -> str:
        """The option that holds on a topic; blank where none is chosen."""
        return next((record.chosen for record in self.records if record.topic == topic), "")
