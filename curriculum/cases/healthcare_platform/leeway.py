"""When people are there and when wards can take something new, drawn from the seed: dates that nobody asked for fail.

All of it is assumed. What is drawn leaves a way through: two nights before the pilot's day, and days for the next
review, at most fourteen days away, on which everybody is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Fact, random
from curriculum.cases.healthcare_platform.calendar import Calendar
from curriculum.cases.healthcare_platform.wards import SLUG
from curriculum.support.dates import day_month

NIGHTS, AWAY_DAYS, AUDIT_DAYS = 2, 3, 2


@dataclass(frozen=True)
class Leeway:
    """Dates that only one person knows."""

    release_nights: tuple[dt.date, ...]
    """The two nights on which the wards take in something new before the pilot's day."""
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
    nights = rng.permutation(np.arange(4, 8))[:NIGHTS]
    return Leeway(
        release_nights=tuple(sorted(calendar.today + dt.timedelta(days=int(days)) for days in nights)),
        away_from=calendar.today + dt.timedelta(days=int(rng.integers(11, 13))),
        audit_from=calendar.today + dt.timedelta(days=int(rng.integers(4, 8))),
    )


def leeway_facts(leeway: Leeway, calendar: Calendar) -> Iterator[Fact]:
    """Who tells which date. Each value is the number of days from today."""

    def days(day: dt.date) -> int:
        return (day - calendar.today).days

    nights, away, audit = leeway.release_nights, leeway.away, leeway.audit
    for id, who, sentence, day in (
        ("release_night", "ngozi", f"New things go up on my wards on two nights before the pilot: those of "
         f"{day_month(nights[0])} and {day_month(nights[1])}, the first in {days(nights[0])} days. They are staffed "
         f"for it, and no other night is.", nights[0]),
        ("sponsor_away", "walter", f"I operate in Ohio from {day_month(away[0])} to {day_month(away[-1])}, which "
         f"begins in {days(away[0])} days. A review on one of those days is a review without me.", away[0]),
        ("auditors_here", "anouk", f"The notified body's auditors are here on {day_month(audit[0])} and "
         f"{day_month(audit[-1])}, in {days(audit[0])} days. I sit with them and in no review.", audit[0]),
    ):  # fmt: skip
        yield Fact(id, sentence, value=float(days(day)), unit="days", held_by=who)
