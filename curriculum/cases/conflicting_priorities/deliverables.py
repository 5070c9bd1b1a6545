"""What has to be delivered: how many weeks each thing takes, who can do it, who may decide, whose day it changes.

Who may decide, who can do it and whose day it changes is dealt anew for each world; the weeks that people have free are
just enough for one way to share the work.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Columns, Entry, Person, by_id, frozen_columns, random
from curriculum.cases.conflicting_priorities.draw import SLUG, Draw
from curriculum.cases.conflicting_priorities.worth import BOTH, DISPATCH_BUILD, LOG_BUILD, NONE, RULE_BUILD

DRIFT, LATE_WORDS, PAY, MODEL, NEW_LOG, DISPATCH = (
    "drift_watch", "late_words", "pay_rule", "model", "new_log", "dispatch_minute",
)  # fmt: skip
ALWAYS = ("promise_rule", "app_screen", "launch_words", "courier_briefing", PAY, DRIFT, LATE_WORDS)
"""What every plan that is launched needs, whatever it promises."""
NOT_NEEDED = ("long_study", "weekly_report")
MOST_CONSULTED = 4
TOLD = ("courier_briefing", "launch_words")
"""Of these, our fuller grid tells somebody who has no other part in them."""

DELIVERABLES = by_id(
    Entry("promise_rule", "The promise in the service", "The two formulas, running when an order is placed."),
    Entry("app_screen", "The time on the screen", "What customers see of the promise."),
    Entry("launch_words", "The words on posters and in the shops", "What is printed about the launch."),
    Entry("courier_briefing", "What couriers are told", "What a promised time is, and what it is not."),
    Entry(PAY, "The clause on pay", "In writing: what a missed time means for a courier's pay."),
    Entry(DISPATCH, "A minute when the courier leaves", "A second, narrower time, sent after the tap on leaving."),
    Entry(NEW_LOG, "A new log", "Something about a delivery that is known early and not written down today."),
    Entry(MODEL, "A model in place of the rule", "Built after the launch, from what the new log holds."),
    Entry(DRIFT, "A weekly look at what was kept", "Region by region, and what happens when it falls."),
    Entry(LATE_WORDS, "What is said when a time is wrong", "The message, and who answers to it."),
    Entry("long_study", "A study of five weeks", "Forty days with couriers, in all regions."),
    Entry("weekly_report", "A report on meetings", "What the four teams agreed in each week."),
)

_WAITS: Mapping[str, str] = {
    "app_screen": "promise_rule", "launch_words": "app_screen", "courier_briefing": PAY, DISPATCH: "promise_rule",
    MODEL: NEW_LOG, DRIFT: "promise_rule", LATE_WORDS: "app_screen",
}  # fmt: skip


@dataclass(frozen=True)
class Work:
    """One deliverable in one world."""

    id: str
    weeks: float
    can_do: tuple[str, ...]
    """Who can do it, the first as we would share the work."""
    may_decide: tuple[str, ...]
    changes_the_day_of: str
    waits_for: str
    """The deliverable without which it cannot begin; blank where there is none."""


_CHOICES: Mapping[str, tuple[float, str, str, str]] = {
    # weeks; who can do it; who may have a say in it; whose day it may change
    "promise_rule": (RULE_BUILD, "ebba", "you odalys tomasz stellan ebba", "stellan ruta odalys"),
    "app_screen": (2, "imani", "imani you odalys ruta", "ruta odalys stellan"),
    "launch_words": (1, "odalys imani", "odalys imani you ruta", "odalys ruta stellan"),
    "courier_briefing": (1, "stellan odalys", "stellan odalys you ruta", "stellan ruta odalys"),
    PAY: (0.5, "stellan you", "stellan you odalys ruta", "stellan ruta odalys"),
    DISPATCH: (DISPATCH_BUILD, "ebba", "ebba stellan you ruta", "stellan ruta imani"),
    NEW_LOG: (LOG_BUILD, "ebba", "ebba stellan tomasz odalys", "stellan odalys ruta"),
    MODEL: (7, "tomasz", "tomasz you imani henrike", "stellan ruta odalys"),
    DRIFT: (1, "tomasz ruta", "tomasz ruta you stellan", "ruta stellan odalys"),
    LATE_WORDS: (1, "ruta imani", "ruta imani odalys you", "ruta odalys stellan"),
    "long_study": (5, "imani", "imani stellan you", "stellan ruta odalys"),
    "weekly_report": (1, "you", "you henrike ruta", "ruta stellan tomasz"),
}
TWO_DECIDE = 0.25
"""Share of deliverables about which either of two people may decide."""


def make_work(seed: int, shape: Draw) -> Mapping[str, Work]:
    """The deliverables of one world by id."""
    rng = random(SLUG, seed, "work")
    found = {}
    for id, (weeks, doers, pool, bearers) in _CHOICES.items():
        can = tuple(rng.permutation(doers.split()).tolist())
        if id != LATE_WORDS and len(can) > 1 and rng.random() < 0.5:
            can = can[:1]
        may = tuple(rng.permutation(pool.split()).tolist()[: 2 if rng.random() < TWO_DECIDE else 1])
        if id == PAY:
            may = ("you",) if shape.pay_is_yours else ("henrike",)
        others = (*rng.permutation(bearers.split()).tolist(), "imani", "odalys")
        day = next(person for person in others if person not in (*can, *may))
        found[id] = Work(id, float(weeks), can, may, day, _WAITS.get(id, ""))
    return MappingProxyType(found)


def make_capacity(work: Mapping[str, Work], shape: Draw) -> Mapping[str, float]:
    """Weeks that people have free until the launch: what our share of the work takes; Ebba's as the world has them."""
    free = {"odalys": 0.5, "tomasz": 0.5, "imani": 0.5, "stellan": 0.5, "ruta": 0.5, "you": 0.5}
    taken = dict.fromkeys(free, 0.0)
    for id in ALWAYS:
        if (doer := work[id].can_do[0]) in taken:
            taken[doer] += work[id].weeks
    found = {person: max(least, taken[person]) for person, least in free.items()}
    return MappingProxyType({**found, "ebba": float(shape.backend_weeks), "henrike": 0.0})


