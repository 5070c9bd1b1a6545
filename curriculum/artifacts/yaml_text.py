"""YAML as plain data with the line of every value: no aliases, no tags, no surprises of YAML 1.1."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from curriculum.support.printable import printable

MAX_DEPTH = 24
"""How deeply lists and groups may be nested."""

Path = tuple[str | int, ...]
"""Where a value stands: keys and positions from the top of the document."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?")
_CONSTANTS: dict[str, object] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class NotYaml(Exception):
    """The text is not the YAML that artifacts are written in; `line` counts from 1."""

    def __init__(self, line: int, found: str, expected: str):
        self.line, self.found, self.expected = line, printable(found), expected
        super().__init__(f"line {line}: found {self.found}; expected {expected}")


@dataclass(frozen=True)
class Document:
    """The data of a text and the line on which each value begins."""

    data: Any
    lines: Mapping[Path, int]

    def line_of(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(text: str) -> Document:
    """Read one YAML document of strings, numbers, true/false, null, lists and groups.

    Numbers and constants follow the YAML 1.2 core schema, so `no`, `on` and `10:30` stay text.
    Raises `NotYaml` for syntax errors, aliases, anchors, tags, repeated keys, deep nesting and
    second documents.
    """
    try:
        return _Composer().compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise NotYaml(line, _plain(error.problem or "something that is not YAML"), _remedy(text, line)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 1
        raise NotYaml(line, "a character that YAML does not allow", "plain text without control characters") from None


@dataclass
class _Open:
    """A list or group that is still being read."""

    value: Any
    path: Path
    key: str | None = None
    awaits_key: bool = True


class _Composer:
    """Builds data from parser events without recursion, so that no input can exhaust the stack."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.stack: list[_Open] = []
        self.root: Any = None
        self.documents = 0

    def compose(self, text: str) -> Document:
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.ScalarEvent):  # by far the most
                self._refuse_extras(event, line)
                self._scalar(event, line)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._refuse_extras(event, line)
                if len(self.stack) >= MAX_DEPTH:
                    raise NotYaml(line, f"more than {MAX_DEPTH} levels of nesting", "a flatter text")
                self._begin({} if isinstance(event, yaml.MappingStartEvent) else [], line)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
            elif isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    raise NotYaml(line, "a second document (a line with ---)", "one document in the file")
            elif isinstance(event, yaml.AliasEvent):
                raise NotYaml(line, f"an alias (*{event.anchor:.40})", "the value itself, written out")
        return Document(self.root, self.lines)

    @staticmethod
    def _refuse_extras(event: Any, line: int) -> None:
        if event.anchor:
            raise NotYaml(line, f"an anchor (&{event.anchor:.40})", "the value itself, written out each time")
        if event.tag:
            raise NotYaml(line, f"a tag ({event.tag[:40]})", "a plain value without a tag")

    def _scalar(self, event: Any, line: int) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.awaits_key:
            if event.value in top.value:
                raise NotYaml(line, f"the key {event.value!r:.60} a second time", "each key once")
            if event.value == "<<" and not event.style:
                raise NotYaml(line, "a merge key (<<)", "the values themselves, written out")
            top.key, top.awaits_key = event.value, False
            return
        self._attach(event.value if event.style else resolve(event.value), line)

    def _begin(self, value: Any, line: int) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.awaits_key:
            raise NotYaml(line, "a list or group as a key", "a word as a key")
        self.stack.append(_Open(value, self._attach(value, line)))

    def _attach(self, value: Any, line: int) -> Path:
        path: Path = ()
        if not self.stack:
            self.root = value
        else:
            top = self.stack[-1]
            if isinstance(top.value, dict):
                assert top.key is not None
                path = (*top.path, top.key)
                top.value[top.key] = value
                top.awaits_key = True
            else:
                path = (*top.path, len(top.value))
                top.value.append(value)
        self.lines[path] = line
        return path


def resolve(text: str) -> Any:
    """The value of an unquoted word by the YAML 1.2 core schema; what is not a finite number stays text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if len(text) <= 40 and _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


class _Dumper(yaml.SafeDumper):
    """Writes text blocks as blocks and quotes what would be read back as something else."""

    def ignore_aliases(self, data: object) -> bool:
        return True


class _QuickDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """The same, written by libyaml where it is there, in a quarter of the time. It would write an emoji as a number and
    refuses half of one."""

    def ignore_aliases(self, data: object) -> bool:
        return True


class _Rare(Exception):
    """A text has characters that the quick dumper would not write as people do."""


_RARE = re.compile("[\x85\ud800-\udfff\U00010000-\U0010ffff]")


def _represent_usual_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if not text.isascii() and _RARE.search(text):
        raise _Rare
    return _represent_text(dumper, text)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if "\n" in text and not any(line.endswith((" ", "\t")) for line in text.split("\n")):
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    ambiguous = not isinstance(resolve(text), str)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if ambiguous else None)


_Dumper.add_representer(str, _represent_text)
_QuickDumper.add_representer(str, _represent_usual_text)


def dump(data: Any) -> str:
    """YAML text of plain data; `parse` gives the same data back."""
    try:
        return _written(data, _QuickDumper)
    except _Rare:
        return _written(data, _Dumper)


def _written(data: Any, dumper: type[yaml.SafeDumper]) -> str:
    text: str = yaml.dump(data, Dumper=dumper, sort_keys=False, allow_unicode=True, width=100)
    return text


def _plain(problem: str) -> str:
    known = {
        "mapping values are not allowed": "a colon inside a text",
        "could not find expected ':'": "a line without a colon",
        "did not find expected": "something that does not fit here",
        "found character '\\t'": "a tab",
        "found character that cannot start any token": "a character that cannot stand here, such as a tab or %",
        "found unexpected end of stream": "the end of the file inside a quoted text",
    }
    for start, words in known.items():
        if problem.startswith(start):
            return words
    return problem


def _remedy(text: str, line: int) -> str:
    lines = text.split("\n")
    there = lines[line - 1] if line <= len(lines) else ""
    if "\t" in there:
        return "spaces instead of tabs at the start of lines"
    return "`key: value` lines, indented by two spaces; put texts that contain a colon or a # in quotes"
