"""The world of `latency_or_accuracy`: a better model that is slower, and a test that can tell the one from the other.

What to show today follows from the sum of quality and wait, by device; what to build next follows from the parts, and
those only an arm shows that is slow on purpose.
"""

from curriculum.cases.latency_or_accuracy.world import simulate

__all__ = ["simulate"]
