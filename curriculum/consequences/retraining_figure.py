"""The figure of futures: how the money of each plan spreads, and in how many of them a night goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS, STYLES = (PURPLE, GREY, ORANGE), ("-", ":", "--")


@dataclass(frozen=True)
class Futures:
    """What one plan brings in many futures."""

    name: str
    money: np.ndarray
    """€, one a future."""
    wrong: int
    """In how many of them a night goes wrong."""


def drawing(*plans: Futures) -> Callable[[Figure], None]:
    """Draws for each plan, above, how many futures bring at most so much, and below the bad nights."""

    def draw(figure: Figure) -> None:
        above, below = figure.subplots(2, 1, height_ratios=[3, 1.4])
        for plan, colour, style in zip(plans, COLOURS, STYLES, strict=False):
            money = np.sort(plan.money) / 1000
            above.step(money, np.arange(1, len(money) + 1), where="post", color=colour, linestyle=style,
                       label=plan.name)  # fmt: skip
        above.set_xlabel("thousand € over the half-year")
        above.set_ylabel("futures with at most so much")
        names = [plan.name for plan in plans][::-1]
        below.barh(names, [plan.wrong for plan in plans][::-1], color=list(COLOURS[: len(plans)])[::-1], height=0.6)
        for row, plan in enumerate(plans[::-1]):
            below.text(plan.wrong + 2, row, f"{plan.wrong}", va="center", fontsize=9)
        below.set_xlim(0, len(plans[0].money) * 1.06)
        below.set_xlabel(f"of {len(plans[0].money)} futures, those with a night that goes wrong")
        figure.legend(*above.get_legend_handles_labels(), loc="outside upper left", ncols=3, frameon=False, fontsize=9)

    return draw
