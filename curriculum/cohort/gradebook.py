"""nbgrader's gradebook: what it holds of a course, and what a course itself puts there; results go in by `saving`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from curriculum.cohort import tables
from curriculum.cohort.course import Course, CourseError


@dataclass(frozen=True)
class GradedCell:
    """A cell of the gradebook that carries a grade."""

    id: str
    name: str
    maximum: float
    task: bool
    """Marked by a person; else by a check."""


@dataclass(frozen=True)
class CellScore:
    """What the gradebook holds of one learner in one cell."""

    cell: GradedCell
    auto: float | None = None
    manual: float | None = None
    """What a person gave; it stands before what the check gave."""
    extra: float = 0.0
    flagged: bool = False
    """It waits for a person, as formgrader shows it."""
    comment: str = ""
    """What a person wrote; automatic comments are not among it."""

    @property
    def counts(self) -> float | None:
        """The points as nbgrader counts them; None where nobody and nothing has given any."""
        given = self.auto if self.manual is None else self.manual
        return None if given is None else given + self.extra


@dataclass(frozen=True)
class Kept:
    """What the gradebook holds of one learner in one lesson."""

    student: str
    notebook: str
    handed_in: dt.datetime | None
    """UTC."""
    extension: dt.timedelta | None
    penalty: float
    """As nbgrader's own pages show it."""
    scores: tuple[CellScore, ...]


@dataclass(frozen=True)
class LessonRows:
    """Where the gradebook keeps one lesson."""

    lesson: str
    assignment: str
    notebook: str
    cells: tuple[GradedCell, ...]
    due: dt.datetime | None
    """UTC, without a zone, as nbgrader keeps it."""

    @property
    def maximum(self) -> float:
        return sum(cell.maximum for cell in self.cells)

    @property
    def words(self) -> float:
        """What a person can give for words."""
        return sum(cell.maximum for cell in self.cells if cell.task)


def open_engine(course: Course) -> sa.Engine:
    """A connection to the course's database; raises CourseError where its driver is not installed."""
    url = course.database_url
    try:
        if url.startswith("sqlite"):
            engine = sa.create_engine(url, connect_args={"timeout": 60})
            sa.event.listen(engine, "connect", _overwrites_what_is_deleted)
            return engine
        return sa.create_engine(url)
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError):
        raise CourseError(
            f"The database {_without_password(url)} cannot be used; write it like "
            f"postgresql+psycopg://teacher@db.example.edu/gradebook."
        ) from None
    except ModuleNotFoundError as error:
        raise CourseError(
            f"The database {_without_password(url)} needs the package {error.name}; install what cohorts need "
            f"with `pip install --no-deps --require-hashes -r requirements/cohort.txt`."
        ) from None


def _overwrites_what_is_deleted(connection: Any, _: Any) -> None:
    """SQLite otherwise leaves what was deleted in the file, to be read by whoever has it."""
    connection.execute("PRAGMA secure_delete = ON")


def lesson_rows(db: sa.Connection, course: Course, lesson: str) -> LessonRows:
    """The gradebook's rows of a lesson; raises CourseError where it was never released."""
    found = db.execute(
        sa.select(tables.assignment.c.id, tables.assignment.c.duedate, tables.notebook.c.id)
        .join(tables.notebook, tables.notebook.c.assignment_id == tables.assignment.c.id)
        .where(tables.assignment.c.name == lesson, tables.notebook.c.name == lesson)
    ).first()
    if found is None:
        raise CourseError(
            f"{lesson} is not in the gradebook yet; run `curriculum cohort release {course.root} {lesson}`."
        )
    assignment, due, notebook = found
    maximum = sa.func.coalesce(tables.grade_cell.c.max_score, tables.task_cell.c.max_score)
    rows = db.execute(
        sa.select(tables.cell.c.id, tables.cell.c.name, maximum, tables.cell.c.type)
        .outerjoin(tables.grade_cell, tables.grade_cell.c.id == tables.cell.c.id)
        .outerjoin(tables.task_cell, tables.task_cell.c.id == tables.cell.c.id)
        .where(tables.cell.c.notebook_id == notebook, tables.cell.c.type.in_(("GradeCell", "TaskCell")))
        .order_by(tables.cell.c.name)
    )
    cells = tuple(GradedCell(id, name, float(most), type == "TaskCell") for id, name, most, type in rows)
    return LessonRows(lesson, assignment, notebook, cells, due)


