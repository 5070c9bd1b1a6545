"""What a review prints: the values that somebody could copy out of its sentences and rows."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from curriculum.authoring.shapes import Leaf, Sort
from curriculum.cases import Case
from graders.report import Finding, plain

_NUMBER = re.compile(r"(?<![\w.,])-?\d[\d,]*(?:\.\d+)?(?!\w)")
_ISO = re.compile(r"\b(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?\b")
_MONTHS = [calendar.month_name[number] for number in range(1, 13)]
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})(?: (\d{{4}}))?(?:, (\d{{2}}:\d{{2}}))?")
_CLOCK = re.compile(r"\b(\d{1,2}:\d{2})\b")
_WORD = re.compile(r"[A-Za-z_]\w*")
YEAR = 2026
"""In which year days without one are."""


@dataclass(frozen=True)
class Value:
    """Something printed that could be copied into a field."""

    sort: Sort
    value: Any
    kind: str = ""
    """Kind of the registry, for an id."""
    key: str = ""
    """The heading under which it stands in a row of evidence; blank in a sentence."""

    def fits(self, leaf: Leaf) -> bool:
        """Whether a field takes such a value."""
        if leaf.sort is Sort.MOMENT:
            return self.sort is Sort.MOMENT
        if leaf.sort is Sort.ID:
            return self.sort is Sort.ID and self.kind == leaf.kind
        if leaf.sort is Sort.CHOICE:
            return self.sort is Sort.TEXT and choice_in(leaf, str(self.value)) is not None
        return self.sort is leaf.sort

    def for_(self, leaf: Leaf) -> Any:
        """The value as the field takes it."""
        if leaf.sort is Sort.CHOICE:
            return choice_in(leaf, str(self.value))
        if leaf.sort is Sort.NUMBER:
            number = min(max(float(self.value), leaf.low), leaf.high)
            return round(number) if leaf.whole else number
        return self.value


def choice_in(leaf: Leaf, text: str) -> Any:
    """The only choice of a field whose name or label a text says; None where it says none or several."""
    said = text.casefold()
    found = [
        choice
        for choice in leaf.choices
        if any(
            re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", said)
            for name in (str(choice), str(choice).replace("_", " "), leaf.labels.get(str(choice), ""))
            if name
        )
    ]
    return found[0] if len(found) == 1 else None


def values_in(text: str, case: Case, key: str = "") -> Iterator[Value]:
    """Everything in a sentence, or in a cell of a row, that could be copied."""
    rest = text
    for hit in _ISO.finditer(text):
        yield Value(Sort.DAY, hit[1], key=key)
        yield Value(Sort.MOMENT, f"{hit[1]}T{hit[2] or '00:00'}", key=key)
        rest = rest.replace(hit.group(), " ")
    for hit in _DAY.finditer(text):
        day = _day(int(hit[3] or YEAR), _MONTHS.index(hit[2]) + 1, int(hit[1]))
        if day:
            yield Value(Sort.DAY, day, key=key)
            yield Value(Sort.MOMENT, f"{day}T{hit[4] or '00:00'}", key=key)
        rest = rest.replace(hit.group(), " ")
    for hit in _CLOCK.finditer(rest):
        yield Value(Sort.TIME, hit[1].zfill(5), key=key)
    rest = _CLOCK.sub(" ", rest)
    for hit in _NUMBER.finditer(rest):
        yield Value(Sort.NUMBER, float(hit.group().replace(",", "")), key=key)
    ids, labels = _names(case)
    for word in dict.fromkeys(_WORD.findall(text)):
        yield from (Value(Sort.ID, word, kind, key) for kind in ids.get(word, ()))
    folded = text.casefold()
    for label, named in labels.items():
        if label in folded:
            yield from (Value(Sort.ID, id, kind, key) for kind, id in named)
    yield Value(Sort.TEXT, text.strip(), key=key)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=8)
def _names(case: Case) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[tuple[str, str], ...]]]:
    """Kinds by id, and (kind, id) by label in small letters."""
    ids: dict[str, tuple[str, ...]] = {}
    labels: dict[str, tuple[tuple[str, str], ...]] = {}
    for kind, entries in case.registry.kinds.items():
        for entry in entries.values():
            ids[entry.id] = (*ids.get(entry.id, ()), kind)
            label = entry.label.strip(" .").casefold()
            if len(label) >= 3:
                labels[label] = (*labels.get(label, ()), (kind, entry.id))
    return ids, labels


def row_values(row: Mapping[str, Any], case: Case) -> list[Value]:
    """Everything in a row of evidence that could be copied."""
    found: list[Value] = []
    for key, raw in row.items():
        value = plain(raw)
        if isinstance(value, bool):
            found.append(Value(Sort.FLAG, value, key=str(key)))
        elif isinstance(value, int | float):
            found.append(Value(Sort.NUMBER, float(value), key=str(key)))
        elif value is not None:
            found += values_in(str(value), case, str(key))
    return found


@dataclass(frozen=True)
class Said:
    """One thing that a review objects to, and everything printed with it."""

    criterion: str
    place: str
    words: str
    """Its sentences without any digits: another thing is objected to where they differ."""
    rows: tuple[tuple[Value, ...], ...]
    found: tuple[Value, ...]
    expected: tuple[Value, ...]

    @property
    def values(self) -> tuple[Value, ...]:
        return (*(value for row in self.rows for value in row), *self.found, *self.expected)


def said_by(finding: Finding, case: Case) -> list[Said]:
    """What a finding prints, objection by objection."""
    parts: Sequence[tuple[str, str, str, Any]] = [
        (one.place, one.found, one.expected, one.evidence) for one in finding.objections
    ] or [("", finding.finding, "", finding.evidence)]
    return [
        Said(
            finding.criterion,
            place,
            re.sub(r"[\d.,:]+", "#", f"{found} {expected}"),
            tuple(tuple(row_values(row, case)) for row in evidence),
            tuple(values_in(found, case)),
            tuple(values_in(expected, case)),
        )
        for place, found, expected, evidence in parts
    ]
