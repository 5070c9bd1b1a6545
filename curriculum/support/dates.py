"""Days as people write them: 6 April 2026, never 06 April."""

from __future__ import annotations

import datetime as dt


def day_month(day: dt.date) -> str:
    """For instance "6 April"."""
    return f"{day.day} {day:%B}"


def is_of_our_time(moment: dt.datetime) -> bool:
    """Whether it may be a date of a course: at the ends of time no zone can be reckoned with."""
    return 2000 <= moment.year < 2200


def full_day(day: dt.date) -> str:
    """For instance "6 April 2026"."""
    return f"{day.day} {day:%B %Y}"


def day_and_time(moment: dt.datetime) -> str:
    """For instance "6 April, 14:05"."""
    return f"{day_month(moment)}, {moment:%H:%M}"
