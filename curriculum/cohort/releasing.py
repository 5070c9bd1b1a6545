"""Releasing lessons to learners by nbgrader's own steps, in this process, and to the exchange where there is one."""

from __future__ import annotations

import logging
from typing import Any

from curriculum.cohort import gradebook, saving
from curriculum.cohort.clocks import in_words
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.exchange import check_exchange, note_folder
from curriculum.cohort.records import opened
from curriculum.cohort.staging import commands_found, stage


def release_lesson(course: Course, lesson: str, *, again: bool = False) -> bool:
    """Make the learners' version of a lesson, and put it into the exchange where the course has one.

    Returns whether anything was done: a lesson that is released already is left alone unless `again`.
    Raises CourseError with one sentence where nbgrader refuses.
    """
    target = course.release(lesson)
    outbound = course.exchange / course.id / "outbound" / lesson if course.exchange else None
    if (target / f"{lesson}.ipynb").exists() and not again and (outbound is None or outbound.is_dir()):
        return False
    check_exchange(course)
    stage(course, lesson, _due(course, lesson))
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    from curriculum.cohort.nbgrader_settings import apply

    config = Config()
    apply(config, course)
    directory = CourseDirectory(config=config)
    directory.assignment_id = lesson
    carried = _words_carry(course, lesson)
    _run(GenerateAssignment(coursedir=directory, config=config, force=True), lesson)
    if not carried and _words_carry(course, lesson):
        _queue_words(course, lesson)
    if outbound is not None:
        _to_exchange(config, directory, lesson)
        note_folder(course)
    return True


def _words_carry(course: Course, lesson: str) -> bool:
    """Whether words carry points, as the gradebook has it."""
    with opened(course) as records, records.engine.connect() as db:
        try:
            return gradebook.lesson_rows(db, course, lesson).words > 0
        except CourseError:
            return False


def _queue_words(course: Course, lesson: str) -> None:
    """Words that were graded when they carried no points wait for a person now; otherwise they would be lost points."""
    with opened(course) as records, records.engine.begin() as db:
        rows = gradebook.lesson_rows(db, course, lesson)
        written = saving.with_words(db, rows)
        saving.queue(
            db,
            rows,
            (
                kept.notebook
                for kept in gradebook.kept(db, rows).values()
                if kept.notebook in written
                and all(score.manual is None for score in kept.scores if score.cell.task and score.cell.maximum > 0)
            ),
        )


def _due(course: Course, lesson: str) -> str:
    """When the lesson is due and what being late costs, as learners read it; blank where it has no due date."""
    engine = gradebook.open_engine(course)
    try:
        with engine.connect() as db:
            due = gradebook.due_date(db, lesson)
    finally:
        engine.dispose()
    if due is None:
        return ""
    return (
        f"> **Due:** {in_words(due, course.timezone)}, as your instructor had set it when this lesson was handed out; "
        f"you may have been given more time since.\n> {course.late.in_words()}"
    )


def _to_exchange(config: Any, directory: Any, lesson: str) -> None:
    from nbgrader.auth import Authenticator
    from nbgrader.exchange.default import ExchangeReleaseAssignment

    step = ExchangeReleaseAssignment(
        coursedir=directory, authenticator=Authenticator(config=config), config=config, force=True
    )
    _run(step, lesson)


def _run(step: Any, lesson: str) -> None:
    """Run one of nbgrader's steps; what it logs as errors becomes the reason that is given."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    log = logging.getLogger(f"cohort.release.{lesson}")
    log.propagate = False
    log.setLevel(logging.ERROR)
    log.handlers = [Listener()]
    step.log = log
    try:
        with commands_found():
            step.start()
    except Exception as error:
        # nbgrader raises bare exceptions of many kinds, and says what is wrong only in its log.
        reason = next((line.strip().splitlines()[-1] for line in reversed(heard) if line.strip()), str(error))
        raise CourseError(f"{lesson} could not be released: {reason}") from error
