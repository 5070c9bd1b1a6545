"""The three-column scoping board with dot-voting (A01)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Derived, Line, Part, Pick, Ref

Column = Literal["", "must", "nice", "deferred"]
COLUMNS: dict[str, str] = {"must": "Must-Have", "nice": "Nice-to-Have", "deferred": "Deferred"}
DOTS = 3
"""Dots that each voter spends."""
ROOM = 0.6
"""Above about 60 % of the effort in Must-Haves, a plan has no room for surprises (DSDM)."""


class Placement(Part):
    """Where one card lies and why."""

    card: Annotated[Ref, Pick("cards"), Field(title="Card")] = ""
    column: Annotated[Column, Field(title="Column")] = ""
    reason: Annotated[Line, Field(title="Why here")] = ""
    evidence: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(title="Evidence, where the column goes against the votes", max_length=10),
    ] = ()
    revisit: Annotated[Ref, Pick("events"), Field(title="Deferred: what brings it back, and when")] = ""


class Vote(Part):
    """The dots that one person puts on one card."""

    voter: Annotated[Ref, Pick("people"), Field(title="Who votes")] = ""
    card: Annotated[Ref, Pick("cards"), Field(title="Card")] = ""
    dots: Annotated[int, Field(title="Dots", ge=0, le=50)] = 0


class Merge(Part):
    """Two cards that ask for the same thing and are counted as one."""

    keep: Annotated[Ref, Pick("cards"), Field(title="Keep this card")] = ""
    drop: Annotated[Ref, Pick("cards"), Field(title="Count this one with it")] = ""


class Board(Artifact):
    """Cards in Must-Have, Nice-to-Have and Deferred, with the votes that informed the order."""

    kind: ClassVar[str] = "board"
    title: ClassVar[str] = "Scoping board"

    placements: Annotated[tuple[Placement, ...], Field(title="Cards", max_length=100)] = ()
    cast: Annotated[
        tuple[Vote, ...],
        Derived("carried over from the votes that people have cast"),
        Field(title="Votes cast", max_length=400),
    ] = ()
    votes: Annotated[tuple[Vote, ...], Field(title="Votes", max_length=400)] = ()
    """Dots that are put on the board itself; those of people whose votes are cast already do not count."""
    merges: Annotated[tuple[Merge, ...], Field(title="Duplicates merged before counting", max_length=20)] = ()
    tightest: Annotated[
        Ref,
        Pick("roles"),
        Field(title="The tightest kind of work", json_schema_extra={"section": "Where the time goes"}),
    ] = ""
    days_taken: Annotated[Amount, Field(title="Days that its Must-Haves take")] = None

    @property
    def voted(self) -> frozenset[str]:
        """Ids of the people whose votes are cast already."""
        return frozenset(vote.voter for vote in self.cast)

    @property
    def dots(self) -> tuple[Vote, ...]:
        """All dots that count: those that were cast, and those of everybody else on the board."""
        return (*self.cast, *(vote for vote in self.votes if vote.voter not in self.voted))

    def column_of(self, card: str) -> str:
        """The column of a card; blank where it was not placed."""
        return next((placement.column for placement in self.placements if placement.card == card), "")

    def cards_in(self, column: Column) -> tuple[str, ...]:
        """Ids of the cards in a column, in their order."""
        return tuple(placement.card for placement in self.placements if placement.column == column)
