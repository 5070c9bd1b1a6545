"""Players who do not do the work: each makes answers for one world without knowing what is right there."""

from __future__ import annotations

import datetime as dt
import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import numpy as np

from curriculum.authoring.habits import HABITS, Pick, by_chance, played
from curriculum.authoring.shapes import (
    Group,
    Leaf,
    Path,
    Several,
    Shape,
    Sort,
    leaves,
    mapped,
    shape_of,
    spelled,
    value_at,
)
from curriculum.authoring.shapes import with_lists as lists_changed
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.fixtures import Files
from curriculum.support.dates import day_month, full_day

CONSTANT = 10.0
"""What somebody writes who has not computed anything."""

ROUND_NUMBERS = (0.5, 1, 2, 3, 5, 10, 20, 30, 50, 100, 200)

PROSE = (
    "People who work with this every day told us where it hurts.",
    "We compared two ways and took the one that is easier to undo.",
    "Whoever depends on it hears from us before anything changes.",
    "If the first week shows harm, we go back and say so.",
    "The screen says what is known and what is not.",
    "Another team needs the same list by the end of the month.",
    "The old way stays in place until the new one has proved itself.",
    "A short meeting decides what is still open.",
)
"""Sentences that fit everywhere and say little."""

MASH = "asdf"
"""A word of somebody who only fills a field."""

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")


@dataclass(frozen=True)
class Table:
    """One learner's seat: the world, the exemplar of which only the form is copied, and a neighbour's answers."""

    subject: Subject
    seed: int
    variant: str
    neighbour: int
    """The seed of another learner's world."""
    usual: Mapping[tuple[str, str, Path], tuple[float, ...]]
    """Numbers of the exemplars in other worlds, by variant, artifact and place."""
    draw: int = 0
    """Which of several draws this is, for players that pick at random."""

    @cached_property
    def case(self) -> Case:
        return self.subject.case(self.seed)

    @cached_property
    def right(self) -> Files:
        return self.subject.fixtures(self.seed).exemplars[self.variant]

    @cached_property
    def theirs(self) -> Files:
        return self.subject.fixtures(self.neighbour).exemplars[self.variant]

    def shape(self, kind: str) -> Group:
        return shape_of(self.subject.rubric.artifacts[kind])

    def random(self, player: str) -> Random:
        return Random(f"{player}/{self.subject.slug}/{self.seed}/{self.variant}/{self.draw}")

    def rewritten(self, files: Files, change: Callable[[str, Group, Any], Any]) -> Files:
        """Files with every artifact changed and everything else kept."""
        kinds = self.subject.rubric.artifacts
        return {name: change(name, self.shape(name), data) if name in kinds else data for name, data in files.items()}

    def without_talk(self, files: Files) -> Files:
        return {name: data for name, data in files.items() if name in self.subject.rubric.artifacts}


Player = Callable[[Table], Files]


def numbers_of(subject: Subject, seeds: Sequence[int]) -> dict[tuple[str, str, Path], tuple[float, ...]]:
    """Every number of the exemplars over some worlds, by variant, artifact and place."""
    found: dict[tuple[str, str, Path], list[float]] = {}
    for seed in seeds:
        for variant, files in subject.fixtures(seed).exemplars.items():
            for kind, model in subject.rubric.artifacts.items():
                for path, leaf, value in leaves(shape_of(model), files.get(kind)):
                    if leaf.sort is Sort.NUMBER:
                        found.setdefault((variant, kind, path), []).append(float(value))
    return {key: tuple(values) for key, values in found.items()}


# Guessing everything


def random_ids(table: Table) -> Files:
    """Everything that can be picked is picked at random; numbers, days, words and the talk are made up."""
    random = table.random("random_ids")
    made_up = _made_up(table, random)
    files = table.rewritten(table.right, lambda kind, shape, data: mapped(shape, data, made_up))
    return {**files, **_random_talk(table, random)}


def everything(table: Table) -> Files:
    """Every list holds everything that can be picked for it; the rest is made up."""
    random = table.random("everything")
    made_up = _made_up(table, random)

    def change(kind: str, shape: Group, data: Any) -> Any:
        return _enumerated(shape, mapped(shape, data, made_up), table.case)

    return {**table.rewritten(table.right, change), **_random_talk(table, random)}


def longest_choice(table: Table) -> Files:
    """Of everything that can be picked or said it is what is told in most words; numbers and days are made up."""
    made_up = _made_up(table, table.random("longest_choice"))

    def value(path: Path, leaf: Leaf, old: Any) -> Any:
        match leaf.sort:
            case Sort.ID:
                entries = table.case.registry.entries(leaf.kind)
                return max(entries, key=lambda id: len(entries[id].label), default=old)
            case Sort.CHOICE:
                return max(leaf.choices, key=lambda choice: len(leaf.labels.get(str(choice), str(choice))))
        return made_up(path, leaf, old)

    files = table.rewritten(table.right, lambda kind, shape, data: mapped(shape, data, value))
    return {**files, **_talk(table, HABITS["longest"])}


