"""Grades as files for people and for learning management systems: every row says what it is, none says only 0."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from curriculum.cohort import grades
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.grades import Grade, Mark
from curriculum.cohort.result import SubmissionStatus
from curriculum.cohort.roster import Learner
from curriculum.course.catalog import load_catalog
from curriculum.support.spreadsheets import guarded

FORMATS = ("csv", "canvas", "moodle")


@dataclass(frozen=True)
class Export:
    """Grades as CSV, and what whoever imports them has to know."""

    text: str
    notes: tuple[str, ...] = ()
    rows: tuple[list[Any], ...] = ()
    """Of the file for people, for a workbook."""


def export(course: Course, lessons: tuple[str, ...], format: str, *, provisional: bool = False) -> Export:
    """The grades of a course as CSV text in one of `FORMATS`.

    Raises CourseError where a grade can still be changed by a person, unless they may be `provisional`: then the file
    for people says so of each, and an LMS gets only the others.
    """
    found = grades.grades_of(course, lessons)
    open_ones = grades.provisional(found)
    if open_ones and not provisional:
        raise CourseError(
            f"{_number(open_ones)} can still be changed by a person: {grades.told(open_ones)}. Mark them first, "
            f"in formgrader or with `curriculum cohort mark`; or export with --provisional, which leaves "
            f"them blank for an LMS."
        )
    if format == "csv":
        rows = tuple(_plain(found))
        return Export(_csv(rows), rows=rows)
    table = _Table.of(course, lessons, found)
    notes = [f"Left blank, since they can still be changed by a person: {grades.told(open_ones)}."] if open_ones else []
    if format == "canvas":
        return Export(_csv(_canvas(table)), tuple(notes))
    return Export(_csv(_moodle(table)), (*notes, *_moodle_notes(table)))


def _number(open_ones: list[Grade]) -> str:
    return "1 grade" if len(open_ones) == 1 else f"{len(open_ones)} grades"


def _plain(grades: Iterable[Grade]) -> Iterator[list[Any]]:
    yield ["student_id", "last_name", "first_name", "email", "section", "lesson", "status", "late", "submitted_at",
           "points", "late_penalty", "score", "maximum", "days_late", "due", "provisional", "marked_by_a_person",
           "sentence"]  # fmt: skip
    for grade in grades:
        learner = grade.learner
        yield [
            learner.id, learner.last_name, learner.first_name, learner.email, learner.section, grade.lesson,
            grade.status.value, "yes" if grade.late else "no", grade.submitted_at, grade.points,
            grade.penalty if grade.score is not None else None, None if grade.provisional else grade.score,
            grade.maximum, grade.days_late, grade.due.at.isoformat() if grade.due.at else "",
            _provisional(grade), "; ".join(map(_marked, grade.marks)), grade.sentence,
        ]  # fmt: skip


def _provisional(grade: Grade) -> str:
    """Blank where the score is final; else what is settled by now, of how much, and what waits."""
    if not grade.provisional or grade.score is None:
        return ""
    return f"{grade.score:g} of {grade.maximum - grade.open_points:g} so far; {grade.waits}"


def _marked(mark: Mark) -> str:
    """For instance "One-line ask: 4 by a person (the check gives 6): Well argued."."""
    if mark.person is None:
        return f"{mark.part}: waits"
    check = f" (the check gives {mark.check:g})" if mark.check is not None else ""
    return f"{mark.part}: {mark.person:g} of {mark.maximum:g} by a person{check}" + (
        f": {mark.comment}" if mark.comment else ""
    )


@dataclass(frozen=True)
class _Table:
    """Learners by lessons, as LMSs want it: one row a learner."""

    course: Course
    lessons: tuple[str, ...]
    grades: Mapping[tuple[str, str], Grade]

    @staticmethod
    def of(course: Course, lessons: tuple[str, ...], grades: Iterable[Grade]) -> _Table:
        return _Table(course, lessons, {(grade.learner.id, grade.lesson): grade for grade in grades})

    def score(self, learner: Learner, lesson: str) -> float | None:
        """The score where it is final; an LMS would show any other number as a grade."""
        grade = self.grades[learner.id, lesson]
        return None if grade.provisional else grade.score

    def cell(self, learner: Learner, lesson: str) -> float | str | None:
        """What Canvas gets: its own word for who is excused."""
        excused = self.grades[learner.id, lesson].status is SubmissionStatus.EXCUSED
        return "EX" if excused else self.score(learner, lesson)

    @property
    def for_moodle(self) -> list[Learner]:
        """Who has a row in Moodle's file: its import gives a row without an ID number to the learner before it, and
        a row without scores clears what is there. Where nobody has an ID number, learners are found by user name."""
        numbered = any(learner.lms_id for learner in self.course.roster)
        return [one for one in self.course.roster if (one.lms_id or not numbered) and any(self.scores(one))]

    def scores(self, learner: Learner) -> list[bool]:
        """For each lesson, whether there is a score."""
        return [self.score(learner, lesson) is not None for lesson in self.lessons]

    def maximum(self, lesson: str) -> float:
        return next(grade.maximum for (_, name), grade in self.grades.items() if name == lesson)

    def title(self, lesson: str) -> str:
        """The name of the column: as the course says, else the lesson's title."""
        return self.course.lms_columns.get(lesson) or load_catalog().lesson(lesson).title


