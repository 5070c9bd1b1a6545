"""Questions from memory and the review in a real browser: in both themes, by keyboard, on narrow pages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum import open_lesson
from curriculum.artifacts.reading import read_artifact
from curriculum.artifacts.recall import Recall
from curriculum.learner.cards import ReviewCard
from curriculum.learner.review import Deck
from curriculum.widgets.deck import DeckWidget
from tests.e2e.component import Component

pytestmark = pytest.mark.browser


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".curriculum").mkdir()
    place = tmp_path / "beginner" / "recommendation_scoping"
    place.mkdir(parents=True)
    return place


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 820), (False, 390)])
def test_an_answer_opens_beside_ones_own(page: Page, folder: Path, dark: bool, width: int) -> None:
    component = Component(page, open_lesson("recommendation_scoping", folder).recall(), dark=dark, width=width)
    root = component.root
    assert not component.violations()
    first, second = root.get_by_role("listitem").first, root.locator(".questions > li").nth(1)
    expect(second.get_by_role("button", name="Open the answer")).to_have_count(0)
    second.get_by_role("textbox", name="What you remember").fill("One person <b>and</b> a day")
    second.get_by_role("button", name="Open the answer").click()
    expect(second).to_contain_text("One person who can decide it")
    expect(second).to_contain_text("One person <b>and</b> a day")
    assert component.focused() == "answer-what_an_ask_names"
    second.get_by_role("button", name="I knew it").click()
    expect(second.get_by_role("button", name="I knew it")).to_have_attribute("aria-pressed", "true")
    first.get_by_role("radio", name="It counts a late morning twice").check()
    first.get_by_role("button", name="Open the answer").click()
    expect(first).to_contain_text("Another one holds")
    expect(first.get_by_role("button", name="At once")).to_have_count(0)
    first.get_by_role("button", name="Partly").click()
    expect(root).to_contain_text("2 of 2 open")
    kept = read_artifact(folder / "answers" / "recall.yaml", Recall).artifact
    assert [(one.question, one.rating) for one in kept.answers] == [
        ("what_an_ask_names", "good"), ("average_for_planning", "hard"),
    ]  # fmt: skip
    assert not component.violations()
    assert not component.small_targets()
    assert component.overflow() <= 0
    component.shot(f"recall_{width}_{'dark' if dark else 'light'}")


def test_by_keyboard_alone_and_without_an_answer(page: Page, folder: Path) -> None:
    component = Component(page, open_lesson("recommendation_scoping", folder).recall())
    box = component.root.get_by_role("textbox", name="What you remember")
    box.focus()
    page.keyboard.type("a")
    expect(component.root.get_by_role("button", name="Open the answer")).to_have_count(1)
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    assert component.focused() == "do-what_an_ask_names"
    page.keyboard.press("Enter")
    expect(component.root).to_contain_text("You left it open.")
    assert component.focused() == "answer-what_an_ask_names"
    assert not set(component.leaked()) & {"a", "Enter", "Backspace"}


def cards() -> list[ReviewCard]:
    since, lesson = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "Scoping a recommender"
    front = "How long does the screen wait? What would you change, and why?"
    context = (
        ("Artifact", "One-page PRD"),
        ("Not met", "The timeout fits the screen."),
        ("Asked by", "Imre, engineer"),
        ("Found", "1,200 ms, and the screen waits 800 ms."),
    )
    back, strong = "At most what the designer gives it.", "A strong answer contains:"
    points, asked = ("A number", "Not: blame"), "Tell me about a trade-off."
    return [
        ReviewCard("criterion/a/b", "criterion", lesson, front, back, since, context),
        ReviewCard("question/x", "question", lesson, asked, strong, since, points=points),
    ]


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 820)])
def test_cards_are_turned_and_rated_and_what_is_known_does_not_come_back_today(
    page: Page, folder: Path, dark: bool, width: int
) -> None:
    deck = Deck(folder.parents[1])
    deck._cards = {card.id: card for card in cards()}
    component = Component(page, DeckWidget(deck), dark=dark, width=width)
    root = component.root
    expect(root).to_contain_text("2 cards wait for you, about 1 min.")
    component.shot(f"deck_closed_{width}_{'dark' if dark else 'light'}")
    assert not component.violations()
    root.get_by_role("button", name="Review now").click()
    expect(root).to_contain_text("Found")
    expect(root).not_to_contain_text("At most what the designer")
    root.get_by_role("textbox", name="Your answer").fill("What the screen can wait")
    component.shot(f"deck_front_{width}_{'dark' if dark else 'light'}")
    root.get_by_role("button", name="Turn the card").click()
    expect(root).to_contain_text("At most what the designer gives it.")
    expect(root).to_contain_text("What the screen can wait")
    component.shot(f"deck_back_{width}_{'dark' if dark else 'light'}")
    assert not component.violations() and not component.small_targets()
    page.keyboard.press("3")
    expect(root).to_contain_text("Card 2 of 2")
    expect(root).to_contain_text("it comes back on ")
    assert component.focused() == "front-question/x"
    root.get_by_role("button", name="Turn the card").click()
    expect(root.get_by_role("listitem").last).to_have_text("Not: blame")
    root.get_by_role("button", name="At once").click()
    expect(root).to_contain_text("2 cards done. Nothing to review now. The next card comes on")
    expect(root.get_by_role("button")).to_have_count(0)
    assert not deck.waiting()
    assert component.overflow() <= 0
    assert not component.leaked() or "3" not in component.leaked()


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 820)])
def test_looking_back_has_a_place_to_write_and_is_shown_before_the_next_lesson(
    page: Page, folder: Path, dark: bool, width: int
) -> None:
    component = Component(page, open_lesson("recommendation_scoping", folder).debrief("next"), dark=dark, width=width)
    box = component.root.get_by_role("textbox", name="What you think")
    box.press_sequentially("The slow lookup came out late, ")
    expect(component.root.locator(".saved")).to_have_text("Saved in answers/debriefs.yaml")
    box.press_sequentially("and I had asked nobody for it.")
    box.blur()
    file = folder / "answers" / "debriefs.yaml"
    expect(component.root.locator(".saved")).to_have_text("Saved in answers/debriefs.yaml")
    assert "The slow lookup came out late, and I had asked nobody for it." in file.read_text(encoding="utf-8")
    assert not component.violations() and not component.leaked()
    component.shot(f"debrief_{width}_{'dark' if dark else 'light'}")
    box.fill("x" * 3_900)
    expect(component.root).to_contain_text("100 characters left")
    box.fill("The slow lookup came out late, and I had asked nobody for it.")
    box.blur()
    expect(component.root.locator(".saved")).to_have_text("Saved in answers/debriefs.yaml")
    later = folder.parents[1] / "intermediate" / "fraud_false_positives"
    later.mkdir(parents=True)
    page.reload()
    before = Component(page, open_lesson("fraud_false_positives", later).recall(), dark=dark, width=width)
    expect(before.root.get_by_role("region", name="What you wrote after")).to_contain_text("I had asked nobody for it.")
    assert not before.violations() and before.overflow() <= 0
    before.shot(f"earlier_{width}_{'dark' if dark else 'light'}")


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 820)])
def test_a_half_filled_document_is_completed_and_compared(page: Page, folder: Path, dark: bool, width: int) -> None:
    component = Component(page, open_lesson("recommendation_scoping", folder).guide("prd"), dark=dark, width=width)
    root = component.root
    expect(root).to_contain_text("Of 100 visits to the page of a book, 71 end there.")
    expect(root).not_to_contain_text("finds the next one in the same visit")
    box = root.get_by_role("textbox", name="What you would write").first
    box.fill("Readers find a second book")
    root.get_by_role("button", name="Compare").click()
    expect(root).to_contain_text("finds the next one in the same visit")
    root.get_by_role("button", name="Mine would do").click()
    expect(root.get_by_role("button", name="Mine would do")).to_have_attribute("aria-pressed", "true")
    root.get_by_role("button", name="Show me").first.click()
    expect(root).to_contain_text("Complaints stay below 30 a week")
    assert not component.violations() and not component.small_targets() and component.overflow() <= 0
    assert not (folder / "answers" / "prd.yaml").exists()
    component.shot(f"half_{width}_{'dark' if dark else 'light'}")
