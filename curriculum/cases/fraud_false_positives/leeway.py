"""What each person can lend or has to wait for, drawn from the seed: a plan that asked nobody breaks on it.

All of it is assumed; no data can exist for it. The ranges leave a way through in every world: whatever needs days is
possible before the reviewers go back to their telephones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.cases.base import Fact, random
from curriculum.cases.fraud_false_positives.payments import DAYS
from curriculum.cases.fraud_false_positives.shape import SLUG
from curriculum.cases.fraud_false_positives.tables import Calendar
from curriculum.support.dates import day_month


@dataclass(frozen=True)
class Leeway:
    """Days are counted from the day of the war room."""

    reviewers: int
    """Days for which support can spare the reviewers of a fallback."""
    market: int
    """Days until enough appeals are decided to evaluate the model on the new market."""
    store: int
    """Days until the app stores let a changed screen through; the old one is behind a switch."""
    feed: int
    """Days for which nothing but switches is changed on the account feed."""
    story: int
    """Hours from the start of the war room until a newspaper's story is online."""


def draw_leeway(seed: int) -> Leeway:
    rng = random(SLUG, seed, "leeway")
    return Leeway(
        reviewers=int(rng.integers(16, 26)),
        market=int(rng.integers(8, 14)),
        store=int(rng.integers(3, 8)),
        feed=int(rng.integers(5, 13)),
        story=int(rng.integers(5, 10)),
    )


def leeway_facts(leeway: Leeway, calendar: Calendar, market: str) -> Iterator[Fact]:
    """Who tells what of it; `market` is the new market's name. Each value is the days, of the story the hours."""

    def after(days: int) -> str:
        return day_month(calendar.day(DAYS + days))

    online = calendar.war_room + dt.timedelta(hours=leeway.story)
    for id, who, sentence, value, unit in (
        ("reviewers_lent", "amara", f"The reviewers of a fallback sit at my telephones the rest of the year. I can "
         f"spare them for {leeway.reviewers} days, until {after(leeway.reviewers)}.", leeway.reviewers, "days"),
        ("market_ready", "jonas", f"To say whether the model is fit for {market}, I need stops there that customers "
         f"had looked at again. I have enough of them in {leeway.market} days, on {after(leeway.market)}.",
         leeway.market, "days"),
        ("store_takes", "mei", f"The switch knows the old screen only. A changed one has to go through the app stores: "
         f"{leeway.store} days, so {after(leeway.store)} at the earliest.", leeway.store, "days"),
        ("feed_busy", "ravi", f"Whoever works on the feed is with the yearly accounts for {leeway.feed} days, until "
         f"{after(leeway.feed)}. A switch, yes. New tests or new agreements, no.", leeway.feed, "days"),
        ("story_online", "clara", f"A newspaper has the story. It is online at {online:%H:%M} UTC, {leeway.story} "
         "hours after we sat down. What we say after that is an answer to them, and no word to customers.",
         leeway.story, "hours"),
    ):  # fmt: skip
        yield Fact(id, sentence, value=float(value), unit=unit, held_by=who)
