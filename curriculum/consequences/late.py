"""What nobody had asked comes out late, with its day: read from the talk and from what each fact says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from curriculum.cases import Case
from curriculum.roleplay.engine import State
from curriculum.support.dates import day_month


@dataclass(frozen=True)
class Late:
    """A fact that came out by itself."""

    fact: str
    """Its id."""
    on: dt.date
    how: str
    """What was seen then: the rest of "it came out that", without its stop."""
    known: str
    """Who had known it."""

    @property
    def sentence(self) -> str:
        """The whole of it, with its day."""
        return f"On {day_month(self.on)} it came out that {self.how}. {self.known}"


def came_out_late(
    case: Case, conversation: State | None, until: dt.date, spared: Collection[str] = ()
) -> tuple[Late, ...]:
    """The facts that nobody told the learner and that came out until a day, in the order of their days.

    `spared` are ids of facts whose matter the plan had dealt with anyway, so that nothing came of them.
    """
    found = [
        Late(
            fact.id,
            surfaces.on,
            surfaces.how,
            f"{case.people[fact.held_by].first_name} had known, and nobody had asked.",
        )
        for fact in case.facts.values()
        if fact.held_by is not None
        and (surfaces := fact.surfaces) is not None
        and surfaces.on <= until
        and fact.id not in spared
        and not (conversation is not None and conversation.knows(fact.id))
    ]
    return tuple(sorted(found, key=lambda late: (late.on, late.fact)))
