"""Whose grade changes, from what to what, by which criterion and why: before anything is saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from curriculum.cohort.grades import Grade, LessonGrades
from curriculum.cohort.records import Attempt, Records
from curriculum.cohort.result import Result, SubmissionStatus, Verdicts
from graders import load_rubric

FIRST = "it was not graded before"


@dataclass(frozen=True)
class Change:
    """A grade that is not what it was."""

    student: str
    lesson: str
    before: str
    """What counted, as text: the score ("so far" where a person can still change it) and the most that it can be, or
    the status where there was no score."""
    after: str
    because: str
    criteria: tuple[str, ...] = ()
    """What each criterion that decided otherwise, or weighs otherwise, says now: "name: met", "name: not met",
    "name: 3 points, 1 before"."""

    @property
    def first(self) -> bool:
        """Whether there was no grade before."""
        return self.because.startswith(FIRST)


def changes(
    db: sa.Connection,
    records: Records,
    standing: Mapping[str, LessonGrades],
    after: Mapping[tuple[str, str], Grade],
    results: Iterable[Result],
) -> Iterator[Change]:
    """Whose grade will count otherwise once results are saved, and why; and whose would, had a person not marked it.

    `standing`: the lessons as they were before; `after`: the grades as they will be, by learner and lesson.
    """
    changed = []
    for result in results:
        lesson, now = standing[result.lesson], after[result.student, result.lesson]
        attempt, before = lesson.attempts.get(result.student), lesson.of(now.learner)
        whole = before.maximum != now.maximum
        shown = _shown(before, whole), _shown(now, whole)
        swallowed = attempt is not None and attempt.points != result.points and before.score == now.score
        if (attempt is None and before.status is SubmissionStatus.UNGRADED) or shown[0] != shown[1] or swallowed:
            changed.append((attempt, result, *shown, swallowed, _lateness(before, now)))
    verdicts = records.verdicts_of(db, [attempt.id for attempt, *_ in changed if attempt is not None])
    weights = records.weights_of(db, {attempt.rubric_sha256 for attempt, *_ in changed if attempt is not None})
    for attempt, result, was, is_now, swallowed, lateness in changed:
        if attempt is None:
            yield Change(result.student, result.lesson, was, is_now, f"{FIRST}{lateness}")
            continue
        because = _because(attempt, result) + lateness
        if swallowed:
            because += (
                f"; what a person gave still counts, until a person decides (the checks give "
                f"{_points(result.points)}, {_points(attempt.points)} before)"
            )
        yield Change(
            result.student, result.lesson, was, is_now, because,
            tuple(_criteria(result, verdicts.get(attempt.id, {}), weights.get(attempt.rubric_sha256, {}))),
        )  # fmt: skip


def _criteria(result: Result, before: Verdicts, weights: Mapping[str, int]) -> Iterator[str]:
    """The criteria that decided otherwise before, and those that weighed otherwise."""
    rubric = load_rubric(result.lesson)
    for name, met in result.verdicts.items():
        if bool(before.get(name)) is not bool(met):
            yield f"{name}: {'met' if met else 'not met'}"
        elif name in weights and name in rubric.criteria and weights[name] != rubric.criteria[name].points:
            yield f"{name}: {rubric.criteria[name].points} points, {weights[name]} before"


def _shown(grade: Grade, whole: bool) -> str:
    """What counts, as text; with the most that it can be (`whole`) where that changes."""
    if grade.score is None:
        return grade.status.value
    of = f" of {_points(grade.maximum)}" if whole else ""
    return f"{_points(grade.score)}{of}{' so far' if grade.provisional else ''}"


def _lateness(before: Grade, now: Grade) -> str:
    """How late it is, where that is not what it was."""
    if now.days_late == before.days_late:
        return ""
    return f", {now.days_late} {'day' if now.days_late == 1 else 'days'} late" if now.late else ", in time"


def _points(points: float | None) -> str:
    return "no score" if points is None else f"{round(points, 4):g}"


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
