"""Read-backs in a real browser: say it, hear the answer, mend it; keys, focus, faults, themes and widths."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum.artifacts.reading import read_artifact
from curriculum.roleplay.read_back import SaidBack
from curriculum.roleplay.transcript import Transcript, read_transcript, write_transcript
from curriculum.support.files import FileRefused
from curriculum.widgets import read_back as module
from curriculum.widgets.read_back import ReadBackWidget
from tests.e2e.component import Component
from tests.helpers.trial_read_back import CASE, HEARD, TALK, Syntheses

pytestmark = pytest.mark.browser

SENTENCE = "Bertil, you ask for a feature store because today's forecast rests on yesterday."


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    file = tmp_path / "answers" / "talks.yaml"
    write_transcript(file, Transcript("talks", (HEARD,)))
    return file


def shown(page: Page, talk: Path, **more: bool | int) -> Component:
    file = talk.with_name("syntheses.yaml")
    return Component(page, ReadBackWidget(CASE, Syntheses, file, TALK, talk), **more)  # type: ignore[arg-type]


def pick(component: Component, person: str, *claims: str) -> None:
    part = component.root.get_by_role("group", name=person, exact=True)
    part.get_by_role("button", name="Add").click()
    for claim in claims:
        component.root.get_by_role("option", name=claim).click()
        expect(component.root.get_by_role("option", name=claim)).to_have_attribute("aria-selected", "true")
    component.page.keyboard.press("Escape")


def say(component: Component, first: str, number: int) -> None:
    component.root.get_by_role("button", name=f"Say it back to {first}").click()
    expect(component.root.get_by_text(f"Round {number} of 3")).to_be_visible()


def test_a_version_is_said_back_answered_mended_and_confirmed(page: Page, talk: Path) -> None:
    back = shown(page, talk)
    expect(back.root.get_by_text("First pick what you heard from Bertil")).to_be_visible()
    pick(back, "Bertil Aas", "A live feature store", "The refunds")
    back.root.get_by_label("In one sentence").fill(SENTENCE)
    say(back, "Bertil", 1)  # the words that were just typed go with it
    answers = back.root.get_by_role("region", name="What Bertil answered")
    expect(answers).to_contain_text("Nobody has said that to you")
    expect(answers).to_contain_text(SENTENCE)
    expect(answers.locator(".chip").first).to_have_text("Objected")
    expect(answers).to_contain_text("−1 trust Bertil")
    expect(back.root.get_by_role("button", name="Bertil Aas")).to_contain_text("2 rounds left")
    back.root.get_by_role("button", name="Take out: The refunds").click()
    pick(back, "Bertil Aas", "Forecasts rest on yesterday", "It is needed for the summer timetable")
    back.root.get_by_label("The number of the limit").fill("9")
    back.root.get_by_role("radio", name="A must").check()
    expect(back.root.get_by_role("button", name="Bertil Aas")).to_contain_text("Changed since")
    say(back, "Bertil", 2)
    expect(back.root.get_by_role("button", name="Bertil Aas")).to_contain_text("Confirmed")
    expect(answers.locator("details")).to_contain_text("Earlier: round 1, objected")
    expect(answers).to_contain_text("You may write that down.")
    expect(answers.locator(".learned")).to_have_count(0)  # not at once, and trust is too low by now
    kept = read_transcript(talk).current
    assert kept[:2] == HEARD
    assert kept[2:] == (
        SaidBack("bertil", ("feature_store", "to_spy")),
        SaidBack("bertil", ("feature_store", "old_arrivals", "summer"), 9.0, "must"),
    )
    assert kept[2].sentence == SENTENCE  # type: ignore[union-attr]
    artifact = read_artifact(talk.with_name("syntheses.yaml"), Syntheses).artifact
    assert artifact.bertil.claims == ("feature_store", "old_arrivals", "summer")


def whole(back: Component, first: str = "Bertil") -> None:
    pick(back, "Bertil Aas", "A live feature store", "Forecasts rest on yesterday", "It is needed for the summer")
    back.root.get_by_label("The number of the limit").fill("9")
    back.root.get_by_role("radio", name="A must").check()
    back.root.get_by_label("In one sentence").fill(SENTENCE)


def test_who_is_understood_at_once_tells_more(page: Page, talk: Path) -> None:
    back = shown(page, talk)
    whole(back)
    say(back, "Bertil", 1)
    expect(back.root.locator(".learned")).to_contain_text("Arrivals that are there by 07:00 would do.")
    expect(back.root.locator(".learned")).to_contain_text("bertil_quiet")
    assert TALK.read_back is not None
    assert read_transcript(talk).replay(TALK).state.knows("bertil_quiet")


def test_it_works_by_keys_alone_and_nothing_leaks_into_the_notebook(page: Page, talk: Path) -> None:
    back = shown(page, talk)
    back.root.get_by_label("In one sentence").focus()
    page.keyboard.type("You need it for yesterday")
    page.keyboard.press("Tab")
    expect(back.root.get_by_role("button", name="Say it back to Bertil")).to_be_focused()
    page.keyboard.press("Enter")
    expect(back.root.get_by_text("Round 1 of 3")).to_be_visible()
    expect(back.root.get_by_role("button", name="Say it back to Bertil")).to_be_focused()
    expect(back.root.locator("[aria-live]")).to_contain_text("Bertil, corrected: I do not find myself in that.")
    assert back.leaked() == ["Tab"]


def test_the_same_again_costs_no_round(page: Page, talk: Path) -> None:
    back = shown(page, talk)
    back.root.get_by_label("In one sentence").fill("You need it")
    say(back, "Bertil", 1)
    expect(back.root).to_contain_text("Bertil has answered just this.")
    back.root.get_by_role("button", name="Say it back to Bertil").click()
    expect(back.root.locator(".notice")).to_contain_text("Bertil has answered just this.")
    expect(back.root.get_by_text("Round 1 of 3")).to_be_visible()
    assert len(read_transcript(talk).replay(TALK).state.rounds) == 1


def test_it_is_said_who_does_not_listen_and_why(page: Page, talk: Path) -> None:
    write_transcript(talk, Transcript("talks", (HEARD[:1],)))
    back = shown(page, talk)
    expect(back.root.get_by_role("button", name="Say it back to Bertil")).to_be_disabled()
    expect(back.root).to_contain_text("First talk to both of them.")
    write_transcript(talk, Transcript("talks", ((*HEARD, "stop"),)))
    back.widget.refresh()  # type: ignore[attr-defined]
    back.push()
    expect(back.root).to_contain_text("The conversation is over.")


def test_what_cannot_be_kept_is_told_and_can_be_said_again(
    page: Page, talk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, transcript: Transcript) -> None:
        raise FileRefused("answers/talks.yaml could not be saved: the disk is full.")

    back = shown(page, talk)
    back.root.get_by_label("In one sentence").fill("You need it")
    with monkeypatch.context() as patched:
        patched.setattr(module, "write_transcript", full)
        back.root.get_by_role("button", name="Say it back to Bertil").click()
        expect(back.root.locator(".notice")).to_contain_text("Not said: answers/talks.yaml could not be saved")
    say(back, "Bertil", 1)
    assert len(read_transcript(talk).replay(TALK).state.rounds) == 1


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 1280), (False, 820), (True, 400)])
def test_it_reads_well_in_every_theme_and_width(page: Page, talk: Path, dark: bool, width: int) -> None:
    back = shown(page, talk, dark=dark, width=width)
    pick(back, "Bertil Aas", "A live feature store", "The refunds")
    back.root.get_by_label("In one sentence").fill(SENTENCE)
    say(back, "Bertil", 1)
    back.root.get_by_role("button", name="Take out: The refunds").click()
    pick(back, "Bertil Aas", "Forecasts rest on yesterday", "It is needed for the summer timetable")
    back.root.get_by_label("The number of the limit").fill("9")
    back.root.get_by_role("radio", name="A wish").check()
    say(back, "Bertil", 2)
    back.shot(f"read-back-corrected-{'dark' if dark else 'light'}-{width}")
    back.root.get_by_role("radio", name="A must").check()
    say(back, "Bertil", 3)
    back.root.locator("summary").click()
    back.root.get_by_role("button", name="Leilani Kahale").click()
    back.shot(f"read-back-{'dark' if dark else 'light'}-{width}")
    assert back.violations() == []
    assert back.small_targets() == []
    assert back.overflow() <= 0
