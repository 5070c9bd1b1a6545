"""The rubric of `feedback_loops` and what its criteria share."""

from __future__ import annotations

from curriculum.artifacts.kpi_tree import KpiTree
from curriculum.artifacts.review import Review
from curriculum.artifacts.trigger import Trigger
from graders.rubric import Rubric

rubric = Rubric(
    "feedback_loops",
    {"trigger": Trigger, "kpi_tree": KpiTree, "review": Review},
    conversations=("morning",),
)

TINY = 1e-9
RUNS = (
    "trigger.signal", "trigger.comparator", "trigger.segments", "trigger.split", "trigger.sides", "trigger.window",
    "trigger.min_sample", "trigger.threshold", "trigger.persistence", "trigger.cooldown", "trigger.pause",
    "trigger.outages",
)  # fmt: skip
"""What a trigger needs before it can be replayed."""
