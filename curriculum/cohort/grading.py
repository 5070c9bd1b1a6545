"""Grading a course: find what changed, judge it side by side, save as it comes, and say whose grade changed."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import sqlalchemy as sa

from curriculum.cohort import gradebook, locks, saving
from curriculum.cohort.changes import Change, changes
from curriculum.cohort.collecting import put_back
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.grades import Grade, LessonGrades, settle
from curriculum.cohort.judging import Batch, Outcome, Unchanged, Unit, prepare
from curriculum.cohort.pool import judge_in_processes, usable_cores
from curriculum.cohort.provenance import grader_sha256
from curriculum.cohort.records import Attempt, Records
from curriculum.cohort.result import Result, SubmissionStatus
from curriculum.cohort.roster import Learner
from curriculum.cohort.teams import team_unit
from curriculum.cohort.vetting import shown
from curriculum.support.console import OnProgress
from graders import load_rubric

BATCH = 40
"""Submissions in one batch: enough that handing it over costs little, few enough that work is shared evenly."""

SAVED_AT_ONCE = 400
"""Results in one transaction; a kill loses at most so many, which are judged again."""

SAVED_EVERY = 2.0
"""Seconds after which results are saved even where they are fewer."""


@dataclass
class Graded:
    """What a grading did."""

    judged: int = 0
    unchanged: int = 0
    statuses: dict[SubmissionStatus, int] = field(default_factory=dict)
    """How many learners and lessons stand where, of all lessons that were asked for."""
    late: int = 0
    provisional: int = 0
    """Grades that a person can still change, since something in them waits for one."""
    held: list[tuple[str, str, str]] = field(default_factory=list)
    """(Learner, lesson, kind of artifact) of all that a person is asked to look at; it changes no grade."""
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
    sample: int = 0,
    new_rubric: bool = False,
    on_progress: OnProgress | None = None,
) -> Graded:
    """Grade what has changed since the last time, or everything (`again`), and save it as it comes.

    `dry_run` judges and compares, and saves nothing. Of words that carry no points, those of `sample` learners a
    lesson are queued for a person, whenever they were graded; who was queued before counts as one of them. A rubric
    that is not the one by which a lesson was graded is used by a dry run, or where it is wanted (`new_rubric`): a
    course in flight keeps its own. Can be stopped or killed at any moment, and run again.
    Raises CourseError, RosterError, and what the database raises.
    """
    begin = time.perf_counter()
    lessons = course.chosen(lessons)
    with locks.grading(course):
        with locks.unless_collecting(course) as quiet:
            if quiet:
                put_back(course)
        engine = gradebook.open_engine(course)
        try:
            records = Records(engine)
            records.create()
            work = _find_work(course, engine, records, lessons, students, again=again, marking=not dry_run)
            if not (dry_run or new_rubric):
                _expect_the_same_rubrics(work)
            graded = Graded(strangers=_strangers(course))
            with contextlib.closing(_judges(work, workers, scheduler)) as outcomes:
                _judge_and_save(course, engine, records, work, graded, outcomes, dry_run, on_progress)
            # First what is not what it was, by lesson and learner.
            graded.changes.sort(key=lambda one: (one.first, lessons.index(one.lesson), one.student))
            if not dry_run:
                _settle(engine, records, course, work)
                with engine.begin() as db:
                    for standing in work.lessons.values():
                        saving.queue(db, standing.rows, _drawn(db, standing, students, sample))
            chosen = students or [learner.id for learner in course.roster]
            _count(work, chosen, graded)
            among = frozenset(chosen)
            graded.held = [
                (student, lesson, one.artifact) for student, lesson, one in records.held(lessons) if student in among
            ]
        finally:
            engine.dispose()
    graded.seconds = time.perf_counter() - begin
    return graded


@dataclass
class _Work:
    """What there is to do, and what is known from before."""

    lessons: dict[str, LessonGrades]
    """As they stood when the grading began."""
    rows: dict[str, gradebook.LessonRows]
    units: list[Unit]
    learners: dict[str, Learner]
    after: dict[tuple[str, str], Grade] = field(default_factory=dict)
    """The grades of this grading's results, as they count once they are saved."""

    def before(self, student: str, lesson: str) -> Attempt | None:
        return self.lessons[lesson].attempts.get(student)


def _find_work(
    course: Course,
    engine: sa.Engine,
    records: Records,
    lessons: Collection[str],
    students: Sequence[str],
    *,
    again: bool,
    marking: bool,
) -> _Work:
    learners = {learner.id: learner for learner in course.roster}
    if unknown := set(students) - set(learners):
        raise CourseError(f"{', '.join(sorted(unknown))}: not on the roster of {course.root}.")
    attempts = list(records.current(lessons))
    with engine.connect() as db:
        read = {lesson: LessonGrades.read(db, course, lesson, attempts) for lesson in lessons}
    units = []
    for lesson, standing in read.items():
        current = grader_sha256(lesson)
        sheet = course.release(lesson) / f"{lesson}.ipynb"
        for learner in students or learners:
            team = course.team_of(learner, lesson)
            # The one who writes hands in for all; what the others hand in are their signatures.
            folder = course.submitted(course.at_seat(team[0], lesson) if team else learner, lesson)
            if not os.path.lexists(folder):
                continue
            variant = course.variant(learner, lesson)
            marked = course.autograded(learner, lesson)
            attempt = standing.attempts.get(learner)
            stands = (
                attempt is not None
                and not again
                and attempt.grader_sha256 == current
                and attempt.seed == variant
                and attempt.status is not SubmissionStatus.FAILED
                and _in_gradebook(attempt, standing.kept.get(learner))
                and (not marking or (marked / f"{lesson}.ipynb").exists())
            )
            units.append(
                Unit(
                    student=learner,
                    lesson=lesson,
                    folder=str(folder),
                    variant=variant,
                    known=attempt.submission_sha256 if attempt is not None and stands else "",
                    marked=str(marked) if marking else "",
                    sheet=str(sheet),
                    table=team_unit(course, lesson, team) if team else None,
                )
            )
    # Worlds, and tables in them, one after the other: each is worked out once.
    units.sort(key=lambda unit: (unit.lesson, unit.variant, unit.table.deal if unit.table else "", unit.student))
    return _Work(read, {lesson: read[lesson].rows for lesson in read}, units, learners)


