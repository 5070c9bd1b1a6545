"""The world of `pod_launch`: a pod against fraud, four levers that promise more than they keep, a board with a narrow
place, and risks that the tables hold."""

from curriculum.cases.pod_launch.world import simulate

__all__ = ["simulate"]
