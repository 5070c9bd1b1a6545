"""The mock interview in a real browser: clock, keyboard, both themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum.cases import load_case
from curriculum.widgets.mock_interview import MockInterviewWidget
from tests.e2e.component import Component

pytestmark = pytest.mark.browser


def shown(page: Page, folder: Path, dark: bool = False, width: int = 1040) -> Component:
    case = load_case("interview_basics", 4)
    widget = MockInterviewWidget(case, folder / "mock_interview.yaml", folder / "star.yaml", "cut_a_loved_feature")
    return Component(page, widget, dark=dark, width=width)


@pytest.mark.parametrize("dark", [False, True])
def test_a_whole_interview_by_keyboard(page: Page, tmp_path: Path, dark: bool) -> None:
    component = shown(page, tmp_path, dark)
    assert not component.violations()
    component.root.get_by_role("button", name="Begin the interview").focus()
    page.keyboard.press("Enter")
    box = component.root.get_by_label("Your answer")
    expect(component.root).to_contain_text("Tell me about a feature that people loved and that you cut.")
    for number in range(5):
        expect(component.root.locator(".turn")).to_have_count(number)
        box.focus()
        page.keyboard.type(f"Answer {number} with a and b and dd.")
        if number == 1:
            assert not component.violations()
            component.shot(f"mock_interview_{'dark' if dark else 'light'}")
        component.root.get_by_role("button", name="That is my answer").focus()
        page.keyboard.press("Enter")
    expect(component.root).to_contain_text("What it showed")
    expect(component.root).to_contain_text("Had to be asked for: “What came of it? Do you have a number?”")
    assert not component.violations()
    assert not component.small_targets()
    assert "a" not in component.leaked()


def test_the_clock_starts_with_the_first_word_and_can_be_hidden(page: Page, tmp_path: Path) -> None:
    component = shown(page, tmp_path, width=420)
    component.root.get_by_role("button", name="Begin the interview").click()
    expect(component.root.get_by_role("timer")).to_have_text("2:00 to answer")
    component.root.get_by_label("Your answer").type("Well")
    expect(component.root.get_by_role("timer")).to_contain_text("left")
    component.root.get_by_role("button", name="Hide the clock").click()
    expect(component.root.get_by_role("timer")).to_have_text("hidden")
    expect(component.root.get_by_label("Your answer")).to_have_value("Well")
    assert component.overflow() <= 0
