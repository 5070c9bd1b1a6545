"""Learners who may need somebody to ask how they are getting on, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from curriculum.cohort.grades import Grade
from curriculum.cohort.report.progress import share
from curriculum.cohort.result import SubmissionStatus
from curriculum.cohort.roster import Learner
from curriculum.pages.reporting import number

TRIES = 3
"""After so many submissions in a row without more points, somebody is stuck rather than at work."""
ENOUGH = 0.8
"""From this share of the points on, handing in again is polishing."""
LOW = 0.5
RECENT = 2
"""How many of the lessons that are due are looked at."""


@dataclass(frozen=True)
class Tried:
    """The points of a learner's different submissions in one lesson, oldest first; None where there is no score."""

    student: str
    lesson: str
    points: tuple[float | None, ...]


@dataclass(frozen=True)
class Reason:
    """Why somebody may need help."""

    kind: str
    """silent, unreadable, unmoved, blank or low."""
    lesson: str
    sentence: str


@dataclass(frozen=True)
class Stuck:
    """A learner to talk to."""

    learner: Learner
    reasons: tuple[Reason, ...]


_WEIGHT = {"silent": 4, "unmoved": 4, "unreadable": 3, "blank": 2, "low": 2}


def stuck_learners(
    grades: Mapping[str, Sequence[Grade]],
    due: Sequence[str],
    tried: Iterable[Tried],
    blank: Iterable[tuple[str, str]],
    titles: Mapping[str, str],
) -> list[Stuck]:
    """Who to talk to, the most pressing first.

    `grades` are each lesson's, `due` the lessons whose due date is past, oldest first, `blank` the (learner, lesson)
    that were handed in with nothing written. Who has more time than the others is left in peace.
    """
    empty = set(blank)
    history = {(one.student, one.lesson): one.points for one in tried}
    reasons: dict[str, list[Reason]] = {}
    learners: dict[str, Learner] = {}
    by_learner: dict[str, dict[str, Grade]] = {}
    for lesson, theirs in grades.items():
        for grade in theirs:
            learners.setdefault(grade.learner.id, grade.learner)
            by_learner.setdefault(grade.learner.id, {})[lesson] = grade
            reason = _in_one_lesson(grade, history.get((grade.learner.id, lesson), ()), empty, titles[lesson])
            if reason is not None:
                reasons.setdefault(grade.learner.id, []).append(reason)
    recent = [lesson for lesson in due if lesson in grades][-RECENT:]
    for student, mine in by_learner.items():
        for reason in _over_lessons(mine, recent, empty, titles):
            reasons.setdefault(student, []).append(reason)
    found = [Stuck(learners[student], tuple(why)) for student, why in reasons.items()]
    return sorted(found, key=lambda one: (-sum(_WEIGHT[reason.kind] for reason in one.reasons), one.learner.id))


def _in_one_lesson(
    grade: Grade, points: Sequence[float | None], empty: set[tuple[str, str]], title: str
) -> Reason | None:
    lesson = grade.lesson
    if grade.status is SubmissionStatus.INVALID:
        return Reason("unreadable", lesson, f"{title}: {grade.sentence}")
    if (grade.learner.id, lesson) in empty:
        return Reason("blank", lesson, f"{title}: handed in with nothing written yet.")
    last = points[-TRIES:]
    now = share(grade)
    if len(last) == TRIES and now is not None and now < ENOUGH:
        scores = [value or 0.0 for value in last]
        if max(scores[1:]) <= scores[0]:
            return Reason(
                "unmoved",
                lesson,
                f"{title}: handed in {len(points)} times; the last {TRIES} did not raise the points "
                f"({number(round(scores[-1], 2))} of {number(grade.maximum)}).",
            )
    return None


def _over_lessons(
    mine: Mapping[str, Grade], recent: Sequence[str], empty: set[tuple[str, str]], titles: Mapping[str, str]
) -> Iterable[Reason]:
    if not recent:
        return
    names = " and ".join(titles[lesson] for lesson in recent)
    if all(mine[lesson].status is SubmissionStatus.MISSING and not mine[lesson].due.because for lesson in recent):
        yield Reason("silent", recent[-1], f"Nothing was handed in for {names}, and the due date has passed.")
        return
    shares = [share(mine[lesson]) for lesson in recent if (mine[lesson].learner.id, lesson) not in empty]
    if len(recent) == RECENT == len(shares) and all(value is not None and value < LOW for value in shares):
        shown = " and ".join(f"{value:.0%}" for value in shares if value is not None)
        yield Reason("low", recent[-1], f"{shown} of the points in {names}.")
