"""The tables of `complaint_to_plan`: the export, its state at three hours, telephone calls, tickets, trials, runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Columns, frozen_columns
from curriculum.cases.complaint_to_plan.draw import EIGHT, FIRST_DAY, FOUR, HOURS, MOMENTS, NOON, Draw
from curriculum.cases.complaint_to_plan.entries import FEED_OF, FEEDS, TOPICS
from curriculum.cases.complaint_to_plan.parcels import BANDS, DEPOTS, Parcels
from curriculum.cases.complaint_to_plan.people import PEOPLE
from curriculum.cases.complaint_to_plan.tasks import WRITTEN

FIRST_PARCEL = 100_001
SNAPSHOT_DAYS = (66, 71, 79)
"""Days after the first whose rows were kept as they stood at three hours."""
AUDITED = 450
"""Parcels that were asked about by telephone, of own depots and of partners each."""
FEW, MANY = 12, 40
"""Runs that were measured at an hour: too few to say anything, and enough."""
CLOCK = {FOUR: "04:00", EIGHT: "08:00", NOON: "12:00"}
_AT_HOUR = {FOUR: "announced", EIGHT: "in depot", NOON: "on its way"}


def words(parcels: Parcels, column: str) -> np.ndarray:
    """A column in words."""
    found: np.ndarray = np.array(BANDS[column])[parcels.codes[column]]
    return found


def parcel_table(parcels: Parcels) -> Columns:
    """The export: a row a parcel, as everything stands in the end."""
    return frozen_columns(
        parcel=np.arange(len(parcels.day)) + FIRST_PARCEL,
        week=parcels.week,
        day=np.datetime64(FIRST_DAY, "D") + parcels.day,
        depot=np.array(DEPOTS)[parcels.depot],
        **{name: words(parcels, name) if name != "route" else parcels.codes["route"] + 1 for name in BANDS},
        **_said(parcels),
    )


def _said(parcels: Parcels) -> Mapping[str, np.ndarray]:
    """What three columns say of whether each parcel came."""
    yes = np.array(["", "yes"])
    return {
        "delivered_scan": yes[parcels.scanned.astype(int)],
        "gps_door": np.array(["no", "yes", ""])[parcels.at_door],
        "complaint": yes[parcels.complained.astype(int)],
    }


def known_table(owners: Mapping[str, str]) -> Columns:
    """When each column is written."""

    def clock(hour: float) -> str:
        return "at the booking" if not hour else f"{int(hour):02}:{round(60 * (hour % 1)):02}"

    feeds = {name: FEED_OF.get(name, "") for name in BANDS}
    return frozen_columns(
        column=np.array(list(BANDS)),
        written=np.array(["02:00, then again and again" if name == "status" else clock(WRITTEN[name])
                          for name in BANDS]),
        last_written=np.array([clock(WRITTEN[name]) for name in BANDS]),
        feed=np.array([FEEDS[feed].label if feed else FEEDS["partners_feed"].label for feed in feeds.values()]),
        owner=np.array([PEOPLE[owners[feed]].label if feed else "nobody" for feed in feeds.values()]),
    )  # fmt: skip


def snapshot_table(parcels: Parcels) -> Columns:
    """Three days as their rows stood at three hours."""
    rows = np.flatnonzero(np.isin(parcels.day, SNAPSHOT_DAYS))
    several = np.tile(rows, len(MOMENTS))
    moment = np.repeat(np.array(MOMENTS), len(rows))
    hour = np.repeat([HOURS[name] for name in MOMENTS], len(rows))
    columns = {}
    for name in BANDS:
        values = words(parcels, name)[several]
        columns[name] = np.where(hour >= WRITTEN[name], values, "")
    columns["status"] = np.array([_AT_HOUR[name] for name in moment])
    return frozen_columns(
        day=np.datetime64(FIRST_DAY, "D") + parcels.day[several],
        parcel=several + FIRST_PARCEL,
        read_at=np.array([CLOCK[name] for name in moment]),
        **columns,
    )


def audited_rows(parcels: Parcels, rng: np.random.Generator) -> np.ndarray:
    """The rows that were asked about by telephone, own depots first."""
    own, partners = np.flatnonzero(~parcels.partner), np.flatnonzero(parcels.partner)
    found: np.ndarray = np.concatenate([np.sort(rng.choice(rows, AUDITED, replace=False)) for rows in (own, partners)])
    return found


def audit_table(parcels: Parcels, rows: np.ndarray) -> Columns:
    """What people said on the telephone, beside what three columns say."""
    return frozen_columns(
        parcel=rows + FIRST_PARCEL,
        run_by=words(parcels, "run_by")[rows],
        came=np.where(parcels.missed[rows], "no", "yes"),
        **{name: values[rows] for name, values in _said(parcels).items()},
    )


def trials_table(shape: Draw, rng: np.random.Generator) -> Columns:
    """What messages have spared in trials, each against a group that was told nothing."""
    rows = [(f"It will probably not come today ({CLOCK[name]})", round(100 * shape.spared[name])) for name in MOMENTS]
    rows += [
        ("A new hour for today (08:00)", int(rng.integers(4, 13))),
        ("A voucher, the day after", int(rng.integers(9, 19))),
    ]
    return frozen_columns(
        message=np.array([said for said, _ in rows]),
        people=rng.integers(18, 41, len(rows)) * 100,
        spared_percent=np.array([spared for _, spared in rows]),
    )


def runs_table(shape: Draw, rng: np.random.Generator) -> Columns:
    """How long runs took, by the hour at which their rows were read."""
    hours, minutes = [], []
    for name in MOMENTS:
        count = FEW if name == shape.few_runs else MANY
        middle = shape.run_budget * rng.uniform(0.40, 0.47)
        took = middle * np.exp(np.clip(rng.normal(0.0, 0.22, count), -0.5, 0.48))
        hours += [CLOCK[name]] * count
        minutes += np.round(took, 1).tolist()
    return frozen_columns(read_at=np.array(hours), minutes=np.array(minutes))


def ticket_table(parcels: Parcels, shares: Mapping[str, float], rng: np.random.Generator, rows: int) -> Columns:
    """Complaints of twelve weeks, filed by topic, with what people wrote."""
    topic = rng.choice(np.array(list(shares)), rows, p=np.array(list(shares.values())) / sum(shares.values()))
    day = np.sort(rng.integers(0, int(parcels.day.max()) + 1, rows))
    partner = rng.random(rows) < 0.34
    depot = np.where(partner, rng.integers(6, 8, rows), rng.integers(0, 6, rows))
    picked, hour = rng.integers(0, 4, rows), rng.integers(17, 22, rows)
    texts = [
        _TEXTS[name][number].format(hour=int(clock), place=DEPOTS[where])
        for name, number, clock, where in zip(topic, picked, hour, depot, strict=True)
    ]
    return frozen_columns(
        week=day // 7 + 1,
        day=np.datetime64(FIRST_DAY, "D") + day,
        depot=np.array(DEPOTS)[depot],
        topic=np.array([TOPICS[name].label for name in topic]),
        text=np.array(texts),
    )


_TEXTS: Mapping[str, tuple[str, ...]] = {
    "nothing_came": (
        "The app said today, and nothing came. I stayed in until {hour} o’clock.",
        "I took the afternoon off for your parcel. No parcel, and no word.",
        "At {hour} o’clock the app still said “today”. It came the day after.",
        "Third time this month: announced, waited, nothing. Why does nobody tell me?",
    ),
    "late_evening": (
        "It came at {hour} o’clock. The children were asleep.",
        "All day at home, and your van from {place} rings at {hour} o’clock.",
        "It did come today, I give you that. In the dark.",
        "You are a parcel service and not a night service.",
    ),
    "app_hour": (
        "First it was eleven, then two, then {hour} o’clock. Decide.",
        "Your app changed the hour five times. I switched it off.",
        "It came in the end, but never at an hour that the app had said.",
        "Why an hour at all, if it moves all day?",
    ),
    "neighbour": (
        "It lies with a neighbour whom I do not know.",
        "In the hallway, for everybody to take. Please ring.",
        "My parcel from {place} was given to number nine. I live at six.",
        "Nobody asked me whether a neighbour is fine. He is not.",
    ),
    "damaged": (
        "The box was open and one half was missing.",
        "Wet through. Who leaves a book in the rain?",
        "It arrived on the right day and in two pieces.",
        "The glass is broken. Photographs attached.",
    ),
    "doorbell": (
        "I was at home. Nobody rang, and there was a card in the box.",
        "Your driver from {place} did not ring. I saw the van leave.",
        "A card at {hour} o’clock: “we missed you”. You did not.",
        "My bell works. I have tried it.",
    ),
    "driver": (
        "Your driver shouted at my mother.",
        "He threw it over the fence at {hour} o’clock.",
        "No greeting, no signature, no patience.",
        "The driver from {place} parked across our door and laughed.",
    ),
}


def day_of(weeks: int) -> dt.date:
    """The Monday so many weeks after the first day of the export."""
    return FIRST_DAY + dt.timedelta(weeks=weeks)
