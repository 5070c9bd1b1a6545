"""The generic proofs, for every lesson of the catalogue: `curriculum author check` as tests."""

from __future__ import annotations

import time

import pytest

from curriculum.authoring.proofs import PROOFS, Problem
from curriculum.authoring.proofs.running import SEEDS, check
from curriculum.authoring.subject import load_subject
from curriculum.course.catalog import load_catalog
from tests.lessons.not_yet import NOT_YET

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
    # They grade every near-miss, some of them twice
    "expectations_hold_no_values",
    "objections_have_places",
    "other_words_change_no_verdict",
    "points_follow_the_order_of_harm",
    "stories_tell_what_was_done",
    "untold_facts_stay_untold",
}
"""Proofs that take seconds; the fifty worlds include them."""

LESSONS = [entry.slug for entry in load_catalog().lessons]


def told(problem: Problem) -> str:
    return f"{problem.proof}, {problem.place} (world {problem.seed}): {problem.sentence}"


CLAIMED = [
    (slug, name)
    for slug in LESSONS
    for name in PROOFS
    if name not in COSTLY and name not in NOT_YET.get(slug, frozenset())
]


# One worker proves a lesson, so that worlds and fixtures are made once.
@pytest.mark.parametrize(
    ("slug", "proof"),
    [pytest.param(slug, name, marks=pytest.mark.xdist_group(slug)) for slug, name in CLAIMED],
)
def test_holds_in_one_world(slug: str, proof: str) -> None:
    assert [told(problem) for problem in PROOFS[proof].examine(load_subject(slug), range(1))] == []


@pytest.mark.slow
@pytest.mark.parametrize("slug", LESSONS)
def test_fifty_worlds_are_proved_in_minutes_of_two_cores(slug: str) -> None:
    """CPU time, so that it means the same on a busy machine. What a lesson does not hold yet is listed, and no more."""
    start = time.process_time()
    results = check(slug, seeds=SEEDS, processes=1)
    seconds = time.process_time() - start
    not_yet = NOT_YET.get(slug, frozenset())
    assert [
        told(problem) for result in results if result.proof.name not in not_yet for problem in result.problems
    ] == []
    assert not_yet - {result.proof.name for result in results if not result.holds} == set()
    assert seconds < 2 * 150
