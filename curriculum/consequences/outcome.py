"""What a run forward leaves behind: numbers with a direction, goals, comparisons, what came out late, a figure."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from curriculum.cases.base import Columns
from curriculum.consequences.late import Late

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SURE = 1.96
"""Standard errors on each side of an interval that holds the truth in 95 of 100 cases."""


class Better(StrEnum):
    """Which way of a number is the good one."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"
    """It describes the run and does not judge it."""


@dataclass(frozen=True)
class Result:
    """One number of a run."""

    value: float
    name: str
    """What is counted, for people: "good payments stopped in four weeks"."""
    better: Better = Better.NEITHER

    def worse_than(self, other: Result) -> bool:
        """Whether this value is on the bad side of another one of the same number; never where neither is good."""
        if self.better is Better.MORE:
            return self.value < other.value
        return self.better is Better.LESS and self.value > other.value

    def keeps(self, limit: float) -> bool:
        """Whether the value is on the good side of a limit, or on it."""
        return not self.worse_than(Result(limit, self.name, self.better))


@dataclass(frozen=True)
class Goal:
    """Something that had to hold for the run to end well, in a sentence, and whether it did."""

    sentence: str
    met: bool


class Change(StrEnum):
    """What can be said of a change."""

    MORE = "more"
    LESS = "less"
    UNCLEAR = "unclear"
    """No change lies inside of the interval, so nothing can be told."""


@dataclass(frozen=True)
class Comparison:
    """What was done against a control that ran beside it: a change with the interval of 95 in 100."""

    what: str
    """What is compared, as "orders among those who saw the row, in percent"."""
    says: str
    """The words of the headline that rest on this comparison."""
    claims: Change
    """The direction that these words state."""
    change: float
    low: float
    high: float
    control: tuple[float, ...] = ()
    """The control step by step, where it was followed over time; a line that never moves is no control."""

    @property
    def shows(self) -> Change:
        """The direction that the interval allows."""
        return Change.MORE if self.low > 0 else Change.LESS if self.high < 0 else Change.UNCLEAR


@dataclass(frozen=True)
class BestKnown:
    """A plan that the run is shown against: what it reaches on one number while it keeps the limits of others."""

    label: str
    """As it is called in the figure and the sentences."""
    number: str
    """Id of the number on which nothing that keeps the limits is better."""
    value: float
    keeps: Mapping[str, float] = field(default_factory=dict)
    """Limits on other numbers, by id: a plan that breaks one is no rival."""


@dataclass(frozen=True)
class Outcome:
    """What a plan did to the simulated company."""

    headline: str
    """The finding in one sentence; it stands above the figure."""
    sentences: tuple[str, ...]
    """What happened and why, each a sentence with its numbers."""
    table: Columns
    """The run, one row a week or a step."""
    results: Mapping[str, Result]
    """The few numbers that a STAR story may quote, by id."""
    goals: tuple[Goal, ...]
    """What had to hold for a good end."""
    alt: str
    """The figure in words, for those who do not see it."""
    draw: Callable[[Figure], None]
    """Draws the run on an empty figure; matplotlib is imported by the caller."""
    compared: tuple[Comparison, ...] = ()
    """The changes that the headline states."""
    best: BestKnown | None = None
    late: tuple[Late, ...] = ()
    """What somebody had known and nobody had asked, in the order in which it came out."""
    until: dt.date | None = None
    """The last day of the run; None where it has no days."""

    @property
    def ends_well(self) -> bool:
        """Whether all goals were met."""
        return all(goal.met for goal in self.goals)

    @property
    def numbers(self) -> dict[str, float]:
        """The values of the results by id."""
        return {id: result.value for id, result in self.results.items()}


def rates_compared(
    what: str, test: tuple[Sequence[float], Sequence[float]], control: tuple[Sequence[float], Sequence[float]]
) -> Comparison:
    """The relative difference of two shares in percent, from (happened, tried) by step in test and control.

    Says and claims nothing yet; an empty arm gives an interval without ends.
    """
    happened, tried = sum(test[0]), sum(test[1])
    usual, among = sum(control[0]), sum(control[1])
    steps = tuple(part / whole for part, whole in zip(*control, strict=True) if whole)
    if not (tried and among and usual):
        return Comparison(what, "", Change.UNCLEAR, 0.0, -math.inf, math.inf, steps)
    p, q = happened / tried, usual / among
    error = math.sqrt(p * (1 - p) / tried + q * (1 - q) / among)
    change, spread = 100 * (p - q) / q, 100 * SURE * error / q
    return Comparison(what, "", Change.UNCLEAR, change, change - spread, change + spread, steps)


def counts_compared(what: str, test: Sequence[float], control: Sequence[float], size: float = 1.0) -> Comparison:
    """The difference of two totals of events by step, whose number is left to chance (Poisson).

    `size` is what one event weighs, squared on average and divided by its mean: 1 where events are counted, the
    mean of the squared amounts by the mean amount where amounts are summed.
    """
    change = sum(test) - sum(control)
    spread = SURE * math.sqrt(size * (sum(test) + sum(control)))
    return Comparison(what, "", Change.UNCLEAR, change, change - spread, change + spread, tuple(control))


def signed(value: float, digits: int = 1) -> str:
    """A change as it is written: "+2.2", "−1,250"."""
    return f"{value:+,.{digits}f}".replace("-", "−")
