"""What the kick-off asks of its world: so which question is the right one, and when, differs over worlds."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.cases.base import random


def make_circumstances(slug: str, seed: int) -> Mapping[str, int]:
    """`ruth_leaves`: the sponsor has to go before the cards are sorted, so she cannot be asked at the end."""
    return {"ruth_leaves": int(random(slug, seed, "hour").random() < 0.5)}
