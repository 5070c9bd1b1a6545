"""One computation for each definition of each contested metric, on the tables that everybody sees.

The functions take a case's columns or a notebook's DataFrames alike: a mapping of tables to mappings of columns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from curriculum.cases.base import Columns, Entry, by_id, frozen_columns
from curriculum.cases.fraud_false_positives.shape import HOME, MARKET, UPSTREAM, Shape

TablesLike = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Metric(Entry):
    """Something that the teams count differently."""


@dataclass(frozen=True)
class Definition(Entry):
    """One way to count a metric. `note` says numerator and denominator, and how it is collected in this world."""

    metric: str = ""
    unit: str = ""
    kind: str = ""
    """`proxy`: known within two days; `final`: needs labels of 30 days; `count`: known at once."""
    sound: bool = False
    """Whether it answers the question that its metric asks, today."""
    why_not: str = ""
    """What is wrong with it, for the review."""
    complete_days: int = 0
    """Days after which its numbers no longer change."""
    collected: str = ""
    """How it is collected, as the table `collected` says."""


METRICS = by_id(
    Metric("false_positives", "Good payments that we stop"),
    Metric("complaints", "Customers who complain about it"),
    Metric("ui_errors", "Customers who go wrong on the alert screen"),
    Metric("stops", "All payments that the model stops, in one group"),
)

_PER_1000 = "per 1,000 payments"

DEFINITIONS = by_id(
    Definition(
        "fpr_final", "Good payments stopped, by final label", metric="false_positives", unit="per 100 payments",
        kind="final", note="Stopped payments whose final label is good, per 100 payments.",
        why_not="its labels are final after 30 days only, so that recent weeks read almost zero",
        complete_days=30, collected="labels are final after 30 days; stopped payments got one in the audited days only",
    ),
    Definition(
        "alerts_per_fraud", "False alerts per fraud", metric="false_positives", unit="false alerts per fraud",
        kind="final", note="Payments asked about or stopped whose final label is good, for each one whose final "
        "label is fraud.", why_not="it needs final labels, and there are none for the last 30 days",
        complete_days=30, collected="labels are final after 30 days",
    ),
    Definition(
        "overturned_per_1000", "Stops overturned on appeal", metric="false_positives", unit=_PER_1000,
        kind="proxy", note="Stopped payments released on appeal, per 1,000 payments, by day of the payment.",
    ),
    Definition(
        "retried_per_1000", "Stops that the customer tries again", metric="false_positives", unit=_PER_1000,
        kind="count", note="Stopped payments that are tried again within the hour, per 1,000 payments.",
    ),
    Definition(
        "overturn_rate", "Share of appeals overturned", metric="false_positives", unit="per 100 decided appeals",
        kind="proxy", note="Appeals decided for the customer, per 100 decided appeals, by day of the payment.",
        why_not="it cannot rise above 100, so it hardly moves between bad and very bad, and says nothing of how many",
        collected="of the appeals that are decided, whether many or few",
    ),
    Definition(
        "tickets_a_day", "All tickets", metric="complaints", unit="tickets a day", kind="count",
        note="All support tickets of a day, whatever they are about.",
        why_not="it counts every topic, and has no denominator, so the sale moves it as well",
        collected="every ticket of any topic",
    ),
    Definition(
        "stop_tickets_per_1000", "Tickets about stopped payments", metric="complaints", unit=_PER_1000, kind="count",
        note="Tickets on the topic “payment stopped”, per 1,000 payments of all customers, by day of the ticket.",
    ),
    Definition(
        "stop_calls_per_1000", "Calls about stopped payments", metric="complaints", unit=_PER_1000, kind="count",
        note="Calls that support took on the topic “payment stopped”, per 1,000 payments of all customers.",
    ),
    Definition(
        "app_errors_per_1000", "Errors that the app reports", metric="ui_errors", unit="per 1,000 sessions",
        kind="count", note="Crashes and script errors, per 1,000 app sessions.",
        why_not="a press on the wrong button works as programmed: the app reports no error",
        collected="crashes and script errors only",
    ),
    Definition(
        "not_me_per_100", "“Not me” pressed", metric="ui_errors", unit="per 100 alert screens", kind="count",
        note="“Not me” as the app reports it, per 100 times that the step “confirm” was shown.",
    ),
    Definition(
        "not_me_reversed_per_100", "“Not me” pressed and taken back", metric="ui_errors",
        unit="per 100 alert screens", kind="proxy", note="Payments stopped by the customer and released on appeal, "
        "per 100 payments whose customer was asked.",
    ),
    Definition(
        "stops_partner_per_1000", "Stops of partner logins", metric="stops", unit=_PER_1000, kind="count", sound=True,
        note="Payments stopped by the model, per 1,000, of customers who sign in through a partner.",
        collected="counted when it happens",
    ),
    Definition(
        "stops_market_per_1000", "Stops in the new market", metric="stops", unit=_PER_1000, kind="count", sound=True,
        note="Payments stopped by the model, per 1,000, in the new market.", collected="counted when it happens",
    ),
)  # fmt: skip
"""Every definition, as far as it is the same in all worlds; `definitions` says the rest."""

GROUP_MEASURES = {
    UPSTREAM: "stops_partner_per_1000",
    MARKET: "stops_market_per_1000",
}
"""The measure that shows one cause alone; the screen's is the trusted one of errors on the alert screen."""


