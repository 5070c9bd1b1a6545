"""A quarter of events: seventy items handed over, picked up, sent back, held, decided; and what people wrote of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.pod_in_flight.draw import BLOCKED, CAUSES, DECISION, HANDOFF, REWORK, SLUG, SQUADS, Draw
from curriculum.support.worlds import kept_for_worlds

ITEMS = 70
HALF_AS_LONG = 0.45
"""What joint reviews leave of the waits between functions, where they work."""
FUNCTIONS = ("data_science", "engineering", "analysts", "accounts", "design", "product")
SIZES = {"data_science": 8, "engineering": 9, "analysts": 7, "accounts": 5, "design": 4, "product": 3}
"""People who were asked, by function."""
ASKED = sum(SIZES.values())
FEWEST = 5
"""A group of fewer is not shown by itself."""
BEGINS = {HANDOFF: "handed over", REWORK: "sent back", BLOCKED: "blocked", DECISION: "decision asked"}
ENDS = {HANDOFF: "picked up", REWORK: "sent again", BLOCKED: "unblocked", DECISION: "decided"}
STARTED, DONE = "started", "done"


@kept_for_worlds(maxsize=8)
def means(seed: int, shape: Draw) -> Mapping[str, float]:
    """Days that an item waits on average, by cause, and "work" for the days in which somebody works on it."""
    rng = random(SLUG, seed, "means")
    waits = {name: float(rng.uniform(1.2, 1.75)) for name in CAUSES}
    waits[shape.main] = float(rng.uniform(7.6, 9.4))
    waits[shape.second] = float(rng.uniform(4.0, 4.7))
    if shape.pilot_works and HANDOFF in (shape.main, shape.second):
        waits[HANDOFF] *= 2 / (1 + HALF_AS_LONG)  # half of the items wait less, so the others make up for it
    return {**waits, "work": float(rng.uniform(6, 8))}


@kept_for_worlds(maxsize=8)
def waited(seed: int, shape: Draw, stream: str = "given") -> Mapping[str, np.ndarray]:
    """Days by item, of each cause and of work, to a tenth; "squad" says whose item it is.

    The means of the table are those that were meant, squad by squad, whatever chance does to single items.
    """
    rng, mean = random(SLUG, seed, f"waits/{stream}"), means(seed, shape)
    squad = np.array(SQUADS)[rng.permutation(np.arange(ITEMS) % len(SQUADS))]
    pilot = np.isin(squad, shape.pilot)
    before = stream == "before"
    found: dict[str, np.ndarray] = {"squad": squad}
    for name, days in mean.items():
        each = rng.gamma(6.0, 1 / 6.0, ITEMS)
        if name == REWORK:
            each *= rng.permutation(np.arange(ITEMS) < round(rng.uniform(0.4, 0.75) * ITEMS))
        shorter = HALF_AS_LONG if name == HANDOFF and shape.pilot_works and not before else 1.0
        for rows, short in ((pilot, shorter), (~pilot, 1.0)):
            each[rows] *= days * short / each[rows].mean()
        found[name] = np.round(each * (1 / (1 - shape.easier) if before else 1.0), 1)
    return found


def events(seed: int, shape: Draw) -> Columns:
    """One row an event, by item and day of the quarter."""
    days, rng = waited(seed, shape), random(SLUG, seed, "events")
    rows: list[tuple[int, str, float, str, str]] = []
    for item in range(ITEMS):
        day = float(rng.integers(0, 440)) / 10
        squad = str(days["squad"][item])
        rows.append((item + 1, squad, day, STARTED, "product"))
        spans = _spans(rng, {name: float(days[name][item]) for name in CAUSES})
        work = rng.dirichlet(np.full(len(spans) + 1, 5.0)) * float(days["work"][item])
        path = [FUNCTIONS[int(number)] for number in rng.integers(0, 3, len(spans) + 1)]
        for place, (name, length) in enumerate(spans):
            day += float(work[place])
            rows.append((item + 1, squad, day, BEGINS[name], path[place]))
            day += length
            rows.append((item + 1, squad, day, ENDS[name], path[place + 1]))
        rows.append((item + 1, squad, day + float(work[-1]), DONE, "product"))
    return frozen_columns(
        item=np.array([row[0] for row in rows]), squad=np.array([row[1] for row in rows]),
        day=np.round([row[2] for row in rows], 1), what=np.array([row[3] for row in rows]),
        function=np.array([row[4] for row in rows]),
    )  # fmt: skip


def _spans(rng: np.random.Generator, waits: Mapping[str, float]) -> list[tuple[str, float]]:
    """Waits of one item in the order in which they came: those between functions in up to three pieces."""
    pieces: list[tuple[str, float]] = []
    for name, days in waits.items():
        if days <= 0:
            continue
        parts = rng.dirichlet(np.full(3, 4.0)) if name == HANDOFF else np.ones(1)
        pieces += [(name, float(days * part)) for part in parts]
    return [pieces[int(place)] for place in rng.permutation(len(pieces))]


def items_before(seed: int, shape: Draw) -> Columns:
    """The quarter before, one row an item: what was waited between functions, and all of it."""
    days = waited(seed, shape, "before")
    lead = np.sum([days[name] for name in (*CAUSES, "work")], axis=0)
    return frozen_columns(item=np.arange(1, ITEMS + 1), squad=days["squad"].copy(),
                          handoff_days=np.round(days[HANDOFF], 1), lead_days=np.round(lead, 1))  # fmt: skip


def survey(seed: int) -> Columns:
    """One row an answer: 1 means that it goes badly, 5 that it goes well."""
    rng = random(SLUG, seed, "survey")
    least = {"data_science": 6, "engineering": 7, "analysts": 5, "accounts": 4, "design": 3, "product": 2}
    centre = {"data_science": 4.5, "engineering": 4.4, "analysts": 4.2, "accounts": 4.3, "design": 2.0, "product": 3.6}
    functions, scores = [], []
    for name in FUNCTIONS:
        count = int(rng.integers(least[name], SIZES[name] + 1))
        functions += [name] * count
        scores += np.clip(np.round(rng.normal(centre[name], 0.55, count)), 1, 5).astype(int).tolist()
    order = rng.permutation(len(scores))
    return frozen_columns(function=np.array(functions)[order], score=np.array(scores)[order])


def asked() -> Columns:
    """How many people of each function were asked."""
    return frozen_columns(function=np.array(FUNCTIONS), people=np.array([SIZES[name] for name in FUNCTIONS]))


def read_waits(table: Columns) -> Mapping[str, np.ndarray]:
    """Days by item from the log, of each cause, and "lead" from start to done: what lies between two events."""
    items = np.asarray(table["item"])
    day, what = np.asarray(table["day"]), np.asarray(table["what"])
    found = {name: np.zeros(int(items.max())) for name in (*CAUSES, "lead")}
    for name in CAUSES:
        for mark, sign in ((BEGINS[name], -1.0), (ENDS[name], 1.0)):
            rows = what == mark
            np.add.at(found[name], items[rows] - 1, sign * day[rows])
    for mark, sign in ((STARTED, -1.0), (DONE, 1.0)):
        rows = what == mark
        np.add.at(found["lead"], items[rows] - 1, sign * day[rows])
    return found


def squads(table: Columns) -> np.ndarray:
    """The squad of each item."""
    items, names = np.asarray(table["item"]), np.asarray(table["squad"])
    return np.array([names[items == item][0] for item in range(1, int(items.max()) + 1)])


def score_of(table: Columns, functions: Iterable[str]) -> tuple[float, int]:
    """The mean of some functions together, and how many answered; nothing of nobody."""
    rows = np.isin(np.asarray(table["function"]), list(functions))
    count = int(rows.sum())
    return (float(np.asarray(table["score"])[rows].mean()) if count else 0.0), count
