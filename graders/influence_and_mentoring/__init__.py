"""The rubric of `influence_and_mentoring`: the proposal and its test, the memo to one ally, the comments on a page."""

import graders.influence_and_mentoring.coaching
import graders.influence_and_mentoring.memo
import graders.influence_and_mentoring.numbers
import graders.influence_and_mentoring.test_plan
import graders.influence_and_mentoring.whom  # noqa: F401
from graders.influence_and_mentoring.base import rubric

__all__ = ["rubric"]
