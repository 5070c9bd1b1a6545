"""The dual-track plan: questions that discovery answers, and the work that rests on the answers (A23)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Line, Part, Pick, Ref, Sentence

Sprint = Annotated[int | None, Field(ge=-9, le=12)]
"""A sprint's number; 1 is the first of the plan, 0 the one before it."""

Limit = Annotated[int | None, Field(ge=0, le=99)]


class DiscoveryItem(Part):
    """A question, and what happens with it."""

    item: Annotated[Ref, Pick("discovery"), Field(title="Question")] = ""
    decision: Annotated[
        Literal["", "ask", "repeat", "stop"],
        Field(
            title="What you do with it",
            description="ask: it is open; repeat: the answer is too old; stop: the answer was no",
        ),
    ] = ""
    sprint: Annotated[Sprint, Field(title="Answered by the end of sprint", description="Blank where you stop it.")] = (
        None
    )
    who: Annotated[tuple[Annotated[Ref, Pick("people")], ...], Field(title="Who takes part", max_length=10)] = ()


class DeliveryItem(Part):
    """A piece of work, when it begins, and the answer that it rests on."""

    item: Annotated[Ref, Pick("delivery"), Field(title="Work")] = ""
    sprint: Annotated[Sprint, Field(title="Sprint in which it is built")] = None
    rests_on: Annotated[Ref, Pick("discovery"), Field(title="Rests on the answer to")] = ""
    requirements: Annotated[
        tuple[Annotated[Ref, Pick("requirements")], ...], Field(title="Requirements it builds", max_length=10)
    ] = ()
    mapped_in: Annotated[
        Sprint,
        Field(
            title="Clauses mapped to requirements by the end of sprint",
            description="0 is the sprint before the plan begins.",
        ),
    ] = None
    waiver_reason: Annotated[
        Line, Sentence(), Field(title="If no answer supports it: why it may go on all the same")
    ] = ""
    waiver_owner: Annotated[Ref, Pick("people"), Field(title="Who answers for that")] = ""
    waiver_until: Annotated[Day, Field(title="Until when")] = None


class DualTrack(Artifact):
    """Discovery and delivery side by side, by one team."""

    kind: ClassVar[str] = "dual_track"
    title: ClassVar[str] = "Dual-track plan"

    discovery: Annotated[tuple[DiscoveryItem, ...], Field(title="Discovery", max_length=60)] = ()
    delivery: Annotated[tuple[DeliveryItem, ...], Field(title="Delivery", max_length=60)] = ()
    discovery_share: Annotated[
        Amount, Field(title="Share of all planned days that goes to discovery", description="In percent.")
    ] = None
    discovery_limit: Annotated[Limit, Field(title="Most questions open in one sprint")] = None
    delivery_limit: Annotated[Limit, Field(title="Most pieces of work in one sprint")] = None
