"""What shape a world of `pod_launch` has: which levers are strong, where work is narrow, which risks are live.

Shapes are dealt in rounds of neighbouring seeds, each equally often, in an order that nobody can guess from the seed.
All ranges are design choices; the course's domain reference (A27, A28, A32) says what goes wrong and gives no numbers.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from curriculum.cases.base import random

SLUG = "pod_launch"

T = TypeVar("T")

TODAY = dt.date(2027, 1, 4)
"""The first day of the pod's first week."""
WEEKS = 26
"""Weeks of the tables, and weeks ahead."""
BOARD_WEEK = 13
"""The week in which the board hears a number."""
WEEK_DAYS = 5

CHECK, HOLD, RECALL, MODEL, DECLINE = "check", "hold", "recall", "model", "decline"
LEVERS = (CHECK, HOLD, RECALL, MODEL)

EXPLORE, LABEL, BUILD, REVIEW, RELEASE = "explore", "label", "build", "review", "release"
STAGES = (EXPLORE, LABEL, BUILD, REVIEW, RELEASE)

LATE_RELEASE, REWORK, AT_ONCE = "release", "rework", "expedite"
"""The second trouble of the flow."""

LABEL_DAY, BUILD_PAIRS, REVIEW_DAILY = "label_day", "build_pairs", "review_daily"
RELEASE_TWICE, READY_RULE, ONE_EXPEDITE = "release_twice", "ready_rule", "one_expedite"
POLICIES = (LABEL_DAY, BUILD_PAIRS, REVIEW_DAILY, RELEASE_TWICE, READY_RULE, ONE_EXPEDITE)
AGAINST = MappingProxyType({
    LABEL: LABEL_DAY, BUILD: BUILD_PAIRS, REVIEW: REVIEW_DAILY, LATE_RELEASE: RELEASE_TWICE, REWORK: READY_RULE,
    AT_ONCE: ONE_EXPEDITE,
})  # fmt: skip
"""The policy that widens a stage, or ends a second trouble."""

ONE_CASE, LATE_LABELS, MOVES_ON, ONE_PAIR = "one_case", "late_labels", "moves_on", "one_pair_of_hands"
FEED_ENDS, MONTH_END, JUST_UNDER, SAME_DAY = "feed_ends", "month_end", "just_under", "same_day"
RISKS = (ONE_CASE, LATE_LABELS, MOVES_ON, ONE_PAIR, FEED_ENDS, MONTH_END, JUST_UNDER, SAME_DAY)
LIVE = 4

IMPOSTOR, TAKEOVER, NEW_PAYEE = "impostor", "takeover", "new_payee"
KINDS = (IMPOSTOR, TAKEOVER, NEW_PAYEE)

_LIVE = tuple(itertools.combinations(RISKS, LIVE))
_STRONG = tuple(itertools.combinations(LEVERS, 2))
_FLOW = tuple((narrow, second) for narrow in (LABEL, BUILD, REVIEW) for second in (LATE_RELEASE, REWORK, AT_ONCE))
_PEOPLE = MappingProxyType({LABEL: (1, 4, 6), BUILD: (2, 4, 6), REVIEW: (1, 4, 6)})


@dataclass(frozen=True)
class Draw:
    """The shape of one world."""

    strong: tuple[str, str]
    """The two levers that keep what they promise, in the order of `LEVERS`."""
    narrow: str
    second: str
    live: tuple[str, ...]
    people: Mapping[str, int]
    """Who works in each stage."""
    pace: Mapping[str, float]
    """Cards a day that each stage can do."""
    attention: float
    growth: float
    """Growth of volume in a quarter."""
    volume: float
    """Euros a week in the first week."""
    kinds: tuple[float, float, float]
    """Shares of impostors, takeovers and new payees."""
    called: int
    """Of 12 payers, those who rang a number that they had before."""
    instant: int
    """Percent of the other two kinds that is gone before anybody rings."""
    kept: int
    """Percent of calls that keep the money."""
    report_hours: float
    """Median hours from a loss until it is reported."""
    recall_wait: int
    unseen: int
    """Percent that the model finds of rings that it never saw."""
    claims: Mapping[str, int]
    movable: int
    stopped: float
    """Good payments stopped, of 1,000."""
    stopped_sd: float
    stops: Mapping[str, float]
    """Good payments stopped more, of 1,000, by lever."""
    tight: bool
    """Whether the brake leaves room for two levers only."""
    may_decide: int
    label_price: int
    """Percent of calls that are not made if analysts label one day a week."""
    lag: int
    """Weeks until nearly all losses of a week are reported."""
    away: str
    """Who has no time this half-year."""
    gone_from: int
    """The first of three weeks in which the one who releases is away."""
    latest: int
    """The last week that the board bears."""


