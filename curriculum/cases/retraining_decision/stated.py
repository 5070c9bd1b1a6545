"""What somebody gets who works the formula of the memo with other inputs: for examples that are wrong in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.cases.retraining_decision.draw import FEATURES, KEEP, REFRESH
from curriculum.cases.retraining_decision.money import ONE_PERCENT, SLOPE, Inputs, Range, as_good, swings


@dataclass(frozen=True)
class Stated:
    """A trade-off that follows from its inputs, whether these are right or not."""

    ranges: Mapping[str, Range]
    inputs: Mapping[str, Inputs]
    """By option, with the base values of `ranges`."""
    ageing: float

    @property
    def nets(self) -> Mapping[str, float]:
        return {name: one.net for name, one in self.inputs.items()}

    @property
    def break_even(self) -> float:
        return self.inputs[FEATURES].break_even(self.inputs[KEEP].net)

    @property
    def most_sensitive(self) -> str:
        moved = swings(self.inputs[FEATURES], self.ranges)
        return max(moved, key=lambda name: moved[name])

    def at_risk(self, option: str) -> float:
        return self.inputs[option].at_risk

    def puts_first(self, option: str) -> bool:
        """Whether these nets put an option first, or say that it is as good."""
        return option in as_good(self.nets)


def stated(
    ranges: Mapping[str, Range], inputs: Mapping[str, Inputs], ageing: float, changes: Mapping[str, tuple[float, ...]]
) -> Stated:
    """The trade-off with some inputs changed to (low, base, high); `ranges` and `ageing` are those of right inputs."""
    mine = {**ranges, **{name: Range(*values) for name, values in changes.items()}}
    features, refresh = inputs[FEATURES], inputs[REFRESH]
    for name, one in mine.items():
        features = features.changed(name, one.base)
        if name in (ONE_PERCENT, SLOPE):
            refresh = refresh.changed(name, one.base)
    right = inputs[FEATURES]
    grown = features.one_percent * features.slope / (right.one_percent * right.slope)
    return Stated(mine, {KEEP: inputs[KEEP], REFRESH: refresh, FEATURES: features}, ageing * grown)
