"""The scores that invented learners must get: they follow from the lesson's fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.cases import load_case
from curriculum.cohort.simulate import expected_points
from curriculum.course.fixtures import load_fixtures, write_files
from graders import load_rubric
from graders.grade import grade_folder

MISSES = [
    ("retraining_decision", "without_one_input"),
    ("pod_launch", "we_decide_together"),
    ("cart_abandonment", "the_other_decision"),
    ("interview_basics", "result_without_numbers"),
]
"""Near-misses beside which questions of their own or of another document cannot be asked."""


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "id"), MISSES)
@pytest.mark.parametrize("world", [7])
def test_what_cannot_be_asked_beside_a_mistake_earns_nothing(slug: str, id: str, world: int, tmp_path: Path) -> None:
    case = load_case(slug, world)
    fixtures = load_fixtures(case)
    miss = next(one for one in fixtures.near_misses if one.id == id)
    write_files(fixtures.near_miss_files(miss), tmp_path)
    report = grade_folder(load_rubric(slug), case, tmp_path)
    assert any(artifact.open() for artifact in report.artifacts)
    assert expected_points(slug, world, f"{miss.variant}/{miss.id}")[0] == pytest.approx(report.points)
