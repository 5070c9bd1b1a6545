"""nbgrader's gradebook: its tables as they are, written in bulk where nbgrader commits cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from curriculum.cohort import tables
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.late import LatePolicy
from curriculum.cohort.result import PROSE_CELL, Result

# As nbgrader counts: what a person gave, else what the check gave.
_score = sa.case(
    (
        tables.grade.c.manual_score.is_not(None),
        tables.grade.c.manual_score + sa.func.coalesce(tables.grade.c.extra_credit, 0.0),
    ),
    (
        tables.grade.c.auto_score.is_not(None),
        tables.grade.c.auto_score + sa.func.coalesce(tables.grade.c.extra_credit, 0.0),
    ),
    else_=0.0,
)

_AT_ONCE = 500


@dataclass(frozen=True)
class GradedCell:
    """A cell of the gradebook that carries a grade."""

    id: str
    name: str
    maximum: float
    task: bool
    """Marked by a person; else by a check."""


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


def set_maxima(db: sa.Connection, rows: LessonRows, maxima: Mapping[str, float]) -> LessonRows:
    """Bring the most that each check can give up to date, where a rubric has changed since the release; by cell
    name. Returns the rows as they are then."""
    cells = tuple(replace(cell, maximum=maxima.get(cell.name, cell.maximum)) for cell in rows.cells)
    for cell, before in zip(cells, rows.cells, strict=True):
        if cell != before:
            db.execute(
                sa.update(tables.grade_cell).where(tables.grade_cell.c.id == cell.id).values(max_score=cell.maximum)
            )
    return replace(rows, cells=cells)


def extensions(db: sa.Connection, rows: LessonRows) -> dict[str, dt.timedelta]:
    """The extensions of a lesson's due date that instructors gave, by learner."""
    query = sa.select(tables.submission.c.student_id, tables.submission.c.extension).where(
        tables.submission.c.assignment_id == rows.assignment, tables.submission.c.extension.is_not(None)
    )
    return {row.student_id: row.extension for row in db.execute(query)}


def save(db: sa.Connection, rows: LessonRows, results: Sequence[Result], to_read: Collection[str]) -> None:
    """Write the results of one lesson into nbgrader's tables, in the caller's transaction.

    The learners in `to_read` are queued in formgrader for a person to read their words. What a person gave
    or wrote is never touched: a manual score stays, and is flagged, as nbgrader itself does.
    """
    notebooks = _ensure_submissions(db, rows, results)
    grades = _existing(db, tables.grade, notebooks.values(), rows.cells)
    new_grades, changed_grades = [], []
    for result in results:
        notebook = notebooks[result.student]
        points = {f"check_{score.kind}": score for score in result.artifacts}
        for cell in rows.cells:
            if cell.task:
                # Read by a person: never a score from a program, since it would count at once.
                score, needs = None, result.student in to_read
            else:
                mine = points.get(cell.name)
                readable = mine is not None and mine.status in ("graded", "not_attempted", "grader_error")
                score = float(mine.points) if mine is not None and readable else None
                needs = not readable or (mine is not None and mine.status == "grader_error")
            before = grades.get((notebook, cell.id))
            if before is None:
                new_grades.append({"id": uuid4().hex, "notebook_id": notebook, "cell_id": cell.id, "auto_score": score,
                                   "needs_manual_grade": needs})  # fmt: skip
            elif cell.task:
                if needs and not before.needs_manual_grade:
                    changed_grades.append({"_id": before.id, "_score": None, "_needs": True})
            else:
                needs = needs or before.manual_score is not None
                if (before.auto_score, before.needs_manual_grade) != (score, needs):
                    changed_grades.append({"_id": before.id, "_score": score, "_needs": needs})
    if new_grades:
        db.execute(sa.insert(tables.grade), new_grades)
    if changed_grades:
        db.execute(
            sa.update(tables.grade)
            .where(tables.grade.c.id == sa.bindparam("_id"))
            .values(auto_score=sa.bindparam("_score"), needs_manual_grade=sa.bindparam("_needs")),
            changed_grades,
        )
    _save_comments(db, rows, notebooks, {result.student: result.suggestion for result in results})


