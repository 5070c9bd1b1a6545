"""The rubric to which the modules beside this one add their criteria."""

from __future__ import annotations

from curriculum.artifacts.contrast import Contrast
from curriculum.artifacts.star import Star
from graders.rubric import Rubric

rubric = Rubric("interview_basics", {"star": Star, "contrast": Contrast}, conversations=("catching_up",))
