"""What can be promised to the three who ask: what each promise changes, who bears it, and what is given up for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Entry, by_id
from curriculum.cases.interview_operating_model.draw import Asker

AXES: tuple[str, ...] = ("days", "research", "hours")
AXIS: Mapping[Asker, str] = {"jonas": "days", "mei": "research", "ruth": "hours"}
BETTER: Mapping[str, int] = {"days": -1, "research": 1, "hours": -1}
"""Which way is good for whoever asks for it."""


@dataclass(frozen=True)
class Offer(Entry):
    """Something that can be promised, with what it does to a typical item and to a week."""

    days: float = 0.0
    """Days from idea to release."""
    research: float = 0.0
    """Days with users for each item."""
    hours: float = 0.0
    """Hours of meetings a week and person."""
    bearer: str = ""
    """The function that does the work for it."""
    costs: float = 0.0
    """Hours a week of that function."""
    also: tuple[str, ...] = ()
    """Other functions that could do it just as well."""
    loses: str = ""
    """Id of what is given up."""

    @property
    def bearers(self) -> tuple[str, ...]:
        """Every function that can do the work for it."""
        return (self.bearer, *self.also)

    def on(self, axis: str) -> float:
        """What it changes on one axis."""
        return float(getattr(self, axis))

    def helps(self, who: Asker) -> bool:
        """Whether it moves the axis of the one who asks the right way."""
        return self.on(AXIS[who]) * BETTER[AXIS[who]] > 0


LOSSES = by_id(
    Entry("breadth", "Half of what customers were told for the first release"),
    Entry("late_questions", "Answers to what comes up while something is built"),
    Entry("ordinary_items", "Research on ordinary items"),
    Entry("release_days", "The release day of every item"),
    Entry("talk", "Quick questions in the room"),
    Entry("catching", "The meeting in which something is caught early"),
    Entry("the_no", "Somebody's right to say no before a release"),
    Entry("quiet_hours", "A quiet hour in everybody's day"),
    Entry("own_list", "An item of the engineers' own list"),
    Entry("first_hand", "Hearing a decision at first hand"),
)
NEVER = ("the_no", "catching")
"""What no process here can give up: without a no nothing is stopped, and what is caught early costs least."""

ALSO_BEAR: Mapping[str, tuple[str, ...]] = {
    "small_first": ("design", "ml"), "in_writing": ("product", "design", "data"), "deciders_only": ("design", "data"),
    "daily_round": ("product", "design", "data"),
}  # fmt: skip
"""By promise: whoever reports can write, whoever meets can call and pass on, and an item can be cut by all who know it.
Research is design's, and an engineer is an engineer."""

_Span = tuple[float, float]
_SHAPES: tuple[tuple[str, str, str, str, _Span, _Span, _Span, _Span], ...] = (
    ("small_first", "A smaller first release of each item", "product", "breadth", (-12, -8), (0, 0), (0, 0), (2, 4)),
    ("ahead", "Research that runs one round ahead", "design", "late_questions", (-6, -3), (1, 2), (0.5, 0.5), (3, 5)),
    ("on_risk", "More research, for risky items only", "design", "ordinary_items", (1, 3), (3, 5), (0, 0), (3, 5)),
    ("research_all", "Two more weeks of research for all", "design", "release_days", (9, 10), (8, 10), (1, 1), (7, 9)),
    ("prototype", "An engineer who joins research", "ml", "own_list", (-2, 0), (2, 4), (0, 0.5), (3, 5)),
    ("in_writing", "A written round instead of reports in meetings", "ml", "talk", (0, 2), (0, 0), (-2, -1.5), (2, 3)),
    ("deciders_only", "Meetings with those only who decide", "product", "first_hand", (0, 1), (0, 0), (-2, -1), (1, 2)),
    ("half_as_often", "Every standing meeting half as often", "design", "catching", (4, 6), (-1, 0), (-4, -3), (0, 1)),
    ("without_the_no", "Small changes without anybody's yes", "risk", "the_no", (-14, -11), (0, 0), (-0.5, 0), (1, 2)),
    ("daily_round", "A daily round of all functions", "ml", "quiet_hours", (-7, -4), (0, 0), (2, 2.5), (3, 4)),
)  # fmt: skip


def offers_of(rng: np.random.Generator) -> Mapping[str, Offer]:
    """The promises with the numbers of one world: whole days, half hours."""

    def whole(low: float, high: float) -> float:
        return float(rng.integers(int(low), int(high) + 1))

    def half(low: float, high: float) -> float:
        return float(rng.integers(int(2 * low), int(2 * high) + 1)) / 2

    return by_id(
        *(
            Offer(id, label, days=whole(*days), research=whole(*research), hours=half(*hours), bearer=bearer,
                  costs=whole(*costs), loses=loses, also=ALSO_BEAR.get(id, ()))
            for id, label, bearer, loses, days, research, hours, costs in _SHAPES
        )
    )  # fmt: skip
