"""Reviews in a real browser: order, evidence, hints, every status, both themes, narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum.widgets.review import Review
from graders.report import ArtifactReport
from tests.e2e.component import Component
from tests.helpers.trial_review import BROKEN, EVIL, RIGHT, RUBRIC, WEAK, report, with_a_broken_check
from tests.helpers.trial_talk import CASE

pytestmark = pytest.mark.browser


def shown(page: Page, reviewed: ArtifactReport, dark: bool = False, width: int = 1040) -> Component:
    return Component(page, Review(reviewed, CASE, RUBRIC), dark=dark, width=width)


def test_the_essential_comes_first_and_the_rest_on_request(page: Page, tmp_path: Path) -> None:
    component = shown(page, report(tmp_path, WEAK))
    cards = component.root.locator(".finding")
    expect(cards).to_have_count(3)
    expect(cards.first).to_contain_text("The timeout leaves room")
    expect(cards.first).to_contain_text("Wei Zhang ML engineer")
    expect(component.root).to_contain_text("at most 5 of 10 points count")
    component.root.get_by_role("button", name="Show 1 more").click()
    expect(cards).to_have_count(4)
    expect(cards.nth(3)).to_be_focused()
    expect(component.root.get_by_role("button", name="more")).to_have_count(0)


def test_who_signs_off_is_said_in_words(page: Page, tmp_path: Path) -> None:
    component = shown(page, report(tmp_path, "ask: May we remind those with consent?\nteams: 1240\n"))
    strip = component.root.get_by_role("list", name="Who signs off")
    expect(strip.get_by_role("listitem").filter(has_text="Wei Zhang")).to_contain_text("asks for changes · 0 of 1")
    expect(strip.get_by_role("listitem").filter(has_text="Aisha Rahman")).to_contain_text("signs off · 2 of 2")
    expect(component.root).to_contain_text("2 of 3 people sign off.")


def test_evidence_opens_by_keyboard(page: Page, tmp_path: Path) -> None:
    component = shown(page, report(tmp_path, WEAK))
    summary = component.root.get_by_text("The 2 rows that decide")
    expect(component.root.get_by_role("cell", name="640.5")).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(component.root.get_by_role("cell", name="640.5")).to_be_visible()
    component.root.get_by_role("button", name="Hint 1 of 3").click()
    expect(component.root.get_by_text("Where do the slowest answers come from?").first).to_be_visible()
    expect(component.root.get_by_role("cell", name="640.5")).to_be_visible()  # a repaint closes nothing


def test_hints_open_one_by_one_and_are_reported(page: Page, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    widget = Review(report(tmp_path, WEAK), CASE, RUBRIC, on_hint=lambda *args: told.append(args))
    component = Component(page, widget)
    for number in (1, 2, 3):
        button = component.root.get_by_role("button", name=f"Hint {number} of 3")
        button.focus()
        page.keyboard.press("Enter")
        expect(component.root.locator(".finding").first.locator(".hints li")).to_have_count(number)
    expect(component.root.locator(".finding").first).to_contain_text("It must be above 640 ms.")
    expect(component.root.get_by_role("button", name="of 3")).to_have_count(0)
    assert told == [("the_timeout_leaves_room", 1), ("the_timeout_leaves_room", 2), ("the_timeout_leaves_room", 3)]
    assert component.leaked() == []


def test_a_hint_leads_to_the_table_that_it_names_where_the_page_has_it(page: Page, tmp_path: Path) -> None:
    hints = ("Look at “Slow answers”, not at “What is nowhere”.", "A <b>second</b> one.")
    component = Component(page, Review(report(tmp_path, WEAK), CASE, RUBRIC, hints=lambda _: hints))
    page.evaluate(
        """() => document.querySelector("main").insertAdjacentHTML("afterbegin",
          '<div class="jp-Cell" tabindex="-1" id="table"><span class="course-bar-name">Slow answers</span></div>' +
          '<div style="height: 3000px"></div>')"""
    )
    component.root.get_by_role("button", name="Hint 1 of 2").first.click()
    hint = component.root.locator(".hints li").first
    expect(hint).to_have_text("Hint 1. Look at “Slow answers”, not at “What is nowhere”.")
    expect(hint.get_by_role("button")).to_have_count(1)
    hint.get_by_role("button", name="“Slow answers”").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#table")).to_be_in_viewport()
    expect(page.locator("#table")).to_be_focused()
    assert component.leaked() == []


def test_what_is_right_is_folded(page: Page, tmp_path: Path) -> None:
    component = shown(page, report(tmp_path, RIGHT))
    expect(component.root).to_contain_text("Everybody signs off.")
    expect(component.root).to_contain_text("10 of 10 points")
    expect(component.root.locator(".finding")).to_have_count(0)
    component.root.get_by_text("5 things are right").click()
    expect(component.root.get_by_text("The teams are those in the data.")).to_be_visible()


def test_markup_of_a_learner_is_shown_and_never_run(page: Page, tmp_path: Path) -> None:
    component = shown(page, report(tmp_path, EVIL))
    expect(component.root).to_contain_text("<img src=x onerror=window.hurt=1>")
    assert page.evaluate("window.hurt") is None


def test_a_silent_kernel_is_told(page: Page, tmp_path: Path) -> None:
    component = shown(page, report(tmp_path, WEAK))
    component.dead = True
    component.root.get_by_role("button", name="Hint 1 of 3").click()
    expect(component.root.get_by_role("alert")).to_contain_text("Nothing answers.", timeout=4000)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1040, 380])
def test_every_status_is_accessible_and_fits(page: Page, tmp_path: Path, dark: bool, width: int) -> None:
    reports = {
        "weak": report(tmp_path / "weak", WEAK),
        "right": report(tmp_path / "right", RIGHT),
        "invalid": report(tmp_path / "invalid", BROKEN),
        "blank": report(tmp_path / "blank", None),
        "fault": with_a_broken_check(tmp_path / "weak", WEAK),
    }
    words = {
        "weak": "Nobody signs off yet.",
        "right": "Everybody signs off.",
        "invalid": "cannot be read yet",
        "blank": "Nothing is written yet.",
        "fault": "One check did not work.",
    }
    for name, reviewed in reports.items():
        opened = page.context.new_page()
        component = shown(opened, reviewed, dark, width)
        expect(component.root).to_contain_text(words[name])
        component.root.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        if name == "weak":
            component.root.get_by_role("button", name="Hint 1 of 3").click()
            expect(component.root.locator(".hints li")).to_have_count(1)
        component.shot(f"review_{name}_{'dark' if dark else 'light'}_{width}")
        assert component.violations() == [] and component.small_targets() == [] and component.overflow() <= 0
        opened.close()
