"""Copies of the course's own example are held for a person, alone and in a pair; what is one's own is not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from curriculum.cases import load_case
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_exemplar, variants
from curriculum.words.copied import copied
from graders import load_rubric
from graders.held import held, own_texts

NEIGHBOURS = (11, 20, 35)
"""Where another choice is right, an example says something else; among these worlds some are like one's own."""
LESSONS = [entry.slug for entry in load_catalog().lessons]


def artifacts(slug: str, variant: str, seed: int) -> dict[str, Any]:
    files = load_exemplar(load_case(slug, seed), variant)
    rubric = load_rubric(slug)
    return {kind: model.model_validate(files[kind]) for kind, model in rubric.artifacts.items() if kind in files}


@pytest.mark.slow
@pytest.mark.parametrize("slug", LESSONS)
def test_the_example_of_ones_own_world_or_of_a_neighbours_is_held_with_both_passages(slug: str) -> None:
    rubric, case = load_rubric(slug), load_case(slug, 3)
    for variant in variants(slug):
        kinds: dict[int, set[str]] = {}
        for seed in (3, *NEIGHBOURS):
            work = artifacts(slug, variant, seed)
            found = held(rubric, case, work)
            kinds[seed] = {one.artifact for one in found}
            assert all(
                one.mine and one.theirs and one.where == f"the example {variant.replace('_', ' ')}" for one in found
            )
            assert all("person" in one.sentence and one.mine in str(one) for one in found)
        told = {kind for kind, each in artifacts(slug, variant, 3).items() if own_texts(each)}
        assert kinds[3] == told
        assert set().union(*(kinds[seed] for seed in NEIGHBOURS)) == told


def test_one_text_that_is_the_same_does_not_hold_an_artifact() -> None:
    mine = {f"reason {n}": f"It is the {word} thing that people at the door ask for" for n, word in enumerate("abc")}
    mine |= {"one": "The row itself; without it there is no launch at all."}
    theirs = {"a": "The row itself; without it there is no launch at all.", "b": "Fits the days and answers in time."}
    assert copied(mine, theirs) is None
    assert copied({"one": mine["one"]}, theirs)


def test_other_numbers_and_small_changes_do_not_hide_a_copy() -> None:
    work = artifacts("recommendation_scoping", "orders_first", 3)["prd"]
    texts = own_texts(work)
    changed = {
        place: re.sub(r"\d+", "7", text).replace(" the ", " this ").upper() for place, text in texts.items()
    }  # fmt: skip
    assert copied(changed, texts)
