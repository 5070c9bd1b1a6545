"""Who does what today, and by which rules: on call, free hands, approval, severity, ways to us, how fresh data is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.cases.base import Entry, by_id, random
from curriculum.cases.fraud_false_positives.shape import SLUG

CADENCE = {"sev1": 30, "sev2": 60, "sev3": 1440}
"""The longest silence between two updates, in minutes, by severity."""
SEVERITY_LIMITS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
"""Limits that a company might set, in stopped payments of 100."""
CLEAR = 1.2
"""By so much the stopped payments lie above or below the limit, so that the severity is no matter of rounding."""

NAMES = {"ravi": "Ravi", "jonas": "Jonas", "mei": "Mei", "petra": "Petra", "helen": "Helen"}
CHANNELS: Mapping[str, str] = {"chat": "the chat", "telephone": "the telephone", "form": "the form on our page"}
"""Ways in which customers reach support."""


@dataclass(frozen=True)
class Rota:
    """Of one world, on the day of the war room."""

    on_call: str
    """Who may change production today."""
    free: tuple[str, ...]
    """Who in the room has nothing to change and nobody to answer today, and so can keep the record."""
    approver: str
    """Who approves today what customers are told."""
    severity: str
    severity_above: float
    """Severity 1 begins above so many stopped payments of 100."""
    channel: str
    """The one way to support that has people free."""
    waiting: int
    """Customers who wait on each of the other ways."""
    reading_minutes: int
    """What the approver needs for a message."""
    arrives: Mapping[str, int]
    """Minutes between two deliveries of new data, by table."""

    @property
    def cadence(self) -> int:
        """The longest silence between two updates, in minutes."""
        return CADENCE[self.severity]

    def refresh(self, definition: str) -> int:
        """The minutes after which a panel on a definition is refreshed: as its data comes in, by the next update."""
        return max(self.arrives[source_of(definition)], min(self.cadence, 30))

    @property
    def on_call_name(self) -> str:
        return NAMES[self.on_call]

    @property
    def approver_name(self) -> str:
        return NAMES[self.approver]

    @property
    def severity_rule(self) -> str:
        return (
            f"Severity 1 is declared when more than {self.severity_above:g} in 100 payments were stopped in the latest "
            f"seven complete days; updates then go out every {CADENCE['sev1']} minutes. Below that it is severity 2, "
            f"with updates every {CADENCE['sev2']} minutes."
        )

    @property
    def approval(self) -> str:
        if self.approver == "petra":
            return "Petra approves what customers are told; she is in the house today."
        return "Petra, who approves what customers are told, is in court today and has put Helen in her place."

    @property
    def channel_told(self) -> str:
        others = [words for name, words in CHANNELS.items() if name != self.channel]
        return (
            f"Only {CHANNELS[self.channel]} has people free today; on {others[0]} and on {others[1]}, {self.waiting} "
            f"customers wait each. And {self.approver_name} reads a message within {self.reading_minutes} minutes."
        )


def draw_rota(seed: int, stopped: float) -> Rota:
    """`stopped` is how many of 100 payments were stopped in the latest seven complete days."""
    rng = random(SLUG, seed, "rota")
    high = bool(rng.random() < 0.5)
    fitting = [limit for limit in SEVERITY_LIMITS if (limit * CLEAR <= stopped if high else limit >= stopped * CLEAR)]
    if not fitting:
        high = not high
        fitting = [x for x in SEVERITY_LIMITS if (x * CLEAR <= stopped if high else x >= stopped * CLEAR)]
    on_call = ("ravi", "jonas", "mei")[int(rng.integers(0, 3))]
    return Rota(
        on_call=on_call,
        free=_free_hands(seed, on_call),
        approver=("petra", "helen")[int(rng.integers(0, 2))],
        severity="sev1" if high else "sev2",
        severity_above=max(fitting) if high else min(fitting),
        channel=[*CHANNELS][int(rng.integers(0, 3))],
        waiting=10 * int(rng.integers(4, 20)),
        reading_minutes=5 * int(rng.integers(4, 13)),
        arrives={
            "payments": (5, 10, 15)[int(rng.integers(0, 3))],
            "tickets": (20, 60, 360)[int(rng.integers(0, 3))],
            "screens": (60, 240, 1440)[int(rng.integers(0, 3))],
            "sessions": 1440,
            "appeals": (30, 120, 720)[int(rng.integers(0, 3))],
        },
    )  # fmt: skip


def _free_hands(seed: int, on_call: str) -> tuple[str, ...]:
    """One or two of those in the room who are not on call and do not speak for the company."""
    rng = random(SLUG, seed, "free hands")
    rest = [person for person in ("amara", "jonas", "mei", "ravi") if person != on_call]
    return tuple(rest[place] for place in rng.permutation(len(rest))[: int(rng.integers(1, 3))])


def severities(rota: Rota) -> Mapping[str, Entry]:
    """The levels, with the company's rule for each."""
    above = f"{rota.severity_above:g} in 100 payments"
    return by_id(
        Entry("sev1", "Severity 1", f"More than {above} were stopped. Updates every {CADENCE['sev1']} minutes."),
        Entry("sev2", "Severity 2", f"Customers notice; up to {above}. Updates every {CADENCE['sev2']} minutes."),
        Entry("sev3", "Severity 3", "No customer notices. One update a day."),
    )


_SOURCES = {
    "tickets": ("tickets_a_day", "stop_tickets_per_1000", "stop_calls_per_1000"),
    "screens": ("not_me_per_100",),
    "sessions": ("app_errors_per_1000",),
    "appeals": ("overturned_per_1000", "overturn_rate", "not_me_reversed_per_100"),
}


def source_of(definition: str) -> str:
    """The data from which a definition counts, as `Rota.arrives` calls it."""
    return next((source for source, counted in _SOURCES.items() if definition in counted), "payments")
