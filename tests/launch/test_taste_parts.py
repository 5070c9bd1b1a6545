"""What the page that runs in a browser is made of: pinned parts, the lesson's own modules, its text and its places."""

from __future__ import annotations

import importlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from curriculum.authoring.subject import load_subject
from curriculum.support.looks import palette

ROOT = Path(__file__).parents[2]
TASTE = ROOT / "deploy" / "taste"

Load = Callable[[str], ModuleType]


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> Load:
    """The scripts of the builder, by name."""
    monkeypatch.syspath_prepend(str(TASTE))

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    return load


def test_every_part_from_npm_has_its_hash_and_no_host() -> None:
    lock = json.loads((TASTE / "package-lock.json").read_text())["packages"]
    asked = json.loads((TASTE / "package.json").read_text())["dependencies"]
    assert {name: lock[f"node_modules/{name}"]["version"] for name in asked} == asked
    parts = [entry for name, entry in lock.items() if name]
    assert all(re.fullmatch(r"sha512-[\w+/]{86}==", entry["integrity"]) for entry in parts)
    assert not any("resolved" in entry for entry in parts)


def test_the_compiled_part_is_pinned_with_its_hashes(part: Load) -> None:
    fetch = part("fetch")
    pin = fetch.pin_of("pydantic-core", (ROOT / "requirements" / "learn.txt").read_text())
    assert re.match(r"pydantic-core==[\d.]+ \\\n    --hash=sha256:[0-9a-f]{64} \\\n", pin)
    assert pin.count("--hash=") == pin.count("\n") - 1
    assert "==" not in pin.split("\n", 1)[1]
    with pytest.raises(SystemExit, match="has no pin of pydantic-corn"):
        fetch.pin_of("pydantic-corn", pin)


@pytest.mark.slow
def test_the_page_brings_along_what_the_lesson_needs_and_nothing_else(part: Load) -> None:
    bundle = part("bundle")
    packed = bundle.bundle("welcome")
    assert packed == bundle.bundle("welcome")
    assert len(packed) < 1_500_000
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = set(archive.namelist())
    for needed in (
        "host.py", "anywidget.py", "pydantic/__init__.py", "curriculum/notebook/lesson.py", "graders/welcome.py",
        "curriculum/cases/welcome.py", "curriculum/widgets/static/form.js", "curriculum/pages/templates/brief.html",
        "curriculum/course/catalog.toml", "beginner/welcome/source/roleplay.yaml",
    ):  # fmt: skip
        assert needed in names
    rooms = {name.split("/")[1] for name in names if name.startswith("curriculum/") and name.count("/") > 1}
    assert not rooms & {"authoring", "cohort", "commands", "launch"}
    assert not [name for name in names if name.startswith(("graders/pod_", "advanced/", "intermediate/"))]
    licensed = {name.split("/")[0] for name in names if ".dist-info/" in name}
    assert len(licensed) == len(bundle.PACKAGES)
    assert all(licence for _, _, licence in bundle.licences())


def test_the_page_shows_the_whole_lesson_between_its_own_beginning_and_end(part: Load) -> None:
    page = part("lesson_page")
    parts = page.parts_of(load_subject("welcome"))
    cells = {each.id: each for each in parts if isinstance(each, page.Cell)}
    assert list(cells) == [
        "brief", "mornings", "guess", "first_review", "hint", "talk", "guide_ask", "ask", "sure_ask", "check_ask",
        "exemplar", "debrief_exemplar", "story",
    ]  # fmt: skip
    assert (cells["mornings"].table, cells["mornings"].rows) == ("mornings", 5)
    assert all(cell.title for cell in cells.values())
    assert all(cell.button for cell in cells.values() if cell.when == "ask")
    text = "".join(each for each in parts if isinstance(each, str))
    assert '<blockquote data-callout="task">' in text
    assert "Shift+Enter" not in text  # nobody runs code on the page


def test_html_in_a_lesson_stays_text(part: Load) -> None:
    assert "<script>" not in part("lesson_page").html_of("a <script>alert(1)</script> b")


def test_the_colours_of_the_course_stand_in_one_place() -> None:
    """build.py puts them before the page's own style, which defines none of them anew."""
    own = set(re.findall(r"--([\w-]+):", (TASTE / "page" / "page.css").read_text()))
    assert own == {"page", "measure", "wide", "tone", "tint"}
    assert not own & set(palette())
