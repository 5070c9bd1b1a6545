"""Executing learners' notebooks where they can harm nothing: Landlock, seccomp, limits, another user, bubblewrap."""

from curriculum.cohort.sandbox.execution import Ended, Executed, execute_all, execute_course
from curriculum.cohort.sandbox.offer import SandboxRefused

__all__ = ["Ended", "Executed", "SandboxRefused", "execute_all", "execute_course"]
