"""When an alarm rings: beyond its limit, for so many days running, not while it is paused or has just rung."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BOTH, RISES, FALLS = "both", "rises", "falls"


@dataclass(frozen=True)
class Rule:
    """An alarm on how far something is off."""

    limit: float
    """Percent."""
    running: int
    """So many days one after the other."""
    cooldown: int
    """Days in which it does not ring again."""
    sides: str = BOTH


def rings(off: np.ndarray, rule: Rule, paused: np.ndarray | None = None) -> tuple[int, ...]:
    """The days on which an alarm rings; `off` is in percent by day, `paused` says on which days nobody listens.

    Days that cannot be judged begin the count of days running anew.
    """
    with np.errstate(invalid="ignore"):
        beyond = {BOTH: np.abs(off) > rule.limit, RISES: off > rule.limit, FALLS: off < -rule.limit}.get(
            rule.sides, np.zeros(len(off), bool)
        )
    found, count, free = [], 0, 0
    for day in np.flatnonzero(beyond):
        count = count + 1 if day and beyond[day - 1] else 1
        listens = paused is None or not paused[day]
        if count >= max(1, rule.running) and listens and day >= free:
            found.append(int(day))
            free = int(day) + max(1, rule.cooldown)
    return tuple(found)
