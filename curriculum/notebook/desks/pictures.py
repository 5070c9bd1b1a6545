"""A picture whose title is its finding: a figure in the house style, and the same in words."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from curriculum.pages.figures import drawn, figure_html

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BLUE, ORANGE, GREEN, PALE, GREY = "#4a3fd1", "#e0660a", "#06403a", "#b5b1c6", "#57546a"
"""The first colours of the style's cycle, one for what is beside the point, and one for remarks."""

LETTERS_AN_INCH = 10.5
"""Of a title in the house style, bold."""


@dataclass(frozen=True)
class Picture:
    """What a notebook shows as a figure with its words, and a terminal as words."""

    finding: str
    """The title: what one sees, in a short sentence."""
    words: str
    """All that is drawn, for those who do not see it."""
    draw: Callable[[Figure], None]
    width: float = 8.0
    height: float = 3.4
    """In inches."""

    @cached_property
    def svg(self) -> str:
        """The figure for both themes, with its title."""

        def with_title(figure: Figure) -> None:
            self.draw(figure)
            head = "\n".join(textwrap.wrap(self.finding, round(self.width * LETTERS_AN_INCH)))
            figure.suptitle(head, x=0.01, ha="left", fontsize=11.5, fontweight="bold")

        return drawn(with_title, self.width, self.height)

    def __repr__(self) -> str:
        return f"{self.finding}\n{self.words}"

    def _repr_html_(self) -> str:
        said = f"{self.finding} {self.words}"
        words = f"<details><summary>The same in words</summary><p>{html.escape(said)}</p></details>"
        return figure_html(self.svg, said) + words