def _canvas(table: _Table) -> Iterator[list[Any]]:
    """What Canvas's gradebook import reads: learners by ID, else SIS User ID, else SIS Login ID. A blank cell
    leaves what Canvas has."""
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *map(table.title, table.lessons)]
    # Canvas takes the first cell for a mark of this row.
    yield ["Points Possible", "", "", "", "", *map(table.maximum, table.lessons)]
    for learner in table.course.roster:
        name = ", ".join(part for part in (learner.last_name, learner.first_name) if part) or learner.id
        if "points possible" in name.lower():
            name = learner.id
        scores = [table.cell(learner, lesson) for lesson in table.lessons]
        yield [name, learner.lms_id, learner.sis_id, learner.id, learner.section, *scores]


def _moodle(table: _Table) -> Iterator[list[Any]]:
    """What Moodle's grade import maps: learners by ID number, username or email address; for each lesson the
    score and, since Moodle wants both or none, the feedback."""
    columns = [name for lesson in table.lessons for name in (table.title(lesson), f"{table.title(lesson)} (Feedback)")]
    yield ["First name", "Last name", "ID number", "Username", "Email address", *columns]
    for learner in table.for_moodle:
        cells: list[Any] = []
        for lesson in table.lessons:
            grade = table.grades[learner.id, lesson]
            late = "Late. " if grade.late else ""
            cells += [
                table.score(learner, lesson),
                # Moodle shows it as HTML.
                html.escape(f"{late}{grade.status.value.capitalize()}. {grade.sentence}".strip(), quote=False),
            ]
        yield [learner.first_name, learner.last_name, learner.lms_id, learner.id, learner.email, *cells]


def _moodle_notes(table: _Table) -> Iterator[str]:
    """Who is left out, and which blanks would clear a grade."""
    there = {one.id for one in table.for_moodle}
    scores = {one.id: table.scores(one) for one in table.course.roster}
    if without := [id for id, found in scores.items() if any(found) and id not in there]:
        yield (
            f"Left out, since the roster has no lms_id for them: {_listed(without)}. Moodle gives a row without an ID "
            f"number to the learner before it; add theirs with `curriculum cohort enrol` and export again."
        )
    if nothing := [id for id, found in scores.items() if not any(found)]:
        yield f"Left out, since they have no score yet: {_listed(nothing)}."
    if some := [id for id, found in scores.items() if id in there and not all(found)]:
        yield (
            f"A blank cell clears what Moodle has, and there are some for {_listed(some)}: export and import lesson by "
            f"lesson, by naming one."
        )


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(names[:10]) + more


def _csv(rows: Iterable[list[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, float | int):
        return f"{round(value, 4):g}" if abs(value) < 1e6 else str(value)
    return guarded(" ".join(str(value).split()) if "\n" in value or "\r" in value else value)
