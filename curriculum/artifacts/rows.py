"""Rows of a table, and single values, written into an artifact from code: all that was given, or nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from curriculum.artifacts.base import Artifact, Part
from curriculum.artifacts.cells import Misfit, Offered, Shape, found, is_blank, plain_value, shapes
from curriculum.artifacts.places import has_place, value_at

Plain = dict[str, Any]
"""The fields of a part as plain JSON."""

MOST_ROWS = 400
"""The most rows of a list that does not say how many it takes."""

MOST_TOLD = 12
"""So many things that do not fit are told at a time."""


class Misfits(Exception):
    """What was given does not fit, and nothing was written; `sentences` say where, what and what was expected."""

    def __init__(self, *sentences: str):
        shown, more = sentences[:MOST_TOLD], len(sentences) - MOST_TOLD
        self.sentences = (*shown, f"And {more} more like these.") if more > 0 else shown
        super().__init__(" ".join(self.sentences))


@dataclass(frozen=True)
class Filling:
    """What is to stand at a place, beside what the artifact holds elsewhere."""

    place: str
    """The whole place, such as `records[2].measures`."""
    value: Any
    """Plain JSON, merged with what stands there already and was not given."""
    said: str
    """What was done, in a sentence."""


def filling(artifact: Artifact, place: str, value: Any, offered: Offered) -> Filling:
    """What `value` makes of a place in an artifact, which stays as it is. Raises `Misfits`.

    A list of groups takes a DataFrame, a Series or a list of dicts; columns are fields, by name or by title. Its
    rows replace those that stand there; fields that are no column stay with the row that names the same ids and
    choices. A group takes a dict and keeps its other fields; every other place takes one value. Ids are given as
    such or by their label. `place` may be the name or the title of a field alone, where there is only one.
    """
    there = located(artifact, place)
    shape = _shape_at(type(artifact), there)
    old = _dumped(value_at(artifact, there))
    writer = _Writer(offered)
    if shape.sort == "groups" and not there.endswith("]"):
        new, gone = writer.rows(shape, value, old, there)
        said = f"{shape.title}: {_count(len(new), 'row')} written."
        if gone:
            verb = "is" if gone == 1 else "are"
            said += f" {_count(gone, 'row')} that stood there and {verb} not in your table {verb} gone."
        filled: Any = new
    elif shape.sort in ("group", "groups"):
        filled, said = writer.group(shape, value, old, there), f"{shape.title}: written."
    else:
        filled, said = writer.cell(shape, value, there), f"{shape.title}: written."
    if writer.sentences:
        raise Misfits(*writer.sentences)
    return Filling(there, filled, said)


def located(artifact: Artifact, place: str) -> str:
    """A place in full, with the number of every item; raises `Misfits` where it is none, or more than one."""
    model, place = type(artifact), str(place).strip()
    if not has_place(model, place):
        named = list(_named(model, place, ""))
        if len(named) != 1:
            where = f"“{place[:60]}” names {len(named)} places: {', '.join(named)}." if named else (
                f"The {model.title} has no “{place[:60]}”; it has {', '.join(shapes(model))}."
            )  # fmt: skip
            raise Misfits(where)
        place = named[0]
    whole, here = "", place.split(".")
    for index, step in enumerate(here):
        name, _, number = step.partition("[")
        whole += f".{name}" if whole else name
        shape = _shape_at(model, whole)
        if shape.derived:
            raise Misfits(f"{shape.title} is not typed: {shape.derived}.")
        if shape.sort != "groups":
            if number:
                raise Misfits(f"{shape.title} has no numbered items to write to; give all of it.")
            continue
        count = len(value_at(artifact, whole))
        if number:
            position = int(number.rstrip("]") or 0)
            if not 1 <= position <= count:
                raise Misfits(f"{shape.title}: there is no number {position} yet, there {_are(count)}.")
            whole += f"[{position}]"
        elif index < len(here) - 1:
            if count != 1:
                rest = ".".join(here[index + 1 :])
                first = f"; name one, as in {whole}[1].{rest}" if count else "; add one in the form first"
                raise Misfits(f"{shape.title}: there {_are(count)}{first}.")
            whole += "[1]"
    return whole


@dataclass
class _Writer:
    """Converts what is given and collects what does not fit."""

    offered: Offered
    sentences: list[str] = field(default_factory=list)

    def cell(self, shape: Shape, raw: Any, where: str) -> Any:
        if shape.sort == "groups":
            return self.rows(shape, raw, [], where)[0] if not _is_missing(raw) else []
        if shape.sort == "group":
            return self.group(shape, raw, {}, where)
        try:
            return plain_value(shape, raw, self.offered)
        except Misfit as error:
            self.sentences.append(f"{where}: found {error.found}; expected {error.wanted}.")
            return shape.blank

    def group(self, shape: Shape, raw: Any, old: Plain, where: str) -> Plain:
        if not isinstance(raw, Mapping):
            self.sentences.append(f"{where}: found {found(raw)}; expected a dict with values by field.")
            return old
        fields = self._fields(shape, [str(key) for key in raw], where)
        given = {fields[str(key)].name: (fields[str(key)], value) for key, value in raw.items() if str(key) in fields}
        return {**old, **{name: self.cell(one, value, f"{where}.{name}") for name, (one, value) in given.items()}}

    def rows(self, shape: Shape, raw: Any, old: list[Plain], where: str) -> tuple[list[Plain], int]:
        """The rows as parts, and how many of the old ones are gone."""
        try:
            columns, records = _table(raw)
        except Misfit as error:
            self.sentences.append(f"{where}: found {error.found}; expected {error.wanted}.")
            return old, 0
        most = shape.most or MOST_ROWS
        if not records or len(records) > most:
            many = f"{len(records):,} rows; expected at most {most}" if records else "no rows; expected one at least"
            self.sentences.append(f"{where}: found {many}.")
            return old, 0
        fields = self._fields(shape, columns, where)
        if self.sentences:
            return old, 0
        new: list[Plain] = []
        for number, record in enumerate(records, start=1):
            row: Plain = {}
            for column, value in record.items():
                one = fields[column]
                label = f"“{column}”" + (f" ({one.title})" if column != one.title else "")
                row[one.name] = self.cell(one, value, f"{where}, row {number}, column {label}")
            new.append(row)
        keys = [one.name for one in fields.values() if one.is_key]
        return _merged(shape, new, old, keys)

    def _fields(self, shape: Shape, columns: Sequence[str], where: str) -> dict[str, Shape]:
        """The field that each column is, by name or by title; what is no field, or one twice, is told."""
        known, matched = shapes(shape.base), dict[str, Shape]()
        for column in columns:
            text = column.strip()
            one = known.get(text)
            if one is None:
                named = [each for each in known.values() if text.casefold() in (each.name, each.title.casefold())]
                one = named[0] if len(named) == 1 else None
            if one is None:
                names = ", ".join(f"{each.name} ({each.title})" for each in known.values() if not each.derived)
                self.sentences.append(f"{where}: found the column “{text[:60]}”; expected one of: {names}.")
            elif one.derived:
                self.sentences.append(
                    f"{where}: the column “{text[:60]}” is not written: {one.title} is {one.derived}."
                )
            elif one.name in [other.name for other in matched.values()]:
                self.sentences.append(f"{where}: found two columns for {one.title}; expected one.")
            else:
                matched[column] = one
        return matched


def _merged(shape: Shape, new: list[Plain], old: list[Plain], keys: Sequence[str]) -> tuple[list[Plain], int]:
    """New rows over the old ones: each keeps what it does not state of the row with its ids, or in its position."""
    blank = shape.base().model_dump(mode="json")
    rest, rows = list(old), []
    for position, row in enumerate(new):
        twin: Plain | None = None
        if keys:
            twin = next((each for each in rest if all(each[key] == row.get(key, blank[key]) for key in keys)), None)
        elif position < len(old):
            twin = old[position]
        rest = [each for each in rest if each is not twin]
        rows.append({**blank, **(twin or {}), **row})
    return rows, sum(each != blank for each in rest)


def _table(raw: Any) -> tuple[list[str], list[dict[str, Any]]]:
    """Column names and rows of whatever holds a table; raises `Misfit`."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(raw, pandas.Series):
        raw = raw.to_frame(name=raw.name if raw.name is not None else "value")
    if pandas is not None and isinstance(raw, pandas.DataFrame):
        if raw.columns.nlevels > 1:
            raise Misfit("a table with several lines of column names", "one line of names")
        if len(raw) > MOST_ROWS:
            return [], [{}] * len(raw)
        named = [(str(name), raw.index.get_level_values(level)) for level, name in enumerate(raw.index.names) if name]
        listed = [*named, *((str(name), raw.iloc[:, place]) for place, name in enumerate(raw.columns))]
        names = [name for name, _ in listed]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise Misfit(f"the column “{twice[0][:60]}” twice", "each column once")
        values = [list(column) for _, column in listed]
        return names, [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]
    if isinstance(raw, list | tuple) and all(isinstance(row, Mapping | Part) for row in raw):
        records = [
            {str(key): value for key, value in (row.model_dump() if isinstance(row, Part) else row).items()}
            for row in raw
        ]
        return list(dict.fromkeys(name for row in records for name in row)), records
    raise Misfit(found(raw), "a table: a DataFrame, or a list of dicts")


def _named(model: type[Part], name: str, before: str) -> Iterator[str]:
    """Every place, without numbers, whose field has this name or this title."""
    for one in shapes(model).values():
        place = f"{before}.{one.name}" if before else one.name
        if name.casefold() in (one.name, one.title.casefold()):
            yield place
        if one.sort in ("group", "groups"):
            yield from _named(one.base, name, place)


def _shape_at(model: type[Part], place: str) -> Shape:
    here, shape = model, None
    for step in place.split("."):
        shape = shapes(here)[step.partition("[")[0]]
        here = shape.base
    assert shape is not None
    return shape


def _dumped(value: Any) -> Any:
    if isinstance(value, Part):
        return value.model_dump(mode="json")
    return [_dumped(item) for item in value] if isinstance(value, tuple) else value


def _is_missing(raw: Any) -> bool:
    return (not isinstance(raw, list | tuple | Mapping) and is_blank(raw)) or (isinstance(raw, list) and not raw)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _are(count: int) -> str:
    return "is 1" if count == 1 else f"are {count}" if count else "are none"
