"""The generic proofs, for every lesson of the catalogue: `curriculum author check` as tests."""

from __future__ import annotations

import time

import pytest

from curriculum.authoring.proofs import PROOFS, Problem
from curriculum.authoring.proofs.running import SEEDS
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
    # They look at many worlds whatever they are asked
    "constants_earn_little",
    "right_choices_differ_over_worlds",
    "private_sentences_differ_over_worlds",
    "tolerances_are_narrower_than_effects",
    # They grade hundreds of answers, play interviews, or start a process
    "a_blank_part_lights_few_findings",
    "everything_at_once_earns_little",
    "planted_flaws_are_there",
    "random_picks_earn_little",
    "exemplars_end_well",
    "stated_minutes_are_honest",
    "what_was_missed_is_said",
    "another_worlds_answer_earns_little",
    "best_plan_known_is_not_beaten",
    "criteria_search_no_prose",
    "headlines_say_what_the_run_shows",
    "half_filled_earns_nothing",
    "hearing_people_counts",
    "world_is_the_same_in_another_process",
    "nonsense_earns_little",
    "one_entry_earns_little",
    "what_nobody_asked_comes_out_late",
    "talking_to_nobody_earns_little",
}
"""Proofs that take more than a moment; those over more worlds include them."""

OF_EVERY_WAY = {"habits_get_nowhere"}
"""A mean over the ways in which worlds make a conversation; few worlds show one of them, `make proofs` all."""

LONG_SEARCHES = {"reviews_cannot_be_mended_by_copying", "other_words_change_no_verdict", "good_deeds_close_no_way"}
"""They take a third of the time of all proofs, whatever the worlds; `make proofs` has them."""

WORLDS = 2
"""Worlds that the tests prove for each lesson; `make proofs` proves all, and conversations in every way."""

SECONDS_FOR_ALL = 2 * 150
"""CPU-seconds that the proofs of one lesson may take over all worlds: two and a half minutes of two cores."""

FEWEST_TIMED = 20
"""What a lesson costs once, however many worlds, is as much as so many worlds cost."""

LESSONS = [entry.slug for entry in load_catalog().lessons]


def told(problem: Problem) -> str:
    return f"{problem.proof}, {problem.place} (world {problem.seed}): {problem.sentence}"


@pytest.mark.repeated
@pytest.mark.parametrize("slug", LESSONS)
def test_what_is_quickly_proved_holds_in_one_world(slug: str) -> None:
    """For `make check`."""
    subject = load_subject(slug)
    quick = [proof for name, proof in PROOFS.items() if name not in COSTLY]
    assert [told(problem) for proof in quick for problem in proof.examine(subject, range(1))] == []


@pytest.mark.slow
@pytest.mark.parametrize("slug", LESSONS)
def test_more_worlds_are_proved_in_little_time(slug: str) -> None:
    """CPU time, so that it means the same on a busy machine."""
    start = time.process_time()
    subject = load_subject(slug)
    proofs = [proof for name, proof in PROOFS.items() if name not in OF_EVERY_WAY | LONG_SEARCHES]
    problems = [problem for proof in proofs for problem in proof.examine(subject, range(WORLDS))]
    seconds = time.process_time() - start
    assert [told(problem) for problem in problems] == []
    assert seconds < SECONDS_FOR_ALL * max(WORLDS, FEWEST_TIMED) / SEEDS
