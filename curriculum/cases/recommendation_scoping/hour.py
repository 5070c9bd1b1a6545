"""What the kick-off asks of its world: so which question is the right one, and when, differs over worlds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from curriculum.cases.base import random
from curriculum.cases.recommendation_scoping.truth import Area


def make_circumstances(slug: str, seed: int, areas: Mapping[str, Area]) -> Mapping[str, int]:
    """`ruth_leaves`: the sponsor has to go before the cards are sorted, so she cannot be asked at the end.
    `sponsor_decides`: she has the last word on scope today, so it is hers and not the product lead's."""
    return MappingProxyType(
        {
            "ruth_leaves": int(random(slug, seed, "hour").random() < 0.5),
            "sponsor_decides": int(areas["scope"].approver == "ruth"),
        }
    )
