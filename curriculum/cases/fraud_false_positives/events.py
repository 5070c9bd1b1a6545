"""What a line of the timeline can be about: something done in the war room, or a claim that explains the harm."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.cases.base import Entry, by_id
from curriculum.cases.fraud_false_positives.causes import PROBLEM, Claim

SETTLED = "settle_causes"
"""The action of the war room by which it agrees on causes."""

DEEDS = by_id(
    Entry("roll_back_screen", "The old alert screen is switched back on"),
    Entry("raise_threshold", "The stop threshold is raised to 0.97; more fraud passes"),
    Entry("restore_default", "The feed's old default is restored for new payments"),
    Entry("review_market", "Payments from the new market go to a reviewer first"),
    Entry(SETTLED, "The room agrees on the causes"),
)
"""What can be done in the war room, by the name of the action."""


def events(claims: Mapping[str, Claim]) -> Mapping[str, Entry]:
    """Deeds, the level of stops itself, and the claims in their order."""
    return by_id(*DEEDS.values(), Entry(PROBLEM, "Good payments are stopped more often than before"), *claims.values())
