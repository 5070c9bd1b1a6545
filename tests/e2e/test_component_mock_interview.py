"""The mock interview in a real browser: clock, keyboard, both themes; and what a learner sees of being listened to."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum.artifacts.reading import write_artifact
from curriculum.artifacts.star import Star
from curriculum.cases import load_case
from curriculum.course.fixtures import load_exemplar
from curriculum.widgets.mock_interview import MockInterviewWidget
from tests.e2e.component import Component

pytestmark = pytest.mark.browser

CASE = load_case("interview_basics", 4)
STAR = Star.model_validate(load_exemplar(CASE, "in_prose")["star"])


VAGUE = (
    "The designer and the ML engineer in our shop wanted different things, since covers take time and we had a limit "
    "for every answer of the search. We listened to both of them for some weeks, and we wrote down what each was "
    "afraid of. Then we planned a study of what readers do while they wait, and we agreed with all of them beforehand "
    "what would count as a loss. When that was over, we put the choices on a page, and our head of product took one of "
    "them. People had loved what we cut, and we told them so on the same day."
)
"""Told for two minutes by nobody in particular, and without a number."""


ANSWERS = (
    "In spring we cut the list of new books, which people loved, and a and b and dd were sad.",
    "Support had asked for it to stay, and the search team needed its place on the page.",
    "I drew the page without it and watched nine readers look for a title that they wanted.",
    "The head of product took the decision after a month, and we wrote to everybody who had asked.",
    "Today I would tell the readers earlier, since some of them heard it from others first.",
)
"""Five answers that go on from one another, without a number."""


def shown(page: Page, folder: Path, dark: bool = False, width: int = 1040, star: Star | None = None) -> Component:
    if star:
        write_artifact(folder / "star.yaml", star)
    widget = MockInterviewWidget(CASE, folder / "mock_interview.yaml", folder / "star.yaml", "cut_a_loved_feature")
    return Component(page, widget, dark=dark, width=width)


def say(component: Component, text: str) -> None:
    component.root.get_by_label("Your answer").fill(text)
    component.root.get_by_role("button", name="That is my answer").click()


@pytest.mark.parametrize("dark", [False, True])
def test_a_whole_interview_by_keyboard(page: Page, tmp_path: Path, dark: bool) -> None:
    component = shown(page, tmp_path, dark)
    assert not component.violations()
    component.root.get_by_role("button", name="Begin the interview").focus()
    page.keyboard.press("Enter")
    box = component.root.get_by_label("Your answer")
    expect(component.root).to_contain_text("Tell me about a feature that people loved and that you cut.")
    for number, answer in enumerate(ANSWERS):
        expect(component.root.locator(".turn")).to_have_count(number)
        box.focus()
        page.keyboard.type(answer)
        if number == 1:
            assert not component.violations()
            component.shot(f"mock_interview_{'dark' if dark else 'light'}")
        component.root.get_by_role("button", name="That is my answer").focus()
        page.keyboard.press("Enter")
    expect(component.root).to_contain_text("What it showed")
    expect(component.root).to_contain_text("What had to be asked for:")
    assert not component.violations()
    assert not component.small_targets()
    assert "a" not in component.leaked()


def test_nonsense_is_heard_as_nonsense(page: Page, tmp_path: Path) -> None:
    component = shown(page, tmp_path, star=STAR)
    component.root.get_by_role("button", name="Begin the interview").click()
    say(component, "asdf asdf nothing to say")
    expect(component.root).to_contain_text("Shall I say it again?")
    say(component, "asdf asdf nothing to say")
    expect(component.root).to_contain_text("Nothing of your story was heard, so nothing carried.")
    expect(component.root.locator(".turn .line")).to_have_count(2)
    expect(component.root).not_to_contain_text("complete")


def test_what_was_left_out_is_asked_for_and_interviews_stand_side_by_side(page: Page, tmp_path: Path) -> None:
    component = shown(page, tmp_path, star=STAR, width=760)
    root = component.root
    root.get_by_role("button", name="Begin the interview").click()
    say(component, VAGUE)
    expect(root.locator(".now")).to_contain_text("By how much, from what, and in which time?")
    expect(root.get_by_role("timer")).to_have_text("0:45 to answer")
    say(component, f"From {STAR.baseline.value:g} to {STAR.result_figure.value:g}.")
    expect(root.locator(".now")).to_contain_text("And what was yours in that?")
    say(component, "I wrote down who pays, and read it back to both of them.")
    expect(root.locator(".now")).to_contain_text(f"{STAR.result_figure.value:g}")  # pressure on what was said
    say(component, "I do not know, and I would ask the log for the next four weeks.")
    say(component, "How do you decide such things here?")
    expect(root.locator(".turn .line").nth(3)).to_contain_text("that is a good answer")
    expect(root.locator(".debrief li")).to_have_count(3)
    root.get_by_role("button", name="Begin the interview").click()
    say(component, STAR.text())
    for who in ("designer", "head of product", "engineer who runs the log", "whole panel of that project"):
        say(component, f"On Monday I would ask the {who}; today I know no more than I told, and that was the {who}'s.")
    table = root.locator(".attempts table")
    expect(table).to_be_visible()
    expect(table.get_by_role("row", name="the result as a number")).to_contain_text("✓ there")
    expect(table.get_by_role("row", name="the result as a number")).to_contain_text("– not there")
    assert not component.violations()
    assert component.overflow() <= 0
    component.shot("mock_interview_compared")


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
