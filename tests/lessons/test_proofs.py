"""The generic proofs, for every lesson of the catalogue: `curriculum author check` as tests."""

from __future__ import annotations

import time

import pytest

from curriculum.authoring.proofs import PROOFS, Problem
from curriculum.authoring.proofs.running import SEEDS, check
from curriculum.authoring.subject import load_subject
from curriculum.course.catalog import load_catalog

COSTLY = {"conversation_is_sound", "near_misses_fail_as_named"}
"""Proofs that take seconds; the fifty worlds include them."""

LESSONS = [entry.slug for entry in load_catalog().lessons]


def told(problem: Problem) -> str:
    return f"{problem.proof}, {problem.place} (world {problem.seed}): {problem.sentence}"


@pytest.mark.parametrize("slug", LESSONS)
@pytest.mark.parametrize("proof", [name for name in PROOFS if name not in COSTLY])
def test_holds_in_two_worlds(slug: str, proof: str) -> None:
    assert [told(problem) for problem in PROOFS[proof].examine(load_subject(slug), range(2))] == []


@pytest.mark.slow
@pytest.mark.parametrize("slug", LESSONS)
def test_fifty_worlds_are_proved_in_ninety_seconds_of_two_cores(slug: str) -> None:
    """CPU time, so that it means the same on a busy machine."""
    start = time.process_time()
    results = check(slug, seeds=SEEDS, processes=1)
    seconds = time.process_time() - start
    assert [told(problem) for result in results for problem in result.problems] == []
    assert seconds < 2 * 90
