"""What the course rests on is listed with its licences, and a change of pins is told by package."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.launch.doctor import PINS, pinned
from tests.supply import bom, changed_pins


def test_every_package_that_learners_get_is_listed_with_a_licence() -> None:
    document = bom.bill()
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    listed = {one["name"]: one["version"] for one in document["components"]}
    assert listed == pinned(PINS)
    refs = [one["bom-ref"] for one in document["components"]]
    assert len(set(refs)) == len(refs)
    for one in document["components"]:
        (licence,) = one["licenses"]
        assert licence.get("expression") or licence["license"]["name"], one["name"]
    assert bom.bill() == document, "the same materials give the same bill"


def test_no_licence_asks_learners_for_more_than_the_course_does() -> None:
    """Nothing under the GPL or the AGPL is installed with the course, which is MIT; the LGPL may be."""
    names = {one["name"]: str(one["licenses"]) for one in bom.bill()["components"]}
    assert [name for name, said in names.items() if "GPL" in said.replace("LGPL", "") and " OR " not in said] == []


def test_a_package_that_is_not_the_pinned_one_is_told(tmp_path: Path) -> None:
    pins = tmp_path / "pins.txt"
    pins.write_text("click==0.1\n")
    with pytest.raises(LookupError, match=r"click is installed as .*, and pinned as 0\.1"):
        bom.bill(pins)


def test_changed_pins_are_told_by_package() -> None:
    before = changed_pins.read(
        "a==1.2 \\\n    --hash=sha256:00\nb==1.9\nc==2.0\nd==1 ; python_version < '3.12'\nd==2\n"
    )
    after = changed_pins.read("a==1.3\nb==2.0\nd==1 ; python_version < '3.12'\nd==2\nnew-one==0.1\n")
    assert changed_pins.explain(before, after) == [
        "a 1.2 → 1.3",
        "b 1.9 → 2.0 — another major version: read what it changed",
        "c went; it was 2.0",
        "new-one came, as 0.1",
    ]
    assert changed_pins.explain(before, before) == []
