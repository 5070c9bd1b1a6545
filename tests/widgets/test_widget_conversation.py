"""The conversation without a browser: its view, its operations, its file, and what happens when that is off."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest

from curriculum.roleplay.transcript import Transcript, read_transcript
from curriculum.widgets.conversation import Conversation
from curriculum.widgets.conversation_view import conversation_view
from tests.helpers.trial_talk import ALONE, CASE, TOGETHER


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers" / "maya_onboarding.yaml"


def click(widget: Conversation, op: str, **more: Any) -> None:
    """What a click does: the same message through the same door."""
    widget._handle_custom_msg({"op": op, **more}, [])


def choose(widget: Conversation, id: str) -> None:
    click(widget, "choose", id=id, turn=widget.view["turn"], attempt=widget.view["attempt"])


def view_after(*ids: str, **more: Any) -> dict[str, Any]:
    return conversation_view(CASE, ALONE, Transcript(ALONE.id, (ids,)), **more)


# What is shown


def test_a_view_is_plain_json() -> None:
    view = view_after("week", "who", standing=lambda state: [("Turns", str(len(state.taken)))])
    assert json.loads(json.dumps(view, allow_nan=False)) == view


def test_neither_cost_nor_style_nor_learning_is_given_away_before_choosing() -> None:
    for choice in view_after()["choices"]:
        assert set(choice) == {"id", "text"}


def test_choices_that_cannot_be_made_are_not_shown() -> None:
    assert [choice["id"] for choice in view_after("week", "date")["choices"]] == ["who", "thanks"]
    assert [choice["id"] for choice in view_after("model")["choices"]] == ["week"]


def test_a_turn_tells_what_it_cost_and_what_was_learned() -> None:
    turn = view_after("week")["turns"][1]
    assert [effect["text"] for effect in turn["own"]["effects"]] == ["−4 min", "+1 trust Maya"]
    assert [fact["id"] for fact in turn["learned"]] == ["week_one"]
    assert turn["own"]["style"] == "Open question"
    assert "1,240 teams" in turn["says"][1]["text"]


def test_trust_that_cannot_grow_further_is_not_said_to_grow() -> None:
    transcript = Transcript(TOGETHER.id, (("cost", "asked", "close"),))
    effects = conversation_view(CASE, TOGETHER, transcript)["turns"][-1]["own"]["effects"]
    assert [effect["text"] for effect in effects] == ["−10 min", "+2 trust Maya", "+1 trust Wei", "+1 trust Aisha"]


def test_trust_and_time_come_in_words_and_numbers() -> None:
    view = view_after("week", "who", "play_back")
    assert (view["cast"][0]["trust"], view["cast"][0]["word"]) == (5, "trusting")
    assert (view["time"]["left"], view["time"]["of"], view["time"]["tone"]) == (3, 12, "warn")


def test_what_you_know_counts_what_the_people_here_can_tell() -> None:
    known = view_after("week")["known"]
    assert ([fact["id"] for fact in known["facts"]], known["of"]) == (["week_one"], 2)
    assert [fact["id"] for fact in known["brief"]] == ["q3_date"]


def test_running_out_of_time_shows_the_answer_and_then_the_ending() -> None:
    view = view_after("model", "week", "date")
    assert view["ending"] is None
    out = conversation_view(CASE, ALONE.model_copy(update={"minutes": 7}), Transcript(ALONE.id, (("week", "who"),)))
    assert out["ending"]["title"] == "Out of time"
    assert out["turns"][-1]["says"][0]["text"].startswith("Admins only")


def test_earlier_attempts_can_be_read_but_not_continued() -> None:
    transcript = Transcript(ALONE.id, (("week", "who"), ("model",)))
    view = conversation_view(CASE, ALONE, transcript, attempt=1)
    assert (view["attempt"], view["current"], view["choices"]) == (1, False, [])
    assert len(view["turns"]) == 3
    assert [attempt["turns"] for attempt in view["attempts"]] == [2, 1]


# What a click does


def test_a_click_is_in_the_file_before_the_view_shows_it(file: Path) -> None:
    widget = Conversation(CASE, ALONE, file)
    assert not file.exists() and widget.view["saved"] == {
        "file": "answers/maya_onboarding.yaml",
        "error": "",
        "exists": False,
    }
    choose(widget, "week")
    assert read_transcript(file) == Transcript("maya_onboarding", (("week",),))
    assert widget.view["turn"] == 1 and widget.view["saved"]["exists"]


def test_it_resumes_after_a_restart(file: Path) -> None:
    first = Conversation(CASE, ALONE, file)
    choose(first, "week")
    assert Conversation(CASE, ALONE, file).view == first.view


def test_going_back_keeps_every_attempt(file: Path) -> None:
    widget = Conversation(CASE, ALONE, file)
    choose(widget, "week")
    choose(widget, "who")
    click(widget, "rewind", turn=1, attempt=1)
    choose(widget, "date")
    click(widget, "rewind", turn=0, attempt=2)
    assert read_transcript(file).attempts == (("week", "who"), ("week", "date"), ())
    click(widget, "look", attempt=1)
    assert (widget.view["attempt"], widget.view["current"]) == (1, False)
    choose_in_current = {"id": "week", "turn": 0, "attempt": 3}
    click(widget, "choose", **choose_in_current)
    assert read_transcript(file).attempts[2] == ("week",) and widget.view["current"]


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "choose"},
        {"op": "choose", "id": "who", "turn": 0, "attempt": 1},
        {"op": "choose", "id": "week", "turn": 5, "attempt": 1},
        {"op": "choose", "id": "week", "turn": 0, "attempt": 2},
        {"op": "choose", "id": ["week"], "turn": 0, "attempt": 1},
        {"op": "choose", "id": "week", "turn": "0", "attempt": 1},
        {"op": "rewind", "turn": 0, "attempt": 1},
        {"op": "rewind", "turn": -1, "attempt": 1},
        {"op": "look", "attempt": "x"},
        {"op": "look", "attempt": 99},
        {"op": "delete_everything"},
        {"op": 3},
        {},
        "choose",
    ],
)
def test_messages_that_do_not_fit_change_nothing(file: Path, operation: Any) -> None:
    widget = Conversation(CASE, ALONE, file)
    widget._handle_custom_msg(operation, [])
    assert not file.exists() and widget.view["turn"] == 0


def test_two_kernels_lose_nothing(file: Path) -> None:
    one, two = Conversation(CASE, ALONE, file), Conversation(CASE, ALONE, file)
    choose(one, "week")
    choose(two, "model")
    assert "went on elsewhere" in two.view["notice"] and two.view["turn"] == 1
    choose(two, "who")
    assert read_transcript(file).attempts == (("week", "who"),)
    click(one, "reread")
    assert one.view["turn"] == 2 and two.view["notice"] == ""


def _race(path: str, times: int) -> None:
    widget, accepted = Conversation(CASE, ALONE, Path(path)), 0
    for _ in range(times):
        click(widget, "rewind", turn=0, attempt=widget.view["attempt"])
        accepted += widget.view["notice"] == ""
        choose(widget, "week")
    os._exit(accepted)


def test_two_processes_at_once_lose_no_attempt(file: Path) -> None:
    choose(Conversation(CASE, ALONE, file), "week")
    context = multiprocessing.get_context("fork")
    racers = [context.Process(target=_race, args=(str(file), 20)) for _ in range(2)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(30)
    accepted = sum(racer.exitcode or 0 for racer in racers)
    attempts = read_transcript(file).attempts
    assert len(attempts) == 1 + accepted > 2
    assert all(attempt in ((), ("week",)) for attempt in attempts)


# When something is wrong


@pytest.mark.parametrize(
    "text",
    ["conversation: [", "just words", "conversation: other\nattempts: [[week]]", "attempts: 3", "\x00"],
)
def test_a_file_that_cannot_be_read_is_told_and_left_alone(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    widget = Conversation(CASE, ALONE, file)
    assert widget.view["trouble"] and "maya_onboarding.yaml" in widget.view["trouble"][0]
    click(widget, "choose", id="week", turn=0, attempt=1)
    click(widget, "rewind", turn=0, attempt=1)
    click(widget, "look", attempt=1)
    click(widget, "save")
    assert file.read_text(encoding="utf-8") == text
    assert "maya_onboarding.yaml" in repr(widget) and "maya_onboarding.yaml" in widget.as_html()
    file.write_text("conversation: maya_onboarding\nattempts: [[week]]", encoding="utf-8")
    click(widget, "reread")
    assert widget.view["trouble"] == [] and widget.view["turn"] == 1


def test_choices_that_cannot_be_followed_are_kept_as_they_are(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("conversation: maya_onboarding\nattempts: [[week, play_back, who]]", encoding="utf-8")
    widget = Conversation(CASE, ALONE, file)
    assert "'play_back' as choice 2" in widget.view["note"] and widget.view["turn"] == 1
    choose(widget, "who")
    assert read_transcript(file).attempts == (("week", "play_back", "who"), ("week", "who"))
    assert widget.view["note"] == ""


def test_a_full_disk_is_told_and_the_next_save_clears_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = Conversation(CASE, ALONE, file)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        choose(widget, "week")
        assert "the disk is full" in widget.view["saved"]["error"] and not file.exists()
        assert widget.view["turn"] == 1  # shown, and said to be unsaved
        click(widget, "save")
        assert "the disk is full" in widget.view["saved"]["error"]
    choose(widget, "who")
    assert widget.view["saved"]["error"] == "" and read_transcript(file).current == ("week", "who")
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]


def test_an_attempt_has_an_end(file: Path) -> None:
    endless = ALONE.model_copy(deep=True)
    node = endless.nodes["hello"]
    again = node.choices[1].model_copy(update={"minutes": 0, "repeat": True})
    nodes = {**endless.nodes, "hello": node.model_copy(update={"choices": (again,)})}
    endless = endless.model_copy(update={"nodes": nodes})
    file.parent.mkdir()
    file.write_text(f"conversation: maya_onboarding\nattempts: [[{', '.join(['model'] * 400)}]]", encoding="utf-8")
    widget = Conversation(CASE, endless, file)
    choose(widget, "model")
    assert "as long as it can be" in widget.view["notice"]
    assert len(read_transcript(file).current) == 400


# Where there is no widget


def test_the_transcript_reads_as_text_and_as_html(file: Path) -> None:
    widget = Conversation(CASE, ALONE, file)
    choose(widget, "week")
    data, _ = widget._repr_mimebundle_()
    assert {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"} <= set(data)
    text, html = data["text/plain"], data["text/html"]
    assert "You: What happens in a team's first week today?" in text and "[week_one]" in text
    assert "1. Who is allowed to send that invitation?" in text
    assert max(map(len, text.splitlines())) <= 100
    assert "What happens in a team&#x27;s first week today?" in html and "<h" not in html


def test_markup_is_escaped_in_the_html(file: Path) -> None:
    evil = "<script>alert(1)</script>"
    html = Conversation(CASE, ALONE.model_copy(update={"goal": evil, "title": evil}), file).as_html()
    assert "<script" not in html and "&lt;script&gt;" in html
