"""The bill of materials of what learners install, with licences: CycloneDX 1.6 as JSON. `make bom` writes it.

It says what is installed, so it is made where the pins are; what is pinned for other systems only is not in it. After
`make team` it lists what came by that, too.
"""

from __future__ import annotations

import json
import sys
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from curriculum.course.version import VERSION
from curriculum.launch.doctor import PINS, installed_pins, pinned

NAME = "cross-functional-curriculum"
LONGEST = 80
"""Letters of a licence's name; some packages write the whole text there."""


def licence(name: str) -> dict[str, Any]:
    """How a package names its licence, in the form of CycloneDX: an expression of SPDX where it has one."""
    found = metadata.metadata(name)
    if expression := found.get("License-Expression"):
        return {"expression": expression}
    ends = [line.rsplit(" :: ", 1)[-1] for line in found.get_all("Classifier") or () if line.startswith("License ::")]
    stated = (found.get("License") or "").strip().split("\n")[0]
    is_name = stated and len(stated) <= LONGEST and not stated.startswith("#")
    named = stated if is_name else " and ".join(ends)
    if not named:
        raise LookupError(f"{name} names no licence; look it up, and decide whether the course may rest on it")
    return {"license": {"name": named}}


def bill(pins: Path = PINS) -> dict[str, Any]:
    """The document; raises LookupError where an installed package is not the pinned one, or names no licence."""
    components = []
    for name, version in sorted(pinned(pins).items()):
        if (found := metadata.version(name)) != version:
            raise LookupError(f"{name} is installed as {found}, and pinned as {version}; run `make start`")
        purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
        components.append(
            {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
             "licenses": [licence(name)]}
        )  # fmt: skip
    course = {"type": "application", "bom-ref": NAME, "name": NAME, "version": VERSION,
              "licenses": [{"license": {"id": "MIT"}}]}  # fmt: skip
    body = json.dumps([course, components])
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, body)}",  # the same for the same materials
        "metadata": {"component": course}, "components": components,
    }  # fmt: skip


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill(installed_pins()), indent=2) + "\n", encoding="utf-8")
    print(f"{target}: what learners install, with licences")
