"""The case of `fraud_false_positives`: an incident that everybody explains differently."""

from __future__ import annotations

from typing import Protocol

from curriculum.cases.base import Case
from curriculum.cases.fraud_false_positives.war_room import customers_hurt, mitigations
from curriculum.cases.fraud_false_positives.world import redraw, simulate

__all__ = ["redraw", "simulate", "standing"]

WAR_ROOM_MINUTES = 90


class Talk(Protocol):
    """What the wall needs to know of a conversation."""

    @property
    def minutes(self) -> int:
        """Minutes that are left."""

    @property
    def done(self) -> tuple[tuple[str, int], ...]:
        """Actions taken, each with its minute."""


def standing(case: Case, state: Talk) -> list[tuple[str, str]]:
    """What the war room's wall shows: payments wrongly stopped since it began, and at what rate now."""
    elapsed = WAR_ROOM_MINUTES - state.minutes
    rate, known = case.truth.per_minute, mitigations(case.truth.shape)
    hurt = customers_hurt(rate, state.done, elapsed, known)
    now = 60 * (customers_hurt(rate, state.done, elapsed + 1, known) - hurt)
    return [
        ("Good payments stopped since this meeting began", f"{hurt:,.0f}"),
        ("At this moment, an hour", f"{now:,.0f}"),
    ]
