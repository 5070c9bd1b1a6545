"""What is so by construction in one world, and two right ways through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from curriculum.cases.latency_or_accuracy.choosing import Served, best_launch, true_value
from curriculum.cases.latency_or_accuracy.draw import SEGMENTS, Draw
from curriculum.cases.latency_or_accuracy.experiment import Arm
from curriculum.cases.latency_or_accuracy.facts import WAITS
from curriculum.cases.latency_or_accuracy.ours import PARTED, TWO_DELAYS, Ours
from curriculum.cases.latency_or_accuracy.redraws import lives
from curriculum.support.experiments import people_needed

LUCKS = 40
FAIR = 1.5
"""Standard errors within which what our plans read lies around what is so: no world teaches by a freak."""
PLAIN = 0.02
"""Where nothing is wrong with the counts, or no more, the split is at least so likely."""
NO_WORSE = 0.1
"""% of all orders that our readings cost against knowing everything."""


@dataclass(frozen=True, eq=False)
class Truth:
    """Only rubrics, fixtures and the consequence may read it."""

    seed: int
    draw: Draw

    @cached_property
    def luck(self) -> int:
        """Which luck all plans of this world meet."""
        return next((luck for luck in range(LUCKS) if self._fair(luck)), 0)

    def _fair(self, luck: int) -> bool:
        best = true_value(self.draw, best_launch(self.draw))
        for name in (PARTED, TWO_DELAYS):
            ours = Ours(self.seed, luck, self.draw, name)
            if ours.run.ratio_p(ours.left_out) < PLAIN or (ours.cause == "none" and ours.run.ratio_p() < PLAIN):
                return False
            tested = self.draw.delay(ours.design.complex_share)
            for segment in SEGMENTS:
                net, model = ours.parts[segment].net, ours.parts[segment].model
                assert model is not None
                if abs(net.value - self.draw.net(segment, tested)) > FAIR * net.error:
                    return False
                if abs(model.value - self.draw.model[segment]) > FAIR * model.error:
                    return False
            if true_value(self.draw, ours.served) < best - NO_WORSE:
                return False
        return True

    @cached_property
    def parted(self) -> Ours:
        """Three arms, one of them as slow as the complex model without being it; counted by clients."""
        return Ours(self.seed, self.luck, self.draw, PARTED)

    @cached_property
    def two_delays(self) -> Ours:
        """Four arms, two of them slowed by less and by more; counted by the server."""
        return Ours(self.seed, self.luck, self.draw, TWO_DELAYS)

    def planned(self, arms: Sequence[Sequence[Any]] = (), **other: Any) -> Ours:
        """Another plan than `parted`, run and read as carefully: arms as (variant, % of visitors, ms), the rest as in
        Design."""
        design = self.parted.design
        given = tuple(Arm(variant, share / 100, delay) for variant, share, delay in arms) or design.arms
        return Ours(self.seed, self.luck, self.draw, PARTED, replace(design, arms=given, **other))

    def arms_with(
        self,
        number: int,
        share: float | None = None,
        ms: float | None = None,
        more: Sequence[Sequence[Any]] = (),
        first: float | None = None,
    ) -> list[tuple[Any, ...]]:
        """The arms of `parted` as `planned` takes them, one of them changed, the share of the first, and some more."""
        arms: list[tuple[Any, ...]] = [(arm.variant, 100 * arm.share, arm.delay) for arm in self.parted.design.arms]
        variant, old_share, old_ms = arms[number]
        arms[number] = (variant, old_share if share is None else share, old_ms if ms is None else ms)
        if first is not None:
            arms[0] = (arms[0][0], first, arms[0][2])
        return [*arms, *(tuple(arm) for arm in more)]

    def costs(
        self, ours: Ours, above: float, bound: str = "low_above_zero", undecided: str = "light_reopened"
    ) -> float:
        """% of all orders that a plan with this rule costs more than `parted` with ours, on the mean over redraws."""
        even, days = self.draw.break_even, self.draw.fade_days and 7
        careful = lives(self.seed, self.draw, self.parted.design, even, "low_above_zero", even, "light_reopened", days)
        found = lives(self.seed, self.draw, ours.design, above, bound, even, undecided, days)
        return found.mean - careful.mean

    @property
    def waits(self) -> str:
        """Where people wait for the block."""
        return WAITS[self.draw.kind]

    @property
    def best(self) -> Served:
        """What we would launch if we knew everything."""
        return best_launch(self.draw)

    def needed(self, segment: str, worth: float | None = None) -> float:
        """Thousands of visitors for each arm, to see an effect in % of orders; without one, the effect worth having."""
        return people_needed(self.draw.rate[segment], (worth or self.draw.break_even) / 100) / 1000
