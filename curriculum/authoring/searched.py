"""Conversations searched once for all proofs, in each of the ways in which worlds make them differ."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from curriculum.authoring.exploration import Exploration, explore
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.roleplay.script import Script

MOST_WAYS = 3
"""In how many ways a conversation is searched where worlds make it differ."""

MANY_WORLDS = 5
"""Whoever asks about fewer worlds than these gets the most frequent way alone, since each takes seconds."""

W = TypeVar("W")
_Key = tuple[str, frozenset[tuple[str, int]], str]
_SEARCHED: OrderedDict[_Key, Exploration] = OrderedDict()


@dataclass(frozen=True)
class Way:
    """A script as some worlds make it."""

    script: Script
    cases: tuple[Case, ...]
    """The worlds that make it so."""

    @property
    def found(self) -> Exploration:
        """Every state; raises TooManyStates."""
        return searched(self.script)


def searched(script: Script) -> Exploration:
    """Every state of a script in its world, kept for the next proof; raises TooManyStates."""
    key = script.model_dump_json(), frozenset(script.world.items()), repr(script.read_back)
    if key not in _SEARCHED:
        _SEARCHED[key] = explore(script)
        while len(_SEARCHED) > MOST_WAYS:
            _SEARCHED.popitem(last=False)
    _SEARCHED.move_to_end(key)
    return _SEARCHED[key]


def ways(subject: Subject, seeds: Sequence[int], most: int | None = None) -> list[Way]:
    """The ways in which the worlds make a lesson's conversation, `most` of them or as many as `most_ways` says; none
    without a script.

    The most frequent comes first, then those that show most of what no way before them shows.
    """
    most = most_ways(seeds) if most is None else most
    groups = _groups(subject, seeds)
    found: list[Way] = []
    shown: set[tuple[str, int]] = set()
    while groups and len(found) < most:
        key = max(groups, key=lambda key: (len(key - shown) if found else 0, len(groups[key].cases)))
        shown |= key
        found.append(groups.pop(key))
    return found


def most_ways(seeds: Sequence[int]) -> int:
    """In how many ways a conversation is searched for whoever asks about these worlds."""
    return MOST_WAYS if len(seeds) >= MANY_WORLDS else 1


def further_ways(subject: Subject, seeds: Sequence[int], most: int | None = None) -> list[Way]:
    """The ways that `ways` leaves out, in which nothing is said back to anybody: quickly searched, and what is met in
    them is met in the conversation as it is."""
    left_out = dict(_groups(subject, seeds))
    for way in ways(subject, seeds, most):
        del left_out[frozenset(way.script.world.items())]
    return [Way(way.script.without_read_back(), way.cases) for way in left_out.values()]


def _groups(subject: Subject, seeds: Sequence[int]) -> dict[frozenset[tuple[str, int]], Way]:
    """The worlds that make the same of a conversation, by what the conversation asks of them."""
    groups: dict[frozenset[tuple[str, int]], Way] = {}
    if subject.script is None:
        return groups
    for seed in seeds:
        case = subject.case(seed)
        script = subject.script.in_world(case)
        key = frozenset(script.world.items())
        known = groups.get(key)
        groups[key] = Way(known.script, (*known.cases, case)) if known else Way(script, (case,))
    return groups


def spread(worlds: Sequence[W], most: int) -> list[W]:
    """At most so many of the worlds, evenly spread."""
    step = max(1, -(-len(worlds) // most))
    return [*worlds[::step]]


def at_least(seeds: Sequence[int], fewest: int) -> Sequence[int]:
    """The worlds, or the first ones where there are too few to say anything of their differences."""
    return seeds if len(seeds) >= fewest else range(fewest)
