"""Stories of a learner's own life: what of them can only be believed."""

from __future__ import annotations

from collections.abc import Callable

from curriculum.artifacts.star import Star


def of_ones_life(reason: str) -> Callable[[Star], str]:
    """Why a question can only be believed, asked of a story of one's own life; blank for the others."""
    return lambda star: reason if star.origin == "personal" else ""
