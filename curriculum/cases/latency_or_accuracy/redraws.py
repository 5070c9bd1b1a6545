"""A plan lived many times: what its rule would have launched on other luck, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import random
from curriculum.cases.latency_or_accuracy.choosing import SERVED, best_launch, true_value, within_limit
from curriculum.cases.latency_or_accuracy.draw import CLIENTS, SEGMENTS, SLUG, Draw
from curriculum.cases.latency_or_accuracy.entries import LIGHT
from curriculum.cases.latency_or_accuracy.experiment import MIXED_EFFECT, MIXED_SPREAD, Design
from curriculum.cases.latency_or_accuracy.unknowns import cause_of, left_out_for
from curriculum.support.experiments import Z95
from curriculum.support.worlds import kept_for_worlds

LIVES = 200
UNDECIDED_GOES = frozenset({"trading_decides", "take_the_trend"})
"""What launches the arm that is ahead where the rule says nothing."""


@dataclass(frozen=True)
class Lives:
    """Many runs of one plan and its rule."""

    launched: np.ndarray
    """By life: the position in SERVED of what was launched."""
    regret: np.ndarray
    """By life: % of all orders short of the best launch."""
    errors: tuple[float, ...]
    """By segment: the standard error of the net effect, in % of orders."""
    undecided: np.ndarray
    """By life: whether in some segment the interval held both zero and more than the effect worth having."""

    @property
    def mean(self) -> float:
        return float(self.regret.mean())


@kept_for_worlds(maxsize=256)
def lives(
    seed: int, draw: Draw, design: Design, above: float, bound: str, worth: float, undecided: str, first_days: int = 0
) -> Lives:
    """What a plan does in `LIVES` redraws, with counts put right; raises ValueError without a light or complex arm."""
    light = sum(arm.share for arm in design.arms if arm.variant == LIGHT)
    if not light or not design.complex_share:
        raise ValueError("a plan without a light and a complex arm launches nothing")
    luck = random(SLUG, seed, "lives").standard_normal((LIVES, len(SEGMENTS)))
    ms = draw.delay(design.complex_share)
    net, error = np.empty(len(SEGMENTS)), np.empty(len(SEGMENTS))
    for number, name in enumerate(SEGMENTS):
        effect = draw.net(name, ms) + _newness(draw, design, first_days)
        net[number] = effect * (MIXED_EFFECT if design.by_visit else 1.0)
        error[number] = standard_error(draw, design, name, light, first_days)
    found = net + luck * error
    sure = found - Z95 * error > {"low_above_zero": 0.0, "low_above_worth": worth}.get(bound, -np.inf)
    passing = (found > above) & sure
    open_ = ~passing & (found + Z95 * error > max(worth, 0.0))
    if undecided in UNDECIDED_GOES:
        passing |= open_ & (found > 0)
    share = np.array([draw.order_share[name] for name in SEGMENTS])
    gains = np.full((LIVES, len(SERVED)), -np.inf)
    for position, served in enumerate(SERVED):
        if within_limit(draw, served):
            chosen = np.array([name in served for name in SEGMENTS])
            allowed = (passing | ~chosen).all(axis=1)
            gains[:, position] = np.where(allowed, ((found - draw.break_even) * share * chosen).sum(axis=1), -np.inf)
    gains[:, 0] = 0.0
    launched = gains.argmax(axis=1)
    worth_of = np.array([true_value(draw, served) for served in SERVED])
    regret = true_value(draw, best_launch(draw)) - worth_of[launched]
    return Lives(launched, regret, tuple(float(one) for one in error), np.asarray(open_.any(axis=1)))


def standard_error(draw: Draw, design: Design, segment: str, light: float, first_days: int = 0) -> float:
    """Of the net effect in a segment, in % of orders."""
    out = left_out_for(cause_of(draw, design))
    part = sum(
        share
        for client, (name, share) in CLIENTS.items()
        if name == segment and client not in out and not (design.at_block and client == "no_script")
    )
    days = max(1, 7 * design.weeks - first_days)
    people = draw.visitors * (draw.phone_share if segment == "phone" else 1 - draw.phone_share) * part * days / 7
    rate, spread = draw.rate[segment], 1.0
    if design.by_visit:
        people, rate, spread = people * draw.visits, rate / draw.visits, MIXED_SPREAD
    arms = 1 / light + 1 / design.complex_share
    return float(100 * np.sqrt(spread * (1 - rate) / rate / people * arms))


def _newness(draw: Draw, design: Design, first_days: int) -> float:
    """What newness adds on the mean of the days that are read, in % of orders."""
    if not draw.fade_days:
        return 0.0
    days = np.arange(first_days, 7 * design.weeks)
    return float(draw.newness * draw.returning * np.exp(-3 * days / draw.fade_days).mean()) if len(days) else 0.0
