"""Cards that are moved, not typed: lanes that a case names, in each an order, and where it has them a step in time."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Part, Pick, Ref


class Laid(Part):
    """Where one card lies."""

    card: Annotated[Ref, Pick("cards"), Field(title="Card")] = ""
    lane: Annotated[Ref, Pick("lanes"), Field(title="Lane")] = ""
    step: Annotated[Ref, Pick("steps"), Field(title="When")] = ""


class Load(Part):
    """How much of what a kind of work can give in a period the cards take; derived."""

    role: Annotated[Ref, Pick("roles"), Field(title="Kind of work")] = ""
    period: Annotated[Ref, Pick("periods"), Field(title="Period")] = ""
    share: Annotated[Amount, Field(title="Share of what there is, %", ge=0)] = None


class LanesDocument(Artifact):
    """A document with cards in lanes; subclasses add what is typed beside them.

    One that shows how full each kind of work is declares `loads: tuple[Load, ...]` as derived.
    """

    laid: Annotated[tuple[Laid, ...], Field(title="Cards", max_length=100, json_schema_extra={"hidden": True})] = ()
    """In order: of the cards of one lane the first goes first. A card that is listed twice lies where it is first."""

    @property
    def places(self) -> dict[str, Laid]:
        """Where each card lies, in order; without those that lie nowhere."""
        found: dict[str, Laid] = {}
        for each in self.laid:
            if each.card and each.lane:
                found.setdefault(each.card, each)
        return found

    def lane(self, lane: str) -> tuple[str, ...]:
        """Ids of the cards of a lane, the first first."""
        return tuple(card for card, each in self.places.items() if each.lane == lane)

    def step_of(self, card: str) -> str:
        """When a card is due here; blank where it lies nowhere or its lane has no steps."""
        return self.places[card].step if card in self.places else ""
