"""What counts: the one definition of a grade, which grading, feedback, exports, report and terminal all ask."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from curriculum.cohort import clocks, gradebook, saving
from curriculum.cohort.clocks import Clock, Due
from curriculum.cohort.course import Course
from curriculum.cohort.gradebook import CellScore, Kept, LessonRows
from curriculum.cohort.marks import Marking, noticed, part_of
from curriculum.cohort.records import Attempt, opened
from curriculum.cohort.result import Result, SubmissionStatus
from curriculum.cohort.roster import Learner


@dataclass(frozen=True)
class Mark:
    """One part of a grade that a person gave, or that waits for one."""

    part: str
    """The document's title, or `curriculum.cohort.marks.WORDS`."""
    check: float | None
    """What the check gives; None where there is none."""
    person: float | None
    """What a person gave, and so counts; None where nobody has."""
    maximum: float
    waits: str
    """Why a person has to look; blank where nobody has to."""
    comment: str
    """What the person wrote beside it."""


@dataclass(frozen=True)
class Grade:
    """One learner in one lesson, with everything that a reader of a grade must know."""

    learner: Learner
    lesson: str
    status: SubmissionStatus
    submitted_at: str
    """UTC, ISO 8601; blank where unknown."""
    due: Due
    days_late: int
    """Calendar days begun after the due date; 0 where it was in time."""
    points: float | None
    """None where there is no score: not zero."""
    penalty: float
    maximum: float
    marks: tuple[Mark, ...]
    sentence: str
    comment: str
    """What a person wrote for the learner."""

    @property
    def score(self) -> float | None:
        """The points less the penalty; None where there is no score."""
        return None if self.points is None else max(0.0, self.points - self.penalty)

    @property
    def late(self) -> bool:
        return self.days_late > 0

    @property
    def provisional(self) -> bool:
        """Whether a person can still change the score, since something that carries points waits for one."""
        return self.points is not None and any(mark.waits for mark in self.marks)

    @property
    def open_points(self) -> float:
        """The points of parts that nobody has marked yet: they are neither given nor lost."""
        return sum(mark.maximum for mark in self.marks if mark.waits and mark.check is None and mark.person is None)

    @property
    def waits(self) -> str:
        """What waits for a person, as one sentence; blank where nothing does."""
        return "; ".join(f"{mark.part}: {mark.waits}" for mark in self.marks if mark.waits)


@dataclass(frozen=True)
class LessonGrades:
    """Everything that decides the grades of one lesson, read at one moment."""

    course: Course
    rows: LessonRows
    clock: Clock
    kept: Mapping[str, Kept]
    attempts: Mapping[str, Attempt]
    marking: Marking

    @staticmethod
    def read(db: sa.Connection, course: Course, lesson: str, attempts: Iterable[Attempt]) -> LessonGrades:
        """The lesson's part of a course's database; `attempts` are those that count. Raises CourseError where the
        lesson was never released."""
        rows = gradebook.lesson_rows(db, course, lesson)
        mine = {attempt.student: attempt for attempt in attempts if attempt.lesson == lesson}
        clock, kept = clocks.clock_of(db, course, rows), gradebook.kept(db, rows)
        return LessonGrades(course, rows, clock, kept, mine, Marking.read(db, lesson))

    def noticing(self, db: sa.Connection) -> LessonGrades:
        """The same, once what was marked in formgrader is in the log."""
        versions = {student: attempt.submission_sha256 for student, attempt in self.attempts.items()}
        return replace(self, marking=noticed(db, self.rows, self.kept, self.marking, versions))

    def of(self, learner: Learner) -> Grade:
        """The grade of a learner as it stands."""
        return self._grade(learner, self.attempts.get(learner.id), self.kept.get(learner.id))

    def once_saved(
        self, learner: Learner, result: Result, *, to_read: bool, handed_in_again: bool, maxima: Mapping[str, float]
    ) -> Grade:
        """The grade that a learner will have when a result is saved; `maxima` are the most that each check can give
        by then, by cell name."""
        before = self.kept.get(learner.id) or Kept(learner.id, "", None, None, 0.0, ())
        cells = tuple(replace(cell, maximum=maxima.get(cell.name, cell.maximum)) for cell in self.rows.cells)
        rows = replace(self.rows, cells=cells)
        scores = saving.scores_after(
            rows,
            result,
            {score.cell.id: score for score in before.scores},
            to_read=to_read,
            handed_in_again=handed_in_again,
        )
        return replace(self, rows=rows)._grade(learner, result, replace(before, scores=scores))

    def due_of(self, learner: Learner) -> Due:
        """When the lesson is due for a learner."""
        kept = self.kept.get(learner.id)
        return self.clock.of(learner, kept.extension if kept else None)

    def _grade(self, learner: Learner, judged: Attempt | Result | None, kept: Kept | None) -> Grade:
        due = self.clock.of(learner, kept.extension if kept else None)
        status, sentence = self._status(learner, judged, kept, due)
        scored = status is SubmissionStatus.GRADED and kept is not None
        at = _moment(judged, kept)
        days = self.course.late.days_begun(due.at, at, self.clock.zone)
        points = sum(score.counts or 0.0 for score in kept.scores) if scored and kept else None
        return Grade(
            learner=learner,
            lesson=self.rows.lesson,
            status=status,
            submitted_at=at.isoformat() if at else "",
            due=due,
            days_late=days,
            points=points,
            penalty=self.course.late.penalty(points, days) if points is not None else 0.0,
            maximum=self.rows.maximum,
            marks=tuple(self._marks(learner.id, judged, kept.scores)) if kept else (),
            sentence=sentence,
            comment="\n\n".join(score.comment for score in kept.scores if score.comment) if kept else "",
        )

    def _status(
        self, learner: Learner, judged: Attempt | Result | None, kept: Kept | None, due: Due
    ) -> tuple[SubmissionStatus, str]:
        checks = [score for score in kept.scores if not score.cell.task] if kept else []
        unscored = any(score.counts is None for score in checks)
        if judged is not None:
            sentence = " ".join((judged.sentence, *judged.notes)).strip()
            by_hand = any(score.manual is not None for score in checks)
            if judged.status is not SubmissionStatus.GRADED and by_hand and not unscored:
                return SubmissionStatus.GRADED, f"Scored by a person. Before: {sentence}"
            return judged.status, sentence
        if checks and unscored:
            return SubmissionStatus.FAILED, "nbgrader's own autograde left no score; run `cohort grade`."
        if checks:
            return SubmissionStatus.GRADED, "Graded by nbgrader's own autograde."
        if os.path.lexists(self.course.submitted(learner.id, self.rows.lesson)):
            return SubmissionStatus.UNGRADED, "Handed in, and not graded yet; run `cohort grade`."
        if due.excused:
            return SubmissionStatus.EXCUSED, f"Excused. {due.because}".strip()
        return SubmissionStatus.MISSING, "Nothing was handed in."

    def _marks(self, student: str, judged: Attempt | Result | None, scores: Sequence[CellScore]) -> Iterator[Mark]:
        version = judged.submission_sha256 if judged is not None else ""
        by_people = self.marking.concerns(student)
        for score in scores:
            if not (by_people or score.flagged or score.manual is not None):
                continue
            cell, part = score.cell, part_of(self.rows.lesson, score.cell.name)
            waits = ""
            if score.flagged and cell.maximum > 0:
                if score.manual is not None:
                    waits = "marked before this hand-in" if cell.task else "overruled before the check's last result"
                else:
                    waits = f"{cell.maximum:g} points that a person gives" if cell.task else "no check could decide"
            elif cell.maximum > 0:
                waits = self.marking.waits(student, part, version, self.course.margin)
            if waits or score.manual is not None:
                yield Mark(
                    part, score.auto, score.counts if score.manual is not None else None,
                    cell.maximum, waits, score.comment,
                )  # fmt: skip


