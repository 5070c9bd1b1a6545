"""Conditions on choices: a few words of Python's grammar, checked when read and never evaluated as code."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

_COMPARE: dict[type[ast.cmpop], Callable[[int, int], bool]] = {
    ast.GtE: lambda left, right: left >= right,
    ast.Gt: lambda left, right: left > right,
    ast.LtE: lambda left, right: left <= right,
    ast.Lt: lambda left, right: left < right,
    ast.Eq: lambda left, right: left == right,
}


class Situation(Protocol):
    """What a condition may ask about."""

    @property
    def minutes(self) -> int: ...

    def trust_of(self, person: str) -> int: ...

    def knows(self, fact: str) -> bool: ...

    def visited(self, choice: str) -> bool: ...

    def did(self, action: str) -> bool: ...


@dataclass(frozen=True)
class Condition:
    """A parsed condition; call it with a situation."""

    text: str
    test: Callable[[Situation], bool]
    names: frozenset[tuple[str, str]]
    """What it mentions, as ("knows", "latency"), ("trust", "ml"), ("visited", "ask_latency"), ("did", …)."""

    def __call__(self, situation: Situation) -> bool:
        return self.test(situation)


@lru_cache(maxsize=1024)
def parse_condition(text: str) -> Condition:
    """Parse `knows('f')`, `visited('choice')`, `did('action')`, `trust('person') >= 2`, `minutes >= 10`,
    joined by and, or, not. Blank is always true. Raises ValueError for anything else."""
    if not text.strip():
        return Condition("", lambda situation: True, frozenset())
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        raise ValueError(f"the condition {text!r} is not well formed") from None
    names: set[tuple[str, str]] = set()
    return Condition(text, _boolean(tree, names, text), frozenset(names))


def _boolean(tree: ast.expr, names: set[tuple[str, str]], text: str) -> Callable[[Situation], bool]:
    if isinstance(tree, ast.BoolOp):
        parts = [_boolean(part, names, text) for part in tree.values]
        join = all if isinstance(tree.op, ast.And) else any
        return lambda situation: join(part(situation) for part in parts)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        inner = _boolean(tree.operand, names, text)
        return lambda situation: not inner(situation)
    if isinstance(tree, ast.Compare) and len(tree.ops) == 1 and type(tree.ops[0]) in _COMPARE:
        compare = _COMPARE[type(tree.ops[0])]
        left, right = _number(tree.left, names, text), _number(tree.comparators[0], names, text)
        return lambda situation: compare(left(situation), right(situation))
    call = _call(tree, text)
    if call and call[0] in ("knows", "visited", "did"):
        names.add(call)
        word, argument = call
        return lambda situation: bool(getattr(situation, word)(argument))
    raise ValueError(f"the condition {text!r} may use knows, visited, did, trust, minutes, and, or, not")


def _number(tree: ast.expr, names: set[tuple[str, str]], text: str) -> Callable[[Situation], int]:
    if isinstance(tree, ast.Constant) and type(tree.value) is int:
        constant = tree.value
        return lambda situation: constant
    if isinstance(tree, ast.Name) and tree.id == "minutes":
        return lambda situation: situation.minutes
    call = _call(tree, text)
    if call and call[0] == "trust":
        names.add(call)
        person = call[1]
        return lambda situation: situation.trust_of(person)
    raise ValueError(f"the condition {text!r} compares something that is no number, minutes or trust('person')")


def _call(tree: ast.expr, text: str) -> tuple[str, str] | None:
    if not (isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and len(tree.args) == 1):
        return None
    argument = tree.args[0]
    if tree.keywords or not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
        raise ValueError(f"the condition {text!r} must name its subject in quotes")
    return tree.func.id, argument.value
