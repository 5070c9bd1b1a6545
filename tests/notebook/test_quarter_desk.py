"""The planner of `listen_and_ask`: a plan is chosen in boxes, and what is no plan is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.course.table_titles import load_titles
from curriculum.notebook.desks.quarter import one_order
from curriculum.pages.page import Page
from curriculum.pages.tables import sheet
from tests.helpers.checked_work import check_exemplar

SLUG = "listen_and_ask"
ORDER = ("arrivals", "events", "refunds", "warehouse")


@pytest.fixture(autouse=True)
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_exemplar(tmp_path, SLUG, "cheapest_first")
    monkeypatch.chdir(tmp_path / "beginner" / SLUG)


def test_what_a_contractor_does_is_left_out_of_the_order() -> None:
    table = one_order(*ORDER, contractor="events")
    assert sorted(table["Piece"][:-1]) == sorted(ORDER)
    assert dict(zip(table["Piece"], table["Who"], strict=True))["events"] == "contractor"


def test_all_amounts_of_a_plan_stand_at_the_right() -> None:
    shown = sheet(one_order(*ORDER), load_titles(SLUG))
    assert [column.title for column in shown.columns if not column.right] == ["Piece", "Who"]


def test_a_piece_that_is_chosen_twice_is_told() -> None:
    said = one_order("arrivals", "arrivals", "refunds", "warehouse")
    assert isinstance(said, Page) and "each of these pieces once" in said.text
