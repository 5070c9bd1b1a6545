"""Which ways are right in a world, and what stands in the way of the others: the draw that everything else follows.

Two ways are defended in the review: the tree model on all adult wards, and the sequence model on the step-down units.
In a third of the worlds both are right, in a third each is the only one. How alerts can be shown is dealt apart from
that: in a third of the worlds only the tiered list can be answered, in a third only the pop-up, and in a third it
depends on the wards. Neither a model nor a screen is therefore right by its name.
"""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.cases.base import random
from curriculum.cases.healthcare_platform.wards import SLUG

WAYS = ("both", "broad", "narrow")
ALERTS = ("list", "popup", "mixed")
AGAINST_BROAD = ("surgical", "medical", "cost")
"""Why the trees may not go to all adult wards: they miss too much on one of them, or the rollout is too dear."""
AGAINST_NARROW = ("reasons", "caught")
"""Why the sequence model may not go to the step-down units: its reasons are a story there too, or it finds too few
patients for the contract."""


@dataclass(frozen=True)
class Way:
    """One right answer to all three questions."""

    model: str
    use: str
    screen: str


@dataclass(frozen=True)
class Shape:
    """What is so in one world."""

    ways: str
    """both, broad or narrow: which of the two ways are right."""
    alerts: str
    """list, popup or mixed: what can be answered; mixed is the list on all wards and either on the step-down units."""
    against_broad: str = ""
    """Why the broad way is wrong; blank where it is right."""
    against_narrow: str = ""
    """Why the narrow way is wrong; blank where it is right."""

    @property
    def right(self) -> tuple[Way, ...]:
        """The right ways, the broad one first."""
        broad = Way("trees", "all_adult", "popup" if self.alerts == "popup" else "tiered")
        narrow = Way("sequence", "step_down", "tiered" if self.alerts == "list" else "popup")
        return {"both": (broad, narrow), "broad": (broad,), "narrow": (narrow,)}[self.ways]


def make_shape(seed: int) -> Shape:
    """The shape of one world. Worlds are dealt in rounds of nine, in which each pair of ways and alerts comes once;
    of three in a row, each way and each kind of alerts comes once."""
    rounds, place = divmod(seed, len(WAYS) * len(ALERTS))
    third, turn = divmod(place, len(WAYS))
    dealer = random(SLUG, rounds, "shapes")
    way = int([dealer.permutation(len(WAYS)) for _ in range(third + 1)][-1][turn])
    alerts = (way + third + int(random(SLUG, rounds, "alerts").integers(0, len(ALERTS)))) % len(ALERTS)
    rng = random(SLUG, seed, "shape")
    broad, narrow = str(rng.choice(AGAINST_BROAD)), str(rng.choice(AGAINST_NARROW))
    ways = WAYS[way]
    return Shape(ways, ALERTS[alerts], broad if ways == "narrow" else "", narrow if ways == "broad" else "")


def circumstances(shape: Shape) -> dict[str, int]:
    """For the conversation: which way of showing alerts cannot be answered."""
    return {"popups_wear_out": int(shape.alerts == "list"), "list_lies_unseen": int(shape.alerts == "popup")}
