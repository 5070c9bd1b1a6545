"""The rubric of `pod_in_flight` and what its criteria share."""

from __future__ import annotations

from curriculum.artifacts.champion import Champion
from curriculum.artifacts.pipeline import Pipeline
from curriculum.artifacts.retrospective import Retrospective
from graders.rubric import Rubric

rubric = Rubric(
    "pod_in_flight",
    {"champion": Champion, "pipeline": Pipeline, "retrospective": Retrospective},
    conversations=("quarter",),
)

TINY = 1e-9
