"""The board widget without a browser: its view, its operations, its file, its faults."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.artifacts.board import Board, Merge, Placement, Vote
from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.widgets.base import Stale
from curriculum.widgets.board import BoardWidget
from curriculum.widgets.board_moves import change_board, laid_out
from curriculum.widgets.board_view import board_text, board_view, capacity
from tests.helpers.scoping_trial import scoping_case

CASE = scoping_case()


def board(**columns: str) -> Board:
    return Board(placements=tuple(Placement(card=id, column=column) for id, column in columns.items()))


def click(widget: BoardWidget, op: str, **fields: Any) -> None:
    widget._handle_custom_msg({"op": op, **fields}, [])


def saved(widget: BoardWidget) -> Board:
    return read_artifact(widget.path, Board).artifact


@pytest.fixture
def widget(tmp_path: Path) -> BoardWidget:
    return BoardWidget(CASE, tmp_path / "answers" / "board.yaml", known=lambda: frozenset({"cold_start"}))


def test_every_card_begins_unplaced_and_the_view_is_plain_json(widget: BoardWidget) -> None:
    assert widget.view["columns"][0]["cards"] == list(CASE.registry.entries("cards"))
    assert json.loads(json.dumps(widget.view)) == widget.view
    assert widget.view["saved"]["exists"] is False
    assert not widget.path.exists(), "looking at a board must not write one"


def test_capacity_counts_must_and_nice_by_role_in_words() -> None:
    rows = {row["id"]: row for row in capacity(CASE, board(ranking="must", reasons="must", fast_home="nice"))}
    assert (rows["ml"]["must"], rows["ml"]["nice"], rows["ml"]["over"]) == (23, 2, True)
    assert rows["ml"]["words"] == "23 of 20 days"
    assert rows["ml"]["more"] == "3 days over"
    assert rows["data"]["more"] == ""
    assert rows["design"]["words"] == "4 of 15 days"
    assert rows["design"]["more"] == "6 for Nice-to-Have"


def test_nice_to_haves_that_would_not_fit_are_told() -> None:
    rows = {row["id"]: row for row in capacity(CASE, board(ranking="must", reasons="nice"))}
    assert rows["ml"]["more"] == "5 for Nice-to-Have, 3 days over with them"


def test_a_card_counted_with_another_takes_no_days_and_gives_its_dots() -> None:
    merged = board(fast_home="must").model_copy(
        update={
            "merges": (Merge(keep="fast_home", drop="quick_row"),),
            "votes": (
                Vote(voter="maya", card="quick_row", dots=2),
                Vote(voter="wei", card="fast_home", dots=1),
            ),
        }
    )
    view = board_view(CASE, merged)
    assert "quick_row" not in view["cards"]
    assert view["cards"]["fast_home"]["dots"] == 3
    assert view["cards"]["fast_home"]["merged"] == [{"id": "quick_row", "label": "Quick product row"}]
    assert next(row for row in view["capacity"] if row["id"] == "design")["must"] == 6


@pytest.mark.parametrize(
    ("placed", "is_open", "words"),
    [
        ({"ranking": "must"}, True, "Needs Event pipeline — not a Must-Have yet"),
        ({"ranking": "must", "event_pipeline": "nice"}, True, "Needs Event pipeline — not a Must-Have yet"),
        ({"ranking": "must", "event_pipeline": "must"}, False, "Needs Event pipeline — Must-Have"),
        ({"ranking": "nice", "event_pipeline": "deferred"}, True, "Needs Event pipeline — deferred"),
        ({"ranking": "deferred"}, False, "Needs Event pipeline"),
    ],
)
def test_dependencies_say_what_is_missing(placed: dict[str, str], is_open: bool, words: str) -> None:
    (need,) = board_view(CASE, board(**placed))["cards"]["ranking"]["needs"]
    assert (need["open"], need["words"]) == (is_open, words)


def test_mandatory_cards_are_marked_while_they_are_not_must() -> None:
    assert board_view(CASE, board(consent="nice"))["cards"]["consent"]["mandatory_open"] is True
    assert board_view(CASE, board(consent="must"))["cards"]["consent"]["mandatory_open"] is False


def test_only_facts_that_were_told_or_stand_in_the_brief_are_offered() -> None:
    offered = [fact["id"] for fact in board_view(CASE, Board(), {"cold_start"})["facts"]]
    assert offered == ["launch_date", "cold_start"]
    assert "consent_clause" not in json.dumps(board_view(CASE, Board(), {"cold_start"}))


def test_evidence_that_nobody_told_is_shown_as_such_without_its_sentence() -> None:
    cited = Board(placements=(Placement(card="ranking", evidence=("consent_clause", "made_up")),))
    facts = {fact["id"]: fact for fact in board_view(CASE, cited, frozenset())["facts"]}
    assert facts["consent_clause"] == {
        "id": "consent_clause",
        "label": "consent_clause",
        "note": "nobody has told you this yet",
    }
    assert facts["made_up"]["note"] == "not known in this case"


def test_moves_are_saved_in_order(widget: BoardWidget) -> None:
    click(widget, "move", id="ranking", column="must", index=0)
    click(widget, "move", id="consent", column="must", index=0)
    click(widget, "move", id="reasons", column="must", index=1)
    assert saved(widget).cards_in("must") == ("consent", "reasons", "ranking")
    click(widget, "move", id="consent", column="must", index=2)
    assert saved(widget).cards_in("must") == ("reasons", "ranking", "consent")


def test_taking_a_card_off_the_board_leaves_its_reason(widget: BoardWidget) -> None:
    click(widget, "detail", id="ranking", field="reason", value="The goal")
    click(widget, "move", id="ranking", column="must", index=0)
    click(widget, "move", id="ranking", column="", index=0)
    assert saved(widget).placements == (Placement(card="ranking", reason="The goal"),)


def test_what_a_move_says(widget: BoardWidget) -> None:
    messages: list[Any] = []
    widget.send = lambda content, buffers=None: messages.append(content)
    click(widget, "move", id="ranking", column="must", index=0, n=7)
    assert messages == [{"answer": 7, "say": "Personal ranking on the home page: Must-Have, 1 of 1."}]


def test_dots_stop_at_the_allowance_and_come_back(widget: BoardWidget) -> None:
    for _ in range(5):
        click(widget, "vote", id="ranking", voter="wei", change=1)
    assert saved(widget).votes == (Vote(voter="wei", card="ranking", dots=3),)
    assert widget.view["notice"] == "Wei Zhang has spent all 3 dots. Take one back from another card first."
    click(widget, "vote", id="ranking", voter="wei", change=-1)
    assert saved(widget).votes == (Vote(voter="wei", card="ranking", dots=2),)
    assert widget.view["notice"] == ""


def test_a_dot_can_be_taken_back_from_a_merged_card(widget: BoardWidget) -> None:
    click(widget, "vote", id="quick_row", voter="maya", change=1)
    click(widget, "merge", id="quick_row", keep="fast_home")
    click(widget, "vote", id="fast_home", voter="maya", change=-1)
    assert saved(widget).votes == ()
    click(widget, "undo")
    assert widget.view["notice"] == "" and widget.view["cards"]["fast_home"]["dots"] == 1


def test_merging_and_separating_keep_place_reason_and_order(widget: BoardWidget) -> None:
    for id in ("ranking", "quick_row", "consent"):
        click(widget, "move", id=id, column="nice", index=9)
    click(widget, "detail", id="quick_row", field="reason", value="People wait")
    before = saved(widget)
    click(widget, "merge", id="quick_row", keep="fast_home")
    assert saved(widget).merges == (Merge(keep="fast_home", drop="quick_row"),)
    assert saved(widget).column_of("quick_row") == ""
    click(widget, "undo")
    assert saved(widget) == before


def test_a_card_that_others_count_with_cannot_be_merged_away(widget: BoardWidget) -> None:
    click(widget, "merge", id="quick_row", keep="fast_home")
    click(widget, "merge", id="fast_home", keep="reasons")
    assert widget.view["notice"] == "Other cards are counted with Fast home page carousel. Separate them first."


def test_undo_takes_operations_back_one_by_one_to_a_blank_board(widget: BoardWidget) -> None:
    click(widget, "move", id="ranking", column="must", index=0)
    click(widget, "vote", id="ranking", voter="wei", change=1)
    click(widget, "cite", id="ranking", fact="cold_start", on=True)
    click(widget, "detail", id="ranking", field="reason", value="A")
    click(widget, "detail", id="ranking", field="reason", value="As tested")  # one sentence, typed with a pause
    click(widget, "merge", id="quick_row", keep="fast_home")
    click(widget, "move", id="ranking", column="deferred", index=0)
    assert widget.view["undo"]["count"] == 6
    for _ in range(6):
        click(widget, "undo")
    assert saved(widget) == Board()
    click(widget, "undo")
    assert widget.view["undo"]["count"] == 0 and widget.view["undo"]["words"] == ""


def test_undo_leaves_what_another_tab_wrote_since(widget: BoardWidget) -> None:
    other = BoardWidget(CASE, widget.path)
    click(widget, "move", id="ranking", column="must", index=0)
    click(other, "move", id="consent", column="must", index=0)
    click(other, "vote", id="ranking", voter="wei", change=1)
    click(widget, "undo")
    assert saved(widget).cards_in("must") == ("consent",)
    assert len(saved(widget).votes) == 1


def test_two_writers_lose_nothing(widget: BoardWidget) -> None:
    other = BoardWidget(CASE, widget.path)
    for number, id in enumerate(CASE.registry.entries("cards")):
        click((widget, other)[number % 2], "move", id=id, column="nice", index=99)
    assert saved(widget).cards_in("nice") == tuple(CASE.registry.entries("cards"))
    click(widget, "reread")
    assert widget.view["columns"] == other.view["columns"]


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "move"},
        {"op": "move", "id": "nobody", "column": "must", "index": 0},
        {"op": "move", "id": "ranking", "column": "attic", "index": 0},
        {"op": "move", "id": ["ranking"], "column": "must"},
        {"op": "move", "id": "ranking", "column": "must", "index": float("inf")},
        {"op": "vote", "id": "ranking", "voter": "wei", "change": 40},
        {"op": "vote", "id": "ranking", "voter": "ghost", "change": 1},
        {"op": "vote", "id": "ranking", "voter": "wei", "change": -1},
        {"op": "detail", "id": "ranking", "field": "column", "value": "must"},
        {"op": "detail", "id": "ranking", "field": "reason", "value": {"a": 1}},
        {"op": "detail", "id": "ranking", "field": "reason", "value": "x" * 20_001},
        {"op": "cite", "id": "ranking", "fact": "made_up", "on": True},
        {"op": "merge", "id": "ranking", "keep": "ranking"},
        {"op": "separate", "id": "ranking"},
        {"op": "forget", "id": "ranking"},
        {"op": "explode"},
    ],
)
def test_operations_that_do_not_fit_change_nothing_and_are_told(widget: BoardWidget, operation: dict[str, Any]) -> None:
    click(widget, "move", id="consent", column="must", index=0)
    before = widget.path.read_bytes()
    widget._handle_custom_msg(operation, [])
    assert widget.path.read_bytes() == before
    assert widget.view["notice"].endswith(".")
    assert widget.view["undo"]["count"] == 1


def test_a_broken_file_is_told_and_left_as_it_is(widget: BoardWidget) -> None:
    widget.path.parent.mkdir()
    widget.path.write_text("placements:\n  - card: ranking\n    colum: must\n")
    click(widget, "move", id="consent", column="must", index=0)
    (sentence,) = widget.view["trouble"]
    assert "board.yaml, line 3" in sentence and "'colum'" in sentence
    assert widget.path.read_text() == "placements:\n  - card: ranking\n    colum: must\n"
    assert "line 3" in widget.as_text()
    widget.path.write_text("placements:\n  - card: ranking\n    column: must\n")
    click(widget, "reread")
    assert widget.view["trouble"] == [] and widget.view["cards"]["ranking"]["column"] == "must"


def test_a_full_disk_is_told_and_the_next_save_brings_everything(
    widget: BoardWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    click(widget, "move", id="consent", column="must", index=0)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        click(widget, "move", id="ranking", column="must", index=1)
        assert "the disk is full" in widget.view["saved"]["error"]
        assert widget.view["cards"]["ranking"]["column"] == "must", "what was done stays visible"
        assert saved(widget).cards_in("must") == ("consent",)
    click(widget, "save")
    assert widget.view["saved"]["error"] == ""
    assert saved(widget).cards_in("must") == ("consent", "ranking")


def test_strangers_in_the_file_are_told_kept_and_removed_on_request(widget: BoardWidget) -> None:
    strange = Board(
        placements=(Placement(card="carousel_2", column="must"), Placement(card="ranking", column="must")),
        votes=(Vote(voter="nemo", card="ranking", dots=2),),
    )
    write_artifact(widget.path, strange)
    click(widget, "reread")
    assert [stranger["id"] for stranger in widget.view["strangers"]] == ["carousel_2", "nemo"]
    assert widget.view["cards"]["ranking"]["dots"] == 0
    click(widget, "move", id="consent", column="must", index=0)
    assert saved(widget).column_of("carousel_2") == "must"
    click(widget, "forget", id="carousel_2")
    click(widget, "forget", id="nemo")
    assert widget.view["strangers"] == []
    click(widget, "undo")
    assert [stranger["id"] for stranger in widget.view["strangers"]] == ["nemo"]


def test_a_card_placed_twice_counts_once_and_a_circle_of_merges_not_at_all() -> None:
    odd = Board(
        placements=(Placement(card="ranking", column="must"), Placement(card="ranking", column="deferred")),
        merges=(Merge(keep="reasons", drop="consent"), Merge(keep="consent", drop="reasons")),
    )
    columns = laid_out(CASE, odd)
    assert columns["must"] == ["ranking"] and columns["deferred"] == []
    assert {"consent", "reasons"} <= set(columns[""])
    tidy = change_board(CASE, odd, {"op": "move", "id": "ranking", "column": "nice", "index": 0}).content
    assert [placement.card for placement in tidy.placements] == ["ranking"]


def test_text_and_html_show_the_board_and_run_nothing(widget: BoardWidget) -> None:
    click(widget, "move", id="ranking", column="must", index=0)
    click(widget, "detail", id="ranking", field="reason", value="<script>alert(1)</script>")
    data, _ = widget._repr_mimebundle_()
    assert "Must-Have (1)" in data["text/plain"]
    assert "ML engineer 18 of 20 days" in data["text/plain"]
    assert "&lt;script&gt;" in data["text/html"] and "<script" not in data["text/html"]
    assert board_text(widget.view).startswith("Scoping board")


OPERATIONS = st.one_of(
    st.fixed_dictionaries(
        {
            "op": st.just("move"),
            "id": st.sampled_from(sorted(CASE.registry.entries("cards"))),
            "column": st.sampled_from(["", "must", "nice", "deferred"]),
            "index": st.integers(-2, 8),
        }
    ),
    st.fixed_dictionaries(
        {
            "op": st.just("vote"),
            "id": st.sampled_from(sorted(CASE.registry.entries("cards"))),
            "voter": st.sampled_from(sorted(CASE.people)),
            "change": st.sampled_from([1, -1]),
        }
    ),
    st.fixed_dictionaries(
        {
            "op": st.just("merge"),
            "id": st.sampled_from(sorted(CASE.registry.entries("cards"))),
            "keep": st.sampled_from(sorted(CASE.registry.entries("cards"))),
        }
    ),
    st.fixed_dictionaries({"op": st.just("separate"), "id": st.sampled_from(sorted(CASE.registry.entries("cards")))}),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(OPERATIONS, max_size=25))
def test_whatever_is_done_every_card_is_somewhere_once_and_undo_leads_back(
    operations: list[dict[str, Any]],
) -> None:
    now, undos = Board(), []
    for operation in operations:
        try:
            change = change_board(CASE, now, operation)
        except Stale:
            continue
        undos.append(change.undo)
        now = change.content
        shown = [id for ids in laid_out(CASE, now).values() for id in ids]
        assert sorted(shown + [merge.drop for merge in now.merges]) == sorted(CASE.registry.entries("cards"))
    for undo in reversed(undos):
        now = change_board(CASE, now, undo).content
    assert {id: ids for id, ids in laid_out(CASE, now).items() if id} == {
        "must": [],
        "nice": [],
        "deferred": [],
    }
    assert now.votes == () and now.merges == ()


def test_the_board_draws_the_line_of_all_days_and_keeps_what_is_said_of_the_tightest(tmp_path: Path) -> None:
    widget = BoardWidget(CASE, tmp_path / "board.yaml")
    together = widget.view["together"]
    assert together["limit"] == pytest.approx(0.6 * sum(row["days"] for row in widget.view["capacity"]), abs=0.051)
    role = widget.view["tightest"]["roles"][0]["id"]
    for field, value in (("tightest", role), ("days_taken", 12.5)):
        widget._handle_custom_msg({"op": "tightest", "field": field, "value": value}, [])
    assert (widget.view["tightest"]["role"], widget.view["tightest"]["days"]) == (role, 12.5)
    assert "The tightest: " in widget.as_text() and "12.5 days of Must-Haves" in widget.as_text()
    widget._handle_custom_msg({"op": "undo"}, [])
    assert widget.view["tightest"]["days"] is None
    widget._handle_custom_msg({"op": "tightest", "field": "tightest", "value": "nobody"}, [])
    assert widget.view["tightest"]["role"] == role
