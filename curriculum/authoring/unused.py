"""Parts of a conversation that nobody ever meets: outcomes that never decide, remarks and lines never said."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.authoring.exploration import Exploration
from curriculum.roleplay.script import Line


def unused(found: Exploration) -> Iterator[tuple[str, str]]:
    """The choice, node or remark that has such a part, and a sentence on it."""
    yield from _outcomes(found)
    yield from _remarks(found)
    yield from _lines(found)


def _outcomes(found: Exploration) -> Iterator[tuple[str, str]]:
    script = found.script
    decided: dict[str, set[int]] = {choice.id: set() for choice in script.choices.values() if choice.outcomes}
    for number, steps in enumerate(found.steps):
        for id, _ in steps:
            if id in decided and len(decided[id]) < len(script.choices[id].effects):
                choice = script.choices[id]
                effect = choice.effect(found.states[number], script.world)
                decided[id].add(next(place for place, one in enumerate(choice.effects) if one is effect))
    for id, places in decided.items():
        for place, outcome in enumerate(script.choices[id].outcomes):
            if places and place not in places:
                yield id, f"The outcome of {id} when {outcome.when} never comes about."
        if places and len(script.choices[id].outcomes) not in places:
            yield id, f"One of the outcomes of {id} always comes about, so what the choice itself says never does."


def _remarks(found: Exploration) -> Iterator[tuple[str, str]]:
    told = {id for state in found.states for id in state.brought}
    for remark in found.script.brings_up:
        if remark.id not in told:
            yield remark.id, f"Nobody ever brings up {remark.id}: {remark.when!r} never holds where it could be told."


def _lines(found: Exploration) -> Iterator[tuple[str, str]]:
    open_ones: dict[str, list[Line]] = {
        name: lines for name, node in found.script.nodes.items() if (lines := [line for line in node.says if line.when])
    }
    seen: set[str] = set()
    for state in (*found.states, *found.thrown_out.values()):
        seen.add(state.node)
        if state.node in open_ones:
            lines = open_ones[state.node]
            open_ones[state.node] = [line for line in lines if not line.condition(state, found.script.world)]
    for name, lines in open_ones.items():
        for line in lines if name in seen else ():
            yield name, f"At {name}, a line of {line.who} is never said: {line.when!r} never holds there."
