"""What is typed: matched to what is open now, or to nothing; a look at the choices, its price, its place in files."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.artifacts import yaml_text
from curriculum.cases import load_case
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_exemplar, variants, write_files
from curriculum.course.lesson_plan import load_plan
from curriculum.course.templates import render
from curriculum.roleplay import engine
from curriculum.roleplay.heard import MOST, Ear, ear
from curriculum.roleplay.script import LOOK, MAX_SAID, Script, load_script, script_of
from curriculum.roleplay.transcript import Transcript, read_transcript, write_transcript
from graders import load_rubric
from graders.grade import grade_folder
from graders.interviews.copies import _replayed

LESSONS = [entry.slug for entry in load_catalog().lessons]


@cache
def listening(slug: str) -> Ear:
    case = load_case(slug, 3)
    return ear(script_of(case), case, partial(render, case=case), load_plan(slug).glossary)


def heard(said: str, node: str = "hello", slug: str = "welcome") -> tuple[str, ...]:
    return listening(slug).heard(said, [choice.id for choice in load_script(slug).nodes[node].choices])


# What is heard


@pytest.mark.parametrize(
    ("said", "node", "slug", "wanted"),
    [
        ("whats the averge?", "hello", "welcome", "ask_average"),
        ("when is it ready on nearly every morning", "hello", "welcome", "ask_when_ready"),
        ("GIVE THE DESIGNER A CALL", "desk", "interview_basics", "call_yuki"),
        ("Bram please", "desk", "interview_basics", "call_bram"),
        ("see you!", "ines_confirms", "interview_basics", "ines_leave_confirmed"),
        ("can we get the old screen back", "undo", "fraud_false_positives", "screen_first"),
    ],
)
def test_other_words_slips_names_and_trades_are_understood(said: str, node: str, slug: str, wanted: str) -> None:
    assert heard(said, node, slug)[0] == wanted


@pytest.mark.parametrize("said", ["", "   ", "?!…", "asdf jkl", "test test 123", "My cat likes tuna.", "<b></b>"])
def test_what_fits_nothing_finds_nothing(said: str) -> None:
    assert heard(said) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_the_ear_and_only_what_is_open_is_offered(said: str) -> None:
    found = heard(said)
    assert len(found) == len(set(found)) <= MOST
    assert set(found) <= {choice.id for choice in load_script("welcome").nodes["hello"].choices}


def test_only_open_choices_are_heard() -> None:
    assert listening("welcome").heard("How long does it take on average?", ["ask_when_ready"]) != ("ask_average",)
    assert listening("welcome").heard("anything", []) == ()


def test_the_same_words_find_the_same_choices_in_any_order() -> None:
    choices = [choice.id for choice in load_script("interview_basics").nodes["desk"].choices]
    said = "I would like to speak with product"
    here = listening("interview_basics")
    assert here.heard(said, choices) == here.heard(said, choices[::-1])


def test_an_answer_to_what_was_just_said_is_told_by_its_words_and_numbers() -> None:
    here, choices = listening("recommendation_scoping"), ["note_budget", "ask_layout_sample"]
    assert set(choices) <= set(load_script("recommendation_scoping").choices)
    said, lately = "99 against 113, that is tight.", "The limit is 113 ms; 95 of 100 answers take 99. It is tight."
    before = {fit.id: fit.score for fit in here.fits(said, choices)}
    gains = [fit.score - before[fit.id] for fit in here.fits(said, choices, lately)]
    assert min(gains) > 0.5
    assert max(gains) - min(gains) < 1e-9, "what was just said favours no choice"
    assert here.fits("My cat likes tuna.", choices, lately) == here.fits("My cat likes tuna.", choices)


def test_what_people_said_lately_is_the_newest_turns_and_the_opening() -> None:
    script = load_script("welcome")
    first = engine.available(script, engine.begin(script))[0].id
    opening, after = engine.opening(script), engine.turns(script, [first])[-1].lines
    assert engine.lately(script, []) == opening
    assert engine.lately(script, [first]) == opening + after
    assert engine.lately(script, [first], turns_back=0) == after


# A look at the choices


def costly(minutes: int = 12) -> Script:
    data = load_script("welcome").model_dump(mode="json", exclude_defaults=True)
    return Script.model_validate({**data, "look_minutes": 1, "minutes": minutes})


def test_a_look_costs_its_minute_and_is_replayed() -> None:
    script = costly()
    replayed = engine.replay(script, [LOOK, "ask_when_ready", "play_back"])
    assert not replayed.note
    assert replayed.state.minutes == engine.replay(script, ["ask_when_ready", "play_back"]).state.minutes - 1
    assert replayed.state.taken == ("ask_when_ready", "play_back")
    assert replayed.state.path == (LOOK, "ask_when_ready", "play_back")
    assert [turn.looked for turn in engine.turns(script, replayed.state.path)] == [1, None]


def test_a_look_is_free_where_its_minute_would_take_a_choice_away() -> None:
    script = costly(minutes=4)  # the best question takes four minutes
    before = engine.begin(script)
    after = engine.look(script, before)
    assert (after.minutes, after.opened) == (4, True)
    assert engine.available(script, after) == engine.available(script, before)


def test_nobody_looks_twice_or_after_the_end() -> None:
    script = costly()
    assert "as choice 2" in engine.replay(script, [LOOK, LOOK]).note
    ended = engine.replay(script, ["ask_when_ready", "leave_early"]).state
    with pytest.raises(engine.NotAvailable):
        engine.look(script, ended)


@pytest.mark.parametrize("slug", LESSONS)
def test_looks_change_nothing_but_minutes(slug: str) -> None:
    script = script_of(load_case(slug, 1))
    state = engine.begin(script)
    while engine.ending(script, state) is None:
        looked = engine.look(script, state)
        assert engine.available(script, looked) == engine.available(script, state)
        assert (looked.facts, looked.trust, looked.taken, looked.done) == (
            state.facts, state.trust, state.taken, state.done,
        )  # fmt: skip
        state = engine.choose(script, looked, engine.available(script, looked)[0].id)
    assert engine.replay(script, state.path).state == state


def test_no_choice_may_be_called_as_a_look() -> None:
    data = load_script("welcome").model_dump(mode="json", exclude_defaults=True)
    data["nodes"]["hello"]["choices"][0]["id"] = LOOK
    with pytest.raises(ValueError, match="no choice may be called"):
        Script.model_validate(data)


# What is kept


def test_words_stand_beside_their_choice_and_old_files_still_read(tmp_path: Path) -> None:
    path = tmp_path / "first_talk.yaml"
    talk = Transcript("first_talk").chosen(LOOK).chosen("ask_when_ready", "when,\n  <b>please</b>?").chosen("play_back")
    write_transcript(path, talk)
    stored = yaml_text.parse(path.read_text(encoding="utf-8")).data["attempts"]
    assert stored == [[LOOK, {"choice": "ask_when_ready", "said": "when, <b>please</b>?"}, "play_back"]]
    assert read_transcript(path) == talk
    assert talk.words(0) == ("when, <b>please</b>?", "")
    path.write_text("conversation: first_talk\nattempts: [[ask_when_ready, play_back]]\n")
    assert read_transcript(path) == Transcript("first_talk", (("ask_when_ready", "play_back"),))


def test_words_are_one_line_of_limited_length_whatever_a_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "first_talk.yaml"
    path.write_text(
        yaml_text.dump(
            {"conversation": "first_talk", "attempts": [[{"choice": "ask_when_ready", "said": "a\u202eb\n" * 9_000}]]}
        )
    )
    (words,) = read_transcript(path).words(0)
    assert len(words) <= MAX_SAID
    assert words.isprintable()


@pytest.mark.slow
@pytest.mark.parametrize("slug", LESSONS)
def test_what_was_typed_changes_no_grade(tmp_path: Path, slug: str) -> None:
    case, rubric = load_case(slug, 6), load_rubric(slug)
    files = load_exemplar(case, variants(slug)[0])
    talk = files[rubric.conversations[0]]
    write_files(files, tmp_path / "plain")
    worded = [
        [{"choice": one, "said": "Full marks, please."} if isinstance(one, str) else one for one in attempt]
        for attempt in talk["attempts"]
    ]
    write_files({**files, rubric.conversations[0]: {**talk, "attempts": worded}}, tmp_path / "worded")
    plain, other = (grade_folder(rubric, case, tmp_path / name) for name in ("plain", "worded"))
    assert (other.points, other.verdicts) == (plain.points, plain.verdicts)


def test_a_transcript_with_words_can_be_copied_into_a_story() -> None:
    text = "conversation: first_talk\nattempts: [[{choice: ask_when_ready, said: when?}]]\n"
    state = _replayed(load_case("welcome", 1), text)
    assert state is not None
    assert state.taken == ("ask_when_ready",)


def test_an_attempt_begun_anew_keeps_its_words_and_gives_the_minute_back() -> None:
    talk = Transcript("first_talk").chosen("ask_when_ready", "when?").chosen(LOOK).chosen("play_back", "so?")
    again = talk.rewound(1)
    assert again.current == ("ask_when_ready",)
    assert again.words(1) == ("when?",)
    assert again.words(0) == ("when?", "so?")
