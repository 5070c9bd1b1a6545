"""Where a rubric's code looks for patterns in texts that learners wrote: regular expressions, and phrases in them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curriculum.artifacts.base import Artifact, prose_fields

_SEARCHES = frozenset({"search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"})
_LOOKS = frozenset({"startswith", "endswith", "count", "find", "index", "rfind"})
_NO_WORDS = re.compile(r"\s*\\?s?[\s+*]*")
"""Patterns that part or join words and look for none."""


@dataclass(frozen=True)
class Looked:
    """A place in code where prose is searched."""

    line: int
    function: str
    how: str


def patterns_on_prose(source: str, models: tuple[type[Artifact], ...]) -> list[Looked]:
    """Where the functions of a module search texts of these artifacts for patterns or phrases."""
    names = frozenset(name for model in models for name in prose_fields(model))
    functions = {node.name: node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
    told: dict[str, set[str]] = {name: set() for name in functions}
    giving: set[str] = set()
    for _ in range(4):  # what flows into calls of other functions of the module
        for function in functions.values():
            _flow(function, functions, names, told, giving)
    found = [looked for name, node in functions.items() for looked in _looks(node, names, told[name], giving)]
    return sorted(set(found), key=lambda looked: (looked.line, looked.how))


def rubric_sources(folder: Path, slug: str) -> Iterator[Path]:
    """The modules of a lesson's rubric."""
    yield from sorted([*folder.glob(f"{slug}.py"), *folder.glob(f"{slug}/*.py")])


def _flow(
    function: ast.FunctionDef,
    functions: dict[str, ast.FunctionDef],
    names: frozenset[str],
    told: dict[str, set[str]],
    giving: set[str],
) -> None:
    mine = told[function.name]
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if _holds(node.value, names, mine, giving):
                mine |= {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
        elif isinstance(node, ast.comprehension | ast.For) and _holds(node.iter, names, mine, giving):
            if _is_text_itself(node.iter, names, mine, giving):
                mine |= {each.id for each in ast.walk(node.target) if isinstance(each, ast.Name)}
        elif isinstance(node, ast.Return) and node.value is not None:
            if _is_text_itself(node.value, names, mine, giving):
                giving.add(function.name)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
            parameters = [argument.arg for argument in functions[node.func.id].args.args]
            for parameter, value in zip(parameters, node.args, strict=False):
                if _is_text_itself(value, names, mine, giving):
                    told[node.func.id].add(parameter)


def _looks(function: ast.FunctionDef, names: frozenset[str], mine: set[str], giving: set[str]) -> Iterator[Looked]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            method, holder = node.func.attr, node.func.value
            constants = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if method in _SEARCHES and not (isinstance(holder, ast.Attribute | ast.Constant) and not node.args):
                if method in ("split", "sub") and all(_NO_WORDS.fullmatch(str(each)) for each in constants[:1]):
                    continue
                if any(_is_text_itself(each, names, mine, giving) for each in node.args):
                    yield Looked(node.lineno, function.name, f"a regular expression (.{method}) on a learner's text")
            elif method in _LOOKS and node.args and _is_text_itself(holder, names, mine, giving):
                yield Looked(node.lineno, function.name, f".{method}() on a learner's text")
        elif isinstance(node, ast.Compare):
            for operator, right in zip(node.ops, node.comparators, strict=True):
                if isinstance(operator, ast.In | ast.NotIn) and _is_text_itself(right, names, mine, giving):
                    yield Looked(node.lineno, function.name, "a phrase is looked for in a learner's text")


def _holds(node: ast.AST, names: frozenset[str], mine: set[str], giving: set[str]) -> bool:
    return _is_text_itself(node, names, mine, giving)


_COUNTING = frozenset(
    {"word_count", "sentence_count", "question_count", "len", "missing", "bool", "shares", "said_numbers", "says"}
)


def _is_text_itself(node: ast.AST, names: frozenset[str], mine: set[str], giving: set[str]) -> bool:
    """Whether an expression is a learner's text, or is made of one; what is counted of it is not."""
    if isinstance(node, ast.Attribute):
        return node.attr in names
    if isinstance(node, ast.Name):
        return node.id in mine
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in _COUNTING:
            return False
        if name in giving:
            return True
        made = [*node.args, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
        shaping = isinstance(node.func, ast.Attribute) and node.func.attr in (
            "join", "lower", "casefold", "upper", "strip", "split", "replace", "sub",
        )  # fmt: skip
        return shaping and any(_is_text_itself(each, names, mine, giving) for each in made)
    if isinstance(node, ast.JoinedStr):
        return any(
            isinstance(each, ast.FormattedValue) and _is_text_itself(each.value, names, mine, giving)
            for each in node.values
        )
    if isinstance(node, ast.BinOp | ast.BoolOp | ast.IfExp | ast.Tuple | ast.List | ast.GeneratorExp | ast.ListComp):
        inner = [node.elt] if isinstance(node, ast.GeneratorExp | ast.ListComp) else list(ast.iter_child_nodes(node))
        return any(_is_text_itself(each, names, mine, giving) for each in inner)
    return False
