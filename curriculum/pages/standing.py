"""How far a learner is: the best check of each artifact, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """The best check of one artifact so far."""

    artifact: str
    status: str
    points: float
    maximum: float
    checks: int


def standing_in_words(standing: Mapping[str, Standing]) -> str:
    """How far a learner is in a lesson: not begun, or the best points of the artifacts checked so far."""
    if not standing:
        return "not begun"
    points, maximum = sum(s.points for s in standing.values()), sum(s.maximum for s in standing.values())
    return f"{points:g} of {maximum:g} points in {', '.join(sorted(standing))}"
