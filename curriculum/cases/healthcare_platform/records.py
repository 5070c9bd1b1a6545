"""The decisions of earlier months: what the wiki shows, and what the audit log sealed when they were accepted."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.calendar import Calendar
from curriculum.cases.healthcare_platform.kinds import Record
from curriculum.cases.healthcare_platform.wards import SLUG

GENESIS = "0" * 64
"""What the first entry of an audit log names as its predecessor."""

_Told = tuple[str, str, str, str]
_CHAINS: Mapping[str, tuple[_Told, ...]] = {
    "model": (
        ("score", "Use the bedside score", "Everybody can work it out by hand.",
         "It finds one patient in three of those who get worse."),
        ("trees", "Use the tree model 1.1", "It shows which signs drove a score, and it is quick.",
         "It was trained on one hospital, and the other one is different."),
        ("trees", "Use the tree model 1.3", "It was trained on both hospitals.",
         "It catches fewer deteriorations on monitored beds than a model that reads the curves could."),
    ),
    "intended_use": (
        ("medical", "Begin on one medical ward", "One ward to learn on, one team to train.",
         "Most patients go without alerts."),
        ("medical", "Go on to all medical wards in one hospital", "A second team learns from the first.",
         "The other hospital waits for a year."),
        ("medical", "Show alerts on the medical wards of both hospitals", "One way of working in both.",
         "Patients on other wards go without alerts."),
    ),
    "alerting": (
        ("inbox", "Collect alerts in an inbox", "It disturbs nobody.", "On a busy shift nobody opens it."),
        ("popup", "Show urgent alerts as a pop-up", "The worst ones cannot be overlooked.",
         "What is urgent was never agreed on."),
        ("popup", "Show every alert as a pop-up", "Nobody can overlook it.",
         "It interrupts, and people learn to click it away."),
    ),
    "": (
        ("six_years", "Keep alert logs for six years", "Audits can go back as far as they need.",
         "Storage costs, and a larger loss if it is ever broken into."),
    ),
}  # fmt: skip
"""By topic, in the order in which they were decided: option, title, its good and its bad side. A world has the last
one, two or three of each; each supersedes the one before."""


@dataclass(frozen=True)
class Earlier:
    """Earlier decision records, the one that was changed later, and the audit log."""

    records: Mapping[str, Record]
    texts: Mapping[str, str]
    """The text of each record as it was accepted, by id."""
    edited: str
    """Id of the record whose text in the wiki is no longer the accepted one."""
    log: tuple[Mapping[str, str], ...]
    """Entries of the audit log, each with the hash of the one before."""

    @property
    def next_number(self) -> int:
        return len(self.records) + 1

    def holding(self, topic: str) -> str:
        """The id of the record that holds on a topic today, at the end of its chain; blank where there is none."""
        on_topic = [record for record in self.records.values() if record.topic == topic]
        replaced = {record.supersedes for record in on_topic}
        return next((record.id for record in on_topic if record.number not in replaced), "")


def make_earlier(seed: int, calendar: Calendar) -> tuple[Earlier, Mapping[str, Columns]]:
    """Chains of records, one of which lost its bad side in the wiki; and the tables that show it."""
    rng = random(SLUG, seed, "records")
    rows = _in_turn(rng)
    edited = f"d{int(rng.integers(1, len(rows) + 1))}"
    records, texts, shown, last = [], {}, {}, dict[str, int]()
    for number, (topic, (option, title, good, bad)) in enumerate(rows, start=1):
        day = calendar.before(30 + 45 * (len(rows) - number) + int(rng.integers(0, 20)))
        id = f"d{number}"
        texts[id] = _text(number, title, day, good, bad)
        shown[id] = _text(number, title, day, good, "None known.") if id == edited else texts[id]
        records.append(
            Record(
                id,
                f"{number} · {title}",
                number=number,
                topic=topic,
                option=option,
                accepted_on=day,
                supersedes=last.get(topic),
                seal=_sha(texts[id]),
            )
        )
        last[topic] = number
    registry = by_id(*records)
    log = _audit_log(registry, calendar)
    earlier = Earlier(registry, texts, edited, log)
    tables = {
        "earlier_records": frozen_columns(
            number=np.array([record.number for record in registry.values()]),
            topic=np.array([record.topic for record in registry.values()]),
            title=np.array([record.label.split(" · ")[1] for record in registry.values()]),
            accepted_on=np.array([record.accepted_on for record in registry.values()], dtype="datetime64[D]"),
            supersedes=np.array([str(record.supersedes or "") for record in registry.values()]),
            text=np.array([shown[id] for id in registry]),
        ),
        "audit_log": frozen_columns(
            **{name: np.array([entry[name] for entry in log]) for name in log[0]},
        ),
    }
    return earlier, tables


def _in_turn(rng: np.random.Generator) -> list[tuple[str, _Told]]:
    """The records of all topics mixed in time, each topic's own in their order: topic and words."""
    chains = {topic: [*told[-int(rng.integers(1, len(told) + 1)) :]] for topic, told in _CHAINS.items()}
    order = rng.permutation([topic for topic, told in chains.items() for _ in told])
    return [(str(topic), chains[str(topic)].pop(0)) for topic in order]


def chain(entries: list[dict[str, str]]) -> tuple[Mapping[str, str], ...]:
    """Add to each entry the hash of the one before and its own, so that no entry can be changed unseen."""
    linked: list[Mapping[str, str]] = []
    previous = GENESIS
    for entry in entries:
        own = entry_hash({**entry, "previous": previous})
        linked.append({**entry, "previous": previous, "entry": own})
        previous = own
    return tuple(linked)


def entry_hash(entry: Mapping[str, str]) -> str:
    """SHA-256 over an entry's fields, its predecessor among them, without its own hash."""
    text = "\x1f".join(f"{name}={entry[name]}" for name in ("at", "who", "action", "record", "content", "previous"))
    return _sha(text)


def broken_entry(log: tuple[Mapping[str, str], ...]) -> int | None:
    """The position, from 1, of the first entry that does not verify; None where the whole chain holds."""
    previous = GENESIS
    for position, entry in enumerate(log, start=1):
        try:
            intact = entry["previous"] == previous and entry["entry"] == entry_hash(entry)
        except KeyError:
            intact = False
        if not intact:
            return position
        previous = entry["entry"]
    return None


def _audit_log(records: Mapping[str, Record], calendar: Calendar) -> tuple[Mapping[str, str], ...]:
    entries: list[dict[str, str]] = []
    for record in records.values():
        for action, days in (("drafted", 9), ("accepted", 0)):
            day = record.accepted_on - dt.timedelta(days=days)
            content = record.seal if action == "accepted" else _sha(f"draft of {record.label}")
            entries.append(
                {"at": f"{day.isoformat()}T09:{10 + record.number:02d}:00Z", "who": "anouk" if days else "walter",
                 "action": action, "record": str(record.number), "content": content}
            )  # fmt: skip
    entries.sort(key=lambda entry: entry["at"])
    return chain(entries)


def _text(number: int, title: str, day: dt.date, good: str, bad: str) -> str:
    return f"# {number}. {title}\nAccepted on {day.isoformat()}.\nGood: {good}\nBad: {bad}"


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
