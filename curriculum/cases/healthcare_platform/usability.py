"""Usability sessions: who took part, on which screen, and what went wrong.

The FDA guidance of 2016 asks for generally at least 15 participants in each distinct user population; whether it has
been replaced since was not confirmed (see clauses.toml).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.healthcare_platform.calendar import Calendar
from curriculum.cases.healthcare_platform.wards import SLUG

MIN_PER_POPULATION = 15


@dataclass(frozen=True)
class Report:
    """One test series on one screen."""

    id: str
    kind: str
    """summative or formative."""
    screen: str
    days_ago: int
    nurses: int
    physicians: int
    open_errors: int = 0


def make_usability(seed: int, calendar: Calendar) -> tuple[tuple[Report, ...], Columns]:
    """Four reports: the largest was done on an older screen, and one has enough people only in total."""
    rng = random(SLUG, seed, "usability")
    reports = (
        Report("u_older", "summative", "tiered_old", 85, 24 + _few(rng), 21 + _few(rng)),
        Report("u_formative", "formative", "tiered", 27, 9, 6 + _few(rng), open_errors=1),
        Report("u_tiered", "summative", "tiered", 20, 15 + _few(rng), 15 + int(rng.integers(0, 2))),
        Report("u_popup", "summative", "popup", 30, 15 + _few(rng), 15 + int(rng.integers(0, 2))),
    )
    return reports, _sessions(rng, calendar, reports)


def _few(rng: np.random.Generator) -> int:
    return int(rng.integers(0, 4))


def _sessions(rng: np.random.Generator, calendar: Calendar, reports: Sequence[Report]) -> Columns:
    rows: list[tuple[str, str, str, str, object, str]] = []
    for report in reports:
        open_errors = report.open_errors
        for population, count in (("nurse", report.nurses), ("physician", report.physicians)):
            for _ in range(count):
                day = calendar.before(report.days_ago - int(rng.integers(0, 3)))
                went = "difficulty" if rng.random() < 0.2 else "fine"
                if open_errors and population == "physician":
                    went, open_errors = "critical use error, open", open_errors - 1
                rows.append((report.id, report.kind, report.screen, population, day, went))
    columns: Mapping[str, list[object]] = {
        name: [row[i] for row in rows]
        for i, name in enumerate(("report", "kind", "screen", "population", "held_on", "went"))
    }
    return frozen_columns(
        session=np.arange(1, len(rows) + 1),
        **{
            name: np.array(values, dtype="datetime64[D]" if name == "held_on" else None)
            for name, values in columns.items()
        },
    )
