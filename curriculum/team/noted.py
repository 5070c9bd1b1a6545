"""What was said at the table, as the one who writes noted it: codes with their minute, and people who are absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Notation, Part, Pick, Ref
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.cases import Case
from curriculum.roleplay.engine import State, begin
from curriculum.roleplay.script import load_script
from curriculum.support.printable import printable
from curriculum.team.deal import Table, normal, sayable

MOST_NOTES = 200
SESSION = 120
"""Minutes after the clock was started in which a table sits together; what is noted after them was noted later."""


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
    stood_in: frozenset[str] = frozenset()
    """Facts and actions that only a colleague said who stood in for somebody absent."""
    minute: Mapping[str, int] = field(default_factory=dict)
    """When each was noted, by the id of the fact or action: minutes since the clock was started."""
    nobodys: tuple[str, ...] = ()
    """Noted codes that are nobody's."""
    minutes: int = 0
    """When the last thing was noted while the table sat together."""

    @property
    def said(self) -> frozenset[str]:
        """The facts that somebody else brought in by saying them."""
        return self.facts - self.own - self.stood_in

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

    A code counts where it belongs to a seat that plays, or to a colleague who stands in for it; whatever the writing
    seat holds itself counts without one.
    """
    case, plan = table.case, table.plan
    held = {fact.id: fact.held_by for fact in case.facts.values() if fact.held_by}
    own = frozenset(id for id in sayable(case, plan, table.lead) if id in held)
    themselves, others, nobodys, minute = set[str](), set[str](), list[str](), dict[str, int]()
    for note in noted.notes:
        id = table.meaning(note.code) if meanings is None else meanings.get(normal(note.code))
        if id is not None:
            themselves.add(id)
        elif (id := table.stand_in.get(normal(note.code))) is not None:
            others.add(id)
        else:
            nobodys.append(printable(note.code[:20]))
            continue
        minute.setdefault(id, minute_of(note))
    done = sorted(((id, at) for id, at in minute.items() if id not in held), key=lambda deed: deed[1])
    return Heard(
        facts=own | frozenset(id for id in minute if id in held),
        deeds=tuple(done),
        own=own,
        stood_in=frozenset(others - themselves - own),
        minute=minute,
        nobodys=tuple(nobodys),
        # What is noted a day later makes no talk a day long.
        minutes=max((at for at in map(minute_of, noted.notes) if at < SESSION), default=0),
    )


def minute_of(note: Note) -> int:
    """The whole minute of a note, at least 0."""
    return max(0, round(note.minute or 0))


def since(minutes: int) -> str:
    """How long after the clock was started, in words: a minute at the table, or hours and days later."""
    if minutes < SESSION:
        return f"minute {minutes}"
    hours, days = minutes // 60, minutes // (24 * 60)
    later = f"{hours} hours" if days < 1 else "a day" if days == 1 else f"{days} days"
    return f"noted later, {later} after the clock was started"


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
