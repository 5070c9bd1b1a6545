"""What is so in a world of `product_ml_charter`, as its tables and its people say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from curriculum.cases.base import Columns
from curriculum.cases.product_ml_charter import lead, tables
from curriculum.cases.product_ml_charter.draw import (
    CARDS,
    ENOUGH_SUM,
    FUNCTION_NAMES,
    FUNCTIONS,
    GENTLE,
    HARD,
    HOPER,
    MATCH,
    MIDDLE,
    MONTHS,
    NAMES,
    PADS,
    PROMISED,
    Draw,
    draw,
)
from curriculum.cases.product_ml_charter.search import (
    Found,
    found_among,
    other_structure,
    with_best_check,
)
from curriculum.cases.product_ml_charter.year import Assumed, Holder
from curriculum.support.worlds import kept_for_worlds

if TYPE_CHECKING:
    from curriculum.cases.product_ml_charter.mistakes import Mistake

SATURDAY = 5
AS_GOOD = 0.95
"""Of the best board's worth; what lies closer nobody can call worse."""
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
    budget: int
    """€ a month that a machine may cost."""
    quickest: int
    """Milliseconds, p95, on the quickest machine within the budget."""
    need: int
    """Milliseconds after which people put the phone away."""

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

    @property
    def best(self) -> Found:
        """The best right board known."""
        return right_boards(self.seed)[0]

    @property
    def second(self) -> Found:
        """A right board of another structure."""
        return _second(self.seed)

    @property
    def floor(self) -> int:
        """€ thousand that a year must bring even if it is one of the ten worst."""
        return max(10, int((min(self.best.bad_year, self.second.bad_year) - self.shape.spare) // 10 * 10))

    @property
    def near_best(self) -> tuple[Found, ...]:
        """Boards that nobody could call worse than the best."""
        return tuple(each for each in right_boards(self.seed) if each.worth >= AS_GOOD * self.best.worth)

    @property
    def near_best_bets(self) -> tuple[Found, ...]:
        """Of boards with the bet, those that nobody could call worse than the best of them."""
        bets = [each for each in right_boards(self.seed) if each.bets]
        return tuple(each for each in bets if each.worth >= AS_GOOD * bets[0].worth)

    @property
    def hard(self) -> str:
        """The promise that is not withdrawn."""
        return self.held_by(HARD)

    def science_months(self, card: str) -> int:
        """Months in which data science can make a capability stand at the earliest."""
        return lead.science_months(card, self.assumed)

    def lead_months(self, card: str) -> int:
        """Months that ML engineering and the app then need at least, the one in which it stands among them."""
        return lead.lead_months(card, self.assumed)

    def months_after_look(self, share: float) -> int:
        """Months after that of a look at so much of the bet, 0 to 1, in which its capability can stand."""
        return lead.months_after_look(share, self.assumed)

    def earliest(self, card: str) -> int:
        """The first month in which a card can come at all, if nothing else is done."""
        return self.science_months(card) + self.lead_months(card) - 1

    def stands(self, found: Found, card: str) -> int:
        """The last month in which a capability can stand so that the card comes in its month."""
        return max(1, min(MONTHS, found.months[card]) - self.lead_months(card) + 1)

    def lane(self, found: Found, card: str) -> str:
        """Where a card lies on such a board."""
        if card not in found.board.order:
            return "out"
        return "bet" if card == PADS else "promise" if card in found.board.promises else "work"

    def laid(self, found: Found) -> tuple[tuple[str, str, str], ...]:
        """Card, lane and step of each card in the order of the work, those that are left out last."""
        rest = tuple(card for card in CARDS if card not in found.board.order)
        return tuple(
            (card, self.lane(found, card), f"m{min(MONTHS, found.months[card])}" if card in found.months else "")
            for card in (*found.board.order, *rest)
        )

    def bet_after(self, found: Found) -> str:
        """The card behind which the bet comes; blank where it is left out."""
        order = found.board.order
        return order[order.index(PADS) - 1] if PADS in order and order[0] != PADS else ""

    def freed_for(self, found: Found) -> str:
        """Who gets the people of a bet that ends: a card that is not there by then, else one that was left out."""
        for card, _, step in self.laid(found):
            if card != PADS and (not step or int(step[1:]) >= found.look):
                return card
        return found.board.order[-1]

    def becomes(self, found: Found, card: str) -> str:
        """What a board makes of a promise."""
        month = found.board.promises.get(card)
        return "withdrawn" if month is None else "kept" if month <= PROMISED[card] else "moved"

    @property
    def paper_withdrawn(self) -> Mapping[str, int]:
        """€ thousand that a withdrawal costs by the contracts."""
        return tables.paper(self.shape)

    @property
    def names(self) -> Mapping[str, str]:
        """What the cards are called."""
        return {card: label for card, (label, _) in NAMES.items()}

    def left_out(self, found: Found) -> tuple[str, ...]:
        """Cards that are not worked on."""
        return tuple(card for card in CARDS if card not in found.board.order)

    def given_way(self, found: Found) -> tuple[str, ...]:
        """Promises that are moved or withdrawn."""
        return tuple(card for card in PROMISED if self.becomes(found, card) != "kept")

    def paper_of(self, found: Found) -> int:
        """€ thousand that the withdrawals of a board cost by the contracts."""
        return sum(self.paper_withdrawn[card] for card in PROMISED if card not in found.board.promises)

    def reviews_beside(self, found: Found) -> tuple[dt.date, ...]:
        """Days often enough, none in the month of the look at the bet."""
        months = {2, 4, 6, 8, 10, 12} - {found.look}
        months |= {found.look - 1, found.look + 1} & set(range(1, MONTHS + 1)) if found.bets else set()
        return tuple(_workday(dt.date(2027, month, 15)) for month in sorted(months))

    def reviews(self, found: Found, day: int = 15) -> tuple[dt.date, ...]:
        """One day in every second month or more often, one of them in the month of the look at the bet."""
        months = {2, 4, 6, 8, 10, 12} | ({found.look} if found.bets else set())
        return tuple(_workday(dt.date(2027, month, day)) for month in sorted(months))

    @property
    def top_returns(self) -> tuple[str, ...]:
        """The four reasons on which most weeks went."""
        return tuple(self.returns)[:4]

    def covered(self, reasons: Iterable[str]) -> float:
        """Weeks that went on these reasons."""
        return sum(self.returns[reason] for reason in set(reasons) if reason in self.returns)

    def saves(self, reasons: Iterable[str]) -> float:
        """Weeks that checks against these reasons should save."""
        return round(self.covered(reasons) * self.shape.stops / 100, 1)

    @property
    def pager(self) -> str:
        """Who has weeks enough for the pager."""
        return max(self.shape.on_call, key=lambda name: self.shape.on_call[name])

    def may(self, decision: str) -> str:
        """Somebody who may decide this and does not hope for the bet; for promises, up to enough."""
        people = self.shape.may[decision]
        return next(name for name, most in people.items() if name != HOPER and not most < ENOUGH_SUM)

    @property
    def match_margin(self) -> int:
        """€ thousand that matching brings a month: what the table has, and the fee that finance spares."""
        return self.assumed.margin[MATCH]

    @property
    def says(self) -> Mapping[str, object]:
        """What is said of this world, in words."""
        of = {kind: f"“{NAMES[self.held_by(kind)][0]}”" for kind in (GENTLE, MIDDLE, HARD)}
        names = {key: FUNCTION_NAMES[name] for key, name in
                 (("late", self.shape.late), ("tight", self.tight), ("planned_tight", self.planned_tight))}  # fmt: skip
        first = dict(tables.RETURNS)[next(iter(self.returns))]
        return of | names | {
            "first_return": first, "line": self.shape.line, "need": self.need, "budget": self.budget,
            "floor": self.floor,
        }  # fmt: skip

    def mistake(self, name: str) -> Mistake | None:
        """A board that tempts, by the name of its function in `mistakes`; None where it is no mistake here."""
        from curriculum.cases.product_ml_charter import mistakes

        found: Mistake | None = getattr(mistakes, name)(self)
        return found if found and found.fails else None

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


def _workday(day: dt.date) -> dt.date:
    """The same day, or the Monday after a weekend."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


@kept_for_worlds(maxsize=128)
def right_boards(seed: int) -> tuple[Found, ...]:
    """Right boards, the best first; searched for once in a process."""
    assumed = make_truth(seed, draw(seed), make_columns(seed, draw(seed))).assumed
    first, *others = found_among(seed, assumed)
    return (with_best_check(seed, first, assumed), *others)


@kept_for_worlds(maxsize=128)
def _second(seed: int) -> Found:
    assumed = make_truth(seed, draw(seed), make_columns(seed, draw(seed))).assumed
    return with_best_check(seed, other_structure(right_boards(seed)), assumed)


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
            "old_curves": tables.old_curves(seed, shape.line),
            "promises": tables.promises(shape, shape.sums),
            "returns": tables.returns(seed, shape),
            "latency": tables.latency(seed),
            "mandates": tables.mandates(shape),
            "on_call": tables.on_call(shape),
        }
    )


def make_truth(seed: int, shape: Draw, columns: Mapping[str, Columns]) -> Truth:
    """The world as its tables say it when they are read rightly."""
    ratios = tables.read_ratios(columns["deliveries"], columns["bookings"])
    budget, quickest, need = tables.fit_machines(columns["latency"], shape)
    finds, alarms = tables.read_checks(columns["old_curves"], shape.line)
    assumed = Assumed(
        effort=shape.effort,
        spread=shape.spread,
        capacity=tables.capacities(shape, ratios),
        ratios=ratios,
        stall=tables.read_stall(columns["curve_draws"], shape.mix / 100, shape.limit),
        finds=finds,
        alarms=alarms,
        margin=shape.margin,
        labels=float(shape.labels),
        sums=shape.sums,
        promised=PROMISED,
        holders=MappingProxyType({card: HOLDING[kind] for card, kind in shape.holder.items()}),
    )
    return Truth(
        seed=seed,
        shape=shape,
        assumed=assumed,
        booked=tables.read_booked(columns["deliveries"]),
        lab_stall=tables.read_stall(columns["curve_draws"], tables.SAMPLE_MIX, shape.limit),
        returns=tables.read_returns(columns["returns"]),
        budget=budget,
        quickest=quickest,
        need=need,
    )
