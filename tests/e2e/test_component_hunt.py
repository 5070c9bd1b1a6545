"""A flaw hunt in another world, in a real browser: by keyboard, one tick too many, handed in once, in both themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum import open_lesson
from tests.e2e.component import Component

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("dark", [False, True])
def test_as_many_ticks_as_flaws_and_then_it_is_over(page: Page, tmp_path: Path, dark: bool) -> None:
    (tmp_path / ".curriculum").mkdir()
    folder = tmp_path / "beginner" / "interview_basics"
    folder.mkdir(parents=True)
    component = Component(page, open_lesson("interview_basics", folder).hunt_before(), dark=dark, width=420)
    boxes = component.root.get_by_role("checkbox")
    expect(boxes).to_have_count(6)
    for number in range(4):
        boxes.nth(number).focus()
        page.keyboard.press("Space")
    expect(component.root).to_contain_text("3 of 3 ticked")
    expect(component.root).to_contain_text("Take one back first")
    expect(boxes.nth(3)).not_to_be_checked()
    assert component.violations() == []
    assert component.small_targets() == []
    component.root.get_by_role("button", name="Hand it in").click()
    expect(boxes).to_have_count(0)
    expect(component.root).to_contain_text("What you found is told after the lesson")
    assert component.violations() == []
