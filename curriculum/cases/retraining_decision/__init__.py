"""The world of `retraining_decision`: a gain told in AUC, a risk in nights, a goal as a date.

What a score is worth depends on the slope of past tests, on what a page needs and on who else reads it; nobody knows
all three, and in a quarter of the worlds the old model stays.
"""

from curriculum.cases.retraining_decision.world import simulate

__all__ = ["simulate"]
