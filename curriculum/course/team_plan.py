"""How a lesson is played by a team: who of the cast sits together, what they can do, what only a talk can show."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Size = Literal["3", "4", "5", "6"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Deed(_Strict):
    """Something that a person of the cast does or agrees to, when the team asks for it at the table."""

    action: Annotated[str, Field(min_length=1)]
    """The action of the conversation that it stands for; criteria and consequences read it."""
    by: str
    """Id of the person whose word it is."""
    words: Annotated[str, Field(min_length=5)]
    """What the person says yes to: a Jinja text that may use the case."""


class TeamPlan(_Strict):
    """The seats of a lesson by the size of the team; the first seat of each also writes the documents."""

    seats: Annotated[dict[Size, tuple[tuple[str, ...], ...]], Field(min_length=1)]
    """For each size, one tuple of people's ids a seat."""
    deeds: tuple[Deed, ...] = ()
    not_asked: tuple[str, ...] = ()
    """Criteria that are about the conversation itself, which a team does not have."""

    @property
    def sizes(self) -> list[int]:
        """How many people can play it, fewest first."""
        return sorted(map(int, self.seats))

    def seats_for(self, people: int) -> tuple[tuple[str, ...], ...]:
        """Who of the cast sits together where so many play; raises KeyError for a number that is none of `sizes`."""
        return {int(size): seats for size, seats in self.seats.items()}[people]
