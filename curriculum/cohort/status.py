"""How a course stands, in sentences: its dates as they were understood, what was handed in, and what there is to do."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress

from curriculum.cohort import clocks, gradebook, markers
from curriculum.cohort.course import Course
from curriculum.cohort.grades import Grade, LessonGrades, read_grades
from curriculum.cohort.provenance import submission_sha256
from curriculum.cohort.records import opened
from curriculum.cohort.result import HELD, SubmissionStatus
from curriculum.course.catalog import load_catalog


def standing(course: Course, lessons: tuple[str, ...] = ()) -> list[str]:
    """One line or more for each lesson. Raises CourseError."""
    lessons = course.checked(lessons)
    released = [lesson for lesson in lessons if (course.release(lesson) / f"{lesson}.ipynb").is_file()]
    read = dict(zip(released, read_grades(course, released), strict=True))
    said = [
        f"{course.title} ({course.id}): {len(course.roster)} learners.",
        f"Late: {course.late.in_words()} A day ends at the due date's time of day, in {course.timezone}.",
    ]
    with opened(course) as records, records.engine.connect() as db:
        granted = clocks.granted_in(db, lessons)
        for lesson in lessons:
            due = gradebook.due_date(db, lesson)
            said.append(f"{load_catalog().lesson(lesson).title} ({lesson}): {_due(due, course)}")
            said += [f"  {one.in_words(due, course.timezone)}" for one in granted if one.lesson == lesson]
            if lesson not in released:
                said.append("  not released")
                continue
            marking, mine = read[lesson]
            counts = Counter(grade.status for grade in mine)
            words = [f"{counts[status]} {status.value}" for status in SubmissionStatus if counts[status]]
            if late := sum(grade.late for grade in mine):
                words.append(f"{late} late")
            said.append(f"  {', '.join(words)}")
            unknown = sum(1 for one in mine if one.points is not None and not one.submitted_at and one.due.at)
            if unknown:
                said.append(f"  {unknown} handed in at a time that is not known, and so do not count as late")
            said += [f"  {sentence}" for sentence in markers.in_words(marking)]
            said += _to_do(course, marking, mine)
            if held := sum(HELD in grade.sentence for grade in mine):
                learners = "1 learner" if held == 1 else f"{held} learners"
                said.append(
                    f"  To look at: what {learners} wrote is close to the course's own words, or nearly empty; see "
                    f"the report, then curriculum cohort look"
                )
    return said


def dates(course: Course, lessons: tuple[str, ...]) -> list[str]:
    """The due dates of lessons as they were understood, one line each."""
    engine = gradebook.open_engine(course)
    try:
        with engine.connect() as db:
            dues = {lesson: gradebook.due_date(db, lesson) for lesson in lessons}
            return [f"{lesson}: {_due(due, course)}{_stale(course, lesson)}" for lesson, due in dues.items()]
    finally:
        engine.dispose()


def _due(due: dt.datetime | None, course: Course) -> str:
    if due is None:
        return "no due date"
    over = ", which is over" if due < dt.datetime.now(dt.UTC) else ""
    return f"due {clocks.in_words(due, course.timezone)}{over}"


def _stale(course: Course, lesson: str) -> str:
    """Learners read the date in the lesson, as it was when that was released."""
    if not (course.release(lesson) / f"{lesson}.ipynb").is_file():
        return ""
    return f". It is released: tell your learners, and run `curriculum cohort release {course.root} {lesson} --again`"


def _to_do(course: Course, read: LessonGrades, grades: Sequence[Grade]) -> Iterator[str]:
    by_status: dict[SubmissionStatus, list[str]] = {}
    for grade in grades:
        by_status.setdefault(grade.status, []).append(grade.learner.id)
    if SubmissionStatus.UNGRADED in by_status or _changed_since(course, read):
        call = f"curriculum cohort grade {course.root} {read.rows.lesson}"
        yield f"  To do: something is handed in and not graded; {call}"
    for status in (SubmissionStatus.INVALID, SubmissionStatus.FAILED):
        if whose := by_status.get(status):
            yield f"  To do: {status.value}: {markers.listed(whose)}; curriculum cohort export says why"
    set_now, released = course.prose_points.get(read.rows.lesson, 0.0), read.rows.words
    if set_now != released:
        yield (
            f"  To do: prose_points says {set_now:g} for the words, and the lesson was released with {released:g}; "
            f"curriculum cohort release --again changes it for everybody"
        )
    if provisional := sum(grade.provisional for grade in grades):
        yield f"  To do: {provisional} can still be changed by a person, in formgrader or with cohort mark"


def _changed_since(course: Course, read: LessonGrades) -> bool:
    """Whether somebody handed in something else since they were graded."""
    lesson = read.rows.lesson
    for learner in course.roster:
        attempt, folder = read.attempts.get(learner.id), course.submitted(learner.id, lesson)
        with suppress(OSError):
            if (
                attempt is not None
                and not course.team_of(learner.id, lesson)
                and folder.stat().st_mtime > dt.datetime.fromisoformat(attempt.graded_at).timestamp()
                and submission_sha256(folder, lesson) != attempt.submission_sha256
            ):
                return True
    return False
