"""The generic proofs, for every lesson of the catalogue: `curriculum author check` as tests."""

from __future__ import annotations

import time

import pytest

from curriculum.authoring.proofs import PROOFS, Problem
from curriculum.authoring.proofs.running import SEEDS, check
from curriculum.authoring.subject import load_subject
from curriculum.course.catalog import load_catalog

COSTLY = {
    "conversation_is_sound",
    "near_misses_fail_as_named",
    "reviews_cannot_be_mended_by_copying",
    # They search whole conversations
    "habits_get_nowhere",
    "most_moments_offer_a_choice",
    "trust_opens_or_closes_something",
    "endings_say_what_is_so",
    "good_deeds_close_no_way",
    "other_words_find_their_choice",
    # They grade every near-miss, some of them twice
    "expectations_hold_no_values",
    "objections_have_places",
    "other_words_change_no_verdict",
    "points_follow_the_order_of_harm",
    "stories_tell_what_was_done",
    "untold_facts_stay_untold",
}
"""Proofs that take seconds; those over more worlds include them."""

WORLDS_IN_ALL, FEWEST = 72, 8
"""Worlds that the tests prove, shared by all lessons, so that lessons may come without the tests growing longer.
`make proofs` proves all fifty of every lesson."""

SECONDS_FOR_FIFTY = 2 * 120
"""CPU-seconds that the proofs of one lesson may take over fifty worlds: two minutes of two cores."""

FEWEST_TIMED = 20
"""What a lesson costs once, however many worlds, is as much as so many worlds cost."""

LESSONS = [entry.slug for entry in load_catalog().lessons]

WORLDS = min(SEEDS, max(FEWEST, WORLDS_IN_ALL // len(LESSONS)))


def told(problem: Problem) -> str:
    return f"{problem.proof}, {problem.place} (world {problem.seed}): {problem.sentence}"


CLAIMED = [(slug, name) for slug in LESSONS for name in PROOFS if name not in COSTLY]


# One worker proves a lesson, so that worlds and fixtures are made once.
@pytest.mark.parametrize(
    ("slug", "proof"),
    [pytest.param(slug, name, marks=[pytest.mark.repeated, pytest.mark.xdist_group(slug)]) for slug, name in CLAIMED],
)
def test_holds_in_one_world(slug: str, proof: str) -> None:
    assert [told(problem) for problem in PROOFS[proof].examine(load_subject(slug), range(1))] == []


@pytest.mark.slow
@pytest.mark.parametrize("slug", LESSONS)
def test_more_worlds_are_proved_in_little_time(slug: str) -> None:
    """CPU time, so that it means the same on a busy machine."""
    start = time.process_time()
    results = check(slug, seeds=WORLDS, processes=1)
    seconds = time.process_time() - start
    assert [told(problem) for result in results for problem in result.problems] == []
    assert seconds < SECONDS_FOR_FIFTY * max(WORLDS, FEWEST_TIMED) / SEEDS
