"""The rubric of `interview_basics`: does the story hold, claim by claim, and can you tell a weak answer?"""

from graders.interview_basics import contrast, figures, people, telling, whole  # noqa: F401  (each adds its criteria)
from graders.interview_basics.held import holds, remarks
from graders.interview_basics.rubric import rubric

rubric.remarks, rubric.holds = remarks, holds

__all__ = ["rubric"]
