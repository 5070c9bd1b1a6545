"""The rubric of `latency_or_accuracy`: the plan that is run, what its data say, what follows from them."""

import graders.latency_or_accuracy.analysis
import graders.latency_or_accuracy.decision
import graders.latency_or_accuracy.plan
import graders.latency_or_accuracy.rule  # noqa: F401
from graders.latency_or_accuracy.base import rubric

__all__ = ["rubric"]
