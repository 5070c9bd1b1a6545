"""The rubric of `interview_operating_model`: pairs, a process answer, three who ask in turn, and a story bank."""

import graders.interview_operating_model.bank
import graders.interview_operating_model.contrast
import graders.interview_operating_model.panel
import graders.interview_operating_model.process  # noqa: F401
from graders.interview_operating_model.asked import remarks
from graders.interview_operating_model.base import rubric
from graders.interview_operating_model.held import holds

rubric.holds, rubric.remarks = holds, remarks

__all__ = ["rubric"]
