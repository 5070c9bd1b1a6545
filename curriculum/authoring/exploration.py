"""Every state that a conversation can get into, found by the engine itself."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from curriculum.roleplay import engine
from curriculum.roleplay.engine import State
from curriculum.roleplay.script import Script

CAP = 200_000
"""How many states are looked at before the search gives up."""

AMPLE = 10**6
"""Minutes that never run out."""


class TooManyStates(Exception):
    """A script has more states than are searched; the message says what makes it smaller."""


@dataclass
class Exploration:
    """The graph of all states. States are numbered in the order of the fewest turns from the start."""

    script: Script
    states: list[State] = field(default_factory=list)
    steps: list[list[tuple[str, int]]] = field(default_factory=list)
    """For each state the choices that can be made there, and the numbers of the states that follow."""
    came_by: list[tuple[int, str] | None] = field(default_factory=list)
    """For each state the state and the choice by which it is reached in the fewest turns; None for the start."""
    thrown_out: dict[int, State] = field(default_factory=dict)
    """States that ended because nothing could be chosen, by number: the state before the engine moved on."""

    def path(self, number: int) -> list[str]:
        """The shortest list of choices that leads to a state."""
        ids: list[str] = []
        while (step := self.came_by[number]) is not None:
            number, id = step
            ids.append(id)
        return ids[::-1]

    def at(self, node: str) -> Iterator[int]:
        """The numbers of the states at a node."""
        return (number for number, state in enumerate(self.states) if state.node == node)

    def ends(self, number: int) -> bool:
        return engine.ending(self.script, self.states[number]) is not None

    def can_reach(self, targets: Iterable[int]) -> bytearray:
        """For each state 1 where one of the targets can be reached from it, else 0."""
        before: list[list[int]] = [[] for _ in self.states]
        for number, steps in enumerate(self.steps):
            for _, after in steps:
                before[after].append(number)
        reached = bytearray(len(self.states))
        queue = deque(targets)
        for number in queue:
            reached[number] = 1
        while queue:
            for number in before[queue.popleft()]:
                if not reached[number]:
                    reached[number] = 1
                    queue.append(number)
        return reached

    def most_turns(self) -> list[int | None]:
        """For each state the most turns after which it can be reached; None where turns can go round for ever."""
        waits = [0] * len(self.states)
        for steps in self.steps:
            for _, after in steps:
                waits[after] += 1
        most: list[int | None] = [None] * len(self.states)
        most[0] = 0
        ready = [0] if not waits[0] else []
        while ready:
            number = ready.pop()
            for _, after in self.steps[number]:
                most[after] = max(most[after] or 0, (most[number] or 0) + 1)
                waits[after] -= 1
                if not waits[after]:
                    ready.append(after)
        return [turns if not waits[number] else None for number, turns in enumerate(most)]


class Projection:
    """Drops from a state what cannot change what comes after, so that equal situations are one state."""

    def __init__(self, script: Script):
        import networkx

        graph = networkx.DiGraph()
        graph.add_nodes_from(script.nodes)
        graph.add_edges_from((node, choice.to) for node, item in script.nodes.items() for choice in item.choices)
        again = {
            node
            for group in networkx.strongly_connected_components(graph)
            for node in group
            if len(group) > 1 or graph.has_edge(node, node)
        }
        asked = {name for choice in script.choices.values() for name in choice.condition.names}
        once = {choice.id for node in again for choice in script.nodes[node].choices if not choice.repeat}
        self._taken = once | {id for word, id in asked if word == "visited"}
        self._done = {id for word, id in asked if word == "did"}

    def __call__(self, state: State) -> State:
        return State(
            node=state.node,
            minutes=state.minutes,
            trust=state.trust,
            facts=state.facts,
            taken=tuple(sorted(self._taken.intersection(state.taken))),
            done=tuple((action, 0) for action in sorted({name for name, _ in state.done} & self._done)),
        )


def explore(script: Script, cap: int = CAP) -> Exploration:
    """All states from the start; raises TooManyStates beyond `cap`."""
    project = Projection(script)
    found = Exploration(script)
    numbers: dict[State, int] = {}

    def number_of(state: State, came_by: tuple[int, str] | None) -> int:
        number = numbers.get(state)
        if number is None:
            number = numbers[state] = len(found.states)
            if number >= cap:
                raise TooManyStates(
                    f"the conversation has more than {cap:,} states, too many to search; fewer choices that can be "
                    f"made in any order, a shorter time, or fewer changes of trust make it smaller"
                )
            found.states.append(state)
            found.steps.append([])
            found.came_by.append(came_by)
        return number

    number_of(project(engine.begin(script)), None)
    for number, state in _growing(found.states):
        if engine.ending(script, state) is not None:
            continue
        for choice in engine.available(script, state):
            after = project(engine.follow(script, state, choice))
            new = after not in numbers
            following = number_of(after, (number, choice.id))
            found.steps[number].append((choice.id, following))
            if new and after.node == script.out_of_time != choice.to:
                found.thrown_out[following] = replace(after, node=choice.to)
    return found


def _growing(states: list[State]) -> Iterator[tuple[int, State]]:
    number = 0
    while number < len(states):
        yield number, states[number]
        number += 1


def fewest_minutes(
    script: Script, start: State, nodes: Collection[str], *, enough: int = 1, cap: int = CAP
) -> dict[str, int]:
    """The fewest minutes in which nodes are reached from a state if time were no matter, for the first `enough`.

    A node that is missing in the answer cannot be reached however long the conversation may be.
    """
    project = Projection(script)
    best: dict[str, int] = {}
    seen: set[State] = set()
    queue: list[tuple[int, int, State]] = [(0, 0, replace(project(start), minutes=AMPLE))]
    count = 0
    while queue and len(best) < enough and len(seen) < cap:
        spent, _, state = heapq.heappop(queue)
        if state in seen:
            continue
        seen.add(state)
        if state.node in nodes:
            best.setdefault(state.node, spent)
        if engine.ending(script, state) is not None:
            continue
        for choice in engine.available(script, state):
            after = replace(project(engine.follow(script, state, choice)), minutes=AMPLE)
            if after not in seen:
                count += 1
                heapq.heappush(queue, (spent + choice.minutes, count, after))
    return best
