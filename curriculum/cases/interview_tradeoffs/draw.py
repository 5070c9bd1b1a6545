"""What differs from world to world: what was decided and on which ground, who paid, what compares, how it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["data", "ml", "support"]
Variant = Literal["quick", "desktop", "deep"]
Ground = Literal["limit", "money"]
Measure = Literal["booked", "late", "changed"]
Nice = Literal["forecast", "small_sample", "lucky_week"]
MEASURES: tuple[Measure, ...] = ("booked", "late", "changed")
SHAPES: tuple[tuple[Variant, Ground, Side, Side], ...] = (
    ("quick", "limit", "ml", "data"),
    ("desktop", "limit", "data", "support"),
    ("deep", "money", "data", "ml"),
    ("quick", "money", "ml", "data"),
    ("desktop", "limit", "data", "support"),
    ("deep", "money", "data", "ml"),
)
"""What was chosen, what decided it, whose wish won and whose was lost."""
THEIRS: tuple[tuple[int, int], ...] = (
    (4, 3), (1, 2), (0, 5),
    (4, 1), (3, 0), (2, 5),
    (4, 0), (1, 5), (3, 2),
    (4, 2), (3, 5), (1, 0),
    (4, 5), (3, 1), (2, 0),
)  # fmt: skip
"""Which two of the six papers that the learner might have written a colleague wrote, world by world: every pair once,
and in three worlds that follow each other each paper once, so that none is nearly always the learner's."""
DECIDERS = ("samuel", "farida", "radek")
PLACES = ("review_minutes", "options_paper", "release_plan")
_NICE: tuple[tuple[Nice, Nice, Nice], ...] = (
    ("forecast", "small_sample", "lucky_week"),
    ("small_sample", "lucky_week", "forecast"),
    ("lucky_week", "forecast", "small_sample"),
    ("forecast", "lucky_week", "small_sample"),
    ("lucky_week", "small_sample", "forecast"),
    ("small_sample", "forecast", "lucky_week"),
)


@dataclass(frozen=True)
class Draw:
    """The shape of one world; its numbers are drawn apart."""

    chosen: Variant
    ground: Ground
    won: Side
    lost: Side
    recounted: Measure
    """The measure in whose weeks something else changed too, so that before and after say nothing of the release."""
    disappointing: bool
    """Whether the release made things worse."""
    decider: str
    written_in: str
    """The document in which the decision stands."""
    nice: tuple[Nice, Nice, Nice]
    """What the number is that each teller likes best, by measure."""

    @property
    def tellable(self) -> tuple[Measure, ...]:
        """The measures whose before and after compare."""
        return tuple(measure for measure in MEASURES if measure != self.recounted)

    @property
    def population(self) -> str:
        """Those for whom it was decided."""
        return "desktops" if self.chosen == "desktop" else "everyone"


def draw(seed: int) -> Draw:
    """Every shape comes about equally often, and neighbouring worlds differ in more than one way."""
    turn, rest = divmod(seed, 6)
    chosen, ground, won, lost = SHAPES[rest]
    return Draw(
        chosen=chosen,
        ground=ground,
        won=won,
        lost=lost,
        recounted=MEASURES[(turn + rest) % 3],
        disappointing=(seed // 2) % 5 in (0, 3),
        decider=DECIDERS[(2 * seed + seed // 3) % 3],
        written_in=PLACES[(seed + seed // 4) % 3],
        nice=_NICE[(turn + 2 * rest) % 6],
    )
