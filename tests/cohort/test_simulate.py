"""Invented classes: what each submission must score is what grading gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.cohort.course import Course, load_course
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.simulate import kinds_of_submission, synthetic_course

pytestmark = pytest.mark.slow


def test_near_misses_are_handed_in_where_they_can_be_said(tmp_path: Path) -> None:
    lesson = "product_ml_charter"
    assert kinds_of_submission(lesson, 0) != kinds_of_submission(lesson, 1), "some slips need tables of one kind"
    course = Course(root=tmp_path / "course", id="invented", title="Invented", lessons=(lesson,))
    known = synthetic_course(course, 24, seed=5)
    course = load_course(course.root)
    grade_course(course)
    graded = {grade.learner.id: grade.score for grade in grades_of(course, (lesson,))}
    assert graded == {one.student: one.points for one in known}
