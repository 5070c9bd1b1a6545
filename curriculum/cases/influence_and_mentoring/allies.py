"""The three possible allies of one world: what each is measured by, how many days they have, and what stops them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from curriculum.cases.base import random
from curriculum.cases.influence_and_mentoring.draw import DAYS, LIMIT, NONE, OWN_METRIC, SLUG, Draw
from curriculum.cases.influence_and_mentoring.people import ALLIES

METRIC_OF = MappingProxyType({"noa": "cost_per_kept", "ruben": "collected", "sigrid": "starts"})
CHANNEL_OF = MappingProxyType({"noa": "mail", "ruben": "bill page", "sigrid": "start screen"})
OFFER_OF = MappingProxyType({"noa": "mail_slot", "ruben": "bill_report", "sigrid": "her_question"})
COST_OF = MappingProxyType({"noa": "slot_in_calendar", "ruben": "days_before_freeze", "sigrid": "place_on_screen"})
OBJECTION_OF = MappingProxyType({"noa": "too_many_mails", "ruben": "less_collected", "sigrid": "fewer_starts"})
ANSWER_OF = MappingProxyType({"noa": "contact_limit", "ruben": "ruben_bonus", "sigrid": "starts_move"})
STOPPED_BY: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "noa": {LIMIT: "contact_limit", DAYS: "noa_real_days"},
    "ruben": {DAYS: "freeze_days", OWN_METRIC: "ruben_bonus"},
    "sigrid": {OWN_METRIC: "starts_move"},
})  # fmt: skip
"""By ally and by what may stop them: the fact that says it."""


@dataclass(frozen=True)
class Ally:
    """Somebody who could switch the action on."""

    id: str
    stops: str
    """limit, days, own_metric or nothing."""
    metric: str
    now: float
    target: float
    expected: float
    """With the action, as they tell it; of Noa it is worked out from what you propose."""
    days_needed: int
    days_paper: int
    days_real: int
    """Working days that are there, whatever the table says."""
    limit_eur: int
    channel: str

    @property
    def can(self) -> bool:
        return self.stops == NONE

    @property
    def facts(self) -> frozenset[str]:
        """The facts without which nobody knows whether this ally can."""
        return frozenset(STOPPED_BY[self.id].values())


def make_allies(seed: int, shape: Draw) -> Mapping[str, Ally]:
    """The allies of one world by id."""
    rng = random(SLUG, seed, "allies")
    found = {}
    for id, stops in zip(ALLIES, shape.stops, strict=True):
        needed = int(rng.integers(4, 8))
        paper = needed + int(rng.integers(2, 6))
        real = needed - int(rng.integers(2, 4)) if stops == DAYS else needed + int(rng.integers(1, 4))
        falls = stops == OWN_METRIC
        if id == "noa":
            now, target, expected = float(rng.integers(42, 60)), float(rng.integers(30, 40)), 0.0
        elif id == "ruben":
            now = round(float(rng.uniform(90, 93)), 1)
            target, by = round(now + float(rng.uniform(0.5, 1.5)), 1), float(rng.uniform(0.5, 1.1))
            expected = round(now - by if falls else now + by, 1)
        else:
            now = round(float(rng.uniform(2.6, 3.6)), 2)
            target, by = round(now + float(rng.uniform(0.15, 0.4)), 2), float(rng.uniform(0.15, 0.4))
            expected = round(now - by if falls else now + by, 2)
        found[id] = Ally(
            id=id, stops=stops, metric=METRIC_OF[id], now=now, target=target, expected=expected, days_needed=needed,
            days_paper=real if id == "sigrid" else paper, days_real=real,
            limit_eur=int(rng.integers(14, 29)) * 250, channel=CHANNEL_OF[id],
        )  # fmt: skip
    return MappingProxyType(found)
