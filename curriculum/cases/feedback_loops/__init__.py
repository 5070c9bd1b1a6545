"""The world of `feedback_loops`: a year of swaps, a model that somebody may hold out, a test that shows who leaves.

What an alarm may be compared with differs by world and nobody knows it alone; hits and staying share a parent.
"""

from curriculum.cases.feedback_loops.world import simulate

__all__ = ["simulate"]
