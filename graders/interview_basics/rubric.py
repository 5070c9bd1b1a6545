"""The rubric of `interview_basics`, as the parts that interview lessons share."""

from __future__ import annotations

from functools import partial

from curriculum.artifacts.contrast import Contrast
from curriculum.artifacts.star import Star
from graders.interviews import contrast, figures, people, telling, whole
from graders.interviews.held import holds, remarks
from graders.parts import take
from graders.rubric import Rubric

SLUG = "interview_basics"

rubric = Rubric(SLUG, {"star": Star, "contrast": Contrast}, conversations=("catching_up",))
take(rubric, contrast.every_pair_is_judged, *contrast.FLAWS_OF_A_STORY)
take(rubric, *figures.PARTS, *people.PARTS, *telling.PARTS, *whole.PARTS)
rubric.remarks, rubric.holds = remarks, partial(holds, SLUG)
