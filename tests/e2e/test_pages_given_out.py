"""Pages that are given out as files, in a real browser: the portfolio, a learner's feedback, a marker's reading, and
the report's pictures. They follow the reader's own light or dark, words stay whole, and nothing lies over another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from curriculum.cohort.course import Course, load_course, write_settings
from curriculum.cohort.feedback import write_feedback
from curriculum.cohort.marking_sheet import make_sheet
from curriculum.cohort.reading_guide import sheet_page
from curriculum.cohort.report import pictures
from curriculum.cohort.report.items import Item, Share
from curriculum.cohort.report.pictures import items_picture, spread_picture
from curriculum.cohort.report.progress import Spread
from curriculum.learner.portfolio import as_page, chapters
from curriculum.support.looks import palette
from graders import load_rubric
from tests.cohort.test_marking import course, share_out, words_count  # noqa: F401
from tests.e2e.test_component_tables import pixels, share
from tests.helpers.checked_work import check_exemplar

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]

BROKEN_WORDS = """() => [...document.querySelectorAll("td, th")].flatMap((cell) => {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), broken = [];
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/[\\p{L}\\p{N},.]{1,18}/gu)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (tops.size > 1) broken.push(word[0]);
    }
  }
  return broken;
})"""
"""The words in cells of tables that stand on two lines."""

OVERLAPS = """() => {
  const parts = [...document.querySelectorAll("svg.picture text, svg.picture path.mark")];
  const boxes = parts.map((part) => [part.textContent || part.getAttribute("class"), part.getBoundingClientRect()]);
  const before = (a, b) => a.right <= b.left + 1 || a.bottom <= b.top + 3;
  const apart = (a, b) => before(a, b) || before(b, a);
  return boxes.flatMap(([word, box], i) => boxes.slice(i + 1).filter(([, other]) => !apart(box, other))
    .map(([over]) => `${word} and ${over}`));
}"""
"""Words and marks of a picture whose boxes lie over one another."""


@contextmanager
def opened(browser: Browser, html: str, folder: Path, scheme: Scheme, width: int) -> Iterator[Page]:
    """The page as a file, as its reader opens it."""
    (folder / "page.html").write_text(html, encoding="utf-8")
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto((folder / "page.html").as_uri())
    yield page
    context.close()


def is_fit_to_be_read(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it is scrolled sideways"
    assert page.evaluate(BROKEN_WORDS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_portfolio_is_whole_words_in_the_readers_own_theme(browser: Browser, tmp_path: Path, scheme: Scheme) -> None:
    check_exemplar(tmp_path, "speak_the_language", "harm_first", "glossary", "collisions")
    html = as_page(list(chapters(tmp_path)))
    for width in (1400, 700, 420):
        with opened(browser, html, tmp_path, scheme, width) as page:
            is_fit_to_be_read(page)
            scrolled = page.locator(".wide").evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth + 1)")
            assert width == 700 or not scrolled, "a table of many columns takes the window's width, or stacks"
            assert "**" not in page.locator("main").inner_text(), "marks of Markdown are no words"
            ground = palette()["ground"][0] if scheme == "light" else "#100f15"
            assert share(pixels(page.locator("main")), ground) > 0.7


def test_sentences_and_fingerprints_in_a_portfolio_keep_to_a_narrow_window(browser: Browser, tmp_path: Path) -> None:
    check_exemplar(tmp_path, "healthcare_platform", "explainable_broad", *load_rubric("healthcare_platform").artifacts)
    html = as_page(list(chapters(tmp_path)))
    assert "Fingerprint" in html and "What the release team reads" in html
    with opened(browser, html, tmp_path, "light", 480) as page:
        wide = page.locator(".wide").evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth + 1).length")
        assert wide == 0, "tables stack, and what has no spaces is broken"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_documents_in_feedback_and_for_markers_are_dark_where_the_page_is(
    browser: Browser,
    course: Course,  # noqa: F811
    tmp_path: Path,
    scheme: Scheme,
) -> None:
    write_settings(replace(course, exemplars="always"))
    course = load_course(course.root)
    write_feedback(course, course.lessons, provisional=True)
    feedback = (course.feedback("ada", "welcome") / "welcome.html").read_text(encoding="utf-8")
    share_out(course, "Kim")
    ground = palette()["ground"]
    for html in (feedback, sheet_page(make_sheet(course, course.lessons, "Kim"))):
        with opened(browser, html, tmp_path, scheme, 420 if scheme == "light" else 700) as page:
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            is_fit_to_be_read(page)
            picture = pixels(page.locator(".course").first)
            assert share(picture, ground[scheme == "dark"]) > 0.6 and share(picture, ground[scheme == "light"]) < 0.1
            words = page.locator("main").inner_text()
            assert ":00\n" not in words.replace("09:00", ""), "a time of day has no seconds"
            assert "+00:00" not in words


def some(met: int, of: int, apart: float) -> Item:
    criterion = next(iter(load_rubric("welcome").criteria.values()))
    return Item(criterion, Share(met, of), (), (), apart, "")


def over(a: Mapping[str, float], b: Mapping[str, float]) -> bool:
    return (
        abs(a["x"] + a["width"] / 2 - b["x"] - b["width"] / 2) < (a["width"] + b["width"]) / 2
        and abs(a["y"] + a["height"] / 2 - b["y"] - b["height"] / 2) < (a["height"] + b["height"]) / 2
    )


def test_no_words_of_the_reports_pictures_lie_over_others(browser: Browser, tmp_path: Path) -> None:
    low, high = Spread(30, (4, *[0] * 8, 26), 0.98, None), Spread(30, (26, *[0] * 8, 4), 0.0, None)
    items = [some(26, 29, -0.38), some(26, 29, -0.38), some(21, 29, -0.61), some(28, 29, 0.1), some(25, 29, -0.38)]
    drawn = [spread_picture("One", low), spread_picture("Two", high), items_picture("One", [*enumerate(items, 1)])]
    style = (Path(pictures.__file__).parent / "page.css").read_text(encoding="utf-8")
    html = f'<html lang="en"><style>{style}</style><div class="grid">{"".join(drawn)}</div></html>'
    with opened(browser, html, tmp_path, "light", 1400) as page:
        assert page.evaluate(OVERLAPS) == []
        dots = page.locator(".on-dot").all_text_contents()
        assert sorted(dots) == ["1, 2", "3", "4", "5"]
        pills = [box for pill in page.locator("rect.dot").all() if (box := pill.bounding_box())]
        assert not [1 for a, b in combinations(pills, 2) if over(a, b)], "no numbers hide others"
        where = {word: page.locator(".on-dot", has_text=word).bounding_box() for word in ("3", "4")}
        zero = page.locator("text", has_text="−0.4").bounding_box()
        assert where["3"] and where["4"] and zero
        assert where["3"]["y"] > zero["y"] + 10, "what lies below −0.4 is drawn below it"
