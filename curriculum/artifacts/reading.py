"""From a learner's file to an artifact, or to sentences that say what to mend; never half, never a traceback."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from curriculum.artifacts import yaml_text
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.meant import meant_day, meant_number
from curriculum.support.files import FileRefused, read_text, write_whole
from curriculum.support.printable import printable

A = TypeVar("A", bound=Artifact)

MAX_PROBLEMS = 12
"""How many problems of one file are told at a time."""


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a file from being read."""

    file: str
    line: int
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        field = f", field {self.field}" if self.field else ""
        return printable(f"{where}{field}: found {self.found}; expected {self.expected}.")

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "sentence": str(self)}


class Unreadable(Exception):
    """A file is not the artifact that it should be; `problems` say where and why, `sha256` names its bytes."""

    def __init__(self, problems: list[Problem], sha256: str = ""):
        super().__init__(" ".join(str(problem) for problem in problems))
        self.problems = problems
        self.sha256 = sha256


@dataclass(frozen=True)
class Reading(Generic[A]):
    """An artifact as it was read: the record, the lines of its values, and the hash of the text."""

    artifact: A
    document: yaml_text.Document
    sha256: str


def read_artifact(path: Path, model: type[A], inside: Path | None = None) -> Reading[A]:
    """Read `path` as the given kind of artifact.

    Raises `FileNotFoundError` where there is no file, and `Unreadable` for everything that is wrong with it.
    `inside` is the folder that the file may not lead out of; by default the file's own folder.
    """
    try:
        text = read_text(path, inside or path.parent)
    except FileRefused as error:
        raise Unreadable([Problem(path.name, error.line, "", error.found, error.expected)]) from None
    return parse_artifact(text, model, path.name)


def parse_artifact(text: str, model: type[A], name: str) -> Reading[A]:
    """Read `text` as the given kind of artifact; `name` is the file's name in messages. Raises `Unreadable`."""
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    try:
        document = yaml_text.parse(text)
    except yaml_text.NotYaml as error:
        raise Unreadable([Problem(name, error.line, "", error.found, error.expected)], sha256) from None
    data = {} if document.data is None else document.data
    if not isinstance(data, dict):
        problem = Problem(name, 1, "", described(data), "fields such as `title: …`, one a line")
        raise Unreadable([problem], sha256)
    try:
        artifact = model.model_validate(_drop_nulls(data))
    except ValidationError as error:
        raise Unreadable(problems_of(error, name, document, model), sha256) from None
    return Reading(artifact, document, sha256)


def problems_of(
    error: ValidationError, name: str, document: yaml_text.Document, model: type[BaseModel]
) -> list[Problem]:
    """What pydantic refused in a file's data, each with its line, in plain words."""
    return [_problem(name, document, detail, model) for detail in error.errors()[:MAX_PROBLEMS]]


def write_artifact(path: Path, artifact: Artifact) -> None:
    """Store an artifact as YAML, whole; raises `FileRefused` with one sentence when it cannot be saved."""
    write_whole(path, yaml_text.dump(artifact.plain()))


def _drop_nulls(data: Any) -> Any:
    """A key without a value means: not written yet."""
    if isinstance(data, dict):
        return {key: _drop_nulls(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [_drop_nulls(value) for value in data]
    return data


def _problem(name: str, document: yaml_text.Document, detail: Any, model: type[BaseModel]) -> Problem:
    path = tuple(detail["loc"])
    kind = detail["type"]
    line, field = document.line_of(path), _field(path)
    if kind == "extra_forbidden":
        known = ", ".join(_fields_at(model, path[:-1])) or "no further fields"
        return Problem(
            name,
            line,
            field,
            f"the field {str(path[-1])[:60]!r}, which is not known here",
            f"one of: {known}",
        )
    if kind == "missing":
        return Problem(name, line, "", f"no field {field}", "that field as well")
    return Problem(name, line, field, described(detail.get("input")), expected(kind, detail))


def expected(kind: str, detail: Any) -> str:
    """What pydantic wanted instead, in plain words; `detail` is one of its errors."""
    context = detail.get("ctx") or {}
    simple = {
        "string_type": "text (put quotes around it)",
        "float_type": "a number",
        "float_parsing": "a number, written like 0.35",
        "finite_number": "a finite number",
        "int_type": "a whole number",
        "int_parsing": "a whole number",
        "int_from_float": "a whole number",
        "bool_type": "true or false",
        "bool_parsing": "true or false",
        "list_type": "a list, each item on a line that begins with -",
        "tuple_type": "a list, each item on a line that begins with -",
        "dict_type": "a group of `key: value` lines",
        "model_type": "a group of `key: value` lines",
        "model_attributes_type": "a group of `key: value` lines",
    }
    written = detail.get("input")
    if kind == "float_parsing" and isinstance(written, str) and (number := meant_number(written)):
        return f"a number with a point and without a unit, here {number}"
    if kind in simple:
        return simple[kind]
    if kind.startswith("date_"):
        day = meant_day(written) if isinstance(written, str) else ""
        return f"a date as year-month-day, here {day}" if day else "a date, written like 2026-05-18"
    if kind.startswith(("datetime_", "timezone_")):
        return "a date and time, written like 2026-05-18T14:30"
    if kind.startswith("time_"):
        return "a time of day, written like 14:30"
    if kind in ("literal_error", "enum"):
        return f"one of {context.get('expected', '')}"
    if kind == "string_too_long":
        return f"at most {context['max_length']} characters"
    if kind == "too_long":
        return f"at most {context['max_length']} items"
    if kind in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        bound, sign = next((context[key], key) for key in ("ge", "le", "gt", "lt") if key in context)
        words = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}[sign]
        return f"{words} {bound:g}"
    return str(detail["msg"]).replace("Input should be ", "").rstrip(".")


def described(value: Any) -> str:
    """A value as a message names it: `0.5 (a number)`."""
    if isinstance(value, bool):
        return f"{str(value).lower()} (true or false)"
    if isinstance(value, int | float):
        return f"{value!r:.40} (a number)"
    if isinstance(value, str):
        shown = value if len(value) <= 60 else f"{value[:57]}…"
        return f"{shown!r} (text)" if value else "an empty text"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return f"a group with {', '.join(map(str, list(value)[:4])) or 'nothing in it'}"[:90]
    return "nothing" if value is None else type(value).__name__


def _field(path: tuple[str | int, ...]) -> str:
    words = ""
    for part in path:
        words += f"[{part + 1}]" if isinstance(part, int) else (f".{part[:60]}" if words else part[:60])
    return words


def _fields_at(model: Any, path: tuple[str | int, ...]) -> list[str]:
    for part in path:
        if isinstance(part, int):
            continue
        field = getattr(model, "model_fields", {}).get(part)
        if field is None:
            return []
        model = _model_in(field.annotation)
    return list(getattr(model, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if found := _model_in(inner):
            return found
    return None
