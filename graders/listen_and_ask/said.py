"""Short phrases that the findings of this rubric share, and what was told to whom."""

from __future__ import annotations

import datetime as dt

from curriculum.cases import Case
from curriculum.support.dates import full_day


def name(case: Case, person: str) -> str:
    """A person's first name; "nobody" where none is picked."""
    entry = case.people.get(person)
    return entry.first_name if entry else person[:40] or "nobody"


def label(case: Case, kind: str, id: str) -> str:
    """The words for an id in quotes."""
    return f"“{case.registry.label(kind, id)[:80]}”" if id else "nothing"


def day(value: dt.date | None) -> str:
    """A date as people write it."""
    return full_day(value) if value else "no day"


def amount(value: float | None, unit: str = "") -> str:
    """A number as a learner wrote it."""
    return "no number" if value is None else f"{value:.10g} {unit}".rstrip()