def definitions(shape: Shape) -> Mapping[str, Definition]:
    """The definitions of one world: which of them can be trusted today, and how each is collected."""
    wait = shape.appeal_days
    late = "appeals wait nine days for a decision, so that the last week reads too low"
    here = {
        "overturned_per_1000": (shape.appeals_in_time, late, wait, f"appeals are decided within {wait} days"),
        "not_me_reversed_per_100": (shape.appeals_in_time, late, wait, f"appeals are decided within {wait} days"),
        "overturn_rate": (False, "", wait, f"of the appeals that are decided, within {wait} days"),
        "retried_per_1000": (
            not shape.appeals_in_time, "app 5.2 tries a declined payment again by itself, so it counts the app", 0,
            "since 5.2 the app tries by itself, which counts" if shape.appeals_in_time
            else "tries of customers; the app never tries by itself",
        ),
        "not_me_per_100": (
            not shape.appeals_in_time, "app 5.2 reports each press twice, so that before and now do not compare", 0,
            "5.2 reports each press twice" if shape.appeals_in_time else "each press once, in all versions",
        ),
        "stop_tickets_per_1000": (
            shape.tickets_hold, "since the launch a bot answers most of these tickets, and files them elsewhere", 0,
            "each ticket under its topic" if shape.tickets_hold else "since the launch a bot answers three of four",
        ),
        "stop_calls_per_1000": (
            not shape.tickets_hold, "the line has been full since the launch: it counts how many can be taken", 0,
            "calls taken; the line has been full since the launch" if shape.tickets_hold
            else "calls taken; nobody waits",
        ),
    }  # fmt: skip
    found = []
    for definition in DEFINITIONS.values():
        if definition.id in here:
            sound, why_not, days, how = here[definition.id]
            definition = replace(
                definition, sound=sound, complete_days=days, collected=how,
                why_not=definition.why_not or ("" if sound else why_not),
            )  # fmt: skip
        note = f"{definition.note} Collected: {definition.collected}."
        found.append(replace(definition, note=note))
    return by_id(*found)


def collected_table(shape: Shape) -> Columns:
    """How every number is collected, and after how many days it no longer changes."""
    here = definitions(shape).values()
    return frozen_columns(
        id=np.array([definition.id for definition in here]),
        complete_days=np.array([definition.complete_days for definition in here]),
        collected=np.array([definition.collected for definition in here]),
    )


CONTESTED = ("false_positives", "complaints", "ui_errors")
"""The metrics that the dashboard must define once each."""


def day_numbers(times: Any, start: dt.datetime) -> np.ndarray:
    """Days since `start`, as whole numbers, of an array of times or days."""
    array = np.asarray(times).astype("datetime64[m]")
    return (array - np.datetime64(start, "m")) // np.timedelta64(1440, "m")