def settle_penalties(db: sa.Connection, rows: LessonRows, policy: LatePolicy, seconds_late: Mapping[str, float]) -> int:
    """Set every learner's penalty for being late from the scores as they are now; returns how many changed."""
    n = tables.submitted_notebook.c
    query = (
        sa.select(
            n.id, tables.submission.c.student_id, n.late_submission_penalty, sa.func.coalesce(sa.func.sum(_score), 0.0)
        )
        .join(tables.submission, tables.submission.c.id == n.assignment_id)
        .outerjoin(tables.grade, tables.grade.c.notebook_id == n.id)
        .where(tables.submission.c.assignment_id == rows.assignment)
        .group_by(n.id, tables.submission.c.student_id, n.late_submission_penalty)
    )
    changed = []
    for notebook, student, before, total in db.execute(query):
        if student not in seconds_late:
            continue
        penalty = policy.penalty(float(total), seconds_late[student]) if seconds_late[student] > 0 else None
        if (before or 0.0) != (penalty or 0.0):
            changed.append({"_id": notebook, "_penalty": penalty})
    if changed:
        db.execute(
            sa.update(tables.submitted_notebook)
            .where(tables.submitted_notebook.c.id == sa.bindparam("_id"))
            .values(late_submission_penalty=sa.bindparam("_penalty")),
            changed,
        )
    return len(changed)


@dataclass(frozen=True)
class Standing:
    """What the gradebook says of one learner in one lesson, manual marks and penalties included."""

    student: str
    lesson: str
    raw: float
    penalty: float
    needs_reading: bool
    """Whether something in it waits for a person."""
    unscored: int
    """Checks that have no score, neither by a program nor by a person."""
    by_hand: int
    """Checks that a person scored."""
    comment: str
    """What a person wrote; automatic comments are not among it."""

    @property
    def score(self) -> float:
        return max(0.0, self.raw - self.penalty)


def standings(db: sa.Connection, rows: LessonRows) -> dict[str, Standing]:
    """The standing of everybody who handed a lesson in, in one question to the database."""
    check = tables.cell.c.type == "GradeCell"
    nobody = tables.grade.c.manual_score.is_(None) & tables.grade.c.auto_score.is_(None)
    n = tables.submitted_notebook.c
    query = (
        sa.select(
            tables.submission.c.student_id,
            n.late_submission_penalty,
            sa.func.coalesce(sa.func.sum(_score), 0.0),
            sa.func.coalesce(sa.func.max(sa.case((tables.grade.c.needs_manual_grade, 1), else_=0)), 0),
            sa.func.sum(sa.case((check & nobody, 1), else_=0)),
            sa.func.sum(sa.case((check & tables.grade.c.manual_score.is_not(None), 1), else_=0)),
        )
        .join(tables.submitted_notebook, n.assignment_id == tables.submission.c.id)
        .outerjoin(tables.grade, tables.grade.c.notebook_id == n.id)
        .outerjoin(tables.cell, tables.cell.c.id == tables.grade.c.cell_id)
        .where(tables.submission.c.assignment_id == rows.assignment)
        .group_by(tables.submission.c.student_id, n.id, n.late_submission_penalty)
    )
    written = _comments_of(db, rows)
    return {
        student: Standing(
            student,
            rows.lesson,
            float(raw),
            float(penalty or 0.0),
            bool(needs),
            int(unscored or 0),
            int(by_hand or 0),
            written.get(student, ""),
        )
        for student, penalty, raw, needs, unscored, by_hand in db.execute(query)
    }


def manual_scores(db: sa.Connection, rows: LessonRows) -> dict[tuple[str, str], float]:
    """The scores that a person gave in a lesson, by learner and cell name."""
    query = (
        sa.select(tables.submission.c.student_id, tables.cell.c.name, tables.grade.c.manual_score)
        .join(tables.submitted_notebook, tables.submitted_notebook.c.id == tables.grade.c.notebook_id)
        .join(tables.submission, tables.submission.c.id == tables.submitted_notebook.c.assignment_id)
        .join(tables.cell, tables.cell.c.id == tables.grade.c.cell_id)
        .where(tables.submission.c.assignment_id == rows.assignment, tables.grade.c.manual_score.is_not(None))
    )
    return {(student, name): score for student, name, score in db.execute(query)}


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
        for one in course.roster
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


# How it is done


