"""Saying it first without a browser: what typed words are taken for, looks, what is kept, and what is refused."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from curriculum.cases import load_case
from curriculum.course.lesson_plan import load_plan
from curriculum.roleplay.script import LOOK, script_of
from curriculum.roleplay.transcript import read_transcript
from curriculum.widgets.conversation import Conversation

EVIL = "<script>alert(1)</script> when is it ready?"


def talk(tmp_path: Path, slug: str = "welcome") -> Conversation:
    case = load_case(slug, 2)
    script = script_of(case)
    return Conversation(case, script, tmp_path / "answers" / f"{script.id}.yaml", None, load_plan(slug).glossary)


@pytest.fixture
def widget(tmp_path: Path) -> Conversation:
    return talk(tmp_path)


def click(widget: Conversation, op: str, **more: Any) -> str:
    at = {"turn": widget.view["turn"], "attempt": widget.view["attempt"]}
    return widget.operate({"op": op, **at, **more})


def test_what_is_typed_is_offered_and_nothing_is_decided(widget: Conversation) -> None:
    spoken = click(widget, "say", said="By what time can people rely on the data?")
    assert widget.view["meant"]["choices"][0] == "ask_when_ready"
    assert spoken.startswith("You mean: 1: When is the refresh done, on most mornings?")
    assert not widget.path.exists()
    assert widget.view["turn"] == 0


def test_nonsense_is_answered_with_what_one_can_do(widget: Conversation) -> None:
    spoken = click(widget, "say", said="purple monkey dishwasher")
    assert widget.view["meant"]["choices"] == []
    assert "What could I say?" in widget.view["meant"]["none"] == spoken


def test_confirmed_words_stand_beside_the_id_and_in_all_views_escaped(widget: Conversation) -> None:
    click(widget, "say", said=EVIL)
    click(widget, "choose", id="ask_when_ready", said=EVIL)
    assert read_transcript(widget.path).words(0) == (EVIL,)
    assert widget.view["turns"][1]["own"]["said"] == EVIL
    assert widget.view["meant"] is None
    assert EVIL in widget.as_text()
    assert "<script>" not in widget.as_html()
    assert "&lt;script&gt;" in widget.as_html()


def test_a_look_costs_nothing_for_beginners(widget: Conversation) -> None:
    assert widget.view["look"] == 0
    assert click(widget, "open").startswith("You could say: How long")
    assert widget.view["opened"]
    assert widget.view["time"]["left"] == 12
    assert read_transcript(widget.path).current == (LOOK,)
    click(widget, "open")  # from a second tab
    assert read_transcript(widget.path).current == (LOOK,)


def test_a_look_costs_a_minute_from_the_intermediate_level_on(tmp_path: Path) -> None:
    widget = talk(tmp_path, "fraud_false_positives")
    assert widget.view["look"] == 1
    click(widget, "open")
    assert (widget.view["time"]["left"], widget.view["opened"]) == (89, True)
    click(widget, "choose", id="stop_harm_first")
    effects = [effect["text"] for effect in widget.view["turns"][1]["own"]["effects"]]
    assert effects[0] == "−1 min for a look at the choices"
    assert not widget.view["opened"]
    assert talk(tmp_path, "fraud_false_positives").view == widget.view


def test_a_new_attempt_has_its_minutes_back(tmp_path: Path) -> None:
    widget = talk(tmp_path, "fraud_false_positives")
    click(widget, "open")
    click(widget, "choose", id="stop_harm_first")
    click(widget, "rewind", turn=0)
    assert (widget.view["time"]["left"], widget.view["opened"]) == (90, False)
    assert read_transcript(widget.path).attempts == ((LOOK, "stop_harm_first"), ())


@pytest.mark.parametrize("said", [None, 7, ["when"], "", " \n ", "x" * 100_000])
def test_no_message_breaks_it(widget: Conversation, said: Any) -> None:
    click(widget, "say", said=said)
    click(widget, "choose", id="ask_when_ready", said=said)
    assert read_transcript(widget.path).current == ("ask_when_ready",)
    assert len(read_transcript(widget.path).words(0)[0]) <= 300


def test_words_of_another_moment_are_not_answered(widget: Conversation) -> None:
    click(widget, "choose", id="ask_when_ready")
    widget.operate({"op": "say", "said": "How long on average?", "turn": 0, "attempt": 1})
    assert widget.view["meant"] is None


def test_a_single_choice_is_not_asked_for(tmp_path: Path) -> None:
    widget = talk(tmp_path)
    for id in ("ask_when_ready", "ask_calendar", "ask_average_too"):
        click(widget, "choose", id=id)
    assert len(widget.view["choices"]) == 1
    assert not widget.view["asks"]


def test_the_question_tells_saying_from_doing_and_nothing_more(tmp_path: Path) -> None:
    assert talk(tmp_path).view["says"] == "What do you say?"
    assert talk(tmp_path, "interview_basics").view["says"] == "What do you say or do?"


def test_words_are_heard_at_once(tmp_path: Path) -> None:
    widget = talk(tmp_path, "interview_basics")
    click(widget, "attend")
    times = []
    for number in range(20):
        begun = time.process_time()
        click(widget, "say", said=f"Let me speak with the engineer about night {number}")
        times.append(time.process_time() - begun)
    assert sorted(times)[10] < 0.05
