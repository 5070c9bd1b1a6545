"""One row of the table of `make quality`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """One row of the table."""

    what: str
    value: float
    bar: str
    reached: bool
    of: int
    """How many things were looked at."""
    failures: tuple[str, ...] = ()
