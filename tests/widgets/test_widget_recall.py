"""Questions from memory, and the review: an answer opens once there is one, and what is known comes later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from curriculum.artifacts.reading import read_artifact
from curriculum.artifacts.recall import MOST_WRITTEN, Recall
from curriculum.widgets.recall import Asked, RecallWidget

ASKED = (
    Asked("average", "Why not the average?", "It hides the late days.", "Welcome", "It hides them", ("So", "Or so")),
    Asked("ask", "What does an ask name?", "One person and one day.", "Welcome"),
)


def widget(folder: Path) -> RecallWidget:
    return RecallWidget(ASKED, folder / "recall.yaml")


def click(shown: RecallWidget, **operation: Any) -> None:
    shown._handle_custom_msg(operation, [])


def saved(folder: Path) -> Recall:
    return read_artifact(folder / "recall.yaml", Recall).artifact


def option(shown: RecallWidget, words: str) -> str:
    return next(one["id"] for one in shown.view["questions"][0]["options"] if one["text"] == words)


def test_no_answer_reaches_the_page_before_there_is_one_of_the_learners(tmp_path: Path) -> None:
    shown = widget(tmp_path)
    assert "hides the late" not in json.dumps(shown.view) and "One person" not in json.dumps(shown.view)
    assert not any(one["right"] for one in shown.view["questions"][0]["options"])
    click(shown, op="open", question="ask")
    assert "Write or pick an answer first" in shown.view["notice"]
    assert not (tmp_path / "recall.yaml").exists()
    click(shown, op="write", question="ask", value="  A person, a day  ")
    click(shown, op="open", question="ask")
    assert shown.view["questions"][1]["answer"] == "One person and one day."
    assert saved(tmp_path).of("ask").written == "A person, a day"
    assert "hides the late" not in json.dumps(shown.view)


def test_what_stood_before_the_answer_opened_stays(tmp_path: Path) -> None:
    shown = widget(tmp_path)
    click(shown, op="write", question="ask", value="Mine")
    click(shown, op="open", question="ask")
    before = saved(tmp_path)
    click(shown, op="write", question="ask", value="One person and one day.")
    assert "opened stays" in shown.view["notice"]
    click(shown, op="open", question="ask")
    assert saved(tmp_path) == before


def test_who_gives_up_gets_the_answer_and_nobody_knew_what_they_picked_wrongly(tmp_path: Path) -> None:
    shown = widget(tmp_path)
    click(shown, op="open", question="ask", given_up=True)
    assert saved(tmp_path).of("ask").rating == "again"
    click(shown, op="rate", question="ask", value="easy")
    assert saved(tmp_path).of("ask").rating == "again"
    click(shown, op="pick", question="average", value=option(shown, "Or so"))
    click(shown, op="open", question="average")
    click(shown, op="rate", question="average", value="good")
    assert saved(tmp_path).of("average").rating == ""
    click(shown, op="rate", question="average", value="hard")
    assert saved(tmp_path).of("average").rating == "hard"


def test_the_right_pick_may_have_been_known(tmp_path: Path) -> None:
    shown = widget(tmp_path)
    click(shown, op="pick", question="average", value=option(shown, "It hides them"))
    click(shown, op="open", question="average")
    click(shown, op="rate", question="average", value="easy")
    assert saved(tmp_path).of("average").rating == "easy"


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "write", "question": "none", "value": "x"},
        {"op": "write", "question": "ask", "value": 7},
        {"op": "pick", "question": "average", "value": "<b>"},
        {"op": "rate", "question": "ask", "value": "good"},
        {"op": "write"},
        {"op": "cards"},
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_written(tmp_path: Path, operation: dict[str, Any]) -> None:
    click(widget(tmp_path), **operation)
    assert not (tmp_path / "recall.yaml").exists()


def test_long_and_hostile_answers_are_cut_and_escaped(tmp_path: Path) -> None:
    shown = widget(tmp_path)
    click(shown, op="write", question="ask", value="<script>alert(1)</script>" + "x" * 9_000)
    assert len(saved(tmp_path).of("ask").written) == MOST_WRITTEN
    assert "<script>" not in widget(tmp_path).as_html()


def test_a_broken_file_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "recall.yaml").write_text("answers: [\n", encoding="utf-8")
    shown = widget(tmp_path)
    click(shown, op="write", question="ask", value="Mine")
    assert shown.view["trouble"]
    assert (tmp_path / "recall.yaml").read_text(encoding="utf-8") == "answers: [\n"


def test_where_nothing_answers_clicks_each_question_is_folded_over_its_answer(tmp_path: Path) -> None:
    shown = widget(tmp_path)
    assert shown.as_html().count("<details>") == 2
    assert "One person and one day." in shown.as_html()
    assert "2. What does an ask name?" in shown.as_text() and "One person" not in shown.as_text()
