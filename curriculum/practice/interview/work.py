"""What a story may cite from other lessons: copies of the learner's own artifacts, and the values in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from curriculum.artifacts import yaml_text
from curriculum.artifacts.base import written
from curriculum.artifacts.star import Copied

_STEP = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)|\[(\d{1,4})\]")


def document_id(copied: Copied) -> str:
    """How a story names a copied artifact: "welcome.ask"."""
    return f"{copied.lesson}.{copied.artifact}"


def values(copied: Copied) -> Iterator[tuple[str, Any]]:
    """Every value in a copied artifact with the id by which a story cites it: "welcome.ask.number"."""
    for place, value in written(_data(copied)):
        yield f"{document_id(copied)}.{place}", value


def cited_value(copies: Iterable[Copied], id: str) -> float | None:
    """The number that stands at a cited place; None where there is no such place or no number in it."""
    for copied in copies:
        prefix = f"{document_id(copied)}."
        if copied.lesson and copied.artifact and id.startswith(prefix):
            value = _at(_data(copied), id.removeprefix(prefix))
            if isinstance(value, int | float) and not isinstance(value, bool):
                return float(value)
    return None


def has_document(copies: Iterable[Copied], id: str) -> bool:
    """Whether a cited artifact is among the copies and can be read."""
    return any(id == document_id(copied) and _data(copied) for copied in copies)


def _data(copied: Copied) -> Any:
    try:
        return yaml_text.parse(copied.text).data
    except yaml_text.NotYaml:
        return None


def _at(data: Any, place: str) -> Any:
    """The value at a place such as `metrics[2].target`, positions counted from 1; None where it leads nowhere."""
    position = 0
    while position < len(place):
        step = _STEP.match(place, position)
        if step is None:
            return None
        if step[1] is not None:
            data = data.get(step[1]) if isinstance(data, dict) else None
        else:
            index = int(step[2]) - 1
            data = data[index] if isinstance(data, list) and 0 <= index < len(data) else None
        position = step.end()
        if position < len(place) and place[position] == ".":
            position += 1
    return data
