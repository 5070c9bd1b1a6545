"""The rubric of `feedback_loops`: the trigger replayed, the tree recomputed, the verdict held against its rows."""

import graders.feedback_loops.launch
import graders.feedback_loops.loop
import graders.feedback_loops.replayed
import graders.feedback_loops.review
import graders.feedback_loops.tree
import graders.feedback_loops.trigger  # noqa: F401
from graders.feedback_loops.base import rubric

__all__ = ["rubric"]
