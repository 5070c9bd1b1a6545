"""Tables and figures of a lesson in a real JupyterLab: they follow its theme, and keys in them edit no cells."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from curriculum.support.looks import palette
from tests.e2e.journey import Learner
from tests.e2e.lab import Lab, wait_until
from tests.e2e.test_component_tables import pixels, share

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_tables_and_figures_follow_the_lab_and_a_search_does_not_edit_the_notebook(lab: Lab, page: Page) -> None:
    learner = Learner(lab, page, "recommendation_scoping")
    learner.open()
    learner.run_all()
    table = learner.cell("cards = lesson.tables.cards").locator(".course-table")
    figure = learner.cell("figure, axes = plt.subplots").locator(".course-figure")
    for theme in ("light", "dark", "light"):
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        lit = str(theme == "light").lower()
        wait_until(lambda lit=lit: page.evaluate("document.body.dataset.jpThemeLight") == lit, f"the Lab is {theme}")
        ground = palette()["ground"][theme == "dark"]
        for part in (table, figure):
            part.scroll_into_view_if_needed()
            wait_until(lambda part=part, ground=ground: share(pixels(part), ground) > 0.5, f"{part} is {theme}", 10)
    page.set_viewport_size({"width": 480, "height": 900})
    figure.scroll_into_view_if_needed()
    assert figure.locator("img").evaluate("img => img.getBoundingClientRect().width") > 500, "letters stay readable"
    ends = [part.evaluate("e => e.getBoundingClientRect().right") for part in (table, figure)]
    card = page.locator(".jp-OutputArea-output .course:visible").first.evaluate("e => e.getBoundingClientRect().right")
    assert max(ends) - card < 1 and min(ends) - card > -1, "tables, figures and cards end at one line"
    bars = page.locator(".course-bar-button:visible").evaluate_all(
        "all => all.map(e => [e.getBoundingClientRect().height, parseFloat(getComputedStyle(e).borderRadius)])"
    )
    assert all(24 <= height < 34 and radius > 12 for height, radius in bars), "buttons are on one line, and round"
    title = page.locator(".course-title")
    assert title.evaluate("e => e.scrollWidth <= e.clientWidth + 1 || e.clientWidth > 120"), "a title is no two letters"
    page.set_viewport_size({"width": 1400, "height": 900})
    cells = page.locator(".jp-Cell").count()
    box = table.get_by_role("searchbox", name="Search")
    box.press_sequentially("abx deep")
    assert box.input_value() == "abx deep"
    box.fill("deep")
    expect(table.get_by_role("status")).to_have_text(f"1 of {len(learner.case.tables['cards']['card'])} rows")
    head = table.get_by_role("columnheader", name="Need").first.get_by_role("button")
    head.focus()
    for key in ("a", "b", "x", "d", "d", "Enter"):
        page.keyboard.press(key)
    expect(table.locator("thead th[aria-sort=ascending]")).to_have_count(1)
    assert page.locator(".jp-Cell").count() == cells, "no key of the table edited the notebook"
