"""A grade names what made it: whatever can change a grade changes its hash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from curriculum.cohort.provenance import deciding_files, submission_sha256
from curriculum.cohort.vetting import MAX_ENTRIES
from curriculum.course.catalog import load_catalog
from curriculum.course.places import COURSE

LESSONS = [entry.slug for entry in load_catalog().lessons]

# Loaded while judging, and without a say in a grade: catalogue and fixtures, what is shown, and cohort's own.
HARMLESS = {
    "curriculum/course/lesson_plan.py",  # what it says of teams is hashed
    "curriculum/course/team_plan.py",
    "curriculum/__init__.py", "curriculum/course/catalog.py", "curriculum/course/places.py",
    "curriculum/pages/reporting.py", "curriculum/course/table_titles.py", "curriculum/course/templates.py",
    "curriculum/learner/__init__.py", "curriculum/learner/variant.py", "curriculum/cohort/__init__.py",
    "curriculum/cohort/provenance.py", "curriculum/cohort/result.py", "curriculum/cohort/marked.py",
    "curriculum/cohort/stored.py", "curriculum/course/__init__.py", "curriculum/pages/__init__.py",
    "curriculum/support/text_table.py", "curriculum/support/time_limit.py",
    # What is left to people: texts to read and copies to look at; no points depend on them.
    "graders/held.py", "graders/readers.py", "curriculum/words/copied.py", "curriculum/words/copies.py",
    "curriculum/words/unread.py",
}  # fmt: skip

LOADED = """
import sys
from curriculum.cases import load_case
from curriculum.cohort import judging
from curriculum.course.fixtures import load_fixtures
from graders import load_rubric
from graders.grade import grade, read_submission
from pathlib import Path
from tempfile import TemporaryDirectory
from curriculum.artifacts import yaml_text
slug = sys.argv[1]
rubric, case = load_rubric(slug), load_case(slug, 1)
exemplars = load_fixtures(case).exemplars
sys.modules.pop("curriculum.course.fixtures")
with TemporaryDirectory() as name:
    for files in exemplars.values():
        for key, data in files.items():
            (Path(name) / f"{key}.yaml").write_text(yaml_text.dump(data))
        grade(rubric, case, read_submission(rubric, case, Path(name)))
for module in list(sys.modules.values()):
    if module.__name__.split(".")[0] in ("curriculum", "graders"):
        print(module.__file__)
"""


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_all_code_that_judges_is_in_the_hash(lesson: str) -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, lesson], cwd=COURSE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    loaded = {str(Path(line).relative_to(COURSE)) for line in done.stdout.splitlines()}
    covered = {str(path.relative_to(COURSE)) for path in deciding_files(lesson)}
    assert {name for name in loaded if f"graders/{lesson}" in name} <= covered
    assert loaded - covered <= HARMLESS
    assert any("judging" in name for name in covered)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "ask.yaml").write_text("ask: yes")
    (tmp_path / "welcome.ipynb").write_text("{}")
    (tmp_path / "timestamp.txt").write_text("2026-09-01 12:00:00 UTC")
    return tmp_path


@pytest.mark.parametrize("name", ["answers/ask.yaml", "welcome.ipynb", "timestamp.txt", "answers/new.yaml"])
def test_a_change_in_what_counts_changes_the_hash(folder: Path, name: str) -> None:
    before = submission_sha256(folder, "welcome")
    assert submission_sha256(folder, "welcome") == before
    (folder / name).write_text("other")
    assert submission_sha256(folder, "welcome") != before


def test_what_does_not_count_does_not(folder: Path) -> None:
    before = submission_sha256(folder, "welcome")
    (folder / "data").mkdir()
    (folder / "data" / "mornings.csv").write_text("1")
    assert submission_sha256(folder, "welcome") == before


def test_links_pipes_and_missing_folders_have_a_hash(folder: Path, tmp_path: Path) -> None:
    import os

    before = submission_sha256(folder, "welcome")
    (folder / "answers" / "link.yaml").symlink_to("/etc/passwd")
    linked = submission_sha256(folder, "welcome")
    os.mkfifo(folder / "answers" / "pipe.yaml")
    piped = submission_sha256(folder, "welcome")
    assert len({before, linked, piped, submission_sha256(tmp_path / "none", "welcome")}) == 4


def test_no_answer_is_exchanged_behind_as_many_others_as_pass(folder: Path) -> None:
    """Graded, and held for a person, would otherwise be one text, and read by that person another."""
    for number in range(MAX_ENTRIES - 10):
        (folder / "answers" / f"a{number:03}.yaml").touch()
    before = submission_sha256(folder, "welcome")
    (folder / "answers" / "ask.yaml").write_text("decider: another\n")
    assert submission_sha256(folder, "welcome") != before
