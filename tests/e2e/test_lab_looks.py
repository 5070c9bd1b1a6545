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
