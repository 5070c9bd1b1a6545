"""On what a sentence of a story rests: a few words of Python's grammar, checked when read and never evaluated."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import combinations

from curriculum.roleplay.engine import State

WORDS = ("passed", "said", "knows", "did")
"""`passed('criterion')`, `said('choice')`, `knows('fact')`, `did('action')`."""

Ground = tuple[str, str]
"""A word and its subject, as ("passed", "baselines_recompute")."""


@dataclass(frozen=True)
class Deeds:
    """What was done, as far as it was checked: criteria that the work meets, and what was said in the talk."""

    passed: frozenset[str] = frozenset()
    talk: State | None = None

    def hold(self, ground: Ground) -> bool:
        """Whether one ground is given."""
        word, subject = ground
        if word == "passed":
            return subject in self.passed
        if self.talk is None:
            return False
        asked = {"said": self.talk.visited, "knows": self.talk.knows, "did": self.talk.did}
        return asked[word](subject)


@dataclass(frozen=True)
class When:
    """A parsed condition; call it with something that says whether a ground is given."""

    text: str
    test: Callable[[Callable[[Ground], bool]], bool] = field(compare=False)
    grounds: tuple[Ground, ...]
    """Everything that it mentions."""

    def __call__(self, given: Callable[[Ground], bool]) -> bool:
        return self.test(given)

    @cached_property
    def needed(self) -> tuple[Ground, ...]:
        """The grounds without any one of which it cannot hold: false alone, with all others tried."""
        return tuple(ground for ground in self.grounds if not self._can_hold_without(ground))

    def _can_hold_without(self, missing: Ground) -> bool:
        others = [ground for ground in self.grounds if ground != missing]
        return any(
            self.test(frozenset(some).__contains__)
            for count in range(len(others) + 1)
            for some in combinations(others, count)
        )

    @property
    def is_empty(self) -> bool:
        """Whether it holds although nothing was done."""
        return self.test(lambda ground: False)


@lru_cache(maxsize=512)
def parse_when(text: str) -> When:
    """Parse `passed('c')`, `said('choice')`, `knows('fact')`, `did('action')`, joined by and, or, not.

    Raises ValueError for anything else, for a blank text and for more than eight grounds.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        raise ValueError(f"the condition {text!r} is not well formed") from None
    grounds: list[Ground] = []
    test = _test(tree, grounds, text)
    if len(grounds) > 8:
        raise ValueError(f"the condition {text!r} rests on more than eight things; make two sentences of it")
    return When(text, test, tuple(dict.fromkeys(grounds)))


def _test(tree: ast.expr, grounds: list[Ground], text: str) -> Callable[[Callable[[Ground], bool]], bool]:
    if isinstance(tree, ast.BoolOp):
        parts = [_test(part, grounds, text) for part in tree.values]
        join = all if isinstance(tree.op, ast.And) else any
        return lambda given: join(part(given) for part in parts)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        inner = _test(tree.operand, grounds, text)
        return lambda given: not inner(given)
    if (
        isinstance(tree, ast.Call)
        and isinstance(tree.func, ast.Name)
        and tree.func.id in WORDS
        and len(tree.args) == 1
        and not tree.keywords
        and isinstance(tree.args[0], ast.Constant)
        and isinstance(tree.args[0].value, str)
    ):
        ground = (tree.func.id, tree.args[0].value)
        grounds.append(ground)
        return lambda given: given(ground)
    raise ValueError(f"the condition {text!r} may use {', '.join(WORDS)} with a name in quotes, and, or, not")
