"""One at a time: who collects or grades a course holds a lock, which the system gives back when a process is killed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager

from curriculum.cohort.course import Course, CourseError


def grading(course: Course) -> AbstractContextManager[None]:
    """While a course is graded; raises CourseError where somebody else does."""
    return _alone(course, "grading", f"{course.root} is being graded already; wait for that to end.")


def collecting(course: Course) -> AbstractContextManager[None]:
    """While submissions are taken in; raises CourseError where somebody else does."""
    already = f"Submissions of {course.root} are being collected already; wait for that to end."
    return _alone(course, "collecting", already)


@contextlib.contextmanager
def unless_collecting(course: Course) -> Iterator[bool]:
    """Whether nobody is taking in submissions, and nobody begins to within."""
    with _held(course, "collecting") as mine:
        yield mine


@contextlib.contextmanager
def _alone(course: Course, what: str, already: str) -> Iterator[None]:
    with _held(course, what) as mine:
        if not mine:
            raise CourseError(already)
        yield


@contextlib.contextmanager
def _held(course: Course, what: str) -> Iterator[bool]:
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows, where nbgrader has no exchange either
        yield True
        return
    course.private.mkdir(exist_ok=True)
    with (course.private / f"{what}.lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
