"""Giving marks: checked all together, put into the log and, where they count, into nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa

from curriculum.cohort import tables
from curriculum.cohort.anchors import HIGHEST, LOWEST, readings
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.gradebook import GradedCell, Kept
from curriculum.cohort.grades import LessonGrades, grades_of
from curriculum.cohort.markers import check_marker, version_of
from curriculum.cohort.marks import (
    DECIDED,
    FIRST,
    SECOND,
    WORDS,
    Given,
    append,
    by_student,
    composed,
    part_of,
    without,
)
from curriculum.cohort.records import Records, now, opened

MOST_TOLD = 20
"""Marks in which something is wrong that are told; of the others, how many they are."""

MOST_WORDS = 5_000
"""Characters of a comment."""


@dataclass(frozen=True)
class Wanted:
    """A mark that somebody gives."""

    lesson: str
    whose: str
    """The learner's id, or the code of their submission."""
    criterion: str
    value: float
    marker: str
    comment: str = ""
    why: str = ""
    decides: bool = False
    """It settles what two others differ about, or puts a mark in place of one by somebody else."""
    version: str = ""
    """The beginning of the hash of what was read, where that is known: something else may have been handed in."""
    place: str = ""
    """Where it stands, for sentences."""


@dataclass(frozen=True)
class Scale:
    """Between what a criterion is marked."""

    title: str
    least: float
    most: float
    whole: bool
    cell: GradedCell | None
    """Where nbgrader keeps it; None for the questions of the rubric, which it does not know."""


def scales(read: LessonGrades) -> dict[str, Scale]:
    """Everything that can be marked in a lesson, by title: the points of words where they carry any, the questions
    about them, and the documents whose check can be overruled."""
    found = [
        Scale(part_of(read.rows.lesson, cell.name), 0.0, cell.maximum, False, cell)
        for cell in sorted(read.rows.cells, key=lambda cell: not cell.task)
        if cell.maximum > 0
    ]
    asked = [Scale(one.title, LOWEST, HIGHEST, True, None) for one in readings(read.rows.lesson)]
    words = [scale for scale in found if scale.title == WORDS]
    return {scale.title: scale for scale in (*words, *asked, *(one for one in found if one.title != WORDS))}


def read_lessons(db: sa.Connection, records: Records, course: Course, lessons: Sequence[str]) -> list[LessonGrades]:
    """Lessons as they stand, with what was marked in formgrader noted. Raises CourseError."""
    attempts = list(records.current(lessons))
    return [LessonGrades.read(db, course, lesson, attempts).noticing(db) for lesson in lessons]


def give(course: Course, wanted: Sequence[Wanted]) -> int:
    """Take marks, all of them or none; returns how many are new. What says the same as before is no new mark.

    Raises CourseError with a sentence for each that cannot be taken.
    """
    lessons = tuple(dict.fromkeys(one.lesson for one in wanted))
    with opened(course) as records, records.engine.begin() as db:
        known = {read.rows.lesson: read for read in read_lessons(db, records, course, course.checked(lessons))}
        given, wrong = _checked(known, wanted)
        if wrong:
            more = [f"and {len(wrong) - MOST_TOLD} more."] if len(wrong) > MOST_TOLD else []
            raise CourseError("\n".join([*wrong[:MOST_TOLD], *more]))
        append(db, given)
        for read in known.values():
            _into_gradebook(db, read, [one for one in given if one.lesson == read.rows.lesson])
    if given:
        grades_of(course, lessons)  # penalties follow at once
    return len(given)


def _checked(known: dict[str, LessonGrades], wanted: Sequence[Wanted]) -> tuple[list[Given], list[str]]:
    given: list[Given] = []
    wrong: list[str] = []
    for one in wanted:
        read = known[one.lesson]
        try:
            new = _given(read, one)
        except CourseError as error:
            wrong.append(f"{one.place}: {error}" if one.place else str(error))
            continue
        given += [new] if new is not None else []
    return given, wrong


