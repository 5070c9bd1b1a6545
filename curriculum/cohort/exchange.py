"""The course's folder in nbgrader's exchange: anybody can make folders there, so whose it is is looked at first."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from curriculum.cohort.course import Course, CourseError


def owner_of(about: os.stat_result) -> str:
    """The name of the system user whom a file or a folder belongs to."""
    try:
        import pwd

        return pwd.getpwuid(about.st_uid).pw_name
    except (KeyError, ModuleNotFoundError):
        return "an unknown user"


def check_exchange(course: Course) -> None:
    """Raises CourseError where a learner made the course's folder in the exchange before the course did, or a folder
    in it, and where others could put folders beside those of the course."""
    if course.exchange is None or not course.check_owner:
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


def _taken(folder: Path, why: str) -> str:
    return (
        f"{folder} {why}, so what lies there may not be what it seems. Nothing was done. Ask whoever runs this "
        f"computer to delete it, then run the same command again; where all learners are one system user, set "
        f"check_owner = false in cohort.toml."
    )
