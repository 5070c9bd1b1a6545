"""By what a person reads a lesson's texts: the anchors that its notes for instructors and its self-review hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from curriculum.course.catalog import lesson_folder
from curriculum.practice.interview.calibration import ANCHORS, SCALE, Anchor, load_anchors

LOWEST, HIGHEST = 1, 5
HEADING = "## What people judge, not the program"
AS_A_WHOLE = "The answer as a whole"
"""The criterion of the self-review in interview lessons."""


@dataclass(frozen=True)
class Reading:
    """One question that a person answers about a learner's texts, from 1 to 5."""

    title: str
    anchors: Mapping[int, str]
    """What some of the steps stand for."""


@lru_cache(maxsize=64)
def readings(lesson: str) -> tuple[Reading, ...]:
    """The questions of a lesson with their anchors; none where its notes for instructors have no such table.

    Raises ValueError for a table that is there and cannot be read.
    """
    try:
        text = (lesson_folder(lesson) / "source" / "instructor.md").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    found = _table(text.partition(HEADING)[2].partition("\n## ")[0], lesson)
    return (*found, Reading(AS_A_WHOLE, SCALE)) if lesson in ANCHORS else found


def examples(lesson: str) -> tuple[Anchor, ...]:
    """Answers with the rating that they have by agreement, to compare with; none where the lesson has none."""
    return load_anchors(lesson) if lesson in ANCHORS else ()


def _table(section: str, lesson: str) -> tuple[Reading, ...]:
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("|")
    ]
    if not rows:
        return ()
    titles, steps = rows[0][1:], rows[2:]
    if any(len(row) != len(titles) + 1 for row in steps) or not steps:
        raise ValueError(f"{lesson}, source/instructor.md, “{HEADING[3:]}”: the rows of its table are uneven.")
    return tuple(
        Reading(title, {int(row[0]): row[column] for row in steps}) for column, title in enumerate(titles, start=1)
    )
