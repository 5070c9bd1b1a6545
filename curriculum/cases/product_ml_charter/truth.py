"""What is so in a world of `product_ml_charter`, as its tables and its people say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from types import MappingProxyType

from curriculum.cases.base import Columns
from curriculum.cases.product_ml_charter import tables
from curriculum.cases.product_ml_charter.draw import CARDS, FUNCTIONS, GENTLE, HARD, MIDDLE, PROMISED, Draw, draw
from curriculum.cases.product_ml_charter.search import Found, best
from curriculum.cases.product_ml_charter.year import Assumed, Holder

HOLDING: Mapping[str, Holder] = MappingProxyType(
    {GENTLE: Holder(0.08, 0.02, 1.0), MIDDLE: Holder(1.0, 0.12, 1.3), HARD: Holder(2.0, 0.25, 2.2)}
)
"""What each kind of holder really costs, in parts of the sum."""


@dataclass(frozen=True)
class Truth:
    """Only rubrics, fixtures, the spoken words and the consequence may read it."""

    seed: int
    shape: Draw
    assumed: Assumed
    """The world as it is."""
    booked: Mapping[str, float]
    """Ratios without code 41."""
    lab_stall: float
    """Share of stalls with the mix of the sample."""
    returns: Mapping[str, float]
    """Weeks by reason, the most first."""

    def load(self, name: str, ratios: Mapping[str, float] | None = None) -> float:
        """Work of all five cards over what 11 months give; with other ratios, what somebody believes."""
        ratios = self.assumed.ratios if ratios is None else ratios
        planned = sum(self.assumed.effort[card][name] for card in CARDS)
        return planned * ratios[name] / (tables.LOAD_MONTHS * self.assumed.capacity[name])

    @property
    def tight(self) -> str:
        """The function that is fullest in truth."""
        return max(FUNCTIONS, key=self.load)

    @property
    def planned_tight(self) -> str:
        """The function that is fullest on planned weeks."""
        flat = dict.fromkeys(FUNCTIONS, 1.0)
        return max(FUNCTIONS, key=lambda name: self.load(name, flat))

    def held_by(self, holder: str) -> str:
        """The promise whose holder is of this kind."""
        return next(card for card in PROMISED if self.shape.holder[card] == holder)

    @cached_property
    def best(self) -> Found:
        """The best board known; searched for once in a process."""
        return _best(self.seed)

    @property
    def naive(self) -> Mapping[str, Assumed]:
        """What somebody believes who looked at one thing only: planned weeks, the lab's stall."""
        flat = MappingProxyType(dict.fromkeys(FUNCTIONS, 1.0))
        return MappingProxyType(
            {
                "planned_weeks": replace(self.assumed, ratios=flat),
                "lab_stall": replace(self.assumed, stall=self.lab_stall),
            }
        )


@lru_cache(maxsize=128)
def _best(seed: int) -> Found:
    return best(seed, make_truth(seed, draw(seed), make_columns(seed, draw(seed))).assumed)


def make_columns(seed: int, shape: Draw) -> Mapping[str, Columns]:
    """All tables by name."""
    past, bookings = tables.deliveries(seed, shape)
    monthly = tables.capacities(shape, tables.read_ratios(past, bookings))
    return MappingProxyType(
        {
            "cards": tables.cards(shape),
            "work": tables.work(shape),
            "deliveries": past,
            "bookings": bookings,
            "capacity": tables.capacity(monthly),
            "curve": tables.curve(seed, shape),
            "curve_draws": tables.curve_draws(seed, shape),
            "old_curves": tables.old_curves(seed),
            "promises": tables.promises(shape, shape.sums),
            "returns": tables.returns(seed),
            "latency": tables.latency(seed),
        }
    )


def make_truth(seed: int, shape: Draw, columns: Mapping[str, Columns]) -> Truth:
    """The world as its tables say it when they are read rightly."""
    ratios = tables.read_ratios(columns["deliveries"], columns["bookings"])
    finds, alarms = tables.read_checks(columns["old_curves"])
    assumed = Assumed(
        effort=shape.effort,
        spread=shape.spread,
        capacity=tables.capacities(shape, ratios),
        ratios=ratios,
        stall=tables.read_stall(columns["curve_draws"], shape.mix / 100),
        finds=finds,
        alarms=alarms,
        margin=shape.margin,
        sums=shape.sums,
        promised=PROMISED,
        holders=MappingProxyType({card: HOLDING[kind] for card, kind in shape.holder.items()}),
    )
    return Truth(
        seed=seed,
        shape=shape,
        assumed=assumed,
        booked=tables.read_booked(columns["deliveries"]),
        lab_stall=tables.read_stall(columns["curve_draws"], tables.SAMPLE_MIX),
        returns=tables.read_returns(columns["returns"]),
    )
