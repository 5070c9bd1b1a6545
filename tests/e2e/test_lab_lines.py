"""How a lesson stands on the screen of a real JupyterLab: where things begin, what lies between them, where it ends."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.journey import Learner
from tests.e2e.lab import Lab, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEFT = """() => {
  const words = (part) => { const range = document.createRange(); range.selectNodeContents(part); return range; };
  const all = (selector) => [...document.querySelectorAll(selector)].filter((part) => part.offsetParent);
  const parts = [
    ...all(".jp-MarkdownOutput > :is(h1, h2, p)").map((part) => [part.textContent, words(part)]),
    ...all(".course-bar:not(.course-data) .course-bar-name").map((part) => [part.textContent, words(part)]),
    ...all(".jp-OutputArea-output .course:not(.course .course)").map((part) => [part.className, part]),
  ];
  return parts.map(([name, part]) => [name.slice(0, 40), Math.round(part.getBoundingClientRect().left)]);
}"""

GAPS = """() => [...document.querySelectorAll(".course-bar:not(.course-data)")].flatMap((bar) => {
  const card = bar.closest(".jp-Cell").querySelector(".jp-OutputArea-output .course");
  return card?.offsetParent ? [Math.round(card.getBoundingClientRect().top - bar.getBoundingClientRect().bottom)] : [];
})"""

TO_THE_END = """() => {
  const view = [...document.querySelectorAll(".jp-WindowedPanel-outer")].find((each) => each.offsetParent);
  view.scrollTop = view.scrollHeight;
  const box = view.getBoundingClientRect();
  return [box.left + box.width / 3, box.bottom - 90];
}"""

UNDER = "([x, y]) => document.elementFromPoint(x, y).closest('.jp-Cell')?.textContent ?? ''"


@pytest.mark.parametrize("width", [1400, 700])
def test_words_bars_and_cards_begin_at_one_line_and_stand_close(lab: Lab, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    learner = Learner(lab, page, "welcome")
    learner.begin_anew()
    learner.open()
    page.locator(".course-recall, .course-form").first.wait_for()
    found = page.evaluate(LEFT)
    assert len(found) > 20
    assert {left for _, left in found} <= {found[0][1] - 1, found[0][1], found[0][1] + 1}, found
    gaps = page.evaluate(GAPS)
    assert gaps and max(gaps) <= 16, gaps


def test_a_lesson_ends_with_its_last_cell_and_the_bar_above_knows(lab: Lab, page: Page) -> None:
    learner = Learner(lab, page, "welcome")
    learner.begin_anew()
    learner.open()
    page.locator(".course-form").first.wait_for()
    wait_until(lambda: "begin this lesson again" in page.evaluate(UNDER, page.evaluate(TO_THE_END)), "the end is seen")
    now = page.locator(".course-now")
    expect(now).to_contain_text("What comes next")
    # A step that cannot come to the top of the page is where you are, once you have gone there.
    now.click()
    page.locator(".course-step", has_text="Your story").click()
    expect(now).to_contain_text("Your story")
    page.mouse.move(700, 500)
    page.mouse.wheel(0, -4000)
    expect(now).not_to_contain_text("Your story")
    # What stood on the last screen for a while was seen, the last step too.
    page.evaluate(TO_THE_END)
    expect(now).to_contain_text("What comes next")
    now.click()
    expect(page.locator(".course-step", has_text="What comes next")).to_contain_text("seen")


EDGES = """(cell) => {
  const edges = (part) => part.getBoundingClientRect().toJSON();
  const bar = cell.querySelector(".course-bar");
  return {
    bar: edges(bar),
    boxes: edges(bar.querySelector(".course-boxes") ?? bar),
    buttons: [...bar.querySelectorAll(".course-bar-button")].map(edges),
    shown: edges(cell.querySelector(".course-table, .course") ?? bar),
  };
}"""


def test_buttons_stand_below_boxes_in_a_narrow_window_and_tables_end_with_their_bar(lab: Lab, page: Page) -> None:
    learner = Learner(lab, page, "complaint_to_plan")
    learner.begin_anew()
    learner.open()
    cell = page.locator('[data-cell="beside"]')
    cell.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    expect(cell.locator(".course-table")).to_be_visible(timeout=60_000)
    wide = cell.evaluate(EDGES)
    assert wide["shown"]["right"] <= wide["bar"]["right"] + 1, wide
    assert wide["buttons"][0]["top"] < wide["boxes"]["bottom"], "there is room beside the boxes"
    for width in (700, 480):
        page.set_viewport_size({"width": width, "height": 900})
        wait_until(lambda: cell.evaluate(EDGES)["buttons"][0]["top"] > cell.evaluate(EDGES)["boxes"]["bottom"], "below")
        narrow = cell.evaluate(EDGES)
        first, second = narrow["buttons"]
        assert abs(first["left"] - narrow["boxes"]["left"]) <= 1, (width, narrow)
        assert first["top"] - narrow["boxes"]["bottom"] <= 12, (width, narrow)
        assert second["top"] == first["top"] and second["right"] <= narrow["bar"]["right"] + 1, (width, narrow)
        assert narrow["shown"]["right"] <= width, (width, narrow)


def test_a_board_ends_where_its_bar_ends(lab: Lab, page: Page) -> None:
    learner = Learner(lab, page, "product_ml_charter")
    learner.begin_anew()
    learner.open()
    cell = page.locator(".jp-CodeCell", has=page.locator(".course-lanes")).first
    cell.evaluate("(node) => node.scrollIntoView({ block: 'start' })")
    edges = cell.evaluate(EDGES)
    assert edges["bar"]["right"] - edges["bar"]["left"] > 62 * 16 + 1, "it is wide"
    assert abs(edges["bar"]["right"] - edges["shown"]["right"]) <= 3, edges
