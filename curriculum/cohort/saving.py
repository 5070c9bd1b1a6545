"""Results into nbgrader's tables: in bulk, where nbgrader commits cell by cell; what a person gave is never touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from curriculum.cohort import tables
from curriculum.cohort.gradebook import CellScore, GradedCell, LessonRows
from curriculum.cohort.result import PROSE_CELL, Result

_AT_ONCE = 500


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


def scores_after(
    rows: LessonRows, result: Result, before: Mapping[str, CellScore], *, to_read: bool, handed_in_again: bool
) -> tuple[CellScore, ...]:
    """A learner's scores once a result is saved, given those of `before` by cell id.

    What a person gave or wrote is never touched: it stands, and is flagged where the check decides otherwise now or
    something else was handed in, until the person decides. `to_read`: there are words that nobody has read.
    """
    points = {f"check_{score.kind}": score for score in result.artifacts}
    scores = []
    for cell in rows.cells:
        old = replace(before.get(cell.id, CellScore(cell)), cell=cell)
        if cell.task:
            # Read by a person: never a score from a program, since it would count at once.
            scores.append(replace(old, auto=None, flagged=old.flagged or to_read))
            continue
        mine = points.get(cell.name)
        readable = mine is not None and mine.status in ("graded", "not_attempted", "grader_error")
        auto = float(mine.points) if mine is not None and readable else None
        undecided = old.manual is not None and (old.flagged or handed_in_again or old.auto != auto)
        broken = not readable or (mine is not None and mine.status == "grader_error")
        scores.append(replace(old, auto=auto, flagged=broken or undecided))
    return tuple(scores)


def save(
    db: sa.Connection,
    rows: LessonRows,
    results: Sequence[Result],
    to_read: Collection[str],
    handed_in_again: Collection[str] = (),
) -> None:
    """Write the results of one lesson into nbgrader's tables, in the caller's transaction.

    The learners in `to_read` are queued in formgrader for a person to read their words; those in `handed_in_again`
    handed in something else than what was graded before.
    """
    notebooks = _ensure_submissions(db, rows, results)
    cells = {cell.id: cell for cell in rows.cells}
    ids: dict[str, dict[str, str]] = {}
    before: dict[str, dict[str, CellScore]] = {}
    for (notebook, cell), row in _existing(db, tables.grade, notebooks.values(), rows.cells).items():
        ids.setdefault(notebook, {})[cell] = row.id
        before.setdefault(notebook, {})[cell] = CellScore(
            cells[cell], row.auto_score, row.manual_score, row.extra_credit or 0.0, bool(row.needs_manual_grade)
        )
    new_grades, changed_grades = [], []
    for result in results:
        notebook = notebooks[result.student]
        old = before.get(notebook, {})
        again = result.student in handed_in_again
        for score in scores_after(rows, result, old, to_read=result.student in to_read, handed_in_again=again):
            cell = score.cell.id
            if cell not in old:
                new_grades.append({"id": uuid4().hex, "notebook_id": notebook, "cell_id": cell,
                                   "auto_score": score.auto, "needs_manual_grade": score.flagged})  # fmt: skip
            elif (old[cell].auto, old[cell].flagged) != (score.auto, score.flagged):
                changed_grades.append({"_id": ids[notebook][cell], "_score": score.auto, "_needs": score.flagged})
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


def with_words(db: sa.Connection, rows: LessonRows) -> set[str]:
    """The submitted notebooks of a lesson that have words for a person to read."""
    c = tables.comment.c
    mine = c.cell_id.in_([cell.id for cell in rows.cells if cell.task and cell.name == PROSE_CELL])
    return set(db.execute(sa.select(c.notebook_id).where(mine, c.auto_comment.is_not(None))).scalars())


def queue(db: sa.Connection, rows: LessonRows, notebooks: Iterable[str]) -> None:
    """Queue the words of submitted notebooks in formgrader, for a person to read."""
    g = tables.grade.c
    mine = g.cell_id.in_([cell.id for cell in rows.cells if cell.task])
    for some in _portions(list(notebooks)):
        db.execute(sa.update(tables.grade).where(mine, g.notebook_id.in_(some)).values(needs_manual_grade=True))


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
