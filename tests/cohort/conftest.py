"""Courses to try things on: one is made per session, and each test gets a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from curriculum.cohort.course import Course, load_course
from curriculum.cohort.gradebook import open_engine
from curriculum.cohort.records import Attempt, Records
from curriculum.cohort.releasing import release_lesson
from curriculum.cohort.roster import Learner
from curriculum.cohort.staging import create_course

LEARNERS = (
    Learner("ada", "Ada", "Lovelace", "ada@example.org", "101", "S-1", "Monday"),
    Learner("bela", "Béla", "=1+1", "bela@example.org", "102", "S-2", "Monday"),
    Learner("chidi", "Chidi", "Okoro, Jr.", "chidi@example.org", "103", "S-3", "Friday"),
    Learner("dana", "", "", "", "", "", ""),
)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with four learners in which `welcome` is released and nothing is handed in."""
    root = tmp_path_factory.mktemp("course") / "pm-2026"
    create_course(Course(root=root, id="pm-2026", title="Product 2026", lessons=("welcome",)), LEARNERS, {})
    release_lesson(load_course(root), "welcome")
    return root


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Course:
    """A course of the test's own."""
    shutil.copytree(template, tmp_path / "pm-2026")
    return load_course(tmp_path / "pm-2026")


@pytest.fixture
def current(course: Course) -> Iterator[Callable[[], dict[str, Attempt]]]:
    """Reads the attempts that count, by learner."""
    engine = open_engine(course)
    yield lambda: {attempt.student: attempt for attempt in Records(engine).current()}
    engine.dispose()


TAKES_SECONDS = {
    "test_cluster.py", "test_collecting.py", "test_commands.py", "test_course.py", "test_exporting.py",
    "test_grades.py", "test_grading.py", "test_report_page.py", "test_resume.py", "test_teams.py",
}  # fmt: skip
"""Files whose tests make and grade whole courses; `make check` leaves them out."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.name in TAKES_SECONDS:
            item.add_marker(pytest.mark.slow)
