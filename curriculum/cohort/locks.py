"""One at a time: who collects or grades a course holds a lock, which the system gives back when a process is killed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from curriculum.cohort.course import Course, CourseError


@contextlib.contextmanager
def grading(course: Course) -> Iterator[None]:
    """While a course is graded; raises CourseError where somebody else does."""
    with _held(course, "grading") as mine:
        if not mine:
            raise CourseError(f"{course.root} is being graded already; wait for that to end.")
        yield


@contextlib.contextmanager
def collecting(course: Course) -> Iterator[None]:
    """While submissions are taken in; raises CourseError where somebody else does."""
    with _held(course, "collecting") as mine:
        if not mine:
            raise CourseError(f"Submissions of {course.root} are being collected already; wait for that to end.")
        yield


@contextlib.contextmanager
def unless_collecting(course: Course) -> Iterator[bool]:
    """Whether nobody is taking in submissions, and nobody begins to within."""
    with _held(course, "collecting") as mine:
        yield mine


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
