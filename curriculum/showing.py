"""Shows what happened next: the figure with its words, in a notebook and in a terminal."""

from __future__ import annotations

import base64
import html
import io
from functools import cached_property
from typing import TYPE_CHECKING

from curriculum.consequences import Outcome

if TYPE_CHECKING:
    import pandas as pd

WIDTH, HEIGHT = 9.0, 5.0
"""Inches of the figure."""


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

        figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained", facecolor="white")
        FigureCanvasAgg(figure)
        self.outcome.draw(figure)
        buffer = io.BytesIO()
        figure.savefig(buffer, dpi=110)
        return buffer.getvalue()

    def __repr__(self) -> str:
        return "\n".join([self.outcome.headline, "", *self.outcome.sentences, "", f"Figure: {self.outcome.alt}"])

    def _repr_html_(self) -> str:
        picture = base64.b64encode(self.png).decode()
        said = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in self.outcome.sentences)
        return (
            f"<p><strong>{html.escape(self.outcome.headline)}</strong></p>"
            f'<img src="data:image/png;base64,{picture}" alt="{html.escape(self.outcome.alt, quote=True)}" '
            f'style="max-width:100%;height:auto;border-radius:8px"/>'
            f"<ul>{said}</ul>"
        )
