"""The flaw hunts that a learner handed in, scored, and whether the one a month later is due."""

from __future__ import annotations

import datetime as dt

from curriculum.course.catalog import load_catalog
from curriculum.course.parallel_hunts import hunt_key
from curriculum.course.places import FOR_LEARNERS
from curriculum.learner.progress import Handed, Progress
from curriculum.pages.gain import HuntResult, LessonHunts

MONTH = dt.timedelta(days=30)
"""So long after the hunt that followed a lesson, the last one waits."""


def scored(handed: Handed) -> HuntResult:
    """What a hunt found; raises LookupError where the lesson has none any more."""
    key = hunt_key(handed.lesson, handed.world)
    return HuntResult(handed.moment, len(key.planted & set(handed.ticked)), len(key.planted), key.found_by_readers)


def lesson_hunts(progress: Progress) -> tuple[LessonHunts, ...]:
    """Every lesson with the hunts that are over, in the order of the course: what was found before a lesson is told
    only once the hunt after it is handed in. None in the edition for learners, which has no hunts. Raises
    ProgressLost."""
    if FOR_LEARNERS:
        return ()
    handed = progress.hunts()
    found = []
    for entry in load_catalog().lessons:
        mine = [one for one in handed if one.lesson == entry.slug]
        if any(one.moment == "after" for one in mine):
            found.append(LessonHunts(entry.title, {one.moment: scored(one) for one in mine}))
    return tuple(found)


def due(progress: Progress, now: dt.datetime | None = None) -> tuple[str, ...]:
    """Slugs of the lessons whose last hunt waits; none in the edition for learners. Raises ProgressLost."""
    if FOR_LEARNERS:
        return ()
    now = now or dt.datetime.now(dt.UTC)
    handed = progress.hunts()
    over = {one.lesson for one in handed if one.moment == "later"}
    return tuple(
        one.lesson for one in handed if one.moment == "after" and one.lesson not in over and now >= later_from(one)
    )


def later_from(after: Handed) -> dt.datetime:
    """When the last hunt of a lesson opens, from the one that followed the lesson."""
    return dt.datetime.fromisoformat(after.at) + MONTH
