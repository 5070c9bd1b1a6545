"""What happened next: the world run forward on what was written, one module a lesson."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from curriculum.artifacts.base import Artifact
from curriculum.cases import Case
from curriculum.consequences.late import Late
from curriculum.consequences.outcome import BestKnown, Better, Change, Comparison, Goal, Outcome, Result
from curriculum.roleplay.engine import State

__all__ = ["BestKnown", "Better", "Change", "Comparison", "Goal", "Late", "Outcome", "Result", "run"]


def run(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """Run the lesson's world forward; None where the lesson has no consequence or the artifacts do not suffice.

    A lesson's module `curriculum.consequences.<slug>` has `consequence(case, artifacts, conversation)`; the same
    arguments give the same outcome.
    """
    try:
        module = import_module(f"curriculum.consequences.{case.slug}")
    except ModuleNotFoundError as error:
        if error.name != f"curriculum.consequences.{case.slug}":
            raise
        return None
    outcome: Outcome | None = module.consequence(case, artifacts, conversation)
    return outcome
