"""Plain rules decided for a whole table at once: columns compared with literals, joined by &&, || and !.

CEL is run row by row. Most rules that people write need nothing of it but comparisons whose two sides have the same
type, in which nothing can fail: numpy then says the same in a hundredth of the time. Everything else is left to CEL.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

Word = tuple[str, str]
"""The kind of a token (`text`, `number`, `name` or `sign`) and what it says."""
Decide = Callable[[Mapping[str, np.ndarray]], np.ndarray]

_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_KINDS: Mapping[type, str] = {bool: "b", int: "i", float: "f", str: "U"}
"""By type of a column, the kind of numpy array in which all of it is of that type."""


class _NotPlain(Exception):
    """The rule needs more than comparisons."""


def decided(words: Sequence[Word], types: Mapping[str, type], columns: Mapping[str, Any]) -> list[bool] | None:
    """What a rule says of every row of equally long columns; None where it has to be asked row by row."""
    reader = _Reader(words, types)
    try:
        decide = reader.whole()
    except _NotPlain:
        return None
    arrays = {name: columns[name] for name in reader.columns}
    if not arrays or not all(_is_plain(values, types[name]) for name, values in arrays.items()):
        return None
    answers: list[bool] = decide(arrays).tolist()
    return answers


def _is_plain(values: Any, kind: type) -> bool:
    if not isinstance(values, np.ndarray) or values.dtype.kind != _KINDS.get(kind):
        return False
    return kind is not float or not np.isnan(values).any()  # CEL refuses to compare what is not a number


class _Reader:
    """Reads the words of a rule once, from the left."""

    def __init__(self, words: Sequence[Word], types: Mapping[str, type]):
        self._words, self._types, self._at = words, types, 0
        self.columns: set[str] = set()

    def whole(self) -> Decide:
        """The whole rule; raises _NotPlain."""
        decide = self._joined("||", lambda: self._joined("&&", self._one, np.logical_and), np.logical_or)
        if self._at < len(self._words):
            raise _NotPlain
        return decide

    def _joined(self, sign: str, part: Callable[[], Decide], join: Callable[[Any, Any], Any]) -> Decide:
        decide = part()
        while self._next(sign):
            decide = _both(join, decide, part())
        return decide

    def _one(self) -> Decide:
        if self._next("!"):  # it binds more closely than a comparison
            plain = self._at < len(self._words) and self._words[self._at][1] not in ("(", "!")
            inner = self._flag(self._take()) if plain else self._one()
            return lambda rows: np.logical_not(inner(rows))
        if self._next("("):
            inner = self._joined("||", lambda: self._joined("&&", self._one, np.logical_and), np.logical_or)
            if not self._next(")"):
                raise _NotPlain
            return inner
        left = self._take()
        sign = self._words[self._at][1] if self._at < len(self._words) else ""
        if sign not in _COMPARE:
            return self._flag(left)
        self._at += 1
        right = self._take()
        if left[0] == "name" and left[1] in self._types:
            return self._compared(left[1], sign, right)
        return self._compared(right[1], _MIRRORED[sign], left)

    def _flag(self, word: Word) -> Decide:
        name = word[1]
        if word[0] != "name" or self._types.get(name) is not bool:
            raise _NotPlain
        self.columns.add(name)
        return lambda rows: rows[name]

    def _compared(self, name: str, sign: str, word: Word) -> Decide:
        kind = self._types.get(name)
        value = _literal(word)
        if kind not in _KINDS or type(value) is not kind or (kind in (bool, str) and sign not in ("==", "!=")):
            raise _NotPlain
        self.columns.add(name)
        compare = _COMPARE[sign]
        return lambda rows: compare(rows[name], value)

    def _take(self) -> Word:
        if self._at >= len(self._words):
            raise _NotPlain
        self._at += 1
        return self._words[self._at - 1]

    def _next(self, sign: str) -> bool:
        there = self._at < len(self._words) and self._words[self._at] == ("sign", sign)
        self._at += there
        return there


def _both(join: Callable[[Any, Any], Any], left: Decide, right: Decide) -> Decide:
    return lambda rows: join(left(rows), right(rows))


def _literal(word: Word) -> bool | int | float | str:
    """What a literal stands for; raises _NotPlain for everything whose reading CEL should decide."""
    kind, text = word
    if kind == "number" and text.isdigit() and len(text) <= 15 and (text == "0" or text[0] != "0"):
        return int(text)
    if kind == "number" and text.replace(".", "", 1).isdigit() and text[0] != ".":
        return float(text)
    if kind == "text" and "\\" not in text:
        return text[1:-1]
    if text in ("true", "false"):
        return text == "true"
    raise _NotPlain
