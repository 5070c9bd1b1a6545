"""Grading a course: find what changed, judge it side by side, save as it comes, and say whose grade changed."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from itertools import groupby
from pathlib import Path

import sqlalchemy as sa

from curriculum.cohort import gradebook
from curriculum.cohort.collecting import put_back
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.judging import Batch, Outcome, Unchanged, Unit, prepare
from curriculum.cohort.pool import judge_in_processes, usable_cores
from curriculum.cohort.provenance import grader_sha256
from curriculum.cohort.records import Attempt, Records
from curriculum.cohort.result import Result, SubmissionStatus
from curriculum.support.console import OnProgress
from graders import load_rubric

BATCH = 40
"""Submissions in one batch: enough that handing it over costs little, few enough that work is shared evenly."""

SAVED_AT_ONCE = 400
"""Results in one transaction; a kill loses at most so many, which are judged again."""

SAVED_EVERY = 2.0
"""Seconds after which results are saved even where they are fewer."""


@dataclass(frozen=True)
class Change:
    """A grade that is not what it was."""

    student: str
    lesson: str
    before: str
    """The points as text, or the status where there was no score."""
    after: str
    because: str
    criteria: tuple[str, ...] = ()
    """What each criterion that decided otherwise says now: "name: met" or "name: not met"."""


@dataclass
class Graded:
    """What a grading did."""

    judged: int = 0
    unchanged: int = 0
    statuses: dict[SubmissionStatus, int] = field(default_factory=dict)
    """How many learners and lessons stand where, of all lessons that were asked for."""
    late: int = 0
    changes: list[Change] = field(default_factory=list)
    problems: list[Result] = field(default_factory=list)
    """Results of this grading that are not simply graded."""
    strangers: tuple[str, ...] = ()
    """Folders in `submitted` that belong to nobody on the roster."""
    seconds: float = 0.0


def grade_course(
    course: Course,
    lessons: tuple[str, ...] = (),
    *,
    students: tuple[str, ...] = (),
    workers: int = 0,
    scheduler: str = "",
    again: bool = False,
    dry_run: bool = False,
    on_progress: OnProgress | None = None,
) -> Graded:
    """Grade what has changed since the last time, or everything (`again`), and save it as it comes.

    `dry_run` judges and compares, and saves nothing. Can be stopped or killed at any moment and run again.
    Raises CourseError, RosterError, and what the database raises.
    """
    begin = time.perf_counter()
    lessons = course.chosen(lessons)
    with _lock(course):
        put_back(course)
        engine = gradebook.open_engine(course)
        try:
            records = Records(engine)
            records.create()
            work = _find_work(course, engine, records, lessons, students, again=again, marking=not dry_run)
            graded = Graded(strangers=_strangers(course))
            with contextlib.closing(_judges(work, workers, scheduler)) as outcomes:
                _judge_and_save(course, engine, records, work, graded, outcomes, dry_run, on_progress)
            if not dry_run:
                _settle(engine, records, course, work)
            _count(records, course, lessons, students, graded)
        finally:
            engine.dispose()
    graded.seconds = time.perf_counter() - begin
    return graded


@dataclass
class _Work:
    """What there is to do, and what is known from before."""

    lessons: dict[str, gradebook.LessonRows]
    units: list[Unit]
    before: dict[tuple[str, str], Attempt]
    late: dict[tuple[str, str], float] = field(default_factory=dict)


def _find_work(
    course: Course,
    engine: sa.Engine,
    records: Records,
    lessons: Iterable[str],
    students: Sequence[str],
    *,
    again: bool,
    marking: bool,
) -> _Work:
    learners = [learner.id for learner in course.roster]
    if unknown := set(students) - set(learners):
        raise CourseError(f"{', '.join(sorted(unknown))}: not on the roster of {course.root}.")
    with engine.connect() as db:
        rows = {lesson: gradebook.lesson_rows(db, course, lesson) for lesson in lessons}
        extensions = {lesson: gradebook.extensions(db, rows[lesson]) for lesson in rows}
    before = {(attempt.student, attempt.lesson): attempt for attempt in records.current(lessons)}
    units = []
    for lesson, row in rows.items():
        current = grader_sha256(lesson)
        due = row.due.replace(tzinfo=UTC).timestamp() if row.due else None
        sheet = course.release(lesson) / f"{lesson}.ipynb"
        for learner in students or learners:
            folder = course.submitted(learner, lesson)
            if not os.path.lexists(folder):
                continue
            variant = course.variant(learner, lesson)
            marked = course.autograded(learner, lesson)
            attempt = before.get((learner, lesson))
            standing = (
                attempt is not None
                and not again
                and attempt.grader_sha256 == current
                and attempt.seed == variant
                and attempt.status is not SubmissionStatus.FAILED
                and (not marking or (marked / f"{lesson}.ipynb").exists())
            )
            extension = extensions[lesson].get(learner)
            units.append(
                Unit(
                    student=learner,
                    lesson=lesson,
                    folder=str(folder),
                    variant=variant,
                    due=due + (extension.total_seconds() if extension else 0.0) if due is not None else None,
                    grace=course.late.grace_minutes * 60,
                    known=attempt.submission_sha256 if attempt is not None and standing else "",
                    marked=str(marked) if marking else "",
                    sheet=str(sheet),
                )
            )
    units.sort(key=lambda unit: (unit.lesson, unit.variant, unit.student))
    return _Work(rows, units, before)


def _judges(work: _Work, workers: int, scheduler: str) -> Generator[list[Outcome]]:
    workers = workers or usable_cores()
    size = max(1, min(BATCH, len(work.units) // (4 * workers) or 1))
    batches: list[Batch] = []
    for lesson in work.lessons:
        mine = [unit for unit in work.units if unit.lesson == lesson]
        if mine and not scheduler:
            prepare(lesson, mine[0].variant)
        batches += [Batch(len(batches) + index, portion) for index, portion in enumerate(_portions(mine, size))]
    if scheduler:
        from curriculum.cohort.cluster import judge_on_cluster

        return judge_on_cluster(batches, scheduler)
    return judge_in_processes(batches, workers)


def _portions(units: Sequence[Unit], size: int) -> Iterator[tuple[Unit, ...]]:
    """Units in portions of about `size`, those of one world together, since making a world takes time."""
    portion: list[Unit] = []
    for _, group in groupby(units, key=lambda unit: unit.variant):
        world = list(group)
        if portion and len(portion) + len(world) > size:
            yield tuple(portion)
            portion = []
        portion += world
        while len(portion) >= 2 * size:
            yield tuple(portion[:size])
            portion = portion[size:]
    if portion:
        yield tuple(portion)


def _judge_and_save(
    course: Course,
    engine: sa.Engine,
    records: Records,
    work: _Work,
    graded: Graded,
    outcomes: Iterator[list[Outcome]],
    dry_run: bool,
    on_progress: OnProgress | None,
) -> None:
    run = (
        0 if dry_run or not work.units else records.begin_run({"lessons": list(work.lessons), "units": len(work.units)})
    )
    unsaved: list[Result] = []
    done, saved = 0, time.monotonic()
    for portion in outcomes:
        done += len(portion)
        for outcome in portion:
            work.late[outcome.student, outcome.lesson] = outcome.seconds_late
            if isinstance(outcome, Unchanged):
                graded.unchanged += 1
            elif outcome.status is SubmissionStatus.MISSING:
                _expect_gone(course.submitted(outcome.student, outcome.lesson))
            else:
                unsaved.append(outcome)
        if len(unsaved) >= SAVED_AT_ONCE or time.monotonic() - saved > SAVED_EVERY:
            _save(engine, records, work, graded, run, unsaved, dry_run)
            unsaved, saved = [], time.monotonic()
        if on_progress:
            on_progress(done, len(work.units))
    if unsaved:
        _save(engine, records, work, graded, run, unsaved, dry_run)
    if run:
        records.finish_run(run)


def _expect_gone(folder: Path) -> None:
    """A worker found no folder where there was one: it was taken away, or the worker does not see it."""
    if os.path.lexists(folder):
        raise CourseError(
            f"A worker does not see {folder}; every worker must see the course's folder, under the same path."
        )


def _save(
    engine: sa.Engine, records: Records, work: _Work, graded: Graded, run: int, results: list[Result], dry_run: bool
) -> None:
    """One transaction: the grades, the gradebook and the changes, all or none of them."""
    graded.judged += len(results)
    graded.problems += [result for result in results if result.status is not SubmissionStatus.GRADED]
    with engine.begin() as db:
        graded.changes += _changes(db, records, work.before, results)
        if dry_run:
            return
        records.save(db, run, results)
        for lesson in {result.lesson for result in results if result.report}:
            rubric = load_rubric(lesson)
            records.save_rubric(db, rubric)
            maxima = {f"check_{kind}": float(rubric.points(kind)) for kind in rubric.artifacts}
            work.lessons[lesson] = gradebook.set_maxima(db, work.lessons[lesson], maxima)
        for lesson, rows in work.lessons.items():
            mine = [result for result in results if result.lesson == lesson]
            if mine:
                gradebook.save(db, rows, mine, _to_read(mine, work.before))


def _to_read(results: Iterable[Result], before: Mapping[tuple[str, str], Attempt]) -> set[str]:
    """Learners who wrote something that no person has read yet; the same words are not queued twice."""
    names = set()
    for result in results:
        attempt = before.get((result.student, result.lesson))
        known = attempt is not None and attempt.submission_sha256 == result.submission_sha256
        if result.suggestion and not known:
            names.add(result.student)
    return names


def _settle(engine: sa.Engine, records: Records, course: Course, work: _Work) -> None:
    """Bring lateness and its penalties up to date, also where only a due date or a manual score changed."""
    with engine.begin() as db:
        for lesson, rows in work.lessons.items():
            late = {student: seconds for (student, name), seconds in work.late.items() if name == lesson}
            gradebook.settle_penalties(db, rows, course.late, late)
        moved = {
            attempt.id: work.late[key]
            for key, attempt in work.before.items()
            if key in work.late and work.late[key] != attempt.seconds_late
        }
        records.set_late(db, moved)


def _changes(
    db: sa.Connection, records: Records, before: Mapping[tuple[str, str], Attempt], results: Iterable[Result]
) -> Iterator[Change]:
    changed = []
    for result in results:
        attempt = before.get((result.student, result.lesson))
        if attempt is not None and _shown(attempt) != _shown(result):
            changed.append((attempt, result))
    verdicts = records.verdicts_of(db, [attempt.id for attempt, _ in changed])
    for attempt, result in changed:
        old = verdicts.get(attempt.id, {})
        criteria = tuple(
            f"{name}: {'met' if met else 'not met'}"
            for name, met in result.verdicts.items()
            if bool(old.get(name)) is not bool(met)
        )
        yield Change(
            result.student, result.lesson, _shown(attempt), _shown(result), _because(attempt, result), criteria
        )


def _shown(standing: Attempt | Result) -> str:
    return standing.status.value if standing.points is None else f"{standing.points:g}"


def _because(attempt: Attempt, result: Result) -> str:
    if attempt.status is SubmissionStatus.FAILED:
        return "a failure was mended"
    if attempt.submission_sha256 != result.submission_sha256:
        return "there is a new submission"
    if attempt.seed != result.seed:
        return "it is judged by another world"
    if attempt.rubric_sha256 != result.rubric_sha256:
        return "the rubric has changed"
    if attempt.case_sha256 != result.case_sha256:
        return "the case has changed"
    if attempt.grader_sha256 != result.grader_sha256:
        return "the course's code that grades has changed"
    return "it was judged again"


def _count(records: Records, course: Course, lessons: Sequence[str], students: Sequence[str], graded: Graded) -> None:
    wanted = set(students or [learner.id for learner in course.roster])
    for attempt in records.current(lessons):
        if attempt.student in wanted:
            graded.statuses[attempt.status] = graded.statuses.get(attempt.status, 0) + 1
            graded.late += attempt.late
    missing = len(wanted) * len(lessons) - sum(graded.statuses.values())
    if missing:
        graded.statuses[SubmissionStatus.MISSING] = missing


def _strangers(course: Course) -> tuple[str, ...]:
    folder = course.root / "submitted"
    known = {learner.id for learner in course.roster}
    if not folder.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in os.scandir(folder) if entry.name not in known and entry.is_dir()))


@contextlib.contextmanager
def _lock(course: Course) -> Iterator[None]:
    """Only one grading of a course at a time; the system gives the lock back when a process is killed."""
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows, where nbgrader has no exchange either
        yield
        return
    course.private.mkdir(exist_ok=True)
    with (course.private / "grading.lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CourseError(f"{course.root} is being graded already; wait for that to end.") from None
        yield
