"""Deleting a learner: every file and every row that a course stores about them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from curriculum.cohort import gradebook
from curriculum.cohort.course import ROSTER, Course, CourseError
from curriculum.cohort.feedback import released_page
from curriculum.cohort.records import Records
from curriculum.cohort.roster import write_roster


def forget(course: Course, student: str) -> list[str]:
    """Delete everything about a learner from the roster, the folders and the database; returns what was done,
    and what only a person can do. Raises CourseError for an id that is nowhere in the course."""
    folders = [course.root / step / student for step in ("submitted", "autograded", "feedback", "executed")]
    known = any(learner.id == student for learner in course.roster)
    if student in ("", ".", "..") or "/" in student or not (known or any(map(os.path.lexists, folders))):
        raise CourseError(f"{student!r} is not in this course.")
    in_exchange = list(_in_exchange(course, student))
    engine = gradebook.open_engine(course)
    try:
        records = Records(engine)
        records.create()
        with engine.begin() as db:
            attempts = records.forget(db, student)
            gradebook.forget(db, student)
    finally:
        engine.dispose()
    write_roster(course.root / ROSTER, [learner for learner in course.roster if learner.id != student])
    done = [f"Deleted from the roster and the gradebook, with {attempts} attempts."]
    for folder in folders:
        if os.path.lexists(folder):
            folder.unlink() if folder.is_symlink() else shutil.rmtree(folder)
            done.append(f"Deleted {folder}.")
    for path in in_exchange:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
        done.append(f"Deleted {path}.")
    done.append("Backups, handouts and exports that were made before, and what is in the LMS are yours to delete.")
    return done


def _in_exchange(course: Course, student: str) -> Iterator[Path]:
    """What the exchange holds of a learner: what they handed in, and the feedback that was released."""
    if course.exchange is None:
        return
    for lesson in course.lessons:
        page = released_page(course, student, lesson)
        if page is not None and page.is_file():
            yield page
    inbound = course.exchange / course.id / "inbound"
    if inbound.is_dir():
        yield from (path for path in inbound.iterdir() if path.name.rsplit("+", 3)[0] == student)
