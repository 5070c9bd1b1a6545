"""The world of `pod_launch`: a year of waiting times, and one person who can read them.

Replace it by your own. Keep what makes it a case: numbers that bite, facts that one person holds, a truth
that follows from what learners can see, and parameters with their sources.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Case, Fact, Person, Surfaces, by_id, frozen_columns, random

VERSION = 1
"""Raise it whenever the same seed gives another world."""

DAYS, DOWN = 250, 20
"""Working days of a year, and those of them without a system."""
TARGET = 30
"""Minutes that a customer may wait, as the team has promised."""
AUDIT = dt.date(2026, 3, 30)
"""The day on which somebody counts, whether the learner asked or not."""


@dataclass(frozen=True)
class Truth:
    """What is so by construction: only rubrics, fixtures and the consequence may read it."""

    typical: int
    """Minutes that were enough on half of the days."""
    days_over: int
    """Days on which customers waited longer than promised."""


def simulate(seed: int) -> Case:
    """A year of days on which customers waited; on some of them the system was down, which bends the average."""
    rng = random("pod_launch", seed)
    waited = np.round(rng.gamma(12.0, rng.uniform(1.6, 4.2), DAYS)).astype(int) + 5
    waited[rng.choice(DAYS, DOWN, replace=False)] += 240
    typical = int(np.sort(waited)[DAYS // 2])
    days_over = int(np.sum(waited > TARGET))
    average = round(float(waited.mean()))
    people = by_id(
        Person(
            "sam", "Sam Okoro", function="data", role="data scientist", hue=200,
            cares_about="numbers that describe a day as it mostly is",
        ),
        Person(
            "kim", "Kim Larsen", function="sponsor", role="head of service, decides about the team's hours", hue=20,
            cares_about="one line that says what is so and why it matters",
        ),
    )  # fmt: skip
    facts = by_id(
        Fact(
            "typical_wait", f"On half of all days, customers waited {typical} minutes or more.",
            value=float(typical), unit="minutes", held_by="sam", supports=frozenset({"customers_wait_too_long"}),
            surfaces=Surfaces(AUDIT, f"customers had waited {typical} minutes or more on half of all days"),
        ),
        Fact(
            "days_over", f"On {days_over} of {DAYS} days, customers waited longer than promised.",
            value=float(days_over), unit="days of the year", held_by="sam",
            supports=frozenset({"customers_wait_too_long"}),
            surfaces=Surfaces(AUDIT, f"the promise had been broken on {days_over} of {DAYS} days"),
        ),
        Fact(
            "average_wait", f"On average, customers waited {average} minutes, the days without a system included.",
            value=float(average), unit="minutes", held_by="sam", contradicts=frozenset({"customers_wait_too_long"}),
        ),
        Fact("promise", f"Customers are promised {TARGET} minutes.", value=float(TARGET), unit="minutes"),
    )  # fmt: skip
    return Case(
        slug="pod_launch",
        version=VERSION,
        seed=seed,
        company="Example & Daughters",
        brief=(
            f"**Example & Daughters** promises its customers that they wait at most {TARGET} minutes. Kim Larsen "
            f"wants to know in one line how long they really wait. Sam Okoro has the numbers."
        ),
        people=people,
        facts=facts,
        columns={"waits": frozen_columns(day=np.arange(1, DAYS + 1), minutes=waited)},
        truth=Truth(typical, days_over),
    )
