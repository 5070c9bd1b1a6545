"""The rubric of `cart_abandonment`, to which the modules beside this one add their criteria."""

from __future__ import annotations

from curriculum.artifacts.brief import Brief
from curriculum.artifacts.hypotheses import Hypotheses
from curriculum.artifacts.problem_statement import ProblemStatement
from graders.cart_abandonment.derived import problem_and_days, problem_in_one_sentence, when_known
from graders.rubric import Rubric

rubric = Rubric(
    "cart_abandonment",
    {"problem_statement": ProblemStatement, "hypotheses": Hypotheses, "brief": Brief},
    conversations=("afternoon",),
    derives={"problem_statement": problem_in_one_sentence, "hypotheses": when_known, "brief": problem_and_days},
)
