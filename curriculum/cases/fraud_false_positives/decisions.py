"""The decision log on fallbacks: which decision is in force, which is a proposal, which is about something else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, Entry, by_id, frozen_columns, random
from curriculum.cases.fraud_false_positives.people import PEOPLE
from curriculum.cases.fraud_false_positives.shape import SLUG, Shape
from curriculum.support.dates import day_month


@dataclass(frozen=True)
class Decision(Entry):
    """An entry of the log."""

    by: str = ""
    on: dt.date = dt.date.min
    in_force: bool = False
    """Whether it decides on this incident's fallback, by somebody who may."""
    keeps_fallback: bool = False
    """Whether it makes this incident's fallback permanent."""


def draw_decisions(seed: int, shape: Shape, today: dt.date) -> Mapping[str, Decision]:
    """Three entries, oldest first; one of them keeps the fallback, where it is decided that it stays."""
    rng = random(SLUG, seed, "decisions")
    may, other = shape.decider, "samir" if shape.decider == "helen" else "helen"
    number, long_ago = int(rng.integers(11, 60)), int(rng.integers(90, 130))
    recent = sorted((int(day) for day in rng.choice(np.arange(1, 9), 2, replace=False)), reverse=True)
    stays = "Decided: should this incident need a fallback, it stays on as a second check after the end"
    goes = "Decided: should this incident need a fallback, it goes before the incident is declared over"
    these = [
        (may, stays if shape.stays else goes, shape.stays),
        (other, "Proposed: a fallback that does well in this incident should stay on after the end", False),
    ]
    if rng.random() < 0.5:
        these.reverse()
    entries = [
        (may, "Decided: last autumn's fallback stayed on until the last action was closed", False, long_ago),
        *((by, what, keeps, day) for (by, what, keeps), day in zip(these, recent, strict=True)),
    ]
    found = []
    for place, (by, what, keeps, ago) in enumerate(entries):
        day = today - dt.timedelta(days=ago)
        label = f"{PEOPLE[by].label}, {day_month(day)}. {what}."
        force = by == may and ago < long_ago
        found.append(Decision(f"d_{number + place}", label, by=by, on=day, in_force=force, keeps_fallback=keeps))
    return by_id(*found)


def decisions_table(decisions: Mapping[str, Decision]) -> Columns:
    """The log as everybody reads it."""
    return frozen_columns(
        decision=np.array(list(decisions)), what=np.array([decision.label for decision in decisions.values()])
    )
