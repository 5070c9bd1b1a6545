"""A workspace in which several versions of several artifacts were checked, as learners leave one behind."""

from __future__ import annotations

from pathlib import Path

from curriculum.cases import load_case
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import Files, load_exemplar, load_fixtures, write_files
from curriculum.learner.progress import Progress
from curriculum.learner.variant import write_stated
from graders import load_rubric
from graders.grade import grade_folder
from graders.report import Report


def check_files(workspace: Path, slug: str, files: Files, *kinds: str, seed: int = 5) -> Report:
    """Write answers and keep the check of these artifacts, as a lesson's check cell does."""
    case, rubric = load_case(slug, seed), load_rubric(slug)
    (workspace / ".curriculum").mkdir(exist_ok=True)
    answers = workspace / load_catalog().lesson(slug).level / slug / "answers"
    write_stated(answers, case)
    write_files(files, answers)
    report = grade_folder(rubric, case, answers)
    for kind in kinds:
        Progress(workspace).record(report, report.of(kind))
    return report


def check_near_miss(workspace: Path, slug: str, id: str, *kinds: str, seed: int = 5) -> Report:
    """The same for a near-miss."""
    fixtures = load_fixtures(load_case(slug, seed))
    miss = next(one for one in fixtures.near_misses if one.id == id)
    return check_files(workspace, slug, fixtures.near_miss_files(miss), *kinds, seed=seed)


def check_exemplar(workspace: Path, slug: str, variant: str, *kinds: str, seed: int = 5) -> Report:
    """The same for an exemplar."""
    return check_files(workspace, slug, load_exemplar(load_case(slug, seed), variant), *kinds, seed=seed)
