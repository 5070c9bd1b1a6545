"""Grades as files for people and for learning management systems: every row says what it is, none says only 0."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from curriculum.artifacts.document import guarded
from curriculum.cohort import gradebook
from curriculum.cohort.course import Course
from curriculum.cohort.records import Attempt, Records
from curriculum.cohort.result import SubmissionStatus
from curriculum.cohort.roster import Learner
from curriculum.course.catalog import load_catalog

FORMATS = ("csv", "canvas", "moodle")


@dataclass(frozen=True)
class Grade:
    """One learner in one lesson, with everything that a reader of a grade must know."""

    learner: Learner
    lesson: str
    status: SubmissionStatus
    late: bool
    submitted_at: str
    points: float | None
    """None where there is no score: not zero."""
    penalty: float
    score: float | None
    """The points less the penalty."""
    maximum: float
    needs_reading: bool
    sentence: str


@dataclass(frozen=True)
class Export:
    """Grades as CSV, and what whoever imports them has to know."""

    text: str
    notes: tuple[str, ...] = ()


def export(course: Course, lessons: tuple[str, ...], format: str) -> Export:
    """The grades of a course as CSV text in one of `FORMATS`; a BOM goes before it where Excel wants one."""
    grades = grades_of(course, lessons)
    if format == "csv":
        return Export(_csv(_plain(grades)))
    table = _Table.of(course, lessons, grades)
    if format == "canvas":
        return Export(_csv(_canvas(table)))
    return Export(_csv(_moodle(table)), tuple(_moodle_notes(table)))


def grades_of(course: Course, lessons: tuple[str, ...]) -> list[Grade]:
    """Every learner's grade in every lesson, from the gradebook, manual marks and penalties included."""
    engine = gradebook.open_engine(course)
    try:
        records = Records(engine)
        records.create()
        attempts = {(attempt.student, attempt.lesson): attempt for attempt in records.current(lessons)}
        with engine.connect() as db:
            return list(_grades(db, course, lessons, attempts))
    finally:
        engine.dispose()


def _grades(
    db: sa.Connection, course: Course, lessons: Iterable[str], attempts: Mapping[tuple[str, str], Attempt]
) -> Iterator[Grade]:
    for lesson in lessons:
        rows = gradebook.lesson_rows(db, course, lesson)
        standings = gradebook.standings(db, rows)
        for learner in course.roster:
            attempt, standing = attempts.get((learner.id, lesson)), standings.get(learner.id)
            yield _grade(learner, rows, attempt, standing)


def _grade(
    learner: Learner, rows: gradebook.LessonRows, attempt: Attempt | None, standing: gradebook.Standing | None
) -> Grade:
    status, sentence = SubmissionStatus.MISSING, "Nothing was handed in."
    if attempt is not None:
        status, sentence = attempt.status, " ".join((attempt.sentence, *attempt.notes)).strip()
    elif standing is not None:
        status, sentence = SubmissionStatus.GRADED, "Graded by nbgrader's own autograde."
        if standing.unscored:
            status, sentence = SubmissionStatus.FAILED, "nbgrader's own autograde left no score; run `cohort grade`."
    if standing is not None and status is not SubmissionStatus.GRADED and standing.by_hand and not standing.unscored:
        status, sentence = SubmissionStatus.GRADED, f"Scored by a person. Before: {sentence}"
    scored = status is SubmissionStatus.GRADED and standing is not None
    return Grade(
        learner=learner,
        lesson=rows.lesson,
        status=status,
        late=attempt.late if attempt else bool(standing and standing.penalty),
        submitted_at=attempt.submitted_at if attempt else "",
        points=standing.raw if scored and standing else None,
        penalty=standing.penalty if scored and standing else 0.0,
        score=standing.score if scored and standing else None,
        maximum=rows.maximum,
        needs_reading=bool(standing and standing.needs_reading),
        sentence=sentence,
    )


def _plain(grades: Iterable[Grade]) -> Iterator[list[Any]]:
    yield ["student_id", "last_name", "first_name", "email", "section", "lesson", "status", "late", "submitted_at",
           "points", "late_penalty", "score", "maximum", "waits_for_a_person", "sentence"]  # fmt: skip
    for grade in grades:
        learner = grade.learner
        yield [
            learner.id, learner.last_name, learner.first_name, learner.email, learner.section, grade.lesson,
            grade.status.value, "yes" if grade.late else "no", grade.submitted_at, grade.points,
            grade.penalty if grade.score is not None else None, grade.score, grade.maximum,
            "yes" if grade.needs_reading else "no", grade.sentence,
        ]  # fmt: skip


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
        return self.grades[learner.id, lesson].score

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
        scores = [table.score(learner, lesson) for lesson in table.lessons]
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
            cells += [grade.score, f"{late}{grade.status.value.capitalize()}. {grade.sentence}".strip()]
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
    if value is None:
        return ""
    if isinstance(value, float | int):
        return f"{round(value, 4):g}" if abs(value) < 1e6 else str(value)
    return guarded(" ".join(str(value).split()) if "\n" in value or "\r" in value else value)
