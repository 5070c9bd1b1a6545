"""What the ways to a state have brought, also what no longer matters there and states therefore do not tell apart."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from curriculum.authoring.exploration import Aside, Exploration
from curriculum.roleplay import engine
from curriculum.roleplay.script import MAX_TRUST
from curriculum.support.garbage import garbage_stays

Span = tuple[int, int]
"""The least and the most."""

T = TypeVar("T")


def trust_spans(found: Exploration) -> list[Mapping[str, Span]]:
    """For each state how much trust each person can have in it."""
    choices, world = found.script.choices, found.script.world

    def on(number: int, step: int, spans: Mapping[str, Span]) -> Mapping[str, Span]:
        by = choices[found.steps[number][step][0]].effect(found.states[number], world).trust
        return {who: _clamped(span, by.get(who, 0)) for who, span in spans.items()}

    def beside(aside: Aside, spans: Mapping[str, Span]) -> Mapping[str, Span]:
        return {who: _clamped(span, aside.trust if who == aside.said.person else 0) for who, span in spans.items()}

    def widest(one: Mapping[str, Span], other: Mapping[str, Span]) -> Mapping[str, Span]:
        return {who: _widest(span, other[who]) for who, span in one.items()}

    return _carried(found, {person: (now, now) for person, now in engine.begin(found.script).trust}, on, beside, widest)


def fact_spans(found: Exploration) -> list[Span]:
    """For each state how many facts one can know in it."""

    def on(number: int, step: int, span: Span) -> Span:
        new = len(found.heard[number][step])
        return span[0] + new, span[1] + new

    def beside(aside: Aside, span: Span) -> Span:
        return span[0] + len(aside.opened), span[1] + len(aside.opened)

    return _carried(found, (0, 0), on, beside, _widest)


def facts_told(found: Exploration) -> frozenset[str]:
    """Every fact that somebody tells on some way."""
    asked = frozenset(fact for told in found.heard for facts in told for fact in facts)
    return asked.union(*(aside.opened for asides in found.asides for aside in asides))


_Past = tuple[int, int, int]
"""What some ways to a state have done and heard, as bits: deeds, facts, and in one lane for each deed the facts that
ways with it bring. A deed's bit is the lowest of its lane, so that facts times deeds are these facts in their lanes."""


def heard_beside(found: Exploration, choices: Iterable[str]) -> dict[str, set[str]]:
    """For each action, and each of some choices, all facts that ways with it bring, before or after."""
    script = found.script
    names = sorted({*choices, *(action for choice in script.choices.values() for action in choice.acts)})
    facts = sorted(facts_told(found))
    lane = {name: 1 << place * len(facts) for place, name in enumerate(names)}
    bit = {fact: 1 << place for place, fact in enumerate(facts)}

    def on(number: int, step: int, past: _Past) -> _Past:
        id, told = found.steps[number][step][0], found.heard[number][step]
        choice = script.choices[id]
        now = lane.get(id, 0)
        for action in choice.effect(found.states[number], script.world).does if choice.acts else ():
            now |= lane[action]
        return past if not now and not told else after(past, now, sum(bit[fact] for fact in told))

    def opened(aside: Aside, past: _Past) -> _Past:
        return after(past, 0, sum(bit[fact] for fact in aside.opened))

    def after(past: _Past, now: int, new: int) -> _Past:
        done, heard, beside = past
        return done | now, heard | new, beside | new * (done | now) | heard * now

    def together(one: _Past, other: _Past) -> _Past:
        return one[0] | other[0], one[1] | other[1], one[2] | other[2]

    ever = 0
    for _, _, beside in _carried(found, (0, 0, 0), on, opened, together):
        ever |= beside
    return {name: {fact for fact in facts if ever & lane[name] * bit[fact]} for name in names}


@garbage_stays()
def _carried(
    found: Exploration,
    start: T,
    on: Callable[[int, int, T], T],
    aside: Callable[[Aside, T], T],
    together: Callable[[T, T], T],
) -> list[T]:
    """Hands something on along all steps, and what is said back between them, until nothing changes, and says for each
    state what arrived there."""
    arrived: dict[int, T] = {0: start}
    queue, waits = deque([0]), bytearray(len(found.states))
    while queue:
        number = queue.popleft()
        waits[number] = 0
        onward = [(after, on(number, step, arrived[number])) for step, (_, after) in enumerate(found.steps[number])]
        onward += [(one.after, aside(one, arrived[number])) for one in found.asides[number]]
        for after, new in onward:
            known = arrived.get(after)
            joined = new if known is None else together(known, new)
            if joined != known:
                arrived[after] = joined
                if not waits[after]:
                    waits[after] = 1
                    queue.append(after)
    return [arrived[number] for number in range(len(found.states))]


def _widest(one: Span, other: Span) -> Span:
    return min(one[0], other[0]), max(one[1], other[1])


def _clamped(span: Span, by: int) -> Span:
    low, high = (max(0, min(MAX_TRUST, now + by)) for now in span)
    return low, high