def _ensure_submissions(db: sa.Connection, rows: LessonRows, results: Sequence[Result]) -> dict[str, str]:
    """The id of each learner's submitted notebook, made where it is not there; and the time of handing in."""
    students = [result.student for result in results]
    stamps = {result.student: _moment(result.submitted_at) for result in results}
    known: dict[str, Any] = {}
    for some in _portions(students):
        query = (
            sa.select(
                tables.submission.c.id,
                tables.submission.c.student_id,
                tables.submission.c.timestamp,
                tables.submitted_notebook.c.id,
            )
            .outerjoin(
                tables.submitted_notebook,
                sa.and_(
                    tables.submitted_notebook.c.assignment_id == tables.submission.c.id,
                    tables.submitted_notebook.c.notebook_id == rows.notebook,
                ),
            )
            .where(tables.submission.c.assignment_id == rows.assignment, tables.submission.c.student_id.in_(some))
        )
        known |= {student: (id, stamp, notebook) for id, student, stamp, notebook in db.execute(query)}
    submissions, notebooks, found, stamped = [], [], {}, []
    for student in students:
        id, stamp, notebook = known.get(student, (None, None, None))
        if id is None:
            id = uuid4().hex
            submissions.append({"id": id, "assignment_id": rows.assignment, "student_id": student,
                                "timestamp": stamps[student]})  # fmt: skip
        elif stamp != stamps[student]:
            stamped.append({"_id": id, "_stamp": stamps[student]})
        if notebook is None:
            notebook = uuid4().hex
            notebooks.append({"id": notebook, "assignment_id": id, "notebook_id": rows.notebook, "flagged": False})
        found[student] = notebook
    if submissions:
        db.execute(sa.insert(tables.submission), submissions)
    if stamped:
        update = sa.update(tables.submission).where(tables.submission.c.id == sa.bindparam("_id"))
        db.execute(update.values(timestamp=sa.bindparam("_stamp")), stamped)
    if notebooks:
        db.execute(sa.insert(tables.submitted_notebook), notebooks)
    return found


def _save_comments(
    db: sa.Connection, rows: LessonRows, notebooks: Mapping[str, str], comments: Mapping[str, str]
) -> None:
    cell = next((cell for cell in rows.cells if cell.task and cell.name == PROSE_CELL), None)
    if cell is None:
        return
    known = _existing(db, tables.comment, notebooks.values(), [cell])
    new, changed = [], []
    for student, notebook in notebooks.items():
        text = comments[student] or None
        before = known.get((notebook, cell.id))
        if before is None:
            new.append({"id": uuid4().hex, "notebook_id": notebook, "cell_id": cell.id, "auto_comment": text})
        elif before.auto_comment != text:
            changed.append({"_id": before.id, "_text": text})
    if new:
        db.execute(sa.insert(tables.comment), new)
    if changed:
        update = sa.update(tables.comment).where(tables.comment.c.id == sa.bindparam("_id"))
        db.execute(update.values(auto_comment=sa.bindparam("_text")), changed)


def _comments_of(db: sa.Connection, rows: LessonRows) -> dict[str, str]:
    query = (
        sa.select(tables.submission.c.student_id, tables.comment.c.manual_comment)
        .join(tables.submitted_notebook, tables.submitted_notebook.c.id == tables.comment.c.notebook_id)
        .join(tables.submission, tables.submission.c.id == tables.submitted_notebook.c.assignment_id)
        .where(tables.submission.c.assignment_id == rows.assignment, tables.comment.c.manual_comment.is_not(None))
    )
    comments: dict[str, list[str]] = {}
    for student, text in db.execute(query):
        comments.setdefault(student, []).append(text)
    return {student: "\n\n".join(texts) for student, texts in comments.items()}


def _existing(
    db: sa.Connection, table: sa.Table, notebooks: Iterable[str], cells: Iterable[GradedCell]
) -> dict[tuple[str, str], Any]:
    found = {}
    # By cell first: nbgrader's index begins with it.
    query = sa.select(table).where(table.c.cell_id.in_([cell.id for cell in cells]))
    for some in _portions(list(notebooks)):
        for row in db.execute(query.where(table.c.notebook_id.in_(some))):
            found[row.notebook_id, row.cell_id] = row
    return found


def _portions(items: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]


def _moment(text: str) -> dt.datetime | None:
    """As nbgrader keeps it: UTC without a zone."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=None) if text else None


def _without_password(url: str) -> str:
    return sa.engine.make_url(url).render_as_string() if "://" in url else url[:80]
