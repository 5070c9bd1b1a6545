"""The wheel is the whole course: lessons and pins travel in it, and a grade from it is the same grade."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from curriculum.cases import load_case
from curriculum.cohort.provenance import grader_sha256
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_exemplar, variants
from curriculum.course.places import COURSE
from curriculum.course.version import VERSION

pytestmark = pytest.mark.slow

NEEDED = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "curriculum", "graders", "requirements",
          "beginner", "intermediate", "advanced")  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the wheel is unpacked, as pip does it; what it needs is this environment's."""
    root = tmp_path_factory.mktemp("wheel")
    for name in NEEDED:
        source = COURSE / name
        if source.is_dir():
            shutil.copytree(source, root / "clone" / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (root / "clone").mkdir(exist_ok=True)
            shutil.copy(source, root / "clone" / name)
    build = [sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--no-build-isolation", "--no-index", "-w", root]
    done = subprocess.run(build, cwd=root / "clone", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    (wheel,) = root.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(root / "site")
    shutil.rmtree(root / "clone")
    return root / "site"


def run(installed: Path, *words: str, code: int = 0) -> str:
    """What a command of the course that was installed says, run from somewhere else."""
    done = subprocess.run(
        [sys.executable, "-m", "curriculum", *words],
        cwd=installed.parent, env={**os.environ, "PYTHONPATH": str(installed)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == code, done.stderr[-2000:]
    return done.stdout


def test_a_workspace_is_the_same_as_from_a_clone(installed: Path, tmp_path: Path) -> None:
    said = run(installed, "list", "--workspace", str(tmp_path / "work"))
    assert [entry.slug for entry in load_catalog().lessons if entry.slug not in said] == []
    code = "import sys, pathlib; from curriculum.learner.workspace import prepare; prepare(pathlib.Path(sys.argv[1]))"
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "work")], env={**os.environ, "PYTHONPATH": str(installed)},
        cwd=tmp_path, check=True,
    )  # fmt: skip
    for entry in load_catalog().lessons:
        here = entry.folder / f"{entry.slug}.ipynb"
        if here.is_file():
            assert (tmp_path / "work" / entry.level / entry.slug / here.name).read_bytes() == here.read_bytes()


def test_the_doctor_finds_the_pins(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "curriculum", "doctor", "--workspace", str(tmp_path / "work")],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)}, capture_output=True, text=True,
    )  # fmt: skip
    assert "packages, all in the tested version" in done.stdout


def test_a_grade_is_the_same_grade(installed: Path, tmp_path: Path) -> None:
    slug = "welcome"
    case = load_case(slug, 3)
    answers = tmp_path / "answers"
    answers.mkdir()
    for name, data in load_exemplar(case, variants(slug)[0]).items():
        (answers / f"{name}.yaml").write_text(json.dumps(data), encoding="utf-8")
    report = json.loads(run(installed, "grade", slug, str(answers), "--seed", "3", "--json"))
    assert report["points"] == report["maximum"]
    code = "from curriculum.cohort.provenance import grader_sha256 as g; print(g('welcome'), g('healthcare_platform'))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == [grader_sha256("welcome"), grader_sha256("healthcare_platform")]


def test_it_says_its_version(installed: Path) -> None:
    assert run(installed, "--version").strip() == f"curriculum {VERSION}"


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## [{VERSION}]" in (COURSE / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"cross_functional_curriculum-{VERSION}-py3" in (COURSE / "README.md").read_text(encoding="utf-8")
