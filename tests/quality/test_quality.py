"""The bars of `make quality`, and that the unseen part of the corpus stays unseen by the rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curriculum.practice.interview import notes
from tests.quality import measure
from tests.quality.attacks import attacks
from tests.quality.measure import corpus, rule_scores
from tests.quality.rows import Measured

FIRST_FIRINGS = Path(__file__).parent / "corpus" / "first_firings.json"


def reached(row: Measured) -> None:
    assert row.reached, f"{row.what}: {row.value:.3f}, the bar is {row.bar}; {row.failures[:5]}"


@pytest.mark.slow
def test_texts_that_say_nothing_are_found_and_honest_ones_are_not_held() -> None:
    rows = list(measure.shells())
    assert min(row.of for row in rows if "held" in row.what) >= 100
    assert min(row.of for row in rows if "mechanical" in row.what) >= 60
    for row in rows:
        reached(row)


def test_numbers_are_read_in_most_notations() -> None:
    for row in measure.numbers():
        assert row.of >= 80
        reached(row)


@pytest.mark.slow
def test_copied_examples_are_held_and_right_answers_are_not() -> None:
    for row in measure.copies_of_examples(seeds=(4,)):
        assert row.of >= 20
        reached(row)


@pytest.mark.slow
def test_copies_are_found_and_honest_answers_are_not_held() -> None:
    rows = measure.copies()
    assert min(row.of for row in rows) >= 120
    for row in rows:
        reached(row)


@pytest.mark.slow
def test_attacks_do_not_earn_full_marks() -> None:
    assert len(list(attacks(0))) >= 60
    reached(measure.attacks())


@pytest.mark.slow
def test_what_is_typed_in_talks_is_understood_and_nonsense_is_not() -> None:
    for row in measure.said_first():
        assert row.of >= 20
        reached(row)


@pytest.mark.slow
def test_a_single_borrowed_sentence_is_asked_about_and_no_honest_one() -> None:
    for row in measure.borrowed():
        reached(row)


@pytest.mark.slow
def test_false_claims_are_noticed() -> None:
    row = measure.mutations(seeds=(3,))
    assert row.of >= 400
    reached(row)


def test_strong_answers_get_no_wrong_notes() -> None:
    reached(measure.strong_answers())


def test_a_check_is_quick_and_small() -> None:
    reached(measure.check_time(20))
    reached(measure.check_memory())


def test_only_rules_that_were_right_on_unseen_answers_speak() -> None:
    good = {score.rule for score in rule_scores("test") if score.good_enough}
    assert good == notes.ACTIVE


def test_the_rules_are_the_ones_that_the_unseen_part_was_first_scored_with() -> None:
    """Whoever changes a rule has seen these answers: write a new part, score it, and record its first firings."""
    first = json.loads(FIRST_FIRINGS.read_text(encoding="utf-8"))
    now = [sorted(note.rule for note in notes.all_notes(row["text"])) for row in corpus("test")]
    assert now == first


def test_the_corpus_is_large_and_its_parts_share_neither_styles_nor_questions() -> None:
    dev, test = corpus("dev"), corpus("test")
    assert len(dev) + len(test) + len(corpus("practice")) >= 120
    for field in ("style", "question"):
        assert not {row[field] for row in dev} & {row[field] for row in test}
    texts = [row["text"] for row in (*dev, *test)]
    assert len(set(texts)) == len(texts)
    known = {rule.id for rule in notes.RULES}
    assert all(set(row["lacks"]) <= known for row in (*dev, *test))


def test_notes_quote_the_answer_and_say_that_they_are_automatic() -> None:
    heard = [(" ".join(row["text"].split()), note) for row in corpus("test") for note in notes.notes(row["text"])]
    assert len(heard) >= 20
    assert all(note.span.removesuffix(" …") in words for words, note in heard)
    found = [note for _, note in heard]
    assert all(note.question.endswith("?") for note in found)
    assert "not yet read by a person" in notes.LABEL


def test_silent_rules_are_silent() -> None:
    silent = {rule.id for rule in notes.RULES} - notes.ACTIVE
    assert silent
    for row in (*corpus("dev"), *corpus("test")):
        assert not silent & {note.rule for note in notes.notes(row["text"])}
