"""The pure engine of conversations: a frozen state, and begin, available, choose, replay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from curriculum.roleplay.script import MAX_TRUST, Choice, Ending, Script

START_TRUST = 2


class NotAvailable(Exception):
    """A choice cannot be made in a state."""


@dataclass(frozen=True)
class State:
    """Where a conversation stands. Everything in it follows from the script and the ids in `taken`."""

    node: str
    minutes: int
    """Minutes that are left."""
    trust: tuple[tuple[str, int], ...]
    """Each person's trust, 0 to 5, in the order of the cast."""
    facts: frozenset[str] = frozenset()
    """Facts that somebody told the learner."""
    taken: tuple[str, ...] = ()
    """Ids of the choices made, in order."""
    done: tuple[tuple[str, int], ...] = ()
    """Actions taken, each with the minute at which it was finished, counted from the start."""

    def trust_of(self, person: str) -> int:
        """A person's trust; raises KeyError for somebody who is not in the cast."""
        return dict(self.trust)[person]

    def knows(self, fact: str) -> bool:
        return fact in self.facts

    def visited(self, choice: str) -> bool:
        return choice in self.taken

    def did(self, action: str) -> bool:
        return any(name == action for name, _ in self.done)

    def minute_of(self, action: str) -> int | None:
        """When an action was first finished, in minutes from the start; None if it never was."""
        return next((minute for name, minute in self.done if name == action), None)


@dataclass(frozen=True)
class Replay:
    """The state to which a list of choices leads, and a sentence about what could not be followed."""

    state: State
    note: str = ""


def begin(script: Script) -> State:
    """The state before anything was said."""
    trust = tuple((person, script.trust.get(person, START_TRUST)) for person in script.cast)
    return State(script.start, script.minutes, trust)


def ending(script: Script, state: State) -> Ending | None:
    """How the conversation ended, or None while it goes on."""
    return script.nodes[state.node].ending


def available(script: Script, state: State) -> tuple[Choice, ...]:
    """What the learner can choose now: conditions hold, time suffices, not used up."""
    return tuple(
        choice
        for choice in script.nodes[state.node].choices
        if choice.minutes <= state.minutes
        and (choice.repeat or choice.id not in state.taken)
        and choice.condition(state)
    )


def choose(script: Script, state: State, id: str) -> State:
    """The state after a choice; raises NotAvailable where it cannot be made."""
    choice = next((choice for choice in available(script, state) if choice.id == id), None)
    if choice is None:
        raise NotAvailable(id)
    return settle(script, follow(script, state, choice))


def follow(script: Script, state: State, choice: Choice) -> State:
    """What one of the choices that are `available` changes."""
    minutes = state.minutes - choice.minutes
    return replace(
        state,
        node=choice.to,
        minutes=minutes,
        trust=tuple(
            (person, max(0, min(MAX_TRUST, trust + choice.trust.get(person, 0)))) for person, trust in state.trust
        ),
        facts=state.facts | set(choice.learn),
        taken=(*state.taken, choice.id),
        done=state.done + tuple((action, script.minutes - minutes) for action in choice.does),
    )


def settle(script: Script, state: State) -> State:
    """The state itself, or out of time where nothing can be chosen any more."""
    if ending(script, state) is None and not available(script, state):
        return replace(state, node=script.out_of_time)
    return state


def replay(script: Script, ids: Iterable[str]) -> Replay:
    """Follow choices from the start; stops before the first that cannot be made, and says so."""
    state = begin(script)
    for position, id in enumerate(ids, start=1):
        try:
            state = choose(script, state, id)
        except NotAvailable:
            shown = id if len(id) <= 60 else f"{id[:57]}…"
            return Replay(
                state,
                f"{script.id}.yaml: found {shown!r} as choice {position}, which cannot be made there; "
                f"expected one that the conversation offers. Only the choices before it count.",
            )
    return Replay(state)