def _expect_the_same_rubrics(work: _Work) -> None:
    for lesson, standing in work.lessons.items():
        now = load_rubric(lesson).sha256
        others = sum(attempt.rubric_sha256 not in ("", now) for attempt in standing.attempts.values())
        if others:
            raise CourseError(
                f"The rubric of {lesson} is another one than that by which {others} of its submissions were graded. "
                f"See whose grade would change with --dry-run --changes FILE, then grade with --new-rubric; or go on "
                f"with the version of the curriculum that graded them."
            )


def _in_gradebook(attempt: Attempt, kept: gradebook.Kept | None) -> bool:
    """Whether the gradebook says what the attempt says: nbgrader's own autograde may have written over it."""
    given = [score.auto for score in kept.scores if not score.cell.task] if kept else []
    if attempt.points is None:
        # Parts of it may have been readable, and then have points; where all have, the whole would count.
        return None in given
    return None not in given and abs(sum(auto or 0.0 for auto in given) - attempt.points) < 1e-6


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
    rubrics = {result.lesson: load_rubric(result.lesson) for result in results if result.report}
    maxima = {
        lesson: {f"check_{kind}": float(rubric.points(kind)) for kind in rubric.artifacts}
        for lesson, rubric in rubrics.items()
    }
    with engine.begin() as db:
        to_read = {lesson: _to_read(work, lesson, results) for lesson in work.lessons}
        again = {lesson: _handed_in_again(work, lesson, results) for lesson in work.lessons}
        for result in results:
            work.after[result.student, result.lesson] = work.lessons[result.lesson].once_saved(
                work.learners[result.student],
                result,
                to_read=result.student in to_read[result.lesson],
                handed_in_again=result.student in again[result.lesson],
                maxima=maxima.get(result.lesson, {}),
            )
        graded.changes += changes(db, records, work.lessons, work.after, results)
        if dry_run:
            return
        records.save(db, run, results)
        for lesson, rubric in rubrics.items():
            records.save_rubric(db, rubric)
            work.rows[lesson] = saving.set_maxima(db, work.rows[lesson], maxima[lesson])
        for lesson, rows in work.rows.items():
            mine = [result for result in results if result.lesson == lesson]
            if mine:
                saving.save(db, rows, mine, to_read[lesson], again[lesson])


def _to_read(work: _Work, lesson: str, results: Iterable[Result]) -> set[str]:
    """Learners whose words wait for a person, where words carry points; the same words are not queued twice."""
    if not work.rows[lesson].words:
        return set()
    found = set()
    for result in results:
        attempt = work.before(result.student, lesson) if result.lesson == lesson else None
        known = attempt is not None and attempt.submission_sha256 == result.submission_sha256
        if result.lesson == lesson and result.suggestion and not known:
            found.add(result.student)
    return found


def _drawn(db: sa.Connection, standing: LessonGrades, students: Sequence[str], sample: int) -> list[str]:
    """The notebooks of learners who are to be queued besides, so that `sample` are or were, of words without points."""
    rows, marking = standing.rows, standing.marking
    if not sample or rows.words:
        return []
    written = saving.with_words(db, rows)
    among = frozenset(students) or {learner.id for learner in standing.course.roster}
    left, before = {}, 0
    for student, kept in standing.kept.items():
        if student not in among or kept.notebook not in written or student not in standing.attempts:
            continue
        words = [score for score in kept.scores if score.cell.task]
        if marking.concerns(student) or any(one.flagged or one.manual is not None or one.comment for one in words):
            before += 1
        else:
            left[standing.attempts[student].submission_sha256] = kept.notebook
    # By their hashes: at random, and the same ones again.
    return [left[sha256] for sha256 in sorted(left)[: max(0, sample - before)]]


def _handed_in_again(work: _Work, lesson: str, results: Iterable[Result]) -> set[str]:
    """Learners who handed in something else than what was graded before."""
    return {
        result.student
        for result in results
        if result.lesson == lesson
        and (attempt := work.before(result.student, lesson)) is not None
        and attempt.submission_sha256 != result.submission_sha256
    }


def _settle(engine: sa.Engine, records: Records, course: Course, work: _Work) -> None:
    """Bring penalties up to date, also where only a due date or a manual score changed."""
    attempts = list(records.current(work.lessons))
    with engine.begin() as db:
        for lesson in work.lessons:
            work.lessons[lesson] = LessonGrades.read(db, course, lesson, attempts)
            settle(db, work.lessons[lesson], map(work.lessons[lesson].of, course.roster))


def _count(work: _Work, students: Collection[str], graded: Graded) -> None:
    for lesson, standing in work.lessons.items():
        for student in students:
            grade = work.after.get((student, lesson)) or standing.of(work.learners[student])
            graded.statuses[grade.status] = graded.statuses.get(grade.status, 0) + 1
            graded.late += grade.late
            graded.provisional += grade.provisional


def _strangers(course: Course) -> tuple[str, ...]:
    folder = course.root / "submitted"
    known = {learner.id for learner in course.everybody}
    if not folder.is_dir():
        return ()
    return tuple(sorted(shown(one.name) for one in os.scandir(folder) if one.name not in known and one.is_dir()))
