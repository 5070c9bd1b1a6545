"""The rubric of `complaint_to_plan`: the task, its money, the spike and the plan, each recomputed from the world."""

import graders.complaint_to_plan.money
import graders.complaint_to_plan.plan
import graders.complaint_to_plan.spike
import graders.complaint_to_plan.task
import graders.complaint_to_plan.watched
import graders.complaint_to_plan.yes_or_no  # noqa: F401
from graders.complaint_to_plan.base import rubric

__all__ = ["rubric"]
