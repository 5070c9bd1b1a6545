"""The rubric of `listen_and_ask`, to which the modules beside this one add their criteria."""

from __future__ import annotations

from curriculum.artifacts.minutes import Minutes
from curriculum.artifacts.one_pager import OnePager
from curriculum.artifacts.syntheses import Syntheses
from graders.rubric import Rubric

rubric = Rubric(
    "listen_and_ask",
    {"minutes": Minutes, "syntheses": Syntheses, "one_pager": OnePager},
    conversations=("talks",),
)
