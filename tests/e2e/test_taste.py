"""The page that runs `welcome` alone: opened as a file, without network, to full points and into a real workspace."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from curriculum.artifacts import yaml_text
from curriculum.cases import Case, load_case
from curriculum.cli import main
from curriculum.course.templates import render
from curriculum.learner.progress import Progress
from curriculum.roleplay.script import load_script

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
PARTS = Path(os.environ.get("CURRICULUM_TASTE_PARTS", ROOT / ".venv" / ".taste"))
READY = 120_000
"""Milliseconds that the interpreter may take to start on a busy machine; alone it takes six seconds."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as `make taste` builds it."""
    out = tmp_path_factory.mktemp("taste")
    command = [sys.executable, str(ROOT / "deploy" / "taste" / "build.py"), str(PARTS), str(out)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=100, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stderr
    return out / "index.html"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without network; the test fails when a page asks for anything beyond its own file."""
    context = browser.new_context(viewport={"width": 1300, "height": 900}, color_scheme="dark", accept_downloads=True)
    context.set_default_timeout(30_000)
    context.set_offline(True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url[:200]))
    yield context
    context.close()
    others = [url for url in asked if not url.startswith(("file:", "blob:", "data:"))]
    assert not others, f"the page asked for {others}"
    assert len({url for url in asked if url.startswith("file:")}) == 1


class Visitor:
    """Somebody who tries the lesson on one page."""

    def __init__(self, page: Page, url: str):
        self.page = page
        self.broken: list[str] = []
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.on("console", lambda said: self.broken.append(said.text) if said.type == "error" else None)
        page.goto(url)

    def wait(self) -> None:
        expect(self.page.get_by_role("button", name="Take along")).to_be_enabled(timeout=READY)

    def cell(self, id: str) -> Locator:
        return self.page.locator(f'[data-cell="{id}"]')

    def press(self, id: str) -> Locator:
        """Press a cell's button with the keyboard; what it shows."""
        self.cell(id).locator("button.t-ask").focus()
        self.page.keyboard.press("Enter")
        return self.cell(id).locator(".t-out")

    def taken(self) -> dict[str, bytes]:
        """The answers as the page gives them away, by path."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Take along").click()
        self.zip = Path(download.value.path()).read_bytes()
        with zipfile.ZipFile(io.BytesIO(self.zip)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def say(self, choice: str, case: Case) -> None:
        talk, script = self.cell("talk"), load_script("welcome")
        box = talk.locator(".say-box")
        expect(talk.locator(".say-box, .next .choice").first).to_be_visible()
        moment = box.get_attribute("data-key") if box.count() else None
        if moment:
            box.fill(script.choices[choice].also[0])
            box.press("Enter")
        words = " ".join(render(script.choices[choice].text, case).split())
        talk.get_by_role("button").filter(has_text=words).first.click()
        if moment:  # the next words belong to the next moment
            expect(talk.locator(f'[data-key="{moment}"]')).to_have_count(0)

    def pick(self, field: str, words: str) -> None:
        form = self.cell("ask")
        form.locator(f'[data-do="panel"][data-path="{field}"]').click()
        search = form.get_by_role("combobox", name=re.compile("^Search"))
        search.fill(words)
        expect(form.get_by_role("option")).to_have_count(1)
        self.page.keyboard.press("Enter")
        expect(search).to_have_count(0)


def test_somebody_tries_the_lesson_in_a_file_and_takes_it_into_the_course(
    built: Path, context: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(context.new_page(), built.as_uri())
    expect(visitor.page.get_by_text("It goes to one person, and she can decide.")).to_be_visible()  # before it is ready
    visitor.wait()

    stated = yaml_text.parse(visitor.taken()["welcome/answers/case.yaml"].decode()).data
    case = load_case("welcome", stated["variant"])
    assert stated["case_version"] == case.version
    day = case.columns["mornings"]["day"][4]
    expect(visitor.cell("mornings")).to_contain_text("5 of 40 rows")  # the same world as with numpy, here without it
    expect(visitor.cell("mornings").locator("tbody tr").last).to_contain_text(str(day))

    # A first guess fails, and a hint opens.
    guess = visitor.cell("guess").get_by_role("textbox", name="Your ask, in one sentence")
    guess.fill("Can we move the stand-up to half past nine, please?")
    expect(visitor.press("first_review").get_by_text("asks for changes").first).to_be_visible()
    expect(visitor.press("hint")).to_contain_text("Hint 1 of 2")
    expect(visitor.press("exemplar")).not_to_contain_text("One of several good answers")

    for choice in ("ask_when_ready", "ask_calendar", "thank"):
        visitor.say(choice, case)
    expect(visitor.cell("talk").get_by_text("Ready to ask").first).to_be_visible()

    form, truth = visitor.cell("ask"), case.truth
    expect(form.get_by_role("textbox", name="Your ask, in one sentence")).to_have_value(re.compile("half past nine"))
    form.locator("[data-path=number]").fill(str(truth.ready_p90))
    form.locator("[data-path=by]").fill(truth.board_prints.isoformat())
    form.locator("[data-path=moves_to]").fill(truth.new_time)
    form.get_by_role("textbox", name="Your ask, in one sentence").fill(
        f"Tomás, could our daily begin at {truth.new_time} from Monday on, because our figures are late on some days?"
    )
    for field, words in (("decider", "Tomás"), ("moves", "The stand-up"), ("evidence", "On nine mornings")):
        visitor.pick(field, words)
    expect(form.get_by_text("7 of 7 parts begun")).to_be_visible()
    review = visitor.press("check_ask")
    expect(review.get_by_text("6 of 6").first).to_be_visible()
    expect(visitor.cell("story")).to_contain_text(f"{truth.ready_p90} minutes after 09:00")
    exemplar = visitor.press("exemplar")
    expect(exemplar.get_by_text("The stand-up", exact=True)).to_be_hidden()
    exemplar.get_by_text("Another good answer").click()
    expect(exemplar.get_by_text("The stand-up", exact=True)).to_be_visible()

    # A half-filled document begins at the fourth level of headings, wherever it stands; its own tests look at it.
    known = {"rules": {"heading-order": {"enabled": False}}}
    found = Axe().run(visitor.page, options=known).response["violations"]
    assert not found, [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]

    # A second tab would write over the first one.
    second = Visitor(context.new_page(), built.as_uri())
    expect(second.page.get_by_role("alert")).to_contain_text("open in another tab")
    second.page.close()

    # What is written is there again, and goes along.
    expect(visitor.page.get_by_role("status").first).to_have_text("Kept in this browser")
    before = visitor.taken()
    visitor.page.reload()
    visitor.wait()
    expect(visitor.cell("ask").locator("[data-path=number]")).to_have_value(str(truth.ready_p90))
    expect(visitor.cell("talk").get_by_text("Ready to ask").first).to_be_visible()
    assert visitor.taken() == before
    assert not visitor.broken

    zipped = tmp_path / "welcome-answers.zip"
    zipped.write_bytes(visitor.zip)
    monkeypatch.setenv("CURRICULUM_WORKSPACE", str(tmp_path / "course"))
    done = CliRunner().invoke(main, ["bring", str(zipped)])
    assert done.exit_code == 0, done.output
    assert "6 of 6" in done.output
    answers = tmp_path / "course" / "beginner" / "welcome" / "answers"
    assert {f"welcome/answers/{path.name}": path.read_bytes() for path in answers.iterdir()} == before
    assert Progress(tmp_path / "course").standings("welcome")["ask"].points == 6


@pytest.mark.long
def test_who_begins_again_finds_nothing_of_before(built: Path, context: BrowserContext) -> None:
    visitor = Visitor(context.new_page(), built.as_uri())
    visitor.wait()
    guess = visitor.cell("guess").get_by_role("textbox", name="Your ask, in one sentence")
    guess.fill("Can we move the stand-up to half past nine, please?")
    expect(visitor.cell("ask").get_by_role("textbox", name="Your ask, in one sentence")).to_have_value(
        "Can we move the stand-up to half past nine, please?"
    )
    visitor.page.get_by_role("button", name="Begin again").click()
    visitor.page.get_by_role("button", name="Yes, delete it").click()
    expect(visitor.page.get_by_role("button", name="Take along")).to_be_disabled()
    visitor.wait()
    expect(guess).to_have_value("")
    assert set(visitor.taken()) == {"welcome/answers/case.yaml"}


@pytest.mark.parametrize(("width", "theme"), [(1300, "light"), (390, "dark")])
def test_the_page_can_be_read_and_used_by_everybody_before_it_is_ready(
    built: Path, context: BrowserContext, width: int, theme: str
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="light" if theme == "light" else "dark")
    page.goto(built.as_uri())
    expect(page.locator("html")).to_have_attribute("data-jp-theme-light", str(theme == "light").lower())
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert not found, [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Go to the lesson")).to_be_focused()
