"""The rubric of `product_ml_charter` and what its criteria share."""

from __future__ import annotations

from curriculum.artifacts.charter import Charter
from curriculum.artifacts.handoff import Handoff
from curriculum.artifacts.roadmap import Roadmap
from curriculum.cases import Case
from curriculum.cases.product_ml_charter.draw import PROMISED
from curriculum.cases.product_ml_charter.year import Board
from curriculum.consequences.product_ml_charter_board import Judged, board_of, judged
from graders.product_ml_charter.derived import derive_roadmap
from graders.rubric import Rubric

rubric = Rubric(
    "product_ml_charter",
    {"roadmap": Roadmap, "charter": Charter, "handoff": Handoff},
    conversations=("december",),
    derives={"roadmap": derive_roadmap},
)

KEPT, MOVED, WITHDRAWN = "kept", "moved", "withdrawn"


def judged_year(roadmap: Roadmap, case: Case) -> Judged:
    """The roadmap as a board in the true world."""
    return judged(case.seed, board_of(roadmap))


def becomes(board: Board, card: str) -> str:
    """What a board makes of a promise."""
    month = board.promises.get(card)
    return WITHDRAWN if month is None else KEPT if month <= PROMISED[card] else MOVED


def changed(board: Board) -> tuple[str, ...]:
    """Promises that are moved or withdrawn."""
    return tuple(card for card in PROMISED if becomes(board, card) != KEPT)
