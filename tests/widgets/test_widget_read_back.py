"""The read-back widget without a browser: what it says, keeps and refuses; and what stands where no widget can be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.artifacts.saying_back import SayingBack
from curriculum.roleplay.script import LOOK
from curriculum.roleplay.transcript import Transcript, read_transcript, write_transcript
from curriculum.widgets.conversation import Conversation
from curriculum.widgets.read_back import ReadBackWidget
from tests.helpers.trial_read_back import CASE, HEARD, TALK, Syntheses

RIGHT = SayingBack(
    claims=("feature_store", "old_arrivals", "summer"), number=9.0, firmness="must", sentence="It rests on <yesterday>."
)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    folder = tmp_path / "answers"
    write_transcript(folder / "talks.yaml", Transcript("talks", (HEARD,)))
    return folder


def widget(answers: Path, **parts: SayingBack) -> ReadBackWidget:
    if parts:
        write_artifact(answers / "syntheses.yaml", Syntheses(**parts))
    return ReadBackWidget(CASE, Syntheses, answers / "syntheses.yaml", TALK, answers / "talks.yaml")


def person(shown: ReadBackWidget, id: str = "bertil") -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in shown.view["people"] if one["id"] == id)
    return found


def say(shown: ReadBackWidget, id: str = "bertil", **more: Any) -> str:
    return shown.operate({"op": "say_back", "person": id, "round": len(person(shown)["rounds"]), "attempt": 1, **more})


def test_what_is_said_back_is_kept_with_the_conversation_and_read_out(answers: Path) -> None:
    shown = widget(answers, bertil=RIGHT)
    said = say(shown)
    assert said.startswith("Bertil, confirmed: Yes: what I ask for, why and my date. Since you ask so well:")
    assert said.endswith("You learned: Arrivals that are there by 07:00 would do.")
    assert person(shown)["confirmed"] and person(shown)["same"] and person(shown)["left"] == 2
    assert [one["id"] for one in person(shown)["rounds"][0]["learned"]] == ["bertil_quiet"]
    assert read_transcript(answers / "talks.yaml").replay(TALK).state.knows("bertil_quiet")


def test_the_conversation_shows_it_between_its_turns(answers: Path) -> None:
    say(widget(answers, bertil=RIGHT))
    talk = Conversation(CASE, TALK, answers / "talks.yaml")
    assert [len(turn["back"]) for turn in talk.view["turns"]] == [0, 0, 1]
    assert "bertil_quiet" in [fact["id"] for fact in talk.view["known"]["facts"]]
    assert "You said back to Bertil: It rests on <yesterday>." in talk.as_text()
    assert "It rests on &lt;yesterday&gt;." in talk.as_html()


def test_the_form_edits_the_same_file(answers: Path) -> None:
    shown = widget(answers)
    assert person(shown)["hint"].startswith("First pick what you heard from Bertil")
    shown.operate({"op": "pick", "path": ["bertil", "claims"], "id": "summer", "on": True})
    shown.operate({"op": "set", "path": ["bertil", "sentence"], "value": "You need it in time."})
    assert read_artifact(answers / "syntheses.yaml", Syntheses).artifact.bertil.claims == ("summer",)
    assert person(shown)["hint"] == "" and person(shown)["closed"] == ""
    assert "corrected" in say(shown)


@pytest.mark.parametrize(
    ("operation", "sentence"),
    [
        ({"round": 1}, "went on elsewhere"),
        ({"attempt": 2}, "went on elsewhere"),
        ({"person": "greta"}, "went on elsewhere"),
        ({"person": ["bertil"]}, "went on elsewhere"),
        ({"person": "fadi"}, "First pick what you heard from Fadi"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(
    answers: Path, operation: dict[str, Any], sentence: str
) -> None:
    shown = widget(answers, bertil=RIGHT)
    before = (answers / "talks.yaml").read_bytes()
    assert sentence in say(shown, **operation)
    assert sentence in shown.view["notice"]
    assert (answers / "talks.yaml").read_bytes() == before


def test_after_three_rounds_nobody_listens_and_it_is_said(answers: Path) -> None:
    for number in range(1, 4):
        shown = widget(answers, bertil=RIGHT.model_copy(update={"number": float(number)}))
        say(shown)
    assert person(shown)["closed"] == "Bertil has listened three times. What was answered last stands."
    assert [one["status"] for one in person(shown)["rounds"]] == ["corrected", "closed", "closed"]


def test_a_conversation_that_cannot_be_read_is_told_and_left_alone(answers: Path) -> None:
    (answers / "talks.yaml").write_text("conversation: talks\nattempts: 3\n")
    shown = widget(answers, bertil=RIGHT)
    assert "talks.yaml, line 2" in person(shown)["closed"]
    assert "talks.yaml, line 2" in say(shown)
    assert (answers / "talks.yaml").read_text() == "conversation: talks\nattempts: 3\n"
    (answers / "talks.yaml").write_text("conversation: other\n")
    assert "found the conversation 'other'" in person(widget(answers))["closed"]


def test_an_artifact_that_cannot_be_read_is_told(answers: Path) -> None:
    (answers / "syntheses.yaml").write_text("bertil: 3\n")
    shown = widget(answers)
    assert "syntheses.yaml, line 1" in shown.view["trouble"][0]
    assert shown.operate({"op": "say_back", "person": "bertil", "round": 0, "attempt": 1}) == ""
    assert "syntheses.yaml, line 1" in shown.as_text()


def test_what_could_not_be_followed_stays_in_the_attempt_before(answers: Path) -> None:
    write_transcript(answers / "talks.yaml", Transcript("talks", ((*HEARD, LOOK, "no_such_choice"),)))
    shown = widget(answers, bertil=RIGHT)
    say(shown)
    kept = read_transcript(answers / "talks.yaml")
    assert kept.attempts[0] == (*HEARD, LOOK, "no_such_choice")
    assert kept.current[:3] == (*HEARD, LOOK) and len(kept.current) == 4
    assert kept.replay(TALK).note == ""


def test_without_a_widget_it_reads_as_text_and_as_static_html(answers: Path) -> None:
    shown = widget(answers, bertil=RIGHT.model_copy(update={"claims": ("feature_store", "to_spy")}))
    say(shown)
    shown = widget(answers, bertil=RIGHT)
    say(shown)
    text, html = shown.as_text(), shown.as_html()
    assert "Bertil Aas: confirmed; 1 of 3 rounds left" in text
    assert "1. You: It rests on <yesterday>." in text
    assert "with: A live feature store; The refunds' numbers are meant to check on somebody" in text
    assert "Fadi Benali: not said back yet; 3 of 3 rounds left" in text
    assert max(map(len, text.splitlines())) <= 120
    assert "It rests on &lt;yesterday&gt;." in html and "<yesterday>" not in html
    assert html.index("<strong>Bertil</strong>, objected") < html.index("<strong>Bertil</strong>, confirmed")
