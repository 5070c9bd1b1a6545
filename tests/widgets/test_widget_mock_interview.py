"""The mock interview: what is asked follows from the claims, and the transcript is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from curriculum.artifacts.mock_interview import MockInterview
from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.artifacts.star import Star
from curriculum.cases import load_case
from curriculum.course.fixtures import load_exemplar
from curriculum.widgets.mock_interview import MockInterviewWidget

CASE = load_case("interview_basics", 4)
QUESTION = "accuracy_against_latency"


def widget(folder: Path, star: Star | None = None) -> MockInterviewWidget:
    if star:
        write_artifact(folder / "star.yaml", star)
    return MockInterviewWidget(CASE, folder / "mock_interview.yaml", folder / "star.yaml", QUESTION)


def click(shown: MockInterviewWidget, **operation: Any) -> None:
    shown._handle_custom_msg(operation, [])


def answer(shown: MockInterviewWidget, said: str = "Well.", seconds: int = 30) -> None:
    turn = len(shown.view["turns"])
    click(shown, op="answer", interview=shown.view["interview"], turn=turn, said=said, seconds=seconds)


def test_a_blank_story_is_asked_for_its_result_and_its_baseline(tmp_path: Path) -> None:
    shown = widget(tmp_path)
    click(shown, op="begin", question=QUESTION)
    asked = []
    while shown.view["asked"]:
        asked.append(shown.view["asked"]["text"])
        answer(shown)
    assert asked[1:3] == ["What came of it? Do you have a number?", "And what was it before?"]
    assert len(asked) == 5
    assert any("Had to be asked for" in line for line in shown.view["debrief"])


def test_a_complete_story_gets_the_banks_follow_ups_and_a_pressure_question_on_its_number(tmp_path: Path) -> None:
    star = Star.model_validate(load_exemplar(CASE, "in_prose")["star"])
    shown = widget(tmp_path, star)
    click(shown, op="begin", question=QUESTION)
    answer(shown, seconds=150)
    assert shown.view["asked"]["text"] == "Who chose the measure, and who disagreed with it?"
    answer(shown)
    answer(shown)
    assert "How do you know that it was not chance?" in shown.view["asked"]["text"]
    answer(shown)
    answer(shown)
    assert shown.view["asked"] is None
    assert "Your answer took 150 seconds, 30 more than the two minutes." in shown.view["debrief"]
    assert "Nothing had to be asked for: your claims were complete." in shown.view["debrief"]


def test_the_transcript_outlives_the_kernel_and_a_new_interview_keeps_the_old_one(tmp_path: Path) -> None:
    first = widget(tmp_path)
    click(first, op="begin", question=QUESTION)
    answer(first, "We measured it.")
    again = widget(tmp_path)
    assert again.view["turns"][0]["said"] == "We measured it."
    click(again, op="begin", question="three_theories")
    kept = read_artifact(tmp_path / "mock_interview.yaml", MockInterview).artifact
    assert [session.question for session in kept.sessions] == [QUESTION, "three_theories"]


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "begin", "question": "no_such_question"},
        {"op": "begin"},
        {"op": "answer", "interview": 1, "turn": 7, "said": "x", "seconds": 1},
        {"op": "answer", "interview": 9, "turn": 0, "said": "x", "seconds": 1},
        {"op": "answer", "interview": 1, "turn": 0, "said": 5, "seconds": 1},
        {"op": "answer", "interview": 1, "turn": 0, "said": "x", "seconds": None},
        {"op": "dance"},
    ],
)
def test_what_does_not_fit_changes_nothing_and_is_said(tmp_path: Path, operation: dict[str, Any]) -> None:
    shown = widget(tmp_path)
    click(shown, op="begin", question=QUESTION)
    before = (tmp_path / "mock_interview.yaml").read_text()
    click(shown, **operation)
    assert shown.view["notice"]
    assert (tmp_path / "mock_interview.yaml").read_text() == before


def test_markup_is_shown_as_text(tmp_path: Path) -> None:
    shown = widget(tmp_path)
    click(shown, op="begin", question=QUESTION)
    answer(shown, "<script>alert(1)</script>")
    assert "<script>" not in shown.as_html()
    assert "&lt;script&gt;" in shown.as_html()


def test_a_story_that_cannot_be_read_counts_as_blank(tmp_path: Path) -> None:
    (tmp_path / "star.yaml").write_text("- not a story\n")
    shown = widget(tmp_path)
    click(shown, op="begin", question=QUESTION)
    answer(shown)
    assert shown.view["asked"]["text"] == "What came of it? Do you have a number?"
