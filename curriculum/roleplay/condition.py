"""Conditions in conversations: a few words of Python's grammar, checked when read and never evaluated as code."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import methodcaller
from types import MappingProxyType
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

    def said_back(self, person: str) -> bool: ...

    def confirmed(self, person: str) -> bool: ...

    def objected(self, person: str) -> bool: ...


ASKED = ("knows", "visited", "did", "said_back", "confirmed", "objected")
"""What a condition can ask of a situation, each with one name."""
OF_READ_BACKS = ("said_back", "confirmed", "objected")
"""Of these, what asks whether a person was read back to, and with which answer."""

World = Mapping[str, int]
"""What the world that a conversation is held in is like, by name; 0 is false."""

NOWHERE: World = MappingProxyType({})

_Test = Callable[[Situation, World], bool]
_Reading = Callable[[Situation, World], int]


@dataclass(frozen=True)
class Condition:
    """A parsed condition; call it with a situation, and with the world where it asks about that."""

    text: str
    test: _Test
    names: frozenset[tuple[str, str]]
    """What it mentions, as ("knows", "latency"), ("trust", "ml"), ("visited", "ask_latency"), ("did", …),
    ("confirmed", "ml"), ("world", "new_market"), and ("minutes", "") where the clock decides."""

    def __call__(self, situation: Situation, world: World = NOWHERE) -> bool:
        """Whether it holds; raises LookupError where it asks for something that the world does not say."""
        return self.test(situation, world)


@lru_cache(maxsize=1024)
def parse_condition(text: str) -> Condition:
    """Parse `knows('f')`, `visited('choice')`, `did('action')`, `said_back('person')`, `confirmed('person')`,
    `objected('person')`, `world('name')`, `trust('person') >= 2`, `world('name') >= 2`, `minutes >= 10`, joined by
    and, or, not. Blank is always true. Raises ValueError for anything else."""
    if not text.strip():
        return Condition("", lambda situation, world: True, frozenset())
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        raise ValueError(f"the condition {text!r} is not well formed") from None
    names: set[tuple[str, str]] = set()
    return Condition(text, _boolean(tree, names, text), frozenset(names))


def _boolean(tree: ast.expr, names: set[tuple[str, str]], text: str) -> _Test:
    if isinstance(tree, ast.BoolOp):
        parts = [_boolean(part, names, text) for part in tree.values]
        return reduce(_both if isinstance(tree.op, ast.And) else _either, parts)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        inner = _boolean(tree.operand, names, text)
        return lambda situation, world: not inner(situation, world)
    if isinstance(tree, ast.Compare) and len(tree.ops) == 1 and type(tree.ops[0]) in _COMPARE:
        compare = _COMPARE[type(tree.ops[0])]
        left, right = _number(tree.left, names, text), _number(tree.comparators[0], names, text)
        return lambda situation, world: compare(left(situation, world), right(situation, world))
    call = _call(tree, text)
    if call and call[0] == "world":
        names.add(call)
        return lambda situation, world: bool(_of(world, call[1]))
    if call and call[0] in ASKED:
        names.add(call)
        ask = methodcaller(*call)
        return lambda situation, world: bool(ask(situation))
    raise ValueError(f"the condition {text!r} may use {', '.join(ASKED)}, world, trust, minutes, and, or, not")


def _both(one: _Test, other: _Test) -> _Test:
    return lambda situation, world: one(situation, world) and other(situation, world)


def _either(one: _Test, other: _Test) -> _Test:
    return lambda situation, world: one(situation, world) or other(situation, world)


def _number(tree: ast.expr, names: set[tuple[str, str]], text: str) -> _Reading:
    if isinstance(tree, ast.Constant) and type(tree.value) is int:
        constant = tree.value
        return lambda situation, world: constant
    if isinstance(tree, ast.Name) and tree.id == "minutes":
        names.add(("minutes", ""))
        return lambda situation, world: situation.minutes
    call = _call(tree, text)
    if call and call[0] == "trust":
        names.add(call)
        return lambda situation, world: situation.trust_of(call[1])
    if call and call[0] == "world":
        names.add(call)
        return lambda situation, world: _of(world, call[1])
    raise ValueError(
        f"the condition {text!r} compares something that is no number, minutes, trust('person') or world('name')"
    )


def _of(world: World, name: str) -> int:
    try:
        return world[name]
    except KeyError:
        raise LookupError(
            f"a condition asks world({name!r}), and the script was not told which world it is in; "
            f"use script.in_world(case)"
        ) from None


def _call(tree: ast.expr, text: str) -> tuple[str, str] | None:
    if not (isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and len(tree.args) == 1):
        return None
    argument = tree.args[0]
    if tree.keywords or not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
        raise ValueError(f"the condition {text!r} must name its subject in quotes")
    return tree.func.id, argument.value
