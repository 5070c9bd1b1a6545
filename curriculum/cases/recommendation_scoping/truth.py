"""What is so by construction in `recommendation_scoping`, and the entries that its registry adds."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.cases.base import Entry
from curriculum.cases.recommendation_scoping.hands import Hands

PERSONAL_FIELDS = frozenset({"visitor_id", "viewed_items"})
"""Request fields that say who a visitor is or what they did."""


@dataclass(frozen=True)
class Metric(Entry):
    """Something that can be measured. `note` is its formula in words."""

    sort: str = ""
    """business, user, model or guardrail."""
    unit: str = ""
    better: str = "higher"
    """Which way is good: higher or lower."""
    table: str = ""
    """The table from which its baseline is recomputed."""


@dataclass(frozen=True)
class Model(Entry):
    """A way to choose suggestions. `note` says how it works."""

    card: str = ""
    """The card that builds it."""
    needs: tuple[str, ...] = ()
    """Request fields without which it cannot answer."""
    returns: tuple[str, ...] = ()
    """Response fields that it can fill."""
    score: str = ""
    """What its confidence means: rank or share."""
    learns_from: int = 0
    """How many days of visits it has to learn from; 0 where it needs none of a visitor."""

    @property
    def personal(self) -> bool:
        """Whether what it is sent says who a visitor is or what they did."""
        return bool(PERSONAL_FIELDS & {*self.needs})


@dataclass(frozen=True)
class Wireframe(Entry):
    """A drawn screen of the row of suggestions in one state."""

    state: str = ""
    shows: tuple[str, ...] = ()
    """Response fields that it displays or depends on."""


@dataclass(frozen=True)
class Latency:
    """End-to-end milliseconds of one model in the request traces."""

    p50: float
    p95: float
    p99: float
    mean: float
    sum_of_p95: float
    """What one gets by adding the parts' p95s: not a percentile of anything."""


@dataclass(frozen=True)
class Reply(Entry):
    """Something that the model's service sends, or does not send."""

    state: str = ""
    """The state of the screen that it brings about; blank where it brings about none."""
    says: bool = False
    """Whether it carries a sentence for the shopper."""


@dataclass(frozen=True)
class Event(Entry):
    """Something on a known day that can bring a deferred card back."""

    on: dt.date = dt.date.min


@dataclass(frozen=True)
class PastTests:
    """What the past A/B tests show, by intervals of 95 in 100."""

    gained: int
    """In how many orders rose beyond chance."""
    lost: int
    """In how many orders fell beyond chance."""
    best_lift: float
    """The largest relative gain in orders that can be told from chance, in percent."""
    best_offline: int
    """What became of the test with the largest gain offline: 1 gained, -1 lost, 0 nobody can tell."""


@dataclass(frozen=True)
class Area(Entry):
    """Something that somebody has to approve."""

    approver: str = ""
    """Id of the person who approves it today."""


RATIOS: Mapping[str, tuple[str, str, int]] = {
    "conversion": ("orders", "visits", 100),
    "row_ctr": ("row_clicks", "row_views", 100),
    "search_on": ("searches", "visits", 100),
    "ticket_rate": ("tickets", "visits", 1_000),
}
"""Metrics of the table `traffic`: what is counted, of what, times how much."""


@dataclass(frozen=True)
class Truth:
    kickoff: dt.date
    """The day of the kick-off, a Tuesday."""
    build_starts: dt.date
    """Building starts; the page must be signed by then."""
    campaign: dt.date
    """The paid campaign begins: the launch date that cannot move."""
    quarter_end: dt.date
    catalogue: dt.date
    """The autumn catalogue goes out: the sponsor's next day for the e-mail, after the board has seen the result."""
    weeks_to_launch: int
    """Whole weeks from the kick-off to the campaign."""
    readout_weeks: int
    """The result is shown to the board so many weeks after the launch; a test cannot run longer."""
    screen_budget_ms: int
    """How long the screen can wait for the row, as the designer measured it."""
    latency: Mapping[str, Latency]
    """By model, from the table `traces`."""
    p95_at_peak: Mapping[str, float]
    """By model: the end-to-end p95 that shoppers meet. Traces from a warm cache do not show it."""
    place: str
    """Where the row is shown at first, and so which visits count: all, phone or desktop."""
    fits: tuple[str, ...]
    """The models that fit this launch, the first the one that the team would rather build."""
    unfit: Mapping[str, str]
    """By model that does not fit: slow, days, history or no_better."""
    picks_go_on: bool
    """Whether support goes on picking items for today's strip, so that it can stand in."""
    problem: str
    """The public fact that shows today's problem in this world."""
    baselines: Mapping[tuple[str, str], float]
    """By metric and segment, in the metric's unit; model metrics have the segment `all`."""
    weekly: Mapping[tuple[str, str], float]
    """By metric and segment: how many visits or views a week enter its denominator."""
    farthest: Mapping[tuple[str, str], float]
    """By metric and segment: how far the farthest of the eight weeks lies on the bad side of it, in percent."""
    offline: Mapping[tuple[str, str], float]
    """By metric and model: what the models table shows on held-out purchases."""
    past_tests: PastTests
    scopes: Mapping[str, tuple[str, ...]]
    """By model that fits: the smallest scope of a launch with it."""
    duplicates: frozenset[str]
    """The two cards that ask for the same thing."""
    constraints: frozenset[str]
    """Facts that are limits of models or data, with a number."""
    deciding: Mapping[str, frozenset[str]]
    """By model about which a limit decides: the facts that say it, of which one has to be on the table."""
    principles: frozenset[str]
    """Facts that are principles of the screen, with a number."""
    votes: Mapping[tuple[str, str], int]
    """Dots by voter and card, as each person sent them in alone, before the kick-off."""
    peak_per_second: int
    """Product pages opened per second on the busiest evening."""
    wished_lift: float
    """The relative gain in the memo, in percent; a hope."""
    cold_start: float
    """Share of visits for which a trained model knows nothing, in percent."""
    kept_days: int
    """For how many days browsing may be kept, and learned from."""
    remote: frozenset[str]
    """Who takes part by telephone and cannot write on the wall."""
    room: tuple[str, ...]
    """Who takes part in the kick-off: those who vote, you, and whoever approves something."""
    hands: Hands
    """Who can watch which measure this quarter, and do something about which risk."""

    @property
    def board_sees_it(self) -> dt.date:
        """The day on which the board sees the result of the launch."""
        return self.campaign + dt.timedelta(days=7 * self.readout_weeks)

    @property
    def dots(self) -> Mapping[str, int]:
        """Dots by card as they were cast, those of the two cards for one need counted together."""
        found: dict[str, int] = {}
        for (_, card), dots in self.votes.items():
            for one in self.duplicates if card in self.duplicates else (card,):
                found[one] = found.get(one, 0) + dots
        return found

    def detectable(self, metric: str, segment: str, weeks: float) -> float:
        """The smallest relative change, in percent, that `weeks` of traffic split in halves can show.

        n per half >= 16 p (1 - p) / d^2 for 80 % power at 5 %; infinite where nothing is measured.
        """
        rate = self.baselines.get((metric, segment), 0.0) / RATIOS[metric][2] if metric in RATIOS else 0.0
        visits = self.weekly.get((metric, segment), 0.0) * weeks / 2
        if not 0 < rate < 1 or visits <= 0:
            return math.inf
        return 100 * math.sqrt(16 * (1 - rate) / (rate * visits))
