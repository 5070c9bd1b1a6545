"""The figure of a loop: a year of problems and alarms by segment, and who stays with the new model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Ribbon:
    """A year by segment; days count from its first."""

    problems: tuple[tuple[int, int, int | None], ...]
    """Row, day on which it began, days until it was found."""
    false: tuple[tuple[int, int], ...]
    """Row (-1: all) and day of alarms for nothing."""
    releases: tuple[int, ...]
    names: tuple[str, ...]
    lasts: int
    """Days of a problem that nobody sees."""


def drawing(ribbon: Ribbon, changes: Mapping[str, float], given: tuple[str, ...]) -> Callable[[Figure], None]:
    """Draws the year above, and below how staying changes with v2 for those who get it and those who do not."""

    def draw(figure: Figure) -> None:
        above, below = figure.subplots(2, 1, height_ratios=[2, 1.3])
        rows = len(ribbon.names)
        for day in ribbon.releases:
            above.axvline(day, color=GREY, linewidth=0.8, linestyle=":")
        for row, day, delay in ribbon.problems:
            seen = ribbon.lasts if delay is None else min(delay, ribbon.lasts)
            above.barh(rows - 1 - row, seen, left=day, height=0.42, color=ORANGE)
            above.barh(rows - 1 - row, ribbon.lasts - seen, left=day + seen, height=0.42, color=ORANGE, alpha=0.25)
            if delay is not None:
                above.plot(day + delay, rows - 1 - row, marker="v", color=PURPLE, markersize=9)
        for row, day in ribbon.false:
            for line in range(rows) if row < 0 else (row,):
                above.plot(day, rows - 1 - line, marker="x", color=GREY, markersize=7)
        above.set_yticks(range(rows), list(ribbon.names)[::-1])
        above.set_ylim(-0.6, rows - 0.4)
        above.set_xlim(0, 364)
        above.set_xlabel(
            "day; orange: something is wrong; triangle: found; cross: an alarm for nothing; dotted: a release"
        )
        names = list(changes)[::-1]
        colours = [PURPLE if name in given else GREY for name in names]
        below.barh(list(ribbon.names)[::-1], [changes[name] for name in names], color=colours, height=0.5)
        below.axvline(0, color=GREY, linewidth=0.8)
        below.set_xlabel("points more or fewer who stay for eight weeks with v2; purple: they get it")

    return draw
