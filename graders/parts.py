"""Criteria that several lessons ask: written once with their words, and named by each rubric that takes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graders.rubric import Objections, Rubric


@dataclass(frozen=True)
class Part:
    """A question with its points, voice and hints, before a rubric takes it."""

    judge: Callable[..., Objections]
    words: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.judge.__name__)


def part(**words: Any) -> Callable[[Callable[..., Objections]], Part]:
    """Write a criterion down without a lesson; it takes the words of `Rubric.criterion`."""
    return lambda judge: Part(judge, words)


def take(rubric: Rubric, *parts: Part, **changes: Any) -> None:
    """Add parts to a lesson's rubric in this order, with other words where the lesson has its own.

    Raises TypeError where a part asks for an artifact that the rubric does not have.
    """
    for one in parts:
        rubric.criterion(**{**one.words, **changes})(one.judge)