def dealt(seed: int, stream: str, options: Sequence[T]) -> T:
    """One of the options; every round of as many seeds as there are options deals each of them once."""
    round_, turn = divmod(seed, len(options))
    order = random(SLUG, round_, f"round/{stream}").permutation(len(options))
    return options[int(order[turn])]


def draw(seed: int) -> Draw:
    """The shape of the world with this seed."""
    rng = random(SLUG, seed, "shape")
    strong, (narrow, second) = dealt(seed, "strong", _STRONG), dealt(seed, "flow", _FLOW)
    live = _LIVE[int(rng.integers(0, len(_LIVE)))]
    people = {stage: int(rng.integers(2, 7)) for stage in STAGES}
    people[RELEASE] = int(rng.integers(1, 3))
    people[narrow] = int(dealt(seed // len(_FLOW), f"people/{narrow}/{second}", _PEOPLE[narrow]))
    base = float(rng.uniform(0.78, 0.86))
    pace = {stage: base * float(rng.uniform(1.2, 1.4)) for stage in STAGES}
    pace |= {narrow: base * 0.56, RELEASE: base * 1.8}
    impostor = float(rng.uniform(0.41, 0.50) if CHECK in strong else rng.uniform(0.34, 0.42))
    takeover = (1 - impostor) * float(rng.uniform(0.4, 0.6))
    claims = [int(one) for one in rng.permutation([33, 41, 48, 56]) + rng.integers(-2, 3, 4)]
    stopped = float(rng.uniform(0.9, 1.6))
    return Draw(
        strong=strong,
        narrow=narrow,
        second=second,
        live=live,
        people=MappingProxyType(people),
        pace=MappingProxyType(pace),
        attention=float(rng.uniform(0.12, 0.18)),
        growth=float(rng.uniform(0.04, 0.22)),
        volume=float(rng.uniform(170e6, 320e6)),
        kinds=(impostor, takeover, 1 - impostor - takeover),
        called=int(rng.integers(7, 9) if CHECK in strong else rng.integers(2, 4)),
        instant=int(rng.integers(34, 45) if HOLD in strong else rng.integers(72, 82)),
        kept=int(rng.integers(78, 89)),
        report_hours=float(rng.uniform(8, 11) if RECALL in strong else rng.uniform(38, 60)),
        recall_wait=int(rng.integers(18, 25)),
        unseen=int(rng.integers(24, 32) if MODEL in strong else rng.integers(6, 13)),
        claims=MappingProxyType(dict(zip(LEVERS, claims, strict=True))),
        movable=int(rng.integers(54, 92)),
        stopped=stopped,
        stopped_sd=float(rng.uniform(0.05, 0.09)) * stopped,
        stops=MappingProxyType({
            CHECK: round(float(rng.uniform(0.12, 0.3)), 2), HOLD: round(float(rng.uniform(0.2, 0.45)), 2),
            RECALL: 0.0, MODEL: round(float(rng.uniform(0.3, 0.6)), 2),
            DECLINE: round(stopped * float(rng.uniform(2.1, 3.8)), 2),
        }),
        tight=dealt(seed, "tight", (True, False, False)),
        may_decide=1000 * int(rng.integers(3, 16)),
        label_price=int(rng.integers(14, 19)),
        lag=int(rng.integers(7, 10) if LATE_LABELS in live else 3),
        away=dealt(seed, "away", ("tove", "arjun", "esi", "conrad", "rhona")),
        gone_from=int(rng.integers(3, 9)),
        latest=int(rng.integers(22, 27)),
    )  # fmt: skip
