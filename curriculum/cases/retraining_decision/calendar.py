"""The days of `retraining_decision`: today, the sale, when building begins, when comments are over."""

from __future__ import annotations

import datetime as dt

TODAY = dt.date(2027, 7, 5)
"""The Monday on which the two weeks of talks begin."""
SALE = dt.date(2027, 9, 27)
"""The first day of the autumn sale, twelve weeks later."""


def build_starts(builds_in: int) -> dt.date:
    """The Monday on which whatever is decided begins to be built, so many days from now."""
    return TODAY + dt.timedelta(days=builds_in)


def working_days(first: dt.date, count: int) -> dt.date:
    """The day on which so many working days after a day are over."""
    day = first
    for _ in range(max(0, count)):
        day += dt.timedelta(days=1)
        while day.weekday() >= 5:
            day += dt.timedelta(days=1)
    return day
