"""The rubric of `recommendation_scoping`: do the kick-off page, the board and the PRD hold together and hold true?"""

from __future__ import annotations

# The modules add their criteria to the rubric when they are imported.
from graders.recommendation_scoping import agenda, board, contract, delivery, measures, page, screens  # noqa: F401
from graders.recommendation_scoping.register import rubric

__all__ = ["rubric"]
