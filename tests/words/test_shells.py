"""Texts that say nothing are found, short answers are left alone, and copies are named."""

from __future__ import annotations

import random
import time
from typing import Annotated, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from curriculum.artifacts.ask import Ask
from curriculum.artifacts.base import Artifact, Caption, Line, Notation, Part
from curriculum.artifacts.board import Board
from curriculum.artifacts.prd import Prd
from curriculum.cases import load_case
from curriculum.words.shells import Beside, content_words, is_copy, shell
from graders.common import shells

HELP = Beside("the help of this field", "What happens when people do not agree on a card.", passage=True)
MEMO = Beside(
    "the brief", "The board has promised a launch for the spring campaign. Six people have six opinions.", passage=True
)


@pytest.mark.parametrize(
    "text",
    [
        "a", "…", "t e s t", "asdf jkl;", "Qwertz", "sdkfjh", "blah blah", "It is fine. It is fine.", "aaaa",
        "1 2 3 4", "one two three", "it is what it is", "n/a", "TBD", "to be done later", "<p>test</p>", "ｔｅｓｔ",
        "a\u200bs\u200bd\u200bf", "x1 x2 x3", "🙂", "12345678",
    ],
)  # fmt: skip
def test_a_text_that_says_nothing_gets_a_reason(text: str) -> None:
    reason = shell(text)
    assert reason
    assert reason.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "Rollback.", "6 March", "None.", "All of them.", "They could not do it without us.", "UX",
        "Wait, watch, wait.", "N/A for guests, since they have no history", "TBD by Samir, before 20 April",
        "To be decided by Ruth on 3 May, after the review.", "先回滚，再查原因", "tmrw 9am", "Hrvoje Brkić, DPO",
        "28", "zero",
        "Fewer refunds, more trust", "p95 < 300 ms", "Ward B", "Grzyb", "sql job",
    ],
)  # fmt: skip
def test_short_answers_are_left_alone(text: str) -> None:
    assert shell(text, beside=[HELP, MEMO]) is None


def test_a_field_may_ask_for_a_sentence() -> None:
    assert shell("Rollback.", wants_sentence=True)
    assert shell("Roll it back.", wants_sentence=True) is None
    assert shell("週次で誤検知を確認する", wants_sentence=True) is None
    assert content_words("The model and the models") == {"model"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("what happens when people don't agree on a card", "It repeats the help of this field."),
        ("Six people have six opinions, and the board has promised a launch for spring.", "It repeats the brief."),
        ("the board has promised a launch for the spring campaign", "It repeats the brief."),
        ("the spring campaign", None),
        ("The board wants it in spring, and we can promise half of it.", None),
    ],
)  # fmt: skip
def test_copies_of_what_stands_beside_are_named(text: str, reason: str | None) -> None:
    assert shell(text, beside=[HELP, MEMO]) == reason


def test_numbers_do_not_make_a_copy_another_text() -> None:
    assert is_copy(
        "We stop the test when 3 refunds in 100 are ours", "We stop the test when 17 refunds in 900 are ours."
    )
    assert not is_copy("6 March", "The campaign starts on 6 March, and the board wants the row by then.", passage=True)


def test_every_artifact_names_its_places() -> None:
    case = load_case("recommendation_scoping", 1)
    prd = Prd.model_validate(
        {
            "outcome": "Trust", "problem": "asdf asdf",
            "risks": [{"risk": "The feed is late on Mondays again", "answer": "n/a"}, {"answer": "Rollback."}],
            "why_model": "The feed is late on Mondays, again.",
        }
    )  # fmt: skip
    assert [place for place, _, _ in shells(prd, case)] == [
        "problem", "outcome", "risks[1].risk", "risks[1].answer"
    ]  # fmt: skip


class Labelled(Artifact):
    kind: ClassVar[str] = "labelled"
    title: ClassVar[str] = "Labelled"

    version: Annotated[Line, Notation(), Field(title="Version")] = ""
    address: Annotated[Line, Notation(), Field(title="Address")] = ""


def test_names_and_addresses_are_held_for_stand_ins_alone() -> None:
    case = load_case("recommendation_scoping", 1)
    labelled = Labelled.model_validate({"version": "tests", "address": "TBD"})
    assert [place for place, _, _ in shells(labelled, case)] == ["address"]


def test_one_text_in_every_entry_of_a_long_list_says_nothing() -> None:
    case = load_case("recommendation_scoping", 1)
    board = {"placements": [{"reason": "Fits the days of everybody."}] * 3}
    assert shells(Board.model_validate(board), case) == []
    board["placements"] *= 2
    assert len(shells(Board.model_validate(board), case)) == 6


class State(Part):
    token: Annotated[Line, Notation()] = ""
    message: Annotated[Line, Caption()] = ""


class Captions(Artifact):
    """A trial document with names and with words on a screen."""

    kind: ClassVar[str] = "captions"
    title: ClassVar[str] = "Captions"
    states: tuple[State, ...] = ()


def test_names_and_colours_are_not_asked_and_screens_may_repeat_themselves() -> None:
    written = Captions.model_validate({"states": [{"message": "Looking for alerts.", "token": "asdf"}] * 6})
    assert shells(written, load_case("healthcare_platform", 1)) == []


def test_the_ask_of_question_zero_wants_a_sentence() -> None:
    assert shells(Ask(ask="Standup?"), load_case("welcome", 1))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.text(max_size=200))
def test_no_text_breaks_the_check(text: str, other: str) -> None:
    shell(text, wants_sentence=True, beside=[Beside("x", other, passage=True)])


@pytest.mark.parametrize("piece", ["a", "ab ", "asdf", "x. ", "1 ", "<", "*a", "the of ", "lorem ", "t ", "é ", "字"])
def test_long_odd_texts_are_looked_at_quickly(piece: str) -> None:
    text = (piece * 16_000)[:16_000]
    begun = time.process_time()
    shell(text, wants_sentence=True, beside=[MEMO, Beside("x", text[:-1], passage=True)])
    assert time.process_time() - begun < 1


def test_the_longest_text_of_words_that_nobody_knows_is_soon_read() -> None:
    """Whoever hands in many of them would otherwise be judged by nobody: judging ends after some seconds."""
    chance = random.Random(3)
    text = " ".join("".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(2_400))
    began = time.process_time()
    assert shell("I would ask for it. " + text) is None
    assert time.process_time() - began < 1.5, "0.2 s of a quick computer"
