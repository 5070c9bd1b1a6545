"""A graph that runs from left to right in layers: what leads to what, how sure that is, and for whom."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curriculum.notebook.desks.pictures import BLUE, GREY, ORANGE, PALE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAPER = "#ffffff"
LETTERS = 13
"""In a line of a node's label."""
A_LETTER, EDGE = 0.017, 0.06
"""What half a letter and the edge of a box take, of the way between two layers."""
OVER = 1.1
"""Where an arrow runs that passes several layers: above them all."""
SPREAD = 0.06
"""How far arrows lie apart that use the same gap."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Arrow:
    """What leads to what."""

    start: str
    end: str
    notes: tuple[str, ...] = ()
    """Lines that stand beside it."""
    sure: bool = False
    """Drawn through; what is not sure is dashed."""
    warns: bool = False
    """Whether something in it deserves a second look."""


def draw_layers(
    figure: Figure,
    layers: Sequence[Sequence[str]],
    labels: Mapping[str, str],
    heads: Sequence[str],
    arrows: Sequence[Arrow],
) -> None:
    """Draw nodes in layers with the name of each over it, and the arrows between nodes that there are."""
    axes = figure.subplots()
    where = places(layers)
    said = {name: "\n".join(textwrap.wrap(labels.get(name, name), LETTERS)) for name in where}
    axes.set(xlim=(-0.5, len(layers) - 0.5), ylim=(-0.12, 1.3))
    axes.axis("off")
    for column, head in enumerate(heads):
        axes.text(column, 1.26, head, ha="center", va="center", color=GREY, fontsize=9.5)
    used: Counter[tuple[int, float]] = Counter()
    for arrow in arrows:
        if arrow.start in where and arrow.end in where:
            start, end = where[arrow.start], where[arrow.end]
            through = _through(start, end, layers, used)
            _draw(axes, arrow, (start[0] + _half(said[arrow.start]), start[1]), through,
                  (end[0] - _half(said[arrow.end]), end[1]))  # fmt: skip
    for name, (across, up) in where.items():
        axes.text(
            across, up, said[name], ha="center", va="center", fontsize=10, zorder=4,
            bbox={"boxstyle": "round,pad=0.4", "facecolor": PAPER, "edgecolor": BLUE, "linewidth": 1.3},
        )  # fmt: skip


def places(layers: Sequence[Sequence[str]]) -> dict[str, Point]:
    """Where each node stands: its layer across, and evenly spread from 0 to 1 up; the first of a layer is on top."""
    return {
        name: (float(column), 1 - (row + 0.5) / len(layer))
        for column, layer in enumerate(layers)
        for row, name in enumerate(layer)
    }


def _through(start: Point, end: Point, layers: Sequence[Sequence[str]], used: Counter[tuple[int, float]]) -> Point:
    """The middle of an arrow: straight to the next layer, through a gap of the one that it passes, or over all."""
    middle, line = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    span = abs(end[0] - start[0])
    if span == 1 or (span == 2 and not layers[int(middle)]):
        return middle, line
    if span == 2:
        count = len(layers[int(middle)])
        up = min((row / count for row in range(count + 1)), key=lambda gap: (abs(gap - line), gap))
    else:
        up = OVER if span else line - 0.15
    used[int(middle), up] += 1
    return middle, up - SPREAD * (used[int(middle), up] - 1)


def _draw(axes: Axes, arrow: Arrow, start: Point, through: Point, end: Point) -> None:
    """A curve through a point, with an arrow's head at its end and its notes where they are in nobody's way."""
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    bend = (2 * through[0] - (start[0] + end[0]) / 2, 2 * through[1] - (start[1] + end[1]) / 2)
    colour = ORANGE if arrow.warns else BLUE if arrow.sure else GREY
    axes.add_patch(
        FancyArrowPatch(
            path=Path([start, bend, end], [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
            arrowstyle="-|>",
            mutation_scale=13,
            color=colour,
            linewidth=1.8 if arrow.sure else 1.2,
            linestyle="-" if arrow.sure else (0, (4, 3)),
            zorder=2,
            fill=False,
        )
    )
    if arrow.notes:
        span = end[0] - start[0]
        at = 0.5 if span > 2 or span < 1 else 0.72 if span > 1 else 0.5
        spot = [(1 - at) ** 2 * a + 2 * at * (1 - at) * b + at**2 * c for a, b, c in zip(start, bend, end, strict=True)]
        axes.text(
            spot[0], spot[1], "\n".join(arrow.notes), ha="center", va="center", fontsize=8.5, color=colour, zorder=3,
            bbox={"boxstyle": "round,pad=0.2", "facecolor": PAPER, "edgecolor": PALE, "linewidth": 0.6},
        )  # fmt: skip


def _half(label: str) -> float:
    """Half of a box's width, of the way between two layers."""
    return A_LETTER * max(map(len, label.split("\n"))) + EDGE
