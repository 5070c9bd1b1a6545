"""The rubric of `interview_tradeoffs`: the parts of every interview lesson, and numbers that hold under pressure."""

from functools import partial

import graders.interview_tradeoffs.contrast
import graders.interview_tradeoffs.pressure
import graders.interview_tradeoffs.story  # noqa: F401
from graders.interview_tradeoffs.base import SLUG, rubric
from graders.interviews.held import holds, remarks

rubric.remarks, rubric.holds = remarks, partial(holds, SLUG)

__all__ = ["rubric"]
