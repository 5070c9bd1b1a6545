"""What was said at the table, as the one who writes noted it: codes with their minute, and people who are absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Notation, Part, Pick, Ref
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.cases import Case
from curriculum.roleplay.engine import State, begin
from curriculum.roleplay.script import load_script
from curriculum.team.deal import Table, normal, sayable

MOST_NOTES = 200


class Note(Part):
    """Something that somebody said, by its code."""

    code: Annotated[Line, Notation(), Field(title="Code")] = ""
    minute: Amount = None
    """Since the clock was started."""


class Noted(Artifact):
    """What was said at the table."""

    kind: ClassVar[str] = "noted"
    title: ClassVar[str] = "What was said at the table"

    begun: Annotated[Line, Notation(), Field(title="When the clock was started, in UTC")] = ""
    notes: Annotated[tuple[Note, ...], Field(title="What was said", max_length=MOST_NOTES)] = ()
    absent: Annotated[tuple[Annotated[Ref, Pick("people")], ...], Field(title="Who is absent", max_length=12)] = ()


@dataclass(frozen=True)
class Heard:
    """What a team knows, and from where."""

    facts: frozenset[str]
    """Ids of private facts that may be cited."""
    deeds: tuple[tuple[str, int], ...]
    """Actions that somebody agreed to, each with its minute, in order."""
    own: frozenset[str] = frozenset()
    """Of the facts, those that the writing seat holds itself."""
    released: frozenset[str] = frozenset()
    """Of the facts, those of people who are absent, as far as nobody said them."""
    nobodys: tuple[str, ...] = ()
    """Noted codes that are nobody's."""
    minutes: int = 0
    """When the last thing was noted."""

    @property
    def said(self) -> frozenset[str]:
        """The facts that somebody else brought in by saying them."""
        return self.facts - self.own - self.released

    def state(self, case: Case) -> State:
        """The same as a conversation, which is what criteria and consequences ask."""
        script = load_script(case.slug).in_world(case)
        left = max(0, script.minutes - self.minutes)
        return replace(begin(script), facts=self.facts, done=self.deeds, minutes=left)


def read_noted(answers: Path) -> Noted:
    """What the writing seat has noted; blank where nothing is. Raises Unreadable with sentences."""
    try:
        return read_artifact(answers / f"{Noted.kind}.yaml", Noted, inside=answers).artifact
    except FileNotFoundError:
        return Noted()


def heard(table: Table, noted: Noted, meanings: Mapping[str, str] | None = None) -> Heard:
    """What the notes of a table stand for; whoever has the keys knows `meanings`, an id by code.

    A code counts where it belongs to a seat that plays; whatever the writing seat holds itself counts without one.
    """
    case, plan = table.case, table.plan
    held = {fact.id: fact.held_by for fact in case.facts.values() if fact.held_by}
    own = frozenset(id for id in sayable(case, plan, table.lead) if id in held)
    absent = {person for person in noted.absent if table.seat_of(person) not in (None, table.lead)}
    said, deeds, nobodys = set[str](), dict[str, int](), list[str]()
    for note in noted.notes:
        id = table.meaning(note.code) if meanings is None else meanings.get(normal(note.code))
        if id is None:
            nobodys.append(note.code[:20])
        elif id in held:
            said.add(id)
        else:
            deeds.setdefault(id, minute_of(note))
    # Whoever leaves in the middle has said what they said.
    released = frozenset(id for id, who in held.items() if who in absent and id not in said)
    done = tuple(sorted(deeds.items(), key=lambda deed: deed[1]))
    last = max((minute_of(note) for note in noted.notes), default=0)
    return Heard(own | released | said, done, own, released, tuple(nobodys), last)


def minute_of(note: Note) -> int:
    """The whole minute of a note, at least 0."""
    return max(0, round(note.minute or 0))


def heard_in(table: Table, answers: Path) -> Heard:
    """What a folder's notes stand for; where they cannot be read, only what the writing seat holds itself."""
    try:
        return heard(table, read_noted(answers))
    except Unreadable:
        return heard(table, Noted())


def with_everything(table: Table, known: Heard) -> Heard:
    """The same table, if every fact of every seat had been said."""
    held = frozenset(fact.id for fact in table.case.facts.values() if table.seat_of(fact.held_by))
    return replace(known, facts=held)
