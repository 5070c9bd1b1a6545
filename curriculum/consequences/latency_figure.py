"""The figure of two quarters after a test: margin week by week beside its alternatives, and the page in its busiest
hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class HalfYear:
    """A run, one entry a week."""

    weeks: np.ndarray
    margin: np.ndarray
    """Thousand euros a week after machines, against light everywhere."""
    everybody: np.ndarray
    """The same with the complex model on both devices from the end of the test on."""
    p95: np.ndarray
    """Milliseconds in the busiest hour."""
    limit: float
    decided: int
    """The week in which the test was over."""
    fast: int
    """The week from which the complex model is fast; 0 where it stays as it is."""


def drawing(run: HalfYear) -> Callable[[Figure], None]:
    """Draws the sum of the margin above, and the page below, with its limit."""

    def draw(figure: Figure) -> None:
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[3, 2])
        above.plot(run.weeks, np.cumsum(run.margin), color=PURPLE, linewidth=2.2, label="your decision")
        above.plot(
            run.weeks, np.cumsum(run.everybody), color=ORANGE, linestyle="--", label="complex for everybody, if kept"
        )
        above.axhline(0, color=GREY, linewidth=1.2, linestyle=":", label="light for everybody")
        above.set_ylabel("sum (thousand euros)")
        below.plot(run.weeks, run.p95, color=PURPLE, linewidth=1.8)
        below.axhline(run.limit, color=ORANGE, linewidth=1.2, linestyle="--")
        below.text(run.weeks[0], run.limit * 1.03, "limit of the page", color=ORANGE, fontsize=9)
        below.set_ylim(0, 1.25 * max(run.limit, float(run.p95.max())))
        below.set_ylabel("p95 (ms)")
        below.set_xlabel("week from today")
        for axes in (above, below):
            axes.axvline(run.decided + 0.5, color=GREY, linewidth=1.0, linestyle=":")
            if run.fast:
                axes.axvline(run.fast, color=GREY, linewidth=1.2, linestyle="-.")
        if run.fast:
            below.text(run.fast + 0.3, 10, "made fast", color=GREY, fontsize=9)
        figure.legend(*above.get_legend_handles_labels(), loc="outside upper left", ncols=3, frameon=False, fontsize=9)

    return draw
