"""The work folder for the story bank: what a candidate has finished, what it truly shows, what the panel wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from curriculum.cases.base import Columns, Entry, by_id, frozen_columns
from curriculum.cases.interviews.questions import COMPETENCIES
from curriculum.cases.interviews.shown import APART, Shown, lesson_titles, load_shown

STATES = ("passed", "not passed", "passed, and changed since", "waits for a person")
"""What stands beside a criterion. Only the first one is a criterion that is passed now."""
ASKED, STORIES, FINISHED = 10, 5, 8


@dataclass(frozen=True)
class Folder:
    """Ten competencies that the panel asks for, and the criteria of the finished lessons with their states."""

    asked: tuple[str, ...]
    states: Mapping[str, str]
    """By id of a criterion, for the finished lessons alone."""

    @property
    def passed(self) -> frozenset[str]:
        return frozenset(id for id, state in self.states.items() if state == STATES[0])

    @property
    def gaps(self) -> tuple[str, ...]:
        """What no passed criterion shows."""
        return gaps(self.asked, self.passed)

    @property
    def covers(self) -> tuple[tuple[str, ...], ...]:
        """Every five lessons, or fewer, that show all that can be shown."""
        return covers(self.asked, self.passed)

    def told_with(self, lessons: tuple[str, ...]) -> Mapping[str, str]:
        """By competency, a passed criterion of these lessons that shows it."""
        found = shows(self.passed)
        rows = {id: [row for row in found.get(id, []) if row.lesson in lessons] for id in self.asked}
        return {id: of[0].id for id, of in rows.items() if of}

    @property
    def scattered(self) -> Mapping[str, str]:
        """By competency, a passed criterion that shows it, from as many lessons as can be had one after the other."""
        found = shows(self.passed)
        chosen: dict[str, Shown] = {}
        for id in sorted((id for id in self.asked if id in found), key=lambda id: len(found[id])):
            used = {one.lesson for one in chosen.values()}
            chosen[id] = next((row for row in found[id] if row.lesson not in used), found[id][0])
        return {id: chosen[id].id for id in self.asked if id in chosen}

    def fills(self, competency: str) -> tuple[str, ...]:
        """The lessons that have something about a competency."""
        return tuple(dict.fromkeys(row.lesson for row in load_shown() if competency in row.about))

    def beside(self, competency: str, lessons: tuple[str, ...]) -> str:
        """A passed criterion of these lessons that is about something else."""
        rows = (row for row in load_shown() if row.id in self.passed and row.lesson in lessons)
        return next(row.id for row in rows if competency not in row.about)

    def columns(self) -> Columns:
        rows, titles = [row for row in load_shown() if row.id in self.states], lesson_titles()
        return frozen_columns(
            lesson=np.array([titles[row.lesson] for row in rows], dtype=object),
            criterion=np.array([row.label for row in rows], dtype=object),
            state=np.array([self.states[row.id] for row in rows], dtype=object),
        )


def shows(passed: Iterable[str]) -> Mapping[str, list[Shown]]:
    """By competency, the passed criteria that show it."""
    there = set(passed)
    found: dict[str, list[Shown]] = {}
    for row in load_shown():
        if row.id in there:
            found.setdefault(row.competency, []).append(row)
    return found


def gaps(asked: Iterable[str], passed: Iterable[str]) -> tuple[str, ...]:
    """The competencies that are asked for and that no passed criterion shows."""
    shown = shows(passed)
    return tuple(id for id in asked if id not in shown)


def covers(asked: tuple[str, ...], passed: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Every choice of five lessons whose passed criteria show all that can be shown at all."""
    lessons: dict[str, set[str]] = {}
    for competency, rows in shows(passed).items():
        for row in rows if competency in asked else ():
            lessons.setdefault(row.lesson, set()).add(competency)
    all_of_it = set().union(*lessons.values())
    chosen = combinations(lessons, min(STORIES, len(lessons)))
    return tuple(five for five in chosen if set().union(*(lessons[lesson] for lesson in five)) == all_of_it)


def folder_of(rng: np.random.Generator) -> Folder:
    """A folder in which few choices of five stories cover all that can be covered, and one or two gaps stay."""
    rows = load_shown()
    lessons = list(dict.fromkeys(row.lesson for row in rows))
    competencies = list(dict.fromkeys(row.competency for row in rows))
    for _ in range(400):
        asked = tuple(str(id) for id in rng.permutation(competencies)[:ASKED])
        finished = {str(id) for id in rng.permutation(lessons)[:FINISHED]}
        states = {row.id: str(rng.choice(STATES, p=(0.55, 0.17, 0.16, 0.12))) for row in rows if row.lesson in finished}
        folder = Folder(asked, states)
        many = {id.partition(APART)[0] for id in folder.scattered.values()}
        if len(folder.gaps) in (1, 2) and 1 <= len(folder.covers) <= 3 and len(many) > STORIES:
            return folder
    raise RuntimeError("no folder of that kind came about")


def entries(folder: Folder) -> dict[str, Mapping[str, Entry]]:
    """By kind, what the story bank offers."""
    rows, titles = load_shown(), lesson_titles()
    return {
        "competencies": by_id(*(Entry(id, COMPETENCIES[id]) for id in folder.asked)),
        "shown": by_id(
            *(Entry(row.id, row.label, f"In “{titles[row.lesson]}”") for row in rows if row.id in folder.states)
        ),
        "lessons": by_id(*(Entry(id, titles[id]) for id in dict.fromkeys(row.lesson for row in rows))),
    }
