"""The figure of the four weeks after the war room: your plan beside doing nothing and the best plan known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Lines:
    """A run, one entry a day."""

    wronged: np.ndarray
    fraud: np.ndarray
    """Euros."""
    alerts: np.ndarray
    tickets: np.ndarray


def drawing(runs: Mapping[str, Lines], best: str, rule_until: int, capacity: int) -> Callable[[Figure], None]:
    """Draws four panels; `runs` has "yours", "nothing" and "best", `rule_until` is 0 where no rule is on."""
    panels: tuple[tuple[str, Callable[[Lines], np.ndarray]], ...] = (
        ("Good payments stopped a day", lambda run: run.wronged),
        ("Fraud lost, 1,000 euros a day", lambda run: run.fraud / 1000),
        ("Alerts to review a day", lambda run: run.alerts),
        ("Tickets about stops a day", lambda run: run.tickets),
    )
    lines = (("nothing", "doing nothing", GREY, "--"), ("best", best, ORANGE, ":"), ("yours", "your plan", PURPLE, "-"))

    def draw(figure: Figure) -> None:
        days = np.arange(1, len(runs["yours"].wronged) + 1)
        grid = figure.subplots(2, 2, sharex=True)
        for axes, (title, values) in zip(grid.ravel(), panels, strict=True):
            top = max(float(values(run).max()) for run in runs.values())
            for name, label, colour, style in lines:
                axes.plot(days, values(runs[name]), color=colour, linestyle=style, linewidth=2, label=label)
            axes.set_title(title, fontsize=9, loc="left")
            axes.set_ylim(0, 1.25 * max(top, 1.0))
            axes.spines[["top", "right"]].set_visible(False)
        first, alerts = grid[0, 0], grid[1, 0]
        figure.legend(*first.get_legend_handles_labels(), loc="outside upper left", ncols=3, frameon=False, fontsize=9)
        alerts.axhline(capacity, color=GREY, linewidth=1)
        alerts.set_ylim(0, 1.25 * max(capacity, float(runs["yours"].alerts.max())))
        alerts.annotate("the reviewers can take", (1, capacity), xytext=(0, 3), textcoords="offset points",
                        color=GREY, fontsize=8)  # fmt: skip
        if 1 < rule_until < len(days):
            first.axvline(rule_until + 0.5, color=GREY, linewidth=1, linestyle=":")
            first.annotate("rule expires", (rule_until + 0.5, 0.25 * first.get_ylim()[1]), xytext=(-3, 0),
                           textcoords="offset points", ha="right", color=GREY, fontsize=8)  # fmt: skip
        for axes in grid[1]:
            axes.set_xlabel("day after the war room", fontsize=9)

    return draw
