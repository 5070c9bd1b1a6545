"""The rubric of `interview_operating_model`: pairs, a process answer, three who ask in turn, and a story bank."""

import graders.interview_operating_model.bank
import graders.interview_operating_model.contrast
import graders.interview_operating_model.panel
import graders.interview_operating_model.process  # noqa: F401
from graders.interview_operating_model.base import rubric

__all__ = ["rubric"]
