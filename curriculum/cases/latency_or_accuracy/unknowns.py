"""What is wrong with the counts of a plan, and what its data cannot say."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.cases.latency_or_accuracy.draw import BEACON, CRAWLER, SEGMENTS, Draw
from curriculum.cases.latency_or_accuracy.entries import COMPLEX, SLOWED
from curriculum.cases.latency_or_accuracy.experiment import Design, Parts

NEAR = 0.15
"""% of orders within which the end of an interval may be taken for either side of the effect worth having."""
AFTER_NEWNESS = 14
"""Days that must be left once newness is gone."""
OPEN_TO = {"late_beacon": "old_app", "crawlers": "no_script"}
"""By cause: the client in which it is."""


def cause_of(draw: Draw, design: Design) -> str:
    """What is wrong with the split under this plan; `none` where the log that it counts by is good."""
    slow = any(arm.variant in (COMPLEX, SLOWED) for arm in design.arms)
    if draw.trouble == BEACON and design.at_block and slow:
        return "late_beacon"
    there = any(arm.variant == draw.crawler_arm for arm in design.arms)
    if draw.trouble == CRAWLER and not design.at_block and there:
        return "crawlers"
    return "none"


def left_out_for(cause: str) -> tuple[str, ...]:
    """The clients to leave out of all arms."""
    return (OPEN_TO[cause],) if cause in OPEN_TO else ()


def unknown(draw: Draw, design: Design, parts: Mapping[str, Parts] | None, after: int) -> tuple[set[str], set[str]]:
    """Which questions stay open, surely, and which may be called so or not."""
    surely, perhaps = {"peak"}, set[str]()
    if parts is None or any(part.model is None for part in parts.values()):
        surely.add("parts")
    for name in SEGMENTS:
        if parts is None:
            surely.add(f"net_{name}")
            continue
        net, even = parts[name].net, draw.break_even
        if net.low < even < net.high:
            surely.add(f"net_{name}")
        if min(abs(net.low - even), abs(net.high - even)) < NEAR:
            perhaps.add(f"net_{name}")
    gone = max(after, draw.fade_days)
    if draw.fade_days and 7 * design.weeks - gone < AFTER_NEWNESS:
        surely.add("newness")
    elif draw.fade_days and after < draw.fade_days:
        perhaps.add("newness")
    return surely - perhaps, perhaps
