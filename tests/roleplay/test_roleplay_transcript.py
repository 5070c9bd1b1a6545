"""Transcripts: only choices that can be made are believed, attempts are kept, and no file breaks a replay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.artifacts import yaml_text
from curriculum.authoring.hostile import NASTY
from curriculum.authoring.subject import load_subject
from curriculum.cases import load_case
from curriculum.course.catalog import load_catalog
from curriculum.roleplay import engine
from curriculum.roleplay.condition import parse_condition
from curriculum.roleplay.script import Script, load_script, script_of
from curriculum.roleplay.transcript import (
    MAX_ATTEMPTS,
    MAX_TURNS,
    Transcript,
    TranscriptUnreadable,
    read_transcript,
    write_transcript,
)
from graders.grade import grade_folder

LESSONS = [entry.slug for entry in load_catalog().lessons if load_subject(entry.slug).script]
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def script() -> Script:
    return load_script("welcome")


def outcome(path: Path) -> Transcript | str:
    """What reading a transcript gives; anything but a transcript or one told sentence fails the test."""
    before = path.read_bytes()
    try:
        return read_transcript(path)
    except FileNotFoundError:
        return "nothing is in it"
    except TranscriptUnreadable as error:
        assert path.name in str(error)
        assert len(str(error)) < 600
        return str(error)
    finally:
        assert path.read_bytes() == before


@many
@given(st.binary(max_size=300))
def test_random_bytes(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "first_talk.yaml"
    path.write_bytes(data)
    outcome(path)


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.sampled_from(NASTY)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=10,
)


@pytest.mark.slow
@many
@given(st.sampled_from(LESSONS), VALUES, VALUES)
def test_values_of_any_type(tmp_path: Path, slug: str, conversation: Any, attempts: Any) -> None:
    subject = load_subject(slug)
    assert subject.script is not None
    path = tmp_path / f"{subject.script.id}.yaml"
    data = {"conversation": conversation, "attempts": attempts}
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8", "replace")
    read = outcome(path)
    if isinstance(read, Transcript):
        read.replay(subject.script)
    report = grade_folder(subject.rubric, subject.case(0), tmp_path)
    assert report.points == 0


@pytest.mark.slow
@many
@given(st.sampled_from(LESSONS), st.data())
def test_any_list_of_choices_is_replayed_as_far_as_it_can_be(slug: str, data: st.DataObject) -> None:
    played = script_of(load_case(slug, data.draw(st.integers(0, 3))))
    ids = data.draw(st.lists(st.sampled_from([*played.choices, "made_up", "<b>x</b>", "x" * 80]), max_size=30))
    replay = engine.replay(played, ids)
    done = len(replay.state.taken)
    assert list(replay.state.taken) == ids[:done]
    assert bool(replay.note) == (done < len(ids))
    if replay.note:
        assert f"as choice {done + 1}," in replay.note
    assert 0 <= replay.state.minutes <= played.minutes
    assert all(0 <= trust <= 5 for _, trust in replay.state.trust)


@pytest.mark.slow
@many
@given(st.sampled_from(LESSONS), st.data())
def test_every_way_through_ends_and_is_read_back(tmp_path: Path, slug: str, data: st.DataObject) -> None:
    played = script_of(load_case(slug, data.draw(st.integers(0, 3))))
    state, transcript = engine.begin(played), Transcript(played.id)
    while engine.ending(played, state) is None:
        chosen = data.draw(st.sampled_from([choice.id for choice in engine.available(played, state)]))
        state, transcript = engine.choose(played, state, chosen), transcript.chosen(chosen)
    path = tmp_path / f"{played.id}.yaml"
    write_transcript(path, transcript)
    again = read_transcript(path).replay(played)
    assert (again.state, again.note) == (state, "")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"just words\n", "line 1: found 'just words' (text); expected a group of"),
        (b"attempts: []\n", "line 1: found no field conversation; expected"),
        (b"conversation: first_talk\nattempts: nothing\n", "line 2, field attempts: found 'nothing' (text)"),
        (b"conversation: first_talk\nattempts: []\nfacts: [refresh_ready]\n", "line 3, field facts"),
        (b"conversation: first_talk\nattempts: [[1]]\n", "field attempts[1][1]: found 1 (a number); expected text"),
        (b"conversation: first_talk\nattempts: [[thank], [thank\n", "line "),
        (b"conversation: \xff\n", "not UTF-8"),
        (b"conversation: &a first_talk\nattempts: [[*a]]\n", "an anchor"),
        (b"x" * 300 * 1024, "at most 256 KiB"),
        (b"[" * 5_000, "levels of nesting"),
    ],
)
def test_a_broken_file_is_told_in_one_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "first_talk.yaml"
    path.write_bytes(data)
    assert words in str(outcome(path))


@pytest.mark.parametrize(("attempts", "turns"), [(MAX_ATTEMPTS + 1, 1), (1, MAX_TURNS + 1)])
def test_endless_files_are_refused(tmp_path: Path, attempts: int, turns: int) -> None:
    path = tmp_path / "first_talk.yaml"
    data = {"conversation": "first_talk", "attempts": [["thank"] * turns] * attempts}
    path.write_text(json.dumps(data), "utf-8")
    assert "expected at most" in str(outcome(path))


def test_what_is_forged_does_not_count() -> None:
    replay = engine.replay(script(), ["ask_calendar", "thank"])
    assert replay.state == engine.begin(script())
    assert "found 'ask_calendar' as choice 1" in replay.note


def test_a_transcript_of_another_conversation_does_not_count() -> None:
    replay = Transcript("kickoff", (("ask_when_ready",),)).replay(script())
    assert replay.state.facts == frozenset()
    assert "found the conversation 'kickoff'; expected 'first_talk'" in replay.note


def test_going_back_is_a_new_attempt_and_keeps_the_old_one() -> None:
    first = Transcript("first_talk").chosen("ask_average").chosen("take_average")
    second = first.rewound(1).chosen("ask_most")
    assert second.attempts == (("ask_average", "take_average"), ("ask_average", "ask_most"))
    assert second.replay(script()).state.knows("refresh_ready")
    assert Transcript("first_talk").rewound(0).attempts == ((),)


def test_the_oldest_attempts_go_when_there_are_too_many() -> None:
    transcript = Transcript("first_talk").chosen("ask_average")
    for _ in range(MAX_ATTEMPTS + 20):
        transcript = transcript.rewound(1)
    assert len(transcript.attempts) == MAX_ATTEMPTS


def test_a_choice_twice_is_refused_unless_it_may_be_repeated() -> None:
    state = engine.choose(script(), engine.begin(script()), "ask_average")
    with pytest.raises(engine.NotAvailable):
        engine.choose(script(), state, "ask_average")


def test_dumping_and_parsing_keeps_ids_that_look_like_numbers() -> None:
    data = {"conversation": "1e3", "attempts": [["no", "123", "null", "0x10", "~"]]}
    assert yaml_text.parse(yaml_text.dump(data)).data == data


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')", "knows", "knows(fact)", "knows('a', 'b')", "trust('ml')", "1 >= trust",
        "().x", "minutes >= 'x'", "knows('a') if True else False", "lambda: 1", "trust('a') >= 1 >= 0",
        "minutes + 1 >= 2", "[", "knows(id='a')", "f'{minutes}'", "minutes >= 1.5", "minutes >= True",
    ],
)  # fmt: skip
def test_conditions_are_a_few_words_and_never_code(text: str) -> None:
    with pytest.raises(ValueError, match="the condition"):
        parse_condition(text)
