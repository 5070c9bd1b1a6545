"""The scoping board in bare Chromium: mouse, keyboard, buttons, focus, both themes, a narrow panel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from curriculum.artifacts.board import Board
from curriculum.artifacts.reading import read_artifact
from curriculum.widgets.board import BoardWidget
from tests.e2e.component import Component
from tests.helpers.scoping_trial import scoping_case

pytestmark = pytest.mark.browser

CASE = scoping_case()
Open = Callable[..., Component]


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Open:
    """Opens a board on which some operations were done already."""

    def open_board(*done: dict[str, Any], **options: Any) -> Component:
        widget = BoardWidget(CASE, tmp_path / "answers" / "board.yaml", known=lambda: frozenset({"cold_start"}))
        for operation in done:
            widget._handle_custom_msg(operation, [])
        return Component(page, widget, **options)

    return open_board


def placed(card: str, column: str, index: int = 99) -> dict[str, Any]:
    return {"op": "move", "id": card, "column": column, "index": index}


def saved(component: Component) -> Board:
    return read_artifact(component.widget.path, Board).artifact  # type: ignore[attr-defined]


def card(component: Component, id: str) -> Locator:
    return component.root.locator(f'[data-card="{id}"]')


def key(component: Component, name: str) -> Locator:
    return component.root.locator(f'[data-key="{name}"]')


def announced(component: Component, words: str) -> None:
    component.root.locator(".unseen[aria-live]").get_by_text(words, exact=False).wait_for(state="attached")


FULL = (
    placed("ranking", "must"),
    placed("reasons", "must"),
    placed("consent", "nice"),
    placed("fast_home", "deferred"),
    {"op": "merge", "id": "quick_row", "keep": "fast_home"},
    *({"op": "vote", "id": "ranking", "voter": voter, "change": 1} for voter in ("maya", "maya", "wei")),
    {"op": "vote", "id": "consent", "voter": "aisha", "change": 1},
    {"op": "detail", "id": "ranking", "field": "reason", "value": "It is the goal of the launch."},
)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1080, 380], ids=["wide", "narrow"])
def test_accessible_in_both_themes_and_widths(opened: Open, dark: bool, width: int) -> None:
    board = opened(*FULL, dark=dark, width=width)
    key(board, "why:ranking").click()
    key(board, "voter:wei").click()
    board.shot(f"board_{'dark' if dark else 'light'}_{width}")
    assert board.violations() == []
    assert board.small_targets() == []
    assert board.overflow() <= 0


def test_buttons_place_a_card_and_pressing_again_takes_it_back(opened: Open) -> None:
    board = opened()
    key(board, "must:ranking").click()
    board.root.locator('[data-column="must"] [data-card="ranking"]').wait_for()
    assert key(board, "must:ranking").get_attribute("aria-pressed") == "true"
    assert saved(board).cards_in("must") == ("ranking",)
    assert board.focused() == "must:ranking"
    key(board, "must:ranking").click()
    board.root.locator('[data-column=""] [data-card="ranking"]').wait_for()
    assert saved(board).placements == ()


def test_keyboard_lifts_moves_and_drops_with_announcements(opened: Open) -> None:
    board = opened(placed("consent", "must"), placed("reasons", "must"))
    key(board, "grip:ranking").focus()
    board.page.keyboard.press("Space")
    announced(board, "Personal ranking on the home page lifted from Not placed yet.")
    board.page.keyboard.press("ArrowRight")
    announced(board, "Must-Have, 1 of 3")
    board.page.keyboard.press("ArrowDown")
    announced(board, "Must-Have, 2 of 3")
    assert board.focused() == "grip:ranking"
    assert saved(board).cards_in("must") == ("consent", "reasons"), "nothing is saved before the drop"
    board.page.keyboard.press("Space")
    announced(board, "Personal ranking on the home page: Must-Have, 2 of 3.")
    assert saved(board).cards_in("must") == ("consent", "ranking", "reasons")
    assert board.focused() == "grip:ranking"
    assert board.leaked() == []


def test_escape_puts_a_lifted_card_back_and_stays_in_the_widget(opened: Open) -> None:
    board = opened(placed("consent", "must"))
    key(board, "grip:consent").focus()
    board.page.keyboard.press("Enter")
    board.page.keyboard.press("ArrowRight")
    board.page.keyboard.press("Escape")
    announced(board, "Consent switch is back where it was.")
    assert board.root.locator('[data-column="must"] [data-card="consent"]').count() == 1
    assert saved(board).cards_in("must") == ("consent",)
    assert board.operations == [] and board.leaked() == []
    assert board.focused() == "grip:consent"
    board.page.keyboard.press("Escape")
    assert board.leaked() == ["Escape"], "an Escape that the board does not need is the notebook's"


def test_plain_keys_never_reach_the_notebook(opened: Open) -> None:
    board = opened()
    key(board, "must:ranking").focus()
    for name in ("a", "b", "x", "d", "d", "ArrowUp", "ArrowDown", "0"):
        board.page.keyboard.press(name)
    assert board.leaked() == []


def test_dragging_shows_where_the_card_will_lie_and_drops_it_there(opened: Open) -> None:
    board = opened(placed("consent", "must"), placed("reasons", "must"), height=1300)
    mouse = board.page.mouse
    start = card(board, "ranking").bounding_box()
    below = card(board, "consent").bounding_box()
    assert start and below
    mouse.move(start["x"] + start["width"] - 20, start["y"] + 60)
    mouse.down()
    mouse.move(start["x"] + 300, start["y"] + 120, steps=4)
    mouse.move(below["x"] + 60, below["y"] + below["height"] - 4, steps=6)
    board.root.locator('[data-column="must"].target .slot').wait_for()
    assert board.root.locator(".ghost").count() == 1
    board.shot("board_dragging")
    mouse.up()
    board.root.locator(".ghost").wait_for(state="detached")
    assert board.root.locator(".slot").count() == 0
    announced(board, "Personal ranking on the home page: Must-Have, 2 of 3.")
    assert saved(board).cards_in("must") == ("consent", "ranking", "reasons")
    assert [operation["op"] for operation in board.operations] == ["move"]


def test_escape_and_dropping_outside_end_a_drag_without_a_change(opened: Open) -> None:
    board = opened(placed("consent", "must"))
    for finish in ("Escape", "outside"):
        box = card(board, "consent").bounding_box()
        assert box
        board.page.mouse.move(box["x"] + 150, box["y"] + 40)
        board.page.mouse.down()
        board.page.mouse.move(box["x"] + 500, box["y"] + 60, steps=5)
        board.root.locator(".ghost").wait_for()
        if finish == "Escape":
            board.page.keyboard.press("Escape")
        else:
            board.page.mouse.move(4, 4, steps=3)
        board.page.mouse.up()
        board.root.locator(".ghost").wait_for(state="detached")
    assert board.operations == [] and saved(board).cards_in("must") == ("consent",)


def test_a_click_on_a_name_opens_the_details_and_does_not_lift(opened: Open) -> None:
    board = opened()
    key(board, "grip:ranking").click()
    assert key(board, "details:ranking").is_visible()
    assert board.root.locator(".lifted").count() == 0


def test_dots_are_those_of_the_chosen_person(opened: Open) -> None:
    board = opened()
    key(board, "voter:wei").click()
    for _ in range(3):
        key(board, "vote1:ranking").click()
    board.page.wait_for_function("document.querySelector('[data-key=\"vote1:ranking\"]').ariaDisabled === 'true'")
    key(board, "vote1:consent").click(force=True)
    assert [(vote.voter, vote.card, vote.dots) for vote in saved(board).votes] == [("wei", "ranking", 3)]
    key(board, "vote-1:ranking").click()
    announced(board, "Wei Zhang took a dot from Personal ranking on the home page. 1 dot left.")
    assert saved(board).votes[0].dots == 2


def test_the_tightest_role_and_its_days_are_said_below_the_bars(opened: Open) -> None:
    board = opened(placed("quick_row", "must"))
    key(board, "tightest:role").select_option("design")
    key(board, "tightest:days").fill("6.5")
    key(board, "tightest:days").press("Tab")
    announced(board, "6.5 days are stated")
    assert (saved(board).tightest, saved(board).days_taken) == ("design", 6.5)


def test_reason_evidence_and_duplicates_are_written_in_the_details(opened: Open) -> None:
    board = opened(placed("quick_row", "deferred"))
    key(board, "why:quick_row").click()
    key(board, "reason:quick_row").fill("Half of it is in the carousel")
    key(board, "revisit:quick_row").select_option("autumn")
    key(board, "cite:quick_row:cold_start").check()
    board.page.wait_for_function("document.querySelector('.why-words').textContent !== ''")
    (placement,) = saved(board).placements
    assert placement.reason == "Half of it is in the carousel"
    assert placement.revisit == "autumn"
    assert placement.evidence == ("cold_start",)
    key(board, "same:quick_row").select_option("fast_home")
    key(board, "with:quick_row").wait_for()
    assert saved(board).merges[0].keep == "fast_home"
    assert board.focused() == "with:quick_row"
    key(board, "with:quick_row").press("Enter")
    card(board, "quick_row").wait_for()
    assert saved(board).merges == ()
    assert board.focused() == "grip:quick_row"


def test_typing_is_saved_after_a_pause_and_survives_repaints(opened: Open) -> None:
    board = opened(placed("ranking", "must"))
    key(board, "why:ranking").click()
    key(board, "reason:ranking").press_sequentially("Goal first")
    board.widget._handle_custom_msg(placed("consent", "must"), [])
    board.push()
    assert key(board, "reason:ranking").input_value() == "Goal first"
    board.page.wait_for_timeout(600)
    assert saved(board).placements[0].reason == "Goal first"
    assert board.focused() == "reason:ranking"
    assert len([operation for operation in board.operations if operation["op"] == "detail"]) == 1


def test_undo_by_button_and_by_key(opened: Open) -> None:
    board = opened(placed("consent", "must"))
    key(board, "nice:consent").click()
    key(board, "must:ranking").click()
    board.root.locator('[data-column="must"] [data-card="ranking"]').wait_for()
    board.page.keyboard.press("Control+z")
    board.root.locator('[data-column=""] [data-card="ranking"]').wait_for()
    assert saved(board).cards_in("nice") == ("consent",)
    key(board, "undo").click()
    board.root.locator('[data-column="must"] [data-card="consent"]').wait_for()
    assert saved(board).cards_in("must") == ("consent",)
    assert "z" not in board.leaked()


def test_a_silent_kernel_puts_the_card_back_and_says_what_to_do(opened: Open) -> None:
    board = opened(placed("consent", "must"))
    board.dead = True
    key(board, "nice:consent").click()
    assert board.root.locator('[data-column="nice"] [data-card="consent"]').count() == 1
    board.root.get_by_text("Nothing answers.").wait_for()
    assert board.root.locator('[data-column="must"] [data-card="consent"]').count() == 1


def test_markup_in_the_file_stays_text(opened: Open) -> None:
    board = opened(
        {"op": "detail", "id": "ranking", "field": "reason", "value": "<img src=x onerror=alert(1)>"},
        placed("ranking", "must"),
    )
    key(board, "why:ranking").click()
    assert board.root.locator("img").count() == 0
    assert key(board, "reason:ranking").input_value() == "<img src=x onerror=alert(1)>"
