"""What is true of the project at Larkspur Books, for graders, exemplars and tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from curriculum.cases.interview_basics.draw import Measure, Side
from curriculum.cases.interview_basics.people import Wish
from curriculum.cases.interviews.contrasts import Contrast

Kind = Literal["baseline", "result", "forecast", "lucky_week", "small_sample"]


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
class Pair:
    """A contrast as this learner sees it."""

    contrast: Contrast
    stronger: Literal["a", "b"]
    spans: tuple[str, ...]
    """Ids of the sentences that show the flaw."""


@dataclass(frozen=True)
class Truth:
    measures: Mapping[Measure, Counted]
    tellable: tuple[Measure, ...]
    """The measures whose before and after were counted alike."""
    measured: Mapping[str, Measured]
    """By fact: what its figure is."""
    units: Mapping[str, str]
    """Id of the unit of each fact that carries a figure."""
    won: Side
    lost: Side
    wishes: Mapping[Side, Wish]
    decided: str
    """What was decided, in the middle of a sentence."""
    decided_on: dt.date
    approver: str
    written_in: str
    """Id of the document in which the decision stands."""
    disappointing: bool
    cost: str
    """The fact that says what was given up."""
    questions: frozenset[str]
    """Questions of the bank that this project can answer."""
    log: Mapping[str, Logged]
    pairs: Mapping[str, Pair]

    @property
    def own(self) -> tuple[str, ...]:
        """The learner's own documents of the time of the project, in their order."""
        return tuple(id for id, entry in self.log.items() if entry.by == "you" and id != "look_back")

    @property
    def recounted(self) -> Measure:
        """The measure that was counted in another way afterwards."""
        return next(measure for measure in self.measures if measure not in self.tellable)
