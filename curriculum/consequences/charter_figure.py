"""The figure of a year run a hundred times: money so far, promises kept or not, and when the bet was ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

YEAR_ENDS = 12
KEPT = 75.0
"""Years of 100 from which a promise's dot is filled."""


@dataclass(frozen=True)
class Money:
    """A plan in its hundred years."""

    lines: np.ndarray
    """Money so far by year and month, € thousand: margin, less what promises and labels cost."""
    middle: np.ndarray
    """Its mean by month."""
    beside: np.ndarray
    """The mean of what it is compared with."""
    promises: tuple[tuple[str, int, float], ...]
    """Name, month and years of 100 in which it was kept."""
    ended: np.ndarray
    """By month of the year, in how many years the bet was ended."""


def drawing(money: Money) -> Callable[[Figure], None]:
    """Draws money above, and below it each promise at its month with the share of years in which it was kept."""

    def draw(figure: Figure) -> None:
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[4, 1.5])
        months = np.arange(1, money.lines.shape[1] + 1)
        above.plot(months, money.lines.T, color=PURPLE, alpha=0.12, linewidth=0.7)
        above.plot(months, money.middle, color=PURPLE, linewidth=2.2, label="this plan, on average")
        above.plot(months, money.beside, color=ORANGE, linestyle="--", label="stapled together, on average")
        above.axvline(YEAR_ENDS, color=GREY, linestyle=":", linewidth=1)
        above.set_ylabel("margin so far, less what promises\nand labels cost (€ thousand)")
        above.legend(loc="upper left", frameon=False, fontsize=9)
        below.bar(np.arange(1, YEAR_ENDS + 1), money.ended, color=GREY, alpha=0.5, width=0.6)
        for number, (name, month, share) in enumerate(sorted(money.promises, key=lambda each: each[1])):
            below.plot([month], [share], marker="o", color=PURPLE, fillstyle="full" if share >= KEPT else "none")
            below.annotate(f"{name}: {share:.0f}", (month, share), xytext=(5, 4 if number % 2 else -11),
                           textcoords="offset points", fontsize=8.5)  # fmt: skip
        below.set(ylim=(0, 125), ylabel="years of 100", xlabel="month; dots: promise kept, bars: bet ended")
        below.set_xticks(months)

    return draw
