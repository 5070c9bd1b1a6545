"""Rules that learners write: CEL expressions, compiled once, run row by row, with errors as one sentence each."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from types import MappingProxyType, ModuleType
from typing import Any

from curriculum.support.rules_at_once import decided

MAX_LENGTH = 800
"""Characters of one rule."""
MAX_DEPTH = 20
"""How deeply brackets may be nested."""

FUNCTIONS = ("size", "contains", "startsWith", "endsWith", "int", "double", "string", "has")
"""The functions that a rule may call. CEL's loops (all, exists, map, filter) are left out on purpose, and so are its
regular expressions (matches): an engine that goes back takes as long over one as whoever wrote it likes."""

ColumnTypes = Mapping[str, type]
"""The columns that a rule may read: their names and bool, int, float, str, list or dict."""

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*)
      | (?P<text>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")
      | (?P<number>(?:\d+\.\d+|\d+|\.\d+)(?:[eE][-+]?\d+)?)
      | (?P<name>[A-Za-z_]\w*)
      | (?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:,.()\[\]{}])""",
    re.VERBOSE,
)
_WORDS = {"and": "&&", "or": "||", "not": "!", "AND": "&&", "OR": "||", "NOT": "!", "True": "true", "False": "false",
          "None": "null"}  # fmt: skip
_CONSTANTS = {"true": bool, "false": bool, "null": type(None), "in": None}
_PLAIN = {bool: "true or false", int: "a whole number", float: "a number", str: "text", list: "a list",
          dict: "a group", type(None): "empty"}  # fmt: skip


class RuleError(Exception):
    """A rule cannot be used; the message is one sentence, `position` the character where it goes wrong (from 1)."""

    def __init__(self, text: str, position: int, found: str, expected: str):
        line = text.count("\n", 0, position - 1) + 1
        column = position - (text.rfind("\n", 0, position - 1) + 1)
        place = f"character {column}" if "\n" not in text else f"line {line}, character {column}"
        super().__init__(f"The rule, {place}: found {found}; expected {expected}.")
        self.position, self.found, self.expected = position, found, expected


@dataclass(frozen=True)
class Token:
    """A word of a rule and the character at which it begins, counted from 1."""

    kind: str
    text: str
    position: int


@dataclass(frozen=True)
class Rule:
    """A compiled rule."""

    text: str
    columns: tuple[str, ...]
    """The columns that it reads, in alphabetical order."""
    types: ColumnTypes
    program: Any

    def test(self, row: Mapping[str, Any]) -> bool:
        """Whether the rule holds for one row; raises RuleError where it cannot be worked out."""
        result = self.value(row)
        if type(result) is not bool:
            found = f"a result that is {_PLAIN.get(type(result), 'no answer')}"
            raise RuleError(self.text, 1, found, "a rule that is true or false, such as `amount > 100.0`")
        return result

    def value(self, row: Mapping[str, Any]) -> Any:
        """What the rule gives for one row, of whatever kind; raises RuleError where it cannot be worked out."""
        values = {name: row[name] for name in self.columns}
        try:
            return self.program.execute(values)
        except Exception as error:  # the binding raises a dozen kinds; each becomes one sentence
            raise _failure(self, values, error) from None

    def each(self, columns: Mapping[str, Any]) -> list[bool]:
        """The rule for every row of a table of equally long numpy arrays or lists: about 4 µs a row, and next to
        nothing where it only compares columns of numpy arrays with literals.

        Raises RuleError for the first row in which the rule cannot be worked out.
        """
        words = [(token.kind, token.text) for token in tokenised(self.text)]
        if (answers := decided(words, self.types, columns)) is not None:
            return answers
        lists = [_plain_list(columns[name]) for name in self.columns]
        length = len(next(iter(columns.values()), ()))
        rows = zip(*lists, strict=True) if lists else repeat((), length)
        execute, names = self.program.execute, self.columns
        results = []
        values: dict[str, Any] = {}
        try:
            for row in rows:
                values = dict(zip(names, row, strict=True))
                results.append(execute(values))
        except Exception as error:
            raise _failure(self, values, error) from None
        for divisor in _divisors(self.text):
            self._never_by_zero(divisor, lists, results)
        if any(type(result) is not bool for result in results):
            self.test(dict(zip(self.columns, (column[0] for column in lists), strict=True)))
        return results

    def _never_by_zero(self, span: tuple[int, int], lists: Sequence[list[Any]], results: Sequence[bool]) -> None:
        """Refuse a decimal division by zero that decides a row: CEL makes it infinite, without a word."""
        cel = _cel()

        left, right = span
        divisor = cel.compile(self.text[left:right])
        other = cel.compile(f"{self.text[:left]}1.0e300{self.text[right:]}")
        for row, result in zip(zip(*lists, strict=True) if lists else repeat((), len(results)), results, strict=True):
            values = dict(zip(self.columns, row, strict=True))
            try:
                zero = divisor.execute(values) == 0.0 and other.execute(values) != result
            except Exception:  # a part behind a guard that is not asked in this row
                continue
            if zero:
                raise _failure(self, values, ZeroDivisionError(), left + 1)