def _made_up(table: Table, random: Random) -> Callable[[Path, Leaf, Any], Any]:
    days, numbers = _days(table.case), _numbers(table.case)

    def value(path: Path, leaf: Leaf, old: Any) -> Any:
        match leaf.sort:
            case Sort.ID:
                return random.choice(tuple(table.case.registry.entries(leaf.kind)) or (old,))
            case Sort.CHOICE:
                return random.choice(leaf.choices)
            case Sort.FLAG:
                return random.random() < 0.5
            case Sort.NUMBER:
                number = random.choice(ROUND_NUMBERS if random.random() < 0.5 or not numbers else numbers)
                return within(leaf, number)
            case Sort.DAY:
                return random.choice(days).isoformat()
            case Sort.MOMENT:
                return f"{random.choice(days).isoformat()}T{random.randrange(24):02d}:00"
            case Sort.TIME:
                return f"{random.randrange(24):02d}:00"
            case Sort.TEXT:
                return _prose(random, len(str(old).split()), leaf.longest)

    return value


def within(leaf: Leaf, number: float) -> float | int:
    """A number that the field takes."""
    fitting = min(max(number, leaf.low), leaf.high)
    return round(fitting) if leaf.whole else fitting


def _prose(random: Random, words: int, longest: int) -> str:
    sentences = random.sample(PROSE, len(PROSE))
    text: list[str] = []
    while not text or len(" ".join(text).split()) < words:
        text.append(sentences[len(text) % len(sentences)])
    return " ".join(" ".join(text).split()[: max(words, 3)])[:longest]


def _days(case: Case) -> list[dt.date]:
    """The days of the weeks around the last one in the tables: those on which a plan would happen."""
    last = [
        values.max().astype("datetime64[D]").astype(object)
        for columns in case.columns.values()
        for values in columns.values()
        if np.issubdtype(values.dtype, np.datetime64) and len(values) and not np.isnat(values).any()
    ]
    start = max(last, default=dt.date(2026, 4, 1)) - dt.timedelta(days=7)
    return [start + dt.timedelta(days=number) for number in range(60)]


def _numbers(case: Case) -> tuple[float, ...]:
    """A few numbers of each table."""
    return tuple(
        float(value)
        for columns in case.columns.values()
        for values in columns.values()
        if values.dtype.kind in "if"
        for value in values[:3]
        if np.isfinite(value)
    )


def _random_talk(table: Table, random: Random) -> Files:
    return _talk(table, by_chance(random))


def _talk(table: Table, pick: Pick) -> Files:
    """The talk of somebody who always chooses in one way; nothing where there is nobody to talk to."""
    if table.subject.script is None or table.subject.script.id not in table.right:
        return {}
    script = table.subject.script.in_world(table.case)
    state = played(script, table.case, pick)
    return {script.id: {"conversation": script.id, "attempts": [list(state.taken)]}}


def _enumerated(shape: Shape, data: Any, case: Case) -> Any:
    def options(leaf: Shape) -> list[Any]:
        if not isinstance(leaf, Leaf) or leaf.sort not in (Sort.ID, Sort.CHOICE):
            return []
        return [*case.registry.entries(leaf.kind)] if leaf.sort is Sort.ID else [*leaf.choices]

    def fill(several: Several, items: list[Any]) -> list[Any]:
        if isinstance(several.entry, Leaf):
            return options(several.entry)[: several.most] or items
        if not isinstance(several.entry, Group) or not items:
            return items
        written = [name for name in several.entry.parts if any(name in item for item in items)]
        key = next((name for name in written if len(options(several.entry.parts[name])) > 1), None)
        if key is None:
            return items
        every = options(several.entry.parts[key])[: several.most]
        return [{**items[index % len(items)], key: value} for index, value in enumerate(every)]

    return lists_changed(shape, data, fill)


# Another learner's answers


def neighbour(table: Table) -> Files:
    """The right answer of another world, as it stands."""
    return dict(table.theirs)


def neighbour_with_own_days(table: Table) -> Files:
    """The right answer of another world with the days of one's own."""

    def change(kind: str, shape: Group, data: Any) -> Any:
        mine, swaps = table.right.get(kind), dict[str, str]()
        shift = _first_day(shape, mine) - _first_day(shape, data)

        def own_day(path: Path, leaf: Leaf, old: Any) -> Any:
            if leaf.sort not in (Sort.DAY, Sort.MOMENT):
                return old
            new = str(value_at(mine, path) or _shifted(str(old), shift))
            before, after = dt.date.fromisoformat(str(old)[:10]), dt.date.fromisoformat(new[:10])
            swaps.update({str(before): str(after), full_day(before): full_day(after)})
            swaps.setdefault(day_month(before), day_month(after))
            return new

        return _reworded(shape, mapped(shape, data, own_day), swaps)

    return table.rewritten(table.theirs, change)


def _first_day(shape: Shape, data: Any) -> dt.date:
    days = [str(value)[:10] for _, leaf, value in leaves(shape, data) if leaf.sort in (Sort.DAY, Sort.MOMENT)]
    return dt.date.fromisoformat(min(days)) if days else dt.date(2026, 1, 1)


