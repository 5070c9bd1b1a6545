"""What learners see of the six weeks: payments, tickets, the alert screen's telemetry, sessions, releases, a drill."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.fraud_false_positives.payments import (
    CALIBRATION,
    DAY,
    DAYS,
    HOLDOUT,
    LABEL_DAYS,
    RECENT,
    Actions,
    Draws,
    Parameters,
    even,
)
from curriculum.cases.fraud_false_positives.shape import LEVERS, SLUG, Shape, dealt

BUCKET = 360
"""Minutes of one bucket of the ticket table and of the search for the onset: six hours."""
CALLS = 1.2
"""Calls for each ticket."""
BOT = 0.75
"""Share of tickets about stopped payments that a bot answers, where there is one."""
STEPS = ("notice", "confirm", "code")
SHADOW_DAY = 19
"""The day on which model 14 begins to run in shadow."""


@dataclass(frozen=True)
class Calendar:
    """The days of the case."""

    start: dt.datetime
    """Midnight of the first day, UTC."""
    launch_minute: int

    def at(self, minute: float) -> dt.datetime:
        return self.start + dt.timedelta(minutes=round(minute))

    def day(self, number: int) -> dt.date:
        return (self.start + dt.timedelta(days=number)).date()

    @property
    def launch(self) -> dt.datetime:
        return self.at(self.launch_minute)

    @property
    def launch_day(self) -> int:
        return self.launch_minute // DAY

    @property
    def war_room(self) -> dt.datetime:
        return self.start + dt.timedelta(days=DAYS, hours=9)

    @property
    def before(self) -> tuple[int, int]:
        """The 28 whole days before the launch, first and one past the last."""
        return self.launch_day - 28, self.launch_day

    @property
    def now(self) -> tuple[int, int]:
        """The seven days up to two days before the export."""
        return DAYS - 9, DAYS - 2


def minutes_as_dates(calendar: Calendar, minutes: np.ndarray) -> np.ndarray:
    return np.datetime64(calendar.start, "m") + minutes.astype("timedelta64[m]")


def payment_table(calendar: Calendar, parameters: Parameters, draws: Draws, actions: Actions) -> Columns:
    """One row a payment, as the export of the war room's morning shows it."""
    count, end = len(draws.minute), DAYS * DAY
    action = np.full(count, "approved", dtype="<U19")
    action[actions.asked] = "confirmed"
    action[actions.by_customer] = "stopped_by_customer"
    action[actions.by_model] = "stopped_by_model"
    app = np.where(draws.phone, np.where(draws.updated, "5.2", "5.1"), "web")
    login = np.where(draws.phone, "app", np.where(draws.partner, "partner", "password"))
    age = np.where(draws.partner, np.where(draws.minute >= calendar.launch_minute, 0, -1), draws.tenure)
    by_itself = draws.updated & parameters.shape.appeals_in_time
    tried_again = actions.stopped & (by_itself | (draws.again_draw < np.where(draws.fraud == 0, 0.6, 0.25)))
    stopped, good = actions.stopped, draws.fraud == 0
    appeals = stopped & (draws.appeal_draw < np.where(good, parameters.appeals, 0.10))
    decided = draws.minute + draws.decided_after <= end
    appeal = np.full(count, "", dtype="<U10")
    appeal[appeals & ~decided] = "pending"
    appeal[appeals & decided & good] = "overturned"
    appeal[appeals & decided & ~good] = "upheld"
    label = np.full(count, "unknown", dtype="<U7")
    final = draws.minute + LABEL_DAYS * DAY <= end
    charged_back = ~good & ~stopped & (draws.minute + (3 + 22 * draws.press_draw) * DAY <= end)
    label[final & good] = "good"
    label[(final & ~good) | charged_back] = "fraud"
    return frozen_columns(
        payment=np.arange(100_001, 100_001 + count),
        time=minutes_as_dates(calendar, draws.minute),
        customer=draws.customer,
        amount=draws.amount,
        country=draws.country,
        device=np.where(draws.phone, "phone", "web"),
        login=login,
        app_version=app,
        account_age_days=age,
        tenure_days=draws.tenure,
        new_device=draws.new_device,
        payments_last_hour=draws.last_hour,
        score=actions.score,
        action=action,
        tried_again=tried_again,
        appeal=appeal,
        label=label,
    )