def compile_rule(text: str, types: ColumnTypes) -> Rule:
    """Compile a rule over the given columns.

    Raises RuleError, with the position, where it is too long or nested, does not follow the grammar, names a
    column or function that is not there, or compares a column with a value of another type.
    """
    return _compile(text.strip(), tuple(sorted(types.items(), key=lambda item: item[0])))


@lru_cache(maxsize=256)
def _compile(text: str, types: tuple[tuple[str, type], ...]) -> Rule:
    known = MappingProxyType(dict(types))
    if not text:
        raise RuleError(text, 1, "an empty rule", "an expression such as `amount > 100.0`")
    if len(text) > MAX_LENGTH:
        raise RuleError(text, MAX_LENGTH, f"{len(text)} characters", f"at most {MAX_LENGTH}")
    tokens = tokenised(text)
    _check_depth(text, tokens)
    names = _check_names(text, tokens, known)
    program = _parse(text)
    _check_types(text, tokens, known)
    return Rule(text, tuple(sorted(names)), known, program)


def tokenised(text: str) -> list[Token]:
    """The words of a rule, spaces and comments left out; raises RuleError for a character that no rule has."""
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise RuleError(text, at + 1, *_stray(text, at))
        if match.lastgroup != "space":
            tokens.append(Token(str(match.lastgroup), match.group(), at + 1))
        at = match.end()
    return tokens


def _stray(text: str, at: int) -> tuple[str, str]:
    character = text[at]
    advice = {
        "=": ("a single =", "== to compare"),
        "&": ("a single &", "&& for “and”"),
        "|": ("a single |", "|| for “or”"),
        "'": ("a quotation mark that is never closed", "the same mark at the end of the text"),
        '"': ("a quotation mark that is never closed", "the same mark at the end of the text"),
        "“": ("a curly quotation mark", "straight quotation marks, ' or \""),
        "’": ("a curly quotation mark", "straight quotation marks, ' or \""),
        "≥": ("≥", ">="),
        "≤": ("≤", "<="),
    }
    return advice.get(character, (f"the character {character!r}", "names, numbers, text in quotes and operators"))


def _check_depth(text: str, tokens: Sequence[Token]) -> None:
    depth = 0
    for token in tokens:
        depth += (token.text in "([{") - (token.text in ")]}") if token.kind == "sign" else 0
        if depth > MAX_DEPTH:
            raise RuleError(text, token.position, "brackets inside brackets", f"at most {MAX_DEPTH} levels of them")


