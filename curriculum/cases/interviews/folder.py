"""What the work folder of every interview lesson shows alike: its log, and what a story's fields offer."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from curriculum.cases.base import Columns, Entry, Person, by_id, frozen_columns
from curriculum.cases.interviews.functions import FUNCTIONS
from curriculum.cases.interviews.pairs import Pair, pair_entries, span_entries
from curriculum.cases.interviews.project import Logged
from curriculum.cases.interviews.questions import load_questions
from curriculum.cases.interviews.units import UNITS
from curriculum.support.dates import full_day


def log_columns(log: Mapping[str, Logged], people: Mapping[str, Person]) -> Columns:
    """The table `project_log`: day, document and author of each paper."""
    return frozen_columns(
        day=np.array([entry.on for entry in log.values()], dtype="datetime64[D]"),
        document=np.array([entry.title for entry in log.values()], dtype=object),
        written_by=np.array([_author(entry.by, people) for entry in log.values()], dtype=object),
    )


def offered(
    log: Mapping[str, Logged], people: Mapping[str, Person], colleagues: Collection[str], pairs: Mapping[str, Pair]
) -> dict[str, Mapping[str, Entry]]:
    """By kind, what can be picked: questions, functions, units, deciders, papers, pairs of answers and their spans."""
    papers = (
        Entry(id, entry.title, f"{full_day(entry.on)}, written by {_author(entry.by, people)}")
        for id, entry in log.items()
    )
    return {
        "questions": by_id(*(Entry(q.id, q.question) for q in load_questions())),
        "functions": FUNCTIONS,
        "units": UNITS,
        "deciders": by_id(
            Entry("me", "You"),
            *(Entry(id, person.label, person.role) for id, person in people.items() if id in colleagues),
            Entry("somebody_else", "Somebody else", "In a story of your own or from another lesson."),
        ),
        "documents": by_id(*papers),
        "pairs": by_id(*pair_entries(pairs)),
        "spans": by_id(*span_entries(pairs)),
    }


def _author(id: str, people: Mapping[str, Person]) -> str:
    return "you" if id == "you" else people[id].label
