"""A memo to one ally: their metric, an offer and an ask with days, what it costs them, the smallest next step (A10)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Long, Pick, Ref, Sentence, Words


class Memo(Artifact):
    """What one person is asked for who owes nothing, in terms of what they are measured by."""

    kind: ClassVar[str] = "memo"
    title: ClassVar[str] = "Memo to one ally"

    reader: Annotated[Ref, Pick("people"), Field(title="To", json_schema_extra={"section": "Whose matter it is"})] = ""
    metric: Annotated[Ref, Pick("metrics"), Field(title="What they are measured by")] = ""
    now: Annotated[Amount, Field(title="It stands at")] = None
    expected: Annotated[
        Amount,
        Field(title="With this it would stand at", description="As was told; cost per kept from your proposal."),
    ] = None
    offer: Annotated[Ref, Pick("offers"), Field(title="We offer", json_schema_extra={"section": "Give and take"})] = ""
    offer_days: Annotated[Amount, Field(title="… with days of ours")] = None
    ask_days: Annotated[Amount, Field(title="We ask for days of theirs")] = None
    ask_eur: Annotated[Amount, Field(title="… and €", description="What the test costs, not the campaign.")] = None
    their_cost: Annotated[Ref, Pick("their_costs"), Field(title="What it costs them")] = ""
    objection: Annotated[
        Ref,
        Pick("objections"),
        Field(title="What they will object", json_schema_extra={"section": "What speaks against it"}),
    ] = ""
    evidence: Annotated[
        Ref, Pick("facts"), Field(title="What answers it", description="The fact in which the same was counted.")
    ] = ""
    also: Annotated[Ref, Pick("facts"), Field(title="What else you cite", description="May stay blank.")] = ""
    step: Annotated[
        Ref, Pick("steps"), Field(title="The next step", json_schema_extra={"section": "What happens next"})
    ] = ""
    step_day: Annotated[Amount, Field(title="… within days", description="Counted from today.")] = None
    text: Annotated[
        Words, Sentence(), Long(8), Field(title="The memo itself", description="At most 250 words, to this one person.")
    ] = ""
