"""The figure of a promise over time: what is kept in each region, and how wide the window is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from curriculum.consequences.figure_colours import GREY, ORANGE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STYLES = ("-", "--", ":", "-.")


@dataclass(frozen=True)
class Weeks:
    """A run, one entry a week."""

    weeks: np.ndarray
    kept: Mapping[str, np.ndarray]
    """By region: of 100; nan where nothing was promised."""
    width: np.ndarray
    """Minutes; nan where nothing was promised."""
    model_week: int
    """The week in which a model took over; 0 where none did."""
    limit: float
    """Minutes beyond which nobody plans with a window."""


def drawing(run: Weeks, names: Mapping[str, str], floor: float) -> Callable[[Figure], None]:
    """Draws what is kept above, with its floor, and the width below, with its limit."""

    def draw(figure: Figure) -> None:
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[3, 2])
        for (region, values), style in zip(run.kept.items(), STYLES, strict=True):
            above.plot(run.weeks, values, linestyle=style, label=names[region])
        above.axhline(floor, color=ORANGE, linewidth=1.2, linestyle="--")
        above.annotate("floor", (run.weeks[0], floor), xytext=(0, -11), textcoords="offset points", color=ORANGE,
                       fontsize=9)  # fmt: skip
        lowest = min((float(np.nanmin(v)) for v in run.kept.values() if np.isfinite(v).any()), default=0.0)
        above.set_ylim(max(0.0, min(lowest, floor) - 8), 104)
        above.set_xlim(0.5, run.weeks[-1] + 2.5)
        above.set_ylabel("kept, of 100")
        below.plot(run.weeks, run.width, marker="o", markersize=3)
        below.axhline(run.limit, color=ORANGE, linewidth=1.2, linestyle="--")
        below.text(1, run.limit + 1, "nobody plans with more", color=ORANGE, fontsize=9)
        widest = float(np.nanmax(run.width)) if np.isfinite(run.width).any() else run.limit
        below.set_ylim(0, 1.3 * max(run.limit, widest))
        below.set_ylabel("width (min)")
        below.set_xlabel("week after the launch that the contract names")
        if run.model_week:
            for axes in (above, below):
                axes.axvline(run.model_week, color=GREY, linewidth=1.2, linestyle=":")
            below.text(run.model_week + 0.3, 2, "a model takes over", color=GREY, fontsize=9)
        figure.legend(*above.get_legend_handles_labels(), loc="outside upper left", ncols=4, frameon=False, fontsize=9)

    return draw
