"""A number as a text says it, and what every reader of numbers gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A number as an answer says it."""

    value: float
    """A share of a whole is in percent, a time of day in minutes since midnight. Signs are left off."""
    start: int
    end: int
    text: str
    """The number with its unit, as written."""
    unit: str = ""
    """percent, point, times, money, second, day … in the singular; blank where none follows."""
    month: int = 0
    """For a day of the month: the month; for a year: 0."""
    kind: str = "number"
    """number, share ("a third"), date, year, clock, ordinal, denominator, count (a small number of things, such as
    "two teams"), single ("one owner", "once") or none ("no complaints")."""
    of: float = 0.0
    """The whole, where it is said: 12 for "9 of the 12"; 0 where none is."""
    also: tuple[float, ...] = ()
    """What it may be besides: "12.000" is 12, and 12,000 where a dot parts thousands."""
    numeral: str = ""
    """The digits or words of the number alone."""

    @property
    def percent(self) -> float | None:
        """In percent, where it is a share."""
        if self.unit == "percent":
            return self.value
        return 100 * self.value / self.of if self.of and self.value <= self.of else None


PASS = Said(0.0, 0, 1, "")
"""What a reader gives for something that the readers after it should look at."""

Reader = Callable[[re.Match[str]], Iterator[Said]]
