"""How the right choices spread over worlds: at each place that is picked, how far the usual choice gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from curriculum.authoring.judging import judged
from curriculum.authoring.shapes import Group, Leaf, Path, Several, Shape, Sort, put, shape_of, value_at
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.fixtures import Files

PROBED = 3
"""Of so many entries at one place another choice is tried, to see whether points depend on it."""
ENTRY = "*"
IN = "in the list"


@dataclass(frozen=True)
class Chosen:
    """What an exemplar picks at one place."""

    entry: str
    """The place with the ids of the entries on the way: `prd.measures.row_ctr.owner`."""
    place: str
    """The place with `*` for entries: `prd.measures.*.owner`."""
    value: str
    """What is picked; IN where an id is picked into a list."""
    path: Path
    leaf: Leaf
    listed: bool = False


@dataclass(frozen=True)
class Spread:
    """How the right choice at one place spreads over worlds."""

    place: str
    entries: int
    """How many entries there are at this place; 1 where it is no list."""
    usual: float
    """The share of worlds in which the usual choice is right, on the mean over entries."""
    example: str
    """The entry whose usual choice is right most often."""
    choice: str
    """That choice."""


def spreads(subject: Subject, seeds: Sequence[int]) -> list[Spread]:
    """All places of a lesson on whose choice points depend, the least spread ones first."""
    worlds: list[dict[str, set[str]]] = []
    seen: dict[str, Chosen] = {}
    for seed in seeds:
        here: dict[str, set[str]] = {}
        for files in subject.fixtures(seed).exemplars.values():
            for chosen in choices(subject, files):
                here.setdefault(chosen.entry, set()).add(chosen.value)
                seen.setdefault(chosen.entry, chosen)
        worlds.append(here)
    by_place: dict[str, list[tuple[float, str, str]]] = {}
    for entry, chosen in seen.items():
        by_place.setdefault(chosen.place, []).append((*_usual(chosen, entry, worlds), entry))
    found = [_spread(place, shares) for place, shares in by_place.items() if matters(subject, seeds[0], place)]
    return sorted(found, key=lambda spread: (-spread.usual, spread.place))


def _usual(chosen: Chosen, entry: str, worlds: Sequence[Mapping[str, set[str]]]) -> tuple[float, str]:
    """In which share of worlds the usual choice is right, and which that is."""
    if chosen.listed:
        inside = sum(entry in world for world in worlds) / len(worlds)
        return max((inside, "picked"), (1 - inside, "left out"))
    there = [world[entry] for world in worlds if entry in world]
    choice, count = Counter(value for values in there for value in values).most_common(1)[0]
    return count / len(there), choice


def _spread(place: str, shares: Sequence[tuple[float, str, str]]) -> Spread:
    _, choice, example = max(shares)
    return Spread(place, len(shares), fmean(share for share, _, _ in shares), example, choice)


def choices(subject: Subject, files: Files) -> Iterator[Chosen]:
    """Everything that is picked in some answers: ids and choices, and the ids of which lists consist."""
    for kind, model in subject.rubric.artifacts.items():
        yield from _choices(shape_of(model), files.get(kind), kind, kind, ())


def _choices(shape: Shape, data: Any, entry: str, place: str, path: Path) -> Iterator[Chosen]:
    if isinstance(shape, Group) and isinstance(data, Mapping):
        for name, part in shape.parts.items():
            yield from _choices(part, data.get(name), f"{entry}.{name}", f"{place}.{name}", (*path, name))
    elif isinstance(shape, Several) and isinstance(data, list):
        key = key_of(shape.entry)
        for index, item in enumerate(data):
            named = item if key is None else item.get(key) if isinstance(item, Mapping) else None
            leaf = shape.entry.parts[key] if isinstance(shape.entry, Group) and key else shape.entry
            here, there = f"{entry}.{named if isinstance(named, str) else index + 1}", f"{place}.{ENTRY}"
            if isinstance(leaf, Leaf) and leaf.sort in (Sort.ID, Sort.CHOICE) and named:
                yield Chosen(here, there, IN, (*path, index), leaf, listed=True)
            if isinstance(shape.entry, Group) and isinstance(item, Mapping):
                rest = Group({name: part for name, part in shape.entry.parts.items() if name != key})
                yield from _choices(rest, item, here, there, (*path, index))
    elif isinstance(shape, Leaf) and shape.sort in (Sort.ID, Sort.CHOICE) and data:
        yield Chosen(entry, place, str(data), path, shape)


def key_of(shape: Shape) -> str | None:
    """The field by which entries of a list are told apart: the first that is picked."""
    if not isinstance(shape, Group):
        return None
    picked = (n for n, p in shape.parts.items() if isinstance(p, Leaf) and p.sort in (Sort.ID, Sort.CHOICE))
    return next(picked, None)


def matters(subject: Subject, seed: int, place: str) -> bool:
    """Whether another choice at a place costs points in one world."""
    case = subject.case(seed)
    for files in subject.fixtures(seed).exemplars.values():
        full = judged(subject, case, files).points
        probed = [chosen for chosen in choices(subject, files) if chosen.place == place][:PROBED]
        for chosen in probed:
            if any(judged(subject, case, other).points < full - 1e-9 for other in _others(chosen, files, case)):
                return True
    return False


def _others(chosen: Chosen, files: Files, case: Case) -> Iterator[Files]:
    """The same answers with another choice at one place: two others, or without the entry."""
    kind = chosen.place.partition(".")[0]
    if chosen.listed:
        *way, last = chosen.path
        items = value_at(files[kind], tuple(way))
        yield {**files, kind: put(files[kind], tuple(way), [x for i, x in enumerate(items) if i != last])}
        return
    known = [*case.registry.entries(chosen.leaf.kind)] if chosen.leaf.sort is Sort.ID else [*chosen.leaf.choices]
    rest = [value for value in known if value != chosen.value]
    for value in (rest[:1] + rest[-1:]) if rest else ():
        yield {**files, kind: put(files[kind], chosen.path, value)}
