"""What shape a world of `pod_in_flight` has: who of four candidates clears and why the others do not, what waits.

Shapes are dealt in rounds of neighbouring seeds, each equally often, in an order that nobody can guess from the seed.
All ranges are design choices; the course's domain reference (A29, A30, A31) says what goes wrong and gives no numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from curriculum.cases.base import random

SLUG = "pod_in_flight"

T = TypeVar("T")

TODAY = dt.date(2027, 4, 5)
"""A Monday; thirteen weeks lie behind it and thirteen before it."""
WEEKS = 13
LIMIT_MS = 180
"""A payment waits so long for a score, at most."""
SAME = 1.0
"""Points by which a rerun may be off."""
LABELLED = 400
"""Frauds with a label that a release has to have seen before anybody can judge it."""
MOST_DAYS = 35
"""A release that takes longer to judge is no release any more."""

BOOSTED, RINGS, ENSEMBLE, SEQUENCE = "boosted", "rings", "ensemble", "sequence"
CANDIDATES = (BOOSTED, RINGS, ENSEMBLE, SEQUENCE)
OLD = "today"
"""The run behind the model that is live now."""

FIRST, SECOND_HALF, RANDOM = "first_half", "second_half", "random"
HALVES = (FIRST, SECOND_HALF)
CALLS = (2, 3, 4, 5, 6)
"""Calls that analysts may make for each thousand payments, as the holdout is cut."""
BOARD_CALLS = 5

SLICES = ("abroad", "instant", "payroll", "small_firms", "marketplaces")
SLOW, PROTECTED, AT_FIVE, FEATURES, NO_RERUN, TUNED = (
    "slow", "protected", "only_at_five", "features", "no_rerun", "tuned",
)  # fmt: skip
FLAWS = (SLOW, PROTECTED, AT_FIVE, FEATURES, NO_RERUN, TUNED)
FEATURE_SETS = ("core", "device", "graph", "session")

HANDOFF, REWORK, BLOCKED, DECISION = "handoff", "rework", "blocked", "decision"
CAUSES = (HANDOFF, REWORK, BLOCKED, DECISION)
SQUADS = ("north", "east", "south", "west")

MODEL, FEATURE_CODE, THRESHOLD, LOOKUPS = "model", "feature_code", "threshold", "lookups"
PARTS = (FEATURE_CODE, THRESHOLD, LOOKUPS)
"""Of these, a rollback needs two beside the model."""

DESKS = ("arjun", "beatriz", "esi", "rhona", "conrad", "tove")


@dataclass(frozen=True)
class Draw:
    """The shape of one world."""

    winner: str
    """The candidate that clears; blank where none does."""
    flawed: tuple[tuple[str, str], ...]
    """The other candidates, each with what is wrong with it."""
    untouched: str
    """The half of the weeks that nobody has looked at."""
    opened: int
    """How often somebody looked at the other half."""
    calls: int
    """Calls for each thousand payments today."""
    factor: float
    """How many times as long a score takes under load."""
    missing: str
    """The feature set that serving does not run."""
    protected: tuple[str, str]
    """Slices of which a contract says how much they may lose."""
    floor: float
    """Points that a protected slice may lose."""
    sacrificed: str
    """A slice without a contract in which the winner falls; blank where it falls in none."""
    grazed: str
    """A protected slice in which the winner loses a little, within the floor; blank where it loses in none."""
    late: int
    """Days until a payment has its label."""
    asked_late: int
    """Hours before a release at which Conrad hears of it."""
    left: str
    """What the last rollback forgot."""
    spare: str
    """The one of `PARTS` that a rollback does not need."""
    main: str
    second: str
    """What people wait for most, and second."""
    pilot: tuple[str, str]
    """The squads that had joint reviews."""
    pilot_works: bool
    easier: float
    """How much less work an item was than in the quarter before."""
    away: str
    """Who has no free days this quarter."""
    frauds_week: int
    not_written: int
    """Of four designers, those who said what they had not written."""

    @cached_property
    def flaws(self) -> Mapping[str, str]:
        """What is wrong with each candidate that does not clear."""
        return MappingProxyType(dict(self.flawed))

    @property
    def opened_half(self) -> str:
        return HALVES[1 - HALVES.index(self.untouched)]

    @property
    def parts(self) -> tuple[str, ...]:
        """What a rollback has to put back."""
        return (MODEL, *(name for name in PARTS if name != self.spare))


def dealt(seed: int, stream: str, options: Sequence[T]) -> T:
    """One of the options; every round of as many seeds as there are options deals each of them once."""
    round_, turn = divmod(seed, len(options))
    order = random(SLUG, round_, f"round/{stream}").permutation(len(options))
    return options[int(order[turn])]


def _kinds(rng: np.random.Generator, by_chance: str) -> list[str]:
    """Flaws in the order in which candidates get them: of the first three, one catches no more beyond chance."""
    kinds = [FLAWS[int(number)] for number in rng.permutation(len(FLAWS)) if FLAWS[int(number)] != by_chance]
    kinds.insert(int(rng.integers(0, 3)), by_chance)
    return kinds


def draw(seed: int) -> Draw:
    """The shape of the world with this seed."""
    rng = random(SLUG, seed, "shape")
    winner = dealt(seed, "winner", ("", *CANDIDATES))
    others = [name for name in CANDIDATES if name != winner]
    kinds = _kinds(rng, dealt(seed, "by_chance", (TUNED, AT_FIVE)))
    protected = sorted(int(number) for number in rng.permutation(len(SLICES))[:2])
    free = [name for number, name in enumerate(SLICES) if number not in protected]
    causes = dealt(seed, "waits", [(main, second) for main in CAUSES for second in CAUSES if main != second])
    squads = sorted(int(number) for number in rng.permutation(len(SQUADS))[:2])
    spare = dealt(seed, "spare", PARTS)
    needed = [name for name in PARTS if name != spare]
    return Draw(
        winner=winner,
        flawed=tuple(zip(others, kinds, strict=False)),
        untouched=dealt(seed, "untouched", HALVES),
        opened=int(rng.integers(9, 24)),
        calls=dealt(seed, "calls", (2, 3, 4)),
        factor=round(float(rng.uniform(1.55, 2.05)), 2),
        missing=dealt(seed, "missing", FEATURE_SETS[1:]),
        protected=(SLICES[protected[0]], SLICES[protected[1]]),
        floor=float(dealt(seed, "floor", (1.5, 2.0, 2.5))),
        sacrificed=free[int(rng.integers(0, len(free)))] if dealt(seed, "sacrificed", (True, False, False)) else "",
        grazed=SLICES[protected[int(rng.integers(0, 2))]] if dealt(seed, "grazed", (True, False)) else "",
        late=int(rng.integers(6, 17)),
        asked_late=int(rng.integers(2, 7)),
        left=needed[int(rng.integers(0, 2))],
        spare=spare,
        main=causes[0],
        second=causes[1],
        pilot=(SQUADS[squads[0]], SQUADS[squads[1]]),
        pilot_works=dealt(seed, "pilot", (True, False)),
        easier=round(float(rng.uniform(0.15, 0.28)), 2),
        away=dealt(seed, "away", DESKS),
        frauds_week=int(10 * rng.integers(90, 221)),
        not_written=int(rng.integers(2, 4)),
    )
