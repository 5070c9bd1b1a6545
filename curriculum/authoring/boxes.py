"""What is there to be changed in a data cell, as boxes above its output: a value, its label, what it may be.

The code stays the only place of a value; a box shows the literal that stands there and writes another.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

NUMBER = "number"
NUMBERS = "numbers"
"""A list of numbers, written with commas."""
TEXT = "text"
ONE = "one"
"""One of several texts or numbers."""
SOME = "some"
"""A list of texts, each of them or not."""
BY_KEY = "by_key"
"""A number for each key of a dict; a key that is left blank is left out."""
EACH_KEY = "each_key"
"""The same for a dict that begins with all of its keys: none of them may be blank."""


class BoxError(Exception):
    """A box cannot be made; the message is one sentence."""


@dataclass(frozen=True)
class Box:
    """One name of a cell's code, and how its value is asked for."""

    name: str
    label: str
    kind: str
    of: tuple[tuple[str, str], ...] = ()
    """What it may be, or the keys, each with its words."""

    def data(self) -> dict[str, Any]:
        """The box as JSON, for the front end."""
        return asdict(self) | {"of": [list(each) for each in self.of]}


def boxes_of(source: str, change: Mapping[str, Any]) -> tuple[Box, ...]:
    """The boxes that a cell's `:change:` names: `{weeks: Weeks, side: {label: Side, of: {left: To the left}}}`."""
    if not change:
        return ()
    values = literals(source)
    written: dict[str, str] = {}
    for name, node in _plain(source):
        written.setdefault(name, ast.get_source_segment(source, node) or "")
    boxes = []
    for name, said in change.items():
        if name not in values:
            known = ", ".join(values) or "none"
            raise BoxError(f"`:change:` names {name}, which has no plain value there; those that have: {known}.")
        first = re.search(rf"(?:^|[\s(,;]){name}\s*=(?!=)[ \t]*", source, re.MULTILINE)
        if first is None or not source[first.end() :].startswith(written[name]):
            raise BoxError(f"`:change:` names {name}, which is given something else before; a box changes the first.")
        whole = said if isinstance(said, Mapping) else {"label": said}
        of = whole.get("of") or {}
        words = of.items() if isinstance(of, Mapping) else ((each, each) for each in of)
        pairs = tuple((str(value), str(text)) for value, text in words)
        boxes.append(Box(str(name), str(whole.get("label", "")), _kind(name, values[name], pairs), pairs))
    return tuple(boxes)


def literals(source: str) -> dict[str, Any]:
    """The plain values of a cell by name, of assignments and of named arguments; each name once."""
    values: dict[str, Any] = {}
    for name, node in _plain(source):
        values.setdefault(name, ast.literal_eval(node))
    return values


def _plain(source: str) -> Iterator[tuple[str, ast.expr]]:
    """The names that are given a plain value, and where it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name, value = node.targets[0].id, node.value
        elif isinstance(node, ast.keyword) and node.arg:
            name, value = node.arg, node.value
        else:
            continue
        try:
            ast.literal_eval(value)
        except ValueError:
            continue
        yield name, value


def given_by(source: str) -> list[str]:
    """The names that a cell makes for others."""
    names: list[str] = []
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            names += [(alias.asname or alias.name).partition(".")[0] for alias in statement.names]
        elif isinstance(statement, ast.FunctionDef):
            names.append(statement.name)
        else:
            stored = (node for node in ast.walk(statement) if isinstance(node, ast.Name | ast.Subscript))
            names += [root for node in stored if isinstance(node.ctx, ast.Store) and (root := _root(node))]
    return list(dict.fromkeys(names))


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _kind(name: str, value: Any, of: tuple[tuple[str, str], ...]) -> str:
    match value:
        case bool():
            pass
        case int() | float() if not of:
            return NUMBER
        case str() if not of:
            return TEXT
        case int() | float() | str():
            return ONE
        case dict() if of:
            return EACH_KEY if {key for key, _ in of} <= value.keys() else BY_KEY
        case list() if of:
            return SOME
        case list() if all(isinstance(each, int | float) for each in value):
            return NUMBERS
    raise BoxError(f"{name} = {value!r} has no box: a list of texts needs `of`, and so does a dict.")
