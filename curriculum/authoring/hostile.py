"""Answers that nobody should get full marks for: stuffed with keywords, with ids shuffled, or at random."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Any, Literal, Protocol

from curriculum.artifacts.base import Artifact, Part, Pick, derived_of, pick_of
from curriculum.cases import Case

NASTY = (
    "", " ", "TBD", "=1+1", "=HYPERLINK(\"x\")", "@SUM(A1)", "<script>alert(1)</script>", "<img src=x onerror=y>",
    "{{ 7*7 }}", "{% raw %}", "[a](javascript:b)", "| a | b |", "# heading", "```", "naïve café 数据 🙂", "\u202eabc",
    "a. b? c! d", "-1", "1e999", "nan", "x" * 5_000,
)  # fmt: skip
"""Texts that have broken programs before."""


class Filler(Protocol):
    """Decides what stands in a field."""

    def count(self, most: int) -> int: ...

    def text(self, most: int) -> str: ...

    def id(self, kind: str) -> str: ...

    def pick(self, values: Sequence[Any]) -> Any: ...

    def number(self, low: float, high: float) -> float: ...

    def day(self) -> dt.date: ...


class Stuffer:
    """Fills every text with everything that was found, and every other field with the next best thing."""

    def __init__(self, case: Case, words: str):
        self._case, self._words, self._turn = case, words, 0

    def count(self, most: int) -> int:
        return min(most, 3)

    def text(self, most: int) -> str:
        return self._words[:most].strip()

    def id(self, kind: str) -> str:
        return str(self.pick(tuple(self._case.registry.entries(kind)) or ("",)))

    def pick(self, values: Sequence[Any]) -> Any:
        self._turn += 1
        return values[self._turn % len(values)]

    def number(self, low: float, high: float) -> float:
        return min(max(7, low), high)

    def day(self) -> dt.date:
        return dt.date(2026, 5, 18)


class Scatterer:
    """Fills fields at random with what a schema allows and nobody expects."""

    def __init__(self, case: Case, random: Random):
        self._case, self._random = case, random

    def count(self, most: int) -> int:
        return self._random.choice((0, 1, 2, 3, min(most, 40)))

    def text(self, most: int) -> str:
        return self._random.choice(NASTY)[:most]

    def id(self, kind: str) -> str:
        known = tuple(self._case.registry.entries(kind))
        return self._random.choice((*known, *known, "", "nobody_knows_this"))

    def pick(self, values: Sequence[Any]) -> Any:
        return self._random.choice(values)

    def number(self, low: float, high: float) -> float:
        tame = (0, 1, -1, 0.5, 3, 14, 100, 1e-9)
        return min(max(self._random.choice((*tame, low, high)), low), high)

    def day(self) -> dt.date:
        return dt.date.min + dt.timedelta(days=self._random.choice((0, 1, 737_000, 740_000, 3_652_058)))


def filled(model: type[Part], filler: Filler) -> dict[str, Any]:
    """Plain data for an artifact or a part, every field filled that somebody types."""
    return {
        name: _value(info.annotation, info.metadata, filler)
        for name, info in model.model_fields.items()
        if derived_of(info) is None
    }


def _value(annotation: Any, marks: Iterable[Any], filler: Filler) -> Any:
    marks = [*marks]
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _value(arguments[0], [*annotation.__metadata__, *marks], filler)
    if origin in (typing.Union, types.UnionType):
        inner = [argument for argument in arguments if argument is not type(None)]
        return _value(filler.pick(inner), marks, filler)
    if origin in (tuple, list):
        return [_value(arguments[0], (), filler) for _ in range(filler.count(int(limit(marks, "max_length", 3))))]
    if origin is dict:
        count = filler.count(int(limit(marks, "max_length", 3)))
        keys = [_value(arguments[0], (), filler) for _ in range(count)]
        return {key: _value(arguments[1], (), filler) for key in keys}
    if origin is Literal:
        return filler.pick(arguments)
    if isinstance(annotation, type):
        return _simple(annotation, marks, filler)
    raise TypeError(f"a field of type {annotation!r} cannot be filled")


def _simple(annotation: type, marks: list[Any], filler: Filler) -> Any:
    if issubclass(annotation, Part):
        return filled(annotation, filler)
    if issubclass(annotation, bool):
        return filler.pick((True, False))
    if issubclass(annotation, int | float):
        low = max(limit(marks, "ge", -1e12), limit(marks, "gt", -1e12))
        high = min(limit(marks, "le", 1e12), limit(marks, "lt", 1e12))
        number = filler.number(low, high)
        return int(number) if issubclass(annotation, int) else float(number)
    if issubclass(annotation, str):
        pick = next((mark for mark in marks if isinstance(mark, Pick)), None)
        return filler.id(pick.kind) if pick else filler.text(int(limit(marks, "max_length", 300)))
    if issubclass(annotation, dt.datetime):
        return f"{filler.day().isoformat()}T14:30"
    if issubclass(annotation, dt.date):
        return filler.day().isoformat()
    if issubclass(annotation, dt.time):
        return "14:30"
    raise TypeError(f"a field of type {annotation!r} cannot be filled")


def limit(marks: Iterable[Any], name: str, default: float) -> float:
    """A limit such as `max_length` or `ge` from a field's marks, at whatever depth pydantic keeps it."""
    for mark in marks:
        value = getattr(mark, name, None)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        nested = getattr(mark, "metadata", None)
        if isinstance(nested, list) and (found := limit(nested, name, default)) != default:
            return found
    return default


def shuffled(model: type[Artifact], data: Mapping[str, Any], case: Case) -> dict[str, Any]:
    """An answer in which every id is the next one of its kind."""
    return {
        name: _shuffle(value, model.model_fields[name].annotation, pick_of(model.model_fields[name]), case)
        for name, value in data.items()
    }


def _shuffle(value: Any, annotation: Any, pick: Pick | None, case: Case) -> Any:
    if isinstance(value, list):
        return [_shuffle(item, annotation, pick, case) for item in value]
    if isinstance(value, dict) and (part := _part_in(annotation)):
        return {
            name: _shuffle(item, part.model_fields[name].annotation, pick_of(part.model_fields[name]), case)
            for name, item in value.items()
        }
    if pick and isinstance(value, str) and value in (known := list(case.registry.entries(pick.kind))):
        return known[(known.index(value) + 1) % len(known)]
    return value


def _part_in(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((part for inner in typing.get_args(annotation) if (part := _part_in(inner))), None)


def has_ids(model: type[Part]) -> bool:
    """Whether anything in an artifact is picked from the case."""
    return any(
        pick_of(info) or ((part := _part_in(info.annotation)) and has_ids(part)) for info in model.model_fields.values()
    )