def _given(read: LessonGrades, one: Wanted) -> Given | None:
    """The row of the log; None where it says the same as before."""
    marker = check_marker(one.marker)
    student = student_called(read, one.whose)
    scale = scales(read).get(one.criterion)
    if scale is None:
        raise CourseError(f"{one.lesson} has nothing called {one.criterion!r}; it has {', '.join(scales(read))}.")
    if one.version and scale.cell is not None and scale.title != WORDS:
        raise CourseError(f"no sheet overrules the check of {scale.title!r}; `curriculum cohort mark` does.")
    if student not in read.kept:
        raise CourseError(f"nothing of {one.whose} is graded in {one.lesson} yet; run `curriculum cohort grade`.")
    version = version_of(read, student)
    if one.version and one.version != in_letters(version):
        raise CourseError(f"{one.whose} has handed in something else since; make a new sheet and read that.")
    if not scale.least <= one.value <= scale.most or (scale.whole and one.value != int(one.value)):
        step = "a whole number " if scale.whole else ""
        raise CourseError(f"found {one.value:g}; expected {step}from {scale.least:g} to {scale.most:g}.")
    if len(one.comment) > MOST_WORDS or len(one.why) > MOST_WORDS:
        raise CourseError(f"a text is longer than {MOST_WORDS:,} characters; shorten it.")
    role = _role(read, one, marker, student)
    before = read.marking.last(student, scale.title, *((SECOND,) if role == SECOND else (FIRST, DECIDED)))
    mine = read.marking.last(student, scale.title, role, of=version)
    said = mine is not None and (mine.after, mine.comment) == (one.value, one.comment)
    if said and (role != DECIDED or read.marking.differ(student, scale.title, version, read.course.margin) is None):
        return None
    known = before.after if before else None
    if before is not None and before.submission_sha256 == version and known != one.value and not one.why:
        raise CourseError(f"{one.whose}, {scale.title}: it was {_shown(known)}; say why it is {one.value:g} now.")
    return Given(
        student, one.lesson, scale.title, role, marker, known, one.value, scale.least, scale.most,
        one.comment, one.why, version, now(),
    )  # fmt: skip


def student_called(read: LessonGrades, whose: str) -> str:
    """The learner of this id, or of the submission with this code; raises CourseError."""
    if any(learner.id == whose for learner in read.course.everybody):
        return whose
    for student, tasks in read.marking.tasks.items():
        if tasks[0].code == whose.strip().upper():
            return student
    raise CourseError(f"{whose!r} is neither a learner nor a code in {read.rows.lesson}.")


def _role(read: LessonGrades, one: Wanted, marker: str, student: str) -> str:
    """In what a mark comes in; raises CourseError for somebody to whom the submission was not given."""
    if one.decides:
        return DECIDED
    tasks = read.marking.tasks.get(student, ())
    mine = next((task for task in tasks if task.marker == marker), None)
    if tasks and mine is None:
        raise CourseError(
            f"{one.whose} is not {marker}'s to read in {one.lesson}; `curriculum cohort markers` shows whose, and "
            f"--decide puts a mark in place of theirs."
        )
    return mine.role if mine else FIRST


def _shown(value: float | None) -> str:
    return "taken back" if value is None else f"{value:g}"


def in_letters(sha256: str) -> str:
    """The beginning of a hash as letters, which no spreadsheet takes for a number; blank for none."""
    return "".join("ABCDEFGHIJKLMNOP"[int(digit, 16)] for digit in sha256[:8])


# Into the gradebook, where they count


def _into_gradebook(db: sa.Connection, read: LessonGrades, given: Sequence[Given]) -> None:
    after = by_student(given, read.marking)
    counting = [one for one in given if one.role != SECOND]
    for student in dict.fromkeys(one.student for one in counting):
        criteria = {one.criterion for one in counting if one.student == student}
        version, scores = version_of(read, student), {score.cell.id: score for score in read.kept[student].scores}
        for cell in read.rows.cells:
            part = part_of(read.rows.lesson, cell.name)
            if part not in criteria and not (cell.task and criteria - _parts(read)):
                continue
            values: dict[str, object] = {}
            if part in criteria and (counts := after.last(student, part, FIRST, DECIDED, of=version)) is not None:
                values = {"manual_score": counts.after, "needs_manual_grade": False}
            elif cell.maximum == 0:
                values = {"needs_manual_grade": False}  # it is read
            mine = (tables.grade.c.notebook_id == read.kept[student].notebook, tables.grade.c.cell_id == cell.id)
            if values:
                db.execute(sa.update(tables.grade).where(*mine).values(values))
            typed = scores[cell.id].comment if cell.id in scores else ""
            for each in dict.fromkeys(
                (version, *(one.submission_sha256 for one in read.marking.given.get(student, ())))
            ):
                typed = without(typed, composed(read.rows.lesson, read.marking, student, each, cell))
            told = composed(read.rows.lesson, after, student, version, cell)
            _comment(db, read.kept[student], cell, "\n\n".join(filter(None, (typed, told))))


def _parts(read: LessonGrades) -> set[str]:
    return {part_of(read.rows.lesson, cell.name) for cell in read.rows.cells}


def _comment(db: sa.Connection, kept: Kept, cell: GradedCell, text: str) -> None:
    c = tables.comment.c
    mine = (c.notebook_id == kept.notebook, c.cell_id == cell.id)
    if not db.execute(sa.update(tables.comment).where(*mine).values(manual_comment=text or None)).rowcount and text:
        row = {"id": uuid4().hex, "notebook_id": kept.notebook, "cell_id": cell.id, "manual_comment": text}
        db.execute(sa.insert(tables.comment).values(row))
