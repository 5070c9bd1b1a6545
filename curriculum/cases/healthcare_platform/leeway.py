"""When people are there and when wards can take something new, drawn from the seed: dates that nobody asked for fail.

All of it is assumed. What is drawn leaves a way through: one night before the pilot's day, and days for the next
review, at most fourteen days away, on which everybody is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.cases.base import Fact, random
from curriculum.cases.healthcare_platform.calendar import Calendar
from curriculum.cases.healthcare_platform.wards import SLUG
from curriculum.support.dates import day_month

AWAY_DAYS, AUDIT_DAYS = 3, 2


@dataclass(frozen=True)
class Leeway:
    """Dates that only one person knows."""

    release_night: dt.date
    """The one night on which the wards take in something new before the pilot's day."""
    away_from: dt.date
    """The first of the days on which the sponsor is away."""
    audit_from: dt.date
    """The first of the days on which the auditors are in the house."""

    @property
    def away(self) -> tuple[dt.date, ...]:
        return _days(self.away_from, AWAY_DAYS)

    @property
    def audit(self) -> tuple[dt.date, ...]:
        return _days(self.audit_from, AUDIT_DAYS)

    def free(self, day: dt.date) -> dt.date:
        """The day itself, or the last one before it on which everybody is there and at work."""
        while day.isoweekday() > 5 or day in (*self.away, *self.audit):
            day -= dt.timedelta(days=1)
        return day


def _days(first: dt.date, count: int) -> tuple[dt.date, ...]:
    return tuple(first + dt.timedelta(days=number) for number in range(count))


def make_leeway(seed: int, calendar: Calendar) -> Leeway:
    rng = random(SLUG, seed, "leeway")
    # Today is a Thursday: what is drawn lies between Monday and Friday, and within the days of the next review.
    return Leeway(
        release_night=calendar.today + dt.timedelta(days=int(rng.integers(4, 8))),
        away_from=calendar.today + dt.timedelta(days=int(rng.integers(11, 13))),
        audit_from=calendar.today + dt.timedelta(days=int(rng.integers(4, 8))),
    )


def leeway_facts(leeway: Leeway, calendar: Calendar) -> Iterator[Fact]:
    """Who tells which date. Each value is the number of days from today."""

    def days(day: dt.date) -> int:
        return (day - calendar.today).days

    night, away, audit = leeway.release_night, leeway.away, leeway.audit
    for id, who, sentence, day in (
        ("release_night", "ngozi", f"New things go up on my wards on one night before the pilot: that of "
         f"{day_month(night)}, in {days(night)} days. That night is staffed for it, and no other is.", night),
        ("sponsor_away", "walter", f"I operate in Ohio from {day_month(away[0])} to {day_month(away[-1])}, which "
         f"begins in {days(away[0])} days. A review on one of those days is a review without me.", away[0]),
        ("auditors_here", "anouk", f"The notified body's auditors are here on {day_month(audit[0])} and "
         f"{day_month(audit[-1])}, in {days(audit[0])} days. I sit with them and in no review.", audit[0]),
    ):  # fmt: skip
        yield Fact(id, sentence, value=float(days(day)), unit="days", held_by=who)
