"""The mock interview as a widget: what is asked follows from what is said, and every interview is kept."""

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
QUESTION = "cut_a_loved_feature"
STAR = Star.model_validate(load_exemplar(CASE, "in_prose")["star"])


def widget(folder: Path, star: Star | None = None) -> MockInterviewWidget:
    if star:
        write_artifact(folder / "star.yaml", star)
    return MockInterviewWidget(CASE, folder / "mock_interview.yaml", folder / "star.yaml", QUESTION)


def click(shown: MockInterviewWidget, **operation: Any) -> None:
    shown._handle_custom_msg(operation, [])


def answer(shown: MockInterviewWidget, said: str = "Well, we did it.", seconds: int = 30) -> None:
    turn = len(shown.view["turns"])
    click(shown, op="answer", interview=shown.view["interview"], turn=turn, said=said, seconds=seconds)


def interview(shown: MockInterviewWidget, *said: str, seconds: int = 60) -> list[str]:
    """Holds one interview; what was asked. The last answer is given again where more is asked."""
    click(shown, op="begin", question=QUESTION)
    asked, answers = [], list(said)
    while shown.view["asked"]:
        asked.append(shown.view["asked"]["text"])
        answer(shown, answers.pop(0) if len(answers) > 1 else answers[0], seconds)
    return asked


def test_nonsense_five_times_is_no_interview(tmp_path: Path) -> None:
    shown = widget(tmp_path, STAR)
    asked = interview(shown, "asdf asdf nothing to say", seconds=5)
    assert "Shall I say it again?" in asked[1]
    assert len(asked) == 2
    assert shown.view["debrief"][0] == "Nothing of your story was heard, so nothing carried."
    assert all("says nothing" in turn["line"] for turn in shown.view["turns"])
    assert "complete" not in shown.as_text()


def test_a_whole_answer_gets_pressure_on_what_it_says(tmp_path: Path) -> None:
    shown = widget(tmp_path, STAR)
    asked = interview(
        shown, STAR.text(), "I do not know, and I would ask support to count it for a month.", seconds=100
    )
    assert asked[1] in ("Who told the people who loved it, and how?", "Has the rule that brings it back ever been met?")
    pressure = asked[3]
    assert f"{STAR.baseline.value:g}" in pressure
    assert f"{STAR.result_figure.value:g}" in pressure
    assert "Nothing had to be asked for." in shown.view["debrief"]
    assert "that is a good answer" in shown.view["turns"][1]["line"]


def test_each_question_has_its_own_time(tmp_path: Path) -> None:
    shown = widget(tmp_path, STAR)
    click(shown, op="begin", question="accuracy_lost")
    assert shown.view["limit"] == 180
    answer(shown, STAR.text(), seconds=170)
    assert not shown.view["turns"][0]["over"]
    assert shown.view["limit"] == 45
    answer(shown, "That was " + "a long thing to say, with much in it, " * 12, seconds=80)
    assert shown.view["turns"][1]["over"]
    assert shown.view["asked"]["text"].startswith("Let me stop you there.")


def test_interviews_are_kept_listed_and_compared(tmp_path: Path) -> None:
    shown = widget(tmp_path, STAR)
    interview(shown, "We did a lot of things with the team and we were happy about all that we did there.", seconds=20)
    interview(shown, STAR.text(), "Support counted it with us.", seconds=110)
    last, first = shown.view["attempts"]
    assert (first["number"], last["number"]) == (1, 2)
    assert "the result as a number" in first["absent"]
    assert {"the result as a number", "what it was before", "two functions", "what it cost"} <= set(last["there"])
    assert (last["time"], last["limit"]) == ("1:50", "2:00")
    assert "Your interviews:" in shown.as_text()
    assert widget(tmp_path).view["attempts"] == shown.view["attempts"]  # as they were heard then
    kept = read_artifact(tmp_path / "mock_interview.yaml", MockInterview).artifact
    assert len(kept.sessions) == 2


def test_the_transcript_outlives_the_kernel_and_a_new_interview_keeps_the_old_one(tmp_path: Path) -> None:
    first = widget(tmp_path)
    click(first, op="begin", question=QUESTION)
    answer(first, "We measured it.")
    again = widget(tmp_path)
    assert again.view["turns"][0]["said"] == "We measured it."
    click(again, op="begin", question="three_theories")
    kept = read_artifact(tmp_path / "mock_interview.yaml", MockInterview).artifact
    assert [session.question for session in kept.sessions] == [QUESTION, "three_theories"]


def test_interviews_of_an_older_version_open_as_before(tmp_path: Path) -> None:
    (tmp_path / "mock_interview.yaml").write_text(
        "sessions:\n- question: cut_a_loved_feature\n  on: 2026-05-01\n  finished: true\n  turns:\n"
        "  - {asked: Tell me., about: opening, said: We cut it., seconds: 30}\n"
        "  - {asked: And what was it before?, about: baseline, said: Ten., seconds: 3}\n"
    )
    shown = widget(tmp_path, STAR)
    assert [turn["said"] for turn in shown.view["turns"]] == ["We cut it.", "Ten."]
    assert shown.view["attempts"][0]["limit"] == "2:00"


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
    answer(shown, "People loved the covers, and I had to cut them out of the search in the end.", seconds=60)
    assert shown.view["asked"]["text"] == "By how much, from what, and in which time?"


def test_a_round_offers_its_questions_one_after_the_other(tmp_path: Path) -> None:
    write_artifact(tmp_path / "star.yaml", STAR)
    asked = (QUESTION, "accuracy_lost")
    shown = MockInterviewWidget(CASE, tmp_path / "mock_interview.yaml", tmp_path / "star.yaml", questions=asked)
    assert shown.view["chosen"] == QUESTION
    assert shown.view["round"] == "0 of the 2 questions of this round are answered."
    interview(shown, STAR.text(), "I do not know, and I would ask support to count it for a month.", seconds=100)
    assert shown.view["chosen"] == "accuracy_lost"
    assert "1 of the 2 questions" in shown.as_text()
    assert widget(tmp_path, STAR).view["round"] == ""
