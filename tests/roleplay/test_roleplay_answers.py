"""People answer by trust and world, and come back to things; what was missed is said once."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from curriculum.authoring.diagram import mermaid
from curriculum.roleplay import engine
from curriculum.roleplay.script import Script, ScriptError
from curriculum.roleplay.transcript import Transcript, write_transcript
from curriculum.widgets.conversation import Conversation
from curriculum.widgets.conversation_static import MISSED
from curriculum.widgets.conversation_view import conversation_view
from tests.helpers.trial_talk import ALONE, ANSWERING, CASE

OPEN = replace(CASE, circumstances={"busy": 0})
BUSY = replace(CASE, circumstances={"busy": 1})


def script(busy: bool = False) -> Script:
    return ANSWERING.in_world(BUSY if busy else OPEN)


def after(*ids: str, busy: bool = False) -> engine.State:
    replay = engine.replay(script(busy), ids)
    assert replay.note == ""
    return replay.state


def said(*ids: str, busy: bool = False) -> list[str]:
    return [line.text for line in engine.turns(script(busy), ids)[-1].lines]


def test_the_same_question_brings_more_to_those_who_are_trusted() -> None:
    assert not after("push", "ask_who").knows("admins_only")
    assert after("listen", "ask_who").knows("admins_only")
    assert said("push", "ask_who") != said("listen", "ask_who")


def test_an_outcome_keeps_what_it_does_not_say() -> None:
    choice = script().choices["ask_who"]
    told, withheld = choice.effects
    assert (told.to, withheld.to) == ("who", "who")
    assert (told.learn, withheld.learn) == (("admins_only",), ())
    assert told.coaching == withheld.coaching == choice.coaching


def test_somebody_comes_back_to_a_thing_once() -> None:
    state = after("listen", "ask_who")
    assert state.knows("latency") and state.brought == ("wei_remembers",)
    later = after("listen", "ask_who", "again")
    assert later.brought == ("wei_remembers",)
    assert any("640" in text for text in said("listen", "ask_who"))
    assert not any("640" in text for text in said("listen", "ask_who", "again"))
    assert not after("push", "ask_who").knows("latency")


def test_a_fact_that_somebody_came_back_to_is_learned_in_that_turn() -> None:
    assert engine.turns(script(), ("listen", "ask_who"))[-1].learned == ("admins_only", "latency")


def test_which_answer_one_gets_may_differ_over_worlds() -> None:
    assert not any("busy" in text for text in said("listen"))
    assert any("busy" in text for text in said("listen", busy=True))
    assert [choice.id for choice in engine.available(script(), after("listen"))] == ["ask_who", "close"]
    assert [choice.id for choice in engine.available(script(busy=True), after("listen", busy=True))] == ["ask_who"]


def test_who_stays_at_a_moment_hears_what_is_new_there_and_all_of_it_only_where_nothing_is() -> None:
    raw = ALONE.model_dump(mode="json", exclude_defaults=True)
    raw["nodes"]["week"]["says"] += [
        {"who": "maya", "text": "The date? From a slide.", "when": "visited('date')"},
        {"who": "maya", "text": "They stay alone.", "when": "knows('week_one')"},
    ]
    talk = Script.model_validate(raw)
    came, stayed = (engine.turns(talk, ids)[-1].lines for ids in (("week",), ("week", "date")))
    assert [line.text[:4] for line in came] == ["Most", "That", "They"]
    assert [line.text for line in stayed] == ["The date? From a slide."]
    unchanged = engine.turns(ALONE, ("week", "date"))
    assert unchanged[-1].lines == unchanged[0].lines, "where nothing is new, people say it again"


def test_a_script_that_was_not_told_its_world_says_so() -> None:
    with pytest.raises(LookupError, match=r"world\('busy'\).*in_world"):
        engine.choose(ANSWERING, engine.begin(ANSWERING), "listen")
    with pytest.raises(ScriptError, match="busy"):
        ANSWERING.in_world(CASE)


def test_one_script_can_be_held_in_many_worlds() -> None:
    assert (script(busy=True).world, script().world, ANSWERING.world) == ({"busy": 1}, {"busy": 0}, {})
    assert script(busy=True).in_world(OPEN).world == {"busy": 0}


def test_what_was_missed_is_said_once_at_the_end_and_only_where_it_was_never_heard() -> None:
    unheard = engine.debrief(script(), after("push", "ask_who", "again", "close"))
    assert [missed.fact for missed in unheard] == ["admins_only", "consent"]
    heard = engine.debrief(script(), after("listen", "ask_who", "again", "close"))
    assert [missed.fact for missed in heard] == ["consent"]
    assert engine.debrief(script(), after("push", "ask_who")) == ()


def test_only_the_ids_of_choices_are_believed_as_before() -> None:
    transcript = Transcript(ANSWERING.id, (("listen", "wei_remembers", "ask_who"),))
    replay = transcript.replay(script())
    assert replay.state.taken == ("listen",) and "wei_remembers" in replay.note


def test_the_end_shows_what_was_missed_in_every_form(tmp_path: Path) -> None:
    path = tmp_path / "answers" / "answering.yaml"
    write_transcript(path, Transcript(ANSWERING.id, (("push", "ask_who", "again"),)))
    widget = Conversation(OPEN, ANSWERING, path)
    assert widget.view["debrief"] == [] and MISSED not in widget.as_text()
    widget._handle_custom_msg({"op": "choose", "id": "close", "turn": 3, "attempt": 1}, [])
    assert len(widget.view["debrief"]) == 2
    for text in widget.view["debrief"]:
        assert text in " ".join(widget.as_text().split()) and text in widget.as_html()
    assert MISSED in widget.as_text() and MISSED in widget.as_html()


def test_a_view_shows_who_came_back_to_what() -> None:
    view = conversation_view(OPEN, ANSWERING, Transcript(ANSWERING.id, (("listen", "ask_who"),)))
    turn = view["turns"][-1]
    assert [line["who"] for line in turn["says"]] == ["maya", "wei"]
    assert [fact["id"] for fact in turn["learned"]] == ["admins_only", "latency"]


def test_the_graph_shows_outcomes_and_what_is_brought_up() -> None:
    drawn = mermaid(ANSWERING)
    assert "when trust('maya') &gt;= 3" in drawn
    assert "wei_remembers if" in drawn


def broken(change: dict[str, Any]) -> None:
    data = copy.deepcopy(ANSWERING.model_dump())
    Script.model_validate(data | change)


def test_what_is_brought_up_must_fit_the_script() -> None:
    line = {"who": "wei", "text": "By the way."}
    with pytest.raises(ValidationError, match="no nodes nowhere"):
        broken({"brings_up": [{"id": "aside", "when": "knows('latency')", "says": [line], "at": ["nowhere"]}]})
    with pytest.raises(ValidationError, match="not in the cast: eve"):
        broken({"brings_up": [{"id": "aside", "when": "knows('latency')", "says": [line | {"who": "eve"}]}]})
    with pytest.raises(ValidationError, match="used twice: listen"):
        broken({"brings_up": [{"id": "listen", "when": "knows('latency')", "says": [line]}]})
    with pytest.raises(ValidationError, match="well formed"):
        broken({"brings_up": [{"id": "aside", "when": "knows(", "says": [line]}]})
