"""Saying that a person has looked at a document that was held, whether it is fine, and why."""

from __future__ import annotations

from dataclasses import replace

from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.looks import LOOKED, packed_report
from curriculum.cohort.markers import check_marker
from curriculum.cohort.marking import MOST_WORDS, read_lessons, student_called
from curriculum.cohort.marks import Given, append
from curriculum.cohort.records import now, opened
from curriculum.cohort.stored import held_in
from graders import load_rubric


def look(
    course: Course, lesson: str, whose: str, marker: str, *, fine: bool, title: str = "", why: str = "",
    comment: str = "",
) -> str:  # fmt: skip
    """Note that somebody has looked at what is held of a learner (an id, or the code of a submission); returns the
    document's title, which may be left out where only one is held.

    It stands for the whole team, and as long as the document is the same. Raises CourseError.
    """
    name = check_marker(marker)
    if not (fine or why):
        raise CourseError("Say why it is not fine; those who mark read it in the log.")
    if max(len(why), len(comment)) > MOST_WORDS:
        raise CourseError(f"a text is longer than {MOST_WORDS:,} characters; shorten it.")
    with opened(course) as records, records.engine.begin() as db:
        (read,) = read_lessons(db, records, course, course.checked((lesson,)))
        student = student_called(read, whose)
        titles = {kind: model.title for kind, model in load_rubric(lesson).artifacts.items()}
        packed = packed_report(db, student, lesson)
        held = {titles[one.artifact]: document for document, one in held_in(packed).items()}
        if not held:
            raise CourseError(f"Nothing of {whose} is held in {lesson}, so there is nothing to look at.")
        title = title or (next(iter(held)) if len(held) == 1 else "")
        if title not in held:
            raise CourseError(f"Name with --on which document of {whose} you have looked at: {', '.join(held)}.")
        last = read.marking.last(student, title, LOOKED, of=held[title])
        if last is not None and (bool(last.after), last.comment) == (fine, comment):
            return title
        if last is not None and bool(last.after) != fine and not why:
            raise CourseError(f"It was {last.shown(last.after)} before, by {last.by}; say why it is another now.")
        before = last.after if last else None
        given = Given(
            student, lesson, title, LOOKED, name, before, float(fine), 0.0, 1.0, comment, why, held[title], now()
        )
        team = [course.at_seat(seat, lesson) for seat in course.team_of(student, lesson)]
        append(db, [replace(given, student=each) for each in team or [student]])
    return title
