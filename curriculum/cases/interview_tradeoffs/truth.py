"""What is true of the project at Causeway Travel, for graders, exemplars and tests."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.cases.interview_tradeoffs.draw import Ground, Variant
from curriculum.cases.interview_tradeoffs.trial import Effect, Money, Trial
from curriculum.cases.interviews.project import Project


@dataclass(frozen=True, kw_only=True)
class Truth(Project):
    """A project whose choice rested on a test with a range, a limit of time and a gain that would pay."""

    chosen: Variant
    ground: Ground
    """What decided it: the limit, or money."""
    population: str
    """Those for whom it was decided."""
    limit: int
    """Milliseconds, for 95 of 100 searches."""
    trial: Trial
    money: Money
    nice: tuple[str, ...]
    """Facts with the numbers that their tellers like best."""

    @property
    def effect(self) -> Effect:
        """What the deep ranker brought in the test, among those for whom it was decided."""
        return self.trial.effect(self.population)

    @property
    def break_even(self) -> float:
        """The gain that pays for the deep ranker among them, in bookings per 1,000 visitors."""
        return self.money.break_even(self.population)

    @property
    def lies(self) -> str:
        """Where the range lies, seen from the break-even."""
        low, high = self.effect.low, self.effect.high
        return "above" if low > self.break_even else "below" if high < self.break_even else "across"
