"""An artifact as an outline of labelled words: what every document shows, whatever it is written in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from curriculum.artifacts.base import Part, pick_of
from curriculum.artifacts.places import value_at
from curriculum.cases.base import Registry
from curriculum.support.dates import full_day

WIDE, MANY = 180, 7
"""Tables hold values of at most `WIDE` characters in at most `MANY` columns; what does not fit makes a list."""


@dataclass(frozen=True)
class Said:
    """One field: its label and its words; several texts where the field is a list."""

    label: str
    texts: tuple[str, ...]

    @property
    def listed(self) -> bool:
        """Whether the texts are too long to stand in one line with commas between them."""
        return len(self.texts) > 1 and any(len(text) > 40 or "\n" in text for text in self.texts)

    @property
    def line(self) -> str:
        """The texts in one line."""
        return ("; " if self.listed else ", ").join(text.replace("\n", " ") for text in self.texts)


@dataclass(frozen=True)
class Table:
    """A list of small groups."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Items:
    """A list of groups that are too large for a table."""

    label: str
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Group:
    """A group of fields."""

    label: str
    blocks: tuple[Block, ...]


Block = Said | Table | Items | Group


def outline(part: Part, registry: Registry, only: str = "") -> tuple[Block, ...]:
    """The written fields in their order, or one of them; ids and choices become words, blanks are left out."""
    blocks: list[Block] = []
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if only not in ("", name):
            continue
        if value is None or value is False or value in ("", ()):  # nought is no blank
            continue
        label = info.title or name.replace("_", " ").capitalize()
        if isinstance(value, tuple) and isinstance(value[0], Part):
            blocks += _list(label, value, registry)
        elif isinstance(value, Part):
            inner = outline(value, registry)
            blocks += [Group(label, inner)] if inner else []
        else:
            values = value if isinstance(value, tuple) else (value,)
            blocks.append(Said(label, tuple(_words(each, info, registry) for each in values)))
    return tuple(blocks)


def shown_value(part: Part, place: str, registry: Registry) -> dict[str, Any]:
    """What stands at a place, for a view: `texts`, or a table's `columns` and `rows`; nothing where it is blank."""
    *way, last = place.split(".")
    around = value_at(part, ".".join(way)) if way else part
    blocks = outline(around, registry, only=last)
    if blocks and isinstance(blocks[0], Table):
        return {"columns": list(blocks[0].columns), "rows": [list(row) for row in blocks[0].rows]}
    return {"texts": [text for block in blocks for text in _lines(block)]}


def _lines(block: Block) -> list[str]:
    if isinstance(block, Said):
        return list(block.texts)
    if isinstance(block, Table):
        return ["; ".join(row) for row in block.rows]
    if isinstance(block, Group):
        return [f"{inner.label}: {line}" for inner in block.blocks for line in _lines(inner)]
    return ["; ".join(f"{one.label}: {line}" for one in item for line in _lines(one)) for item in block.items]


def _list(label: str, parts: tuple[Part, ...], registry: Registry) -> list[Block]:
    outlines = [outline(part, registry) for part in parts]
    rows = [{block.label: block.line for block in blocks if isinstance(block, Said)} for blocks in outlines]
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    flat = all(isinstance(block, Said) and len(block.line) <= WIDE for blocks in outlines for block in blocks)
    if not flat or len(columns) > MANY:
        return [Items(label, tuple(outlines))]
    return [Table(label, columns, tuple(tuple(row.get(c, "") for c in columns) for row in rows))] if columns else []


def _words(value: Any, info: FieldInfo, registry: Registry) -> str:
    """A leaf in words: labels for ids and choices, dates as people write them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{full_day(value)}, {value:%H:%M}"
    if isinstance(value, dt.date):
        return full_day(value)
    if isinstance(value, dt.time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, float):
        return f"{value:,.10g}"
    pick = pick_of(info)
    if pick:
        return registry.label(pick.kind, value)
    extra = info.json_schema_extra
    labels = extra.get("labels", {}) if isinstance(extra, dict) else {}
    if isinstance(labels, dict) and str(value) in labels:
        return str(labels[str(value)])
    return str(value).replace("_", " ") if _is_choice(info.annotation) else str(value)


def _is_choice(annotation: Any) -> bool:
    """Whether a field offers fixed words to choose from."""
    return get_origin(annotation) is Literal or any(_is_choice(inner) for inner in get_args(annotation))
