"""The rubric of `conflicting_priorities`: the promise that is run, the plan around it, what comes after, the RACI."""

import graders.conflicting_priorities.evidence
import graders.conflicting_priorities.first_phase
import graders.conflicting_priorities.promise
import graders.conflicting_priorities.raci
import graders.conflicting_priorities.second_phase  # noqa: F401
from graders.conflicting_priorities.base import rubric

__all__ = ["rubric"]
