"""Who can look after what this quarter: in some worlds one of two people, in others the other one, or both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Columns, frozen_columns
from curriculum.cases.recommendation_scoping.draw import dealt


@dataclass(frozen=True)
class Matter:
    """Something that has to be watched or answered, with the two people of whom one or both can do so."""

    id: str
    label: str
    candidates: tuple[str, str]
    facts: tuple[str, ...]
    """Facts that show a risk of this matter; some belong to two or three."""
    metrics: tuple[str, ...] = ()
    """Measures that are watched with it; each belongs to one matter."""


MATTERS = (
    Matter(
        "orders", "Orders: how many there are, and what moves them", ("noor", "ruth"), ("soft_number", "memo_wish"),
        ("conversion",),
    ),
    Matter(
        "shoppers", "What shoppers do with the row: clicks, searches, swipes", ("noor", "pm"),
        ("strip_clicks", "searches_on", "phone_items", "reason_helps", "layout_sample"), ("row_ctr", "search_on"),
    ),
    Matter(
        "suggestions", "How good the suggestions are, and for whom there are none", ("wei", "noor"),
        ("deep_gain", "cold_start", "score_is_rank", "offline_online"), ("hits_in_six", "auc"),
    ),
    Matter(
        "service", "The wait, and how the service bears a full shop", ("wei", "ines"),
        ("deep_at_peak", "busiest_evening", "screen_budget", "fallback_today", "deep_days"), ("row_p95",),
    ),
    Matter(
        "bad_days", "What people see when there is nothing to suggest", ("ines", "kofi"),
        ("blank_row", "cold_start", "fallback_today", "outage_calls", "reason_helps", "score_is_rank"),
    ),
    Matter(
        "tickets", "Tickets and calls, and what they are about", ("kofi", "noor"),
        ("sold_out_tickets", "outage_calls", "blank_row"), ("ticket_rate",),
    ),
    Matter(
        "browsing", "What is kept of people's browsing, and what they are told of it", ("samir", "ines"),
        ("kept_days", "notice_rule"),
    ),
    Matter(
        "promises", "What was promised: dates, days of work, numbers for the board", ("ruth", "pm"),
        (
            "campaign_date", "board_meeting", "deep_days", "email_later", "memo_wish", "soft_number", "notice_rule",
        ),
    ),
    Matter(
        "tests", "Tests, and the logs from which they are read", ("noor", "wei"),
        ("lost_test", "offline_online", "layout_sample", "board_meeting", "soft_number"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Hands:
    """By matter: who can look after it this quarter."""

    by_matter: Mapping[str, tuple[str, ...]]

    def for_metric(self, metric: str) -> tuple[str, ...]:
        """Who can watch a measure; nobody in particular where no matter has it."""
        return self._of([matter for matter in MATTERS if metric in matter.metrics])

    def for_fact(self, fact: str) -> tuple[str, ...]:
        """Who can do something about what a fact shows."""
        return self._of(matters_of(fact))

    def _of(self, matters: list[Matter]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(who for matter in matters for who in self.by_matter[matter.id]))


def matters_of(fact: str) -> list[Matter]:
    """The matters to which a fact belongs."""
    return [matter for matter in MATTERS if fact in matter.facts]


def deal_hands(seed: int) -> Hands:
    """Each of the two people of a matter alone in two worlds of five, both in the fifth."""
    dealt_out = {}
    for matter in MATTERS:
        first, second = matter.candidates
        either = ((first,), (second,), (first,), (second,), (first, second))
        dealt_out[matter.id] = dealt(seed, f"hands/{matter.id}", either)
    return Hands(MappingProxyType(dealt_out))


def hands_table(hands: Hands, names: Mapping[str, str]) -> Columns:
    """A row for each matter, with the names of those who can look after it."""
    return frozen_columns(
        matter=np.array([matter.label for matter in MATTERS]),
        who=np.array([" or ".join(names[person] for person in hands.by_matter[matter.id]) for matter in MATTERS]),
    )
