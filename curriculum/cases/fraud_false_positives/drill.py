"""Exit criteria applied to the weekly review of an earlier incident, week by week."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np


def exit_week(
    drill: Mapping[str, Any],
    ratios: Mapping[str, float],
    in_a_row: int,
    *,
    without_fallback: bool,
    actions_closed: bool,
) -> int | None:
    """The first week in which the criteria hold, or None.

    `ratios` is the highest allowed multiple of the usual level for each measure of the table; a week is good when
    all measures keep to it and, if asked, no fallback was on. `in_a_row` good weeks are needed; if asked, no
    action may be open in the last of them.
    """
    weeks = np.asarray(drill["week"])
    good = np.ones(len(weeks), dtype=bool)
    for metric, ratio in ratios.items():
        good &= np.asarray(drill[metric], dtype=float) <= ratio + 1e-9
    if without_fallback:
        good &= ~np.asarray(drill["fallback_on"], dtype=bool)
    open_actions = np.asarray(drill["open_actions"])
    run = 0
    for week, is_good, open_now in zip(weeks, good, open_actions, strict=True):
        run = run + 1 if is_good else 0
        if run >= in_a_row and not (actions_closed and open_now):
            return int(week)
    return None
