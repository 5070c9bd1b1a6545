"""Plans for one engineer's quarter: who comes after whom, what a contractor takes, when each piece is there, its cost.

Money is in thousand euros, weeks are counted from the first of the quarter, days are days of work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, permutations

WEEKS = 13
NEXT_QUARTER = 17
"""In this week comes what the quarter has no room for."""
RELATIVE, ABSOLUTE = 0.10, 3.0
"""A cost within a tenth, or three thousand euros, of another one is as good: estimates of days are no better."""


@dataclass(frozen=True)
class Plan:
    """An order of work, and what is given out of the house."""

    order: tuple[str, ...]
    """Topics, as the engineer works on them one after the other."""
    contractor: str = ""
    """The topic that a contractor does instead; blank: none."""

    @property
    def pieces(self) -> tuple[str, ...]:
        """Everything that is done, the contractor's piece last."""
        return (*self.order, self.contractor) if self.contractor else self.order

    def has_each_once(self, topics: Iterable[str]) -> bool:
        """Whether every topic is in it, once, and nothing else."""
        return sorted(self.pieces) == sorted(topics)


@dataclass(frozen=True)
class Work:
    """What the cost of a plan depends on."""

    room: tuple[float, ...]
    """Days on which the engineer is there, by week."""
    days: Mapping[str, float]
    """By topic: days of work."""
    due: Mapping[str, int]
    """By topic: the week at whose end it is needed."""
    late: Mapping[str, float]
    """By topic: what each week of waiting costs after that."""
    once: Mapping[str, float]
    """By topic: what is lost once if the date is missed; 0 where the date can move."""
    pair: tuple[str, ...] = ()
    """Two topics with a part in common."""
    shared: float = 0.0
    """The days of that part, which are worked once."""
    earliest: Mapping[str, int] | None = None
    """By topic: the week before which it is of no use."""
    can_give: bool = False
    """Whether there is money for a contractor; a piece that is given to one all the same is done by nobody."""
    fee: float = 0.0
    """What the contractor takes."""
    given_done: int = 9
    """The week at whose end the contractor is done with his piece, if he begins with the quarter."""
    starts: int = 1
    """The week in which the work begins."""


def plans(topics: Sequence[str], pair: Sequence[str], contractor: bool) -> Iterator[Plan]:
    """Every order, and where a contractor may be had, every order of the rest beside a piece of his that shares
    nothing with another."""
    for order in permutations(topics):
        yield Plan(order)
    for given in topics if contractor else ():
        if given not in pair:
            for order in permutations([topic for topic in topics if topic != given]):
                yield Plan(order, given)


def weeks_done(plan: Plan, work: Work) -> dict[str, int]:
    """By topic: the week at whose end it is there."""
    there = list(accumulate(room if week >= work.starts else 0.0 for week, room in enumerate(work.room, start=1)))
    done, taken, begun = {}, 0.0, set[str]()
    for topic in plan.order:
        taken += work.days[topic]
        if topic in work.pair and begun & set(work.pair):
            taken -= work.shared
        begun.add(topic)
        done[topic] = next((week for week, sum_ in enumerate(there, 1) if sum_ >= taken - 1e-9), NEXT_QUARTER)
    if plan.contractor:
        done[plan.contractor] = work.given_done + work.starts - 1 if work.can_give else NEXT_QUARTER
    for topic, week in (work.earliest or {}).items():
        done[topic] = max(done[topic], week)
    return done


def cost(plan: Plan, work: Work) -> float:
    """What a plan costs: weeks of waiting after each date, what is lost once, the contractor."""
    total = work.fee if plan.contractor and work.can_give else 0.0
    for topic, week in weeks_done(plan, work).items():
        if week > work.due[topic]:
            total += (week - work.due[topic]) * work.late[topic] + work.once[topic]
    return total


def near_enough(one: float, other: float) -> bool:
    """Whether two costs are the same as far as anybody can tell; the second is the true one."""
    return abs(one - other) <= max(RELATIVE * abs(other), ABSOLUTE) + 1e-9


def good_enough(found: float, best: float) -> bool:
    """Whether a plan's cost is as good as that of the best one."""
    return found <= best + max(RELATIVE * best, ABSOLUTE) + 1e-9