def _moment(judged: Attempt | Result | None, kept: Kept | None) -> dt.datetime | None:
    """When it was handed in, as far as it is known."""
    if judged is not None:
        return dt.datetime.fromisoformat(judged.submitted_at) if judged.submitted_at else None
    return kept.handed_in if kept else None


def grades_of(course: Course, lessons: Sequence[str]) -> list[Grade]:
    """Every learner's grade in every lesson, manual marks and penalties included. Raises CourseError."""
    return [grade for _, mine in read_grades(course, lessons) for grade in mine]


def read_grades(course: Course, lessons: Sequence[str]) -> list[tuple[LessonGrades, list[Grade]]]:
    """Lessons as they stand, and every learner's grade in each.

    nbgrader's own pages are brought up to date with them: a due date that was moved, an extension or a mark given
    since changes a penalty. Raises CourseError.
    """
    with opened(course) as records:
        attempts = list(records.current(lessons))
        found = []
        with records.engine.begin() as db:
            for lesson in lessons:
                read = LessonGrades.read(db, course, lesson, attempts).noticing(db)
                mine = [read.of(learner) for learner in course.roster]
                settle(db, read, mine)
                found.append((read, mine))
    return found


def settle(db: sa.Connection, read: LessonGrades, grades: Iterable[Grade]) -> None:
    """Let nbgrader's own pages and commands show the same penalties and extensions as the grades have."""
    penalties: dict[str, float] = {}
    moved: dict[str, dt.timedelta | None] = {}
    for grade in grades:
        kept = read.kept.get(grade.learner.id)
        if kept is None:
            continue
        if abs(kept.penalty - grade.penalty) > 1e-9:
            penalties[kept.notebook] = grade.penalty
        if read.clock.due is not None and grade.due.at is not None:
            extension = grade.due.at - read.clock.due
            if extension != (kept.extension or dt.timedelta()):
                moved[grade.learner.id] = extension
    gradebook.set_penalties(db, penalties)
    gradebook.set_extensions(db, read.rows.lesson, moved)


def provisional(grades: Iterable[Grade]) -> list[Grade]:
    """The grades that a person can still change, since something in them waits for one."""
    return [grade for grade in grades if grade.provisional]


def told(grades: Collection[Grade], most: int = 10) -> str:
    """Who waits for a person, in which lesson and for what."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for grade in grades:
        by_reason.setdefault((grade.lesson, grade.waits), []).append(grade.learner.id)
    lines = []
    for (lesson, waits), names in by_reason.items():
        more = f" and {len(names) - most} more" if len(names) > most else ""
        lines.append(f"{lesson}, {', '.join(names[:most])}{more} ({waits})")
    return "; ".join(lines[:most]) + (f"; and {len(lines) - most} more" if len(lines) > most else "")
