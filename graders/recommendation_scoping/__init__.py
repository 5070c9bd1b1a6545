"""The rubric of `recommendation_scoping`: do the kick-off page, the board and the PRD hold together and hold true?"""

from __future__ import annotations

# The modules add their criteria to the rubric when they are imported; their order is the order of the review.
from graders.recommendation_scoping import agenda, board, page, contract, screens, measures, delivery  # noqa: F401, I001
from graders.recommendation_scoping.register import rubric

__all__ = ["rubric"]
