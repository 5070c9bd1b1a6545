"""What is so by construction in one world, and two right ways through it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from curriculum.cases.latency_or_accuracy.choosing import Served, best_launch, true_value
from curriculum.cases.latency_or_accuracy.draw import SEGMENTS, Draw
from curriculum.cases.latency_or_accuracy.ours import PARTED, TWO_DELAYS, Ours
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

    @property
    def best(self) -> Served:
        """What we would launch if we knew everything."""
        return best_launch(self.draw)

    def needed(self, segment: str) -> float:
        """Thousands of visitors for each arm, to see the effect worth having."""
        return people_needed(self.draw.rate[segment], self.draw.break_even / 100) / 1000
