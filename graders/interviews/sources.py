"""Where the claims of a story can be looked up: the project file, the learner's other lessons, or nowhere."""

from __future__ import annotations

import datetime as dt
import math

from curriculum.artifacts.star import Star
from curriculum.cases import Case
from curriculum.practice.interview.work import cited_value
from curriculum.words.numbers import said_numbers
from graders.common import Named, unknown_ids
from graders.interviews.copies import cited, runs_until

EXACT = 1e-6
"""Days that were picked or copied are equal, not near."""
HALF_A_TENTH, HALF_A_PERCENT = 0.05 + 1e-9, 0.005
"""How far a number that was worked out may be off: a gain of 0.48 is told as 0.5, and sums of rounded ones differ."""


def true_value(star: Star, case: Case, fact: str) -> float | None:
    """What stands at a cited place; None where the place does not exist or holds no number."""
    if star.origin == "course":
        return cited_value(star.copied, fact)
    known = case.facts.get(fact)
    return known.value if known else None


def lesson_of(id: str) -> str:
    """The lesson of a cited place or artifact; blank where it names none."""
    lesson, dot, _ = id.partition(".")
    return lesson if dot else ""


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
    """Numbers that nobody needs to tell: those of the memo, of the project log and of the tables of the project."""
    titles = " . ".join(entry.label for entry in case.registry.entries("documents").values())
    said = {said.value for said in said_numbers(f"{case.brief} . {titles}")}
    return frozenset({*said, *case.truth.public} - {0.0})


def is_open(case: Case, value: float | None) -> bool:
    """Whether a number needs no teller: it stands in memo, log or tables, or follows from them, said to a tenth."""
    if value is None:
        return False
    if value in public_numbers(case):
        return True
    derived = [abs(true) for true in case.truth.derived if abs(true) >= HALF_A_TENTH]
    off = (abs(abs(value) - true) <= max(HALF_A_TENTH, HALF_A_PERCENT * true) for true in derived)
    return any(off) or any(_is_rounded(abs(value), true) for true in derived)


def _is_rounded(value: float, true: float) -> bool:
    """Whether a number is another one, rounded to the digits that it shows, two at least: 15,000 is said of 14,537."""
    if value <= 0:
        return False
    digits = max(2, len(f"{value:.10g}".replace(".", "").strip("0")))
    return math.isclose(float(f"{true:.{digits}g}"), value, rel_tol=1e-9)


def known_days(star: Star, case: Case) -> frozenset[dt.date]:
    """Days that a story from the project may tell without claiming them: of the memo, the log and the calls."""
    if star.origin != "practice":
        return frozenset()
    told = " . ".join([case.brief, *(fact.label for fact in case.facts.values())])
    days = {entry.on for entry in case.truth.log.values()}
    year = next(iter(days)).year
    for said in said_numbers(told):
        if said.kind == "date" and said.month:
            days.add(dt.date(year, said.month, int(said.value)))
    return frozenset(days)
