"""A form shows what nobody types, and where it comes from; it neither takes nor stores it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from curriculum.artifacts.derived import completed_one
from curriculum.artifacts.reading import read_artifact
from curriculum.widgets.board import BoardWidget
from curriculum.widgets.form import Form
from tests.helpers.derived_trial import Plan, derive_plan
from tests.helpers.form_trial import Page
from tests.helpers.scoping_trial import scoping_case

CASE = scoping_case()


def plan_form(path: Path) -> Form:
    page = Page(problem="Empty rows")
    return Form(CASE, Plan, path, complete=lambda plan: completed_one(plan, derive_plan, CASE, {"page": page}))


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return plan_form(tmp_path / "answers" / "plan.yaml")


def do(form: Any, op: str, path: str = "", **fields: Any) -> None:
    form._handle_custom_msg({"op": op, "path": path.split("/"), **fields}, [])


def test_a_blank_form_shows_what_is_carried_over(form: Form) -> None:
    assert form.view["derived"]["known"] == {
        "columns": ["Role", "Days"],
        "rows": [["ML engineer", "20"], ["Data platform", "24"], ["Designer", "15"]],
    }
    assert form.view["derived"]["problem"] == {"texts": ["Empty rows"]}
    assert form.view["begun"] == [] and not form.path.exists()
    assert "ML engineer" in form.as_text()


def test_what_is_built_from_other_fields_follows_them(form: Form) -> None:
    do(form, "add", "answers", key="#a")
    do(form, "set", "answers/#a/name", value="items")
    do(form, "set", "answers/#a/value", value="T-104")
    assert form.view["derived"]["answers/#a/example"] == {"texts": ["items: T-104"]}
    assert "example" not in form.path.read_text() and "known" not in form.path.read_text()


@pytest.mark.parametrize(
    ("op", "path", "fields"),
    [
        ("set", "problem", {"value": "mine"}),
        ("add", "known", {"key": "#x"}),
        ("set", "answers/#a/example", {"value": "mine"}),
        ("replace", "known", {"value": [{"role": "ml"}], "was": []}),
    ],
)
def test_it_is_not_taken_from_the_page(form: Form, op: str, path: str, fields: dict[str, Any]) -> None:
    do(form, "add", "answers", key="#a")
    do(form, op, path, **fields)
    assert "is not typed; it is" in form.view["notice"]
    assert read_artifact(form.path, Plan).artifact == Plan(answers=({},))


def test_a_file_that_says_something_else_is_told(form: Form) -> None:
    form.path.parent.mkdir()
    form.path.write_text("problem: mine\nnote: a\n")
    form.refresh()
    assert form.view["told"] == [
        "Plan: “Problem” is not typed but carried over from the one-page requirements. What the file says there is not "
        "read."
    ]
    assert form.view["derived"]["problem"] == {"texts": ["Empty rows"]}
    do(form, "set", "note", value="b")
    assert form.path.read_text() == "note: b\n" and form.view["told"] == []


def test_votes_that_are_cast_stand_on_the_board_and_stay(tmp_path: Path) -> None:
    def cast(board: Any) -> Any:
        return board.model_copy(update={"cast": type(board)(votes=CAST).votes}), ()

    board = BoardWidget(CASE, tmp_path / "answers" / "board.yaml", complete=cast)
    assert board.view["cards"]["ranking"]["votes"] == [{"voter": "wei", "dots": 2}]
    assert {voter["id"]: voter["fixed"] for voter in board.view["voters"]}["wei"] is True
    board._handle_custom_msg({"op": "vote", "id": "ranking", "voter": "wei", "change": 1}, [])
    assert "has voted already" in board.view["notice"]
    board._handle_custom_msg({"op": "vote", "id": "ranking", "voter": "maya", "change": 1}, [])
    assert board.view["cards"]["ranking"]["dots"] == 3
    assert "cast" not in board.path.read_text() and "wei" not in board.path.read_text()


def test_other_dots_of_somebody_who_has_voted_do_not_count_and_can_be_removed(tmp_path: Path) -> None:
    path = tmp_path / "answers" / "board.yaml"
    path.parent.mkdir()
    path.write_text("votes: [{voter: wei, card: reasons, dots: 3}]\n")
    board = BoardWidget(CASE, path, complete=lambda b: (b.model_copy(update={"cast": type(b)(votes=CAST).votes}), ()))
    assert board.view["cards"]["reasons"]["dots"] == 0
    assert "who has voted already" in board.view["strangers"][0]["words"]
    board._handle_custom_msg({"op": "forget", "id": "wei"}, [])
    assert board.view["strangers"] == [] and board.view["cards"]["ranking"]["dots"] == 2


CAST = ({"voter": "wei", "card": "ranking", "dots": 2}, {"voter": "jonas", "card": "fast_home", "dots": 3})
