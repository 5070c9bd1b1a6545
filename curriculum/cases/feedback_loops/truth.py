"""What is so by construction in a world of `feedback_loops`, and what follows from its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from curriculum.cases.base import Columns
from curriculum.cases.feedback_loops import alarm as alarms
from curriculum.cases.feedback_loops.draw import (
    COHORTS_A_YEAR,
    DAYS_A_REVIEW,
    EARLY,
    HELD_OUT,
    HIT,
    KEPT,
    MEMBERS,
    PAST,
    ROW,
    SEGMENTS,
    SWAPS,
    Draw,
)
from curriculum.cases.feedback_loops.entries import BROUGHT_BACK, FITS, LEFT_ALONE, MAY, METRICS, SMALLER, STAYS
from curriculum.cases.feedback_loops.experiments import (
    ARMS,
    GOOD_WAY,
    Effect,
    read_effect,
    read_lag,
    read_scatter,
)
from curriculum.cases.feedback_loops.telemetry import Year, habits

RULES: Mapping[str, tuple[tuple[int, float, float, int, int, int], ...]] = {
    # window, sample, threshold, days running, cooldown, pause
    HELD_OUT: ((14, 1900, 11, 3, 28, 0), (10, 1500, 13, 4, 35, 0)),
    ROW: ((7, 2600, 10, 3, 28, 0), (14, 3200, 9, 2, 28, 0)),
    PAST: ((7, 3200, 12, 2, 28, 14), (7, 3600, 13, 3, 28, 21)),
}
"""Rules that find what is wrong where their comparator is fit: two each, tried out over all worlds."""
ON_THE_LINE, ON_THE_LINE_EARLY = (1.6, 2.4), (2.6, 8.0)
"""Standard errors between which a change may be called one, or chance; of early measures, one sees fewer."""
A_TENTH = 0.15
"""Percent of members by which two shares are the same."""
CALLED = {"new": "new members", "regular": "regular members", "long": "long members"}


@dataclass(frozen=True, eq=False)
class Truth:
    """What is so; only rubrics, fixtures and the consequence may read it."""

    seed: int
    shape: Draw
    year: Year
    """The year of the tables."""
    tables: Mapping[str, Columns]
    loss: float
    """Points fewer who stay for eight weeks without the model's suggestions."""
    loss_error: float
    slope: float
    """Points of staying that go with ten points of hits, over all members."""
    limit: float
    """Memberships a year that may be lost to holding out."""

    def cost(self, share: float) -> float:
        """Memberships a year that holding so many percent out loses."""
        return MEMBERS * share / 100 * self.loss / 100 * COHORTS_A_YEAR

    @property
    def most_share(self) -> float:
        """Percent that may be held out within the limit."""
        return self.limit / self.cost(1.0)

    @property
    def half_limit(self) -> float:
        """What is said to somebody who asks before there is a number."""
        return float(np.round(self.limit / 2, -1))

    @property
    def right_share(self) -> float:
        """Percent that the exemplars hold out: today's, or what the limit allows; nobody where it compares nothing."""
        if self.shape.fit != HELD_OUT:
            return 0.0
        return min(self.shape.share, float(np.floor(10 * self.most_share) / 10))

    def group_way(self, share: float) -> str:
        """What becomes of those who go without today, if so many percent are held out next year."""
        if self.shape.fit != HELD_OUT:
            return LEFT_ALONE
        if share <= 0:
            return BROUGHT_BACK
        return SMALLER if share < self.shape.share - A_TENTH else STAYS

    @property
    def rules(self) -> tuple[tuple[int, float, float, int, int, int], ...]:
        return RULES[self.shape.fit]

    @cached_property
    def effects(self) -> Mapping[str, Mapping[str, Effect]]:
        """What v2 did, by measure and segment, "everyone" among them."""
        return {
            metric: {part: read_effect(self.tables["v2_test"], metric, part) for part in (*SEGMENTS, "everyone")}
            for metric in METRICS
        }

    def lag(self, metric: str, segment: str) -> int:
        return read_lag(self.tables["v2_test"], metric, segment)

    def shows(self, metric: str, segment: str) -> str:
        return {1: "better", -1: "worse", 0: "unclear"}[self.effects[metric][segment].good]

    def may_show(self, metric: str, segment: str) -> frozenset[str]:
        """What may be said of a measure: where it lies on the line between a change and chance, both."""
        effect = self.effects[metric][segment]
        way = "better" if effect.change * GOOD_WAY[metric] > 0 else "worse"
        times = abs(effect.change) / effect.error
        low, high = ON_THE_LINE if metric == KEPT else ON_THE_LINE_EARLY
        return frozenset({way, "unclear"}) if low < times < high else frozenset({self.shows(metric, segment)})

    def gain(self, segments: tuple[str, ...]) -> float:
        """Members kept more in eight weeks, of 100 who are in the test, if v2 goes to some segments."""
        total = sum(ARMS.values())
        return sum(ARMS[name] * self.effects[KEPT][name].change for name in set(segments) & set(SEGMENTS)) / total

    @property
    def best_for(self) -> tuple[str, ...]:
        """The segments for which v2 is better beyond chance."""
        return tuple(name for name in SEGMENTS if self.effects[KEPT][name].good > 0)

    @property
    def for_all_but_it(self) -> tuple[str, ...]:
        """All segments that v2 does not drive away."""
        return tuple(name for name in SEGMENTS if name != self.shape.turns)

    @property
    def best_gain(self) -> float:
        return self.gain(self.best_for)

    @property
    def worst_of_best(self) -> str:
        """Of those whom v2 keeps, the segment that gains least; one whom it leaves as they are comes first."""
        return min(self.for_all_but_it, key=lambda name: self.gain((name,)))

    @property
    def merely_better(self) -> str:
        """An early measure that improves in every segment, and so says nothing of who leaves."""
        return next(name for name in EARLY if name != self.shape.steering)

    @property
    def another_better(self) -> str:
        return [name for name in EARLY if name != self.shape.steering][1]

    def scatter(self, metric: str) -> float:
        return read_scatter(self.tables["usual"], metric)

    @property
    def last_ripe(self) -> int:
        """The number of the youngest cohort that is final."""
        return 52 - self.shape.ripe

    def kept_of(self, week: int) -> float:
        return float(np.asarray(self.tables["cohorts"]["kept_so_far_pct"])[week - 1])

    @property
    def kept_ripe(self) -> float:
        return self.kept_of(self.last_ripe)

    @cached_property
    def deciding(self) -> tuple[frozenset[str], frozenset[str]]:
        return alarms.deciding(self.shape)

    def off(self, row: str) -> float | None:
        """How far a row of the alarm's week is off usual, in percent; None where nothing was recorded."""
        number = alarms.ROWS.index(row)
        week, usual = (float(np.asarray(self.tables["alarm"][name])[number]) for name in ("that_week", "usual"))
        return None if np.isnan(week) else 100 * (week / usual - 1)

    @property
    def model_off(self) -> float:
        return self.off(alarms.MODEL_SWAPS) or 0.0

    @property
    def model_off_points(self) -> float:
        """The same in points of 100 suggestions."""
        return float(np.subtract(*(self.tables["alarm"][name][0] for name in ("that_week", "usual"))))

    @property
    def beside_off(self) -> float | None:
        """The same of the fit comparison; None beside the past, or where nothing was recorded."""
        return self.off(alarms.ROW_OF[self.shape.fit]) if self.shape.fit in alarms.ROW_OF else None

    @property
    def decides(self) -> tuple[str, ...]:
        """Rows that decide, as the exemplars name them."""
        needed, further = self.deciding
        more = sorted(further - needed)
        return (*sorted(needed), *more[self.seed % len(more) :][:1]) if more else tuple(sorted(needed))

    def right(self, table: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
        return tuple(sorted(table[self.shape.cause]))

    @property
    def not_shown(self) -> tuple[str, ...]:
        return self.right(alarms.NOT_SHOWN)

    @property
    def actions(self) -> tuple[str, ...]:
        return self.right(alarms.ACTIONS)

    @property
    def changes(self) -> tuple[str, ...]:
        return self.right(alarms.CHANGES)

    @cached_property
    def free_days(self) -> Mapping[str, int]:
        """Free days this quarter: one who may review has enough for all reviews, one person has none."""
        enough = self.shape.capacity * DAYS_A_REVIEW
        days = {name: 6 + (self.seed + number) % 5 for number, name in enumerate(("sunniva", "ijeoma", "rafael"))}
        few = {name: 2 + (self.seed + number) % 4 for number, name in enumerate(("ottilie", "kwame", "bettina"))}
        return {**few, **days, self.shape.away: 0, self.shape.reviewer: enough + 1 + self.seed % 5}

    def can(self, person: str, action: str) -> bool:
        """Whether somebody may do what a measure asks for, and has days for it this quarter."""
        days = DAYS_A_REVIEW if action == "review_model" else 1
        return person in MAY.get(action, ()) and self.free_days.get(person, 0) >= days

    @property
    def doers(self) -> tuple[tuple[str, str], ...]:
        """Actions that somebody can do this quarter, each with a person."""
        return tuple((action, next(name for name in who if self.can(name, action)))
                     for action, who in MAY.items() if any(self.can(name, action) for name in who))  # fmt: skip

    def doers_for(self, metric: str) -> tuple[tuple[str, str], ...]:
        """The same, of actions that can make this measure better again."""
        return tuple((action, who) for action, who in self.doers if action in FITS[metric])

    @property
    def mine(self) -> float:
        """Swaps of 100, in the segment that swaps least."""
        return 100 * min(habits(self.seed, self.shape).rates)

    @property
    def says(self) -> Mapping[str, str]:
        """Words for what differs between worlds."""
        return {
            "turns": CALLED[self.shape.turns], "steering": METRICS[self.shape.steering].label.lower(),
            "hit": METRICS[HIT].label.lower(), "swaps": METRICS[SWAPS].label.lower(),
            "best_for": " and ".join(CALLED[name] for name in self.best_for),
            "fit": {HELD_OUT: "the members who are held out by lot", ROW: "the row that coaches picked by hand",
                    PAST: "the four weeks before"}[self.shape.fit],
        }  # fmt: skip
