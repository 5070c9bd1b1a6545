"""What being late costs: one pure function, for `cohort grade` and for nbgrader's own autograde alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

DAY = 86_400.0


@dataclass(frozen=True)
class LatePolicy:
    """`none`: being late is shown and costs nothing. `zero`: everything. `daily`: a share of the score for
    every day begun."""

    method: Literal["none", "zero", "daily"] = "none"
    share: float = 0.1
    """With `daily`: the share of the score that each day costs, 0 to 1."""
    at_most: float = 0.5
    """With `daily`: the largest share that is ever taken off."""
    grace_minutes: float = 0.0
    """Up to so many minutes late is on time."""

    def penalty(self, score: float, seconds_late: float) -> float | None:
        """Points to take off a score, between 0 and the score; None where nothing is taken off."""
        if seconds_late <= self.grace_minutes * 60 or self.method == "none":
            return None
        if self.method == "zero":
            return score
        share = min(self.share * math.ceil(seconds_late / DAY), self.at_most, 1.0)
        return score * share
