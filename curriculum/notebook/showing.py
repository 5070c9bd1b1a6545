"""Shows what happened next: the figure with its words, in a notebook and in a terminal."""

from __future__ import annotations

import base64
import io
from functools import cached_property
from typing import TYPE_CHECKING

from curriculum.consequences import Outcome
from curriculum.pages.page import designed

if TYPE_CHECKING:
    import pandas as pd

WIDTH, HEIGHT = 9.0, 5.0
"""Inches of the figure."""

SHARPNESS = 150
"""Dots an inch, for screens that show more than one dot a point."""


class Run:
    """An outcome as a notebook shows it: headline, figure with its text alternative, and what happened."""

    def __init__(self, outcome: Outcome):
        self.outcome = outcome

    @property
    def table(self) -> pd.DataFrame:
        """The run as a table, one row a step."""
        import pandas as pd

        return pd.DataFrame({name: values.copy() for name, values in self.outcome.table.items()})

    @property
    def numbers(self) -> dict[str, float]:
        """The results by name."""
        return dict(self.outcome.numbers)

    @cached_property
    def png(self) -> bytes:
        """The figure as PNG, drawn without touching the notebook's own figures."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(WIDTH, HEIGHT), dpi=SHARPNESS, layout="constrained", facecolor="white")
        canvas = FigureCanvasAgg(figure)
        self.outcome.draw(figure)
        buffer = io.BytesIO()
        canvas.print_png(buffer)  # not `savefig`, which would draw twice
        return buffer.getvalue()

    def __repr__(self) -> str:
        return "\n".join([self.outcome.headline, "", *self.outcome.sentences, "", f"Figure: {self.outcome.alt}"])

    def _repr_html_(self) -> str:
        return designed(
            "outcome.html",
            headline=self.outcome.headline,
            picture=base64.b64encode(self.png).decode(),
            alt=self.outcome.alt,
            width=round(WIDTH * 96),
            sentences=self.outcome.sentences,
        )
