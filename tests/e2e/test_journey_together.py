"""Two people in two real browsers, in one notebook with jupyter-collaboration, in an environment of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Locator, Page, expect

from curriculum.launch.doctor import TEAM_PINS, pinned
from curriculum.launch.server import running
from tests.e2e.chromium import NOTE
from tests.e2e.conftest import HERE
from tests.e2e.lab import running_lab, wait_until
from tests.e2e.test_two_people import Colleague

PYTHON = NOTE.parent / "together" / "bin" / "python"
"""Where `make journeys` installs the course's packages once more, with those by which several people write at once."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.long,
    pytest.mark.skipif(not PYTHON.exists(), reason="`make journeys` gets what this needs: the extra `team`"),
]
ROOT = Path(__file__).parents[2]
SHOWN = """() => [...document.querySelectorAll('.jp-CodeCell .jp-OutputArea-output')].map((shown) => {
    const { x, width, height } = shown.getBoundingClientRect();
    const parts = shown.querySelectorAll('.course .body > *').length;
    return [shown.closest('.jp-CodeCell').dataset.cell, parts, ...[x, width, height].map(Math.round)].join(' ');
})"""
"""Each output of a page: its cell, of how many parts a live widget in it consists, where it is and how large."""


SHADES = 40
"""Of 255: edges of letters are drawn a little differently at another place of the page."""


def most_unlike(one: bytes, other: bytes) -> int:
    """How far the point that differs most is off, of two pictures of the same size."""
    first, second = (Image.open(io.BytesIO(picture)).convert("RGB") for picture in (one, other))
    assert first.size == second.size
    return max(high for _, high in ImageChops.difference(first, second).getextrema())  # type: ignore[misc]


class Person(Colleague):
    """One of the two."""

    @property
    def number(self) -> Locator:
        return self.form.get_by_role("textbox", name="Its number", exact=True)

    @property
    def undo(self) -> Locator:
        return self.form.get_by_role("button", name="Undo")

    def said(self) -> dict[str, Any]:
        """What the file says."""
        return yaml.safe_load(self.file.read_text(encoding="utf-8")) if self.file.exists() else {}

    def kept_aside(self) -> list[str]:
        """What lies beside the file, to be decided."""
        shelf = self.answers / ".aside" / "ask.json"
        return [one["words"] for one in json.loads(shelf.read_text(encoding="utf-8"))] if shelf.exists() else []

    def name(self) -> str:
        """The name that the others see."""
        return str(
            self.page.evaluate("fetch('/api/me').then((me) => me.json()).then((me) => me.identity.display_name)")
        )

    def picture(self) -> bytes:
        """The form as it looks without a cursor in it, but for what each can take back."""
        self.page.mouse.move(0, 0)
        self.page.evaluate("document.activeElement.blur()")
        return self.form.screenshot(animations="disabled", mask=[self.undo])


