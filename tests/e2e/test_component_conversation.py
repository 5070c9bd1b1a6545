"""The conversation in a real browser, with the choices shown at once: mouse, keys, focus, saving, faults, themes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum.roleplay.transcript import read_transcript
from curriculum.support.files import FileRefused
from curriculum.widgets import conversation as module
from curriculum.widgets.conversation import Conversation
from tests.e2e.component import Component
from tests.helpers.trial_talk import ALONE, ANSWERING, CASE, TOGETHER

pytestmark = pytest.mark.browser


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers" / "maya_onboarding.yaml"


@pytest.fixture
def alone(page: Page, file: Path) -> Component:
    """A fresh conversation with one person."""
    return at_once(Component(page, Conversation(CASE, ALONE, file)))


def at_once(component: Component) -> Component:
    """Switched to where the choices are shown at once."""
    component.root.get_by_role("button", name="Show the choices at once").click()
    expect(component.root.locator(".choice").first).to_be_visible()
    return component


def choose(component: Component, text: str) -> None:
    component.root.get_by_role("button", name=text).click()
    expect(component.root.locator(".own").last).to_contain_text(text)
    expect(component.root.locator("[aria-disabled=true]")).to_have_count(0)


def test_a_click_shows_what_it_cost_and_what_was_learned_and_is_in_the_file(alone: Component, file: Path) -> None:
    expect(alone.root).not_to_contain_text("−4 min")
    choose(alone, "What happens in a team's first week")
    expect(alone.root.locator(".effects")).to_contain_text("−4 min")
    expect(alone.root.locator(".effects")).to_contain_text("+1 trust Maya")
    expect(alone.root.locator(".coaching")).to_contain_text("Open question")
    expect(alone.root.locator(".learned")).to_contain_text("week_one")
    expect(alone.root.get_by_role("region", name="What you know: 1 of 2 facts")).to_contain_text("41 %")
    expect(alone.root.locator(".gauges")).to_contain_text("8 of 12 min")
    expect(alone.root.locator(".gauges")).to_contain_text("3 of 5 · open")
    expect(alone.root.locator(".saved")).to_have_text("Saved in answers/maya_onboarding.yaml")
    assert read_transcript(file).attempts == (("week",),)


def test_number_keys_choose_and_focus_stays_with_the_choices(alone: Component, file: Path) -> None:
    alone.root.get_by_role("button", name="What happens").focus()
    alone.page.keyboard.press("1")
    expect(alone.root.locator(".own")).to_have_count(1)
    expect(alone.root.get_by_role("group", name="What do you say?")).to_be_focused()
    alone.page.keyboard.press("1")
    expect(alone.root.locator(".own")).to_have_count(2)
    alone.page.keyboard.press("Tab")
    expect(alone.root.get_by_role("button", name="Let me play it back")).to_be_focused()
    alone.page.keyboard.press("Enter")
    expect(alone.root).to_contain_text("Problem framed")
    assert read_transcript(file).current == ("week", "who", "play_back")


@pytest.mark.parametrize("dark", [False, True])
def test_what_was_missed_is_said_once_at_the_end(page: Page, file: Path, dark: bool) -> None:
    case = replace(CASE, circumstances={"busy": 0})
    talk = at_once(Component(page, Conversation(case, ANSWERING, file.with_name("answering.yaml")), dark=dark))
    choose(talk, "We need reminders by September")
    expect(talk.root.locator(".debrief")).to_have_count(0)
    choose(talk, "Who is allowed to invite?")
    choose(talk, "Let us go back a step")
    talk.root.get_by_role("button", name="Thanks, that is all").focus()
    page.keyboard.press("1")
    missed = talk.root.get_by_role("region", name="What a better question would have brought")
    expect(missed.get_by_role("listitem")).to_have_count(2)
    expect(missed).to_contain_text("Nobody asked her")
    expect(talk.root.get_by_role("group", name="How it ended")).to_be_focused()
    page.keyboard.press("Tab")
    expect(talk.root.get_by_role("button", name="Try another approach")).to_be_focused()
    assert talk.violations() == []
    talk.shot(f"missed-{dark}")


def test_plain_keys_stay_inside_and_others_pass(alone: Component) -> None:
    alone.root.get_by_role("button", name="What happens").focus()
    for key in ("a", "b", "x", "d", "Shift+M", "ArrowDown", "9"):
        alone.page.keyboard.press(key)
    assert alone.leaked() in ([], ["Shift"])
    for key in ("Control+s", "Escape", "Shift+Enter"):
        alone.page.keyboard.press(key)
    assert {"s", "Escape", "Enter"} <= set(alone.leaked())


def test_a_double_click_chooses_once(alone: Component, file: Path) -> None:
    alone.root.get_by_role("button", name="What happens").dblclick()
    expect(alone.root.locator(".learned")).to_have_count(1)
    assert read_transcript(file).current == ("week",)


def test_what_is_said_is_announced(alone: Component) -> None:
    choose(alone, "What happens")
    live = alone.root.locator("[aria-live=polite]")
    expect(live).to_contain_text("Maya: Most teams stay a team of one.")
    expect(live).to_contain_text("You learned: 41 %")


def test_going_back_is_a_new_attempt_and_the_old_one_can_be_read(alone: Component, file: Path) -> None:
    choose(alone, "What happens")
    choose(alone, "Who is allowed")
    alone.root.get_by_role("button", name="Go back to here").nth(1).click()
    expect(alone.root.get_by_role("combobox", name="Attempt")).to_contain_text("2 of 2: 1 turn, going on")
    expect(alone.root.locator(".own")).to_have_count(1)
    assert read_transcript(file).attempts == (("week", "who"), ("week",))
    alone.root.get_by_role("combobox", name="Attempt").select_option("1")
    expect(alone.root).to_contain_text("You are reading an earlier attempt")
    expect(alone.root.locator(".own")).to_have_count(2)
    expect(alone.root.locator(".choice")).to_have_count(0)
    alone.root.get_by_role("button", name="Go to attempt 2").click()
    expect(alone.root.locator(".own")).to_have_count(1)
    expect(alone.root.locator(".choice")).to_have_count(3)


def test_the_ending_says_what_was_found_and_offers_another_approach(alone: Component, file: Path) -> None:
    for text in ("What happens", "Who is allowed", "Let me play it back"):
        choose(alone, text)
    ended = alone.root.get_by_role("group", name="How it ended")
    expect(ended).to_contain_text("You found 2 of 2 facts in 3 turns. Trust: Maya trusting (5 of 5).")
    ended.get_by_role("button", name="Try another approach").click()
    expect(alone.root.locator(".own")).to_have_count(0)
    assert read_transcript(file).attempts == (("week", "who", "play_back"), ())


def test_a_kernel_that_is_gone_is_told_and_the_choices_come_back(alone: Component) -> None:
    alone.dead = True
    alone.root.get_by_role("button", name="What happens").click()
    expect(alone.root.locator(".own")).to_contain_text("What happens")
    notice = alone.root.get_by_role("alert")
    expect(notice).to_contain_text("Nothing answers.", timeout=4000)
    expect(notice).to_contain_text("answers/maya_onboarding.yaml")
    expect(notice).to_contain_text("run this cell again")
    expect(alone.root.locator(".own")).to_have_count(0)
    alone.dead = False
    choose(alone, "What happens")
    expect(notice).to_have_count(0)


def test_a_full_disk_is_told_and_the_next_save_has_everything(
    alone: Component, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise FileRefused("maya_onboarding.yaml could not be saved: the disk is full. Free some space and save again.")

    with monkeypatch.context() as patched:
        patched.setattr(module, "write_transcript", full)
        choose(alone, "What happens")
        expect(alone.root.get_by_role("alert")).to_contain_text("Not saved: maya_onboarding.yaml could not be saved")
        expect(alone.root.locator(".saved")).to_have_count(0)
        assert not file.exists()
        alone.shot("conversation_unsaved")
    alone.root.get_by_role("button", name="Save again").click()
    expect(alone.root.get_by_role("alert")).to_have_count(0)
    assert read_transcript(file).current == ("week",)


def test_a_broken_file_is_told_left_alone_and_read_again(page: Page, file: Path) -> None:
    file.parent.mkdir()
    file.write_text("conversation: [", encoding="utf-8")
    component = Component(page, Conversation(CASE, ALONE, file))
    expect(component.root.get_by_role("alert")).to_contain_text("answers/maya_onboarding.yaml cannot be read")
    expect(component.root).to_contain_text("maya_onboarding.yaml, line 2: found")
    component.shot("conversation_unreadable")
    component.root.get_by_role("button", name="Read the file again").click()
    assert file.read_text(encoding="utf-8") == "conversation: ["
    file.write_text("conversation: maya_onboarding\nattempts: [[week]]\n", encoding="utf-8")
    component.root.get_by_role("button", name="Read the file again").click()
    expect(component.root.locator(".learned")).to_have_count(1)


def test_a_second_tab_is_told_that_the_conversation_went_on(alone: Component, file: Path) -> None:
    other = Conversation(CASE, ALONE, file)
    other._handle_custom_msg({"op": "choose", "id": "week", "turn": 0, "attempt": 1}, [])
    alone.root.get_by_role("button", name="Which model").click()
    expect(alone.root).to_contain_text("This conversation went on elsewhere")
    expect(alone.root.locator(".learned")).to_have_count(1)
    assert read_transcript(file).current == ("week",)


def test_markup_in_texts_is_shown_and_never_run(page: Page, file: Path) -> None:
    evil = "<img src=x onerror=window.hurt=1><b>bold</b>"
    widget = Conversation(CASE, ALONE.model_copy(update={"goal": evil}), file)
    component = Component(page, widget)
    expect(component.root.locator(".goal")).to_contain_text(evil)
    assert page.evaluate("window.hurt") is None and "<img" not in widget.as_html()


_TIMED_CLICK = """async () => {
  const root = document.querySelector(".course"), start = performance.now();
  const turns = root.querySelectorAll(".turn").length;
  (root.querySelector("[data-id=week]") ?? root.querySelector("[data-do=rewind]")).click();
  while (root.querySelector("[aria-disabled=true]") || root.querySelectorAll(".turn").length === turns)
    await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1040, 380])