def _check_names(text: str, tokens: Sequence[Token], known: ColumnTypes) -> set[str]:
    """The columns that a rule reads; raises RuleError for words that are neither column nor function."""
    columns = set()
    for before, token, after in _neighbours(tokens):
        if token.kind != "name" or token.text in _CONSTANTS:
            continue
        called = after is not None and after.text == "("
        member = before is not None and before.text == "."
        if token.text in _WORDS and token.text not in known:
            raise RuleError(text, token.position, f"the word {token.text}", f"{_WORDS[token.text]} instead")
        if called:
            if token.text not in FUNCTIONS:
                allowed = ", ".join(FUNCTIONS)
                raise RuleError(text, token.position, f"the function {token.text[:40]}", f"one of {allowed}")
        elif not member and token.text not in known:
            columns_there = ", ".join(known)
            raise RuleError(text, token.position, f"the column {token.text[:40]}", f"one of {columns_there}")
        elif not member:
            columns.add(token.text)
    return columns


def _neighbours(tokens: Sequence[Token]) -> Iterator[tuple[Token | None, Token, Token | None]]:
    for index, token in enumerate(tokens):
        yield (
            tokens[index - 1] if index else None,
            token,
            tokens[index + 1] if index + 1 < len(tokens) else None,
        )


def _parse(text: str) -> Any:
    cel = _cel()

    try:
        return cel.compile(text)
    except ValueError as error:
        position, problem = _where(text, str(error))
    found = re.search(r"(?:mismatched|extraneous) input '(.*?)'|missing '(.*?)' at", problem)
    if "<EOF>" in problem and "missing" not in problem and "expecting <EOF>" not in problem:
        raise RuleError(text, position, "the end of the rule", "something more, such as a value or a bracket")
    if found and found.group(2):
        raise RuleError(text, position, "something missing", f"{found.group(2)!r} here")
    word = found.group(1) if found else text[position - 1 : position + 9]
    raise RuleError(text, position, f"“{word[:40]}”", "an operator such as &&, ||, >, ==, or the end of the rule")


def _where(text: str, message: str) -> tuple[int, str]:
    """The position in a parser's message and the rest of its first problem."""
    match = re.search(r"<input>:(\d+):(\d+): (.*)", message)
    if match is None:
        return 1, message
    lines = text.split("\n")
    line, column = min(int(match.group(1)), len(lines)), int(match.group(2))
    return sum(len(before) + 1 for before in lines[: line - 1]) + column, match.group(3)


def _check_types(text: str, tokens: Sequence[Token], known: ColumnTypes) -> None:
    """Refuse a column compared with a literal of another type: CEL would quietly say false to ==, != and in."""
    for index in range(len(tokens) - 2):
        left, sign, right = tokens[index : index + 3]
        previous = tokens[index - 1].text if index else ""
        following = tokens[index + 3].text if index + 3 < len(tokens) else ""
        if previous in (".", "-", "+", "*", "/", "%") or following in (".", "+", "-", "*", "/", "%"):
            continue
        if sign.text in ("==", "!=", "<", "<=", ">", ">="):
            _compare(text, known, left, right)
            _compare(text, known, right, left)
        elif sign.text == "in" and right.text == "[":
            for item in tokens[index + 3 :]:
                if item.text == "]":
                    break
                _compare(text, known, left, item)


def _compare(text: str, known: ColumnTypes, column: Token, literal: Token) -> None:
    if column.kind != "name" or column.text not in known:
        return
    kind = known[column.text]
    if kind in (list, dict) or literal.text == "null":
        return
    given = {"text": str, "number": float}.get(literal.kind) or _CONSTANTS.get(literal.text)
    if given is None:
        return
    if (kind in (int, float)) != (given is float) or (kind in (str, bool) and kind is not given):
        raise RuleError(
            text,
            literal.position,
            f"{literal.text[:40]} beside {column.text}",
            f"{_PLAIN[kind]}, because {column.text} is {_PLAIN[kind]}",
        )


