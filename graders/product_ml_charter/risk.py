"""How bad may a year be, and does this board stay above it? (A06, risk appetite)"""

from __future__ import annotations

from curriculum.artifacts.charter import Charter
from curriculum.artifacts.roadmap import Roadmap
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from graders.common import stated, unheard
from graders.product_ml_charter.base import judged_year, rubric
from graders.rubric import Objections, met, objection

ROOM = 0.05
"""Parts of what a bad year brings by which a hundred years and the unseen ones differ."""


@rubric.criterion(
    points=6, voice="henrik", skill="weigh_trade_offs",
    hints=(
        "What does this board bring in the tenth-worst of a hundred years, and what must it bring?",
        "Henrik has the floor. The charter's number lies between his and what the board reaches.",
        "His is {{ truth.floor }} thousand €.",
    ),
    rests_on=("board_complete", "charter_complete"),
    expected="a number not below what finance was told to need, and not above what a bad year of this board brings",
)  # fmt: skip
def appetite_covers_board(charter: Charter, roadmap: Roadmap, case: Case, conversation: State) -> Objections:
    """What the charter says of a bad year is at least what finance needs and at most what this board then brings."""
    yield from unheard(case, conversation, "bad_year", "bad_year", "It rests on what a bad year must still bring")
    said, brings = charter.bad_year or 0.0, judged_year(roadmap, case).found.bad_year
    if said < case.truth.floor:
        yield objection("bad_year", f"{stated(said)} thousand € is less than a bad year must bring.")
    elif said > brings + ROOM * abs(brings):
        row = {"charter": stated(said), "one unseen year of ten brings less than": round(brings)}
        yield objection("bad_year", f"{stated(said)} thousand € is more than this board brings in a bad year.", "", row)
    return met(f"A bad year of this board brings {brings:,.0f} thousand €.")
