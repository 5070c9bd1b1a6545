"""The days of the case: the review, the release of the pilot, four sprints."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from curriculum.cases.base import random
from curriculum.cases.healthcare_platform.wards import SLUG

SPRINTS = 4
SPRINT_DAYS = 14


@dataclass(frozen=True)
class Calendar:
    """Everything is counted from the first day of sprint 1, a Monday."""

    sprint_1: dt.date

    @property
    def today(self) -> dt.date:
        """The Thursday of the integration review, eleven days before sprint 1."""
        return self.sprint_1 - dt.timedelta(days=11)

    @property
    def last_release_day(self) -> dt.date:
        """The Friday by which the pilot release is out."""
        return self.sprint_1 - dt.timedelta(days=3)

    @property
    def end(self) -> dt.date:
        """The last Friday of sprint 4."""
        return self.sprint_1 + dt.timedelta(days=SPRINTS * SPRINT_DAYS - 3)

    def start_of(self, sprint: int) -> dt.date:
        """The Monday of a sprint, counted from 1; 0 and below are the sprints before."""
        return self.sprint_1 + dt.timedelta(days=(sprint - 1) * SPRINT_DAYS)

    def before(self, days: int) -> dt.date:
        """A day before today."""
        return self.today - dt.timedelta(days=days)


def make_calendar(seed: int) -> Calendar:
    """Sprint 1 begins on one of six Mondays from 25 January 2027 on."""
    weeks = int(random(SLUG, seed, "calendar").integers(0, 6))
    return Calendar(dt.date(2027, 1, 25) + dt.timedelta(days=7 * weeks))
