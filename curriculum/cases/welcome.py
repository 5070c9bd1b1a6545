"""The world of `welcome`: a first day in a pod that wants to move a meeting.

The model's nightly refresh runs later than the stand-up, so the team looks at yesterday's numbers.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Case, Fact, Person, by_id, frozen_columns, random
from curriculum.support.dates import full_day

VERSION = 1


@dataclass(frozen=True)
class Truth:
    ready_p90: int
    """Minutes after 09:00 by which the refresh was done on nine days of ten."""
    standup: int
    """Minutes after 09:00 at which the stand-up begins."""
    board_prints: dt.date
    """The day on which the room plan for the next quarter is fixed."""


def simulate(seed: int) -> Case:
    """Forty mornings of a nightly job; the stand-up is at 09:15, the job is done some time after."""
    rng = random("welcome", seed)
    days, standup = 40, 15
    start = dt.date(2026, 3, 2) + dt.timedelta(days=7 * int(rng.integers(0, 8)))
    minutes = np.round(rng.gamma(4.0, 3.0, days) + rng.integers(3, 7)).astype(int)
    ready_p90 = int(np.sort(minutes)[int(0.9 * days) - 1])
    late = int(np.sum(minutes > standup))
    weekdays = np.array([start + dt.timedelta(days=7 * (i // 5) + i % 5) for i in range(days)], dtype="datetime64[D]")
    board_prints = weekdays[-1].astype(object) + dt.timedelta(days=int(rng.integers(11, 15)))
    people = by_id(
        Person(
            "noor", "Noor Haddad", function="data", role="data scientist, your buddy in the pod", hue=300,
            cares_about="numbers that are from today when people act on them",
        ),
        Person(
            "tomas", "Tomás Rivera", function="product", role="product lead, decides the pod's calendar", hue=200,
            cares_about="requests that can be answered in a minute",
        ),
    )  # fmt: skip
    facts = by_id(
        Fact(
            "refresh_ready", f"On nine mornings of ten, the refresh is done by {_clock(ready_p90)}, "
            f"{ready_p90} minutes after 09:00.",
            value=float(ready_p90), unit="minutes after 09:00", held_by="noor", supports=frozenset({"move_standup"}),
        ),
        Fact(
            "average_ready", f"On average, the refresh is done {round(float(minutes.mean()))} minutes after 09:00.",
            value=float(round(float(minutes.mean()))), unit="minutes after 09:00", held_by="noor",
            contradicts=frozenset({"move_standup"}),
        ),
        Fact(
            "room_plan", f"Tomás fixes the calendar for the next quarter on {full_day(board_prints)}.",
            held_by="noor", supports=frozenset({"deadline"}),
        ),
        Fact("standup_time", "The stand-up begins at 09:15.", value=float(standup), unit="minutes after 09:00"),
    )  # fmt: skip
    return Case(
        slug="welcome",
        version=VERSION,
        seed=seed,
        company="Fernhill Outdoor",
        brief=(
            f"You joined the recommendations pod of **Fernhill Outdoor** this week. At the stand-up, at 09:15, the "
            f"team looks at a dashboard. In {late} of the last {days} mornings it still showed yesterday's numbers. "
            f"Nobody has asked to change that yet. Today you do: first you talk to Noor, then you write one line to "
            f"the person who can decide."
        ),
        people=people,
        facts=facts,
        columns={"mornings": frozen_columns(day=weekdays, minutes_after_nine=minutes)},
        truth=Truth(ready_p90, standup, board_prints),
    )


def _clock(minutes_after_nine: int) -> str:
    return f"{9 + minutes_after_nine // 60:02d}:{minutes_after_nine % 60:02d}"
