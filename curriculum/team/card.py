"""A seat's card: who you are, what you know, what you will sign, who else is there. Nobody else's facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from curriculum.cases import Case
from curriculum.cases.base import Fact, Person
from curriculum.course.catalog import load_catalog
from curriculum.course.templates import render
from curriculum.pages.page import Page, designed
from curriculum.pages.standalone import standalone
from curriculum.roleplay.script import load_script
from curriculum.team.deal import Seat, Table, codes_of, stand_in_key
from curriculum.team.outcome import team_rubric

_CLOCK = Path(__file__).with_name("clock.js")

PHASES = (
    ("Read your card, and write what you would do", 10),
    ("Talk: who knows what, and what it means", 30),
    ("Write the documents together", 25),
    ("Sign, each as the people you play", 10),
)
"""What the time of a session is for, in minutes. Nothing new is said in the last part, so that it can be thought of."""


@dataclass(frozen=True)
class Known:
    """A fact on a card."""

    fact: Fact
    code: str
    quiet: bool
    """Whether this person says it only when somebody asks."""


@dataclass(frozen=True)
class Can:
    """Something that a person does or agrees to when asked."""

    words: str
    code: str


@dataclass(frozen=True)
class Played:
    """One person whom the seat plays."""

    person: Person
    knows: tuple[Known, ...]
    can: tuple[Can, ...]
    protects: tuple[str, ...]
    """The questions of the review that carry this person's voice."""


def quiet_facts(case: Case) -> frozenset[str]:
    """Ids of the facts that in the conversation nobody gets without a condition: trust, or the right question."""
    script = load_script(case.slug).in_world(case)
    told: set[str] = set()
    for choice in script.choices.values():
        if not choice.needs:
            told |= set(choice.effects[-1].learn)
    return frozenset(fact.id for fact in case.facts.values() if fact.held_by and fact.id not in told)


def played(table: Table, seat: Seat, key: bytes) -> tuple[Played, ...]:
    """What stands on a seat's card, person by person."""
    case, plan = table.case, table.plan
    codes, quiet = codes_of(key, case, plan, seat), quiet_facts(case)
    rubric = team_rubric(table.lesson, plan.not_asked)
    return tuple(
        Played(
            case.people[person],
            tuple(
                Known(fact, codes[fact.id], fact.id in quiet) for fact in case.facts.values() if fact.held_by == person
            ),
            tuple(Can(render(deed.words, case), codes[deed.action]) for deed in plan.deeds if deed.by == person),
            tuple(one.sentence for one in rubric.criteria.values() if one.voice == person),
        )
        for person in seat.people
    )


def put_to(table: Table, seat: Seat) -> str:
    """Whom a question means by “you”, in words to this seat: whoever writes."""
    return "you, as the one who writes" if seat == table.lead else f"{table.lead.name}, who writes"


def shown(table: Table, seat: Seat, key: bytes, *, stands_in: bool = False) -> Page:
    """The card as a notebook and a terminal show it."""
    people, case = played(table, seat, key), table.case
    values = {
        "seat": seat,
        "people": people,
        "seats": _others(table, seat, case.people),
        "company": case.company,
        "title": load_catalog().lesson(table.lesson).title,
        "writes": seat == table.lead,
        "stands_in": stands_in,
        "lead": table.lead.name,
        "put_to": put_to(table, seat),
        "phases": PHASES,
        "minutes": sum(minutes for _, minutes in PHASES),
    }
    return Page("\n".join(_lines(seat, people, values)), designed("team_card.html", **values))


def stand_in(table: Table, seat: Seat) -> str:
    """The card of somebody absent, as a page for a colleague who stands in: with codes of its own."""
    found = shown(table, seat, stand_in_key(table, seat), stands_in=True)
    return standalone(f"Standing in for {seat.name}", found.html, _CLOCK.read_text("utf-8"))


def page(table: Table, seat: Seat, key: bytes) -> str:
    """The card as a page of its own, with a clock, for any browser."""
    found = shown(table, seat, key)
    return standalone(f"The card of {seat.name}", found.html, _CLOCK.read_text("utf-8"))


def projector(table: Table) -> str:
    """The page for the wall: who plays whom, and the clock; nothing that anybody knows."""
    people = table.case.people
    values = {
        "title": load_catalog().lesson(table.lesson).title,
        "company": table.case.company,
        "lead": table.lead.name,
        "seats": [(seat.name, [people[person] for person in seat.people]) for seat in table.seats],
        "phases": PHASES,
        "minutes": sum(minutes for _, minutes in PHASES),
    }
    return standalone("The table", designed("team_table.html", **values), _CLOCK.read_text("utf-8"))


def _others(table: Table, seat: Seat, people: Mapping[str, Person]) -> list[tuple[str, list[Person]]]:
    return [(one.name, [people[person] for person in one.people]) for one in table.seats if one != seat]


def _lines(seat: Seat, people: tuple[Played, ...], values: Mapping[str, object]) -> list[str]:
    lines = [f"**The card of {seat.name}** (for your eyes only)", ""]
    for one in people:
        lines += [f"**You are {one.person.label}**, {one.person.role}. You protect {one.person.cares_about}.", ""]
        lines += [
            f"- {known.fact.label} (`{known.fact.id}`, code {known.code})"
            f"{' Say it only when somebody asks.' if known.quiet else ''}"
            for known in one.knows
        ]
        lines += [f"- When you are asked, and agree: {can.words} (code {can.code})" for can in one.can]
        lines += [
            "",
            f"You will be asked (the sentences speak to {values['put_to']}):",
            *(f"- {sentence}" for sentence in one.protects),
            "",
        ]
    lines += ["**Who knows what kind of thing**", ""]
    for name, others in values["seats"]:  # type: ignore[attr-defined]
        lines += [f"- {name}: {', '.join(f'{person.label}, {person.role}' for person in others)}"]
    return lines
