"""How sure are you, in a real browser: one tap, by keyboard too, in both themes, and never twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum import open_lesson
from curriculum.course.fixtures import write_files
from tests.e2e.component import Component
from tests.helpers.own_ask import own_ask

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("dark", [False, True])
def test_one_tap_is_kept_and_after_the_check_the_words_are_gone(page: Page, tmp_path: Path, dark: bool) -> None:
    (tmp_path / ".curriculum").mkdir()
    folder = tmp_path / "beginner" / "welcome"
    folder.mkdir(parents=True)
    lesson = open_lesson("welcome", folder)
    write_files(own_ask(lesson._case), lesson._files.answers)
    component = Component(page, lesson.how_sure("ask"), dark=dark, width=420)
    assert component.violations() == []
    assert component.small_targets() == []
    certain = component.root.get_by_role("button", name="certain")
    certain.focus()
    page.keyboard.press("Enter")
    expect(certain).to_have_attribute("aria-pressed", "true")
    expect(certain).to_be_focused()
    expect(component.root).to_contain_text("Kept with this version")
    assert component.violations() == []
    assert component.leaked() == []
    lesson.check("ask")
    component.push()
    expect(component.root.get_by_role("button")).to_have_count(0)
    expect(component.root).to_contain_text("It earned 6 of 6 points. It was as you said.")
