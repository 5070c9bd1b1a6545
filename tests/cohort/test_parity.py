"""`cohort grade` and nbgrader's own autograde give the same scores, and nbgrader works on what `cohort` wrote."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from curriculum.cohort.course import Course, load_course
from curriculum.cohort.grading import grade_course
from curriculum.cohort.releasing import release_lesson
from curriculum.cohort.roster import Learner
from curriculum.cohort.simulate import kinds_of_submission, write_submission
from curriculum.cohort.staging import create_course
from curriculum.course.catalog import load_catalog

pytestmark = [pytest.mark.nbgrader, pytest.mark.slow]

LESSONS = [entry.slug for entry in load_catalog().lessons if (entry.folder / f"{entry.slug}.ipynb").is_file()]

TELLING = ("welcome", "recommendation_scoping")
"""One lesson with one artifact, and one with several; that every other notebook earns its points is shown without
nbgrader."""

MOST = 3
"""Submissions of a lesson that stock autograde is given, since each takes it seconds."""


def nbgrader(root: Path, *words: str) -> str:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=root, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, "\n".join(line for line in done.stderr.splitlines() if "INFO" not in line)[-6000:]
    return done.stdout + done.stderr


def chosen(course: Course, lesson: str) -> list[str]:
    """What can be said in everybody's world: untouched, exemplars as far as there is room, and near-misses spread
    over the list, at least one."""
    sayable = [kinds_of_submission(lesson, course.variant(learner.id, lesson)) for learner in course.roster]
    kinds = [kind for kind in sayable[0] if all(kind in others for others in sayable)]
    whole = [kind for kind in kinds if "/" not in kind][: MOST - 1]
    near = [kind for kind in kinds if "/" in kind]
    step = max(1, len(near) // max(1, MOST - len(whole)))
    return whole + near[::step][: MOST - len(whole)]


def totals(root: Path) -> dict[str, tuple[float, float]]:
    """What nbgrader's own exporter says: score and maximum by learner."""
    nbgrader(root, "export", "--exporter=nbgrader.plugins.CsvExportPlugin")
    with (root / "grades.csv").open() as stream:
        return {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(stream)}


@pytest.mark.parametrize(
    "lesson",
    [pytest.param(slug, marks=() if slug in TELLING else pytest.mark.long) for slug in LESSONS],
)
def test_scores_equal_those_of_stock_autograde(tmp_path: Path, lesson: str) -> None:
    root = tmp_path / "ours"
    learners = tuple(Learner(f"learner{index}") for index in range(MOST))
    create_course(Course(root=root, id="parity", title="Parity", lessons=(lesson,)), learners, {})
    course = load_course(root)
    release_lesson(course, lesson)
    kinds = chosen(course, lesson)
    known = [write_submission(course, learner.id, lesson, kind) for learner, kind in zip(learners, kinds, strict=True)]
    shutil.copytree(root, tmp_path / "stock")

    grade_course(course)
    ours, stock = totals(root), None
    nbgrader(tmp_path / "stock", "autograde", lesson)
    stock = totals(tmp_path / "stock")
    assert ours == stock
    assert {name: score for name, (score, _) in ours.items()} == {one.student: one.points for one in known}
    # Graded by both, one after the other, in one gradebook: nothing is counted twice.
    grade_course(load_course(tmp_path / "stock"))
    assert totals(tmp_path / "stock") == stock


def test_nbgraders_own_tools_work_on_what_cohort_wrote(course: Course) -> None:
    from nbgrader.apps.api import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    from curriculum.cohort.nbgrader_settings import apply

    write_submission(course, "ada", "welcome", "later_standup/two_asks")
    grade_course(course, workers=1, sample=1)
    config = Config()
    apply(config, course)
    directory = CourseDirectory(config=config)
    assert directory.course_id == "pm-2026"
    tool = NbGraderAPI(coursedir=directory, config=config)
    rows = {row["student"]: row for row in tool.get_submissions("welcome")}
    assert rows["ada"]["autograded"], "formgrader sees it as graded"
    assert rows["ada"]["score"] == 5
    assert rows["ada"]["needs_manual_grade"], "the words wait for a person"
    nbgrader(course.root, "generate_feedback", "welcome")
    page = (course.feedback("ada", "welcome") / "welcome.html").read_text(encoding="utf-8")
    assert "one sentence of 4 to 35 words" in page, "the review is on nbgrader's own feedback page"
    nbgrader(course.root, "export")
    with (course.root / "grades.csv").open() as stream:
        rows = {row["student_id"]: row for row in csv.DictReader(stream)}
    assert (rows["ada"]["score"], rows["bela"]["score"], rows["bela"]["status"]) == ("5", "", "missing"), (
        "no 0 for Béla"
    )


def test_formgrader_shows_review_answers_and_the_queue(course: Course) -> None:
    """The page that an instructor marks on, made by the exporter that formgrader makes it with."""
    from nbconvert.exporters import HTMLExporter
    from nbgrader.server_extensions.formgrader import handlers
    from traitlets.config import Config

    from curriculum.cohort.nbgrader_settings import apply

    write_submission(course, "ada", "welcome", "later_standup/two_asks")
    answers = course.submitted("ada", "welcome") / "answers" / "ask.yaml"
    answers.write_text(answers.read_text().replace("Can we move", "<script>alert(1)</script> Can we move", 1))
    grade_course(course, workers=1)
    config = Config()
    apply(config, course)
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    resources = {
        "assignment_id": "welcome", "notebook_id": "welcome", "submission_id": "x", "index": 0, "total": 1,
        "base_url": "", "student": "ada", "last_name": None, "first_name": None, "notebook_path": "",
    }  # fmt: skip
    notebook = course.autograded("ada", "welcome") / "welcome.ipynb"
    page, _ = HTMLExporter(config=config).from_filename(str(notebook), resources=resources)
    assert "Status <strong>graded</strong>" in page
    assert "<code>ada</code>" not in page, "whoever marks anonymously sees no name in the page"
    assert "one sentence of 4 to 35 words" in page, "the review"
    assert "&lt;script&gt;alert(1)" in page, "the answer, escaped"
    assert "<script>alert(1)" not in page
    assert 'id="read_by_a_person-comment"' in page, "the box for a person's comment"
    assert 'id="check_ask"' in page, "the box for a person's score"
    # A notebook that nbgrader's own autograde wrote is shown as it is.
    data = json.loads(notebook.read_text())
    del data["metadata"]["cohort_marked"]
    notebook.write_text(json.dumps(data))
    page, _ = HTMLExporter(config=config).from_filename(str(notebook), resources=resources)
    assert "Status <strong>" not in page
