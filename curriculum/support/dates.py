"""Days as people write them: 6 April 2026, never 06 April."""

from __future__ import annotations

import datetime as dt


def day_month(day: dt.date) -> str:
    """For instance "6 April"."""
    return f"{day.day} {day:%B}"


def full_day(day: dt.date) -> str:
    """For instance "6 April 2026"."""
    return f"{day.day} {day:%B %Y}"


def day_and_time(moment: dt.datetime) -> str:
    """For instance "6 April, 14:05"."""
    return f"{day_month(moment)}, {moment:%H:%M}"
