"""The world of `influence_and_mentoring`: subscribers who leave, a campaign with a control, and no team of one's own.

Who leaves is not who can be kept, the friendliest ally is not always one who can, and a junior's mistakes have causes
of different kinds; no person knows all of it.
"""

from curriculum.cases.influence_and_mentoring.world import redraw, simulate

__all__ = ["redraw", "simulate"]
