"""Everything that the report says about a course, worked out from its records and its gradebook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import sqlalchemy as sa

from curriculum.cases import Case, load_case
from curriculum.cohort import gradebook, markers, records
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.grades import Grade, LessonGrades, grades_of
from curriculum.cohort.markers import Load
from curriculum.cohort.marking import read_lessons
from curriculum.cohort.marks import Given
from curriculum.cohort.records import Attempt, Records
from curriculum.cohort.report.flaws import Temptation, temptations
from curriculum.cohort.report.gains import ClassGain, class_gains
from curriculum.cohort.report.items import Item, criterion_items
from curriculum.cohort.report.progress import Progress, Spread, progress, share, spread
from curriculum.cohort.report.similarity import Resemblance, resemblances
from curriculum.cohort.report.stuck import Stuck, Tried, stuck_learners
from curriculum.cohort.report.tables import Together, together
from curriculum.cohort.report.talks import Talk, talk
from curriculum.cohort.report.verdicts import Verdicts, verdict_table
from curriculum.cohort.result import SubmissionStatus
from curriculum.cohort.roster import Learner
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_fixtures
from curriculum.roleplay.script import load_script
from curriculum.support.console import OnProgress
from graders import load_rubric
from graders.report import Held
from graders.rubric import Rubric

MOST_SECTIONS = 8
"""With more sections, criteria are not told apart by section: the table would be too wide to read."""


@dataclass(frozen=True)
class LessonReport:
    """One lesson in one course."""

    lesson: str
    title: str
    maximum: float
    due: dt.datetime | None
    """UTC."""
    past_due: bool
    progress: Progress
    spread: Spread
    items: tuple[Item, ...]
    rubric: Rubric
    case: Case
    """Variant 0, whose names and numbers stand for all."""
    talk: Talk | None
    temptations: tuple[Temptation, ...]
    resemblances: tuple[Resemblance, ...]
    held: tuple[tuple[str, Held], ...]
    """(Learner, what is held for a person), in the order of learners."""
    gains: tuple[ClassGain, ...] = ()
    """What was found in flaw hunts before, beside what was found after and a month later, as far as handed in."""
    loads: tuple[Load, ...] = ()
    """How far every marker is."""
    differences: tuple[tuple[Given, Given], ...] = ()
    """Where two markers differ, and nobody has decided."""


@dataclass(frozen=True)
class CourseReport:
    """A whole course at one moment."""

    course: str
    title: str
    made_at: dt.datetime
    learners: Mapping[str, Learner]
    sections: tuple[str, ...]
    lessons: tuple[LessonReport, ...]
    not_released: tuple[str, ...]
    """Titles of lessons that learners do not have yet."""
    stuck: tuple[Stuck, ...]
    problems: tuple[Grade, ...]
    """Submissions that could not be scored: invalid or failed."""
    together: Together = field(default_factory=Together)
    """What teams did."""


def analyse(
    course: Course, lessons: Sequence[str], now: dt.datetime, on_progress: OnProgress | None = None
) -> CourseReport:
    """Read what is stored about the lessons of a course; raises CourseError where nothing is released yet."""
    engine = gradebook.open_engine(course)
    try:
        stored = Records(engine)
        stored.create()
        dues = _released(engine, course, lessons)
        if not dues:
            raise CourseError(
                f"Nothing is released yet, so there is nothing to report; run "
                f"`curriculum cohort release {course.root}`."
            )
        sections = tuple(sorted({learner.section for learner in course.roster if learner.section}))
        sections = sections if 2 <= len(sections) <= MOST_SECTIONS else ()
        grades = {lesson: grades_of(course, (lesson,)) for lesson in dues}
        with engine.begin() as db:
            reads = {read.rows.lesson: read for read in read_lessons(db, stored, course, tuple(dues))}
        reports, blank, tried = [], [], []
        for number, (lesson, due) in enumerate(dues.items(), 1):
            attempts = list(stored.current([lesson]))
            rubric = load_rubric(lesson)
            ids = [criterion.id for kind in rubric.artifacts for criterion in rubric.of(kind)]
            verdicts = verdict_table(stored.verdicts(lesson), ids)
            written_by = set(verdicts.students)
            blank += [
                (attempt.student, lesson)
                for attempt in attempts
                if attempt.status is SubmissionStatus.GRADED and attempt.student not in written_by
            ]
            tried += list(_tried(engine, lesson))
            basis = _Basis(lesson, due, grades[lesson], attempts, verdicts, rubric, reads[lesson])
            reports.append(_lesson(stored, course, basis, now, sections))
            if on_progress:
                on_progress(number, len(dues))
    finally:
        engine.dispose()
    titles = {report.lesson: report.title for report in reports}
    past = sorted((report for report in reports if report.past_due), key=lambda report: report.due or now)
    return CourseReport(
        course=course.id,
        title=course.title,
        made_at=now,
        learners={learner.id: learner for learner in course.roster},
        sections=sections,
        lessons=tuple(reports),
        not_released=tuple(load_catalog().lesson(lesson).title for lesson in lessons if lesson not in dues),
        stuck=tuple(stuck_learners(grades, [report.lesson for report in past], tried, blank, titles)),
        problems=tuple(
            grade
            for theirs in grades.values()
            for grade in theirs
            if grade.status in (SubmissionStatus.FAILED, SubmissionStatus.INVALID)
        ),
        together=together(course, dues),
    )


def _released(engine: sa.Engine, course: Course, lessons: Sequence[str]) -> dict[str, dt.datetime | None]:
    """The lessons that are in the gradebook, in the order of the course, with their due dates in UTC."""
    found: dict[str, dt.datetime | None] = {}
    with engine.connect() as db:
        for lesson in lessons:
            try:
                due = gradebook.lesson_rows(db, course, lesson).due
            except CourseError:
                continue
            found[lesson] = due.replace(tzinfo=dt.UTC) if due else None
    return found


@dataclass(frozen=True)
class _Basis:
    """What is stored about one lesson."""

    lesson: str
    due: dt.datetime | None
    grades: Sequence[Grade]
    attempts: Sequence[Attempt]
    verdicts: Verdicts
    rubric: Rubric
    read: LessonGrades


def _lesson(stored: Records, course: Course, basis: _Basis, now: dt.datetime, sections: Sequence[str]) -> LessonReport:
    lesson, rubric, case = basis.lesson, basis.rubric, load_case(basis.lesson, 0)
    criteria = [rubric.criteria[id] for id in basis.verdicts.criteria]
    section_of = {learner.id: learner.section for learner in course.roster}
    held = tuple((student, one) for student, _, one in stored.held([lesson]) if student in section_of)
    copies = {(student, one.artifact) for student, _, one in stored.held([lesson], looked_at=True)}
    prose = ((student, texts) for student, _, texts in stored.prose([lesson]) if student in section_of)
    return LessonReport(
        lesson=lesson,
        title=load_catalog().lesson(lesson).title,
        maximum=max((grade.maximum for grade in basis.grades), default=0.0),
        due=basis.due,
        past_due=basis.due is not None and basis.due < now,
        progress=progress(basis.grades),
        spread=spread(basis.grades),
        items=tuple(criterion_items(basis.verdicts, criteria, section_of, sections)),
        rubric=rubric,
        case=case,
        talk=_talk(basis),
        temptations=tuple(temptations(basis.verdicts, load_fixtures(case).near_misses)),
        resemblances=tuple(resemblances(prose, copies)),
        held=held,
        gains=class_gains(course, lesson),
        loads=tuple(markers.loads(basis.read)),
        differences=tuple(markers.differences(basis.read)),
    )


def _talk(basis: _Basis) -> Talk | None:
    try:
        script = load_script(basis.lesson)
    except FileNotFoundError:
        return None
    shares = {grade.learner.id: share(grade) for grade in basis.grades}
    return talk(
        script,
        (
            (
                attempt.choices,
                shares.get(attempt.student),
                load_case(basis.lesson, attempt.seed) if script.asks or script.read_back else None,
            )
            for attempt in basis.attempts
        ),
    )


def _tried(engine: sa.Engine, lesson: str) -> Iterator[Tried]:
    """What each learner's different submissions earned, in their order; judged again is not handed in again."""
    a = records.attempts.c
    query = (
        sa.select(a.student, a.submission_sha256, a.points)
        .where(a.lesson == lesson)
        .order_by(a.student, a.submitted_at, a.id)
    )
    with engine.connect() as db:
        for student, rows in groupby(db.execution_options(yield_per=1000).execute(query), key=lambda row: row.student):
            latest = {row.submission_sha256: row.points for row in rows}
            yield Tried(student, lesson, tuple(latest.values()))
