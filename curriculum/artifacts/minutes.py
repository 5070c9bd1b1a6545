"""The minutes of a meeting: who led and wrote, what was decided by whom, what was not, and who was against it (A09)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Part, Pick, Ref


class Outcome(Part):
    """How one matter ended."""

    status: Annotated[
        Literal["", "decided", "postponed", "not_decided"],
        Field(
            title="How it ended",
            description="Decided: somebody who may decide it has said so. Postponed: that person has put it off. "
            "Everything else is not decided.",
            json_schema_extra={
                "labels": {"decided": "Decided", "postponed": "Postponed", "not_decided": "Not decided"}
            },
        ),
    ] = ""
    line: Annotated[
        Amount,
        Field(
            title="The line that shows it",
            description="Its number in the transcript. Where nobody has decided: a line that takes it as settled all "
            "the same.",
        ),
    ] = None
    decided_by: Annotated[Ref, Pick("people"), Field(title="Who decided it", description="Blank where nobody has.")] = (
        ""
    )
    brings_on: Annotated[
        Ref,
        Pick("people"),
        Field(title="Who brings it on", description="Where it is open: whoever said so, or somebody whom you ask."),
    ] = ""
    by: Annotated[Day, Field(title="By which day", description="Where it is open.")] = None


class Against(Part):
    """An objection that was made and not answered."""

    noun: ClassVar[str] = "objection"
    who: Annotated[Ref, Pick("people"), Field(title="Who was against it")] = ""
    matter: Annotated[Ref, Pick("matters"), Field(title="Against what")] = ""
    line: Annotated[Amount, Field(title="The line", description="Its number in the transcript.")] = None


class Minutes(Artifact):
    """What is left of a meeting."""

    kind: ClassVar[str] = "minutes"
    title: ClassVar[str] = "Minutes"

    facilitator: Annotated[Ref, Pick("people"), Field(title="Who led through the meeting")] = ""
    note_taker: Annotated[Ref, Pick("people"), Field(title="Who wrote")] = ""
    oncall: Annotated[Outcome, Field(title="On-call duty")] = Outcome()
    contractor: Annotated[Outcome, Field(title="Money for a contractor")] = Outcome()
    extension: Annotated[Outcome, Field(title="The old warehouse for longer")] = Outcome()
    june: Annotated[Outcome, Field(title="Tracking in the June release")] = Outcome()
    dissent: Annotated[
        tuple[Against, ...],
        Field(
            title="Who was against something, and was not answered",
            description="A doubt that was answered and taken back does not belong here.",
            max_length=6,
        ),
    ] = ()
