"""The units in which a story can state a number, and what each is in the terms of the reader of numbers."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.cases.base import Entry, by_id

UNITS: Mapping[str, Entry] = by_id(
    Entry("orders_per_1000", "orders per 1,000 searches"),
    Entry("left_per_100", "searches left without a tap, per 100 searches"),
    Entry("again_per_100", "searches repeated within a minute, per 100 searches"),
    Entry("orders_per_1000_long", "orders per 1,000 long searches"),
    Entry("readers_per_100", "readers per 100"),
    Entry("bookings_per_1000", "bookings per 1,000 searches"),
    Entry("bookings_per_1000_visitors", "bookings per 1,000 visitors"),
    Entry("late_per_1000", "late answers per 1,000 searches"),
    Entry("changed_per_1000", "changed bookings per 1,000 bookings"),
    Entry("calls_per_1000", "calls per 1,000 bookings"),
    Entry("milliseconds", "milliseconds"),
    Entry("engineer_days", "engineer-days"),
    Entry("percent", "percent"),
    Entry("points", "percentage points"),
    Entry("minutes", "minutes"),
    Entry("hours", "hours"),
    Entry("days", "days"),
    Entry("weeks", "weeks"),
    Entry("money", "money, in your currency"),
    Entry("people", "people"),
    Entry("things", "pieces, such as tickets, orders or reports"),
)

WHOLES: Mapping[str, int] = {
    "orders_per_1000": 1_000,
    "orders_per_1000_long": 1_000,
    "bookings_per_1000": 1_000,
    "bookings_per_1000_visitors": 1_000,
    "late_per_1000": 1_000,
    "changed_per_1000": 1_000,
    "calls_per_1000": 1_000,
    "left_per_100": 100,
    "again_per_100": 100,
    "readers_per_100": 100,
    "percent": 100,
}
"""Units that are shares: of how many. 34.5 of 100 and 34.5 percent are the same number."""

READ_AS: Mapping[str, str] = {
    "percent": "percent",
    "points": "point",
    "engineer_days": "day",
    "milliseconds": "millisecond",
    "minutes": "minute",
    "hours": "hour",
    "days": "day",
    "weeks": "week",
    "money": "money",
}
"""Units that the reader of numbers knows by name."""

SECONDS: Mapping[str, float] = {
    "milliseconds": 0.001,
    "minutes": 60.0,
    "hours": 3_600.0,
    "days": 86_400.0,
    "weeks": 604_800.0,
}


def in_one_measure(value: float, unit: str) -> tuple[float, str]:
    """A number in the unit that its kind shares: shares in percent, times in seconds; others stay as they are."""
    if unit in WHOLES:
        return 100 * value / WHOLES[unit], "percent"
    if unit in SECONDS:
        return value * SECONDS[unit], "second"
    return value, unit


def are_alike(unit: str, other: str) -> bool:
    """Whether numbers in two units can be the same: percent and any share can, and two lengths of time; shares of
    different things, as searches and readers, cannot."""
    if unit in WHOLES and other in WHOLES:
        return unit == other or "percent" in (unit, other)
    return unit == other or (unit in SECONDS and other in SECONDS)


def are_equal(value: float, unit: str, other: float, other_unit: str) -> bool:
    """Whether two stated numbers are the same one: 34.5 percent and 34.5 of 100, 42 days and 6 weeks."""
    one, two = in_one_measure(value, unit)[0], in_one_measure(other, other_unit)[0]
    return are_alike(unit, other_unit) and abs(one - two) <= 1e-6 * max(1.0, abs(one), abs(two))
