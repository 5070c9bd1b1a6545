"""The pod's board: its stages and people, what policies change, and the seasons in which it is replayed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from curriculum.cases.base import random
from curriculum.cases.pod_launch.draw import (
    AT_ONCE,
    BUILD,
    BUILD_PAIRS,
    EXPLORE,
    LABEL,
    LABEL_DAY,
    LATE_RELEASE,
    LEVERS,
    ONE_EXPEDITE,
    POLICIES,
    READY_RULE,
    RELEASE_TWICE,
    REVIEW,
    REVIEW_DAILY,
    REWORK,
    SLUG,
    STAGES,
    WEEK_DAYS,
    Draw,
)
from curriculum.support.flow import Board, Habits, Run, Season, Stage, percentile, replay, season
from curriculum.support.worlds import kept_for_worlds

EIGHT_WEEKS = 40
CARDS = 48
SEEN, UNSEEN = 20, 16
"""Seasons that learners replay, and seasons on which limits are judged."""
EVERY = 4
"""Every fourth card that the pod starts is one of the backlog; the others are daily work."""
FIRST_PART = 0.65
"""What the first card of a lever brings of it."""
FUTURES = 24
LONG = 130
"""Working days of 26 weeks."""


def board(shape: Draw) -> Board:
    """The pod's board before any policy."""
    return Board(
        stages=tuple(Stage(id, shape.people[id], shape.people[id] / shape.pace[id]) for id in STAGES),
        attention=shape.attention,
        sent_back=0.62 if shape.second == REWORK else 0.15,
        judged=REVIEW,
        made=BUILD,
        interrupted=0.5 if shape.second == AT_ONCE else 0.05,
        asked=(EXPLORE, LABEL, BUILD, REVIEW),
        cadence=13 if shape.second == LATE_RELEASE else 3,
        batch=4,
    )


def habits(policies: Iterable[str]) -> Habits:
    """What policies change: at most two count."""
    held = [name for name in dict.fromkeys(policies) if name in POLICIES][:2]
    faster = {
        LABEL_DAY: {LABEL: 2.5}, BUILD_PAIRS: {BUILD: 2.4, EXPLORE: 0.85}, REVIEW_DAILY: {REVIEW: 2.4},
    }  # fmt: skip
    speed: dict[str, float] = {}
    for name in held:
        speed |= faster.get(name, {})
    return Habits(
        faster=speed,
        sent_back=0.2 if READY_RULE in held else 1.0,
        interrupted=0.2 if ONE_EXPEDITE in held else 1.0,
        cadence=3 if RELEASE_TWICE in held else 0,
    )


SEASONS = ("seen", "unseen", "ahead", "rehearsed")