@pytest.fixture
def pages(browser: Browser) -> Iterator[list[Page]]:
    """Two browsers; the test fails when one asks any other computer for anything, or complains."""
    wrong: list[str] = []
    contexts = [browser.new_context(viewport={"width": 1400, "height": 900}) for _ in range(2)]
    opened = [context.new_page() for context in contexts]
    for page in opened:
        page.set_default_timeout(60_000)  # a second server and two pages, on two cores
        slow = page.get_by_role("dialog", name="Loading")
        page.add_locator_handler(slow, lambda asks: asks.get_by_role("button", name="Continue waiting").click())
        page.on("request", lambda asked: (urlsplit(asked.url).hostname or "") in HERE or wrong.append(asked.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    for context in contexts:
        context.close()
    assert not wrong


def test_two_people_write_in_one_notebook(pages: list[Page], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    workspace = tmp_path / "workspace"
    with running_lab(workspace, "--together", "ada,ben", python=str(PYTHON)) as lab:
        server = running(workspace)
        assert server
        ada = Person(lab, pages[0], "welcome")
        ben = Person(replace(lab, address=server.address_of("ben")), pages[1], "welcome")
        comes_in_without_taking_anything_from_anybody(ada, ben)
        one_shows_the_form_again(ada, ben)
        each_takes_back_their_own(ada, ben, both_write(ada, ben))
        one_begins_anew_and_the_other_is_told(ada, ben)
        one_asks_for_a_review_and_both_read_it(ada, ben)
    there = [path for path in workspace.rglob("*") if ".curriculum" not in path.relative_to(workspace).parts]
    assert not [path for path in there if path.suffix == ".db" or path.name.startswith(".jupyter")]
    assert (workspace / ".curriculum/jupyter/data/together.db").stat().st_size > 0


def comes_in_without_taking_anything_from_anybody(ada: Person, ben: Person) -> None:
    ada.start()
    ada.box.press_sequentially("Ada is still wri")
    ben.start()
    assert (ada.name(), ben.name(), ada.kernel) == ("ada", "ben", ben.kernel)
    expect(ada.box).to_be_focused()
    ada.page.keyboard.type("ting")
    ada.is_written("Ada is still writing")
    expect(ben.box).to_have_value("Ada is still writing", timeout=30_000)
    assert ben.page.evaluate(SHOWN) == ada.page.evaluate(SHOWN)
    assert most_unlike(ada.picture(), ben.picture()) < SHADES


def one_shows_the_form_again(ada: Person, ben: Person) -> None:
    ada.box.click()
    ada.page.keyboard.press("End")
    ada.page.keyboard.type(", and says so")
    ben.run('lesson.form("ask")')
    ada.is_written("Ada is still writing, and says so")
    for one in (ada, ben):
        expect(one.box).to_have_value("Ada is still writing, and says so", timeout=30_000)
    assert ben.page.evaluate(SHOWN) == ada.page.evaluate(SHOWN)


def both_write(ada: Person, ben: Person) -> str:
    ada.box.click()
    ada.page.keyboard.press("End")
    ben.number.click()
    ada.page.keyboard.type(", and on")
    ben.page.keyboard.type("12")
    wait_until(lambda: ada.said().get("number") == 12, "Ben's number is in the file")
    ada.is_written("Ada is still writing, and says so, and on")
    expect(ada.number).to_have_value("12", timeout=30_000)
    expect(ben.box).to_have_value("Ada is still writing, and says so, and on", timeout=30_000)
    # In the same field at the same time: what comes second is kept beside the first, and both are shown to both.
    ben.type_unseen("Ben's words")
    ada.type_unseen("Ada's words")
    wait_until(lambda: {ada.written(), *ada.kept_aside()} == {"Ben's words", "Ada's words"}, "both are kept")
    first, second = (ben, ada) if ada.written() == "Ben's words" else (ada, ben)
    (beside,) = ada.kept_aside()
    expect(second.words("Your words")).to_have_value(beside, timeout=30_000)
    expect(first.words("Another version")).to_have_value(beside, timeout=30_000)
    expect(second.box).to_have_value(ada.written())
    second.aside.get_by_role("button", name="Use mine").click()
    second.is_written(beside)
    for one in (ada, ben):
        expect(one.aside).to_have_count(0, timeout=30_000)
    assert ada.kept_aside() == []
    return beside


def each_takes_back_their_own(ada: Person, ben: Person, before: str) -> None:
    ben.number.fill("34")
    wait_until(lambda: ada.said()["number"] == 34, "Ben's number is in the file")
    ada.box.fill("Ada, last")
    ada.is_written("Ada, last")
    ada.undo.click()
    ada.is_written(before)
    assert ada.said()["number"] == 34
    ben.undo.click()
    wait_until(lambda: ada.said()["number"] == 12, "Ben's number is as it was")
    assert ada.written() == before


def one_begins_anew_and_the_other_is_told(ada: Person, ben: Person) -> None:
    expect(ben.form.locator(".saved")).to_have_text("Saved in answers/ask.yaml")
    ada.page.locator(".lm-MenuBar-item", has_text="Kernel").click()
    ada.page.locator(".lm-Menu-item", has_text="Restart Kernel…").first.click()
    ada.page.locator(".jp-Dialog button.jp-mod-accept").click()
    for one in (ada, ben):
        expect(one.form.locator(".saved")).to_contain_text("The course was stopped or started anew", timeout=30_000)
    ben.box.fill("Ben goes on")
    assert not ben.says_saved()
    ben.is_written("Ben goes on")
    ada.box.click()
    expect(ada.box).to_have_value("Ben goes on", timeout=30_000)
    ada.box.fill("And Ada")
    ada.is_written("And Ada")
    ben.box.blur()
    ben.box.click()
    expect(ben.box).to_have_value("And Ada", timeout=30_000)


def one_asks_for_a_review_and_both_read_it(ada: Person, ben: Person) -> None:
    ada.run('lesson.check("ask")')
    for one in (ada, ben):
        review = one.cell('lesson.check("ask")').locator(".course-review")
        expect(review).to_contain_text("of 6 points", timeout=30_000)
    assert ben.page.evaluate(SHOWN) == ada.page.evaluate(SHOWN)


def test_what_came_by_it_is_listed_with_licences_and_doctor_knows_it(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([PYTHON, "-m", "tests.supply.bom", tmp_path / "bom.json"], cwd=ROOT, env=environment, check=True)
    listed = json.loads((tmp_path / "bom.json").read_text("utf-8"))["components"]
    assert {one["name"]: one["version"] for one in listed} == pinned(TEAM_PINS)
    assert [one["name"] for one in listed if "GPL" in str(one["licenses"]).replace("LGPL", "")
            and " OR " not in str(one["licenses"])] == []  # fmt: skip
    asked = [PYTHON, "-m", "curriculum", "doctor", "--workspace", tmp_path / "workspace"]
    said = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True).stdout
    assert f"{len(listed)} packages, all in the tested version" in said
