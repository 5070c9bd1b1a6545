"""What follows from a test: which launches keep the rule and the page's limit, and which next step fits the parts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.cases.latency_or_accuracy.draw import DESKTOP, PHONE, SEGMENTS, Draw
from curriculum.cases.latency_or_accuracy.experiment import Parts
from curriculum.support.experiments import Estimate

Served = tuple[str, ...]
"""The segments that get the complex model."""
SERVED: tuple[Served, ...] = ((), (PHONE,), (DESKTOP,), (PHONE, DESKTOP))
AS_GOOD = 0.15
"""% of all orders by which launches may differ and still be as good."""
CLOSE = 0.12
"""% of all orders within which a step may be called worth its weeks or not."""

OPTIMISE, STOP, TEST, LEAVE = "optimise", "stop_line", "test_again", "leave"


@dataclass(frozen=True)
class Rule:
    """The decision rule that stood before the data."""

    above: float
    """% of orders that the estimate must exceed."""
    bound: str = "low_above_zero"
    worth: float = 0.0

    def launches(self, net: Estimate) -> bool:
        """Whether it says to launch."""
        if not net.value > self.above:
            return False
        return {"low_above_zero": net.low > 0, "low_above_worth": net.low > self.worth}.get(self.bound, True)


def within_limit(draw: Draw, served: Served, own: float = math.inf) -> bool:
    """Whether the page keeps its limit in the busiest hour, and a stricter one of one's own."""
    return draw.p95(draw.load(served)) <= min(draw.page_limit, own)


def value(draw: Draw, served: Served, effect: Mapping[str, float]) -> float:
    """What a launch brings after its machines, in % of all orders, where the effects are so."""
    return sum(draw.order_share[name] * (effect[name] - draw.break_even) for name in served)


def true_value(draw: Draw, served: Served) -> float:
    """What a launch brings in truth, at the delay of its own load."""
    ms = draw.delay(draw.load(served))
    return value(draw, served, {name: draw.net(name, ms) for name in SEGMENTS})


def best_launch(draw: Draw) -> Served:
    """The best of what keeps the page's limit, known perfectly."""
    return max((one for one in SERVED if within_limit(draw, one)), key=lambda one: true_value(draw, one))


@dataclass(frozen=True)
class Reading:
    """What a learner's own test and rule say about launches."""

    draw: Draw
    parts: Mapping[str, Parts]
    rule: Rule
    tested: float
    """Milliseconds that the complex model added in the test."""
    limit: float = math.inf
    """The page's limit as the plan has it, in ms."""

    @property
    def passing(self) -> Served:
        """The segments in which the rule says to launch."""
        return tuple(name for name in SEGMENTS if self.rule.launches(self.parts[name].net))

    def at_load(self, served: Served) -> dict[str, float]:
        """By segment: the effect at the delay of this launch; as measured, where no slow arm gives a slope."""
        ms = self.draw.delay(self.draw.load(served))
        return {name: self.parts[name].at(ms, self.tested) for name in SEGMENTS}

    def measured(self, served: Served) -> dict[str, float]:
        return {name: self.parts[name].net.value for name in SEGMENTS}

    def open_to(self) -> list[Served]:
        """What the rule and the limit leave open."""
        return [one for one in SERVED if set(one) <= set(self.passing) and self.keeps_limit(one)]

    def keeps_limit(self, served: Served) -> bool:
        """Whether the page keeps its limit and the plan's."""
        return not served or within_limit(self.draw, served, self.limit)

    def by_rule(self) -> list[Served]:
        """Launches that do what the rule says, as far as the limit allows: none that is open is clearly better."""
        worth = {one: value(self.draw, one, self.measured(one)) for one in self.open_to()}
        return [one for one, found in worth.items() if found >= max(worth.values()) - AS_GOOD]

    def by_load(self) -> list[Served]:
        """Launches that are as good as any that the rule leaves open, at the delay that each would have."""
        worth = {one: value(self.draw, one, self.at_load(one)) for one in self.open_to()}
        return [one for one, found in worth.items() if found >= max(worth.values()) - AS_GOOD]

    @property
    def ours(self) -> Served:
        """The launch that we would choose."""
        return max(self.open_to(), key=lambda one: (value(self.draw, one, self.at_load(one)), -len(one)))

    def once_fast(self) -> dict[str, Estimate] | None:
        """By segment: the effect once the model is as fast as it can be made; None where the test cannot tell."""
        found = {}
        for name in SEGMENTS:
            model, slope = self.parts[name].model, self.parts[name].per_100
            if model is None or slope is None:
                return None
            found[name] = Estimate(model.value + slope * self.draw.fast_ms / 100, model.error)
        return found

    def gain(self, served: Served) -> float:
        """% of all orders that making it fast brings beyond a launch, after machines."""
        fast = self.once_fast()
        if fast is None:
            return 0.0
        sure = tuple(n for n in SEGMENTS if n in served or (fast[n].low > 0 and fast[n].value > self.draw.break_even))
        after = value(self.draw, sure, {name: fast[name].value for name in SEGMENTS})
        return after - value(self.draw, served, self.at_load(served))

    def steps(self, served: Served) -> tuple[str, ...]:
        """The next steps that fit; the first is ours."""
        fast = self.once_fast()
        if fast is None:
            return (TEST,)
        gain, draw = self.gain(served), self.draw
        even = draw.break_even
        dark = [name for name in SEGMENTS if name not in served]
        spans = [name for name in dark if fast[name].low < even < fast[name].high]
        found = []
        if gain >= draw.step_worth - CLOSE:
            found.append(OPTIMISE)
        if served and gain < draw.step_worth + CLOSE:
            found.append(LEAVE)
        if not served and all(fast[name].value < even for name in SEGMENTS):
            found.append(STOP)
        if not served and gain < draw.step_worth + CLOSE and not found:
            found += [STOP, LEAVE, TEST]
        if spans:
            found.append(TEST)
        return tuple(dict.fromkeys(found))
