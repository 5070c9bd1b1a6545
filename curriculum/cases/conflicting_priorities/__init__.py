"""The world of `conflicting_priorities`: an arrival time that was announced, and four plans that exclude each other.

What can be promised depends on how customers use a time, what the spread consists of, what the taps mean and whose
weeks are free; no person knows all four.
"""

from curriculum.cases.conflicting_priorities.world import redraw, simulate

__all__ = ["redraw", "simulate"]
