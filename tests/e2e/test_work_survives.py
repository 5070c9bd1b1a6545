"""Whatever becomes of the kernel, the line or the page: what was typed is there again, and what is said is so."""

from __future__ import annotations

import json
import os
import random
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Locator, Page, Route, expect

from curriculum.launch.settings import places
from tests.e2e.journey import Learner
from tests.e2e.lab import Lab, running_lab, wait_until

MOMENTS = int(os.environ.get("MOMENTS", "8"))
"""Faults in one run; `MOMENTS=200` for a long look."""

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORM = 'lesson.form("ask")'


class Asker(Learner):
    """A learner who writes the ask of `welcome`."""

    @property
    def file(self) -> Path:
        return self.answers / "ask.yaml"

    @property
    def form(self) -> Locator:
        return self.cell(FORM).locator(".course-form").last

    @property
    def box(self) -> Locator:
        return self.form.get_by_role("textbox", name="Your ask, in one sentence", exact=True)

    def start(self) -> None:
        self.open()
        self.box.scroll_into_view_if_needed()

    def written(self) -> str:
        try:
            return str((yaml.safe_load(self.file.read_text(encoding="utf-8")) or {}).get("ask", ""))
        except FileNotFoundError:
            return ""

    def is_written(self, words: str, seconds: float = 30.0) -> None:
        try:
            wait_until(lambda: self.written() == words, f"{words!r} is in the file", seconds)
        except AssertionError as error:
            said = self.form.locator(".notice, .foot").all_inner_texts()
            shown = self.page.locator(".jp-Dialog").all_inner_texts()
            there = f"in the file {self.written()!r}, in the box {self.box.input_value()!r}"
            raise AssertionError(f"{error}; {there}; said: {said}; dialogs: {shown}") from None
        expect(self.form.locator(".saved")).to_have_text("Saved in answers/ask.yaml")

    def says_saved(self) -> bool:
        return self.form.locator(".saved").all_inner_texts() == ["Saved in answers/ask.yaml"]

    def call(self, method: str, path: str) -> None:
        request = urllib.request.Request(
            f"{self.lab.base}/{path}", method=method, headers={"Authorization": f"token {self.lab.token}"}
        )
        if method == "POST":
            request.data = b""
        urllib.request.urlopen(request, timeout=30).close()

    @property
    def kernel(self) -> str:
        return next(str(each["kernel"]["id"]) for each in self.lab.get("api/sessions") if each["path"] == self.notebook)

    def nothing_takes_the_keyboard(self) -> None:
        assert self.page.locator(".jp-Dialog").all_inner_texts() == []


@pytest.fixture
def asker(lab: Lab, page: Page) -> Asker:
    learner = Asker(lab, page, "welcome")
    learner.begin_anew()
    learner.start()
    return learner


def restarted(asker: Asker) -> None:
    asker.call("POST", f"api/kernels/{asker.kernel}/restart")


def ended(asker: Asker) -> None:
    asker.call("DELETE", f"api/kernels/{asker.kernel}")


@pytest.mark.parametrize("fault", [restarted, ended], ids=["restarted", "ended"])
def test_a_kernel_that_is_gone_costs_nothing_and_nobody_runs_a_cell(asker: Asker, fault: Callable) -> None:
    asker.box.fill("before")
    asker.is_written("before")
    fault(asker)
    asker.box.press_sequentially(" and after, typed into the silence", delay=15)
    assert not asker.says_saved()
    asker.is_written("before and after, typed into the silence")
    # It goes on as if nothing had been, with the focus where it was.
    asker.box.press_sequentially(", and on", delay=15)
    asker.is_written("before and after, typed into the silence, and on")


def test_a_page_that_ends_before_the_file_has_it_gives_it_back(asker: Asker) -> None:
    asker.box.fill("kept")
    asker.is_written("kept")
    ended(asker)
    asker.box.fill("typed, and the page is gone at once")
    asker.page.reload()
    asker.page.wait_for_selector(".jp-NotebookPanel.course-ready")
    asker.is_written("typed, and the page is gone at once")


def test_yesterdays_page_works_with_a_kernel_that_knows_nothing(asker: Asker) -> None:
    asker.box.fill("yesterday")
    asker.is_written("yesterday")
    asker.page.keyboard.press("Control+s")
    asker.page.wait_for_timeout(1500)
    ended(asker)
    asker.open()
    asker.box.scroll_into_view_if_needed()
    expect(asker.box).to_have_value("yesterday")
    asker.box.fill("this morning")
    asker.is_written("this morning")


def test_two_versions_of_one_field_are_both_shown(asker: Asker) -> None:
    asker.box.fill("first")
    asker.is_written("first")
    ended(asker)
    asker.box.fill("mine")
    asker.file.write_text("ask: theirs\n", encoding="utf-8")
    aside = asker.form.get_by_role("group", name="Two versions")
    expect(aside.get_by_role("textbox", name="Your words")).to_have_value("mine", timeout=30_000)
    expect(asker.box).to_have_value("theirs")
    assert asker.written() == "theirs"
    aside.get_by_role("button", name="Use mine").click()
    asker.is_written("mine")
    expect(aside).to_have_count(0)


