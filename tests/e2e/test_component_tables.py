"""Tables and figures in bare Chromium: what eye and keyboard meet, in both themes, on paper, without scripts."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from curriculum.cases import load_case
from curriculum.course.table_titles import load_titles
from curriculum.pages.figures import dark, drawn, figure_html
from curriculum.pages.tables import table_html
from curriculum.support.looks import palette
from tests.e2e.component import PAGE

pytestmark = pytest.mark.browser

SLUG = "healthcare_platform"


ROWS = len(load_case("healthcare_platform", 5).tables["clauses"])
RELEASES = len(load_case(SLUG, 5).tables["releases"]["nurses"])


def table(name: str) -> str:
    return table_html(load_case(SLUG, 5).tables[name], load_titles(SLUG))


def show(page: Page, html: str, *, dark: bool = False, width: int = 1440) -> Locator:
    """Show HTML as an output of a notebook that was run here, scripts and all."""
    page.set_viewport_size({"width": width, "height": 1000})
    page.set_content(PAGE.replace('<div id="widget"></div>', f'<div class="jp-RenderedHTMLCommon">{html}</div>'))
    page.evaluate("dark => document.body.setAttribute('data-jp-theme-light', String(!dark))", dark)
    return page.locator(".course-table, .course-figure").first


def pixels(part: Locator) -> np.ndarray:
    """What the screen shows of an element, as RGB."""
    return np.asarray(Image.open(io.BytesIO(part.screenshot())).convert("RGB")).astype(int)


def share(picture: np.ndarray, colour: str) -> float:
    """Which share of a picture has about this colour."""
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return float((np.abs(picture - wanted).max(axis=2) <= 6).mean())


def first_words(page: Page) -> list[str]:
    """The first cell of each row that is on the screen, from top to bottom."""
    return page.locator("tbody tr:visible td:first-child").all_inner_texts()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_tables_are_accessible_and_have_the_colours_of_the_theme(page: Page, theme: str) -> None:
    for name in ("clauses", "wards", "signatures"):
        shown = show(page, table(name), dark=theme == "dark")
        rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}
        found = Axe().run(page, context=".course-table", options=rules).response["violations"]
        assert [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found] == [], (name, theme)
        picture = pixels(shown)
        ground, ink = palette()["ground"], palette()["ink"]
        assert share(picture, ground[theme == "dark"]) > 0.5 and share(picture, ground[theme == "light"]) < 0.05
        assert share(picture, ink[theme == "dark"]) > 0.001


def test_words_are_whole_wrapped_at_the_left_and_numbers_at_the_right(page: Page) -> None:
    show(page, table("clauses"))
    cut = page.locator("th, td").evaluate_all(
        "all => all.filter(e => e.scrollWidth > e.clientWidth + 1 || getComputedStyle(e).textOverflow === 'ellipsis')"
        ".map(e => e.textContent)"
    )
    assert cut == []
    caveat = page.locator("td", has_text="Delegated acts may limit").first
    assert caveat.evaluate("e => getComputedStyle(e).textAlign") in ("start", "left")
    assert caveat.evaluate("e => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight)") > 2.5
    show(page, table("wards"))
    number = page.locator("td", has_text=str(load_case(SLUG, 5).tables["wards"]["beds"][0])).first
    assert number.evaluate("e => getComputedStyle(e).textAlign") in ("end", "right")


@pytest.mark.parametrize("width", [1440, 800, 420])
def test_a_wide_table_scrolls_in_its_own_frame(page: Page, width: int) -> None:
    show(page, table("releases"), width=width)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0
    frame = page.get_by_role("region", name=f"Earlier releases, {RELEASES} rows")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(  # it glides: the keyboard reaches what is beyond the edge
        "e => e.scrollLeft > 0", arg=frame.element_handle()
    )


def test_a_long_table_is_searched_and_sorted_by_keyboard(page: Page) -> None:
    show(page, table("clauses"))
    clauses = [load_titles(SLUG).said(id) for id in load_case(SLUG, 5).tables["clauses"]["clause"]]
    page.evaluate("window.leaked = []; document.addEventListener('keydown', e => leaked.push(e.key))")
    box = page.get_by_role("searchbox", name="Search")
    box.press_sequentially("gdpr proposal")
    assert first_words(page) == [load_titles(SLUG).said("gdpr_omnibus")]
    expect(page.get_by_role("status")).to_have_text(f"1 of {ROWS} rows")
    box.fill("")
    assert len(first_words(page)) == ROWS
    head = page.get_by_role("columnheader", name="Status")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    states = page.locator("tbody tr").evaluate_all("all => all.map(row => row.cells[6].textContent)")
    assert states == sorted(states, key=str.lower) and len(set(states)) > 2
    before = first_words(page)
    page.keyboard.press("Space")
    expect(head).to_have_attribute("aria-sort", "descending")
    page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") is None
    assert first_words(page) == clauses != before
    page.keyboard.press("b")
    assert page.evaluate("leaked") == [], "no key gets through to where it would edit the notebook"


def test_numbers_are_sorted_as_numbers(page: Page) -> None:
    show(page, table("releases"))
    page.get_by_role("columnheader", name="Nurses in the test").get_by_role("button").click()
    releases = load_case(SLUG, 5).tables["releases"]
    at = list(releases).index("nurses")
    shown = page.locator("tbody tr").evaluate_all(f"all => all.map(row => Number(row.cells[{at}].textContent))")
    assert shown == sorted(int(each) for each in releases["nurses"])


def test_the_head_stays_while_the_rows_scroll(page: Page) -> None:
    show(page, table("clauses"))
    frame = page.get_by_role("region", name=f"Clauses, {ROWS} rows")
    frame.evaluate("e => e.scrollTop = 400")
    box = frame.bounding_box()
    assert box is not None
    top = page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('th, td').textContent",
                        [box["x"] + 30, box["y"] + 20])  # fmt: skip
    assert top == "Clause"


def test_a_fingerprint_opens_by_keyboard(page: Page) -> None:
    show(page, table("signatures"))
    whole = load_case(SLUG, 5).tables["signatures"]["sha256"][0]
    assert not page.get_by_text(whole).first.is_visible()
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(whole).first).to_be_visible()


def test_without_scripts_and_style_every_row_is_there_and_no_dead_search(page: Page) -> None:
    """A notebook of somebody else: JupyterLab takes `<style>` and `<script>` out of its outputs."""
    html = table("clauses")
    start, end = html.index("<script>"), html.index("</script>") + len("</script>")
    bare = (html[:start] + html[end:]).split("</style>")[1]
    show(page, bare)
    assert len(first_words(page)) == ROWS
    assert page.get_by_role("searchbox").count() == 0
    assert page.locator("td").first.evaluate("e => getComputedStyle(e).textAlign") == "left"
    expect(page.get_by_text(f"Clauses {ROWS} rows").filter(visible=True)).to_have_count(1)


def test_on_paper_the_whole_table_is_light(page: Page) -> None:
    shown = show(page, table("clauses"), dark=True, width=1000)
    page.emulate_media(media="print")
    assert shown.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert shown.locator(".scroll").evaluate("e => e.scrollHeight - e.clientHeight") <= 1, "nothing is left in the box"
    assert not page.get_by_role("searchbox").is_visible()


def bars(figure: object) -> None:
    axes = figure.subplots()  # type: ignore[attr-defined]
    axes.bar(["a", "b"], [2, 1], width=1, color=["#4a3fd1", "#123456"])
    axes.set(xlabel="shop", ylabel="orders", title="Orders")


@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_figure_follows_the_theme_of_the_page_and_not_that_of_the_computer(page: Page, system: str) -> None:
    page.emulate_media(color_scheme="dark" if system == "dark" else "light")
    shown = show(page, figure_html(drawn(bars, 5, 3), "Two bars"))
    has: Callable[[str], float] = lambda colour: share(pixels(shown), colour)
    assert has("#ffffff") > 0.3 and has("#4a3fd1") > 0.1 and has("#123456") > 0.05
    page.evaluate("document.body.setAttribute('data-jp-theme-light', 'false')")
    assert has(palette()["ground"][1]) > 0.3 and has("#b3a8ff") > 0.1 and has(dark("#123456")) > 0.05
    assert has("#ffffff") < 0.01
    page.evaluate("document.body.setAttribute('data-jp-theme-light', 'true')")
    assert has("#4a3fd1") > 0.1, "and back"


def test_a_figure_elsewhere_follows_the_computer_and_on_paper_it_is_light(page: Page) -> None:
    shown = show(page, figure_html(drawn(bars, 5, 3), "Two bars"))
    page.evaluate("document.body.removeAttribute('data-jp-theme-light')")
    has: Callable[[str], float] = lambda colour: share(pixels(shown), colour)
    assert has("#4a3fd1") > 0.1
    page.emulate_media(color_scheme="dark")
    assert has("#b3a8ff") > 0.1
    page.evaluate("document.body.setAttribute('data-jp-theme-light', 'false')")
    page.emulate_media(media="print", color_scheme="dark")
    assert has("#4a3fd1") > 0.1
