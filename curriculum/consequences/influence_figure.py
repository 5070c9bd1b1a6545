"""The figure of a year: € added up by month beside a control, and Pip's page today and a month later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Cohorts:
    """€ added up by month."""

    yours: np.ndarray
    riskiest: np.ndarray


def drawing(
    money: Cohorts, names: Sequence[str], before: Sequence[bool], after: Sequence[bool]
) -> Callable[[Figure], None]:
    """Draws the money above and, below, which fields of the page are right today and a month later."""

    def draw(figure: Figure) -> None:
        above, below = figure.subplots(2, 1, height_ratios=(3, 2))
        months = np.arange(1, len(money.yours) + 1)
        above.plot(months, money.yours / 1000, color=PURPLE, label="as proposed")
        above.plot(months, money.riskiest / 1000, color=ORANGE, linestyle="--", label="discount for the riskiest third")
        above.axhline(0, color=GREY, linestyle=":", label="nothing")
        above.set_xlabel("month")
        above.set_ylabel("€ so far (thousand)")
        above.set_xticks(months)
        above.legend(frameon=False)
        for row, right in enumerate((before, after)):
            for column, good in enumerate(right):
                colour = PURPLE if good else ORANGE
                below.text(column, row, "right" if good else "wrong", color=colour, ha="center", va="center")
        below.set_xlim(-0.6, len(names) - 0.4)
        below.set_ylim(1.5, -0.5)
        below.set_yticks([0, 1], ["today", "next page"])
        below.set_xticks(range(len(names)), [name.replace(" ", "\n", 1) for name in names], fontsize=8)
        below.set_xlabel("field of Pip's page")

    return draw
