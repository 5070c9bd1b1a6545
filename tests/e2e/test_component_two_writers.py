"""Two pages that show one form in bare Chromium: what each writes is kept, and shown where it can be decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as BrowserPage

from curriculum.artifacts.reading import read_artifact
from curriculum.widgets.board import BoardWidget
from curriculum.widgets.form import Form
from tests.e2e.component import Component
from tests.helpers.form_trial import Page
from tests.helpers.scoping_trial import scoping_case

pytestmark = pytest.mark.browser

CASE = scoping_case()
Two = Callable[..., tuple[Component, Component]]


@pytest.fixture
def second(browser: Browser) -> Iterator[BrowserPage]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def two(page: BrowserPage, second: BrowserPage, tmp_path: Path) -> Two:
    """One form on two pages, as two people in one notebook have it."""

    def open_both(**options: Any) -> tuple[Component, Component]:
        form = Form(CASE, Page, tmp_path / "answers" / "page.yaml")
        return Component(page, form, **options), Component(second, form, **options)

    return open_both


def key(component: Component, name: str) -> Locator:
    return component.root.locator(f'[data-key="{name}"]')


def words(component: Component) -> Locator:
    return component.root.get_by_role("textbox", name="Your words")


def saved(component: Component) -> Page:
    return read_artifact(component.widget.path, Page).artifact  # type: ignore[attr-defined]


def written(component: Component, text: str, field: str = "problem") -> None:
    box = key(component, field)
    box.fill(text)
    box.blur()
    for _ in range(60):
        if component.messages and "answer" in component.messages[-1] and saved(component).problem == text:
            return
        component.page.wait_for_timeout(20)
    raise AssertionError(f"the file never said {text!r}")


def meet(two: Two, **options: Any) -> tuple[Component, Component]:
    """Mine is being typed when theirs is saved, in one field."""
    mine, theirs = two(**options)
    mine.page.clock.install()  # the pause after which it is saved ends when the test says so
    key(mine, "problem").press_sequentially("My sen")
    theirs.widget._handle_custom_msg(
        {"op": "set", "path": ["problem"], "value": "Their sentence", "from": [""], "writer": "theirs"}, []
    )
    mine.push()
    assert key(mine, "problem").input_value() == "My sen"
    mine.page.clock.run_for(500)
    expect(words(mine)).to_have_value("My sen")
    return mine, theirs


def test_who_is_typing_goes_on_in_words_of_her_own(two: Two) -> None:
    mine, theirs = meet(two)
    expect(key(mine, "problem")).to_have_value("Their sentence")
    expect(words(mine)).to_be_focused()
    mine.page.keyboard.type("tence")
    expect(words(mine)).to_have_value("My sentence")
    mine.page.clock.run_for(500)
    for _ in range(60):
        if mine.widget.view["aside"][0]["words"] == "My sentence":
            break
        mine.page.wait_for_timeout(20)
    assert mine.widget.view["aside"][0]["words"] == "My sentence" and saved(mine).problem == "Their sentence"
    theirs.push(*mine.messages)
    expect(theirs.root.get_by_role("textbox", name="Another version: Problem")).to_have_value("My sentence")
    assert mine.leaked() == []


@pytest.mark.parametrize(
    ("button", "stands"),
    [("Use mine", "My sen"), ("Use theirs", "Their sentence"), ("Keep both", "Their sentence\n\nMy sen")],
)
def test_it_is_decided_by_keyboard_and_the_field_has_the_focus(two: Two, button: str, stands: str) -> None:
    mine, theirs = meet(two)
    assert mine.page.evaluate("document.activeElement.dataset.key").startswith("aside-words:")
    for _ in range(4):
        mine.page.keyboard.press("Tab")
        if mine.page.evaluate("document.activeElement.textContent") == button:
            break
    mine.page.keyboard.press("Enter")
    expect(key(mine, "problem")).to_have_value(stands)
    expect(words(mine)).to_have_count(0)
    expect(key(mine, "problem")).to_be_focused()
    assert saved(mine).problem == stands
    theirs.push(*mine.messages)
    expect(key(theirs, "problem")).to_have_value(stands)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1000, 380], ids=["wide", "narrow"])
def test_both_versions_are_readable_in_both_themes_and_widths(two: Two, dark: bool, width: int) -> None:
    mine, theirs = meet(two, dark=dark, width=width)
    theirs.push()
    group = mine.root.get_by_role("group", name="Two versions: Problem")
    expect(group).to_contain_text("This was changed elsewhere while you wrote.")
    expect(mine.root.locator("[aria-live]")).to_contain_text("Both versions are kept")
    for component, whose in ((mine, "mine"), (theirs, "theirs")):
        component.shot(f"two-{whose}-{'dark' if dark else 'light'}-{width}")
        assert component.violations() == []
        assert component.small_targets() == []
        assert component.overflow() <= 0


def test_a_box_with_the_cursor_in_it_shows_what_others_write_until_one_types(two: Two) -> None:
    mine, theirs = two()
    key(mine, "problem").focus()
    written(theirs, "Their sentence")
    mine.push(*theirs.messages)
    expect(key(mine, "problem")).to_have_value("Their sentence")
    key(mine, "problem").press("End")
    mine.page.keyboard.type(", and mine ")
    mine.page.wait_for_timeout(700)
    assert saved(mine).problem == "Their sentence, and mine" and mine.widget.view["aside"] == []
    expect(key(mine, "problem")).to_have_value("Their sentence, and mine ")


def test_an_answer_to_another_page_settles_nothing_here(two: Two) -> None:
    mine, theirs = two()
    mine.dead = True
    key(mine, "problem").fill("My sentence")
    key(mine, "problem").blur()
    kept = mine.root.get_by_role("alert")
    expect(kept).to_contain_text("Not in answers/page.yaml yet")
    written(theirs, "Their sentence")
    mine.push({**theirs.messages[-1], "answer": mine.operations[-1]["n"]})
    expect(kept).to_contain_text("Not in answers/page.yaml yet")
    expect(key(mine, "problem")).to_have_value("My sentence")


def test_each_page_takes_back_its_own_step(two: Two) -> None:
    mine, theirs = two()
    written(mine, "My sentence")
    theirs.push()
    assert key(theirs, "undo").get_attribute("aria-disabled") == "true"
    key(mine, "undo").click()
    expect(key(mine, "problem")).to_have_value("")
    assert saved(mine).problem == ""


def test_words_in_an_item_that_was_removed_meanwhile_stand_at_the_foot(two: Two) -> None:
    mine, theirs = two()
    for component in (mine, theirs):
        key(component, "all").click()
    key(theirs, "add:metrics").click()
    theirs.root.get_by_role("button", name="Remove: Metric 1").wait_for()
    mine.push()
    window = mine.root.get_by_label("Target")
    window.press_sequentially("18")
    theirs.root.get_by_role("button", name="Remove: Metric 1").click()
    expect(theirs.root.get_by_role("button", name="Remove: Metric 1")).to_have_count(0)
    mine.push()
    aside = mine.root.get_by_role("group", name="Two versions: Target")
    expect(aside).to_contain_text("18")
    expect(aside).to_contain_text("not there any more")
    assert mine.violations() == []
    aside.get_by_role("button", name="Let it go").click()
    expect(aside).to_have_count(0)


def test_removing_what_one_has_just_typed_in_needs_no_second_click(two: Two) -> None:
    mine, _ = two()
    key(mine, "all").click()
    key(mine, "add:metrics").click()
    target = mine.root.get_by_label("Target")
    target.fill(" 3.50 ")
    mine.root.get_by_role("button", name="Remove: Metric 1").click()
    expect(mine.root.get_by_role("button", name="Remove: Metric 1")).to_have_count(0)
    assert saved(mine).metrics == ()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_two_texts_of_one_card_are_decided_on_the_board(page: BrowserPage, tmp_path: Path, dark: bool) -> None:
    path = tmp_path / "answers" / "board.yaml"
    board = BoardWidget(CASE, path)
    board._handle_custom_msg({"op": "move", "id": "ranking", "column": "must", "index": 0}, [])
    component = Component(page, board, dark=dark)
    component.root.locator('[data-do="open"][data-id="ranking"]').first.click()
    box = component.root.locator('[data-id="ranking"][data-field="reason"]')
    box.press_sequentially("Too d")
    BoardWidget(CASE, path)._handle_custom_msg(
        {"op": "detail", "id": "ranking", "field": "reason", "value": "No history"}, []
    )
    mine = words(component)
    expect(mine).to_have_value("Too d")
    expect(box).to_have_value("No history")
    expect(mine).to_be_focused()
    component.shot(f"two-board-{'dark' if dark else 'light'}")
    assert component.violations() == [] and component.small_targets() == [] and component.overflow() <= 0
    component.root.get_by_role("button", name="Keep both").click()
    expect(box).to_have_value("No history\n\nToo d")
