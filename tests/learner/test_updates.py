"""From one version of the course to the next in the middle of a lesson: answers stay, and what changed is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from curriculum.cli import main
from curriculum.commands import start
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_exemplar, variants, write_files
from curriculum.course.version import VERSION
from curriculum.learner import updates
from curriculum.learner import workspace as places
from curriculum.learner.lesson_files import find_lesson_files, open_case
from curriculum.learner.workspace import notebook_path
from graders import load_rubric

SLUG = "welcome"
ENTRY = load_catalog().lesson(SLUG)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def half_done(tmp_path: Path) -> Path:
    """The workspace of somebody who has begun the first lesson, and checked what is not yet right, in a course that
    was older and had another page of it."""
    workspace = places.prepare(tmp_path / "work")
    files = find_lesson_files(SLUG, notebook_path(ENTRY, workspace).parent)
    case, _ = open_case(files, graded=False)
    exemplar = load_exemplar(case, variants(SLUG)[0])
    write_files({name: data for name, data in exemplar.items() if name in load_rubric(SLUG).artifacts}, files.answers)
    done = CliRunner().invoke(main, ["check", SLUG, "--workspace", str(workspace)])
    assert done.exit_code == 0, done.output
    older(workspace, version="0.1.0", page="the page of 0.1.0\n")
    return workspace


def older(workspace: Path, version: str | None, page: str) -> None:
    """As an older course left the workspace: its record, and its page of the lesson."""
    path = workspace / ".curriculum" / "workspace.json"
    record: dict[str, Any] = json.loads(path.read_text())
    record["delivered"][SLUG] = places._digest(page.encode())
    record.pop("version")
    path.write_text(json.dumps(record | ({"version": version} if version else {})))
    notebook_path(ENTRY, workspace).write_text(page)


def test_answers_stay_and_the_page_is_told(half_done: Path) -> None:
    answers = notebook_path(ENTRY, half_done).parent / "answers"
    before = contents(answers)
    said = start._news(half_done)
    places.prepare(half_done)
    assert said == [
        f"The course is version {VERSION} now, and was 0.1.0. Your answers are as they were.",
        "In “Welcome to the pod”, which you are in: its page is a new one.",
    ]
    assert contents(answers) == before
    assert notebook_path(ENTRY, half_done).read_bytes() == (ENTRY.folder / f"{SLUG}.ipynb").read_bytes()
    assert updates.since_last_time(half_done) == [], "it is said once"


def test_a_page_that_is_the_learners_is_kept_and_the_way_to_the_new_one_works(half_done: Path) -> None:
    page = notebook_path(ENTRY, half_done)
    page.write_text("with my notes\n")
    _, said = updates.since_last_time(half_done)
    assert "yours is kept: to take the new one, rename welcome.ipynb" in said
    places.prepare(half_done)
    assert page.read_text() == "with my notes\n"
    page.rename(page.with_name("mine.ipynb"))
    places.prepare(half_done)
    assert page.read_bytes() == (ENTRY.folder / f"{SLUG}.ipynb").read_bytes()


def test_other_checks_and_other_numbers_are_told(half_done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stated = notebook_path(ENTRY, half_done).parent / "answers" / "case.yaml"
    now = stated.read_text()
    assert "case_version: " in now
    version = int(now.split("case_version: ")[1].split()[0])
    stated.write_text(now.replace(f"case_version: {version}", f"case_version: {version + 1}"))
    monkeypatch.setattr(type(load_rubric(SLUG)), "sha256", property(lambda self: "another"))
    _, said = updates.since_last_time(half_done)
    assert "what is checked is not quite the same, so check once more" in said
    assert (
        f"some of its numbers are others, so begin it again where they no longer fit: curriculum reset {SLUG}" in said
    )


def test_nothing_is_said_of_lessons_that_are_whole_or_not_begun(half_done: Path) -> None:
    files = find_lesson_files(SLUG, notebook_path(ENTRY, half_done).parent)
    case, _ = open_case(files, graded=False)
    write_files(load_exemplar(case, variants(SLUG)[0]), files.answers)
    done = CliRunner().invoke(main, ["check", SLUG, "--workspace", str(half_done)])
    assert done.exit_code == 0, done.output
    assert len(updates.since_last_time(half_done)) == 1


def test_a_workspace_older_than_such_notes_and_one_that_is_new(half_done: Path, tmp_path: Path) -> None:
    older(half_done, version=None, page="the page of 0.1.0\n")
    assert (
        updates.since_last_time(half_done)[0] == f"The course is version {VERSION} now. Your answers are as they were."
    )
    assert updates.since_last_time(tmp_path / "none") == []
    places.prepare(tmp_path / "fresh")
    assert updates.since_last_time(tmp_path / "fresh") == []


def test_a_record_of_progress_that_is_lost_costs_nobody_the_news(half_done: Path) -> None:
    (half_done / ".curriculum" / "progress.sqlite").write_bytes(b"no database" * 100)
    assert "its page is a new one" in updates.since_last_time(half_done)[1]
