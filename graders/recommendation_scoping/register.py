"""The rubric of `recommendation_scoping`, to which the modules beside this one add their criteria."""

from __future__ import annotations

from curriculum.artifacts.agenda import Agenda
from curriculum.artifacts.board import Board
from curriculum.artifacts.prd import Prd
from graders.recommendation_scoping.derived import carried_over, votes_cast, who_takes_part
from graders.rubric import Rubric

rubric = Rubric(
    "recommendation_scoping",
    {"agenda": Agenda, "board": Board, "prd": Prd},
    conversations=("kickoff",),
    derives={"agenda": who_takes_part, "board": votes_cast, "prd": carried_over},
)