def test_what_is_typed_while_a_cell_runs_is_saved(asker: Asker) -> None:
    asker.box.fill("calm")
    asker.is_written("calm")
    cell = asker.cell("lesson.tables.mornings.head()")
    asker.code_of(cell).click()
    asker.page.keyboard.press("Control+a")
    asker.page.keyboard.insert_text("import time; time.sleep(5)")
    asker.page.keyboard.press("Control+Enter")
    asker.box.fill("while another cell runs")
    asker.is_written("while another cell runs")


def test_a_line_that_is_down_is_named_and_what_was_typed_arrives(asker: Asker) -> None:
    asker.box.fill("on the line")
    asker.is_written("on the line")
    asker.page.context.set_offline(True)
    asker.box.fill("typed in a tunnel")
    expect(asker.form.get_by_role("alert")).to_contain_text("The line to the course is down", timeout=8000)
    assert not asker.says_saved()
    asker.page.context.set_offline(False)
    asker.is_written("typed in a tunnel")


def test_a_line_that_breaks_while_the_page_is_saved_takes_no_keyboard(asker: Asker) -> None:
    saves: list[str] = []

    def breaks_once(route: Route) -> None:
        if route.request.method != "PUT":
            return route.continue_()
        saves.append(route.request.url)
        return route.abort() if len(saves) == 1 else route.continue_()

    asker.page.route("**/api/contents/**", breaks_once)
    asker.box.fill("typed before it broke")
    asker.page.keyboard.press("Control+s")
    for _ in range(100):
        asker.page.wait_for_timeout(100)
        if len(saves) > 1:
            break
    assert len(saves) > 1, "it is tried again"
    asker.nothing_takes_the_keyboard()


def test_what_is_remembered_and_looked_back_on_survives_a_new_kernel(lab: Lab, page: Page) -> None:
    learner = Asker(lab, page, "interview_basics")
    learner.begin_anew()
    learner.open()
    learner.run("from curriculum import open_lesson")
    first = "lesson.recall()"
    for source in (first, 'lesson.debrief("bank_short")'):
        learner.run(source)
    question = learner.cell(first).locator(".questions > li").first
    looking_back = learner.cell('lesson.debrief("bank_short")').get_by_role("textbox", name="What you think")
    ended(learner)
    question.get_by_role("textbox").fill("One person and one day")
    question.get_by_role("button", name="Open the answer").click()
    expect(question).to_contain_text("One person who can decide it", timeout=30_000)
    expect(question).to_contain_text("One person and one day")
    looking_back.fill("I would have skipped the price")
    texts = {"recall.yaml": "One person and one day", "debriefs.yaml": "I would have skipped the price"}
    for name, words in texts.items():
        file = learner.answers / name
        wait_until(lambda file=file, words=words: file.exists() and words in file.read_text(), f"{name} has it", 30)
    expect(learner.cell('lesson.debrief("bank_short")').locator(".saved")).to_have_text(
        "Saved in answers/debriefs.yaml"
    )


def test_the_servers_own_culling_costs_nothing(tmp_path: Path, page: Page) -> None:
    settings = {"MappingKernelManager": {"cull_idle_timeout": 12, "cull_interval": 1, "cull_connected": True}}
    config = places(tmp_path).config
    config.mkdir(parents=True)
    (config / "jupyter_config.json").write_text(json.dumps(settings), encoding="utf-8")
    with running_lab(tmp_path) as lab:
        asker = Asker(lab, page, "welcome")
        asker.start()
        asker.box.fill("awake")
        asker.is_written("awake")
        wait_until(lambda: not asker.lab.get("api/kernels"), "the server has culled the kernel")
        asker.box.fill("after a long lunch")
        asker.is_written("after a long lunch")


def test_nothing_is_lost_and_nothing_untrue_is_said_at_random_moments(asker: Asker) -> None:
    """Faults at random moments of typing: whenever the page says saved, the file has every word of it."""
    chance = random.Random(7)
    faults = (restarted, ended, lambda asker: asker.page.context.set_offline(True), lambda asker: None)
    for moment in range(MOMENTS):
        words = f"moment {moment}: " + "".join(chance.choice("abcdefgh ") for _ in range(24)).strip()
        cut = chance.randrange(len(words))
        asker.box.fill("")
        asker.box.press_sequentially(words[:cut], delay=chance.choice([0, 5, 30]))
        fault = chance.choice(faults)
        fault(asker)
        asker.box.press_sequentially(words[cut:], delay=chance.choice([0, 5, 30]))
        for _ in range(6):
            if asker.says_saved():
                typed, there = asker.box.input_value(), asker.written()
                assert typed.strip() == there or not asker.says_saved(), (typed, there)
            asker.page.wait_for_timeout(chance.randrange(300))
        asker.page.context.set_offline(False)
        asker.nothing_takes_the_keyboard()
        asker.is_written(words)
