"""The world of `pod_in_flight`: a leaderboard whose flaws only desks know, a release every night, a quarter of waits.

Which candidate clears, which limits part good builds from bad ones, and what makes people wait differ by world.
"""

from curriculum.cases.pod_in_flight.world import simulate

__all__ = ["simulate"]
