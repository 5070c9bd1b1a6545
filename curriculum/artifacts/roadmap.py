"""The roadmap: cards in lanes over twelve months, what it assumes, what stands on what, and when the bet ends (A06)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Derived, Part, Pick, Ref
from curriculum.artifacts.lanes import LanesDocument, Load
from curriculum.cases.base import Registry


class Link(Part):
    """What must stand before something is promised on it."""

    card: Annotated[Ref, Pick("cards"), Field(title="Card")] = ""
    capability: Annotated[Ref, Pick("capabilities"), Field(title="Stands on this capability")] = ""
    stands: Annotated[
        Ref, Pick("steps"), Field(title="Which stands by", description="Data science has ended its part by then.")
    ] = ""


class Assumption(Part):
    """A number that the plan rests on, and who or what says it."""

    quantity: Annotated[Ref, Pick("quantities"), Field(title="What is assumed")] = ""
    value: Annotated[Amount, Field(title="Number", description="In the unit of the line.")] = None
    source: Annotated[Ref, Pick("facts"), Field(title="Rests on", description="Blank where a table says it.")] = ""


class Roadmap(LanesDocument):
    """Twelve months that product and data science share. Work goes in the order of the months at the cards."""

    kind: ClassVar[str] = "roadmap"
    title: ClassVar[str] = "Roadmap"

    assumptions: Annotated[tuple[Assumption, ...], Field(title="What it assumes", max_length=8)] = ()
    fullest: Annotated[
        Ref,
        Pick("roles"),
        Field(title="With all five cards, this kind of work is over-full most", description="On real weeks."),
    ] = ""
    links: Annotated[tuple[Link, ...], Field(title="What stands on what", max_length=10)] = ()
    bet_after: Annotated[
        Ref,
        Pick("cards"),
        Field(
            title="The bet gets people after",
            description="Leave this part blank where nothing lies in the bet's lane. Blank here alone: in the order of "
            "the months.",
            json_schema_extra={"section": "The bet and its end"},
        ),
    ] = ""
    stop_share: Annotated[Amount, Field(title="Looked at after so many of 100 parts of its data-science work")] = None
    stop_line: Annotated[Amount, Field(title="It ends when its level is below … points")] = None
    stop_month: Annotated[Ref, Pick("steps"), Field(title="That is in")] = ""
    stop_by: Annotated[Ref, Pick("people"), Field(title="Who ends it")] = ""
    freed_for: Annotated[Ref, Pick("cards"), Field(title="Its people then work on")] = ""
    loads: Annotated[
        tuple[Load, ...],
        Derived("worked out from the cards and your assumptions"),
        Field(
            title="How full it gets",
            description="What is due by the end of a quarter, of all that people can give until then.",
        ),
    ] = ()

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """A share beyond 100."""
        if self.stop_share is not None and not 0 <= self.stop_share <= 100:
            yield "stop_share", "Of 100, it lies between 0 and 100."