@dataclass(frozen=True)
class Counts:
    """A metric's numerator and denominator by day: their sums over a window give its value."""

    top: np.ndarray
    bottom: np.ndarray
    per: float

    def value(self, window: tuple[int, int]) -> float:
        """The value over a window of days, first and one past the last; 0 where nothing is counted."""
        first, last = window
        bottom = float(self.bottom[first:last].sum())
        return self.per * float(self.top[first:last].sum()) / bottom if bottom else 0.0

    def by_day(self) -> np.ndarray:
        """The value of each day; not a number where nothing is counted."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.bottom > 0, self.per * self.top / np.where(self.bottom > 0, self.bottom, 1), np.nan)


class Days:
    """The tables with the days of their rows, to count on."""

    def __init__(self, tables: TablesLike, start: dt.datetime, days: int, scale: int):
        self.tables, self.start, self.days, self.scale = tables, start, days, scale
        self.day = day_numbers(tables["payments"]["time"], start)
        self._columns: dict[str, np.ndarray] = {}

    def column(self, name: str) -> np.ndarray:
        """A text column of the payments."""
        if name not in self._columns:
            self._columns[name] = np.asarray(self.tables["payments"][name]).astype(str)
        return self._columns[name]

    def count(self, definition: str) -> Counts:
        """Numerator and denominator of a definition by day; raises KeyError for an unknown one."""
        return _COUNTS[definition](self)

    def value(self, definition: str, window: tuple[int, int]) -> float:
        """The value of a definition over a window of days."""
        return self.count(definition).value(window)

    def daily(self, mask: np.ndarray | None = None) -> np.ndarray:
        """Payments a day, of those in `mask`."""
        return np.bincount(self.day if mask is None else self.day[mask], minlength=self.days)[: self.days]

    def stopped(self) -> np.ndarray:
        action = self.column("action")
        return (action == "stopped_by_model") | (action == "stopped_by_customer")

    def asked(self) -> np.ndarray:
        action = self.column("action")
        return (action == "confirmed") | (action == "stopped_by_customer")

    def summed(self, table: str, column: str, time: str, mask: np.ndarray | None = None) -> np.ndarray:
        """The sum of a column of another table by day."""
        day, weight = day_numbers(self.tables[table][time], self.start), np.asarray(self.tables[table][column])
        if mask is not None:
            day, weight = day[mask], weight[mask]
        return np.bincount(day, weights=weight, minlength=self.days)[: self.days]


def _tickets(here: Days, topic: str | None, column: str = "tickets") -> np.ndarray:
    mask = None if topic is None else np.asarray(here.tables["tickets"]["topic"]).astype(str) == topic
    return here.summed("tickets", column, "time", mask)


def _abroad(here: Days) -> np.ndarray:
    """Payments of the new market."""
    return ~np.isin(here.column("country"), HOME)


def _not_me(here: Days) -> Counts:
    mask = np.asarray(here.tables["screens"]["step"]).astype(str) == "confirm"
    return Counts(here.summed("screens", "problems", "day", mask), here.summed("screens", "shown", "day", mask), 100)


def _reversed(here: Days) -> Counts:
    back = (here.column("action") == "stopped_by_customer") & (here.column("appeal") == "overturned")
    return Counts(here.daily(back), here.daily(here.asked()), 100)


def _alerts_per_fraud(here: Days) -> Counts:
    alerted, label = here.asked() | here.stopped(), here.column("label")
    return Counts(here.daily(alerted & (label == "good")), here.daily(alerted & (label == "fraud")), 1)


def _decided(here: Days) -> np.ndarray:
    appeal = here.column("appeal")
    return (appeal == "overturned") | (appeal == "upheld")


def _stops(here: Days, mask: np.ndarray) -> Counts:
    return Counts(here.daily((here.column("action") == "stopped_by_model") & mask), here.daily(mask), 1000)


_COUNTS: dict[str, Callable[[Days], Counts]] = {
    "fpr_final": lambda here: Counts(here.daily(here.stopped() & (here.column("label") == "good")), here.daily(), 100),
    "alerts_per_fraud": _alerts_per_fraud,
    "overturned_per_1000": lambda here: Counts(here.daily(here.column("appeal") == "overturned"), here.daily(), 1000),
    "retried_per_1000": lambda here: Counts(
        here.daily(here.stopped() & np.asarray(here.tables["payments"]["tried_again"]).astype(bool)), here.daily(), 1000
    ),
    "overturn_rate": lambda here: Counts(
        here.daily(here.column("appeal") == "overturned"), here.daily(_decided(here)), 100
    ),
    "tickets_a_day": lambda here: Counts(_tickets(here, None), np.ones(here.days), 1),
    "stop_tickets_per_1000": lambda here: Counts(_tickets(here, "payment stopped"), here.daily() * here.scale, 1000),
    "stop_calls_per_1000": lambda here: Counts(
        _tickets(here, "payment stopped", "calls"), here.daily() * here.scale, 1000
    ),
    "app_errors_per_1000": lambda here: Counts(
        here.summed("sessions", "app_errors", "day"), here.summed("sessions", "sessions", "day"), 1000
    ),
    "not_me_per_100": _not_me,
    "not_me_reversed_per_100": _reversed,
    "stops_partner_per_1000": lambda here: _stops(here, here.column("login") == "partner"),
    "stops_market_per_1000": lambda here: _stops(here, _abroad(here)),
}
