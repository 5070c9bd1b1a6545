"""The figure of the quarter: what the plan has brought week by week beside the memo's, and what became of vouchers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Vouchers:
    """What became of the vouchers of a quarter, in people."""

    changed: float
    """Who ordered because of it; below zero where it drove people away."""
    anyway: float
    """Who used it and would have ordered without."""


@dataclass(frozen=True)
class Quarter:
    """The run, one entry a week, in euros that have come together since the start, after the price of the weeks."""

    weeks: np.ndarray
    plan: np.ndarray
    memo: np.ndarray
    done: tuple[tuple[int, str], ...]
    """The week after which each step works, with its label."""
    own: Vouchers
    theirs: Vouchers


def draw(figure: Figure, quarter: Quarter) -> None:
    """The money above, the vouchers below."""
    above, below = figure.subplots(2, 1, height_ratios=[3, 1.4])
    thousand = 1_000.0
    for label, values, colour in (("your plan", quarter.plan, PURPLE), ("the memo's plan", quarter.memo, ORANGE)):
        above.plot(quarter.weeks, values / thousand, color=colour, marker="o", markersize=4)
        above.annotate(label, (quarter.weeks[-1], values[-1] / thousand), xytext=(6, 0), textcoords="offset points",
                       color=colour, fontsize=9, va="center")  # fmt: skip
    above.axhline(0, color=GREY, linewidth=1)
    above.set_xlim(0.5, quarter.weeks[-1] + 3.5)
    low, high = above.get_ylim()
    for week, label in quarter.done:
        above.axvline(week + 0.5, color=GREY, linestyle=":", linewidth=1)
        above.text(week + 0.6, high, label, color=GREY, fontsize=8, rotation=90, va="top")
    above.set_ylim(low, high)
    above.set_ylabel("thousand € since the start")
    above.set_xlabel("week of the quarter")
    above.set_xticks(quarter.weeks[::2])
    _vouchers(below, quarter)
    for axes in (above, below):
        axes.spines[["top", "right"]].set_visible(False)


def _vouchers(axes: Axes, quarter: Quarter) -> None:
    """Two bars of people: changed by a voucher, and who would have ordered anyway."""
    rows = (("the memo's plan", quarter.theirs), ("your plan", quarter.own))
    for place, (_, vouchers) in enumerate(rows):
        changed = max(vouchers.changed, 0.0)
        axes.barh(place, changed, color=PURPLE, height=0.55)
        axes.barh(place, vouchers.anyway, left=changed, color=ORANGE, height=0.55)
    most = max(max(one.changed, 0.0) + one.anyway for _, one in rows)
    for place, (_, vouchers) in enumerate(rows):
        if vouchers.anyway <= 0:
            axes.text(0.01 * max(most, 1.0), place, "no vouchers", color=GREY, fontsize=9, va="center")
    axes.set_yticks(range(len(rows)), [label for label, _ in rows])
    axes.set_xlim(0, 1.25 * max(most, 1.0))
    axes.set_xlabel("people who used a voucher: changed by it (left), would have ordered anyway (right)")
