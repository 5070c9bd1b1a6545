"""The world of `welcome`, and that it fails once: what holds beyond the generic proofs."""

from __future__ import annotations

import numpy as np
import pytest

from curriculum.authoring.proofs.answers import failed, graded
from curriculum.authoring.subject import load_subject
from curriculum.cases import VARIANTS, load_case
from tests.helpers.worlds import over_worlds

SEEDS = range(VARIANTS)


@over_worlds(SEEDS)
def test_a_first_guess_fails_even_where_every_word_is_right(seed: int) -> None:
    """Nobody passes without the conversation, so everybody reads a review that asks for changes."""
    subject = load_subject("welcome")
    for files in subject.fixtures(seed).exemplars.values():
        report = graded(subject, subject.case(seed), {"ask": files["ask"]})
        assert failed(report) == set()
        assert [finding.criterion for finding in report.of("ask").open()] == ["evidence_decides_the_ask"]
        assert report.points < report.maximum


@over_worlds(SEEDS)
def test_the_number_holds_on_nine_mornings_of_ten(seed: int) -> None:
    case = load_case("welcome", seed)
    minutes = case.columns["mornings"]["minutes_after_nine"]
    assert np.mean(minutes <= case.truth.ready_p90) >= 0.9
    assert np.mean(minutes <= case.truth.ready_p90 - 1) < 0.9


@over_worlds(SEEDS)
def test_the_average_is_told_from_it_beyond_the_tolerance(seed: int) -> None:
    case = load_case("welcome", seed)
    average, ready = case.facts["average_ready"].value, case.facts["refresh_ready"].value
    assert average is not None
    assert ready is not None
    assert ready - average > 1


@over_worlds(SEEDS)
def test_the_stand_up_is_too_early_on_many_mornings(seed: int) -> None:
    """The problem is real in every world."""
    case = load_case("welcome", seed)
    assert np.mean(case.columns["mornings"]["minutes_after_nine"] > case.truth.standup) >= 0.2


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Can we move the stand-up to 09:35?", True),
        ("Could our standup begin at 9:35, please?", True),
        ("May the daily start 35 minutes after nine?", True),
        ("Would you like to have lunch with me some time this week?", False),
        ("Can we move the stand-up to a better time?", False),
        ("Can we meet at 09:35?", False),
    ],
)
def test_the_sentence_is_read_against_what_was_picked_and_typed(sentence: str, said: bool) -> None:
    subject = load_subject("welcome")
    files = dict(subject.fixtures(1).exemplars["later_standup"])
    files["ask"] = {**files["ask"], "ask": sentence, "moves_to": "09:35"}
    assert ("ask_says_what_moves" not in failed(graded(subject, subject.case(1), files))) is said
