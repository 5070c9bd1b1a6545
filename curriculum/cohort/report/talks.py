"""What learners chose in a role-play, where it led them, and what they heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from curriculum.cases import Case
from curriculum.roleplay.engine import NotAvailable, State, begin, ending, step
from curriculum.roleplay.script import Choice, Script
from curriculum.roleplay.transcript import step_of

FEWEST = 10
"""With fewer learners, no average is given."""


@dataclass(frozen=True)
class Chosen:
    """One choice of the conversation."""

    choice: Choice
    moment: str
    """The node at which it is offered."""
    learners: int
    """Who took it."""
    of: int
    """Who came to the moment at which it is offered."""
    points_share: float | None
    """The average share of the lesson's points of those who took it, 0 to 1; None for few."""


@dataclass(frozen=True)
class Talk:
    """One role-play in one course."""

    script: Script
    learners: int
    """Who has begun it."""
    choices: tuple[Chosen, ...]
    """In the order of the script; moments that nobody reached are left out."""
    endings: tuple[tuple[str, int], ...]
    """(Title, learners), the most frequent first."""
    unfinished: int
    facts: tuple[tuple[str, int], ...]
    """(Id of a fact, learners who heard it), those that the fewest heard first."""


@dataclass(frozen=True)
class _Path:
    moments: frozenset[str]
    taken: frozenset[str]
    state: State


def talk(script: Script, learners: Iterable[tuple[tuple[str, ...], float | None, Case | None]]) -> Talk:
    """Sum up a role-play; each learner is (ids of the choices, share of the lesson's points or None, their world).

    The world may be None where no condition of the script asks about it.
    """
    paths: dict[tuple[tuple[str, ...], frozenset[tuple[str, int]]], _Path] = {}
    reached: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    endings: Counter[str] = Counter()
    shares: dict[str, list[float]] = {}
    number = unfinished = 0
    for ids, share, case in learners:
        if not ids:
            continue
        number += 1
        theirs = script.in_world(case) if case else script
        key = ids, frozenset(theirs.world.items())
        path = paths.get(key) or paths.setdefault(key, _path(theirs, ids))
        reached.update(path.moments)
        taken.update(path.taken)
        heard.update(path.state.facts)
        if share is not None:
            for id in path.taken:
                shares.setdefault(id, []).append(share)
        if (end := ending(script, path.state)) is not None:
            endings[end.title] += 1
        else:
            unfinished += 1
    facts = sorted(script.teaches, key=lambda fact: (heard[fact], fact))
    return Talk(
        script,
        number,
        tuple(
            Chosen(choice, name, taken[choice.id], reached[name], _mean(shares.get(choice.id, [])))
            for name, node in script.nodes.items()
            if reached[name]
            for choice in node.choices
        ),
        tuple(endings.most_common()),
        unfinished,
        tuple((fact, heard[fact]) for fact in facts),
    )


def _path(script: Script, ids: tuple[str, ...]) -> _Path:
    """Where the choices lead; stops before the first that cannot be made, as grading does."""
    state = begin(script)
    moments = {state.node}
    for id in ids:
        try:
            state = step(script, state, step_of(id))
        except NotAvailable:
            break
        moments.add(state.node)
    return _Path(frozenset(moments), frozenset(state.taken), state)


def _mean(shares: list[float]) -> float | None:
    return fmean(shares) if len(shares) >= FEWEST else None
