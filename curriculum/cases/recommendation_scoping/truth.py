"""What is so by construction in `recommendation_scoping`, and the entries that its registry adds."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.cases.base import Entry


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
class Area(Entry):
    """Something that somebody has to approve."""

    approver: str = ""
    """Id of the person who approves it today."""


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
    """By model: the end-to-end p95 that shoppers meet. The deep model's traces come from a warm cache."""
    baselines: Mapping[tuple[str, str], float]
    """By metric and segment, in the metric's unit; model metrics have the segment `all`."""
    weekly: Mapping[tuple[str, str], float]
    """By metric and segment: how many visits or views a week enter its denominator."""
    offline: Mapping[tuple[str, str], float]
    """By metric and model: what the models table shows on held-out purchases."""
    best_past_lift: float
    """The largest relative gain in conversion of a past test, in percent."""
    duplicates: frozenset[str]
    """The two cards that ask for the same thing."""
    constraints: frozenset[str]
    """Facts that are limits of models or data, with a number."""
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
    best_outputs: frozenset[str]
    """What a time slot can leave behind that others can use."""

    def detectable(self, metric: str, segment: str, weeks: float) -> float:
        """The smallest relative change, in percent, that `weeks` of traffic split in halves can show.

        n per half >= 16 p (1 - p) / d^2 for 80 % power at 5 %; infinite where nothing is measured.
        """
        rate = self.baselines.get((metric, segment), 0.0) / 100
        visits = self.weekly.get((metric, segment), 0.0) * weeks / 2
        if not 0 < rate < 1 or visits <= 0:
            return math.inf
        return 100 * math.sqrt(16 * (1 - rate) / (rate * visits))
