"""Half a sentence in the talk outlives kernel and page, in the real Lab, and is understood all the same."""

from __future__ import annotations

import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.journey import Learner
from tests.e2e.lab import Lab, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_words_outlive_the_kernel_and_the_page_and_are_understood(lab: Lab, page: Page) -> None:
    learner = Learner(lab, page, "welcome")
    learner.begin_anew()
    learner.open()
    talk = learner.cell("lesson.talk()").locator(".course-conversation").last
    box = talk.get_by_role("textbox", name="What do you say?")
    box.scroll_into_view_if_needed()
    box.press_sequentially("When are the numbers there ")
    kernel = next(str(each["kernel"]["id"]) for each in lab.get("api/sessions") if each["path"] == learner.notebook)
    request = urllib.request.Request(
        f"{lab.base}/api/kernels/{kernel}", method="DELETE", headers={"Authorization": f"token {lab.token}"}
    )
    urllib.request.urlopen(request, timeout=30).close()
    box.press_sequentially("on a normal morning?")
    page.reload()
    expect(box).to_have_value("When are the numbers there on a normal morning?", timeout=60_000)
    box.press("Enter")
    meant = talk.get_by_role("button", name="When is the refresh done, on most mornings?")
    expect(meant).to_be_focused(timeout=30_000)
    page.keyboard.press("1")
    file = learner.answers / "first_talk.yaml"
    wait_until(lambda: file.exists() and "said: When are the numbers there" in file.read_text(), "the words are kept")
    expect(talk.locator(".own")).to_contain_text("In your words")
