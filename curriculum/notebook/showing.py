"""Shows what happened next: the figure with its words, in a notebook and in a terminal."""

from __future__ import annotations

import base64
from functools import cached_property
from typing import TYPE_CHECKING

from curriculum.consequences import Outcome
from curriculum.pages.figures import drawn
from curriculum.pages.page import designed
from curriculum.support.dates import day_month

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
    def svg(self) -> str:
        """The figure in the house style, for both themes."""
        return drawn(self.outcome.draw, WIDTH, HEIGHT)

    def __repr__(self) -> str:
        outcome = self.outcome
        goals = [f"{'Held' if goal.met else 'Did not hold'}: {goal.sentence}." for goal in outcome.goals]
        late = ["", *(late.sentence for late in outcome.late)] if outcome.late else []
        parts = [outcome.headline, "", *goals, "", *outcome.sentences, *late, "", f"Figure: {outcome.alt}"]
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        return designed(
            "outcome.html",
            headline=self.outcome.headline,
            picture=base64.b64encode(self.svg.encode()).decode(),
            alt=self.outcome.alt,
            goals=self.outcome.goals,
            sentences=self.outcome.sentences,
            late=[
                (day_month(late.on), f"{late.how[0].upper()}{late.how[1:]}.", late.known) for late in self.outcome.late
            ],
        )
