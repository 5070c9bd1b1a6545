"""The figure of the quarter: orders with and without the row, and the wait for it, week by week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from curriculum.cases import Case
from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE
from curriculum.consequences.outcome import Comparison

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Quarter:
    """The run, one entry a week."""

    weeks: np.ndarray
    share: np.ndarray
    """Share of visits that show the row, 0 to 1."""
    with_row: np.ndarray
    """Orders per 100 visits of those who see it; nan where nobody does."""
    without: np.ndarray
    """The same of those who do not see it; nan where everybody does."""
    wait: np.ndarray
    """Milliseconds, p95; 0 before the launch."""
    orders: Comparison
    """Those who saw the row against those who did not, in the weeks that had both."""


def draw(figure: Figure, case: Case, quarter: Quarter, launch: int, discovered: list[int]) -> None:
    """Orders above, the wait below; `launch` and `discovered` are weeks."""
    truth, weeks = case.truth, quarter.weeks
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[3, 2])
    lines = (("without the row", quarter.without, GREY), ("with the row", quarter.with_row, PURPLE))
    for label, values, colour in lines:
        above.plot(weeks, values, color=colour, marker="o", markersize=4)
        if seen := [int(week) for week, value in zip(weeks, values, strict=True) if np.isfinite(value)]:
            above.annotate(label, (seen[-1], values[seen[-1] - 1]), xytext=(6, 0), textcoords="offset points",
                           color=colour, fontsize=9, va="center")  # fmt: skip
    above.set_ylabel("orders per 100 visits")
    everything = np.concatenate([quarter.without, quarter.with_row])
    low, high = float(np.nanmin(everything)), float(np.nanmax(everything))
    room = max(high - low, 0.02)
    above.set_ylim(low - 0.4 * room, high + 0.45 * room)
    above.set_xlim(0.5, weeks[-1] + 3.5)
    marks = sorted([(truth.weeks_to_launch, "campaign", GREY), (launch, "launch", PURPLE)])
    for (week, label, colour), side in zip(marks, ("right", "left"), strict=True):
        if week <= weeks[-1]:
            above.axvline(week, color=colour, linestyle=":", linewidth=1.2)
            shift = 0.12 if side == "left" else -0.12
            above.text(week + shift, high + 0.3 * room, label, color=colour, fontsize=9, ha=side)
    late = [week for week in discovered if week <= weeks[-1]]
    if late:
        above.plot(late, [low - 0.25 * room] * len(late), linestyle="", marker="^", color=ORANGE)
        above.text(max(late) + 0.25, low - 0.25 * room, "discovered late", color=ORANGE, fontsize=9, va="center")
    below.plot(weeks, np.where(quarter.wait > 0, quarter.wait, np.nan), color=PURPLE, marker="o", markersize=4)
    below.axhline(truth.screen_budget_ms, color=ORANGE, linestyle="--", linewidth=1.2)
    below.text(1, truth.screen_budget_ms * 1.04, "what the screen can wait", color=ORANGE, fontsize=9)
    below.set_ylim(0, 1.3 * max(truth.screen_budget_ms, float(quarter.wait.max())))
    below.set_ylabel("wait, p95 (ms)")
    below.set_xlabel("week after the kick-off")
    below.set_xticks(weeks[1::2])
    for axes in (above, below):
        axes.spines[["top", "right"]].set_visible(False)
