"""Where something stands in an artifact's plain data, and of which sort it is: what guessers and proofs walk over."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Literal

from pydantic.fields import FieldInfo

from curriculum.artifacts.base import Part, Pick, derived_of, pick_of
from curriculum.authoring.hostile import limit

Path = tuple[str | int, ...]
"""The way to a place: names of fields and positions in lists."""


class Sort(StrEnum):
    """What a leaf holds."""

    ID = "id"
    CHOICE = "choice"
    FLAG = "flag"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    TIME = "time"
    TEXT = "text"


@dataclass(frozen=True)
class Leaf:
    """One value: its sort and what it may be."""

    sort: Sort
    title: str = ""
    kind: str = ""
    """Kind of the registry from which an id is picked."""
    choices: tuple[Any, ...] = ()
    """What a choice may be, without the blank one."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Words that learners read for choices, where there are some."""
    low: float = -1e12
    high: float = 1e12
    whole: bool = False
    """Whether a number must be a whole one."""
    longest: int = 300
    """How many characters a text may have."""


@dataclass(frozen=True)
class Several:
    """A list: what each entry is, and how many there may be."""

    entry: Shape
    most: int
    title: str = ""


@dataclass(frozen=True)
class Group:
    """Named parts."""

    parts: Mapping[str, Shape]
    title: str = ""


Shape = Leaf | Several | Group


@cache
def shape_of(model: type[Part]) -> Group:
    """What can be written in an artifact or a part: derived fields are not in it.

    Raises TypeError for a type that no artifact has.
    """
    fields = {name: info for name, info in model.model_fields.items() if derived_of(info) is None}
    return Group({name: _field(info) for name, info in fields.items()}, model.__name__)


def _field(info: FieldInfo) -> Shape:
    labels: Mapping[str, str] = {}
    if isinstance(info.json_schema_extra, dict) and isinstance(given := info.json_schema_extra.get("labels"), dict):
        labels = {str(key): str(label) for key, label in given.items()}
    return _shape(info.annotation, info.metadata, info.title or "", pick_of(info), labels)


def _shape(annotation: Any, marks: Iterable[Any], title: str, pick: Pick | None, labels: Mapping[str, str]) -> Shape:
    marks = [*marks]
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _shape(arguments[0], [*annotation.__metadata__, *marks], title, pick, labels)
    if origin in (typing.Union, types.UnionType):
        inner = next(argument for argument in arguments if argument is not type(None))
        return _shape(inner, marks, title, pick, labels)
    if origin in (tuple, list):
        return Several(_shape(arguments[0], (), title, pick, labels), int(limit(marks, "max_length", 50)), title)
    if origin is Literal:
        choices = tuple(value for value in arguments if value != "")
        return Leaf(Sort.CHOICE, title, choices=choices, labels=labels)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return shape_of(annotation)
    if isinstance(annotation, type):
        return _leaf(annotation, marks, title, pick)
    raise TypeError(f"no artifact has a field of type {annotation!r}")


def _leaf(annotation: type, marks: list[Any], title: str, pick: Pick | None) -> Leaf:
    if issubclass(annotation, bool):
        return Leaf(Sort.FLAG, title)
    if issubclass(annotation, int | float):
        low = max(limit(marks, "ge", -1e12), limit(marks, "gt", -1e12))
        high = min(limit(marks, "le", 1e12), limit(marks, "lt", 1e12))
        return Leaf(Sort.NUMBER, title, low=low, high=high, whole=issubclass(annotation, int))
    if issubclass(annotation, str):
        if pick:
            return Leaf(Sort.ID, title, kind=pick.kind)
        return Leaf(Sort.TEXT, title, longest=int(limit(marks, "max_length", 300)))
    for type_, sort in ((dt.datetime, Sort.MOMENT), (dt.date, Sort.DAY), (dt.time, Sort.TIME)):
        if issubclass(annotation, type_):
            return Leaf(sort, title)
    raise TypeError(f"no artifact has a field of type {annotation!r}")


def leaves(shape: Shape, data: Any, path: Path = ()) -> Iterator[tuple[Path, Leaf, Any]]:
    """Every value that is written, with its place; what does not fit the shape is passed over."""
    if isinstance(shape, Group) and isinstance(data, Mapping):
        for name, part in shape.parts.items():
            if name in data:
                yield from leaves(part, data[name], (*path, name))
    elif isinstance(shape, Several) and isinstance(data, list):
        for index, item in enumerate(data):
            yield from leaves(shape.entry, item, (*path, index))
    elif isinstance(shape, Leaf) and data is not None and data != "":
        yield path, shape, data


def mapped(shape: Shape, data: Any, change: Callable[[Path, Leaf, Any], Any], path: Path = ()) -> Any:
    """The same data with every written value changed."""
    if isinstance(shape, Group) and isinstance(data, Mapping):
        return {
            name: mapped(shape.parts[name], value, change, (*path, name)) if name in shape.parts else value
            for name, value in data.items()
        }
    if isinstance(shape, Several) and isinstance(data, list):
        return [mapped(shape.entry, item, change, (*path, index)) for index, item in enumerate(data)]
    if isinstance(shape, Leaf) and data is not None and data != "":
        return change(path, shape, data)
    return data


def with_lists(shape: Shape, data: Any, change: Callable[[Several, list[Any]], list[Any]]) -> Any:
    """The same data with every list changed, outer lists first."""
    if isinstance(shape, Group) and isinstance(data, Mapping):
        return {
            name: with_lists(shape.parts[name], value, change) if name in shape.parts else value
            for name, value in data.items()
        }
    if isinstance(shape, Several) and isinstance(data, list):
        return [with_lists(shape.entry, item, change) for item in change(shape, data)]
    return data


def value_at(data: Any, path: Path) -> Any:
    """What stands at a place; None where there is nothing."""
    for step in path:
        if isinstance(step, int) and isinstance(data, list) and step < len(data):
            data = data[step]
        elif isinstance(step, str) and isinstance(data, Mapping):
            data = data.get(step)
        else:
            return None
    return data


def put(data: Any, path: Path, value: Any) -> Any:
    """A copy with `value` at a place; groups and entries on the way are made. Lists grow at their end only."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(data) if isinstance(data, list) else []
        items += [{}] if step >= len(items) else []
        items[min(step, len(items) - 1)] = put(items[min(step, len(items) - 1)], rest, value)
        return items
    group = dict(data) if isinstance(data, Mapping) else {}
    return {**group, step: put(group.get(step), rest, value)}


def spelled(path: Path) -> str:
    """A place as people write it: measures[2].baseline."""
    words = ""
    for step in path:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if words else step
    return words


def bindings(data: Any, place: str) -> list[tuple[int, ...]]:
    """Which entries of lists the stars of a place such as `measures.*.baseline` can stand for."""
    steps = place.split(".")
    if "*" not in steps:
        return [()]
    star = steps.index("*")
    items = value_at(data, tuple(steps[:star]))
    rest = ".".join(steps[star + 1 :])
    return [
        (index, *inner)
        for index, item in enumerate(items if isinstance(items, list) else ())
        for inner in bindings(item, rest)
    ]


def bound(place: str, entries: tuple[int, ...]) -> Path:
    """The way to a place whose stars stand for these entries."""
    left = iter(entries)
    return tuple(next(left) if step == "*" else step for step in place.split("."))
