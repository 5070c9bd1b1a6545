"""The dual-track plan: questions that discovery answers, and the work that rests on the answers (A23)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Artifact, Derived, Part, Pick, Ref

Sprint = Annotated[int | None, Field(ge=-9, le=12)]
"""A sprint's number; 1 is the first of the plan, 0 the one before it."""

TABLE = Derived("carried over from the table `delivery`")


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
    engineer: Annotated[
        Ref, Pick("people"), Field(title="The engineer who takes part", description="Blank where you stop it.")
    ] = ""


class DeliveryItem(Part):
    """A piece of work, and when it is built."""

    item: Annotated[Ref, Pick("delivery"), Field(title="Work")] = ""
    sprint: Annotated[Sprint, Field(title="Built in sprint")] = None
    mapped_in: Annotated[
        Sprint,
        Field(
            title="Its clauses mapped by the end of sprint",
            description="0 is the sprint before the plan begins. Blank for work that no clause asks for.",
        ),
    ] = None
    rests_on: Annotated[Ref, Pick("discovery"), TABLE, Field(title="Rests on the answer to")] = ""
    requirements: Annotated[
        tuple[Annotated[Ref, Pick("requirements")], ...], TABLE, Field(title="Requirements it builds", max_length=10)
    ] = ()


class DualTrack(Artifact):
    """Discovery and delivery side by side, by one team."""

    kind: ClassVar[str] = "dual_track"
    title: ClassVar[str] = "Dual-track plan"
    genre: ClassVar[str] = "plan"

    discovery: Annotated[tuple[DiscoveryItem, ...], Field(title="Discovery", max_length=30)] = ()
    delivery: Annotated[tuple[DeliveryItem, ...], Field(title="Delivery", max_length=30)] = ()
