"""pyproject.toml, the pins, environment.yml and the README agree, and the plain pip route works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN_FILES = sorted(path.name for path in (ROOT / "requirements").glob("*.txt"))
LEFT_OUT = "rfc3987-syntax"
"""What jsonschema asks for and the course leaves out: 1.5 CPU-seconds in every Jupyter process."""

# In pieces, since this file is searched too.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("anaconda", "org"),
        ("anaconda", "com"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(name: str) -> dict[str, set[str]]:
    """Versions of each package that a requirements file pins; every line must be a pin with hashes.

    A package has several versions where the newest does not run on every Python, told apart by markers.
    """
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        statement, *hashes = re.split(r"\s+--hash=", line.strip())
        requirement = Requirement(statement)
        (specifier,) = requirement.specifier
        assert specifier.operator == "==", f"{name}: {statement} is not an exact version"
        assert hashes, f"{name}: {statement} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each.strip()) for each in hashes), f"{name}: {statement}"
        versions = found.setdefault(canonical(requirement.name), set())
        assert not versions or requirement.marker, f"{name}: {requirement.name} is pinned twice"
        versions.add(specifier.version)
    return found


def extra(name: str) -> list[str]:
    """What an extra asks for, with the extras that it includes."""
    wanted = []
    for text in PROJECT["project"]["optional-dependencies"][name]:
        included = Requirement(text)
        if canonical(included.name) == canonical(PROJECT["project"]["name"]):
            for other in included.extras:
                wanted += extra(other)
        else:
            wanted.append(text)
    return wanted


@pytest.mark.parametrize("name", PIN_FILES)
def test_every_pin_is_exact_and_has_hashes(name: str) -> None:
    assert pins(name)


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        # setuptools too: the project is built without fetching anything.
        ("learn.txt", PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]),
        ("cohort.txt", PROJECT["project"]["dependencies"] + extra("cohort")),
        ("team.txt", PROJECT["project"]["dependencies"] + extra("team")),
        ("test.txt", PROJECT["project"]["dependencies"] + extra("test")),
    ],
)
def test_what_pyproject_asks_for_is_pinned_within_its_range(file: str, wanted: list[str]) -> None:
    pinned = pins(file)
    for text in wanted:
        requirement = Requirement(text)
        versions = pinned.get(canonical(requirement.name))
        assert versions, f"{requirement.name} is not in {file}; run `make lock`"
        for version in versions:
            assert requirement.specifier.contains(version), f"{file} pins {version}, pyproject.toml wants {text}"


def test_tests_run_on_what_learners_get() -> None:
    tested = pins("test.txt")
    for file in ("learn.txt", "cohort.txt"):
        assert {name: tested.get(name) for name in pins(file)} == pins(file)


def test_a_team_gets_what_learners_get_and_little_more() -> None:
    learn, team = pins("learn.txt"), pins("team.txt")
    assert {name: team.get(name) for name in learn} == learn
    more = set(team) - set(learn)
    assert "jupyter-collaboration" in more
    assert len(more) <= 12


def test_the_slow_package_is_left_out_and_only_conda_gets_it() -> None:
    assert [line for line in PROJECT["tool"]["uv"]["override-dependencies"] if line.startswith(LEFT_OUT)]
    assert LEFT_OUT not in pins("learn.txt") | pins("test.txt")
    assert LEFT_OUT in pins("conda.txt")
    assert not set(pins("conda.txt")) & set(pins("learn.txt"))


def conda_pip_section() -> list[str]:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    (section,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    return section


def test_conda_installs_the_same_pins() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    plain = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    assert f"python{PROJECT['project']['requires-python']}" in plain
    assert "pip" in plain
    assert [entry for entry in plain if entry not in ("pip",) and not entry.startswith("python>")] == []
    # Only files with hashes: one line without would switch checking on and then fail.
    assert conda_pip_section() == ["-r requirements/learn.txt", "-r requirements/conda.txt"]
    assert f"conda activate {environment['name']}" in (ROOT / "README.md").read_text(encoding="utf-8")


def text_files() -> Iterator[Path]:
    """The project's own text files."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            name
            for name in folders
            if name not in ("__pycache__", "build", "node_modules")
            and not name.endswith(".egg-info")
            and (not name.startswith(".") or name in (".ci", ".binder", ".devcontainer"))
        ]
        for name in files:
            path = Path(folder, name)
            if path.suffix not in (".png", ".gz", ".db", ".woff2"):
                yield path


def test_no_file_names_a_package_registry() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in text_files()
        for host in REGISTRY_HOSTS
        if host.encode() in path.read_bytes().lower()
    ]
    assert named == []


def test_the_readme_names_only_targets_that_there_are() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)$", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert {first or second for first, second in named} <= targets
    assert {"start", "test", "check", "bench", "lock", "build", "clean", "doctor"} <= targets


def test_ci_runs_make_test() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert lines[-1] == "exec make test"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def route(name: str) -> list[str]:
    """The README's commands between its marks for the route `name`."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(rf"<!-- {name} route -->\n```\n(.*?)```\n<!-- /{name} route -->", readme, re.DOTALL)
    return [line for line in block.splitlines() if line.strip()]


def test_the_route_for_windows_is_the_plain_one() -> None:
    """It cannot be run here, so it says the same as the one that is."""
    plain = [line.replace("python3 -m", "py -3 -m") for line in route("pip")]
    assert route("windows") == [line.replace(".venv/bin/", ".venv\\Scripts\\") for line in plain]
    assert {"pywinpty", "colorama"} <= pins("learn.txt").keys(), "what Jupyter needs on Windows alone"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course as somebody who fetched it has it, with nothing installed."""
    folder = tmp_path_factory.mktemp("course")
    for name in (
        "pyproject.toml",
        "setup.py",
        "README.md",
        "LICENSE",
        "environment.yml",
        "requirements",
        "curriculum",
        "graders",
    ):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def run_in(folder: Path, command: str) -> str:
    """Run one line of the README; installing needs the network, so the tests' block is off for it."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment["PIP_NO_COMPILE"] = "1"  # most of what is installed is never run here
    words = [sys.executable if word == "python3" else word for word in shlex.split(command)]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@pytest.mark.slow
@pytest.mark.long
def test_the_plain_pip_route_and_condas_work(copy: Path) -> None:
    """One test for both: what conda hands to pip is tried in the environment that pip alone made."""
    *install, start = route("pip")
    assert start == ".venv/bin/curriculum start"
    for command in install:
        run_in(copy, command)
    assert "Open the course in JupyterLab." in run_in(copy, ".venv/bin/curriculum --help")
    run_in(copy, ".venv/bin/python -c 'import curriculum, graders, jupyterlab, nbgrader'")
    run_in(copy, ".venv/bin/python -m pip check")
    assert "packages, all in the tested version" in subprocess.run(
        [".venv/bin/curriculum", "doctor", "--workspace", str(copy.with_name("work"))],
        cwd=copy, capture_output=True, text=True,
    ).stdout  # fmt: skip

    *_, project, _start = route("conda")
    (copy / "condaenv.requirements.txt").write_text("\n".join(conda_pip_section()))
    run_in(copy, ".venv/bin/python -m pip install -U -r condaenv.requirements.txt --exists-action=b")
    run_in(copy, f".venv/bin/{project}")
    run_in(copy, ".venv/bin/python -m pip check")
    assert "ok" in run_in(copy, f".venv/bin/python -c 'import {LEFT_OUT.replace('-', '_')}; print(\"ok\")'")
