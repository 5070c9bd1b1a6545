"""Cards in lanes: every move and its undoing, what a file may hold, and what is said about it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from curriculum.artifacts.derived import completed_one
from curriculum.artifacts.lanes import Laid
from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.widgets.base import Stale
from curriculum.widgets.lanes import Lanes
from curriculum.widgets.lanes_moves import change_lanes, laid_out
from curriculum.widgets.lanes_view import lanes_text, lanes_view
from tests.helpers.lanes_trial import Roadmap, derive_roadmap, lanes_case

CASE = lanes_case()


def move(id: str, column: str, index: int = 99, step: str = "") -> dict[str, Any]:
    return {"op": "move", "id": id, "column": column, "index": index, "step": step}


def after(*operations: dict[str, Any], start: Roadmap | None = None) -> Roadmap:
    document = start or Roadmap()
    for operation in operations:
        document = change_lanes(CASE, document, operation).content
    return document


def test_a_card_gets_the_month_that_was_said_and_keeps_its_own() -> None:
    assert after(move("ranking", "promise")).step_of("ranking") == "m3"
    assert after(move("reasons", "work")).step_of("reasons") == "m6"
    moved = after(move("ranking", "promise", step="m5"), move("ranking", "work"))
    assert moved.step_of("ranking") == "m5" and moved.lane("work") == ("ranking",)
    assert after(move("ranking", "promise", step="m5"), move("ranking", "out")).step_of("ranking") == ""


def test_order_is_the_order_of_the_file() -> None:
    document = after(
        move("ranking", "work"), move("reasons", "work"), move("consent", "work", 1), move("reasons", "work", 0)
    )
    assert document.lane("work") == ("reasons", "ranking", "consent")
    assert laid_out(CASE, document)["work"] == ["reasons", "ranking", "consent"]


def test_every_move_can_be_taken_back() -> None:
    chance = random.Random(7)
    cards, lanes = [*CASE.registry.entries("cards")], ["", "promise", "work", "out"]
    document = Roadmap()
    for _ in range(300):
        operation = move(
            chance.choice(cards), chance.choice(lanes), chance.randrange(6), chance.choice(["", "m1", "m6"])
        )
        change = change_lanes(CASE, document, operation)
        back = change_lanes(CASE, change.content, change.undo).content
        assert laid_out(CASE, back) == laid_out(CASE, document)
        assert {id: document.step_of(id) for id in cards} == {id: back.step_of(id) for id in cards}
        document = change.content


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "move", "id": "nobody", "column": "work"},
        {"op": "move", "id": "ranking", "column": "attic"},
        {"op": "move", "id": ["ranking"], "column": "work"},
        {"op": "move", "id": "ranking", "column": "work", "index": "first"},
        {"op": "forget", "id": "ranking"},
        {"op": "restore", "id": "x", "rows": [["a", {}]]},
        {"op": "paint"},
    ],
)
def test_what_does_not_fit_changes_nothing_and_is_told(operation: dict[str, Any]) -> None:
    with pytest.raises(Stale):
        change_lanes(CASE, Roadmap(), operation)


def test_a_file_of_strangers_is_shown_and_can_be_cleaned() -> None:
    document = Roadmap(
        laid=(
            Laid(card="gone", lane="work"),
            Laid(card="ranking", lane="attic", step="m2"),
            Laid(card="consent", lane="promise", step="m99"),
            Laid(card="consent", lane="out"),
        )
    )
    view = lanes_view(CASE, document)
    assert [stranger["id"] for stranger in view["strangers"]] == ["gone"]
    assert "ranking" in view["columns"][0]["cards"]
    assert view["columns"][1]["steps"] == {"consent": "m5"}, "a month that does not exist is the one that was said"
    change = change_lanes(CASE, document, {"op": "forget", "id": "gone"})
    assert lanes_view(CASE, change.content)["strangers"] == []
    assert change_lanes(CASE, change.content, change.undo).content == document


def test_the_widget_saves_shows_loads_and_reads_as_text(tmp_path: Path) -> None:
    path = tmp_path / "answers" / "roadmap.yaml"
    widget = Lanes(CASE, Roadmap, path, complete=lambda found: completed_one(found, derive_roadmap, CASE, {}))  # type: ignore[arg-type,return-value]
    widget._handle_custom_msg(move("ranking", "promise", step="m4"), [])
    saved = read_artifact(path, Roadmap).artifact
    assert saved is not None and saved.laid == (Laid(card="ranking", lane="promise", step="m4"),)
    full = {row["id"]: [cell["words"] for cell in row["cells"]] for row in widget.view["loads"]}
    assert full["ml"] == ["180 %", "180 %"] and widget.view["loads"][0]["cells"][0]["over"]
    text = widget.as_text()
    assert (
        "1. Personal ranking on the home page [ranking], Apr, said for Mar" in text and "ML engineer: Q1 180 %" in text
    )
    assert "Half of a card's work in each quarter." in text, "what the bars count is said"
    widget._handle_custom_msg({"op": "undo"}, [])
    assert read_artifact(path, Roadmap).artifact.laid == ()  # type: ignore[union-attr]


def test_two_pages_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "roadmap.yaml"
    write_artifact(path, Roadmap())
    one, other = Lanes(CASE, Roadmap, path), Lanes(CASE, Roadmap, path)
    one._handle_custom_msg(move("ranking", "promise"), [])
    other._handle_custom_msg(move("consent", "work"), [])
    text = lanes_text(lanes_view(CASE, read_artifact(path, Roadmap).artifact))  # type: ignore[arg-type]
    assert "[ranking]" in text.split("Work in between")[0] and "[consent]" in text.split("Work in between")[1]
