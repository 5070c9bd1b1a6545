"""The figure of messages over weeks: what came beside what was promised, and who waited, was told, and told wrongly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Segment:
    """People of one segment."""

    waited: int
    """Whose thing did not come, and whom nobody told."""
    told: int
    """Whose thing did not come, and who were told."""
    wrong: int
    """Whose thing came, and who were told that it might not."""


@dataclass(frozen=True)
class Months:
    """A run, one entry a week."""

    weeks: np.ndarray
    came: np.ndarray
    """€, summed up."""
    promised: float
    """€ for all weeks."""
    segments: Mapping[str, Segment]
    """By name."""


def drawing(run: Months) -> Callable[[Figure], None]:
    """Draws money on the left and people on the right."""

    def draw(figure: Figure) -> None:
        money, people = figure.subplots(1, 2, width_ratios=[3, 2])
        line = run.promised * run.weeks / run.weeks[-1] / 1000
        money.plot(run.weeks, line, color=GREY, linestyle="--")
        money.plot(run.weeks, run.came / 1000, color=PURPLE, marker="o", markersize=3)
        money.axhline(0.0, color=GREY, linewidth=0.8)
        ends = {"promised": (line[-1], GREY), "came": (run.came[-1] / 1000, PURPLE)}
        apart = abs(line[-1] - run.came[-1] / 1000) > 0.08 * max(1.0, np.abs([*line, *run.came / 1000]).max())
        for number, (name, (value, colour)) in enumerate(ends.items()):
            above = value >= min(end for end, _ in ends.values()) and not apart and number == 0
            place = "bottom" if above else "center" if apart else "top"
            money.text(run.weeks[-1] + 0.2, value, name, color=colour, fontsize=9, va=place)
        money.set_xlim(0.7, run.weeks[-1] + 2.2)
        money.set_xlabel("week after the start")
        money.set_ylabel("thousand €, summed up")
        kinds = {"waited, told nothing": ORANGE, "told rightly": PURPLE, "told, and it came": GREY}
        for number, (name, colour) in enumerate(kinds.items()):
            heights = [(part.waited, part.told, part.wrong)[number] / 1000 for part in run.segments.values()]
            people.bar(np.arange(len(heights)) + 0.27 * (number - 1), heights, 0.25, color=colour, label=name)
        people.set_xticks(range(len(run.segments)), list(run.segments))
        people.set_ylabel("thousand people")
        people.grid(axis="x", visible=False)
        figure.legend(
            *people.get_legend_handles_labels(), loc="outside upper right", ncols=3, frameon=False, fontsize=9
        )

    return draw
