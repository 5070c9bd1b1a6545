"""`welcome` with a world run forward that a test makes up, to plant faults for proofs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from curriculum.artifacts.ask import Ask
from curriculum.artifacts.base import Artifact
from curriculum.cases import Case
from curriculum.cases.base import Surfaces, frozen_columns, surfacing
from curriculum.consequences import BestKnown, Better, Change, Comparison, Goal, Outcome, Result
from curriculum.consequences.late import came_out_late
from curriculum.roleplay.engine import State
from tests.helpers.altered import Altered

LAST = dt.date(2026, 6, 30)


class Foretold(Altered):
    """`welcome`, in which mornings with fresh numbers are counted after the ask; `twist` makes it go wrong."""

    def __init__(self, twist: Callable[[Outcome], Outcome] = lambda outcome: outcome, **parts: Any):
        super().__init__(**parts)
        self.__dict__["twist"] = twist

    def forward(self, case: Case, artifacts: Mapping[str, Artifact], talk: State | None) -> Outcome | None:
        ask = artifacts.get("ask")
        return self.__dict__["twist"](fresh_mornings(case, ask, talk)) if isinstance(ask, Ask) else None


def fresh_mornings(case: Case, ask: Ask, talk: State | None) -> Outcome:
    """A month after the ask: it is granted where it goes to the person who decides, with the number that decides."""
    granted = ask.decider == "tomas" and ask.evidence == "refresh_ready" and ask.by is not None
    fresh = 18 if granted else 9
    way, change = ("more", Change.MORE) if granted else ("fewer", Change.LESS)
    says = f"{abs(fresh - 12)} {way} mornings had fresh numbers"
    low, high = (1.0, 11.0) if granted else (-5.0, -1.0)
    heard = surfacing(case.facts, {"room_plan": Surfaces(dt.date(2026, 6, 8), "the calendar had been printed")})
    return Outcome(
        headline=f"In the month after the ask, {says}",
        sentences=(f"On {fresh} mornings the numbers were fresh; the best plan known has 20.",),
        table=frozen_columns(day=np.arange(21)),
        results={
            "fresh": Result(float(fresh), "mornings with fresh numbers", Better.MORE),
            "granted": Result(float(granted), "asks that were granted"),
        },
        goals=(Goal("Most mornings have fresh numbers", fresh > 10),),
        alt="Dots.",
        draw=lambda figure: None,
        compared=(Comparison("mornings with fresh numbers", says, change, fresh - 12.0, low, high, (11.0, 13.0)),),
        best=BestKnown("best plan known", "fresh", 20.0),
        late=came_out_late(replace(case, facts=heard), talk, LAST),
        until=LAST,
    )