def _divisors(text: str) -> list[tuple[int, int]]:
    """Where the divisors stand: what follows / or %, which is a name, a number, a call or a bracket."""
    if "/" not in text and "%" not in text:
        return []
    tokens, spans = tokenised(text), []
    for index, token in enumerate(tokens[:-1]):
        if token.kind != "sign" or token.text not in "/%":
            continue
        end, depth = index + 1, 0
        while end < len(tokens):
            depth += (tokens[end].text == "(") - (tokens[end].text == ")")
            follows = tokens[end + 1].text if end + 1 < len(tokens) else ""
            if depth == 0 and follows not in (".", "(") and tokens[end].text not in (".", "-"):
                break
            end += 1
        last = tokens[min(end, len(tokens) - 1)]
        spans.append((tokens[index + 1].position - 1, last.position - 1 + len(last.text)))
    return spans


def _failure(rule: Rule, values: Mapping[str, Any], error: Exception, position: int = 0) -> RuleError:
    """The sentence for a rule that compiled and could not be worked out for a row."""
    position = position or _failing_part(rule.text, values)
    row = ", ".join(f"{name} = {value!r:.40}" for name, value in list(values.items())[:6])
    where = f" for a row with {row}" if row else ""
    if isinstance(error, ZeroDivisionError):
        return RuleError(rule.text, position, f"a division by zero{where}", "a divisor that is never 0")
    if isinstance(error, KeyError):
        return RuleError(rule.text, position, f"no field {error!s:.60}{where}", "a field that is there, or has(…)")
    if isinstance(error, IndexError):
        return RuleError(rule.text, position, f"a list that is too short{where}", "a position that is there")
    if isinstance(error, OverflowError):
        return RuleError(rule.text, position, f"a number that is too large{where}", "smaller numbers")
    return RuleError(
        rule.text,
        position,
        f"values of kinds that do not go together{where}",
        "the same kind on both sides; write numbers that you calculate with as 2.0, or use double(…)",
    )


def _failing_part(text: str, values: Mapping[str, Any]) -> int:
    """Where the innermost part begins that fails on its own: a cut at && and || and brackets, narrowed step by step."""
    cel = _cel()

    start, end = 0, len(text)
    narrowed = True
    while narrowed:
        narrowed = False
        for left, right in _parts(text, start, end):
            if (left, right) == (start, end):
                continue
            try:
                cel.compile(text[left:right]).execute(dict(values))
            except ValueError:
                continue
            except Exception:
                start, end, narrowed = left, right, True
                break
    return start + 1


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The operands of the outermost && and || in a span, or what stands inside its outer brackets."""
    tokens = [token for token in tokenised(text) if start < token.position <= end]
    cuts, depth = [start], 0
    for token in tokens:
        depth += (token.text in "([{") - (token.text in ")]}") if token.kind == "sign" else 0
        if depth == 0 and token.text in ("&&", "||", "?", ":"):
            cuts += [token.position - 1, token.position - 1 + len(token.text)]
    cuts.append(end)
    spans = [(cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2)]
    if len(spans) == 1 and tokens and tokens[0].text in ("(", "!") and tokens[-1].text == ")":
        inner = next(token.position for token in tokens if token.text == "(")
        spans = [(inner, tokens[-1].position - 1)]
    return [_trimmed(text, left, right) for left, right in spans if text[left:right].strip()]


def _trimmed(text: str, left: int, right: int) -> tuple[int, int]:
    piece = text[left:right]
    return left + len(piece) - len(piece.lstrip()), right - (len(piece) - len(piece.rstrip()))


def _plain_list(values: Any) -> list[Any]:
    return values.tolist() if hasattr(values, "tolist") else list(values)


@cache
def _cel() -> Any:
    """The compiled engine. Its package imports a command line of its own, which takes 0.2 seconds and is not
    used here: an empty module stands in for it."""
    sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))
    import cel

    return cel
