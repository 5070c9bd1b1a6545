"""Saying it first in a real browser: typing, confirming, looking, the switch, keys, focus, themes, narrow, zoomed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum.cases import load_case
from curriculum.course.lesson_plan import load_plan
from curriculum.roleplay.script import LOOK, script_of
from curriculum.roleplay.transcript import read_transcript
from curriculum.widgets.conversation import Conversation
from tests.e2e.component import Component

pytestmark = pytest.mark.browser
WORDS = "When are the numbers there on a normal morning?"
MEANT = "When is the refresh done, on most mornings?"


def talk(page: Page, folder: Path, slug: str = "welcome", **look: int) -> Component:
    case = load_case(slug, 2)
    script = script_of(case)
    path = folder / "answers" / f"{script.id}.yaml"
    widget = Conversation(case, script, path, None, load_plan(slug).glossary)
    widget.home = {"name": f"{slug}/{script.id}/0123456789abcdef"}
    return Component(page, widget, **look)


def said(component: Component, words: str) -> None:
    box = component.root.get_by_role("textbox")
    box.fill(words)
    box.press("Enter")
    expect(component.root.locator(".offers, .none-fits")).to_be_visible()


def test_words_become_a_choice_with_the_keyboard_alone(page: Page, tmp_path: Path) -> None:
    component = talk(page, tmp_path)
    expect(component.root.locator(".choice")).to_have_count(0)
    component.root.get_by_role("textbox", name="What do you say?").focus()
    page.keyboard.type(WORDS)
    page.keyboard.press("Enter")
    expect(component.root.get_by_role("button", name=MEANT)).to_be_focused()
    expect(component.root.locator("[aria-live=polite]")).to_contain_text(f"You mean: 1: {MEANT}")
    assert not component.widget.path.exists()
    page.keyboard.press("1")
    expect(component.root.locator(".own")).to_contain_text(MEANT)
    expect(component.root.locator(".own")).to_contain_text(f"In your words: “{WORDS}”")
    expect(component.root.get_by_role("textbox", name="What do you say?")).to_be_focused()
    expect(component.root.get_by_role("textbox")).to_have_value("")
    assert read_transcript(component.widget.path).words(0) == (WORDS,)
    assert component.leaked() in ([], ["Shift"] * len(component.leaked()))


def test_arrows_move_and_escape_goes_back_to_the_words(page: Page, tmp_path: Path) -> None:
    component = talk(page, tmp_path)
    said(component, WORDS)
    page.keyboard.press("End")
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    expect(component.root.get_by_role("button", name="None of these fits")).to_be_focused()
    page.keyboard.press("Escape")
    expect(component.root.locator(".offers")).to_have_count(0)
    expect(component.root.get_by_role("textbox")).to_be_focused()
    expect(component.root.get_by_role("textbox")).to_have_value(WORDS)
    page.keyboard.type(" 1 2 3")
    expect(component.root.get_by_role("textbox")).to_have_value(f"{WORDS} 1 2 3")
    expect(component.root.locator(".own")).to_have_count(0)
    assert "Escape" not in component.leaked()


def test_what_fits_nothing_is_told_and_can_be_reworded(page: Page, tmp_path: Path) -> None:
    component = talk(page, tmp_path)
    said(component, "purple monkey dishwasher")
    expect(component.root.locator(".none-fits")).to_contain_text("Say it in other words")
    expect(component.root.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(".")
    expect(component.root.locator(".none-fits")).to_have_count(0)
    component.root.get_by_role("textbox").fill("")
    component.root.get_by_role("button", name="Say it", exact=True).click()
    expect(component.root.locator("[aria-live=polite]")).to_have_text("Type what you would say.")
    assert [operation["op"] for operation in component.operations] == ["attend", "say"]


def test_a_look_opens_the_choices_and_says_its_price_before(page: Page, tmp_path: Path) -> None:
    component = talk(page, tmp_path, "fraud_false_positives")
    component.root.get_by_role("button", name="What could I say? −1 min").click()
    expect(component.root.locator(".choice")).to_have_count(3)
    expect(component.root.locator(".gauges")).to_contain_text("89 of 90 min")
    expect(component.root.get_by_role("textbox")).to_have_count(0)
    component.root.locator(".choice").first.click()
    expect(component.root.locator(".effects")).to_contain_text("−1 min for a look at the choices")
    expect(component.root.get_by_role("textbox")).to_have_count(1)
    assert read_transcript(component.widget.path).current[0] == LOOK


def test_the_switch_goes_both_ways_and_costs_nothing(page: Page, tmp_path: Path) -> None:
    component = talk(page, tmp_path, "fraud_false_positives")
    component.root.get_by_role("button", name="Show the choices at once").click()
    expect(component.root.locator(".choice")).to_have_count(3)
    expect(component.root.locator(".gauges")).to_contain_text("90 of 90 min")
    component.root.get_by_role("button", name="Say it in my own words first").click()
    expect(component.root.get_by_role("textbox")).to_be_focused()
    assert component.operations == []


def test_the_end_shows_what_was_said_beside_what_it_was_taken_for(page: Page, tmp_path: Path) -> None:
    component = talk(page, tmp_path)
    for words in (WORDS, "That's all I need, thanks & bye <all>"):
        said(component, words)
        component.root.locator(".offers .choice").first.click()
        expect(component.root.locator(".offers")).to_have_count(0)
    ended = component.root.get_by_role("group", name="How it ended")
    ended.get_by_text("In your own words (2)").click()
    expect(ended.locator("dt").nth(1)).to_have_text("“That's all I need, thanks & bye <all>”")
    expect(ended.locator("dd").nth(0)).to_have_text(MEANT)
    assert component.violations() == []


@pytest.mark.parametrize(
    ("dark", "width", "height"), [(False, 1040, 900), (True, 820, 700), (False, 380, 700), (True, 853, 600)]
)
def test_box_and_choices_are_in_view_and_accessible(
    page: Page, tmp_path: Path, dark: bool, width: int, height: int
) -> None:
    component = talk(page, tmp_path, "fraud_false_positives", dark=dark, width=width, height=height)
    said(component, "what can we undo or roll back right now")
    for what in (".say-box", ".offers .choice", ".choice.none"):
        place = component.root.locator(what).first.bounding_box()
        assert place is not None
        middle = (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        shown = page.evaluate(
            "([x, y, what]) => Boolean(document.elementFromPoint(x, y)?.closest(what))", [*middle, what]
        )
        assert shown, f"{what} is out of view"
    component.shot(f"say_first_{'dark' if dark else 'light'}_{width}")
    assert component.violations() == [] and component.small_targets() == [] and component.overflow() <= 0


def test_half_a_sentence_and_the_switch_outlive_the_page(page: Page, tmp_path: Path) -> None:
    """On a page with an address, as in the Lab: only there a browser keeps anything."""
    page.route("http://localhost/lab", lambda route: route.fulfill(body="<html></html>", content_type="text/html"))

    def opened() -> Component:
        page.goto("http://localhost/lab")
        return talk(page, tmp_path)

    opened().root.get_by_role("textbox").press_sequentially("When are the num")
    component = opened()
    expect(component.root.get_by_role("textbox")).to_have_value("When are the num")
    said(component, WORDS)
    component.root.locator(".offers .choice").first.click()
    expect(component.root.locator(".own")).to_have_count(1)
    component = opened()
    expect(component.root.get_by_role("textbox")).to_have_value("")
    component.root.get_by_role("button", name="Show the choices at once").click()
    component = opened()
    expect(component.root.get_by_role("textbox")).to_have_count(0)
    expect(component.root.locator(".choice")).to_have_count(3)
