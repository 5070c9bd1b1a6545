"""The course's folder in nbgrader's exchange: anybody can make folders there, so whose it is is looked at first."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from curriculum.cohort.course import SETTINGS, Course, CourseError
from curriculum.support.files import FileRefused, read_text, write_whole

FROM = ".released-from"
"""In the course's folder of the exchange: from which folder its lessons come."""


def owner_of(about: os.stat_result) -> str:
    """The name of the system user whom a file or a folder belongs to."""
    try:
        import pwd

        return pwd.getpwuid(about.st_uid).pw_name
    except (KeyError, ModuleNotFoundError):
        return "an unknown user"


def check_exchange(course: Course) -> None:
    """Raises CourseError where a learner made the course's folder in the exchange before the course did, or a folder
    in it, where others could put folders beside those of the course, and where it belongs to a course of which this
    one is a copy."""
    if course.exchange is None:
        return
    check_no_copy(course)
    if not course.check_owner:
        return
    root = course.exchange / course.id
    learners = {learner.id for learner in course.everybody}
    for folder in (root, root / "outbound", root / "inbound", root / "feedback"):
        try:
            about = folder.lstat()
        except FileNotFoundError:
            continue
        if (owner := owner_of(about)) in learners:
            raise CourseError(_taken(folder, f"belongs to {owner}, who is a learner"))
        if not stat.S_ISDIR(about.st_mode):
            raise CourseError(_taken(folder, "is no folder"))
    if root.is_dir() and root.stat().st_mode & stat.S_IWOTH:
        raise CourseError(_taken(root, "can be changed by everybody on this computer"))


def note_folder(course: Course) -> None:
    """Note in the exchange that the course's lessons come from this folder."""
    if course.exchange is not None:
        write_whole(course.exchange / course.id / FROM, f"{course.root}\n", private=True)


def check_no_copy(course: Course) -> None:
    """Raises CourseError where the exchange belongs to a course of which this one is a copy; a folder that was moved
    may go on."""
    if course.exchange is None:
        return
    root = course.exchange / course.id
    try:
        other = Path(read_text(root / FROM, root, limit=4096).strip())
    except (OSError, FileRefused):
        return  # nothing was released yet, or somebody else who teaches has released it
    if other != course.root and (other / SETTINGS).is_file():
        raise CourseError(
            f"{root} is in use by {other}, and this course seems to be a copy of that one, so learners would get and "
            f'lose work by it. Nothing was done. For a trial set exchange = "" in {course.root / SETTINGS}, or another '
            f"folder; to go on with this copy, delete the other one or its {SETTINGS}."
        )


def _taken(folder: Path, why: str) -> str:
    return (
        f"{folder} {why}, so what lies there may not be what it seems. Nothing was done. Ask whoever runs this "
        f"computer to delete it, then run the same command again; where all learners are one system user, set "
        f"check_owner = false in cohort.toml."
    )
