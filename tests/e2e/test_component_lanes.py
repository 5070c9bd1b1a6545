"""Cards in lanes in bare Chromium: mouse, keyboard, buttons, focus, both themes, a narrow panel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from curriculum.artifacts.derived import completed_one
from curriculum.artifacts.reading import read_artifact
from curriculum.widgets.lanes import Lanes
from tests.e2e.component import Component
from tests.helpers.lanes_trial import Roadmap, derive_roadmap, lanes_case

pytestmark = pytest.mark.browser

CASE = lanes_case()
Open = Callable[..., Component]


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Open:
    """Opens lanes in which some operations were done already."""

    def open_lanes(*done: dict[str, Any], **options: Any) -> Component:
        complete: Any = lambda found: completed_one(found, derive_roadmap, CASE, {})
        widget = Lanes(CASE, Roadmap, tmp_path / "answers" / "roadmap.yaml", complete=complete)
        for operation in done:
            widget._handle_custom_msg(operation, [])
        return Component(page, widget, **options)

    return open_lanes


def move(id: str, column: str, index: int = 99, step: str = "") -> dict[str, Any]:
    return {"op": "move", "id": id, "column": column, "index": index, "step": step}


def saved(component: Component) -> Roadmap:
    return read_artifact(component.widget.path, Roadmap).artifact  # type: ignore[attr-defined]


def key(component: Component, name: str) -> Locator:
    return component.root.locator(f'[data-key="{name}"]')


def announced(component: Component, words: str) -> None:
    component.root.locator(".unseen[aria-live]").get_by_text(words, exact=False).wait_for(state="attached")


FULL = (
    move("ranking", "promise", step="m4"),
    move("consent", "promise"),
    move("event_pipeline", "work", step="m2"),
    move("reasons", "out"),
)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1180, 380], ids=["wide", "narrow"])
def test_accessible_in_both_themes_and_widths(opened: Open, dark: bool, width: int) -> None:
    lanes = opened(*FULL, dark=dark, width=width, height=1000)
    lanes.shot(f"lanes_{'dark' if dark else 'light'}_{width}")
    assert lanes.violations() == []
    assert lanes.small_targets() == []
    assert lanes.overflow() <= 0
    frame = lanes.root.bounding_box()
    assert frame
    for control in lanes.root.locator("button, select").all():
        box = control.bounding_box()
        assert box and frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"]


def test_a_bar_ends_below_its_month(opened: Open) -> None:
    lanes = opened(*FULL, width=1180)
    bar = key(lanes, "card:ranking").locator(".run").bounding_box()
    april = key(lanes, "lane:promise").locator(".scale span").nth(3).bounding_box()
    assert bar and april
    assert abs(bar["x"] + bar["width"] - april["x"] - april["width"]) < 3


def test_keys_change_month_order_and_lane_with_announcements(opened: Open) -> None:
    lanes = opened(*FULL)
    key(lanes, "grip:ranking").focus()
    lanes.page.keyboard.press("Space")
    announced(lanes, "Personal ranking on the home page lifted from Promised outside, 1 of 2, Apr.")
    lanes.page.keyboard.press("ArrowRight")
    announced(lanes, "Promised outside, 1 of 2, May")
    lanes.page.keyboard.press("ArrowDown")
    announced(lanes, "Promised outside, 2 of 2, May")
    lanes.page.keyboard.press("ArrowDown")
    announced(lanes, "Work in between, 1 of 2, May")
    assert saved(lanes).step_of("ranking") == "m4", "nothing is saved before the drop"
    lanes.page.keyboard.press("Space")
    announced(lanes, "Personal ranking on the home page: Work in between, 1 of 2, May.")
    assert saved(lanes).lane("work") == ("ranking", "event_pipeline") and saved(lanes).step_of("ranking") == "m5"
    assert lanes.focused() == "grip:ranking" and lanes.leaked() == []


def test_escape_puts_a_lifted_card_back(opened: Open) -> None:
    lanes = opened(*FULL)
    key(lanes, "grip:consent").focus()
    for name in ("Space", "ArrowLeft", "ArrowDown", "Escape"):
        lanes.page.keyboard.press(name)
    announced(lanes, "Consent switch is back where it was.")
    assert lanes.operations == [] and saved(lanes).step_of("consent") == "m5"


def test_buttons_change_the_month_and_the_lane_and_undo_takes_it_back(opened: Open) -> None:
    lanes = opened(*FULL)
    key(lanes, "later:ranking").click()
    announced(lanes, "Promised outside, 1 of 2, May")
    key(lanes, "lane-of:ranking").select_option("out")
    announced(lanes, "Not this year, 2 of 2")
    assert saved(lanes).lane("out") == ("reasons", "ranking") and lanes.focused() == "lane-of:ranking"
    key(lanes, "up:ranking").click()
    announced(lanes, "Not this year, 1 of 2")
    for _ in range(3):
        key(lanes, "undo").click()
    key(lanes, "card:ranking").locator(".when-words").get_by_text("Apr", exact=True).wait_for()
    assert saved(lanes).step_of("ranking") == "m4" and saved(lanes).lane("out") == ("reasons",)


def test_dragging_gives_lane_place_and_month_at_once(opened: Open) -> None:
    lanes = opened(*FULL, width=1180, height=1100)
    mouse = lanes.page.mouse
    start = key(lanes, "card:reasons").bounding_box()
    over = key(lanes, "card:event_pipeline").bounding_box()
    scale = key(lanes, "lane:work").locator(".scale").bounding_box()
    assert start and over and scale
    mouse.move(start["x"] + 200, start["y"] + start["height"] - 6)
    mouse.down()
    mouse.move(scale["x"] + 30, over["y"] + over["height"] + 1, steps=6)
    mouse.move(scale["x"] + scale["width"] * 2.5 / 6, over["y"] + over["height"] + 2, steps=6)
    lanes.root.locator('[data-column="work"] .dragged').wait_for()
    lanes.shot("lanes_dragging")
    mouse.up()
    lanes.root.locator(".ghost").wait_for(state="detached")
    announced(lanes, "Say why an item is shown: Work in between, 2 of 2, Mar.")
    assert saved(lanes).lane("work") == ("event_pipeline", "reasons") and saved(lanes).step_of("reasons") == "m3"
