"""A delivery pipeline as typed steps: gates in their order, run over builds, and as a file for a CI service."""

from curriculum.practice.gates.actions import Approval, actions
from curriculum.practice.gates.pipeline import Gate, Passed, best_minutes, mean_minutes, run

__all__ = ["Approval", "Gate", "Passed", "actions", "best_minutes", "mean_minutes", "run"]
