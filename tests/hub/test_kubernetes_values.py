"""The values for Zero to JupyterHub: each is one that the chart knows, of a type that it takes.

The chart refuses a key that it does not know, so a slip here would stop somebody's `helm upgrade`. The keys and
types below are those of the chart's values.schema.yaml (commit 02dd73d) as far as the values use them; wherever the
chart takes anything, so does this.
"""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.helpers import dockerfile

FOLDER = Path("deploy/jupyterhub/kubernetes")
ANYTHING = {"type": "object"}


def _known(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


_FILE = {
    **_known(mountPath={"type": "string"}, data=ANYTHING, stringData={"type": "string"}, mode={"type": "number"}),
    "required": ["mountPath"],
    "oneOf": [{"required": ["data"]}, {"required": ["stringData"]}],
}
_RESOURCE = {"type": ["number", "string", "null"]}
CHART = _known(
    hub=_known(
        config=ANYTHING,
        extraConfig=ANYTHING,
        loadRoles=ANYTHING,
        services={**ANYTHING, "additionalProperties": {"type": "object"}},
    ),
    singleuser=_known(
        image={**_known(name={"type": "string"}, tag={"type": "string"}), "required": ["name", "tag"]},
        cmd={"type": ["array", "string", "null"]},
        defaultUrl={"type": ["string", "null"]},
        startTimeout={"type": ["integer", "null"]},
        memory=_known(limit=_RESOURCE, guarantee=_RESOURCE),
        cpu=_known(limit={"type": ["number", "null"]}, guarantee={"type": ["number", "null"]}),
        extraFiles={"type": "object", "additionalProperties": _FILE},
        networkPolicy=_known(
            enabled={"type": "boolean"}, ingress={"type": "array"}, egress={"type": "array"}, egressAllowRules=ANYTHING
        ),
    ),
)


def read() -> Any:
    return yaml.safe_load((FOLDER / "values.yaml").read_text(encoding="utf-8"))


def test_the_chart_takes_every_value() -> None:
    assert [error.message for error in Draft7Validator(CHART).iter_errors(read())] == []


@pytest.mark.parametrize("slip", ["default_url", "extraFile", "startTimeOut"])
def test_a_slip_would_be_found(slip: str) -> None:
    values = read()
    values["singleuser"][slip] = "/lab"
    assert any(slip in error.message for error in Draft7Validator(CHART).iter_errors(values))


def test_files_are_what_the_servers_read() -> None:
    files = read()["singleuser"]["extraFiles"]
    assert Path(files["lab"]["mountPath"]).suffix == ".json", "`data` is written in the format of its ending"
    ast.parse(files["nbgrader"]["stringData"])


def test_only_instructors_get_the_image_with_the_whole_course() -> None:
    values = read()
    config = SimpleNamespace(KubeSpawner=SimpleNamespace())
    exec(values["hub"]["extraConfig"]["instructors"], {"c": config})
    images = {}
    for name in ("INSTRUCTOR_NAME", "ada"):
        spawner = SimpleNamespace(user=SimpleNamespace(name=name), image=values["singleuser"]["image"]["name"])
        config.KubeSpawner.pre_spawn_hook(spawner)
        images[name] = spawner.image
    assert images == {"INSTRUCTOR_NAME": "YOUR_INSTRUCTORS_IMAGE:1", "ada": "YOUR_IMAGE"}


def test_nothing_of_the_whole_course_is_copied_into_the_learners_image() -> None:
    stages = dockerfile.read(Path("deploy/container/Dockerfile"))
    assert stages["hub"].of("COPY") == ["--from=course-edition /opt/curriculum /opt/curriculum"]
    (edition,) = stages["course-edition"].of("RUN")
    assert "cohort learner-edition --out /edition" in edition
    assert "--force-reinstall /edition/*.whl" in edition, "the edition takes the place of the whole course"


def test_servers_and_people_may_ask_ngshare_and_keep_what_they_had() -> None:
    roles = read()["hub"]["loadRoles"]
    for name, usual in {"server": {"users:activity!user", "access:servers!server"}, "user": {"self"}}.items():
        assert set(roles[name]["scopes"]) == usual | {"access:services!service=ngshare"}
