"""What an option is worth: the formula of the memo, its break-even, and which input moves it most (A15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from curriculum.cases.retraining_decision.draw import FEATURES, KEEP, REFRESH

WEEKS, MONTHS = 26, 6
RATE = 85.0
"""€ an hour of building."""
FLAG = 0.10
"""The share of customers who have a change behind the flag while nobody has seen what is wrong with it."""
CAP = 0.45
"""Of a day's contribution: what a bad release may cost at most until it is back."""

ONE_PERCENT, GAIN, COVERED, SLOPE = "one_percent", "gain", "covered", "slope"
FAILS, HOURS_WRONG, HOURS_WORK = "fails", "hours_wrong", "hours_work"
QUANTITIES = (ONE_PERCENT, GAIN, COVERED, SLOPE, FAILS, HOURS_WRONG, HOURS_WORK)

AS_GOOD, AS_GOOD_EUR = 0.10, 12_000.0
"""An option that is worth so little less than the best, relative or in €, is as good: the inputs say no more."""


@dataclass(frozen=True)
class Inputs:
    """What a net is made of. All € over 26 weeks."""

    one_percent: float
    """€ of contribution that one percent more orders bring."""
    gain: float
    """0.01 AUC."""
    covered: float
    """Of 100 sessions."""
    slope: float
    """Percent more orders for 0.01 AUC."""
    fails: float
    """Of 100 changes of this kind."""
    hours_wrong: float
    """Hours for which everybody would have had a failed change: hours unseen times its share, and hours to recover."""
    hours_work: float
    loss: float
    """€ an hour that a failed change loses."""
    run: float
    """€ a month."""
    kit: float
    """€ of the kit page, 0 where this option does not give it what it reads."""

    @property
    def brings(self) -> float:
        """€ for each percent of slope."""
        return self.one_percent * self.covered / 100 * self.gain

    @property
    def costs(self) -> float:
        """€ of failing, building and running."""
        return self.fails / 100 * self.hours_wrong * self.loss + self.hours_work * RATE + MONTHS * self.run

    @property
    def net(self) -> float:
        return self.brings * self.slope - self.costs + self.kit

    def break_even(self, keep: float) -> float:
        """The slope at which this is worth as much as keeping the old model; inf where no slope does it."""
        return (keep + self.costs - self.kit) / self.brings if self.brings > 0 else float("inf")

    def meets(self, other: Inputs) -> float:
        """The slope at which this is worth as much as another option; inf where no slope does it."""
        steeper = self.brings - other.brings
        return (self.costs - self.kit - other.costs + other.kit) / steeper if steeper else float("inf")

    @property
    def at_risk(self) -> float:
        """€ that are spent on it, and one failed change."""
        return self.hours_work * RATE + MONTHS * self.run + self.hours_wrong * self.loss

    def changed(self, quantity: str, value: float) -> Inputs:
        """The same with another value of one of `QUANTITIES`."""
        return replace(self, **{quantity: value})


@dataclass(frozen=True)
class Range:
    """An input as somebody states it."""

    low: float
    base: float
    high: float


def swings(inputs: Inputs, ranges: Mapping[str, Range]) -> dict[str, float]:
    """By quantity: € between the nets with its low and its high value, all others as they are."""
    return {
        name: abs(inputs.changed(name, one.high).net - inputs.changed(name, one.low).net)
        for name, one in ranges.items()
    }


def as_good(nets: Mapping[str, float]) -> tuple[str, ...]:
    """The options that are worth as much as the best, the best first."""
    best = max(nets.values())
    room = max(AS_GOOD_EUR, AS_GOOD * abs(best))
    return tuple(name for name in sorted(nets, key=lambda name: -nets[name]) if nets[name] >= best - room)


GIVES_KIT: Mapping[str, tuple[str, ...]] = {
    KEEP: ("v7",), REFRESH: ("v7", "refreshed"), FEATURES: ("v7", "refreshed", "new"),
}  # fmt: skip
"""By option: what a page may need that this option gives it in time."""
