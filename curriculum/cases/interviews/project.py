"""What is true of a project that a candidate may borrow: its papers, its figures, its wishes, its decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from curriculum.cases.interviews.pairs import Pair

Kind = Literal["baseline", "result", "forecast", "lucky_week", "small_sample", "experiment"]


@dataclass(frozen=True)
class Measured:
    """What stands behind a fact that carries a figure of a measure."""

    measure: str
    kind: Kind
    on: dt.date
    """The last day that was counted."""
    days: int
    """How many days were counted."""


@dataclass(frozen=True)
class Counted:
    """One thing that was counted before and after."""

    title: str
    """What is counted, and per what, as a claim says it."""
    told: str
    """The same behind a number: "of 1,000 searches ended in an order"."""
    unit: str
    better: Literal["higher", "lower"]
    before: str
    """Id of the fact with the number before; likewise the others."""
    after: str
    counting: str
    """Id of the fact that says whether both were counted alike."""


@dataclass(frozen=True)
class Logged:
    """One line of the project log."""

    on: dt.date
    by: str
    """Id of the author; "you" for the learner."""
    title: str


@dataclass(frozen=True)
class Wish:
    """What one side wanted."""

    who: str
    name: str
    what: str
    """The wish, in the middle of a sentence."""
    because: str
    given_up: str
    """What it meant to lose, in the middle of a sentence."""
    cost: str
    """Id of the fact that says how much."""


@dataclass(frozen=True, kw_only=True)
class Project:
    """A project as graders, exemplars and tests know it; each lesson adds what only it has."""

    role: str
    """What the learner was in it, in the middle of a sentence."""
    measures: Mapping[Any, Counted]
    tellable: tuple[str, ...]
    """The measures whose before and after compare."""
    measured: Mapping[str, Measured]
    """By fact: what its figure is."""
    kinds: Mapping[str, str]
    """What each kind of figure is, in words of the lesson."""
    units: Mapping[str, str]
    """Id of the unit of each fact that carries a figure."""
    won: str
    lost: str
    wishes: Mapping[Any, Wish]
    decided: str
    """What was decided, in the middle of a sentence."""
    ways: tuple[tuple[str, str], ...]
    """What could be decided one way or the other, as patterns of what people call it."""
    decided_on: dt.date
    approver: str
    written_in: str
    """Id of the document in which the decision stands."""
    disappointing: bool
    cost: str
    """The fact that says what was given up."""
    questions: frozenset[str]
    """Questions of the bank that this project can answer."""
    public: frozenset[float]
    """Numbers that nobody needs to be told, since they stand in brief, log or tables."""
    log: Mapping[str, Logged]
    pairs: Mapping[str, Pair]
    derived: frozenset[float] = frozenset()
    """Numbers that follow from the tables and from what was told, unrounded; each is said as rounded as one likes."""

    @property
    def own(self) -> tuple[str, ...]:
        """The learner's own documents of the time of the project, in their order."""
        return tuple(id for id, entry in self.log.items() if entry.by == "you" and id != "look_back")

    @property
    def recounted(self) -> str:
        """The measure whose before and after do not compare."""
        return next(measure for measure in self.measures if measure not in self.tellable)