def _shifted(day: str, shift: dt.timedelta) -> str:
    return f"{dt.date.fromisoformat(day[:10]) + shift}{day[10:]}"


def _reworded(shape: Shape, data: Any, swaps: Mapping[str, str]) -> Any:
    """Every text with some words exchanged, all at once."""
    if not swaps:
        return data
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(old)}(?!\w)" for old in sorted(swaps, key=len, reverse=True)))

    def change(path: Path, leaf: Leaf, old: Any) -> Any:
        return pattern.sub(lambda hit: swaps[hit.group()], str(old)) if leaf.sort is Sort.TEXT else old

    return mapped(shape, data, change)


# Right but for the work


def one_constant(table: Table) -> Files:
    """Every number that has to be computed is ten."""
    return _renumbered(table, lambda kind, path, leaf, others: CONSTANT)


def usual_numbers(table: Table) -> Files:
    """Every number that has to be computed is what it usually is in other worlds."""
    return _renumbered(table, lambda kind, path, leaf, others: statistics.median(others))


def equal_shares(table: Table) -> Files:
    """Numbers that add up to the same in every world are equal shares of it; the others are as usual."""

    def number(kind: str, path: Path, leaf: Leaf, others: tuple[float, ...]) -> float:
        siblings = {
            key: values
            for key, values in table.usual.items()
            if key[:2] == (table.variant, kind) and _family(key[2]) == _family(path)
        }
        if len(siblings) > 1 and len({len(values) for values in siblings.values()}) == 1:
            sums = [sum(values) for values in zip(*siblings.values(), strict=True)]
            if max(sums) - min(sums) <= 0.01 * abs(max(sums)):
                return statistics.median(sums) / len(siblings)
        return statistics.median(others)

    return _renumbered(table, number)


def _family(path: Path) -> Path:
    return tuple("*" if isinstance(step, int) else step for step in path)


def _renumbered(table: Table, constant: Callable[[str, Path, Leaf, tuple[float, ...]], float]) -> Files:
    def change(kind: str, shape: Group, data: Any) -> Any:
        swaps: dict[float, float] = {}

        def number(path: Path, leaf: Leaf, old: Any) -> Any:
            if leaf.sort is not Sort.NUMBER:
                return old
            over_worlds = table.usual.get((table.variant, kind, path), ())
            if len({*over_worlds, float(old)}) < 2:
                return old
            new = within(leaf, constant(kind, path, leaf, _without_one(over_worlds, float(old)) or (CONSTANT,)))
            swaps[float(old)] = float(new)
            return new

        return _renumbered_texts(shape, mapped(shape, data, number), swaps)

    return table.rewritten(table.right, change)


def _without_one(numbers: tuple[float, ...], own: float) -> tuple[float, ...]:
    """The numbers of other worlds: without that of one's own, which nobody who skips the work knows."""
    index = numbers.index(own) if own in numbers else len(numbers)
    return (*numbers[:index], *numbers[index + 1 :])


def _renumbered_texts(shape: Shape, data: Any, swaps: Mapping[float, float]) -> Any:
    """The same numbers in the words, so that words and fields agree."""

    def said(hit: re.Match[str]) -> str:
        token = hit.group()
        digits = len(token.partition(".")[2])
        number = float(token.replace(",", ""))
        new = next((new for old, new in swaps.items() if round(old, digits) == number and abs(old) >= 10), None)
        return token if new is None else f"{new:{',' if ',' in token else ''}.{digits}f}"

    def change(path: Path, leaf: Leaf, old: Any) -> Any:
        return _NUMBER.sub(said, str(old)) if leaf.sort is Sort.TEXT else old

    return mapped(shape, data, change)


def nonsense_words(table: Table) -> Files:
    """Right picks, numbers and rules, with letters along the keyboard wherever somebody has to write."""

    def change(kind: str, shape: Group, data: Any) -> Any:
        written = {prose.place for prose in table.subject.rubric.artifacts[kind].model_validate(data).prose}

        def typed(path: Path, leaf: Leaf, old: Any) -> Any:
            return " ".join([MASH] * len(str(old).split()))[: leaf.longest] if spelled(path) in written else old

        return mapped(shape, data, typed)

    return table.rewritten(table.right, change)


def with_words(table: Table) -> frozenset[str]:
    """The kinds of artifacts in which somebody has to write."""
    typed = nonsense_words(table)
    return frozenset(kind for kind in table.subject.rubric.artifacts if typed[kind] != table.right[kind])


def one_entry(table: Table) -> Files:
    """Every list that has several entries has its first one only."""
    return only_first(table, table.right)


def only_first(table: Table, files: Files) -> Files:
    """Files with the first entry of each list alone."""
    return table.rewritten(
        files, lambda kind, shape, data: lists_changed(shape, data, lambda several, items: items[:1])
    )


def long_lists(table: Table) -> frozenset[str]:
    """The kinds of artifacts in which one entry would be too few."""
    cut = one_entry(table)
    return frozenset(kind for kind in table.subject.rubric.artifacts if cut[kind] != table.right[kind])


def no_talk(table: Table) -> Files:
    """The right answer of somebody who talked to nobody."""
    return table.without_talk(table.right)
