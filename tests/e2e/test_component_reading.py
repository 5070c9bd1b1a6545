"""A form read as the page that it becomes: in the same place, printed on one sheet, and fields found by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from curriculum.artifacts.prd import Prd
from curriculum.cases import load_case
from curriculum.course.fixtures import load_exemplar, variants, write_files
from curriculum.widgets.form import Form
from tests.e2e.component import Component

pytestmark = pytest.mark.browser

CASE = load_case("recommendation_scoping", 3)


def filled(folder: Path) -> Form:
    write_files(load_exemplar(CASE, variants(CASE.slug)[0]), folder)
    return Form(CASE, Prd, folder / "prd.yaml")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_reads_as_a_page_and_goes_back(page: Page, tmp_path: Path, dark: bool) -> None:
    form = filled(tmp_path)
    Component(page, form, dark=dark, width=900)
    page.get_by_role("button", name="Read as a page").click()
    shown = page.get_by_role("group", name="One-page PRD", exact=True).last
    expect(shown).to_contain_text(str(form.view["data"]["problem"])[:40])
    # It is drawn where it stands, not only in the document.
    box = shown.bounding_box()
    assert box and box["height"] > 400
    assert page.evaluate("([x, y]) => Boolean(document.elementFromPoint(x, y).closest('.reading'))", [450, 300])
    found = Axe().run(page, options={"rules": {"page-has-heading-one": {"enabled": False}}})  # the notebook has one
    assert found.violations_count == 0, found.generate_report()
    # What the file says by now is what is read.
    page.get_by_role("button", name="Back to the form").click()
    expect(page.locator("[data-do=fold]").first).to_be_visible()


def test_it_is_printed_on_one_sheet(page: Page, tmp_path: Path) -> None:
    Component(page, filled(tmp_path), dark=True, width=900)
    page.get_by_role("button", name="Read as a page").click()
    # What is printed leaves with the end of printing, which is at once in a browser without windows: it is held here.
    page.evaluate(
        """() => { const make = document.createElement.bind(document);
        document.createElement = (tag) => { const made = make(tag);
          if (tag === "iframe") { window.printed = made; made.remove = () => {}; } return made; } }"""
    )
    page.get_by_role("button", name="Print").click()
    height, zoom = page.evaluate(
        "[window.printed.contentDocument.body.getBoundingClientRect().height,"
        " Number(window.printed.contentDocument.body.style.zoom)]"
    )
    assert 0.5 <= zoom <= 1
    assert height <= 1047 or zoom == 0.5
    assert page.evaluate("window.printed.contentDocument.body.innerText").startswith("One-page PRD")


def test_a_field_is_found_by_its_name(page: Page, tmp_path: Path) -> None:
    form = filled(tmp_path)
    Component(page, form, width=900)
    label = page.locator("datalist option").evaluate_all("(all) => all.map((one) => one.value)")[-1]
    box = page.get_by_label("Find a field by its name")
    box.fill(label)
    box.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.section.open'))")
