"""Places in an artifact, written as `panels[2].before`: what stands there, what it is called, whether it is blank."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from curriculum.artifacts.base import Part, written

_STEP = re.compile(r"([A-Za-z_]\w*)((?:\[\d*\])*)")


def value_at(part: Part, place: str) -> Any:
    """What stands at a place without open brackets; raises LookupError where an artifact of this kind has none."""
    value: Any = part
    for name, position in _steps(place):
        value = _field(value, name)
        if position is not None:
            if not isinstance(value, tuple) or not 1 <= position <= len(value):
                raise LookupError(place)
            value = value[position - 1]
    return value


def expand(part: Part, place: str) -> Iterator[str]:
    """The places that a pattern such as `panels[].before` stands for: one for each entry of the list."""
    before, bracket, after = place.partition("[]")
    if not bracket:
        yield place
        return
    for number in range(1, len(value_at(part, before)) + 1):
        yield from expand(part, f"{before}[{number}]{after}")


def is_blank(value: Any) -> bool:
    """Whether nothing is written: None, blank text, an empty list, a group whose fields are all blank."""
    if isinstance(value, Part):
        return not any(True for _ in written(value.model_dump()))
    return value is None or value == "" or value == () or value == {}


def is_blank_at(part: Part, pattern: str) -> bool:
    """Whether nothing is written at any of the places that a pattern stands for; an entry that a list does not have
    is blank. Raises LookupError where an artifact of this kind has no such place."""
    _walk(type(part), pattern)
    return all(is_blank(_written_at(part, place)) for place in expand(part, pattern))


def _written_at(part: Part, place: str) -> Any:
    """What stands at a place that artifacts of this kind have; None where the list is too short."""
    try:
        return value_at(part, place)
    except LookupError:
        return None


def has_place(model: type[Part], place: str) -> bool:
    """Whether artifacts of this kind have such a place, whatever the numbers in its brackets."""
    try:
        _walk(model, place)
    except LookupError:
        return False
    return True


def words_at(model: type[Part], place: str) -> str:
    """A place as people call it, from the titles of the fields: "Panels 2, Before". Raises LookupError."""
    parts = []
    for title, position in _walk(model, place):
        parts.append(f"{title} {position}" if position else title)
    return ", ".join(parts)


@lru_cache(maxsize=4096)
def _walk(model: type[Part], place: str) -> tuple[tuple[str, int | None], ...]:
    """The titles on the way to a place, each with its position in a list."""
    found: list[tuple[str, int | None]] = []
    here: Any = model
    for name, position in _steps(place):
        part = _part_in(here)
        info = part.model_fields.get(name) if part else None
        if info is None:
            raise LookupError(place)
        found.append((info.title or name.replace("_", " "), position))
        here = info.annotation
    return tuple(found)


def _part_in(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    if typing.get_origin(annotation) in (tuple, list, typing.Union, types.UnionType, typing.Annotated):
        for inner in typing.get_args(annotation):
            if found := _part_in(inner):
                return found
    return None


def _field(value: Any, name: str) -> Any:
    if not isinstance(value, Part) or name not in type(value).__pydantic_fields__:
        raise LookupError(name)
    return getattr(value, name)


@lru_cache(maxsize=4096)
def _steps(place: str) -> tuple[tuple[str, int | None], ...]:
    """A place taken apart: names, each with the position behind it; only one list deep, as artifacts are."""
    steps: list[tuple[str, int | None]] = []
    for text in place.split("."):
        match = _STEP.fullmatch(text)
        if match is None:
            raise LookupError(place)
        numbers = re.findall(r"\[(\d*)\]", match.group(2))
        if len(numbers) > 1:
            raise LookupError(place)
        steps.append((match.group(1), int(numbers[0]) if numbers and numbers[0] else None))
    return tuple(steps)
