"""What deserves an instructor's time first: a few sentences drawn from the whole report, each with where to read on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.cohort.report.analysis import CourseReport
from curriculum.cohort.report.items import FEWEST
from curriculum.cohort.result import SubmissionStatus


@dataclass(frozen=True)
class Headline:
    """One thing to do."""

    sentence: str
    place: str
    """The id of the section in the page."""


def headlines(report: CourseReport) -> list[Headline]:
    """Most pressing first."""
    return list(_headlines(report))


def _headlines(report: CourseReport) -> Iterator[Headline]:
    failed = sum(grade.status is SubmissionStatus.FAILED for grade in report.problems)
    invalid = len(report.problems) - failed
    if failed:
        yield Headline(
            f"{_times(failed, 'submission has', 'submissions have')} no score because the course itself failed.",
            "unscored",
        )
    if invalid:
        yield Headline(
            f"{_times(invalid, 'submission', 'submissions')} could not be read. Those learners need a word.", "unscored"
        )
    overdue = [lesson for lesson in report.lessons if lesson.past_due and lesson.progress.missing]
    if overdue:
        which = ", ".join(f"{lesson.title} ({lesson.progress.missing:,})" for lesson in overdue)
        yield Headline(f"Past the due date, with learners who have handed nothing in: {which}.", "progress")
    if report.stuck:
        yield Headline(f"{_times(len(report.stuck), 'learner', 'learners')} may need somebody to ask.", "stuck")
    for lesson in report.lessons:
        judged = [item for item in lesson.items if item.everybody.of >= FEWEST]
        if judged:
            hardest = min(judged, key=lambda item: item.everybody.value or 0.0)
            share = hardest.everybody.value or 0.0
            if share < 0.9:
                yield Headline(
                    f"In {lesson.title}, the criterion that the fewest meet ({share:.0%} of "
                    f"{hardest.everybody.of:,}): {hardest.criterion.sentence}",
                    f"{lesson.lesson}-criteria",
                )
    waiting = sum(lesson.progress.waiting for lesson in report.lessons)
    if waiting:
        yield Headline(
            f"{_times(waiting, 'grade waits', 'grades wait')} for you in formgrader, and can still change.", "progress"
        )
    apart = sum(len(lesson.differences) for lesson in report.lessons)
    if apart:
        first = next(lesson.lesson for lesson in report.lessons if lesson.differences)
        yield Headline(
            f"{_times(apart, 'mark waits', 'marks wait')} for a decision, since two readers differ.",
            f"{first}-marking",
        )
    held = sum(len(lesson.held) for lesson in report.lessons)
    if held:
        yield Headline(
            f"{_times(held, 'document is', 'documents are')} close to the course's own words, or tell very little. "
            f"Read both sides; it is no verdict.",
            "held",
        )
    alike = sum(len(lesson.resemblances) for lesson in report.lessons)
    if alike:
        yield Headline(
            f"{_times(alike, 'group of learners', 'groups of learners')} wrote nearly the same words. "
            f"A question to ask, not a verdict.",
            "words",
        )


def _times(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
