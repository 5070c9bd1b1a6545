"""`author new` in a copy of the course: the skeleton is whole, clean, and passes its own proofs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from curriculum.authoring.proofs import PROOFS
from curriculum.course.places import COURSE


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the course, with `welcome` as its only lesson."""
    copy = tmp_path_factory.mktemp("course")
    for name in ("curriculum", "graders"):
        shutil.copytree(COURSE / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(COURSE / "beginner" / "welcome", copy / "beginner" / "welcome")
    shutil.copy(COURSE / "pyproject.toml", copy)
    listing = copy / "curriculum" / "course" / "catalog.toml"
    listing.write_text("\n[[lessons]]\n".join(listing.read_text("utf-8").split("\n[[lessons]]\n")[:2]), "utf-8")
    yield copy
    shutil.rmtree(copy)


def course(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, [str(tree), os.environ.get("PYTHONPATH", "")]))
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=tree, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, timeout=200,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("slug", "level", "kind"), [("tea_break", "intermediate", None), ("zebra_crossing", "advanced", "crossing_note")]
)
def test_a_new_lesson_passes_its_own_proofs(tree: Path, slug: str, level: str, kind: str | None) -> None:
    options = ["--title", "A new lesson: what’s next?", "--level", level, *(["--kind", kind] if kind else [])]
    made = course(tree, "-m", "curriculum", "author", "new", slug, *options)
    assert made.returncode == 0, made.stderr
    proved = course(tree, "-m", "curriculum", "author", "check", slug, "--seeds", "20", "--processes", "1")
    assert proved.returncode == 0, proved.stdout
    assert f"{len(PROOFS)} of {len(PROOFS)} proofs hold" in proved.stdout
    files = [line for line in made.stdout.splitlines() if line.endswith(".py")]
    assert len(files) == 5
    for tool in (["ruff", "check"], ["ruff", "format", "--check"]):
        tidy = course(tree, "-m", *tool, *files)
        assert tidy.returncode == 0, tidy.stdout
    tested = course(tree, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/lessons/test_{slug}.py")
    assert tested.returncode == 0, tested.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["welcome", "--title", "Again"], "There is a lesson 'welcome' already"),
        (["Bad-Name", "--title", "X"], "use 3 to 40 small letters"),
        (["lambda", "--title", "X"], "cannot be the name of a lesson"),
        (["fresh", "--title", "X", "--kind", "ask"], "curriculum/artifacts/ask.py is there already"),
        (["fresh", "--title", "X", "--kind", "case"], "has another meaning"),
        (["fresh", "--title", 'A "quoted" title'], "must be one line without quotes"),
    ],
)
def test_a_name_that_is_taken_changes_nothing(tree: Path, arguments: list[str], sentence: str) -> None:
    before = sorted(path for path in tree.rglob("*") if "__pycache__" not in path.parts)
    refused = course(tree, "-m", "curriculum", "author", "new", *arguments)
    assert refused.returncode == 2
    assert sentence in " ".join(refused.stderr.split())
    assert sorted(path for path in tree.rglob("*") if "__pycache__" not in path.parts) == before
