"""Deleting a learner: every file and every row that a course stores about them; can be done again at any point."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from curriculum.cohort import gradebook
from curriculum.cohort.course import (
    GRADEBOOK,
    REPORT,
    ROSTER,
    SEATS,
    SETTINGS,
    STEPS,
    Course,
    CourseError,
    write_settings,
)
from curriculum.cohort.feedback import page_of, secret_of
from curriculum.cohort.records import Records
from curriculum.cohort.roster import write_roster

MOST_READ = 100_000_000
"""Bytes of a file, or of a part of a packed one, in which a name is looked for."""


@dataclass(frozen=True)
class Forgotten:
    """What was done about a learner."""

    done: tuple[str, ...]
    """A sentence for each thing, and what only a person can do."""
    left: tuple[str, ...]
    """What could not be deleted, each with a sentence on how it can be; empty where everything is gone."""


def forget(course: Course, student: str) -> Forgotten:
    """Delete everything about a learner: first the files, then the roster, last the database.

    What cannot be deleted is told, the rest goes on, and the same call again deletes what is left by then. Raises
    CourseError for an id of which the course stores nothing.
    """
    if student in ("", ".", "..") or "/" in student:
        raise CourseError(f"{student!r} is not in this course.")
    own = [course.root / step / student for step in STEPS]
    own += [course.root / SEATS / lesson / f"{student}.zip" for lesson in course.lessons]
    # Two submissions of a lesson share the place of their feedback.
    paths = [path for path in dict.fromkeys((*own, *_in_exchange(course, student))) if os.path.lexists(path)]
    together = [lesson for lesson in course.lessons if course.team_of(student, lesson)]
    engine = gradebook.open_engine(course)
    try:
        records = Records(engine)
        records.create()
        with engine.connect() as db:
            stored = gradebook.knows(db, student) or records.knows(db, student)
        if not (paths or stored or any(learner.id == student for learner in course.everybody)):
            raise CourseError(f"{student!r} is not in this course.")
        report = course.root / REPORT
        if os.path.lexists(report):
            paths.append(report)  # it may know them by an id of before; `cohort report` writes it anew
        done: list[str] = []
        left: list[str] = []
        for path in paths:
            (left if (why := _deleted(path)) else done).append(why or f"Deleted {path}.")
        _strike_off(course, student)
        with engine.begin() as db:
            attempts = records.forget(db, student)
            gradebook.forget(db, student)
    finally:
        engine.dispose()
    words = "1 attempt" if attempts == 1 else f"{attempts} attempts"
    done.append(f"Deleted from the roster, the settings and the gradebook, with {words}.")
    if together:
        done.append(
            f"{student} sat in a team in {', '.join(together)}: the file that says who sits together, and that team's "
            f"debriefs, feedback and submissions still name them. Delete these when the others' grades are final."
        )
    if named := [path.name for path in _files_beside(course) if _names(path, student)]:
        done.append(f"In {course.root}, these still name {student}: {', '.join(named)}. Delete them, or what they say.")
    done.append("Backups, handouts and exports that are elsewhere, and what is in the LMS are yours to delete.")
    return Forgotten(tuple(done), tuple(left))


def _deleted(path: Path) -> str:
    """Delete a file, a link or a folder; returns a sentence where something of it is left."""
    try:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or "it cannot be deleted").lower()
        return (
            f"{path} could not be deleted ({reason}): the files in it belong to somebody else. Whoever runs this "
            f"computer can do it: sudo rm -rf -- {shlex.quote(str(path))}. Then run the same command again."
        )
    return ""


def _strike_off(course: Course, student: str) -> None:
    """Take a learner out of the roster and the settings; nobody but the instructor reads the roster afterwards."""
    roster = course.root / ROSTER
    if any(learner.id == student for learner in course.everybody):
        write_roster(roster, [learner for learner in course.everybody if learner.id != student])
    kept = {key: variant for key, variant in course.accepted.items() if key.partition("/")[0] != student}
    seats = {key: seat for key, seat in course.seats.items() if key.partition("/")[0] != student}
    if (kept, seats) != (course.accepted, course.seats):
        write_settings(replace(course, accepted=kept, seats=seats))


def _in_exchange(course: Course, student: str) -> Iterator[Path]:
    """What the exchange holds of a learner: all that they handed in, and the feedback that was released for each."""
    if course.exchange is None:
        return
    inbound = course.exchange / course.id / "inbound"
    handed_in = [path for path in _entries(inbound) if path.name.rsplit("+", 3)[0] == student]
    # Feedback first: its place is known from what was handed in.
    for lesson in course.lessons:
        for folder in (course.submitted(student, lesson), *handed_in):
            page = page_of(course, lesson, secret_of(folder))
            if page is not None:
                yield page
    yield from handed_in


def _files_beside(course: Course) -> Iterator[Path]:
    """What people keep in a course's folder beside what is the course's own: exports, sheets, backups."""
    own = (ROSTER, SETTINGS, GRADEBOOK)
    yield from (path for path in _entries(course.root) if path.name not in own and stat.S_ISREG(path.lstat().st_mode))


def _names(path: Path, student: str) -> bool:
    """Whether a file has a learner's id in it as a whole word, also in the parts of a workbook or another ZIP file."""
    whole = re.compile(rb"(?<![\w.@-])" + re.escape(student.encode()) + rb"(?![\w@-])")
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                parts = [part for part in packed.infolist() if part.file_size <= MOST_READ]
                return any(whole.search(packed.read(part)) for part in parts)
        return path.stat().st_size <= MOST_READ and bool(whole.search(path.read_bytes()))
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return False


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
