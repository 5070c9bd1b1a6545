"""The files that Docker, development containers and Binder read: of their form, without root, by the same pins."""

from __future__ import annotations

import fnmatch
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from curriculum.course.places import CODE
from curriculum.launch import server
from tests.helpers.dockerfile import Stage, read
from tests.launch.test_environment import conda_pip_section, pins

STAGES = read(CODE / "deploy" / "container" / "Dockerfile")
IMAGES = [STAGES["learner"], STAGES["hub"], STAGES["hub-instructor"]]


def _known(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


_WORDS = {"type": ["string", "array", "object"]}
_PORT = _known(label={"type": "string"}, onAutoForward={"enum": ["notify", "openBrowser", "openBrowserOnce", "silent"]})
DEV_CONTAINER = {
    **_known(
        name={"type": "string"},
        build={**_known(dockerfile={"type": "string"}, context={"type": "string"}, target={"type": "string"}),
               "required": ["dockerfile"]},
        remoteUser={"type": "string"},
        containerEnv={"type": "object", "additionalProperties": {"type": "string"}},
        mounts={"type": "array", "items": {"type": "string"}},
        forwardPorts={"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 65535}},
        portsAttributes={"type": "object", "patternProperties": {r"^\d+$": _PORT}, "additionalProperties": False},
        postAttachCommand=_WORDS,
    ),
    "required": ["build"],
}  # fmt: skip
"""The keys that devcontainer.json uses, as the specification's base schema has them."""


# The image


def test_the_stages_stand_on_each_other() -> None:
    assert {name: stage.base for name, stage in STAGES.items()} == {
        "course": "${BASE}", "course-hub": "course", "hub-instructor": "${BASE}", "course-edition": "course-hub",
        "hub": "${BASE}", "learner": "${BASE}",
    }  # fmt: skip
    taken = {name: re.findall(r"--from=(\S+)", " ".join(stage.of("COPY"))) for name, stage in STAGES.items()}
    assert taken == {
        "course": [], "course-hub": [], "hub-instructor": ["course-hub"], "course-edition": [],
        "hub": ["course-edition"], "learner": ["course"],
    }  # fmt: skip


@pytest.mark.parametrize("image", IMAGES, ids=lambda image: image.name)
def test_nobody_is_root_in_an_image(image: Stage) -> None:
    kinds = [kind for kind, _ in image.steps]
    (user,) = image.of("USER")
    assert f"--uid 1000 {user}" in image.of("RUN")[0]
    assert kinds.index("USER") > max(index for index, kind in enumerate(kinds) if kind in ("RUN", "COPY"))
    assert kinds[-1] == "CMD"


@pytest.mark.parametrize("stage", STAGES.values(), ids=list(STAGES))
def test_what_is_installed_is_pinned_or_here(stage: Stage) -> None:
    for step in stage.of("RUN"):
        for command in (each for each in step.split("&&") if "pip install" in each):
            assert "--require-hashes" in command or "--no-index" in command, command
            assert "--no-deps" in command
        assert not re.search(r"curl|wget|apt-get|git clone|https?:", step), step
    assert pins("../deploy/container/ngshare.txt")


def test_what_is_copied_is_there_and_gets_through() -> None:
    ignore = (CODE / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line[1:] for line in ignore if line.startswith("!")}
    assert ignore[0] == "*"
    copied = {
        source for stage in STAGES.values() for rest in stage.of("COPY") if "--from" not in rest
        for source in rest.split()[:-1]
    }  # fmt: skip
    assert copied == let_in
    assert [source for source in copied if not (CODE / source).exists()] == []
    kept_out = [line for line in ignore[1:] if not line.startswith("!")]
    lessons = [path for level in ("beginner", "intermediate", "advanced") for path in (CODE / level).rglob("*")]
    needed = {path.name for path in lessons if path.is_dir()} - {"answers", "__pycache__", ".ipynb_checkpoints"}
    assert [name for name in needed if any(fnmatch.fnmatch(name, line.removeprefix("**/")) for line in kept_out)] == []


def test_the_learners_volume_is_its_workspace_and_short_enough_for_sockets() -> None:
    learner = STAGES["learner"]
    (volume,) = learner.of("VOLUME")
    assert learner.variables()["CURRICULUM_WORKSPACE"] == volume
    assert len(f"{volume}/.curriculum/run/kernel-01234567-89ab-cdef-0123-456789abcdef-ipc-5") <= 103
    assert learner.of("EXPOSE") == [learner.command("CMD")[-1]]
    assert learner.command("HEALTHCHECK")[-1] == "curriculum.launch.answers"
    assert (CODE / "curriculum" / "launch" / "answers.py").is_file()


# The address, seen from outside of a container


def test_a_containers_own_name_is_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "0B6F2A1C")
    assert server._seen_from_outside("http://0b6f2a1c:8888/") == "http://127.0.0.1:8888/"
    assert server._seen_from_outside("http://127.0.0.1:8889/") == "http://127.0.0.1:8889/"


def test_codespaces_are_let_in_under_their_own_name_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert server._forwarded(8888) == []
    monkeypatch.setenv("CODESPACE_NAME", "odd.name-1")
    monkeypatch.setenv("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "app.example.dev")
    pattern, hosts = (argument.split("=", 1)[1] for argument in server._forwarded(8888))
    assert re.match(pattern, "https://odd.name-1-8889.app.example.dev")
    for other in ("https://oddxname-1-8888.app.example.dev", "https://odd.name-1-8888.app.example.dev.evil.example"):
        assert not re.match(pattern, other)
    assert "odd.name-1-8888.app.example.dev" in hosts


# Development containers and Binder


def dev_container() -> Any:
    return json.loads((CODE / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))


def test_the_development_container_is_of_the_form_that_editors_read() -> None:
    document = dev_container()
    check = Draft7Validator(DEV_CONTAINER)
    assert [error.message for error in check.iter_errors(document)] == []
    assert list(check.iter_errors(document | {"postAttachComand": ""})), "a slip would be found"


def test_the_development_container_is_the_learners_image() -> None:
    document = dev_container()
    folder = CODE / ".devcontainer"
    assert (folder / document["build"]["dockerfile"]).resolve() == CODE / "deploy" / "container" / "Dockerfile"
    assert (folder / document["build"]["context"]).resolve() == CODE
    image = STAGES[document["build"]["target"]]
    assert [document["remoteUser"]] == image.of("USER")
    assert f"target={image.of('VOLUME')[0]}," in document["mounts"][0]
    port = str(document["forwardPorts"][0])
    assert document["postAttachCommand"] == f"curriculum start --port {port}"
    assert list(document["portsAttributes"]) == [port]
    assert document["containerEnv"]["CURRICULUM_LISTEN"] == server.HERE, "the editor forwards from the inside"


def test_binder_reads_the_one_set_of_pins() -> None:
    folder = CODE / ".binder"
    named = [line.removeprefix("-r ") for line in (folder / "requirements.txt").read_text().splitlines()]
    assert [(folder / name).resolve() for name in named] == [
        CODE / line.removeprefix("-r ") for line in conda_pip_section()
    ]
    assert re.fullmatch(r"python-3\.1[1-9]\n", (folder / "runtime.txt").read_text())
    script = folder / "postBuild"
    assert os.access(script, os.X_OK)
    installs = [line for line in script.read_text().splitlines() if "pip install" in line]
    assert installs == ["python -m pip install --no-deps --no-build-isolation --no-index ."]
    page = re.search(r"`doc/tree/(\S+)`", (CODE / "deploy/container/README.md").read_text(encoding="utf-8"))
    assert page and page[1] == f"course/{Path('beginner/welcome/welcome.ipynb')}"
    assert '"$HOME/course"' in script.read_text()