@dataclass(frozen=True)
class Flow:
    """The flow of one world: what is replayed, and what is best."""

    seed: int
    shape: Draw

    @cached_property
    def board(self) -> Board:
        return board(self.shape)

    @property
    def people(self) -> np.ndarray:
        return np.array([self.shape.people[stage] for stage in STAGES])

    @cached_property
    def seen(self) -> Season:
        return season(self.board, random(SLUG, self.seed, "seen"), draws=SEEN, cards=CARDS, length=EIGHT_WEEKS)

    @cached_property
    def unseen(self) -> Season:
        return season(self.board, random(SLUG, self.seed, "unseen"), draws=UNSEEN, cards=CARDS, length=EIGHT_WEEKS)

    @cached_property
    def ahead(self) -> Season:
        """Twenty-six weeks, several times."""
        rng = random(SLUG, self.seed, "ahead")
        return season(self.board, rng, draws=FUTURES, cards=2 * CARDS, length=LONG)

    @cached_property
    def rehearsed(self) -> Season:
        """The same for learners: other draws."""
        rng = random(SLUG, self.seed, "rehearsed")
        return season(self.board, rng, draws=FUTURES, cards=2 * CARDS, length=LONG)

    def run(
        self, what: Season, limits: Sequence[float] | np.ndarray, policies: Iterable[str], until: int | None = None
    ) -> Run:
        """A season under limits and policies. Those of this flow are kept: every check of a plan asks for the same."""
        name = next((name for name in SEASONS if self.__dict__.get(name) is what), "")
        held = tuple(policies)
        if not name:
            return replay(self.board, what, [list(limits)], habits(held), until)
        return _kept(self, name, tuple(float(one) for one in limits), held, until)

    def candidates(self) -> np.ndarray:
        """Limits among which the best are looked for: so many more than people, and a column for what is ready."""
        people = self.people
        rows = [[*(people[:-1] + more), last] for more in (0, 1, 2) for last in (3, 5)]
        return np.array(rows, dtype=float)

    def best(self, policies: tuple[str, ...]) -> tuple[float, float]:
        """Cards that the best candidate finishes in eight unseen weeks, and its days for 85 of 100 cards."""
        found = self._tried(policies)
        cards = max(count for count, _ in found)
        return cards, min(days for count, days in found if count >= 0.98 * cards)

    def best_limits(self, policies: tuple[str, ...]) -> tuple[int, ...]:
        """Of the limits with which most is finished, those with which it is finished soonest."""
        return self._soonest(policies, 0.98)[0]

    def good_limits(self, policies: tuple[str, ...]) -> tuple[int, ...]:
        """Other limits that are nearly as good."""
        found = self._soonest(policies, 0.95)
        return found[1] if len(found) > 1 else found[0]

    def _soonest(self, policies: tuple[str, ...], part: float) -> list[tuple[int, ...]]:
        found, rows = self._tried(policies), self.candidates()
        most = max(count for count, _ in found)
        good = [number for number, (count, _) in enumerate(found) if count >= part * most]
        return [tuple(int(one) for one in rows[number]) for number in sorted(good, key=lambda one: found[one][1])]

    def _tried(self, policies: tuple[str, ...]) -> tuple[tuple[float, float], ...]:
        return _tried(self, policies)

    def pair_counts(self, pairs: Sequence[tuple[str, ...]], limits: Sequence[float] | np.ndarray) -> list[float]:
        """Cards finished in eight unseen weeks under pairs of policies, all in one replay."""
        each = [one for pair in pairs for one in [habits(pair)] * self.unseen.draws]
        run = replay(self.board, self.unseen.times(len(pairs)), [list(limits)], each)
        return [float(part.finished.mean()) for part in run.parts(len(pairs))]

    def __hash__(self) -> int:
        return hash((SLUG, self.seed))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Flow) and other.seed == self.seed


@kept_for_worlds(maxsize=512)
def _kept(flow: Flow, season: str, limits: tuple[float, ...], policies: tuple[str, ...], until: int | None) -> Run:
    run = replay(flow.board, getattr(flow, season), [list(limits)], habits(policies), until)
    for part in (run.entered, run.ready, run.left):
        part.setflags(write=False)  # it is everybody's
    return run


@kept_for_worlds(maxsize=64)
def _tried(flow: Flow, policies: tuple[str, ...]) -> tuple[tuple[float, float], ...]:
    """Cards and days of each candidate, all in one replay."""
    rows, one = flow.candidates(), flow.unseen
    limits = np.repeat(rows, one.draws, axis=0)
    run = replay(flow.board, one.times(len(rows)), limits, habits(policies))
    return tuple((float(part.finished.mean()), percentile(part.cycles)) for part in run.parts(len(rows)))


def done_by(run: Run, order: Sequence[str], day: int) -> dict[str, np.ndarray]:
    """What share of each lever works on a day, by draw; `order` are the cards of the backlog, the first first."""
    out = run.out
    parts = {lever: np.zeros(len(out)) for lever in LEVERS}
    for place, card in enumerate(order):
        lever, _, number = card.partition("_")
        column = place * EVERY
        if lever in parts and number in ("1", "2") and column < out.shape[1]:
            finished = (out[:, column] > 0) & (out[:, column] <= day)
            parts[lever] = parts[lever] + np.where(finished, FIRST_PART if number == "1" else 1 - FIRST_PART, 0.0)
    return parts


def cards_done(run: Run, count: int, day: int) -> np.ndarray:
    """How many of the first cards of the backlog are done on a day, by draw."""
    out = run.out[:, [place * EVERY for place in range(count) if place * EVERY < run.out.shape[1]]]
    done: np.ndarray = ((out > 0) & (out <= day)).sum(axis=1)
    return done


def day_of(week: float) -> int:
    """The last working day of a week."""
    return int(min(LONG, max(1, round(WEEK_DAYS * week))))
