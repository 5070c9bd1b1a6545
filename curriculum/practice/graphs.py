"""Arrows between things: circles in them, and what leads where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

Arrow = tuple[str, str]


def circle(arrows: Collection[Arrow]) -> tuple[str, ...]:
    """The things of one circle, in order; empty where arrows never come back to where they began."""
    after = _after(arrows)
    done: set[str] = set()
    for start in after:
        path: list[str] = []
        if found := _walk(start, after, path, done):
            return found
    return ()


def _walk(thing: str, after: Mapping[str, list[str]], path: list[str], done: set[str]) -> tuple[str, ...]:
    if thing in path:
        return tuple(path[path.index(thing) :])
    if thing in done:
        return ()
    path.append(thing)
    for following in after.get(thing, ()):
        if found := _walk(following, after, path, done):
            return found
    done.add(path.pop())
    return ()


def leading_to(end: str, arrows: Iterable[Arrow]) -> frozenset[str]:
    """Everything from which arrows lead to one thing, itself included."""
    pairs, found = list(arrows), {end}
    while more := {cause for cause, effect in pairs if effect in found and cause not in found}:
        found |= more
    return frozenset(found)


def _after(arrows: Collection[Arrow]) -> dict[str, list[str]]:
    after: dict[str, list[str]] = {}
    for cause, effect in arrows:
        after.setdefault(cause, []).append(effect)
        after.setdefault(effect, [])
    return after
