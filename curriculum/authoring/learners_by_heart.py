"""Players who learn a table by heart: their rules list the rows of the draw that they saw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from curriculum.authoring.shapes import Path, bindings, bound, put, value_at
from curriculum.cases import Case
from curriculum.course.fixtures import Files
from curriculum.course.lesson_plan import Executed
from curriculum.support.rules import MAX_LENGTH, RuleError, compile_rule

TELLING = 0.9
"""A column with so many different values in its rows tells one row from another."""


def column_types(case: Case, executed: Executed) -> dict[str, type]:
    """What a rule may read of the table; times are read as text. Raises KeyError where the table is not there."""
    kinds: dict[str, type] = {"b": bool, "i": int, "u": int, "f": float}
    table = case.columns[executed.table]
    names = executed.columns or tuple(table)
    return {name: _kind(table[name], kinds) for name in names}


def _kind(values: np.ndarray, kinds: Mapping[str, type]) -> type:
    if values.dtype.kind == "O" and len(values) and isinstance(values[0], bool | int | float):
        return type(values[0])
    return kinds.get(values.dtype.kind, str)


def by_heart(case: Case, files: Files, executed: Executed) -> Iterator[tuple[str, Files]]:
    """The same answers with every rule replaced by the rows that it is true of: once for each column that tells rows
    apart, with the column's name. Rules that cannot be run on the shown table stay as they are."""
    types, table = column_types(case, executed), case.columns[executed.table]
    rules = [bound(executed.rules, entries) for entries in bindings(files[executed.artifact], executed.rules)]
    for name in types:
        values = table[name]
        if len({str(value) for value in values}) < TELLING * len(values):
            continue
        data: Any = files[executed.artifact]
        changed = False
        for path in rules:
            if listed := _listed(data, path, name, types, table):
                data, changed = put(data, path, listed), True
        if changed:
            yield name, {**files, executed.artifact: data}


def _listed(data: Any, path: Path, name: str, types: Mapping[str, type], table: Mapping[str, Any]) -> str:
    """A rule that is true of the same rows of the shown table, as far as it may be long; blank where there is none."""
    try:
        hits = compile_rule(str(value_at(data, path) or ""), types).each({key: table[key] for key in types})
    except RuleError:
        return ""
    rule = ""
    for hit, value in zip(hits, table[name], strict=True):
        one = f"{name} == {_literal(value, types[name])}"
        longer = f"{rule} || {one}" if rule else one
        if hit and len(longer) <= MAX_LENGTH:
            rule = longer
    return rule


def _literal(value: Any, kind: type) -> str:
    if kind is str:
        return f'"{value}"'
    return repr(kind(value)) if kind is not bool else str(bool(value)).lower()
