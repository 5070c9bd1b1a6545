"""What a page of a lesson advises is a link to where it is done, and only where that is there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.journey import Learner
from tests.e2e.lab import Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_advice_leads_to_the_section_or_the_lesson_and_never_nowhere(lab: Lab, page: Page) -> None:
    learner = Learner(lab, page, "welcome")
    learner.begin_anew()
    learner.open()
    end = learner.run("lesson.next()")
    expect(end).to_contain_text("Still open here: One-line ask.")
    link = end.get_by_role("link", name="One-line ask")
    link.scroll_into_view_if_needed()
    link.click()
    expect(page.locator('[data-cell="text-your-ask"]')).to_be_in_viewport()
    expect(page.locator(".course-now")).to_contain_text("Your ask")
    assert page.url.split("?")[0].endswith("welcome.ipynb"), "the page has stayed"
    # What is in no lesson stays words; another lesson is opened where its notebook is.
    end.evaluate(
        """(node) => node.querySelector(".course").insertAdjacentHTML("beforeend",
          '<p id="nowhere"><span data-goes="no_such_part">a part</span>, ' +
          '<span data-opens="../../beginner/gone/gone.ipynb">a lesson</span>, ' +
          '<span data-opens="../../beginner/listen_and_ask/listen_and_ask.ipynb">another</span></p>')"""
    )
    words = page.locator("#nowhere")
    expect(words.get_by_role("link")).to_have_count(1)
    expect(words.get_by_role("link")).to_have_text("another")
    page.wait_for_timeout(500)
    expect(words.get_by_role("link")).to_have_count(1)
    words.get_by_role("link").click()
    expect(page).to_have_url(re.compile("listen_and_ask.ipynb"))