def test_it_is_accessible_and_fits(page: Page, tmp_path: Path, dark: bool, width: int) -> None:
    look = f"{'dark' if dark else 'light'}_{width}"
    component = Component(
        page, Conversation(CASE, ALONE, tmp_path / "a" / "maya_onboarding.yaml"), dark=dark, width=width
    )
    assert at_once(component).violations() == []
    choose(component, "What happens")
    choose(component, "Where does the Q3")
    component.shot(f"conversation_{look}")
    assert component.violations() == [] and component.small_targets() == [] and component.overflow() <= 0
    choose(component, "Who is allowed")
    choose(component, "Let me play it back")
    component.root.get_by_role("button", name="Go back to here").nth(2).click()
    expect(component.root.get_by_role("combobox", name="Attempt")).to_contain_text("2 of 2")
    component.root.get_by_role("combobox", name="Attempt").select_option("1")
    expect(component.root).to_contain_text("You are reading an earlier attempt")
    component.shot(f"conversation_earlier_{look}")
    assert component.violations() == [] and component.small_targets() == [] and component.overflow() <= 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1040, 380])
def test_several_people_fit(page: Page, tmp_path: Path, dark: bool, width: int) -> None:
    widget = Conversation(
        CASE,
        TOGETHER,
        tmp_path / "a" / "kickoff.yaml",
        standing=lambda state: [("Teams waiting", f"{len(state.taken) * 40 + 1240:,}")],
    )
    component = at_once(Component(page, widget, dark=dark, width=width))
    for text in ("Wei, what does", "We will surely", "Aisha, whom", "So: invitations first"):
        choose(component, text)
    component.shot(f"kickoff_{'dark' if dark else 'light'}_{width}")
    expect(component.root.locator(".gauges")).to_contain_text("1,400")
    assert component.violations() == [] and component.small_targets() == [] and component.overflow() <= 0


def test_taking_it_away_leaves_nothing_behind(alone: Component) -> None:
    alone.page.evaluate("component.remove()")
    assert alone.page.locator(".course").count() == 0
    assert alone.page.evaluate("component.listeners()") == 0