def kept(db: sa.Connection, rows: LessonRows) -> dict[str, Kept]:
    """What the gradebook holds of everybody who handed a lesson in; the whole class in three questions."""
    cells = {cell.id: cell for cell in rows.cells}
    g, words = tables.grade.c, tables.comment.c
    comments = {
        (notebook, cell): text
        for notebook, cell, text in db.execute(
            sa.select(words.notebook_id, words.cell_id, words.manual_comment).where(
                words.cell_id.in_(cells), words.manual_comment.is_not(None)
            )
        )
    }
    # By cell: nbgrader's index begins with it.
    query = sa.select(g.notebook_id, g.cell_id, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade)
    scores: dict[str, dict[str, CellScore]] = {}
    for notebook, cell, auto, manual, extra, flagged in db.execute(query.where(g.cell_id.in_(cells))):
        scores.setdefault(notebook, {})[cell] = CellScore(
            cells[cell], auto, manual, extra or 0.0, bool(flagged), comments.get((notebook, cell), "")
        )
    n, s = tables.submitted_notebook.c, tables.submission.c
    whose = (
        sa.select(s.student_id, n.id, s.timestamp, s.extension, n.late_submission_penalty)
        .join(tables.submitted_notebook, n.assignment_id == s.id)
        .where(s.assignment_id == rows.assignment)
    )
    return {
        student: Kept(
            student,
            notebook,
            stamp.replace(tzinfo=dt.UTC) if stamp else None,
            extension,
            float(penalty or 0.0),
            tuple(scores[notebook][cell] for cell in cells if cell in scores.get(notebook, ())),
        )
        for student, notebook, stamp, extension, penalty in db.execute(whose)
    }


def set_penalties(db: sa.Connection, penalties: Mapping[str, float]) -> None:
    """Set what nbgrader's own pages take off for being late, by submitted notebook."""
    if penalties:
        db.execute(
            sa.update(tables.submitted_notebook)
            .where(tables.submitted_notebook.c.id == sa.bindparam("_id"))
            .values(late_submission_penalty=sa.bindparam("_penalty")),
            [{"_id": notebook, "_penalty": penalty or None} for notebook, penalty in penalties.items()],
        )


def set_extensions(db: sa.Connection, lesson: str, extensions: Mapping[str, dt.timedelta | None]) -> None:
    """Set the extensions that nbgrader's own tools see, by learner; only of those who have handed in."""
    if extensions:
        mine = sa.select(tables.assignment.c.id).where(tables.assignment.c.name == lesson).scalar_subquery()
        db.execute(
            sa.update(tables.submission)
            .where(
                tables.submission.c.assignment_id == mine,
                tables.submission.c.student_id == sa.bindparam("_student"),
            )
            .values(extension=sa.bindparam("_extension")),
            [{"_student": student, "_extension": extension} for student, extension in extensions.items()],
        )


def forget(db: sa.Connection, student: str) -> None:
    """Delete everything about a learner from nbgrader's tables."""
    mine = sa.select(tables.submission.c.id).where(tables.submission.c.student_id == student)
    notebooks = sa.select(tables.submitted_notebook.c.id).where(tables.submitted_notebook.c.assignment_id.in_(mine))
    for table in (tables.grade, tables.comment):
        db.execute(sa.delete(table).where(table.c.notebook_id.in_(notebooks)))
    db.execute(sa.delete(tables.submitted_notebook).where(tables.submitted_notebook.c.assignment_id.in_(mine)))
    db.execute(sa.delete(tables.submission).where(tables.submission.c.student_id == student))
    db.execute(sa.delete(tables.student).where(tables.student.c.id == student))


def knows(db: sa.Connection, student: str) -> bool:
    """Whether nbgrader's tables hold a learner."""
    return db.execute(sa.select(tables.student.c.id).where(tables.student.c.id == student)).first() is not None


def save_roster(db: sa.Connection, course: Course) -> None:
    """Put the roster into the gradebook: new learners are added, known ones brought up to date."""
    known = {row.id: row for row in db.execute(sa.select(tables.student))}
    values = [
        {"id": one.id, "first_name": one.first_name or None, "last_name": one.last_name or None,
         "email": one.email or None, "lms_user_id": one.lms_id or None}
        for one in course.everybody
    ]  # fmt: skip
    new = [row for row in values if row["id"] not in known]
    changed = [row for row in values if row["id"] in known and tuple(row.values()) != tuple(known[str(row["id"])])]
    if new:
        db.execute(sa.insert(tables.student), new)
    if changed:
        db.execute(
            sa.update(tables.student)
            .where(tables.student.c.id == sa.bindparam("_id"))
            .values({name: sa.bindparam(f"_{name}") for name in list(changed[0])[1:]}),
            [{f"_{name}": value for name, value in row.items()} for row in changed],
        )


def save_assignments(db: sa.Connection, course_id: str, lessons: Sequence[str]) -> None:
    """Put lessons into the gradebook that are not there yet."""
    known = set(db.execute(sa.select(tables.assignment.c.name)).scalars())
    new = [{"id": uuid4().hex, "name": lesson, "course_id": course_id} for lesson in lessons if lesson not in known]
    if new:
        db.execute(sa.insert(tables.assignment), new)


def due_date(db: sa.Connection, lesson: str) -> dt.datetime | None:
    """When a lesson is due, in UTC with its zone; None where it has no due date or is not there."""
    due = db.execute(sa.select(tables.assignment.c.duedate).where(tables.assignment.c.name == lesson)).scalar()
    return due.replace(tzinfo=dt.UTC) if due else None


def save_due(db: sa.Connection, lesson: str, due: dt.datetime | None) -> None:
    """Set a lesson's due date (with a time zone, or None for none)."""
    moment = due.astimezone(dt.UTC).replace(tzinfo=None) if due else None
    db.execute(sa.update(tables.assignment).where(tables.assignment.c.name == lesson).values(duedate=moment))


def _without_password(url: str) -> str:
    return sa.engine.make_url(url).render_as_string() if "://" in url else url[:80]
