"""Lessons through the real, unmodified nbgrader commands: what it awards is what the course's own grading says."""

from __future__ import annotations

import csv
import html
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from curriculum.authoring.exemplars import write_exemplar
from curriculum.authoring.subject import load_subject
from curriculum.course.places import COURSE
from graders.grade import grade_folder
from graders.report import Report, Status

LESSONS = ("welcome", "recommendation_scoping")
"""One lesson with one artifact, and one with several; what differs elsewhere is proved without nbgrader."""

pytestmark = [
    pytest.mark.nbgrader,
    pytest.mark.parametrize(
        "course",
        [pytest.param(slug, marks=pytest.mark.xdist_group(f"nbgrader_{slug}")) for slug in LESSONS],
        indirect=True,
        scope="module",
    ),
]

CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "pods"
c.Exchange.root = {exchange!r}
c.ExchangeCollect.check_owner = False  # here one system user plays all learners
"""


@dataclass(frozen=True)
class Learner:
    """Who hands in, for which world, and what."""

    name: str
    seed: int
    variant: str | None = None
    near_miss: str | None = None


@dataclass(frozen=True)
class Course:
    """A course that went through the whole pipeline for one lesson."""

    slug: str
    folder: Path
    learners: tuple[Learner, ...]

    def own_report(self, learner: Learner) -> Report:
        """What the course's own grading says about what was handed in."""
        subject = load_subject(self.slug)
        handed_in = self.folder / "submitted" / learner.name / self.slug / "answers"
        return grade_folder(subject.rubric, subject.case(learner.seed), handed_in)

    def awarded(self, learner: Learner) -> dict[str, float]:
        """What nbgrader's gradebook says, by grade id."""
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as book:
            notebook = book.find_submission_notebook(self.slug, self.slug, learner.name)
            return {grade.name: grade.score for grade in notebook.grades}


def nbgrader(folder: Path, *arguments: str) -> str:
    """Run one nbgrader command in a folder; returns what it said."""
    path = os.pathsep.join(filter(None, [str(COURSE), os.environ.get("PYTHONPATH", "")]))
    bin = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])  # it calls alembic by its name
    environment = {**os.environ, "PATH": bin, "PYTHONPATH": path, "HOME": str(folder.parent)}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, f"nbgrader {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def _learners(slug: str) -> tuple[Learner, ...]:
    fixtures = load_subject(slug).fixtures(0)
    first, *_, last = fixtures.exemplars
    artifacts = load_subject(slug).rubric.artifacts
    miss = next(miss for miss in fixtures.near_misses if miss.artifact in artifacts)
    return (
        Learner("untouched", 0),
        Learner("first", 11, first),
        Learner("last", 60, last),
        Learner("nearly", 23, miss.variant, miss.id),
    )


@pytest.fixture(scope="module")
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A lesson generated, released, fetched, submitted, collected, graded and given back, for four learners."""
    slug: str = request.param
    home = tmp_path_factory.mktemp(slug)
    course = Course(slug, home / "course", _learners(slug))
    exchange = home / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    source = course.folder / "source" / slug
    source.mkdir(parents=True)
    config = CONFIG.format(exchange=str(exchange))
    (course.folder / "nbgrader_config.py").write_text(config)
    shutil.copy(load_subject(slug).notebook, source)
    nbgrader(course.folder, "generate_assignment", slug)
    nbgrader(course.folder, "release_assignment", slug)
    for number, learner in enumerate(course.learners):
        desk = home / learner.name
        desk.mkdir()
        (desk / "nbgrader_config.py").write_text(config)
        if number == 0:
            nbgrader(desk, "fetch_assignment", slug)
        else:  # what every other learner would fetch as well
            shutil.copytree(home / course.learners[0].name / slug, desk / slug)
    for learner in course.learners:
        desk = home / learner.name
        if learner.variant:
            write_exemplar(slug, learner.seed, learner.variant, desk / slug, learner.near_miss)
        nbgrader(desk, "submit", slug, f"--CourseDirectory.student_id={learner.name}")
    nbgrader(course.folder, "collect", slug)
    nbgrader(course.folder, "autograde", slug, "--create")
    nbgrader(course.folder, "generate_feedback", slug)
    nbgrader(course.folder, "export", "--to", "grades.csv")
    return course


def test_the_committed_notebook_is_what_nbgrader_releases(course: Course) -> None:
    committed = nbformat.read(load_subject(course.slug).notebook, as_version=4)
    released = nbformat.read(course.folder / "release" / course.slug / f"{course.slug}.ipynb", as_version=4)
    assert released == committed


def test_nothing_but_the_notebook_is_released(course: Course) -> None:
    assert [path.name for path in (course.folder / "release" / course.slug).iterdir()] == [f"{course.slug}.ipynb"]


def test_untouched_work_earns_nothing(course: Course) -> None:
    assert set(course.awarded(course.learners[0]).values()) == {0.0}
    assert {artifact.status for artifact in course.own_report(course.learners[0]).artifacts} == {Status.NOT_ATTEMPTED}


def test_exemplars_earn_full_marks_in_their_worlds(course: Course) -> None:
    rubric = load_subject(course.slug).rubric
    full = {f"check_{kind}": float(rubric.points(kind)) for kind in rubric.artifacts}
    assert course.awarded(course.learners[1]) == full
    assert course.awarded(course.learners[2]) == full


def test_a_near_miss_earns_its_part(course: Course) -> None:
    awarded = sum(course.awarded(course.learners[3]).values())
    rubric = load_subject(course.slug).rubric
    assert 0 < awarded < sum(rubric.points(kind) for kind in rubric.artifacts)


def test_nbgrader_awards_what_the_course_says(course: Course) -> None:
    for learner in course.learners:
        own = {f"check_{artifact.kind}": artifact.points for artifact in course.own_report(learner).artifacts}
        assert course.awarded(learner) == pytest.approx(own), learner.name


def test_curriculum_grade_says_the_same(course: Course) -> None:
    nearly = course.learners[3]
    done = subprocess.run(
        [sys.executable, "-m", "curriculum", "grade", course.slug, f"submitted/{nearly.name}/{course.slug}", "--json"],
        cwd=course.folder, env={**os.environ, "PYTHONPATH": str(COURSE)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["points"] == pytest.approx(sum(course.awarded(nearly).values()), abs=1e-3)


def test_grading_leaves_the_answers_as_they_are(course: Course) -> None:
    for learner in course.learners:
        handed_in = course.folder / "submitted" / learner.name / course.slug / "answers"
        graded = course.folder / "autograded" / learner.name / course.slug / "answers"
        before = {path.name: path.read_bytes() for path in handed_in.glob("*")}
        assert {path.name: path.read_bytes() for path in graded.glob("*")} == before


def test_feedback_tells_the_score_and_the_findings(course: Course) -> None:
    for learner in course.learners:
        page = (course.folder / "feedback" / learner.name / course.slug / f"{course.slug}.html").read_text("utf-8")
        report = course.own_report(learner)
        assert f"Score: {sum(course.awarded(learner).values())} / {float(report.maximum)}" in page
        for artifact in report.artifacts:
            for finding in artifact.failed()[:1]:
                assert finding.sentence in html.unescape(page)


def test_the_export_holds_every_score(course: Course) -> None:
    with (course.folder / "grades.csv").open(newline="") as stream:
        rows = {row["student_id"]: row for row in csv.DictReader(stream)}
    for learner in course.learners:
        assert float(rows[learner.name]["score"]) == pytest.approx(sum(course.awarded(learner).values()))
