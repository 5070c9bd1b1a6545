"""A rollout replayed hour by hour on a release: which gate stops it, when, and what it has cost until then.

Nothing here knows a lesson: a release is what its signals do by the hour, a rollout is stages and gates.
"""

from curriculum.practice.replay.release import Read, Release, Signal, Windows
from curriculum.practice.replay.rollout import Gate, Reading, Replayed, Stage, readings, replay, replays, widest_error

__all__ = [
    "Gate",
    "Read",
    "Reading",
    "Release",
    "Replayed",
    "Signal",
    "Stage",
    "Windows",
    "readings",
    "replay",
    "replays",
    "widest_error",
]
