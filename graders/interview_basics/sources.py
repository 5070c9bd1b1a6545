"""Where the claims of a story can be looked up: the project file, the learner's other lessons, or nowhere."""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.star import Star
from curriculum.cases import Case
from curriculum.practice.interview.work import cited_value
from curriculum.words.numbers import said_numbers
from graders.common import Named, unknown_ids
from graders.interview_basics.copies import cited, runs_until

EXACT = 1e-6
"""Days that were picked or copied are equal, not near."""


def true_value(star: Star, case: Case, fact: str) -> float | None:
    """What stands at a cited place; None where the place does not exist or holds no number."""
    if star.origin == "course":
        return cited_value(star.copied, fact)
    known = case.facts.get(fact)
    return known.value if known else None


def true_unit(star: Star, case: Case, fact: str) -> str:
    """The unit of what stands at a cited place, as units are picked; blank where it says none that can be picked."""
    if star.origin == "practice":
        return str(case.truth.units.get(fact, ""))
    place = cited(star.copied, fact) if star.origin == "course" else None
    return place.unit if place else ""


def last_day(star: Star, case: Case) -> dt.date:
    """The last day that a story can tell of: today in one's own life, the end of the run in another lesson. A project
    that is over has none of its own, since each of its days is held to its source."""
    if star.origin == "practice":
        return dt.date.max
    ends = [until for copied in star.copied if (until := runs_until(star.copied, copied.lesson))]
    return max([dt.date.today(), *ends])


def strangers(star: Star, case: Case) -> list[Named]:
    """Ids that nobody knows; places in other lessons are looked up elsewhere, and personal stories cite none."""
    unknown = unknown_ids(star, case)
    if star.origin == "practice":
        return unknown
    return [named for named in unknown if named.kind not in ("facts", "documents")]


def public_numbers(case: Case) -> frozenset[float]:
    """Numbers that stand in the memo and in the project log, which nobody needs to tell."""
    titles = " . ".join(entry.label for entry in case.registry.entries("documents").values())
    return frozenset(said.value for said in said_numbers(f"{case.brief} . {titles}"))
