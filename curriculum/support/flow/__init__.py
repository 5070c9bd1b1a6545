"""Work on a board with limits, replayed day by day: what is finished, how long it took, where it waits.

Nothing here knows a lesson: a board is stages with people, a season is what the days bring, limits and habits are tried
on them.
"""

from curriculum.support.flow.board import Board, Habits, Season, Stage, season
from curriculum.support.flow.reading import Stretch, flow_of, percentile, stretches
from curriculum.support.flow.replay import Run, replay

__all__ = [
    "Board",
    "Habits",
    "Run",
    "Season",
    "Stage",
    "Stretch",
    "flow_of",
    "percentile",
    "replay",
    "season",
    "stretches",
]
