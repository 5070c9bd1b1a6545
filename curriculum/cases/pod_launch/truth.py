"""What is so in one world of `pod_launch`: what levers stop, how far a plan gets, which limits and policies flow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from curriculum.cases.base import Columns
from curriculum.cases.pod_launch import losses as money
from curriculum.cases.pod_launch import risks as dangers
from curriculum.cases.pod_launch.draw import (
    AGAINST,
    BOARD_WEEK,
    CHECK,
    DECLINE,
    HOLD,
    IMPOSTOR,
    LABEL,
    LABEL_DAY,
    LEVERS,
    MODEL,
    ONE_CASE,
    RECALL,
    STAGES,
    WEEKS,
    Draw,
)
from curriculum.cases.pod_launch.entries import LEVER_ENTRIES, RESEARCH, STAGE_ENTRIES, WISHES
from curriculum.cases.pod_launch.flowing import Flow, cards_done, day_of, done_by
from curriculum.support.flow import Season

GOAL = 0.40
SAFE = 25.0
ALL_OF_IT = np.ones(1)
"""The percentile of futures that a plan may promise: three of four reach it."""
BUSY = {"tove": 55, "arjun": 45, "esi": 60, "beatriz": 50, "conrad": 60, "rhona": 65}
HOURS = 40
PEOPLE_IN_POD = tuple(BUSY)
TOLD = {
    "one_case": "recall_wait", "feed_ends": "unseen_rings", "month_end": "instant_gone", "just_under": "may_decide",
    "same_day": "movable",
}  # fmt: skip
"""What bears on a risk and is told by somebody whom everybody sees."""
RESEARCH_OF = {CHECK: "ask_payers", MODEL: "unseen_test", RECALL: "hours_to_report", HOLD: "who_may_move"}


@dataclass(frozen=True, eq=False)
class Truth:
    """What only rubrics, fixtures and the consequence read."""

    seed: int
    shape: Draw
    tables: Mapping[str, Columns]
    stop_at: float
    """Good payments stopped of 1,000 at which Edda stops the pod."""
    owed: Mapping[str, int]
    """Percent of each person's time that is promised already."""
    slow: Mapping[str, tuple[float, float]]
    """By team: days that 85 of 100 answers took, and the longest."""

    @cached_property
    def flow(self) -> Flow:
        return Flow(self.seed, self.shape)

    # Loss

    @property
    def lag(self) -> int:
        """Weeks within which 95 of 100 losses are reported."""
        return money.lag_of(self.tables["losses"])

    @property
    def mature(self) -> int:
        """The last week whose losses are nearly all reported."""
        return WEEKS - self.lag

    def bps(self, first: int, last: int, *, net: bool = True, apart: bool = False) -> float:
        return money.bps(self.tables["losses"], self.tables["weekly"], first, last, net=net, apart=apart)

    @property
    def first(self) -> int:
        """First week of the exemplars' baseline."""
        return max(1, self.mature - 15)

    @property
    def big_case(self) -> bool:
        return ONE_CASE in self.shape.live

    @property
    def case_way(self) -> str:
        return "apart" if self.big_case else "in"

    @property
    def baseline_bps(self) -> float:
        return self.bps(self.first, self.mature, apart=self.big_case)

    @property
    def loss_a_week(self) -> float:
        """Net loss of a usual week, euros."""
        whole = money.loss_of(self.tables["losses"], self.first, self.mature, apart=self.big_case)
        return whole / (self.mature - self.first + 1)

    # Levers

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """What part of all loss each lever stops, alone and where it may."""
        table, shape = self.tables["losses"], self.shape
        kinds = money.kind_shares(table, self.mature)
        impostors = kinds[IMPOSTOR]
        return {
            CHECK: impostors * shape.called / 12,
            HOLD: (1 - impostors) * (1 - shape.instant / 100) * shape.kept / 100,
            RECALL: money.recall_share(table, self.mature, shape.recall_wait),
            MODEL: shape.unseen / 100,
        }

    @property
    def share(self) -> Mapping[str, float]:
        """The same in percent."""
        return {name: 100 * value for name, value in self.shares.items()}

    def share_of(self, lever: str, policies: Iterable[str] = ()) -> float:
        """The part that a lever stops under policies: who labels does not call. `decline` stops what it stops."""
        if lever == DECLINE:
            return 0.45
        found = self.shares.get(lever, 0.0)
        return found * (1 - self.shape.label_price / 100) if lever == HOLD and LABEL_DAY in policies else found

    @property
    def movable(self) -> float:
        return self.shape.movable / 100

    def together(self, levers: Iterable[str], policies: Iterable[str] = ()) -> float:
        """The part of all loss that levers stop when they are whole."""
        held = tuple(policies)
        left = float(np.prod([1 - self.share_of(name, held) for name in dict.fromkeys(levers)] or [1.0]))
        return self.movable * (1 - left)

    @property
    def best_pair(self) -> float:
        return self.together(self.shape.strong)

    @property
    def weak(self) -> tuple[str, ...]:
        """The other two levers, the better one first."""
        return tuple(sorted(set(LEVERS) - set(self.shape.strong), key=lambda name: -self.shares[name]))

    @property
    def ordered(self) -> tuple[str, ...]:
        """All four, the best first."""
        return (*sorted(self.shape.strong, key=lambda name: -self.shares[name]), *self.weak)

    @property
    def claimed(self) -> tuple[str, str]:
        """The two levers with the best claims."""
        one, two = sorted(LEVERS, key=lambda name: -self.shape.claims[name])[:2]
        return one, two

    def stops(self, levers: Iterable[str]) -> float:
        """Good payments stopped of 1,000 with these levers, today's among them."""
        usual = float(np.mean(self.tables["weekly"]["good_stopped_per_1000"]))
        return usual + sum(self.shape.stops[name] for name in dict.fromkeys(levers) if name in self.shape.stops)

    @property
    def stopped_scatter(self) -> float:
        return float(np.std(self.tables["weekly"]["good_stopped_per_1000"], ddof=1))

    # Flow

    @property
    def policies(self) -> tuple[str, str]:
        """The policy for the narrow place, and the one against the second trouble."""
        return AGAINST[self.shape.narrow], AGAINST[self.shape.second]

    @cached_property
    def limits(self) -> tuple[int, ...]:
        return self.flow.best_limits(self.policies)

    @cached_property
    def other_limits(self) -> tuple[int, ...]:
        """Other limits that flow nearly as well."""
        return self.flow.good_limits(self.policies)

    @property
    def fair_limits(self) -> tuple[int, ...]:
        """Limits under which policies are compared: one more than people, and room for what waits for a release."""
        return (*(int(one) + 1 for one in self.flow.people[:-1]), 5)

    @cached_property
    def next_narrow(self) -> str:
        """The stage that is busiest once the policies hold."""
        return self.busiest(self.limits, self.policies)

    def busiest(self, limits: Sequence[float], policies: tuple[str, ...]) -> str:
        return max(self.busy(limits, policies).items(), key=lambda one: one[1])[0]

    def busy(self, limits: Sequence[float], policies: tuple[str, ...]) -> dict[str, float]:
        """What part of person-days of the last four of eight weeks had a card to work at, by stage, over all draws."""
        from curriculum.support.flow import stretches

        run = self.flow.run(self.flow.seen, limits, policies)
        people = [int(one) for one in self.flow.people]
        found = [stretches(run.entered[n], run.ready[n], run.left[n], people, range(21, run.length + 1))
                 for n in range(len(run.entered))]  # fmt: skip
        return {stage: float(np.mean([one[n].busy for one in found])) for n, stage in enumerate(STAGES)}

    def reach_of(
        self, levers: Iterable[str], order: Sequence[str], limits: Sequence[float], policies: tuple[str, ...],
        week: float, what: Season | None = None,
    ) -> np.ndarray:  # fmt: skip
        """What part of the loss a plan has stopped at the end of a week, by future."""
        run = self.flow.run(what or self.flow.ahead, limits, policies, day_of(week))
        return self.stopped(levers, done_by(run, order, day_of(week)), policies)

    def done_of(self, count: int, limits: Sequence[float], policies: tuple[str, ...], week: float) -> np.ndarray:
        """How many of the first cards of the backlog are done at the end of a week, by future."""
        return cards_done(self.flow.run(self.flow.ahead, limits, policies, day_of(week)), count, day_of(week))

    def stopped(self, levers: Iterable[str], done: Mapping[str, np.ndarray], policies: tuple[str, ...]) -> np.ndarray:
        left: np.ndarray | float = 1.0
        for name in dict.fromkeys(levers):
            left = left * (1 - self.share_of(name, policies) * done.get(name, ALL_OF_IT))
        return np.asarray(self.movable * (1 - left))

    def order(self, levers: Sequence[str], research: int = 1) -> tuple[str, ...]:
        """A backlog for levers: the first card of each of the first two, then the rest; research among it."""
        first = [f"{name}_{part}" for name in levers[:2] for part in (1, 2)]
        rest = [f"{name}_{part}" for name in levers[2:] for part in (1, 2)]
        asks = [RESEARCH_OF[name] for name in levers[:research]]
        return (*first, *asks, *rest)

    def below(self, order: Sequence[str]) -> tuple[str, ...]:
        """The cards that stay below the line."""
        every = (*(f"{name}_{part}" for name in LEVERS for part in (1, 2)), *RESEARCH, *WISHES)
        return tuple(card for card in every if card not in order)

    def reach(self, week: int, levers: int = 2) -> float:
        """Percent that is safe to promise by a week with the best levers, in three of four futures."""
        chosen = self.ordered[:levers]
        return self.safe(chosen, self.order(chosen), self.limits, self.policies, week)

    def safe(self, levers: Sequence[str], order: Sequence[str], limits: Sequence[float], policies: tuple[str, ...],
             week: float) -> float:  # fmt: skip
        return 100 * float(np.percentile(self.reach_of(levers, order, limits, policies, week), SAFE))

    @cached_property
    def forty_now(self) -> bool:
        return self.reach(BOARD_WEEK) >= 100 * GOAL

    @cached_property
    def forty_later(self) -> bool:
        """Whether as many levers as the brake allows reach it by the latest week, and the best two not sooner."""
        order = self.order(self.fitting, 2)
        later = self.safe(self.fitting, order, self.other_limits, self.policies, self.shape.latest)
        return not self.forty_now and later >= 100 * GOAL

    @property
    def fitting(self) -> tuple[str, ...]:
        """The best levers, the best first, as many as the brake allows."""
        chosen: list[str] = list(self.ordered[:2])
        for name in self.weak:
            if self.stops((*chosen, name)) <= self.stop_at:
                chosen.append(name)
        return tuple(chosen)

    # What exemplars write

    @property
    def said_before_round(self) -> int:
        """Things said before the round, in the longest talk."""
        return 27

    @property
    def label_day_fits(self) -> bool:
        return self.shape.narrow == LABEL

    def lower_brake(self, levers: Sequence[str]) -> float:
        """A limit below the sponsor’s that these levers keep and that usual weeks do not reach."""
        least = max(self.stops(levers), self.stops(()) + 2.2 * self.stopped_scatter)
        return round(min(self.stop_at, 0.5 * (least + self.stop_at) + 0.005), 2)

    @property
    def caller(self) -> str:
        """Who holds and recalls."""
        return "esi" if self.free["esi"] > 0 else "arjun"

    @property
    def keeper(self) -> str:
        """Who changes rules."""
        return "conrad" if self.free["conrad"] > 0 else "edda"

    @property
    def on_call(self) -> tuple[str, str]:
        one = next(name for name in ("esi", "arjun") if self.free[name] > 0)
        return "beatriz", one

    @property
    def in_pod(self) -> tuple[str, ...]:
        return tuple(name for name in PEOPLE_IN_POD if self.free[name] > 0)

    @property
    def minutes(self) -> int:
        """A tenth of the smallest part of a week that somebody gives, in minutes."""
        return int(0.1 * HOURS * 60 * min(self.free[name] for name in self.in_pod) / 100)

    def service(self, limits: Sequence[float], policies: tuple[str, ...]) -> int:
        """Days within which 85 of 100 cards are finished in the replays that learners see."""
        from curriculum.support.flow import percentile

        return round(percentile(self.flow.run(self.flow.seen, limits, policies).cycles))

    def backing(self, about: Sequence[str]) -> tuple[str, ...]:
        """Facts of the longest talk that bear on risks."""
        return tuple(TOLD[name] for name in about if name in TOLD)

    @property
    def set_aside(self) -> tuple[str, ...]:
        """Two calm risks, those of which people said something first."""
        heard = {TOLD[name] for name in self.live if name in TOLD}
        by_conrad = heard <= {"recall_wait", "may_decide"}

        def late(name: str) -> tuple[bool, bool]:
            return name not in TOLD, by_conrad and TOLD.get(name) in ("recall_wait", "may_decide")

        return tuple(sorted(self.calm, key=late)[:2])

    @property
    def three(self) -> tuple[str, ...]:
        """Three live risks, those of which people said something first."""
        return tuple(sorted(self.live, key=lambda name: name not in TOLD)[:3])

    def promise(self, levers: Sequence[str], order: Sequence[str], limits: Sequence[float],
                policies: tuple[str, ...], week: float) -> int:  # fmt: skip
        """A round number that three of four futures reach."""
        return int(self.safe(levers, order, limits, policies, week))

    # People

    @property
    def free(self) -> Mapping[str, int]:
        return {name: 100 - owed for name, owed in self.owed.items()}

    def risk(self, id: str) -> dangers.Risk | None:
        return dangers.CATALOGUE.get(id)

    @property
    def live(self) -> tuple[str, ...]:
        return dangers.live(self.shape)

    @property
    def calm(self) -> tuple[str, ...]:
        return tuple(name for name in dangers.CATALOGUE if name not in self.shape.live)

    def owner_of(self, risk: str) -> str:
        """Somebody who can do something about a risk and has time."""
        able = sorted(dangers.CATALOGUE[risk].owners, key=lambda name: (name == "edda", name))
        return next((name for name in able if self.free.get(name, 100) >= 10), able[0])

    def threshold(self, risk: str, times: float = 2.5) -> float:
        column = self.tables["watch"][dangers.CATALOGUE[risk].measure]
        return float(column.mean() + times * column.std(ddof=1))

    @property
    def says(self) -> Mapping[str, str]:
        """Words for what differs between worlds."""
        return {
            "narrow": STAGE_ENTRIES[self.shape.narrow].label,
            "second": {"release": "releases are rare", "rework": "most cards come back from review",
                       "expedite": "somebody wants something at once on every other day"}[self.shape.second],
            "strong": " and ".join(LEVER_ENTRIES[name].label.lower() for name in self.shape.strong),
        }  # fmt: skip
