"""What differs from world to world: which plan is best and why, what February decided, whose date is hard.

Shapes are dealt in rounds of neighbouring seeds, each equally often; days, dates and costs are drawn until the best
plan has the shape that was dealt and every tempting mistake shows in the cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, count, permutations
from typing import TypeVar

import numpy as np

from curriculum.cases.base import random
from curriculum.cases.listen_and_ask.cast import MATTERS, TOPICS
from curriculum.cases.listen_and_ask.plans import (
    NEXT_QUARTER,
    WEEKS,
    Plan,
    Work,
    cost,
    good_enough,
    near_enough,
    plans,
    weeks_done,
)
from curriculum.cases.listen_and_ask.truth import DECIDED, POSTPONED, UNDECIDED

SLUG = "listen_and_ask"
T = TypeVar("T")

STRUCTURES = ("shared_first", "dates_first", "one_later", "contractor")
PAIRS = tuple(combinations(TOPICS, 2))
JUNE, EXTENSION = 10, 4
"""The week of the June release; by how many weeks the old warehouse can be kept longer."""
MOST_PASSING = 8
"""More plans than these are never as good as the best one, so that a guess is no plan."""
PATIENCE = 120
"""So many times numbers are drawn for one way in which February ended."""
LEAST_GAIN, LEAST_DELAY = 25.0, 15.0
"""Thousand euros that deciding saves at least, and that two weeks of waiting cost."""


@dataclass(frozen=True)
class Draw:
    """The shape of one world and its numbers."""

    structure: str
    status: dict[str, str]
    """By matter: how February left it."""
    firmness: dict[str, str]
    """By topic: hard_loud, whisper, shout or soft."""
    work: Work
    asked: Work
    due_said: dict[str, int]
    filed: tuple[str, ...]
    leave: tuple[int, ...]
    """By week: days on which Tilde is away."""
    best: Plan
    best_cost: float
    second: Plan
    runner_up: Plan
    given: Plan | None
    """The best plan in which a contractor has a piece; None where he has no money."""


def dealt(seed: int, stream: str, options: Sequence[T]) -> T:
    """One of the options; every round of as many seeds as there are options deals each of them once."""
    round_, turn = divmod(seed, len(options))
    order = random(SLUG, round_, f"round/{stream}").permutation(len(options))
    return options[int(order[turn])]


def structure_of(plan: Plan, work: Work) -> str:
    """What sort of plan it is."""
    if plan.contractor:
        return "contractor"
    if NEXT_QUARTER in weeks_done(plan, work).values():
        return "one_later"
    return "shared_first" if set(plan.order[:2]) == set(work.pair) else "dates_first"


def draw(seed: int) -> Draw:
    """The shape of the world with this seed, and numbers that have it."""
    structure = dealt(seed, "structure", STRUCTURES)
    statuses = [
        (lost, later)
        for lost, later in permutations(MATTERS, 2)
        if structure != "contractor" or "contractor" not in (lost, later)
    ]
    # Four neighbouring seeds have four structures, so each structure is dealt its own round.
    first = statuses.index(dealt(seed // len(STRUCTURES), f"status/{structure}", statuses))
    pair = dealt(seed, "pair", PAIRS)
    firm = dealt(seed, "firmness", tuple(permutations(("hard_loud", "whisper", "shout", "soft"))))
    firmness = dict(zip(TOPICS, firm, strict=True))
    rng = random(SLUG, seed, "numbers")
    for number in count():
        # A few shapes hardly ever come together; then February left it otherwise.
        lost, later = statuses[(first + number // PATIENCE) % len(statuses)]
        status = {matter: {lost: UNDECIDED, later: POSTPONED}.get(matter, DECIDED) for matter in MATTERS}
        found = _tried(rng, structure, status, firmness, pair)
        if found is not None:
            return found
    raise AssertionError("counting has no end")


def room(leave: Sequence[int], oncall: bool) -> tuple[float, ...]:
    """By week: days on which Tilde is there; four while she is on call, five if that was handed over."""
    return tuple(float(max(0, (5 if oncall else 4) - away)) for away in leave)


def _tried(
    rng: np.random.Generator, structure: str, status: dict[str, str], firmness: dict[str, str], pair: tuple[str, ...]
) -> Draw | None:
    """One draw of days, dates and costs; None where the best plan is of another shape, or a mistake would not show."""
    topics = tuple(TOPICS)
    days = {topic: int(rng.integers(9, 19)) for topic in topics}
    due = dict(zip(topics, (int(week) for week in rng.integers(3, 13, 4)), strict=True))
    late = {topic: float(rng.integers(10, 81)) / 10 for topic in topics}
    hard = {topic for topic, firm in firmness.items() if firm in ("hard_loud", "whisper")}
    once = {topic: float(rng.integers(20, 41)) if topic in hard else 0.0 for topic in topics}
    shared = max(3, round(float(rng.uniform(0.5, 0.75)) * min(days[topic] for topic in pair)))
    leave = _leave(rng)
    work = believed(
        Work(
            room=(), days=days, due=due, late=late, once=once, pair=pair, shared=float(shared),
            fee=float(rng.integers(10, 25)), given_done=int(rng.integers(5, 10)),
        ),
        leave, status,
    )  # fmt: skip
    ranked = ranking(work)
    best, best_cost = ranked[0]
    if structure_of(best, work) != structure:
        return None
    passing = [plan for plan, price in ranked if good_enough(price, best_cost)]
    if len(passing) > MOST_PASSING or len({*due.values()}) < 3:
        return None
    # Somebody has to be told, and waiting has its price.
    if all(week <= work.due[topic] for topic, week in weeks_done(best, work).items()):
        return None
    if cost(best, replace(work, starts=3)) - best_cost < LEAST_DELAY:
        return None
    asked_days = {topic: float(round(days[topic] * float(rng.uniform(1.9, 3.0)))) for topic in topics}
    asked = replace(work, days=asked_days, pair=(), shared=0.0)
    filed = tuple(str(topic) for topic in rng.permutation(topics))
    if cost(Plan(filed), asked) - best_cost < LEAST_GAIN:
        return None
    if not all(_misleads(wrong, work, best_cost) for wrong in _mistakes(work, leave, status, firmness, due)):
        return None
    beside = next(plan for plan, price in ranked if not good_enough(price, best_cost))
    given = next((plan for plan, _ in ranked if plan.contractor), None)
    other = next((plan for plan in passing[1:] if plan.order[0] != best.order[0]), passing[-1])
    return Draw(structure, status, firmness, work, asked, due, filed, leave, best, best_cost, other, beside, given)


def _leave(rng: np.random.Generator) -> tuple[int, ...]:
    """Five to ten days away, in one or two weeks and some single days."""
    away = [0] * WEEKS
    first = int(rng.integers(1, WEEKS - 1))
    away[first] = 4
    for _ in range(int(rng.integers(1, 7))):
        week = int(rng.integers(0, WEEKS))
        away[week] = min(4, away[week] + 1)
    return tuple(away)


def believed(work: Work, leave: Sequence[int], status: dict[str, str]) -> Work:
    """The work as it stands for somebody who takes these matters of February for decided."""
    due = dict(work.due)
    if status["extension"] == DECIDED:
        due["warehouse"] += EXTENSION
    earliest = {"events": JUNE} if status["june"] == DECIDED else {}
    room_ = room(leave, status["oncall"] == DECIDED)
    return replace(work, room=room_, due=due, earliest=earliest, can_give=status["contractor"] == DECIDED)


def ranking(work: Work) -> list[tuple[Plan, float]]:
    """All plans that can be had with what each costs, the best first."""
    can_be_had = plans(tuple(work.days), work.pair, work.can_give)
    return sorted(((plan, cost(plan, work)) for plan in can_be_had), key=lambda found: found[1])


def _mistakes(
    work: Work, leave: Sequence[int], status: dict[str, str], firmness: dict[str, str], due: dict[str, int]
) -> list[Work]:
    """What the work looks like to those who miss the pair, take dates as they were said, or believe February."""
    swapped = {topic: work.once[topic] for topic in work.days}
    shout, whisper = (next(t for t, firm in firmness.items() if firm == one) for one in ("shout", "whisper"))
    swapped[shout], swapped[whisper] = swapped[whisper], 0.0
    believing = {matter: DECIDED if one == UNDECIDED else one for matter, one in status.items()}
    return [
        replace(work, pair=(), shared=0.0),
        replace(work, once=swapped),
        believed(replace(work, due=due), leave, believing),
    ]


def _misleads(wrong: Work, work: Work, best_cost: float) -> bool:
    """Whether somebody with this picture recommends a worse plan, or states a cost that is not so."""
    plan, stated = ranking(wrong)[0]
    true = cost(plan, work)
    return not good_enough(true, best_cost) or not near_enough(stated, true)
