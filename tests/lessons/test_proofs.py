"""The generic proofs, for every lesson of the catalogue: `curriculum author check` as tests."""

from __future__ import annotations

import pytest

from curriculum.authoring.proofs import PROOFS
from curriculum.authoring.proofs.running import SEEDS
from curriculum.authoring.subject import load_subject
from curriculum.catalog import load_catalog

LESSONS = [entry.slug for entry in load_catalog().lessons]


def against(slug: str, proof: str, seeds: int) -> list[str]:
    """What speaks against a claim, a line a problem."""
    problems = PROOFS[proof].examine(load_subject(slug), range(seeds))
    return [f"{problem.place} (world {problem.seed}): {problem.sentence}" for problem in problems]


@pytest.mark.parametrize("slug", LESSONS)
@pytest.mark.parametrize("proof", PROOFS)
def test_holds_in_a_few_worlds(slug: str, proof: str) -> None:
    assert against(slug, proof, 2) == []


@pytest.mark.slow
@pytest.mark.parametrize("slug", LESSONS)
@pytest.mark.parametrize("proof", [name for name, proof in PROOFS.items() if proof.per_seed])
def test_holds_in_every_world(slug: str, proof: str) -> None:
    assert against(slug, proof, SEEDS) == []


@pytest.mark.slow
@pytest.mark.parametrize("slug", LESSONS)
def test_other_learners_answers_fail_in_every_world(slug: str) -> None:
    assert against(slug, "other_worlds_answers_fail", SEEDS) == []
