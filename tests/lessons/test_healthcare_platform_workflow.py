"""The workflow that ships with a release: its steps run as they are written, by a small runner on this computer."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from curriculum.artifacts import yaml_text
from curriculum.cases import load_case
from curriculum.course.fixtures import load_fixtures
from curriculum.practice.gate.package import GATE, NEEDED, REQUIREMENTS, gate_files, pins
from curriculum.practice.gate.release import POLICY, add_to_release, make_release
from tests.helpers.pilot import hand_in, with_every_rule

SLUG = "healthcare_platform"
CASE = load_case(SLUG, 6)
EXEMPLAR = with_every_rule(CASE, load_fixtures(CASE).exemplars["explainable_broad"])
TEXT = resources.files("curriculum.practice.gate").joinpath("release-gate.yaml").read_text(encoding="utf-8")
JOB = yaml.safe_load(TEXT)["jobs"]["gate"]


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Runner:
    """Runs the steps of a job: the three actions that the workflow uses, and shell steps as the service runs them.

    A job has a Python of its own, or finds at `python` what an earlier job has installed.
    """

    def __init__(self, origin: Path, place: Path, event: dict[str, Any], python: Path | None = None):
        self.origin, self.event = origin, event
        self.work, self.temp, self.env_file = place / "work", place / "temp", place / "env"
        self.python = python or place / "python"
        self.temp.mkdir(parents=True)
        self.env_file.touch()
        self.said = ""

    def run(self) -> int:
        """The exit code of the job: that of the first step that fails; later steps run only where they always do."""
        code = 0
        for step in JOB["steps"]:
            if code and step.get("if") != "always()":
                continue
            code = (self._uses(step) if "uses" in step else self._shell(step)) or code
        return code

    def _uses(self, step: dict[str, Any]) -> int:
        action = step["uses"].split("@")[0]
        if action == "actions/checkout":
            assert step["with"]["fetch-depth"] == 0
            subprocess.run(["git", "clone", "-q", str(self.origin), str(self.work)], check=True)
            git(self.work, "checkout", "-q", "--detach", self.event["sha"])
        elif action == "actions/setup-python":
            if not self.python.exists():
                subprocess.run([sys.executable, "-m", "venv", str(self.python)], check=True)
        elif action == "actions/upload-artifact":
            return 0 if (self.work / step["with"]["path"]).is_file() else 1
        else:
            raise AssertionError(f"an unknown action {action}")
        return 0

    def _shell(self, step: dict[str, Any]) -> int:
        set_before = dict(line.split("=", 1) for line in self.env_file.read_text(encoding="utf-8").splitlines())
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CURRICULUM"))},
            **set_before,
            **{name: self._filled(value) for name, value in step.get("env", {}).items()},
            "PATH": f"{self.python / 'bin'}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ENV": str(self.env_file),
        }
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", self._filled(step["run"])]
        done = subprocess.run(command, cwd=self.work, env=environment, capture_output=True, text=True)
        self.said += done.stdout + done.stderr
        return done.returncode

    def _filled(self, text: str) -> str:
        def value(match: re.Match[str]) -> str:
            for path in match[1].split("||"):
                found: Any = self.event
                for name in path.strip().removeprefix("github.").split("."):
                    found = found.get(name) if isinstance(found, dict) else None
                if found:
                    return str(found)
            return ""

        return re.sub(r"\$\{\{(.*?)\}\}", value, text)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("origin") / "release"
    make_release(CASE, folder)
    hand_in(CASE, folder, EXEMPLAR)
    return folder


@pytest.mark.slow
def test_the_steps_run_as_shipped_let_a_sound_release_pass_and_stop_a_change_that_brings_its_own_gate(
    origin: Path, tmp_path: Path
) -> None:
    sound = git(origin, "rev-parse", "HEAD")
    pushed = Runner(origin, tmp_path / "push", {"sha": sound, "event": {"before": "0" * 40}})
    assert pushed.run() == 0, pushed.said
    assert "work: release 2027.1" in pushed.said and "passed" in pushed.said
    assert json.loads((pushed.work / "gate.json").read_text(encoding="utf-8"))["passed"] is True
    installed = subprocess.run(
        [pushed.python / "bin" / "python", "-m", "pip", "list", "--format=json"], capture_output=True, check=True
    )
    assert len(json.loads(installed.stdout)) <= len(NEEDED) + 2  # pip and setuptools are there already

    # A pull request with a card of the older model, a gate that says yes, and a policy that stops nothing.
    change = tmp_path / "change"
    shutil.copytree(origin, change)
    miss = next(miss for miss in load_fixtures(CASE).near_misses if miss.id == "the_card_of_the_version_before")
    hand_in(CASE, change, with_every_rule(CASE, load_fixtures(CASE).near_miss_files(miss)))
    rule = {"name": "odd", "stop_when": "nurses < 0", "clause": "part_11", "reason": "Odd."}
    add_to_release(
        CASE,
        change,
        {POLICY: yaml_text.dump({"rules": [rule]}), GATE: "print('passed')\n"},
        "A friendly gate",
    )
    proposed = Runner(
        change,
        tmp_path / "pull",
        {"sha": git(change, "rev-parse", "HEAD"), "event": {"pull_request": {"base": {"sha": sound}}}},
        pushed.python,
    )
    assert proposed.run() == 1
    assert "is stopped" in proposed.said and "(rule mdr_technical_documentation)" in proposed.said
    assert json.loads((proposed.work / "gate.json").read_text(encoding="utf-8"))["passed"] is False


def test_actions_are_pinned_by_commit_and_the_job_may_only_read() -> None:
    assert yaml.safe_load(TEXT)["permissions"] == {"contents": "read"}
    for step in JOB["steps"]:
        assert "uses" not in step or re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])


def test_the_gate_travels_with_the_release_and_is_the_same_everywhere(origin: Path) -> None:
    files = gate_files()
    assert {name: (origin / name).read_bytes() for name in files} == files
    gate_files.cache_clear()
    assert gate_files() == files
    with zipfile.ZipFile(origin / GATE) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "curriculum/cases/healthcare_platform/clauses.toml" in archive.namelist()
    assert files[REQUIREMENTS].decode().count("==") >= len(NEEDED)


def test_a_package_that_is_not_pinned_is_named() -> None:
    with pytest.raises(LookupError, match="pydantic-core"):
        pins("click==8.0 \\\n    --hash=sha256:0\n")


@pytest.mark.slow
def test_the_archive_imports_nothing_that_its_pins_lack(origin: Path) -> None:
    code = f"""
import sys
from pathlib import Path
import curriculum.practice.gate.verdict as verdict
assert ".pyz" in verdict.__file__, verdict.__file__
print(verdict.judge(Path({str(origin)!r})).passed)
print(sorted({{module.split(".")[0] for module in sys.modules}}))
"""
    environment = {**os.environ, "PYTHONPATH": str(origin / GATE)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=origin)
    *_, passed, modules = done.stdout.strip().splitlines()
    assert passed == "True", done.stderr
    assert not {"pandas", "jinja2", "matplotlib", "IPython", "rich"} & set(yaml.safe_load(modules))