def rows_for(mechanism: str, log: str) -> tuple[str, ...]:
    """The deliverables that a plan needs."""
    return (*ALWAYS, *((DISPATCH,) if mechanism == BOTH else ()), *((NEW_LOG, MODEL) if log not in ("", NONE) else ()))


def weeks_until_launch(work: Mapping[str, Work], doers: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """By person: the weeks that they need until the launch, where those who do a thing share it evenly."""
    need: dict[str, float] = {}
    for id, people in doers.items():
        if id != MODEL and id in work:
            for person in people:
                need[person] = need.get(person, 0.0) + work[id].weeks / len(people)
    return need


Codes = Mapping[str, Mapping[str, str]]
"""By deliverable and person: R, A, A/R, C or I."""


def our_grid(work: Mapping[str, Work], rows: Sequence[str], *, lean: bool) -> Codes:
    """A RACI that holds in a world; the lean one asks and tells as few people as it may."""
    grid: dict[str, dict[str, str]] = {}
    for id in rows:
        one = work[id]
        doer, decides = one.can_do[0], one.may_decide[-1 if lean else 0]
        cells = {doer: "R"}
        cells[decides] = "A/R" if decides == doer else "A"
        cells.setdefault(one.changes_the_day_of, "C")
        grid[id] = cells
    for id in rows:
        blocker = work[id].waits_for
        if blocker in grid:
            grid[blocker].setdefault(work[id].can_do[0], "C")
    if not lean:
        for id in TOLD:
            waits = {doer for other in rows if work[other].waits_for == id for doer in work[other].can_do}
            untold = (one for one in _CHOICES[id][2].split() if one not in {*grid[id], *waits})
            if told := next(untold, ""):
                grid[id][told] = "I"
    return MappingProxyType({id: MappingProxyType(cells) for id, cells in grid.items()})


def work_table(work: Mapping[str, Work], people: Mapping[str, Person]) -> Columns:
    """What each deliverable takes."""

    def names(ids: Sequence[str]) -> str:
        return " or ".join(people[id].first_name for id in ids)

    return frozen_columns(
        deliverable=np.array([DELIVERABLES[id].label for id in work]),
        weeks=np.array([one.weeks for one in work.values()]),
        can_be_done_by=np.array([names(one.can_do) for one in work.values()]),
        waits_for=np.array([DELIVERABLES[one.waits_for].label if one.waits_for else "" for one in work.values()]),
        changes_the_day_of=np.array([names((one.changes_the_day_of,)) for one in work.values()]),
    )


def authority_table(work: Mapping[str, Work], people: Mapping[str, Person]) -> Columns:
    """Who may decide."""
    pairs = [(id, person) for id, one in work.items() for person in one.may_decide]
    return frozen_columns(
        deliverable=np.array([DELIVERABLES[id].label for id, _ in pairs]),
        may_decide=np.array([people[person].label for _, person in pairs]),
    )


def capacity_table(capacity: Mapping[str, float], people: Mapping[str, Person]) -> Columns:
    """Whose weeks are free until the launch."""
    return frozen_columns(
        person=np.array([people[id].label for id in capacity]),
        works_on=np.array([people[id].role for id in capacity]),
        weeks_free=np.array([math.floor(2 * weeks) / 2 for weeks in capacity.values()]),
    )
