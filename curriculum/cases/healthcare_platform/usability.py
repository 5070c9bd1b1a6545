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
from curriculum.cases.healthcare_platform.house_rules import make_house_rules
from curriculum.cases.healthcare_platform.wards import SLUG

MIN_PER_POPULATION = 15

CRITICAL = "critical use error, open"


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
    """Critical use errors that nobody has mended."""

    @property
    def counts(self) -> bool:
        """Whether it shows that people can use its screen safely."""
        enough = min(self.nurses, self.physicians) >= MIN_PER_POPULATION
        return self.kind == "summative" and enough and not self.open_errors


def make_usability(seed: int, calendar: Calendar) -> tuple[tuple[Report, ...], Columns]:
    """Reports in an order that tells nothing. For each screen that can go out one test counts; the others are of an
    older screen, have an open critical use error, or have enough people only in total."""
    rng, asked = random(SLUG, seed, "usability"), make_house_rules(seed).participants
    drawn = [
        ("summative", "tiered_old", 85, 38 + _few(rng), 37 + _few(rng), 0),
        ("formative", "tiered", 27, 9, 6 + _few(rng), 1),
    ]
    for screen, days in (("tiered", 20), ("popup", 30)):
        drawn.append(("summative", screen, days, *_enough(rng, asked), 0))
        if rng.random() < 0.5:
            drawn.append(("summative", screen, days + 12, *_enough(rng, asked), 1))
        else:
            drawn.append(("summative", screen, days + 12, asked + 2 + _few(rng), 8 + _few(rng), 0))
    reports = tuple(
        Report(f"u{number}", *drawn[int(index)]) for number, index in enumerate(rng.permutation(len(drawn)), start=1)
    )
    return reports, _sessions(rng, calendar, reports)


def _enough(rng: np.random.Generator, asked: int) -> tuple[int, int]:
    """Nurses and physicians, each as many as the company asks for, or some more."""
    return asked + int(rng.integers(0, 12)), asked + int(rng.integers(0, 12))


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
                    went, open_errors = CRITICAL, open_errors - 1
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
