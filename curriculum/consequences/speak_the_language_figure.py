"""The figure of the weeks after 8 March: people who wait for an answer, and people brought back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STEP = 0.06
"""Labels at the right end keep this share of the height apart."""


@dataclass(frozen=True)
class Run:
    """The run, one entry a day."""

    waiting: np.ndarray
    """People who wait in the evening with the page's agents."""
    enough: np.ndarray
    """The same with enough agents."""
    none: np.ndarray
    """The same with no agent more."""
    gained: np.ndarray
    """People brought back since the repair works, added up."""
    best: np.ndarray
    """The same with the best repair."""
    lost: np.ndarray
    """People lost a day in shops with the repair."""
    others: np.ndarray
    """People lost a day in shops without it."""


def draw(figure: Figure, run: Run) -> None:
    """People who wait on the left, people brought back on the right."""
    left, right = figure.subplots(1, 2)
    days = np.arange(1, len(run.waiting) + 1)
    _lines(left, days, (("no agent more", run.none, GREY), ("enough agents", run.enough, ORANGE),
                        ("your agents", run.waiting, PURPLE)))  # fmt: skip
    left.set_ylabel("people who wait for an answer, in the evening")
    left.set_xlabel("day since 8 March")
    left.axvline(5, color=GREY, linestyle=":", linewidth=1)
    left.text(5.1, left.get_ylim()[1] * 0.97, "Friday", color=GREY, fontsize=9, va="top")
    days = np.arange(1, len(run.gained) + 1)
    _lines(right, days, (("the best repair", run.best, ORANGE), ("your repair", run.gained, PURPLE)))
    right.set_ylabel("people brought back, added up")
    right.set_xlabel("day since 15 March")


def _lines(axes: Axes, days: np.ndarray, lines: tuple[tuple[str, np.ndarray, str], ...]) -> None:
    """Lines with their names at the right end, moved apart where they would lie on each other."""
    highest = max(1.0, *(float(values.max()) for _, values, _ in lines))
    at = -1.0
    for label, values, colour in sorted(lines, key=lambda line: float(line[1][-1])):
        axes.plot(days, values, color=colour, marker="o", markersize=3)
        at = max(float(values[-1]), at + STEP * highest)
        axes.annotate(label, (days[-1], at), xytext=(6, 0), textcoords="offset points", color=colour, fontsize=9,
                      va="center", annotation_clip=False)  # fmt: skip
    axes.set_ylim(0, 1.15 * highest)
    axes.set_xlim(0.5, days[-1] * 1.42)
    axes.set_xticks(days[:: max(1, len(days) // 7)])
    axes.spines[["top", "right"]].set_visible(False)
