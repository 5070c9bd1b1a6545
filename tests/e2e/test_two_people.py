"""Two people in a real JupyterLab, in one kernel or in two: what both write at once is there, and is decided."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from curriculum import open_lesson
from tests.e2e.lab import Lab
from tests.e2e.test_work_survives import Asker, restarted

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Colleague(Asker):
    """Somebody else in the same lesson."""

    @property
    def aside(self) -> Locator:
        return self.form.locator(".aside")

    def type_unseen(self, text: str) -> None:
        """Type at once, before the form has had the time to look whether the file says something else by now."""
        self.box.evaluate(
            "(box, text) => { box.focus(); box.value = text;"
            " box.dispatchEvent(new Event('input', { bubbles: true })); }",
            text,
        )

    def words(self, whose: str) -> Locator:
        return self.aside.get_by_role("textbox", name=whose)


@pytest.fixture
def other_page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    yield context.new_page()
    context.close()


def test_two_people_in_one_kernel(lab: Lab, page: Page, other_page: Page) -> None:
    mine, theirs = Colleague(lab, page, "welcome"), Colleague(lab, other_page, "welcome")
    mine.begin_anew()
    mine.start()
    theirs.start()
    assert mine.kernel == theirs.kernel
    theirs.box.fill("theirs")
    theirs.is_written("theirs")
    mine.type_unseen("mine")
    expect(mine.words("Your words")).to_have_value("mine", timeout=30_000)
    expect(mine.box).to_have_value("theirs")
    assert mine.written() == "theirs"
    mine.words("Your words").press_sequentially(", in full")
    mine.page.wait_for_timeout(800)
    # It is still there after a reload and in a new kernel.
    restarted(mine)
    mine.open()
    mine.box.scroll_into_view_if_needed()
    expect(mine.words("Your words")).to_have_value("mine, in full", timeout=30_000)
    # The other one's kernel has gone without a word: that is noticed before anything is typed.
    theirs.box.blur()
    theirs.box.click()
    expect(theirs.words("Another version")).to_have_value("mine, in full", timeout=30_000)
    mine.aside.get_by_role("button", name="Use mine").click()
    mine.is_written("mine, in full")
    expect(mine.aside).to_have_count(0, timeout=30_000)


def test_two_people_in_two_kernels(lab: Lab, page: Page) -> None:
    mine = Colleague(lab, page, "welcome")
    mine.begin_anew()
    mine.start()
    # Another process opens the same folder, as another notebook's kernel does.
    theirs = open_lesson("welcome", str(mine.answers.parent)).form("ask")
    write = {"op": "set", "path": ["ask"], "writer": "them"}
    theirs._handle_custom_msg({**write, "value": "theirs", "from": [""]}, [])
    mine.type_unseen("mine")
    expect(mine.words("Your words")).to_have_value("mine", timeout=30_000)
    expect(mine.box).to_have_value("theirs")
    assert mine.written() == "theirs"
    mine.aside.get_by_role("button", name="Use mine").click()
    mine.is_written("mine")
    theirs._handle_custom_msg({**write, "value": "theirs, longer", "from": ["theirs"]}, [])
    assert mine.written() == "mine"
    assert [one["words"] for one in theirs.view["aside"]] == ["theirs, longer"]
    mine.box.blur()
    mine.box.click()
    expect(mine.words("Another version")).to_have_value("theirs, longer", timeout=30_000)
