"""The RACI grid in bare Chromium: keys, clicks, focus, both themes, a narrow panel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from curriculum.artifacts.raci import Raci
from curriculum.artifacts.reading import read_artifact
from curriculum.widgets.grid import Grid
from tests.e2e.component import Component
from tests.helpers.scoping_trial import raci_case

pytestmark = pytest.mark.browser

Open = Callable[..., Component]


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Open:
    def open_grid(*rows: str, **options: Any) -> Component:
        grid = Grid(raci_case(), tmp_path / "answers" / "raci.yaml")
        for row in rows:
            grid._handle_custom_msg({"op": "add", "row": row}, [])
        if rows:
            grid._handle_custom_msg({"op": "code", "row": rows[0], "column": "maya", "code": "A"}, [])
            grid._handle_custom_msg({"op": "code", "row": rows[0], "column": "jonas", "code": "C"}, [])
        return Component(page, grid, **options)

    return open_grid


def cell(component: Component, row: str, person: str) -> Locator:
    return component.root.locator(f'[data-key="cell:{row}:{person}"]')


def saved(component: Component) -> Raci:
    return read_artifact(component.widget.path, Raci).artifact  # type: ignore[attr-defined]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1080, 380], ids=["wide", "narrow"])
def test_accessible_in_both_themes_and_widths(opened: Open, dark: bool, width: int) -> None:
    grid = opened("go", "metric", "statement", dark=dark, width=width)
    cell(grid, "go", "maya").focus()
    grid.shot(f"grid_{'dark' if dark else 'light'}_{width}")
    assert grid.violations() == []
    assert grid.small_targets() == []
    assert grid.overflow() <= 0


def test_letters_are_typed_and_arrows_move(opened: Open) -> None:
    grid = opened("go", "metric")
    cell(grid, "go", "maya").focus()
    keys = grid.page.keyboard
    keys.press("ArrowDown")
    keys.press("b")
    expect(cell(grid, "metric", "maya")).to_contain_text("A/R")
    keys.press("ArrowRight")
    keys.press("i")
    keys.press("ArrowUp")
    keys.press("Delete")
    expect(cell(grid, "go", "jonas")).to_contain_text("no part")
    keys.press("End")
    assert grid.focused() == "cell:go:aisha"
    keys.press("R")
    expect(cell(grid, "go", "aisha")).to_contain_text("R")
    assert grid.focused() == "cell:go:aisha"
    expect(grid.root.locator('[data-key="row:go"] .check')).to_have_text("Clear")
    expect(grid.root.locator('[data-key="row:metric"] .check')).to_have_text("Clear")
    assert [(row.deliverable, [(each.person, each.code) for each in row.assignments]) for row in saved(grid).rows] == [
        ("go", [("maya", "A"), ("aisha", "R")]),
        ("metric", [("maya", "A/R"), ("jonas", "I")]),
    ]
    assert grid.leaked() == []


def test_one_stop_for_tab_and_it_is_the_cell_last_visited(opened: Open) -> None:
    grid = opened("go", "metric")
    expect(grid.root.locator('[role=gridcell][tabindex="0"]')).to_have_count(1)
    cell(grid, "go", "maya").focus()
    grid.page.keyboard.press("ArrowRight")
    expect(cell(grid, "go", "jonas")).to_have_attribute("tabindex", "0")
    expect(grid.root.locator('[role=gridcell][tabindex="0"]')).to_have_count(1)


def test_clicks_and_enter_go_through_the_letters(opened: Open) -> None:
    grid = opened("go")
    target = cell(grid, "go", "wei")
    for letter in ("R", "A", "A/R", "C", "I"):
        target.click()
        expect(target.locator("span").first).to_have_text(letter)
    target.press("Enter")
    expect(target).to_contain_text("no part")
    assert saved(grid).code("go", "wei") == ""


def test_rows_are_added_removed_and_brought_back(opened: Open) -> None:
    grid = opened("go")
    grid.root.get_by_label("Add a deliverable").select_option("drift")
    expect(cell(grid, "drift", "maya")).to_be_focused()
    grid.root.get_by_role("button", name="Remove Decide go or no-go").click()
    expect(cell(grid, "go", "maya")).to_have_count(0)
    expect(grid.root.get_by_role("button", name="Remove Watch for data drift")).to_be_focused()
    grid.page.keyboard.press("Control+z")
    expect(cell(grid, "go", "maya")).to_contain_text("Accountable")
    assert [row.deliverable for row in saved(grid).rows] == ["go", "drift"]
