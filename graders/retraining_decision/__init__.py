"""The rubric of `retraining_decision`: the money, who decides, the rollout that is run, the proposal."""

import graders.retraining_decision.daci
import graders.retraining_decision.inputs
import graders.retraining_decision.nets
import graders.retraining_decision.proposal
import graders.retraining_decision.replayed
import graders.retraining_decision.rollout  # noqa: F401
from graders.retraining_decision.base import rubric

__all__ = ["rubric"]
