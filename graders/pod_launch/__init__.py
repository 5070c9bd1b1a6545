"""The rubric of `pod_launch`: the charter recomputed, the backlog replayed, the failure told before it happens."""

import graders.pod_launch.backlog
import graders.pod_launch.flow
import graders.pod_launch.levers
import graders.pod_launch.mission
import graders.pod_launch.premortem
import graders.pod_launch.rights  # noqa: F401
from graders.pod_launch.base import rubric

__all__ = ["rubric"]
