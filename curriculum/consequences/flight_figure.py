"""The figure of a quarter in flight: frauds caught by week, builds stopped and out, how long items take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE
from curriculum.consequences.flight_nights import Nights

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Quarter:
    """What is drawn."""

    caught: tuple[int, ...]
    """By week, by the live model."""
    before: tuple[int, ...]
    """By week, what the old one would have caught."""
    nights: Nights
    now: tuple[float, ...]
    """Days from start to done by item."""
    usual: tuple[float, ...]
    """The same without what is tried."""


def drawing(quarter: Quarter) -> Callable[[Figure], None]:
    """Draws three charts below one another."""

    def draw(figure: Figure) -> None:
        caught, builds, waits = figure.subplots(3, 1, height_ratios=[1.6, 0.9, 1.2])
        weeks = np.arange(1, len(quarter.caught) + 1)
        caught.plot(weeks, quarter.before, color=GREY, linewidth=1.4, linestyle="--")
        caught.plot(weeks, quarter.caught, color=PURPLE, linewidth=2)
        caught.set_ylim(0, 1.15 * max(*quarter.caught, *quarter.before, 1))
        caught.set_xlabel("week; purple: frauds caught by the live model; dashed: by the old one on the same frauds")
        nights = quarter.nights
        builds.barh(["good builds", "bad builds"], [nights.good_through, 100 - nights.bad_stopped],
                    color=[PURPLE, ORANGE], height=0.55)  # fmt: skip
        builds.set_xlim(0, 100)
        builds.set_xlabel("of 100, those that went out on nights that nobody had seen")
        for days, colour, style in ((quarter.usual, GREY, "--"), (quarter.now, PURPLE, "-")):
            waits.plot(np.sort(days), 100 * np.arange(1, len(days) + 1) / len(days), color=colour, linestyle=style)
        waits.axhline(85, color=GREY, linewidth=0.8, linestyle=":")
        waits.set_xlabel(
            "days from start to done; purple: with what is tried; dashed: without; dotted: 85 of 100 items"
        )
        waits.set_ylabel("of 100 items done")

    return draw
