"""Lessons taken by teams: what was pooled at each table, and over the term whose word held. Nobody is ranked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from curriculum.cohort.course import Course
from curriculum.cohort.team_judging import NUMBERS
from curriculum.team.outcome import wilson


@dataclass(frozen=True)
class TableShown:
    """One team in one lesson."""

    lesson: str
    members: tuple[str, ...]
    """In the order of their seats: the first one wrote."""
    needed: int
    """Private facts without which the documents would have been judged differently."""
    brought: int
    """Of these, the ones that came to the table."""
    unsaid: int
    """Private facts that nobody said, needed or not."""


@dataclass(frozen=True)
class Word:
    """What one learner's word was worth over the term."""

    student: str
    lessons: int
    failing: int
    """Questions that did not hold and on which they gave their word."""
    found: int
    signed: int
    right: int

    @property
    def found_between(self) -> tuple[float, float]:
        """The 95 % interval of the share of failing questions that they objected to."""
        return wilson(self.found, self.failing)

    @property
    def right_between(self) -> tuple[float, float]:
        """The 95 % interval of the share of signed questions that hold."""
        return wilson(self.right, self.signed)


@dataclass(frozen=True)
class Together:
    """All that the teams of a course did."""

    tables: tuple[TableShown, ...] = ()
    words: tuple[Word, ...] = ()
    """By learner, in the order of the roster."""


def together(course: Course, lessons: Iterable[str]) -> Together:
    """What grading has kept of the teams; a file that is damaged or missing is left out until the next grading."""
    tables: list[TableShown] = []
    accounts: dict[str, list[dict[str, Any]]] = {}
    for lesson in lessons:
        for seats in course.teams(lesson):
            team = tuple(course.at_seat(seat, lesson) for seat in seats)
            kept = _kept(course, lesson, team)
            if kept is None:
                continue
            needed = kept["pooling"]["needed"]
            missing = sum(one["how"] == "missing" for one in needed)
            unsaid = len(kept["pooling"]["never_said"])
            tables.append(TableShown(lesson, team, len(needed), len(needed) - missing, unsaid))
            for one in kept["accountability"]:
                accounts.setdefault(course.at_seat(one["seat"], lesson), []).append(one)
    return Together(tuple(tables), tuple(_words(course, accounts)))


def _words(course: Course, accounts: dict[str, list[dict[str, Any]]]) -> Iterator[Word]:
    for learner in course.roster:
        mine = accounts.get(learner.id, [])
        if mine:
            count = {name: sum(len(one[name]) for one in mine) for name in ("found", "let_through", "signed_right")}
            yield Word(
                student=learner.id,
                lessons=len(mine),
                failing=count["found"] + count["let_through"],
                found=count["found"],
                signed=count["signed_right"] + count["let_through"],
                right=count["signed_right"],
            )


def _kept(course: Course, lesson: str, team: tuple[str, ...]) -> dict[str, Any] | None:
    for member in team:
        try:
            found: dict[str, Any] = json.loads((course.autograded(member, lesson) / NUMBERS).read_text("utf-8"))
        except (OSError, ValueError):
            continue
        return found
    return None
