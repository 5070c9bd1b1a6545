"""Examples of a model's answer: read safely from a learner's text, and compared with the stated fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from curriculum.artifacts import yaml_text
from curriculum.artifacts.prd import Contract, StateScreen

MAX_ITEMS = 50
TYPES = {"text": "text", "number": "a number", "true_false": "true or false", "list": "a list"}


@dataclass(frozen=True)
class Answer:
    """One example as it was read."""

    values: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""
    """Why it could not be read; blank when it could."""

    @property
    def items(self) -> list[Any] | None:
        """The suggested items; None where the example has no list of them."""
        items = self.values.get("items")
        return items if isinstance(items, list) else None

    @property
    def confidence(self) -> float | None:
        value = self.values.get("confidence")
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def read_answer(screen: StateScreen) -> Answer:
    """The example of a screen, written as JSON or as `name: value` lines; nothing in it is executed."""
    if not screen.example.strip():
        return Answer()
    try:
        data = yaml_text.parse(screen.example).data
    except yaml_text.NotYaml as error:
        return Answer(problem=f"it cannot be read ({error.found} in line {error.line})")
    if not isinstance(data, dict):
        return Answer(problem="it is not a group of names and values")
    return Answer(data)


def mismatch(answer: Answer, contract: Contract, reply: str) -> str:
    """How an example differs from the stated fields, as part of a sentence; blank where it fits.

    An answer has all required values; an error may have any of the stated ones.
    """
    if answer.problem:
        return answer.problem
    stated = {one.name: one for one in contract.response if one.name}
    for name in answer.values:
        if name not in stated:
            return f"it holds “{name[:40]}”, which the answer does not have"
    if reply == "ok":
        for name, one in stated.items():
            if one.required and name not in answer.values:
                return f"“{name}” should be in every answer and is not in it"
    for name, value in answer.values.items():
        if stated[name].type and not _is(value, stated[name].type):
            return f"“{name}” should be {TYPES[stated[name].type]}"
    return ""


def _is(value: Any, type_: str) -> bool:
    if type_ == "true_false":
        return isinstance(value, bool)
    if type_ == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if type_ == "list":
        return isinstance(value, list) and len(value) <= MAX_ITEMS
    return isinstance(value, str)
