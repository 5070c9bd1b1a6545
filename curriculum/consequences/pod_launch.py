"""What happened next in `pod_launch`: six weeks in which the team acted on the number that it was given.

Replace it by a small simulation of your world, or delete the file if your lesson has none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.artifacts.pod_charter import PodCharter
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns
from curriculum.consequences import Better, Goal, Outcome, Result
from curriculum.consequences.late import came_out_late
from curriculum.roleplay.engine import State

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WEEKS = 6
START = dt.date(2026, 3, 2)
"""The Monday on which the line is read."""
END = START + dt.timedelta(weeks=WEEKS)


def consequence(case: Case, artifacts: Mapping[str, Any], conversation: State | None) -> Outcome | None:
    """Waiting times fall where the number shows a typical day, and stay where it does not."""
    line = artifacts.get("pod_charter")
    if not isinstance(line, PodCharter):
        return None
    fact = case.facts.get(line.evidence)
    acted = fact is not None and bool(fact.supports)
    weeks = np.arange(1, WEEKS + 1)
    wait = np.round(case.truth.typical * (0.9 ** (weeks - 1) if acted else np.ones(WEEKS)), 1)
    headline = (
        f"After six weeks customers wait {wait[-1]:g} minutes on a typical day"
        if acted
        else f"After six weeks customers still wait {wait[-1]:g} minutes on a typical day"
    )
    why = (
        "Kim saw what most days are like and moved two people to the busy hours."
        if acted
        else "Kim could not see from the line what most days are like, and changed nothing."
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.plot(weeks, wait, color="#0072B2", marker="o")
        axes.set(title=headline, xlabel="Week after the line was read", ylabel="Typical wait (minutes)", ylim=(0, None))

    return Outcome(
        headline=headline,
        sentences=(why,),
        table=frozen_columns(week=weeks, typical_wait=wait),
        results={"wait_after": Result(float(wait[-1]), "minutes of a typical wait after six weeks", Better.LESS)},
        goals=(Goal("A typical wait is shorter than before", bool(wait[-1] < case.truth.typical)),),
        alt=f"A line over six weeks: the typical wait goes from {wait[0]:g} to {wait[-1]:g} minutes.",
        draw=draw,
        late=came_out_late(case, conversation, END),
        until=END,
    )
