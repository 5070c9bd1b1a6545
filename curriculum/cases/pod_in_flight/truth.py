"""What is so by construction in a world of `pod_in_flight`, and what follows from its tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from curriculum.cases.base import Columns
from curriculum.cases.pod_in_flight import builds, entries, log
from curriculum.cases.pod_in_flight.candidates import AGAIN, CANDIDATES, Gain, read_gain
from curriculum.cases.pod_in_flight.draw import (
    CAUSES,
    DESKS,
    LABELLED,
    LIMIT_MS,
    NO_RERUN,
    OLD,
    SAME,
    SLICES,
    TUNED,
    Draw,
)


@dataclass(frozen=True, eq=False)
class Truth:
    """What is so; only rubrics, fixtures and the consequence may read it."""

    seed: int
    shape: Draw
    tables: Mapping[str, Columns]
    features: Mapping[str, str]
    version: int
    """Of the registered model, the version that is live."""
    approvers: Mapping[str, int]
    """Who may approve, with the hours within which they answer."""
    deputies: Mapping[str, str]
    """Who may stand in, by side."""

    # The champion

    @property
    def champion(self) -> str:
        """The run that should be live."""
        return self.shape.winner or OLD

    @cached_property
    def measured(self) -> str:
        """The candidate that the exemplars write about: the winner, or whoever gains most of those that do not
        clear."""
        return self.shape.winner or max(CANDIDATES, key=lambda name: self.gain(name).change)

    @cached_property
    def also_measured(self) -> str:
        """Another one to write about where none clears."""
        others = [name for name in CANDIDATES if name != self.measured]
        return self.shape.winner or max(others, key=lambda name: self.gain(name).change)

    @cached_property
    def by_chance(self) -> str:
        """A candidate that catches no more than chance explains."""
        return next(name for name in CANDIDATES if self.gain(name).low <= 0)

    def gain(self, run: str, slice_: str = "") -> Gain:
        """Points that a run catches over the old champion, on the untouched weeks and at today's calls."""
        return read_gain(self.tables["holdout"], run, self.shape.untouched, self.shape.calls, slice_)

    def rerun_off(self, run: str) -> float:
        """Points between a run and the same once more."""
        return self.gain(run).change - self.gain(f"{run}{AGAIN}").change

    @cached_property
    def bench(self) -> Mapping[str, float]:
        table = self.tables["runs"]
        return dict(zip(table["run"].tolist(), np.asarray(table["p95_bench_ms"]).tolist(), strict=True))

    def loaded(self, run: str) -> float:
        """The 95th percentile of a score's time under load (ms)."""
        return self.bench.get(run, 0.0) * self.shape.factor

    def serving(self, run: str) -> str:
        lacks = self.features.get(run, "") == self.shape.missing
        return entries.MISSING if lacks else entries.ALL_THERE

    def falls(self, run: str) -> tuple[str, ...]:
        """Slices in which a run catches less than the old champion by more than a contract would bear."""
        return tuple(name for name in SLICES if self.gain(run, name).change < -self.shape.floor)

    def broken(self, run: str) -> tuple[str, ...]:
        """Protected slices in which it falls below the floor."""
        return tuple(name for name in self.falls(run) if name in self.shape.protected)

    def watched(self, run: str) -> tuple[str, ...]:
        return tuple(name for name in self.falls(run) if name not in self.shape.protected)

    def frauds_more(self, run: str) -> float:
        """Frauds a week that are caught beyond today's."""
        return self.gain(run).change / 100 * self.shape.frauds_week

    def clears(self, run: str) -> bool:
        """Whether the tables and what is known let a run become the champion."""
        return (
            run in CANDIDATES
            and self.gain(run).low > 0
            and not self.broken(run)
            and self.loaded(run) <= LIMIT_MS
            and self.serving(run) == entries.ALL_THERE
            and abs(self.rerun_off(run)) <= SAME
        )

    @property
    def rejected(self) -> Mapping[str, str]:
        """The other candidates, each with what is wrong with it."""
        return dict(self.shape.flaws)

    def lives_on(self, run: str) -> float:
        """Points over the old champion once it is live, load and all."""
        flaw = self.shape.flaws.get(run, "")
        gain = self.gain(f"{run}{AGAIN}" if flaw == NO_RERUN else run).change
        if self.serving(run) == entries.MISSING:
            return -4.0
        if self.loaded(run) > LIMIT_MS:
            return gain - 11.0
        return gain - (0.5 if flaw == TUNED else 0.0)

    # The pipeline

    @cached_property
    def nights(self) -> builds.Nights:
        return builds.nights(self.seed)

    @cached_property
    def limits(self) -> Mapping[str, float]:
        return builds.limits(self.tables["builds"])

    @cached_property
    def stops(self) -> Mapping[str, float]:
        """Part of all builds that each gate has to stop."""
        return {name: (1 - builds.GOOD_PART) * part for name, part in self.nights.share.items()}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Gates of machines, cheapest first for what they stop."""
        minutes, stops = self.nights.minutes, self.stops
        return tuple(sorted(minutes, key=lambda name: minutes[name] / stops[name]))

    @property
    def nearly_cheapest(self) -> tuple[str, ...]:
        """The same with two neighbours exchanged between which it matters least."""
        minutes, stops = self.nights.minutes, self.stops

        def lost(place: int) -> float:
            one, two = self.order[place : place + 2]
            return stops[one] * minutes[two] - stops[two] * minutes[one]

        place = min(range(len(self.order) - 1), key=lost)
        order = list(self.order)
        order[place : place + 2] = reversed(order[place : place + 2])
        return tuple(order)

    @property
    def wide_limits(self) -> Mapping[str, float]:
        """Limits half a standard deviation further out than those of `limits`."""
        return builds.limits(self.tables["builds"], builds.SPREADS + 0.5)

    @cached_property
    def mean_limits(self) -> Mapping[str, float]:
        """The means of good builds."""
        return builds.limits(self.tables["builds"], 0.0)

    def stopping(self, name: str, part: float) -> float:
        """The limit of a gate that stops this part (0 to 1) of good builds on the nights that nobody has seen."""
        table = builds.builds(self.seed, "unseen", builds.UNSEEN)
        good = np.asarray(table["proved"]) == builds.GOOD
        at = part if name in builds.BELOW else 1 - part
        return float(np.quantile(np.asarray(table[builds.COLUMNS[name]])[good], at))

    @property
    def last_measured(self) -> str:
        """The last gate of the order that has a limit."""
        return next(name for name in reversed(self.order) if name in builds.MEASURED)

    @property
    def first_measured(self) -> str:
        """The first gate of the order that has a limit."""
        return next(name for name in self.order if name in builds.MEASURED)

    @property
    def mean_readiness(self) -> float:
        return sum(self.readiness.values()) / len(self.readiness)

    @property
    def mean_lead(self) -> float:
        return float(self.waits["lead"].mean())

    def approver(self, side: Iterable[str]) -> str:
        """Whoever may approve on a side and answers soonest."""
        return min((name for name in side if name in self.approvers), key=lambda name: self.approvers[name])

    @property
    def data_approver(self) -> str:
        return self.approver(entries.DATA_SIDE)

    @property
    def engineering_approver(self) -> str:
        return self.approver(entries.ENGINEERING_SIDE)

    def second(self, side: Iterable[str]) -> str:
        """The other one on a side who may approve, and so may stand in."""
        return max((name for name in side if name in self.approvers), key=lambda name: self.approvers[name])

    def may_stand_in(self, person: str, side: Iterable[str], told: bool) -> bool:
        """Whether somebody may stand in on a side: who may approve, and whom Conrad names."""
        return person in side and (person in self.approvers or (told and person in self.deputies.values()))

    @property
    def data_deputy(self) -> str:
        return self.second(entries.DATA_SIDE)

    @property
    def engineering_deputy(self) -> str:
        return self.second(entries.ENGINEERING_SIDE)

    @property
    def ask_before(self) -> int:
        """Hours before a release at which both have to be asked, so that whoever stands in has time as well."""
        return max(self.approvers.values())

    def seen(self, share: float, days: float) -> float:
        """Frauds with a label that a new version has scored, if it gets a share (percent) for so many days."""
        return self.shape.frauds_week / 7 * share / 100 * max(0.0, days - self.shape.late)

    def days_for(self, share: float) -> int:
        """The shortest release that sees enough."""
        return int(np.ceil(LABELLED / (self.shape.frauds_week / 7 * share / 100))) + self.shape.late

    @cached_property
    def rollback_minutes(self) -> tuple[float, ...]:
        """Minutes of the drills that put back what has to be put back, and no more."""
        return builds.whole_minutes(self.tables["drills"], frozenset(self.shape.parts))

    @cached_property
    def readiness(self) -> Mapping[str, int]:
        return builds.read_checks(self.tables["checks"])

    @property
    def weakest(self) -> str:
        return min(self.readiness, key=lambda name: self.readiness[name])

    # The retrospective

    @cached_property
    def waits(self) -> Mapping[str, np.ndarray]:
        return log.read_waits(self.tables["events"])

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """Percent of all days from start to done, by cause."""
        lead = float(self.waits["lead"].sum())
        return {name: 100 * float(self.waits[name].sum()) / lead for name in CAUSES}

    @property
    def p85(self) -> float:
        """Days from start to done that 85 of 100 items keep."""
        return float(np.percentile(self.waits["lead"], 85))

    @property
    def rework_rate(self) -> float:
        """Of a hundred items, those that were sent back."""
        return 100 * float((self.waits["rework"] > 0).mean())

    @property
    def decision_days(self) -> float:
        return float(self.waits["decision"].mean())

    @cached_property
    def in_pilot(self) -> np.ndarray:
        return np.isin(log.squads(self.tables["events"]), self.shape.pilot)

    @property
    def pilot_days(self) -> float:
        """Days between functions that an item of the pilot was spared, beside those of other squads."""
        days = self.waits["handoff"]
        return float(days[~self.in_pilot].mean() - days[self.in_pilot].mean())

    @property
    def before_days(self) -> float:
        """The same beside the quarter before, which is no comparison: items were easier this time."""
        before = np.asarray(self.tables["items_before"]["handoff_days"])
        return float(before.mean() - self.waits["handoff"].mean())

    @property
    def pilot_verdict(self) -> str:
        return "worked" if self.shape.pilot_works else "nothing"

    @property
    def answered(self) -> int:
        return len(np.asarray(self.tables["survey"]["score"]))

    @property
    def response(self) -> float:
        return 100 * self.answered / log.ASKED

    def answers(self, *functions: str) -> int:
        return log.score_of(self.tables["survey"], functions)[1]

    def score(self, *functions: str) -> float:
        return log.score_of(self.tables["survey"], functions)[0]

    @cached_property
    def small(self) -> tuple[str, ...]:
        """Functions of which fewer than five answered."""
        return tuple(name for name in log.FUNCTIONS if self.answers(name) < log.FEWEST)

    def lowest(self, ways: Mapping[str, str]) -> float:
        """The lowest mean that a page shows; 5 where it shows none."""
        groups = [[name] for name, way in ways.items() if way == entries.OWN]
        groups.append([name for name, way in ways.items() if way == entries.JOINT])
        return min((self.score(*names) for names in groups if names), default=5.0)

    def ways(self, small: str) -> Mapping[str, str]:
        """Every function by itself, and small ones in one of the ways."""
        return {name: small if name in self.small else entries.OWN for name in log.FUNCTIONS}

    # What is done next

    def treats(self, change: str) -> Mapping[str, float]:
        """What a change leaves of which waits in this world."""
        if change == "joint_reviews" and not self.shape.pilot_works:
            return {}
        return entries.TREATS.get(change, {})

    def spared(self, changes: Iterable[str]) -> float:
        """Days an item that some changes spare; two for one cause do no more than the better one."""
        left = dict.fromkeys(CAUSES, 1.0)
        for change in changes:
            for cause, part in self.treats(change).items():
                left[cause] = min(left[cause], part)
        return sum(float(self.waits[name].mean()) * (1 - part) for name, part in left.items())

    @cached_property
    def most_spared(self) -> float:
        """Days an item that the best three changes spare."""
        return max(self.spared(three) for three in combinations(entries.CHANGES, 3))

    @property
    def largest(self) -> tuple[str, str]:
        """The two causes of most waiting, as the log has them."""
        first, second = sorted(CAUSES, key=lambda name: -self.shares[name])[:2]
        return first, second

    @property
    def third(self) -> str:
        return sorted(CAUSES, key=lambda name: -self.shares[name])[2]

    def mean_wait(self, cause: str) -> float:
        """Days an item waits for this on average."""
        return float(self.waits[cause].mean())

    def can(self, person: str, thing: str) -> bool:
        """Whether somebody may watch a monitor or begin a change, and is there this quarter."""
        return person in entries.MAY.get(thing, ()) and person != self.shape.away

    def doer(self, thing: str) -> str:
        """Somebody who can do it; blank where nobody can."""
        return next((name for name in entries.MAY[thing] if self.can(name, thing)), "")

    def change_for(self, cause: str, number: int = 0) -> str:
        """A change that treats this cause alone and that somebody can begin."""
        fit = [name for name in entries.CHANGES if list(self.treats(name)) == [cause] and self.doer(name)]
        return fit[number % len(fit)]

    @property
    def free_days(self) -> Mapping[str, int]:
        days = {name: 3 + (self.seed + 2 * number) % 6 for number, name in enumerate(DESKS)}
        return {**days, self.shape.away: 0}

    @property
    def says(self) -> Mapping[str, str]:
        """Words for what differs between worlds."""
        shape = self.shape
        return {
            "champion": entries.RUNS[self.champion].label,
            "untouched": entries.SPLITS[shape.untouched].label.lower(),
            "opened": entries.SPLITS[shape.opened_half].label.lower(),
            "protected": " and ".join(entries.SLICES[name].label.lower() for name in shape.protected),
            "main": entries.CAUSES[self.largest[0]].label.lower(),
            "second": entries.CAUSES[self.largest[1]].label.lower(),
            "pilot": " and ".join(name.capitalize() for name in shape.pilot),
            "parts": ", ".join(entries.PARTS[name].label.lower() for name in shape.parts),
            "left": entries.PARTS[shape.left].label.lower(),
            "weakest": entries.AREAS[self.weakest].label.lower(),
            "missing": entries.FEATURE_SETS[shape.missing].label.lower(),
        }  # fmt: skip
