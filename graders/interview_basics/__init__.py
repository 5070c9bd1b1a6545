"""The rubric of `interview_basics`: does the story hold, claim by claim, and can you tell a weak answer?"""

from graders.interview_basics.rubric import rubric

__all__ = ["rubric"]
