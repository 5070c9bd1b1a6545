"""The world of `welcome`: a first day in a pod that wants to move a meeting.

On most mornings the model's nightly refresh is done long before the stand-up, and so is its average. On every third
or fourth it waits for the warehouse, and the team looks at yesterday's numbers. Drawn without numpy, since a browser
without it opens this lesson, too (`deploy/taste`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from curriculum.cases.base import Case, Entry, Fact, ListedColumns, Person, by_id
from curriculum.cases.dice import Dice
from curriculum.support.dates import full_day

VERSION = 3

DAYS = 40
STANDUP = 15
"""Minutes after 09:00."""
LEAST_MOVE = 8
"""Minutes by which the stand-up would have to move at least, so that asking is worth it."""


@dataclass(frozen=True)
class Truth:
    ready_p90: int
    """Minutes after 09:00 by which the refresh was done on nine days of ten."""
    average: int
    """Minutes after 09:00 at which it was done on average: before the stand-up in every world."""
    late: int
    """Mornings, of the forty, on which it was not done when the stand-up began."""
    standup: int
    """Minutes after 09:00 at which the stand-up begins."""
    new_time: str
    """A time of day, on a full five minutes, at which the numbers are there on nine days of ten."""
    today: dt.date
    """The last of the forty mornings."""
    board_prints: dt.date
    """The day on which the room plan for the next quarter is fixed."""


def simulate(seed: int) -> Case:
    """Forty mornings of a nightly job, the stand-up at 09:15, and a calendar that is fixed soon."""
    dice = Dice("welcome", seed)
    start = dt.date(2026, 3, 2) + dt.timedelta(days=7 * dice.integer(0, 8))
    minutes = _mornings(dice)
    ready_p90 = _p90(minutes)
    average, late = round(sum(minutes) / DAYS), _late(minutes)
    weekdays = [start + dt.timedelta(days=7 * (i // 5) + i % 5) for i in range(DAYS)]
    board_prints = weekdays[-1] + dt.timedelta(days=dice.integer(11, 15))
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
            "refresh_ready", f"On nine mornings of ten, the refresh is done by {clock(ready_p90)}, "
            f"{ready_p90} minutes after 09:00.",
            value=float(ready_p90), unit="minutes after 09:00", held_by="noor", supports=frozenset({"move_standup"}),
        ),
        Fact(
            "average_ready", f"On average, the refresh is done {average} minutes after 09:00, before the stand-up.",
            value=float(average), unit="minutes after 09:00", held_by="noor",
            contradicts=frozenset({"move_standup"}),
        ),
        Fact(
            "room_plan", f"Tomás fixes the calendar for the next quarter on {full_day(board_prints)}.",
            held_by="noor", supports=frozenset({"deadline"}),
        ),
        Fact("standup_time", "The stand-up begins at 09:15.", value=float(STANDUP), unit="minutes after 09:00"),
    )  # fmt: skip
    return Case(
        slug="welcome",
        version=VERSION,
        seed=seed,
        company="Fernhill Outdoor",
        brief=(
            f"You joined the recommendations pod of **Fernhill Outdoor** this week. At the stand-up, at 09:15, the "
            f"team looks at a dashboard. In {late} of the last {DAYS} mornings it still showed yesterday's numbers. "
            f"Nobody has asked to change that yet. Today you do: first you talk to Noor, then you write one line to "
            f"the person who can decide."
        ),
        people=people,
        facts=facts,
        columns={"mornings": ListedColumns(day=weekdays, minutes_after_nine=minutes)},
        truth=Truth(ready_p90, average, late, STANDUP, clock(5 * (ready_p90 // 5) + 5), weekdays[-1], board_prints),
        more={
            "movable": by_id(
                Entry("standup", "The stand-up", called=("stand-up", "standup", "stand up", "daily")),
                Entry("look", "The look at the dashboard", called=("dashboard",)),
                Entry("refresh", "The nightly refresh", called=("refresh", "job")),
            )
        },
    )


def clock(minutes_after_nine: int) -> str:
    """A time of day, as 09:35."""
    return f"{9 + minutes_after_nine // 60:02d}:{minutes_after_nine % 60:02d}"


def _mornings(dice: Dice) -> list[int]:
    """Minutes after nine: quick on most mornings, long where the warehouse delivers late. Drawn again until the
    average lies before the stand-up and the ninth morning of ten well after it."""
    while True:
        late, least = dice.integer(9, 14), dice.integer(2, 5)
        quick = [dice.waited(6) + least for _ in range(DAYS - late)]
        slow = [STANDUP + 2 + 2 * dice.waited(5) for _ in range(late)]
        minutes = [round(each) for each in dice.shuffled([*quick, *slow])]
        worth_it = _p90(minutes) >= STANDUP + LEAST_MOVE
        if worth_it and round(sum(minutes) / DAYS) < STANDUP and _late(minutes) == late:
            return minutes


def _late(minutes: list[int]) -> int:
    return sum(each > STANDUP for each in minutes)


def _p90(minutes: list[int]) -> int:
    return sorted(minutes)[int(0.9 * len(minutes)) - 1]
