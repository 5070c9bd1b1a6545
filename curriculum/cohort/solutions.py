"""When learners see how others solved a lesson: with the feedback, once nobody in their world has time left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from curriculum.cohort import gradebook
from curriculum.cohort.clocks import in_words
from curriculum.cohort.course import Course
from curriculum.cohort.grades import Grade
from curriculum.course.catalog import load_catalog

AFTER_DUE, ALWAYS, NEVER = "after_due", "always", "never"
"""What `exemplars` in cohort.toml may say."""


@dataclass(frozen=True)
class Solutions:
    """Which worlds are over, at one moment."""

    when: str
    """One of the three words above."""
    last_due: Mapping[tuple[str, int], dt.datetime | None]
    """By lesson and world: when it is due for the last of its learners, in UTC; None where one has no due date."""
    now: dt.datetime
    timezone: str

    def open(self, lesson: str, world: int) -> bool:
        """Whether feedback in this world shows them."""
        if self.when != AFTER_DUE:
            return self.when == ALWAYS
        due = self.last_due.get((lesson, world))
        return due is not None and due < self.now

    def later(self, lesson: str, world: int) -> str:
        """From when on they are shown, in a sentence for the learner; blank where that is now or never."""
        due = self.last_due.get((lesson, world))
        if self.when != AFTER_DUE or due is None or due < self.now:
            return ""
        return f"Feedback that is given after {in_words(due, self.timezone)} also shows how others solved it."


def solutions(course: Course, grades: Iterable[Grade], now: dt.datetime) -> Solutions:
    """What may be shown at a moment; `grades` are those of the whole course, since worlds are shared across sections.

    Who is excused has nothing to hand in, and nobody waits for them.
    """
    last: dict[tuple[str, int], dt.datetime | None] = {}
    for grade in grades:
        if grade.due.excused:
            continue
        world = grade.lesson, course.variant(grade.learner.id, grade.lesson)
        known = last.get(world, grade.due.at)
        last[world] = None if known is None or grade.due.at is None else max(known, grade.due.at)
    return Solutions(course.exemplars, last, now, course.timezone)


def never_shown(course: Course, lessons: tuple[str, ...]) -> Iterator[str]:
    """Lessons whose solutions wait for a due date that there is not, each with what to do, in a sentence."""
    if course.exemplars != AFTER_DUE:
        return
    engine = gradebook.open_engine(course)
    try:
        with engine.connect() as db:
            without = [lesson for lesson in lessons if gradebook.due_date(db, lesson) is None]
    finally:
        engine.dispose()
    for lesson in without:
        yield (
            f"{load_catalog().lesson(lesson).title} ({lesson}) has no due date, so its pages do not show how others "
            f'solved it. Set one, or exemplars = "always" in cohort.toml.'
        )
