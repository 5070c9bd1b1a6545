"""What differs from world to world: who was in conflict, who won, who decided, what can be told and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["data", "design", "ml"]
Measure = Literal["orders", "left", "again"]
MEASURES: tuple[Measure, ...] = ("orders", "left", "again")
CONFLICTS: tuple[tuple[Side, Side], ...] = (("data", "ml"), ("design", "ml"), ("data", "design"))
DECIDERS = ("adaeze", "bram", "ines")
PLACES = ("review_minutes", "options_paper", "release_plan")


@dataclass(frozen=True)
class Draw:
    """The shape of one world; its numbers are drawn apart."""

    won: Side
    lost: Side
    recounted: Measure
    """The measure that is counted in another way since shortly before the release; before and after of it do not
    compare."""
    disappointing: bool
    """Whether the release made things worse."""
    decider: str
    written_in: str
    """The document in which the decision stands."""

    @property
    def tellable(self) -> tuple[Measure, ...]:
        """The measures that were counted in one way throughout."""
        return tuple(measure for measure in MEASURES if measure != self.recounted)

    @property
    def parties(self) -> frozenset[Side]:
        return frozenset({self.won, self.lost})


def draw(seed: int) -> Draw:
    """Every shape comes about equally often, and neighbouring worlds differ in more than one way."""
    turn, rest = divmod(seed, 6)
    first, second = CONFLICTS[rest % 3]
    won, lost = (first, second) if rest < 3 else (second, first)
    return Draw(
        won=won,
        lost=lost,
        recounted=MEASURES[(turn + rest) % 3],
        disappointing=(seed // 2) % 5 in (0, 3),
        decider=DECIDERS[(2 * seed + seed // 3) % 3],
        written_in=PLACES[(seed + seed // 4) % 3],
    )
