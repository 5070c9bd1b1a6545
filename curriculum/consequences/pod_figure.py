"""The figure of a pod's half-year: loss beside its target, good payments stopped beside their limit, cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Marks = Sequence[tuple[int, str]]
"""Weeks, each with a few words."""
STAGES = ("Explore", "Label", "Build", "Review", "Release")
SHADES = ("#b5b1c6", ORANGE, PURPLE, "#06403a", GREY)
WEEK_DAYS = 5
LETTER = 0.26
"""Weeks that a letter of a mark is wide, a little generously."""


def drawing(
    weeks: Sequence[int],
    loss_pct: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    target_pct: float | None,
    by_week: int | None,
    stopped: Sequence[float],
    limit: float | None,
    reached: np.ndarray,
    signals: Marks,
    harms: Marks,
) -> Callable[[Figure], None]:
    """Draws loss in percent of the baseline, with its band and the promise; good payments stopped of 1,000; and the
    cards that have come to each stage, by day (stages + 1 × days). Signals and harms are marked above the loss."""

    def draw(figure: Figure) -> None:
        above, middle, below = figure.subplots(3, 1, height_ratios=[2.2, 1, 1.5], sharex=True)
        _loss(above, weeks, loss_pct, low, high, target_pct, by_week)
        _marked(above, signals, harms, float(np.max(high)))
        middle.plot(weeks, stopped, color=ORANGE)
        highest = float(np.max(stopped))
        if limit is not None:
            middle.axhline(limit, color=GREY, linestyle="--", linewidth=1)
            middle.annotate("the brake", (weeks[0], limit), xytext=(0, 3), textcoords="offset points", fontsize=8.5,
                            color=GREY)  # fmt: skip
            highest = max(highest, limit)
        middle.set_ylim(0, 1.25 * highest)
        middle.set_ylabel("good payments\nstopped, of 1,000")
        _cards(below, reached)
        below.set_xlabel("week of the pod")

    return draw


def _loss(axes: Axes, weeks: Sequence[int], loss: Sequence[float], low: Sequence[float], high: Sequence[float],
          target: float | None, by_week: int | None) -> None:  # fmt: skip
    axes.fill_between(weeks, low, high, color=PURPLE, alpha=0.18, linewidth=0)
    axes.plot(weeks, loss, color=PURPLE)
    if target is not None and by_week is not None:
        axes.plot([by_week, weeks[-1]], [100 - target] * 2, color=GREY, linestyle="--", linewidth=1)
        axes.plot(by_week, 100 - target, marker="D", color=GREY, markersize=6)
        axes.annotate("promised", (by_week, 100 - target), xytext=(6, 5), textcoords="offset points", fontsize=8.5,
                      color=GREY)  # fmt: skip
    axes.set_ylabel("loss, % of the baseline")


def _marked(axes: Axes, signals: Marks, harms: Marks, top: float) -> None:
    """Signals as triangles and harms as crosses above the loss, with their words."""
    room = max(0.0, 0.09 * top)
    for kind, colour, shape in ((signals, PURPLE, "v"), (harms, ORANGE, "X")):
        for week, _ in kind:
            axes.plot(week, top + room, marker=shape, color=colour, markersize=7, linestyle="", clip_on=False)
    words = sorted([*((week, text, PURPLE) for week, text in signals), *((week, text, ORANGE) for week, text in harms)])
    levels = heights([(week, text) for week, text, _ in words])
    for level, (week, text, colour) in zip(levels, words, strict=True):
        height = top + room * (2 + 1.2 * level)
        axes.text(week, height, text, fontsize=8, color=colour, ha="left" if week < 18 else "right")
    axes.set_ylim(0, top + room * (3.4 + 1.2 * max(levels) if words else 2))


def heights(words: Marks) -> list[int]:
    """At which height each word stands, from 0: as low as it can without touching another one."""
    taken: list[list[tuple[float, float]]] = []
    found = []
    for week, text in words:
        wide = LETTER * len(text)
        left, right = (week, week + wide) if week < 18 else (week - wide, week)
        level = next((number for number, row in enumerate(taken)
                      if all(right <= start or left >= end for start, end in row)), len(taken))  # fmt: skip
        if level == len(taken):
            taken.append([])
        taken[level].append((left, right))
        found.append(level)
    return found


def _cards(axes: Axes, reached: np.ndarray) -> None:
    days = np.arange(1, reached.shape[1] + 1) / WEEK_DAYS
    for stage, name in enumerate(STAGES):
        axes.fill_between(days, reached[stage + 1], reached[stage], color=SHADES[stage], label=name, linewidth=0)
    axes.set_ylabel("cards that came")
    axes.legend(loc="upper left", fontsize=7.5, ncols=2)
