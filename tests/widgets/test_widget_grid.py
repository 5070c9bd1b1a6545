"""The RACI grid without a browser: its checks, its operations, its file, its faults."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from curriculum.artifacts.raci import Assignment, Raci, RaciRow
from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.widgets.grid import Grid
from curriculum.widgets.grid_view import row_check
from tests.helpers.scoping_trial import raci_case

CASE = raci_case()


def row(deliverable: str = "go", **codes: Any) -> RaciRow:
    cells = tuple(Assignment(person=person, code=code) for person, code in codes.items())
    return RaciRow(deliverable=deliverable, assignments=cells)


def do(grid: Grid, op: str, **fields: Any) -> None:
    grid._handle_custom_msg({"op": op, **fields}, [])


def put(grid: Grid, deliverable: str, **codes: str) -> None:
    for person, code in codes.items():
        do(grid, "code", row=deliverable, column=person, code=code)


def saved(grid: Grid) -> Raci:
    return read_artifact(grid.path, Raci).artifact


@pytest.fixture
def grid(tmp_path: Path) -> Grid:
    return Grid(CASE, tmp_path / "answers" / "raci.yaml")


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ({}, "Nobody is accountable"),
        ({"wei": "R"}, "Nobody is accountable"),
        ({"maya": "A"}, "Nobody does the work"),
        ({"maya": "A/R"}, ""),
        ({"maya": "A", "wei": "R", "aisha": "C"}, ""),
        ({"maya": "A", "jonas": "A/R"}, "2 people accountable"),
    ],
)
def test_what_is_odd_in_a_row(codes: dict[str, str], words: str) -> None:
    assert row_check(Raci(rows=(row(**codes),)), "go") == words


def test_a_grid_begins_without_rows_and_offers_the_deliverables(grid: Grid) -> None:
    assert grid.view["rows"] == [] and len(grid.view["offered"]) == 6
    assert json.loads(json.dumps(grid.view)) == grid.view
    assert not grid.path.exists()


def test_cells_are_saved_in_the_order_of_people(grid: Grid) -> None:
    do(grid, "add", row="go")
    put(grid, "go", wei="R", maya="A", aisha="C")
    put(grid, "go", aisha="")
    assert saved(grid) == Raci(rows=(row(maya="A", wei="R"),))
    assert grid.view["rows"][0]["codes"] == ["A", "", "R", ""]
    assert [each["id"] for each in grid.view["offered"]] == [id for id in CASE.more["deliverables"] if id != "go"]


def test_the_summary_says_who_answers_for_most(grid: Grid) -> None:
    for id in ("statement", "permissions", "metric", "go"):
        do(grid, "add", row=id)
        put(grid, id, maya="A")
    put(grid, "go", wei="R")
    assert grid.view["summary"] == (
        "3 of 4 rows need work. Maya Okafor is accountable for 4 of 4. Can one person carry that?"
    )
    assert grid.view["columns"][0]["words"] == "accountable for 4, responsible for 0"


def test_undo_brings_back_letters_and_rows(grid: Grid) -> None:
    do(grid, "add", row="statement")
    do(grid, "add", row="go")
    put(grid, "statement", maya="A", wei="R")
    before = saved(grid)
    put(grid, "statement", maya="I")
    do(grid, "remove", row="statement")
    assert saved(grid) == Raci(rows=(RaciRow(deliverable="go"),))
    do(grid, "undo")
    do(grid, "undo")
    assert saved(grid) == before


def test_two_writers_lose_nothing(grid: Grid) -> None:
    other = Grid(CASE, grid.path)
    do(grid, "add", row="go")
    put(other, "go", maya="A")
    put(grid, "go", wei="R")
    assert saved(other) == Raci(rows=(row(maya="A", wei="R"),))


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "code", "row": "metric", "column": "maya", "code": "A"},
        {"op": "code", "row": "go", "column": "nobody", "code": "A"},
        {"op": "code", "row": "go", "column": "maya", "code": "X"},
        {"op": "code", "row": "go", "column": ["maya"], "code": "A"},
        {"op": "add", "row": "go"},
        {"op": "add", "row": "unheard of"},
        {"op": "remove", "row": "metric"},
        {"op": "explode"},
    ],
)
def test_operations_that_do_not_fit_change_nothing(grid: Grid, operation: dict[str, Any]) -> None:
    do(grid, "add", row="go")
    before = grid.path.read_bytes()
    grid._handle_custom_msg(operation, [])
    assert grid.path.read_bytes() == before
    assert grid.view["notice"].endswith(".")


def test_a_row_that_the_case_does_not_have_is_told_and_can_be_removed(grid: Grid) -> None:
    write_artifact(grid.path, Raci(rows=(row("nonsense", maya="A"),)))
    do(grid, "reread")
    assert grid.view["rows"][0]["strange"] is True
    do(grid, "remove", row="nonsense")
    assert saved(grid) == Raci()


def test_a_broken_file_is_told_and_left_as_it_is(grid: Grid) -> None:
    grid.path.parent.mkdir()
    grid.path.write_text("rows:\n  - deliverable: go\n    assignments:\n      - {person: maya, code: B}\n")
    before = grid.path.read_bytes()
    do(grid, "add", row="metric")
    assert "raci.yaml, line 4" in grid.view["trouble"][0]
    assert grid.path.read_bytes() == before


def test_a_full_disk_is_told_and_the_next_save_brings_everything(grid: Grid, monkeypatch: pytest.MonkeyPatch) -> None:
    do(grid, "add", row="go")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        put(grid, "go", maya="A")
        assert "the disk is full" in grid.view["saved"]["error"]
    put(grid, "go", wei="R")
    assert grid.view["saved"]["error"] == ""
    assert saved(grid) == Raci(rows=(row(maya="A", wei="R"),))


def test_text_and_html(grid: Grid) -> None:
    do(grid, "add", row="go")
    put(grid, "go", maya="A/R")
    data, _ = grid._repr_mimebundle_()
    assert "Decide go or no-go  A/R" in data["text/plain"]
    assert data["text/html"].startswith("<pre>RACI")
