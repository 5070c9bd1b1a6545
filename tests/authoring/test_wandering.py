"""Walks through a conversation show what an exhaustive search shows, and nothing beside."""

from __future__ import annotations

import pytest

from curriculum.authoring.exploration import Exploration, explore
from curriculum.authoring.soundness import Fault
from curriculum.authoring.subject import load_subject
from curriculum.authoring.wandering import not_met, wander
from curriculum.roleplay.script import Script


def script_of(slug: str) -> Script:
    subject = load_subject(slug)
    assert subject.script is not None
    return subject.script.in_world(subject.case(0)).without_read_back()


def choices_made(found: Exploration) -> set[str]:
    return {id for steps in found.steps for id, _ in steps}


@pytest.mark.parametrize("slug", ["welcome", pytest.param("recommendation_scoping", marks=pytest.mark.slow)])
def test_walks_meet_what_can_be_met_and_nothing_else(slug: str) -> None:
    script = script_of(slug)
    everything, met = explore(script), wander(script)
    assert choices_made(met) == choices_made(everything)
    assert {state.node for state in met.states} == {state.node for state in everything.states}


def test_what_is_never_met_is_not_refuted() -> None:
    script = script_of("welcome")
    made = next(iter(script.choices))
    played = Fault("never available", made, "This one is played.")
    never = Fault("never available", "a_choice_of_nobody", "This one is not.")
    assert not_met(wander(script), [played, never]) == {never.sentence}


def test_the_same_walks_every_time() -> None:
    script = script_of("welcome")
    assert wander(script, 20).states == wander(script, 20).states
