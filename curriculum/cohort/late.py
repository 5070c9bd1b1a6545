"""What being late costs, in calendar days of the course's own time zone: pure functions that everything asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class LatePolicy:
    """`none`: being late is shown and costs nothing. `zero`: everything. `daily`: a share of the score for
    every day begun."""

    method: Literal["none", "zero", "daily"] = "none"
    share: float = 0.1
    """With `daily`: the share of the score that each day costs, 0 to 1."""
    at_most: float = 0.5
    """With `daily`: the largest share that is ever taken off."""
    grace_minutes: float = 0.0
    """Up to so many minutes late is on time."""

    def days_begun(self, due: dt.datetime | None, at: dt.datetime | None, zone: ZoneInfo) -> int:
        """How many days were begun after `due` (both moments with a zone); 0 where it was in time or is not known.

        A day ends at the due date's own time of day in the course's zone, whether clocks were changed or not.
        """
        if due is None or at is None or at - due <= dt.timedelta(minutes=self.grace_minutes):
            return 0
        local = due.astimezone(zone)
        days = max(1, (at.astimezone(zone).date() - local.date()).days)
        ends = dt.datetime.combine(local.date() + dt.timedelta(days=days), local.time(), zone)
        # In UTC, since two moments of one zone are compared by what their clocks show.
        return days + (at.astimezone(dt.UTC) > ends.astimezone(dt.UTC))

    def penalty(self, score: float, days: int) -> float:
        """Points to take off a score for so many days begun, between 0 and the score."""
        if days <= 0 or self.method == "none":
            return 0.0
        if self.method == "zero":
            return score
        return score * min(self.share * days, self.at_most, 1.0)

    def in_words(self) -> str:
        """What being late costs, as a sentence for learners."""
        grace = f" {self.grace_minutes:g} minutes late are still in time." if self.grace_minutes else ""
        if self.method == "none":
            return f"Being late is shown, and costs nothing.{grace}"
        if self.method == "zero":
            return f"What is handed in late is read, and counts nothing.{grace}"
        return (
            f"Each day begun after that costs {100 * self.share:g} % of the points, at most "
            f"{100 * min(self.at_most, 1.0):g} %.{grace}"
        )
