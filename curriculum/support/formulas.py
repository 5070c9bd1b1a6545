"""Formulas that learners write: CEL expressions that give a number for each row of a table.

All numbers in a formula are decimals, so that `5 * distance_km` is what people mean by it: CEL mixes no kinds of
numbers. Arithmetic, comparisons and `? :` are worked out for a whole table at once; the rest is left to CEL.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NoReturn

import numpy as np

from curriculum.support.rules import ColumnTypes, Rule, RuleError, Token, compile_rule, tokenised

Rows = Mapping[str, np.ndarray]
_KINDS: Mapping[type, str] = {float: "number", str: "text", bool: "truth"}


@dataclass(frozen=True)
class Formula:
    """A compiled formula."""

    text: str
    """As it was written."""
    columns: tuple[str, ...]
    """The columns that it reads, in alphabetical order."""
    _shifts: tuple[int, ...]
    """Where the compiled text has a `.0` that was not written."""
    _rule: Rule
    _at_once: Callable[[Rows], np.ndarray] | None

    def numbers(self, columns: Mapping[str, Any]) -> np.ndarray:
        """The number of every row of equally long columns; numbers of any kind count as decimals.

        Raises RuleError for the first row for which it gives no finite number.
        """
        rows = {name: _decimal(columns[name]) for name in self.columns}
        length = len(next(iter(columns.values()), ()))
        if self._at_once is not None:
            with np.errstate(all="ignore"):
                given = np.broadcast_to(np.asarray(self._at_once(rows), dtype=float), (length,))
        else:
            given = self._row_by_row(rows, length)
        if not np.isfinite(given).all():
            row = int(np.argmin(np.isfinite(given)))
            told = ", ".join(f"{name} = {values[row]!s:.40}" for name, values in rows.items())
            found = f"no finite number{f' for a row with {told}' if told else ''}"
            raise RuleError(self.text, 1, found, "a divisor that is never 0, and numbers that are not too large")
        return given

    def _row_by_row(self, rows: Rows, length: int) -> np.ndarray:
        lists = [values.tolist() for values in rows.values()]
        given = np.empty(length)
        for number in range(length):
            row = {name: values[number] for name, values in zip(rows, lists, strict=True)}
            try:
                given[number] = _number(self.text, self._rule.value(row))
            except RuleError as error:
                raise _placed(error, self.text, self._shifts) from None
        return given


def compile_formula(text: str, types: ColumnTypes) -> Formula:
    """Compile a formula over the given columns; whole and decimal columns are both calculated with as decimals.

    Raises RuleError, with the position in what was written, where `compile_rule` does, and where the result is plainly
    no number.
    """
    return _compile(text.strip(), tuple(sorted(types.items(), key=lambda item: item[0])))


@lru_cache(maxsize=512)
def _compile(text: str, types: tuple[tuple[str, type], ...]) -> Formula:
    known = MappingProxyType({name: float if kind is int else kind for name, kind in types})
    decimal, shifts = _with_decimals(text)
    try:
        rule = compile_rule(decimal, known)
    except RuleError as error:
        if not text:
            raise RuleError(text, 1, "an empty formula", "an expression such as `16 + 5 * distance_km`") from None
        raise _placed(error, text, shifts) from None
    try:
        kind, at_once = _Reader(tokenised(decimal), known).whole()
    except _NotPlain:
        return Formula(text, rule.columns, tuple(shifts), rule, None)
    if kind != "number":
        _no_number(text, "true or false" if kind == "truth" else "text")
    return Formula(text, rule.columns, tuple(shifts), rule, at_once)


def _placed(error: RuleError, text: str, shifts: Sequence[int]) -> RuleError:
    """The same error with its position in what was written."""
    at = error.position - sum(len(".0") for position in shifts if position < error.position)
    return RuleError(text, max(1, min(at, len(text) + 1)), error.found, error.expected)


def _with_decimals(text: str) -> tuple[str, list[int]]:
    """The formula with `.0` behind each whole number, and the positions, in the new text, where one was put."""
    new, shifts, end = "", list[int](), 0
    for token in tokenised(text):
        stop = token.position - 1 + len(token.text)
        new, end = new + text[end:stop], stop
        if token.kind == "number" and token.text.isdigit():
            shifts.append(len(new) + 1)
            new += ".0"
    return new + text[end:], shifts


def _decimal(values: Any) -> np.ndarray:
    array = np.asarray(values)
    return array.astype(float) if array.dtype.kind in "iu" else array


def _number(text: str, result: Any) -> float:
    if isinstance(result, bool) or not isinstance(result, int | float):
        _no_number(text, "true or false" if isinstance(result, bool) else "text or a list")
    return float(result) if abs(result) < 1e300 else math.inf


def _no_number(text: str, kind: str) -> NoReturn:
    raise RuleError(
        text, 1, f"a result that is {kind}", "a formula that gives a number, such as `16 + 5 * distance_km`"
    )


class _NotPlain(Exception):
    """The formula needs more than arithmetic, comparisons and `? :`."""


Part = tuple[str, Callable[[Rows], Any]]
"""What kind of value a part gives (number, text or truth), and how."""
_SUMS: Mapping[str, Callable[[Any, Any], Any]] = {"+": np.add, "-": np.subtract}
_PRODUCTS: Mapping[str, Callable[[Any, Any], Any]] = {"*": np.multiply, "/": np.divide}
_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip


class _Reader:
    """Reads the words of a formula once, from the left, by CEL's grammar."""

    def __init__(self, words: list[Token], types: Mapping[str, type]):
        self._words, self._types, self._at = words, types, 0

    def whole(self) -> Part:
        part = self._choice()
        if self._at < len(self._words):
            raise _NotPlain
        return part

    def _choice(self) -> Part:
        asked = self._or()
        if not self._next("?"):
            return asked
        then = self._or()
        self._expect(":")
        other = self._choice()
        if asked[0] != "truth" or then[0] != other[0]:
            raise _NotPlain
        condition, left, right = asked[1], then[1], other[1]
        return then[0], lambda rows: np.where(condition(rows), left(rows), right(rows))

    def _or(self) -> Part:
        part = self._and()
        while self._next("||"):
            part = self._joined(np.logical_or, part, self._and(), "truth")
        return part

    def _and(self) -> Part:
        part = self._compared()
        while self._next("&&"):
            part = self._joined(np.logical_and, part, self._compared(), "truth")
        return part

    def _compared(self) -> Part:
        left = self._calculated(_SUMS)
        sign = self._peek()
        if sign not in _COMPARE:
            return left
        self._at += 1
        right = self._calculated(_SUMS)
        if left[0] != right[0] or (left[0] != "number" and sign not in ("==", "!=")):
            raise _NotPlain
        return "truth", self._joined(_COMPARE[sign], left, right, left[0])[1]

    def _calculated(self, signs: Mapping[str, Callable[[Any, Any], Any]]) -> Part:
        inner = self._one if signs is _PRODUCTS else lambda: self._calculated(_PRODUCTS)
        part = inner()
        while self._peek() in signs:
            sign = self._peek()
            self._at += 1
            part = self._joined(signs[sign], part, inner(), "number")
        return part

    def _one(self) -> Part:
        for sign, kind, change in (("-", "number", np.negative), ("!", "truth", np.logical_not)):
            if self._next(sign):
                found, give = self._one()
                if found != kind:
                    raise _NotPlain
                return kind, _changed(change, give)
        if self._next("("):
            part = self._choice()
            self._expect(")")
            return part
        if self._at >= len(self._words):
            raise _NotPlain
        word = self._words[self._at]
        self._at += 1
        if self._peek() in (".", "(", "["):
            raise _NotPlain
        return self._leaf(word)

    def _leaf(self, word: Token) -> Part:
        if word.kind == "number":
            number = float(word.text)
            return "number", lambda rows: number
        if word.kind == "text" and "\\" not in word.text:
            text = word.text[1:-1]
            return "text", lambda rows: text
        if word.text in ("true", "false"):
            truth = word.text == "true"
            return "truth", lambda rows: truth
        kind = _KINDS.get(self._types.get(word.text, type(None)))
        if word.kind != "name" or kind is None:
            raise _NotPlain
        return kind, lambda rows: rows[word.text]

    @staticmethod
    def _joined(join: Callable[[Any, Any], Any], left: Part, right: Part, kind: str) -> Part:
        if left[0] != kind or right[0] != kind:
            raise _NotPlain
        first, second = left[1], right[1]
        return kind, lambda rows: join(first(rows), second(rows))

    def _peek(self) -> str:
        here = self._words[self._at] if self._at < len(self._words) else None
        return here.text if here is not None and here.kind == "sign" else ""

    def _next(self, sign: str) -> bool:
        there = self._peek() == sign
        self._at += there
        return there

    def _expect(self, sign: str) -> None:
        if not self._next(sign):
            raise _NotPlain


def _changed(change: Callable[[Any], Any], give: Callable[[Rows], Any]) -> Callable[[Rows], Any]:
    return lambda rows: change(give(rows))
