"""What random walks through a conversation meet: evidence that a part of it is played, never that it is not."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

from curriculum.authoring.exploration import Exploration
from curriculum.authoring.soundness import Fault
from curriculum.authoring.unused import unused
from curriculum.roleplay import engine
from curriculum.roleplay.engine import State
from curriculum.roleplay.script import Script

WALKS = 300
BOLD = 0.7
"""How often a walk takes what was chosen least so far; else anything."""


def wander(script: Script, walks: int = WALKS) -> Exploration:
    """The states that random walks come through, each with all that can be chosen there; the same walks every time.

    Nothing is said back to anybody. States at which a step ends may have no steps of their own.
    """
    chance, found = random.Random(script.id), Exploration(script)
    numbers: dict[State, int] = {}
    made: Counter[str] = Counter()

    def number_of(state: State) -> int:
        if state not in numbers:
            numbers[state] = len(found.states)
            found.states.append(state)
            found.steps.append([])
        return numbers[state]

    for _ in range(walks):
        here = number_of(engine.begin(script))
        while engine.ending(script, found.states[here]) is None:
            state = found.states[here]
            if not found.steps[here]:
                for choice in engine.available(script, state):
                    before = engine.follow(script, state, choice)
                    following = number_of(engine.settle(script, before))
                    found.steps[here].append((choice.id, following))
                    if found.states[following] is not before:
                        found.thrown_out.setdefault(following, before)
            steps = found.steps[here]
            if chance.random() < BOLD:
                least = min(made[id] for id, _ in steps)
                steps = [(id, after) for id, after in steps if made[id] == least]
            id, here = chance.choice(steps)
            made[id] += 1
    return found


def not_met(found: Exploration, faults: Iterable[Fault]) -> set[str]:
    """The sentences of those faults (a part of a conversation that is never met) which `found` does not refute."""
    never = {sentence for _, sentence in unused(found)}
    met = {state.node for state in found.states} | {id for state in found.states for id in state.brought}
    met |= {id for steps in found.steps for id, _ in steps}
    return {fault.sentence for fault in faults if fault.place not in met or fault.sentence in never}
