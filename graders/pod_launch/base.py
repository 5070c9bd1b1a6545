"""The rubric of `pod_launch` and what its criteria share."""

from __future__ import annotations

from curriculum.artifacts.backlog import Backlog
from curriculum.artifacts.pod_charter import PodCharter
from curriculum.artifacts.premortem import Premortem
from graders.rubric import Rubric

rubric = Rubric(
    "pod_launch",
    {"pod_charter": PodCharter, "backlog": Backlog, "premortem": Premortem},
    conversations=("desks",),
)

TINY = 1e-9
LIMITS = tuple(f"backlog.limit_{stage}" for stage in ("explore", "label", "build", "review", "release"))
ROUND = ("round_edda_first", "round_junior_first", "round_open")
"""Choices that open the round."""
IN_POD = ("tove", "arjun", "esi", "beatriz", "conrad", "rhona")


def whole(value: float | None) -> int | None:
    """A week as people write it; None where it is none."""
    return None if value is None or abs(value - round(value)) > 0.01 else round(value)