def ticket_table(
    seed: int, calendar: Calendar, parameters: Parameters, draws: Draws, actions: Actions, scale: int
) -> Columns:
    """Tickets of all customers and calls that support took, by topic, in buckets of six hours. People write hours
    after the event."""
    rng = random(SLUG, seed, "tickets")
    buckets, hold = DAYS * DAY // BUCKET, parameters.shape.tickets_hold
    stops = draws.minute[actions.stopped]
    written = stops + 300 + rng.exponential(13 * 60, len(stops))
    expected = np.bincount((written // BUCKET).astype(int).clip(0, buckets), minlength=buckets + 1)[:buckets]
    smooth = np.convolve(expected, [0.25, 0.5, 0.25], mode="same")
    launched = calendar.launch_minute // BUCKET
    since = np.arange(buckets) >= launched
    brought = parameters.tickets * scale * smooth
    topics = {
        "payment stopped": rng.poisson(np.where(since & (not hold), (1 - BOT) * brought, brought)),
        "login": rng.poisson(2.0 * scale, buckets),
        "refund": rng.poisson(np.where(since, 2.2, 1.5) * scale),
        "delivery": rng.poisson(np.where(since, 1.6, 1.2) * scale),
    }
    calls = {name: rng.poisson(0.4 * counts.mean(), buckets) for name, counts in topics.items()}
    calls["payment stopped"] = rng.poisson(CALLS * brought)
    if hold:
        taken = round(1.15 * float(calls["payment stopped"][:launched].mean()))
        calls["payment stopped"] = np.minimum(calls["payment stopped"], rng.integers(taken - 1, taken + 2, buckets))
    time = minutes_as_dates(calendar, np.arange(buckets) * BUCKET)
    return frozen_columns(
        time=np.repeat(time, len(topics)),
        topic=np.tile(np.array(list(topics)), buckets),
        tickets=np.stack(list(topics.values()), axis=1).ravel(),
        calls=np.maximum(0, np.stack(list(calls.values()), axis=1)).ravel(),
    )


def screen_table(
    seed: int, calendar: Calendar, parameters: Parameters, draws: Draws, actions: Actions, scale: int
) -> Columns:
    """How often each step of the alert screen was shown and went wrong, as the app reports it: all customers, by day
    and app version."""
    rng = random(SLUG, seed, "screens")
    day = draws.minute // DAY
    rows: list[tuple[int, str, str, int, int]] = []
    versions = {"web": ~draws.phone, "5.1": draws.phone & ~draws.updated, "5.2": draws.updated}
    asked, pressed = {}, {}
    for version, mask in versions.items():
        asked[version] = np.bincount(day[mask & actions.asked], minlength=DAYS) * scale
        pressed[version] = np.bincount(day[mask & actions.by_customer], minlength=DAYS) * scale
    for number in range(DAYS):
        for version in versions:
            confirm = int(asked[version][number])
            if not confirm:
                continue
            presses = int(pressed[version][number])
            closed = round(confirm * rng.uniform(0.02, 0.04))
            codes = confirm - presses
            rows.append((number, version, "notice", confirm + closed, closed))
            twice = version == "5.2" and parameters.shape.appeals_in_time
            rows.append((number, version, "confirm", confirm, min(confirm, 2 * presses) if twice else presses))
            rows.append((number, version, "code", codes, round(codes * rng.uniform(0.30, 0.34))))
    numbers, names, steps, shown, problems = zip(*rows, strict=True)
    return frozen_columns(
        day=np.datetime64(calendar.start, "D") + np.array(numbers).astype("timedelta64[D]"),
        app_version=np.array(names),
        step=np.array(steps),
        shown=np.array(shown),
        problems=np.array(problems),
    )


def session_table(seed: int, calendar: Calendar, draws: Draws, scale: int) -> Columns:
    """App sessions of all customers and the errors that the app reported, by day."""
    rng = random(SLUG, seed, "sessions")
    sessions = np.round(np.bincount(draws.minute // DAY, minlength=DAYS) * scale * rng.uniform(3.0, 3.2, DAYS))
    return frozen_columns(
        day=np.datetime64(calendar.start, "D") + np.arange(DAYS).astype("timedelta64[D]"),
        sessions=sessions.astype(int),
        app_errors=rng.poisson(sessions * 0.0021),
    )


def release_table(calendar: Calendar, parameters: Parameters) -> Columns:
    """Everything that was changed or started in the six weeks, in order."""
    launch, shape = parameters.launch, parameters.shape
    rows = [
        (5 * DAY + 620, "payments", "Payment gateway: yearly certificate renewed"),
        (13 * DAY + 560, "web", "Help pages moved to the new design"),
        (SHADOW_DAY * DAY + 840, "ml", "Model 14 begins to run in shadow; model 13 keeps deciding"),
        (26 * DAY + 600, "app", "App 5.1.4: smaller downloads"),
        (launch, "data_platform", "Account feed version 7: new default for missing values"),
        (launch + 60, "product", f"Market {parameters.market_code} opens to everybody"),
        (launch + 90, "marketing", "Spring sale begins in the home markets"),
        (launch + 120, "app", "App 5.2 with the new alert screen, rolled out over two days; home markets only"),
        (launch + 5 * DAY + 200, "web", "Spring sale banner changed"),
        (launch + 7 * DAY + 90, "payments", "Gateway: faster retries"),
    ]
    if not shape.tickets_hold:
        rows.append((launch + 30, "support", "A bot answers tickets about stopped payments first"))
    minute, team, what = zip(*sorted(rows), strict=True)
    return frozen_columns(time=minutes_as_dates(calendar, np.array(minute)), team=np.array(team), what=np.array(what))


def hands_table(shape: Shape, free: Sequence[str], names: Mapping[str, str]) -> Columns:
    """Who may change or query what this week, and who has free hands today."""
    rows = {lever.label: shape.hands[lever.id] for lever in LEVERS} | {"Keeping the record of the war room": free}
    return frozen_columns(
        what=np.array([*rows]),
        who=np.array([" or ".join(names[person] for person in people) for people in rows.values()]),
    )


def drill_table(seed: int) -> Columns:
    """The weekly review of last autumn's incident, each measure as a multiple of its usual level.

    One good week before a relapse; then good weeks only because a fallback is on; then the fallback goes, and
    the last action closes some weeks later, or, in one world of four, not before the table ends.
    """
    rng = random(SLUG, seed, "drill")
    dip, held, waits = int(rng.integers(1, 5)), int(rng.integers(3, 7)), int(rng.integers(4, 7))
    shape = [4.8, 4.1, 3.5, 3.2][:dip] + [1.08, 2.9] + [1.05] * held + [1.62] + [1.10, 1.05, 1.02, 1.0, 0.98, 0.99]
    weeks = len(shape)
    removed = dip + 2 + held
    closed = removed + waits if dealt(seed, "drill", (True, True, True, False)) else weeks + 1
    level = np.array(shape)
    noise = 0.03 * (even(rng, 3 * weeks, 3 * weeks).reshape(3, weeks) - 0.5)
    on = np.arange(weeks) < removed
    on[: dip + 2] = False
    week = np.arange(1, weeks + 1)
    return frozen_columns(
        week=week,
        false_positives=np.round(level + noise[0], 2),
        complaints=np.round(np.where(level > 1.3, level * 0.9, level) + noise[1], 2),
        ui_errors=np.round(np.where(level > 1.3, 1 + 0.5 * (level - 1), level) + noise[2], 2),
        fallback_on=on,
        open_actions=np.where(week < removed - 1, 4, np.where(week < closed, 1, 0)),
    )


def about_table(calendar: Calendar, scale: int, more: Mapping[str, tuple[str, str]]) -> Columns:
    """What one has to know to read the export."""
    first, last = calendar.before
    since, until = calendar.now
    rows = {
        "one customer in": (str(scale), "payments holds every payment of one customer in this many"),
        "war room": (f"{calendar.war_room:%Y-%m-%d %H:%M}", "UTC; the export ends at midnight before it"),
        "before": (f"{calendar.day(first)} to {calendar.day(last - 1)}", "the 28 days before the launch day"),
        "now": (f"{calendar.day(since)} to {calendar.day(until - 1)}", "seven days; later ones are not counted yet"),
        "calibration": (f"{calendar.day(CALIBRATION[0])} to {calendar.day(CALIBRATION[1] - 1)}",
                        "labels final, each stop examined by hand; tune here"),
        "holdout": (f"{calendar.day(HOLDOUT[0])} to {calendar.day(HOLDOUT[1] - 1)}",
                    "labels final, each stop examined by hand; look once, at the end"),
        "recent": (f"{calendar.day(RECENT[0])} to {calendar.day(RECENT[1] - 1)}", "no labels yet; count alerts here"),
        "labels final after": (str(LABEL_DAYS), "days, for payments that ran; a stopped one is never disputed"),
        **more,
    }  # fmt: skip
    return frozen_columns(
        item=np.array(list(rows)),
        value=np.array([value for value, _ in rows.values()]),
        note=np.array([note for _, note in rows.values()]),
    )
