"""Pairs of answers in a real browser: by mouse, by keyboard, in both themes, on a narrow page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum.artifacts.contrast import Contrast
from curriculum.artifacts.reading import read_artifact
from curriculum.cases import load_case
from curriculum.widgets.pairs import PairsWidget
from tests.e2e.component import Component

pytestmark = pytest.mark.browser

CASE = load_case("interview_basics", 4)


def shown(page: Page, folder: Path, dark: bool = False, width: int = 900) -> Component:
    return Component(page, PairsWidget(CASE, folder / "contrast.yaml"), dark=dark, width=width)


@pytest.mark.parametrize("dark", [False, True])
def test_a_sentence_is_clicked_in_the_answer_itself(page: Page, tmp_path: Path, dark: bool) -> None:
    component = shown(page, tmp_path, dark)
    assert not component.violations()
    for pair in CASE.truth.pairs.values():
        sentence = pair.contrast.weaker[pair.contrast.deciding[0] - 1]
        component.root.get_by_role("button", name=sentence).click()
    expect(component.root).to_contain_text("7 of 7 judged")
    expect(component.root.get_by_role("button", pressed=True)).to_have_count(7)
    for one in read_artifact(tmp_path / "contrast.yaml", Contrast).artifact.preferences:
        assert one.stronger == CASE.truth.pairs[one.pair].stronger
        assert one.span in CASE.truth.pairs[one.pair].spans
    assert not component.violations()
    assert not component.small_targets()
    component.shot(f"pairs_{'dark' if dark else 'light'}")


def test_by_keyboard_and_taken_back(page: Page, tmp_path: Path) -> None:
    component = shown(page, tmp_path, width=390)
    first = component.root.locator(".sentence").nth(3)
    first.focus()
    page.keyboard.press("Enter")
    expect(component.root).to_contain_text("1 of 7 judged")
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(component.root.get_by_role("button", pressed=True)).to_have_count(1)
    expect(component.root.locator(".sentence").nth(4)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Space")
    expect(component.root).to_contain_text("0 of 7 judged")
    assert component.overflow() <= 0
