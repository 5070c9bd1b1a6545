"""What one learns at the six desks is what was said there, in the words in which the world holds it."""

from __future__ import annotations

from random import Random

from curriculum.authoring.habits import by_chance, played
from curriculum.cases import load_case
from curriculum.course.templates import render
from curriculum.roleplay import engine
from curriculum.roleplay.script import script_of

WORLD = 2
"""In this one Hamza's callers stand at Paloma's form, so that everything can be learned in every way."""
DAYS = 300


def test_whatever_is_learned_was_said() -> None:
    case = load_case("speak_the_language", WORLD)
    script = script_of(case)
    ways = set()
    for day in range(DAYS):
        state = played(script, case, by_chance(Random(day)))
        for turn in engine.turns(script, state.path):
            said = " ".join(render(line.text, case) for line in turn.lines)
            ways |= {(turn.choice.id, fact) for fact in turn.learned}
            assert not [fact for fact in turn.learned if case.facts[fact].label not in said], turn.choice.id
    assert {fact for _, fact in ways} == script.teaches
