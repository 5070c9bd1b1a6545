"""What is so in a world of `retraining_decision`, as its tables and its people say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from curriculum.cases.base import Columns
from curriculum.cases.retraining_decision.calendar import TODAY, build_starts, working_days
from curriculum.cases.retraining_decision.draw import AT_ONCE, FEATURES, KEEP, REFRESH, Draw
from curriculum.cases.retraining_decision.money import (
    COVERED,
    FAILS,
    FLAG,
    GAIN,
    GIVES_KIT,
    HOURS_WORK,
    HOURS_WRONG,
    ONE_PERCENT,
    SLOPE,
    WEEKS,
    Inputs,
    Range,
    as_good,
    swings,
)
from curriculum.cases.retraining_decision.stated import Stated, stated
from curriculum.cases.retraining_decision.tables import Slope, fitted_slope
from curriculum.cases.retraining_decision.trigger import weekly_decline
from curriculum.support.dates import full_day


def read_slope(launches: Columns) -> Slope:
    """The slope of the launches that were tests."""
    tests = np.asarray(launches["measured_by"]) == "test with a control"
    columns = (100 * np.asarray(launches["auc_gain"]), launches["change_pct"], launches["se_pct"])
    return fitted_slope(*(np.asarray(column)[tests] for column in columns))


def read_failures(changes: Columns, kind: str) -> tuple[float, float, float, float]:
    """Of 100 changes of a kind those that failed; then means of hours unseen, hours to recover, € lost an hour."""
    mine = np.asarray(changes["kind"]) == kind
    failed = mine & np.asarray(changes["failed"])
    means = [float(np.asarray(changes[name])[failed].mean())
             for name in ("hours_unseen", "hours_to_recover", "lost_eur_per_hour")]  # fmt: skip
    return 100 * failed.sum() / mine.sum(), means[0], means[1], means[2]


def read_one_percent(traffic: Columns) -> float:
    """€ of contribution that one percent more orders would have brought in the weeks of the table."""
    contribution = np.asarray(traffic["contribution_pct"]) / 100
    return float(0.01 * np.sum(np.asarray(traffic["orders"]) * np.asarray(traffic["basket_eur"]) * contribution))


def read_overrun(work: Columns) -> float:
    """Hours that past work took for each hour that was estimated."""
    actual, estimated = np.asarray(work["actual_h"], float), np.asarray(work["estimated_h"], float)
    done = np.isfinite(actual)
    return float(actual[done].sum() / estimated[done].sum())


@dataclass(frozen=True)
class Truth:
    """Only rubrics, fixtures, the spoken words and the consequence may read it."""

    shape: Draw
    slices: Mapping[str, int]
    """Of 100 sessions, by slice."""
    slope: Slope
    inputs: Mapping[str, Inputs]
    """By option: keep, refresh, features."""
    evening_p95: float
    """Milliseconds of the new features in the evening."""
    unseen: float
    """Hours for which a failed change with features was not seen, on the mean."""
    recover: float
    """Hours that it took to recover from one."""
    unseen_refresh: float
    """The same of a failed refresh."""
    fails_refresh: float
    mistaken: Mapping[str, tuple[float, ...]]
    """Plausible readings that are wrong, as (low, base, high): revenue, the random split, all launches, all changes,
    only the recovery, the estimate as it is."""
    full_hours: float
    """Hours that a change with features takes, with the overrun of the past and what the limit asks for."""
    limit_way: str
    """How the limit in the evening is dealt with."""
    approver_limit: float
    """€ at risk up to which the product manager may decide."""
    trigger: tuple[float, int, int]
    """A trigger that rings when it should: a fall in 0.001 AUC, weeks, and how many spans running."""

    @cached_property
    def nets(self) -> Mapping[str, float]:
        return MappingProxyType({name: one.net for name, one in self.inputs.items()})

    @cached_property
    def good(self) -> tuple[str, ...]:
        """The options that are as good as the best, the best first."""
        return as_good(self.nets)

    @property
    def best(self) -> str:
        return self.good[0]

    @property
    def second(self) -> str:
        """Another option that is as good, or the best."""
        return self.good[1] if len(self.good) > 1 else self.good[0]

    @property
    def break_even(self) -> float:
        return self.inputs[FEATURES].break_even(self.inputs[KEEP].net)

    @cached_property
    def ranges(self) -> Mapping[str, Range]:
        """Our low, base and high of each input of the new features."""
        mine = self.inputs[FEATURES]

        def around(value: float, by: float) -> Range:
            return Range(value * (1 - by), value, value * (1 + by))

        return MappingProxyType(
            {
                ONE_PERCENT: around(mine.one_percent, 0.05),
                GAIN: around(mine.gain, 0.15),
                COVERED: around(mine.covered, 0.05),
                SLOPE: Range(self.slope.low, self.slope.base, self.slope.high),
                FAILS: around(mine.fails, 0.4),
                HOURS_WRONG: around(mine.hours_wrong, 0.3),
                HOURS_WORK: around(mine.hours_work, 0.15),
            }
        )

    @cached_property
    def most_sensitive(self) -> str:
        return self.most_sensitive_with(0.15)

    def most_sensitive_with(self, gain_off: float) -> str:
        """The input that moves the net most, where the gain is known to such a part of itself."""
        mine = self.inputs[FEATURES]
        gain = Range(mine.gain * (1 - gain_off), mine.gain, mine.gain * (1 + gain_off))
        moved = swings(mine, {**self.ranges, GAIN: gain})
        return max(moved, key=lambda name: moved[name])

    @property
    def ageing(self) -> float:
        """€ that v7 loses over the next 26 weeks if it is left alone."""
        fall = weekly_decline(self.shape.refresh_gain) / 10 if self.shape.ages else 0.0
        return self.inputs[KEEP].one_percent * self.slope.base * fall * WEEKS / 2

    def at_risk(self, option: str) -> float:
        """€ that an option spends, and one failed change."""
        return self.inputs[option].at_risk if option in self.inputs else self.inputs[FEATURES].at_risk

    def approver(self, option: str) -> str:
        """Who may decide for an option."""
        return "nadia" if self.at_risk(option) <= self.approver_limit else "viktor"

    def gives_kit(self, option: str) -> bool:
        """Whether the kit page gets what it reads."""
        return self.shape.kit_needs in GIVES_KIT.get(FEATURES if option == AT_ONCE else option, ())

    def drawbacks(self, option: str) -> Mapping[str, float]:
        """What speaks against an option, each with its number."""
        features, refresh = self.inputs[FEATURES], self.inputs[REFRESH]
        waits = {} if self.gives_kit(option) else {"kit_waits": float(self.shape.kit)}
        ages = {"ages_on": self.ageing} if self.ageing > 0 else {}
        if option == KEEP:
            return {"no_features": features.gain, "no_refresh": refresh.gain, **ages, **waits}
        if option == REFRESH:
            unseen = {"hours_unseen": self.unseen_refresh}
            return {"work_hours": refresh.hours_work, **unseen, "no_features": features.gain, "fails": refresh.fails,
                    **waits}  # fmt: skip
        return {"work_hours": features.hours_work, "hours_unseen": self.unseen, "run_cost": features.run,
                "fails": features.fails, "not_covered": 100 - features.covered, **waits}  # fmt: skip

    def answer(self, comment: str, option: str) -> str:
        """What a comment is answered with, if the plan does what it should."""
        if comment == "evening":
            if option not in (FEATURES, AT_ONCE):
                return "not_touched"
            return "precomputed" if self.shape.limit_breaks else "measured"
        if comment == "page":
            return "page_gets_it" if self.gives_kit(option) else "page_waits"
        return "told_before"

    def stated(self, changes: Mapping[str, tuple[float, ...]]) -> Stated:
        """A trade-off with some inputs as (low, base, high), the gain counted for everybody where nothing is said."""
        mine = self.inputs[FEATURES]
        everybody = mine.gain * mine.covered / 100
        ranges = {
            **self.ranges,
            GAIN: Range(0.8 * everybody, everybody, 1.2 * everybody),
            COVERED: Range(100.0, 100.0, 100.0),
        }
        return stated(ranges, self.inputs, self.ageing, changes)

    @property
    def build_starts(self) -> str:
        """The Monday on which building begins, as it is said."""
        return full_day(build_starts(self.shape.builds_in))

    @property
    def last_day(self) -> dt.date:
        """The Friday before building begins."""
        return build_starts(self.shape.builds_in) - dt.timedelta(days=3)

    @property
    def after_it(self) -> dt.date:
        """The Thursday after building has begun."""
        return build_starts(self.shape.builds_in) + dt.timedelta(days=3)

    @property
    def first_day(self) -> dt.date:
        """The first day after three working days for comments."""
        return working_days(TODAY, 4)


def make_inputs(tables: Mapping[str, Any], shape: Draw, slope: Slope) -> Mapping[str, Inputs]:
    """The inputs of the three options from the tables and from what people say."""
    one, overrun = read_one_percent(tables["traffic"]), read_overrun(tables["work"])
    features, refresh = read_failures(tables["changes"], "features"), read_failures(tables["changes"], "refresh")
    extra = shape.precompute_hours if shape.limit_breaks else 0

    def kit(option: str) -> float:
        return float(shape.kit) if shape.kit_needs in GIVES_KIT[option] else 0.0

    new_gain = offline_gain(tables["candidates"], "new features", "sessions with the features")
    old_gain = offline_gain(tables["candidates"], "refresh", "everybody")
    covered = round(float(np.asarray(tables["traffic"]["covered_pct"]).mean()), 1)
    return MappingProxyType(
        {
            KEEP: Inputs(one, 0.0, 100.0, slope.base, 0.0, 0.0, 0.0, 0.0, 0.0, kit(KEEP)),
            REFRESH: Inputs(one, old_gain, 100.0, slope.base, refresh[0], refresh[1] * FLAG + refresh[2],
                            shape.refresh_hours * overrun, refresh[3], 0.0, kit(REFRESH)),
            FEATURES: Inputs(one, new_gain, covered, slope.base, features[0], features[1] * FLAG + features[2],
                             shape.features_hours * overrun + extra, features[3], float(shape.run), kit(FEATURES)),
        }
    )  # fmt: skip


def make_mistaken(tables: Mapping[str, Any], shape: Draw) -> Mapping[str, tuple[float, ...]]:
    """Readings of the same tables that look right and are not."""
    traffic, launches, changes = tables["traffic"], tables["launches"], tables["changes"]
    revenue = float(0.01 * np.sum(np.asarray(traffic["orders"]) * np.asarray(traffic["basket_eur"])))
    every = fitted_slope(100 * np.asarray(launches["auc_gain"]), launches["change_pct"], launches["se_pct"])
    shown = offline_gain(tables["candidates"], "new features", "sessions with the features", "random")
    all_fail = 100 * float(np.mean(changes["failed"]))
    recover = read_failures(changes, "features")[2]
    as_estimated = float(shape.features_hours + (shape.precompute_hours if shape.limit_breaks else 0))

    def around(value: float) -> tuple[float, float, float]:
        return 0.9 * value, value, 1.1 * value

    return MappingProxyType(
        {
            "revenue": around(revenue),
            "random_split": around(shown),
            "all_launches": (every.low, every.base, every.high),
            "all_changes": around(all_fail),
            "only_recovery": around(recover),
            "as_estimated": around(as_estimated),
        }
    )


def offline_gain(candidates: Columns, candidate: str, who: str, split: str = "later weeks") -> float:
    """The gain of a candidate in 0.01 AUC."""
    rows = [np.asarray(candidates[name]) for name in ("candidate", "split", "who")]
    row = (rows[0] == candidate) & (rows[1] == split) & (rows[2] == who)
    return float(100 * np.asarray(candidates["auc_gain"])[row][0])
