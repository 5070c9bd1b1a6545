"""Who is stored in a course: those on the roster and those who left; another id keeps work, marks and worlds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa

from curriculum.cohort import gradebook, tables
from curriculum.cohort.course import ROSTER, STEPS, Course, CourseError, write_settings
from curriculum.cohort.own_tables import attempts, extensions, markers, marks
from curriculum.cohort.records import opened
from curriculum.cohort.roster import Learner, check_id, write_roster


@dataclass(frozen=True)
class Left:
    """Somebody of whom the course stores something and who is not on the roster."""

    learner: Learner
    lessons: tuple[str, ...]
    """In which something was handed in or graded."""


def who_left(course: Course) -> list[Left]:
    """Everybody who is stored and no longer on the roster, by id."""
    here = {learner.id for learner in course.everybody}
    with opened(course) as records, records.engine.connect() as db:
        known = {row.id: _learner(row) for row in db.execute(sa.select(tables.student)) if row.id not in here}
        graded = db.execute(sa.select(attempts.c.student, attempts.c.lesson).distinct()).all()
    lessons: dict[str, set[str]] = {}
    for student, lesson in [*graded, *_folders(course)]:
        if student not in here:
            lessons.setdefault(student, set()).add(lesson)
    return [Left(known.get(id, Learner(id)), tuple(sorted(lessons.get(id, ())))) for id in sorted({*known, *lessons})]


def restore(course: Course, student: str) -> Learner:
    """Put somebody who left back on the roster, as the gradebook knows them. Raises CourseError."""
    found = next((one.learner for one in who_left(course) if one.learner.id == student), None)
    if found is None:
        raise CourseError(f"Nothing is stored of {student!r} who left; `curriculum cohort people` lists who did.")
    write_roster(course.root / ROSTER, [*course.everybody, found])
    return found


def rename(course: Course, old: str, new: str) -> list[str]:
    """Give a learner another id: their folders, marks, extensions and worlds go with them; returns what was done.

    Their world stays in the lessons in which they have handed in; in the others they are dealt the one of the new id,
    as their lesson deals it. Can be run again after a failure. Raises CourseError.
    """
    check_id(new)
    roster = {learner.id: learner for learner in course.everybody}
    others = {id.casefold() for id in roster if id not in (old, new)}
    if (new in roster and old in roster) or new.casefold() in others:
        raise CourseError(f"{new!r} is on the roster already, as somebody else; forget or rename that one first.")
    if old not in roster and new not in roster:
        raise CourseError(f"{old!r} is not on the roster of {course.root}.")
    with opened(course) as records:
        with records.engine.connect() as db:
            if old in roster and (gradebook.knows(db, new) or records.knows(db, new)):
                raise CourseError(f"The course stores work of {new!r} already; `curriculum cohort forget` it first.")
            query = sa.select(attempts.c.lesson).where(attempts.c.student.in_((old, new))).distinct()
            worked_in = {*db.execute(query).scalars(), *(name for id, name in _folders(course) if id in (old, new))}
        dealt = {
            lesson: course.variant(old, lesson) for lesson in worked_in if f"{new}/{lesson}" not in course.accepted
        }
        kept = {key: world for key, world in course.accepted.items() if key.partition("/")[0] != old}
        seats = {key: seat for key, seat in course.seats.items() if key.rpartition("/")[0] != old}
        seats |= {f"{new}/{name}": course.seat_of(old, name) for name in course.lessons if course.team_of(old, name)}
        accepted = {**kept, **{f"{new}/{lesson}": dealt[lesson] for lesson in dealt}}
        write_settings(replace(course, accepted=accepted, seats=seats))
        moved = list(_move(course, old, new))
        with records.engine.begin() as db:
            _rename_rows(db, old, new)
        # The roster last: until it says so, the same call does what is left.
        write_roster(course.root / ROSTER, [replace(one, id=new) if one.id == old else one for one in course.everybody])
    worlds = f", and their worlds in {', '.join(sorted(worked_in))}" if worked_in else ""
    return [*moved, f"{old} is {new} now, on the roster and in the gradebook, with all marks{worlds}."]


def _move(course: Course, old: str, new: str) -> Iterator[str]:
    for step in STEPS:
        source, target = course.root / step / old, course.root / step / new
        if not os.path.lexists(source):
            continue
        if os.path.lexists(target):
            raise CourseError(f"{target} is there already; move it elsewhere, then run the same command again.")
        source.rename(target)
        yield f"{source.relative_to(course.root)} is {target.relative_to(course.root)} now."


def _rename_rows(db: sa.Connection, old: str, new: str) -> None:
    """nbgrader's own row of the learner is made anew, since others refer to it by the id."""
    row = db.execute(sa.select(tables.student).where(tables.student.c.id == old)).mappings().first()
    if row is not None:
        if not gradebook.knows(db, new):
            db.execute(sa.insert(tables.student).values({**row, "id": new}))
        db.execute(sa.update(tables.submission).where(tables.submission.c.student_id == old).values(student_id=new))
        db.execute(sa.delete(tables.student).where(tables.student.c.id == old))
    for table in (attempts, extensions, markers, marks):
        db.execute(sa.update(table).where(table.c.student == old).values(student=new))


def _folders(course: Course) -> Iterator[tuple[str, str]]:
    """(learner, lesson) of everything that lies in `submitted`."""
    place = course.root / "submitted"
    for folder in sorted(place.iterdir()) if place.is_dir() else ():
        if folder.is_dir() and not folder.name.startswith("."):
            yield from ((folder.name, lesson.name) for lesson in folder.iterdir() if not lesson.name.startswith("."))


def _learner(row: sa.Row[tuple[object, ...]]) -> Learner:
    return Learner(row.id, row.first_name or "", row.last_name or "", row.email or "", row.lms_user_id or "")
