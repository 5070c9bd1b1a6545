"""A lesson opens ready in the real Lab: nothing to run, no code in the way, an outline, and addresses that hold."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.journey import Learner
from tests.e2e.lab import Lab, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHECK = 'lesson.check("ask")'


@pytest.fixture
def learner(lab: Lab, page: Page) -> Learner:
    found = Learner(lab, page, "welcome")
    found.begin_anew()
    found.open()
    return found


def top_of(page: Page, selector: str) -> float:
    """Where an element's top lies, in pixels below the top of the notebook's view."""
    return float(
        page.evaluate(
            """(selector) => document.querySelector(selector).getBoundingClientRect().top
               - document.querySelector(".jp-WindowedPanel-outer").getBoundingClientRect().top""",
            selector,
        )
    )


def test_it_is_ready_and_its_code_is_out_of_the_way(learner: Learner) -> None:
    page = learner.page
    brief, form, check = (learner.cell(line) for line in ("lesson.brief()", 'lesson.form("ask")', CHECK))
    expect(brief.get_by_text("Who is who")).to_be_attached()
    expect(form.locator(".course-form")).to_be_attached()
    expect(check.locator(".course-review")).to_have_count(0)
    # Code is behind a bar, and the switch shows all of it; what computes runs when it comes into view.
    data = learner.cell("lesson.tables.mornings.head()")
    expect(data.locator(".cm-content")).to_have_count(0)
    data.scroll_into_view_if_needed()
    expect(data.locator("table")).to_be_visible()
    expect(brief.locator(".cm-content")).to_have_count(0)
    expect(brief.locator(".course-bar-name")).to_have_text("The situation")
    switch = page.get_by_role("button", name="Show the code of all cells")
    switch.click()
    expect(brief.locator(".cm-content")).to_contain_text("lesson.brief()")
    switch.click()
    expect(brief.locator(".cm-content")).to_have_count(0)
    # The bar opens one cell alone, with the keyboard.
    code = brief.get_by_role("button", name="Code of: The situation")
    code.focus()
    page.keyboard.press("Enter")
    expect(code).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")


def test_what_is_run_begins_in_view_and_the_outline_leads_there(learner: Learner) -> None:
    page = learner.page
    outline = page.get_by_role("navigation", name="Steps of this lesson")
    expect(outline.get_by_role("button", name=re.compile("Step 1 of 11"))).to_be_visible()
    outline.get_by_role("button", name=re.compile("Step 1 of 11")).click()
    page.get_by_role("button", name=re.compile("Your ask")).click()
    expect(outline.get_by_role("button", name=re.compile("Your ask"))).to_be_visible()
    assert -5 < top_of(page, '[data-cell="text-your-ask"]') < 60
    learner.run(CHECK)
    check = '[data-cell="check_ask"]'
    wait_until(lambda: page.locator(f"{check} .course-review").count() == 1, "the review is there")
    assert -5 < top_of(page, check) < 850, "its beginning is in view"
    # The data cell, run with the keyboard, keeps its beginning in view too.
    cell = learner.cell("lesson.tables.mornings.head()")
    learner.code_of(cell).click()
    page.keyboard.press("Shift+Enter")
    expect(cell.locator("table")).to_be_visible()
    assert -5 < top_of(page, '[data-cell="mornings"]') < 850


def test_a_cell_can_be_run_first_in_a_new_kernel(learner: Learner) -> None:
    page = learner.page
    page.click(".lm-MenuBar-item:has-text('Kernel')")
    page.locator(".lm-Menu-item", has_text=re.compile("^Restart Kernel…")).first.click()
    page.locator(".jp-Dialog button.jp-mod-accept").click()
    page.wait_for_timeout(3000)
    cell = learner.cell("lesson.tables.mornings.head()")
    output = learner.run("lesson.tables.mornings.head()")
    expect(output.locator("table")).to_be_visible()
    learner.code_of(cell).click()
    learner.page.keyboard.press("Control+a")
    learner.page.keyboard.insert_text("weekly.round()")
    learner.run("lesson.tables.mornings.head()")
    expect(output).to_contain_text("'weekly' is not known yet")


def test_links_are_addresses_and_back_shows_what_the_address_says(learner: Learner) -> None:
    page = learner.page
    page.get_by_role("link", name="Your course").click()
    expect(page.get_by_role("heading", name="Your course")).to_be_visible(timeout=30_000)
    link = page.get_by_role("link", name="Scoping a recommender for the Q2 launch").first
    expect(link).to_have_attribute("href", re.compile(r"/doc/tree/beginner/recommendation_scoping/"), timeout=30_000)
    link.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile("Scoping a recommender"), timeout=30_000)
    for step, title, path in (
        ("back", "Your course", "course.ipynb"),
        ("back", "Welcome to the pod", "welcome.ipynb"),
        ("forward", "Your course", "course.ipynb"),
    ):
        page.go_back() if step == "back" else page.go_forward()
        expect(heading).to_have_text(re.compile(title), timeout=30_000)
        assert page.url.endswith(path)


def test_two_tabs_save_and_ask_nothing(learner: Learner) -> None:
    page = learner.page
    other = page.context.new_page()
    try:
        twin = Learner(learner.lab, other, "welcome")
        twin.open()
        for tab in (page, other, page, other):
            tab.bring_to_front()
            tab.locator(".jp-Notebook").click(position={"x": 3, "y": 3})
            tab.keyboard.press("Control+s")
            tab.wait_for_timeout(1200)
        for tab in (page, other):
            expect(tab.locator(".jp-Dialog")).to_have_count(0)
    finally:
        other.close()


def test_from_a_finding_to_its_field_and_back(learner: Learner) -> None:
    page = learner.page
    form, check = learner.cell('lesson.form("ask")'), learner.cell(CHECK)
    form.get_by_role("textbox", name="Your ask, in one sentence").fill("Can we move the stand-up, because it is nicer?")
    expect(form.locator(".saved")).to_have_text("Saved in answers/ask.yaml")
    learner.run(CHECK)
    note = form.get_by_role("note", name=re.compile("All fields are filled"))
    expect(note.first).to_contain_text("is blank")
    check.get_by_role("button", name=re.compile("Show me where")).first.click()
    place = page.evaluate("document.activeElement.dataset.path")
    assert place == "decider"
    box = page.evaluate("JSON.stringify(document.activeElement.getBoundingClientRect())")
    assert 0 < json.loads(box)["top"] < 850, "the field is in view"
    form.get_by_role("button", name="Back to the review").first.click()
    assert page.evaluate("document.activeElement.dataset.key") == "finding-ask_is_complete"
    # The mark stays until what stands there is changed.
    before = note.count()
    form.get_by_label("Its number").fill("9")
    form.get_by_label("Its number").blur()
    expect(form.locator(".saved")).to_have_text("Saved in answers/ask.yaml")
    expect(note).to_have_count(before - 1)
