"""Numbers, sentences, copies and disguises in answers."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.artifacts.star import Star
from curriculum.practice.interview import claims
from curriculum.practice.interview.notes import all_notes
from curriculum.practice.interview.published import published
from curriculum.practice.interview.said import untyped_numbers
from curriculum.words import idf
from curriculum.words.copies import Reference, emptiness, holds, near_copies
from curriculum.words.numbers import said_numbers
from curriculum.words.prose import plain, sentences, shares, word_count
from curriculum.words.terms import stem


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("from 24.2 to 25.7 of 1,000 searches", [24.2, 25.7]),
        ("24,6 percent", [24.6]),
        ("1,250,000 visits and 12k users", [1_250_000, 12_000]),
        ("forty per cent", [40]),
        ("two hundred and forty ms", [240]),
        ("twenty-five point six percent", [25.6]),
        ("a hundred percent of the time", [100]),
        ("orders doubled", [2]),
        ("it was halved", [0.5]),
        ("p95 of v2 in Q3 for the A/B test", []),
        ("at 09:15 on 12 March 2026", []),
        ("two teams, three options, one plan", []),
        ("over four weeks", [4]),
        ("on 2026-04-01", []),
        ("nine of ten searches", []),
        ("٣ and ½", []),
        ("$40k", [40_000]),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text: str, values: list[float]) -> None:
    found = [said.value for said in said_numbers(text) if said.kind == "number"]
    assert found == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It took 24.6 orders.", []),
        ("It took 24.6 percent.", ["24.6 percent"]),
        ("It grew by 6.2 %.", []),
        ("It grew by 6.3 %.", ["6.3 %"]),
        ("Counted over four weeks.", []),
        ("Counted over 28 days.", []),
        ("Counted over five weeks.", ["five weeks"]),
        ("Until 29 March 2026.", []),
        ("Until 30 April 2025.", ["30 April 2025", "2025"]),
        ("It cost 18 days.", []),
        ("It doubled.", ["doubled"]),
        ("We saved ninety thousand euros.", ["ninety thousand euros"]),
    ],
)
def test_every_number_in_the_text_must_be_a_claim(text: str, found: list[str]) -> None:
    star = Star.model_validate(
        {
            "result": text, "unit": "orders_per_1000", "change": 1.5, "change_percent": 6.2,
            "baseline": {"value": 24.6, "on": "2026-03-29", "days": 28}, "result_figure": {"value": 26.1, "days": 28},
            "cost": {"value": 18, "unit": "engineer_days"},
        }
    )  # fmt: skip
    assert [one.said.text for one in untyped_numbers(star)] == found


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("It went from 24.6 to 26.1.", False),
        ("It went from 26.1 to 24.6.", True),
        ("It rose from 24.6 to 26.1.", False),
        ("It fell from 24.6 to 26.1.", True),
        ("Waiting fell from 900 to 300 ms.", False),
        ("Waiting increased from 900 ms to 300 ms.", True),
        ("From Monday to Friday we went from room 3 to room 1.", False),
    ],
)
def test_a_direction_that_contradicts_its_numbers_is_seen(text: str, turned: bool) -> None:
    star = Star.model_validate({"result": text, "baseline": {"value": 24.6}, "result_figure": {"value": 26.1}})
    assert bool(claims.turned_round(star)) is turned


def test_sentences_keep_their_place_and_bullets_are_sentences() -> None:
    text = "First, e.g. this one. Second!\n- third\n* fourth line"
    found = sentences(text)
    assert [sentence.text for sentence in found] == ["First, e.g. this one.", "Second!", "third", "fourth line"]
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in found)


def test_shares_add_up_and_nothing_is_divided_by_zero() -> None:
    assert shares({"a": "one two", "b": "three four five six"}) == pytest.approx({"a": 1 / 3, "b": 2 / 3})
    assert shares({"a": "", "b": "…"}) == {"a": 0.0, "b": 0.0}
    assert word_count("it's a well-known 24.6 %") == 4


def test_disguises_are_taken_off() -> None:
    assert plain("Ｗｅ d\u200beсided — “fínally”") == plain('We decided - "finally"')


def test_the_same_word_in_another_form_has_the_same_stem() -> None:
    for words in (
        "decide decided decides",
        "measure measured measures",
        "plan planned plans planning",
        "test tests tested",
    ):
        assert len({stem(word) for word in words.split()}) == 1, words
    assert stem("p95") == stem("300ms") == "#"


def test_a_copy_is_shown_with_both_passages() -> None:
    sample = published()[0]
    mine = f"I worked at a shop for shoes. {sample.text.replace('300ms', '250ms').upper()} That is my story."
    found = near_copies(mine, [Reference("x", "another text", "Nothing at all like it. " * 12), sample])
    assert [hold.reference for hold in found] == [sample.id]
    assert found[0].mine.lower()[:30] in mine.lower()
    assert found[0].theirs[:30] in " ".join(sample.text.split())
    assert "person" in found[0].sentence


def test_short_texts_are_not_compared() -> None:
    assert near_copies("We decided together.", [Reference("x", "a text", "We decided together.")]) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We asked both teams what they wanted and wrote it down. " * 6, "repetition"),
        ("alignment ownership latency accuracy roadmap charter guardrail synergy design data " * 2, "keyword_list"),
        ("the to model a of team the and plan our is the with a for cost their by the from a at the in", "scrambled"),
    ],
)  # fmt: skip
def test_empty_shells_are_recognised(text: str, kind: str) -> None:
    assert kind in {hold.kind for hold in emptiness(text)}


def test_the_table_of_words_is_counted_from_the_courses_prose() -> None:
    stored = json.loads(idf.FILE.read_text(encoding="utf-8"))
    assert stored["documents"] > 300
    assert all(1 < count <= stored["documents"] for count in stored["counts"].values())
    assert stored["counts"][stem("team")] >= 5


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=600))
def test_no_text_breaks_the_reading_of_it(text: str) -> None:
    for said in said_numbers(text):
        assert 0 <= said.start < said.end <= len(text)
    for sentence in sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
    holds(text, published())
    list(all_notes(text))


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["9", "hundred ", "twenty-", "e.g. ", "from 1 to ", "a b ", "\n-", "1,000", "the of "]
)
def test_long_odd_texts_are_read_quickly(piece: str) -> None:
    text = (piece * 16_000)[:16_000]
    begun = time.process_time()
    said_numbers(text), sentences(text), emptiness(text), list(all_notes(text))
    assert time.process_time() - begun < 2
