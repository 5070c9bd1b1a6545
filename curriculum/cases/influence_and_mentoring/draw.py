"""What shape a world of `influence_and_mentoring` has: which action helps whom, which ally can, what Pip got wrong.

Shapes are dealt in rounds of neighbouring seeds, each equally often, in an order that nobody can guess from the seed.
Risk is not persuadability (A12), and contact may drive people away (stochasticsolutions.com/retention.html); ranges
are design choices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from curriculum.cases.base import random

SLUG = "influence_and_mentoring"
T = TypeVar("T")

DISCOUNT, PAUSE, PICKS, NOTHING = "discount", "pause", "picks", "nothing"
ACTIONS = (DISCOUNT, PAUSE, PICKS)
CELLS, GAP, MIXED = "cells", "gap", "mixed"
KINDS = (CELLS, GAP, MIXED)
RISKS, PROFILES = ("low", "middle", "high"), ("one", "many")
SEGMENTS: Mapping[str, str] = MappingProxyType(
    {"families": "Families", "nights": "Night listeners", "crime": "Crime listeners", "learners": "Language learners"}
)

OWN_DAYS = 10
"""Days of their own that the learner has for it until the quarter ends."""

LIMIT, DAYS, OWN_METRIC, NONE = "limit", "days", "own_metric", "nothing"
_ALLIES: tuple[tuple[str, str, str], ...] = (
    # what stops Noa, Ruben, Sigrid
    (NONE, DAYS, OWN_METRIC), (NONE, OWN_METRIC, OWN_METRIC), (LIMIT, NONE, OWN_METRIC), (DAYS, NONE, OWN_METRIC),
    (LIMIT, DAYS, NONE), (DAYS, OWN_METRIC, NONE), (NONE, OWN_METRIC, NONE), (LIMIT, NONE, NONE),
    (NONE, NONE, OWN_METRIC),
)  # fmt: skip
_SHAPES = tuple((action, kind) for action in ACTIONS for kind in KINDS)

SLIP, BELIEF, BLANK = "slip", "belief", "gap"
ROOTS = (SLIP, BELIEF, BLANK)
AREAS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {1: ("group", "channel"), 2: ("outcome", "control"), 3: ("value", "cost"), 4: ("size", "read_out")}
)


@dataclass(frozen=True)
class Draw:
    """The shape of one world."""

    action: str
    kind: str
    stops: tuple[str, str, str]
    """What stops Noa, Ruben and Sigrid."""
    segment: str
    size: int
    cells: tuple[tuple[str, str], ...]
    """Risk and profiles of the two cells that the action helps, where it is `cells`."""
    below: bool
    cut: int
    """Days since the last start below which, or from which on, the action helps, where it is `gap`."""
    helps: float
    """By how much the best action helps where it helps."""
    others: Mapping[str, float]
    """By how much each other action helps there."""
    elsewhere: Mapping[str, tuple[float, ...]]
    """By action: what it does elsewhere, by cell."""
    early: Mapping[str, float]
    """By action: what day 30 shows."""
    price: float
    margin: float
    months: int
    costs: Mapping[str, float]
    score_cost: int
    score_half: int
    flawed: tuple[str, ...]
    """One field an area, in the order of areas."""
    roots: tuple[str, ...]
    rests: Mapping[str, int]
    """€ of Pip's sum that rest on each field."""

    @property
    def uses_score(self) -> bool:
        return self.kind == MIXED


def dealt(seed: int, stream: str, cards: Sequence[T]) -> T:
    """The card of a seed from a round in which each card comes once."""
    order = random(SLUG, seed // len(cards), stream).permutation(len(cards))
    return cards[int(order[seed % len(cards)])]


def draw(seed: int) -> Draw:
    """The shape of one world."""
    rng = random(SLUG, seed, "draw")
    action, kind = dealt(seed, "shapes", _SHAPES)
    all_cells = [(risk, many) for risk in RISKS for many in PROFILES]
    cells = tuple(all_cells[int(one)] for one in sorted(rng.choice(6, 2, replace=False)))
    bad = [one for one in ACTIONS if one != action]
    broad = str(rng.choice(bad)) if rng.random() < 0.6 else ""
    helps = float(rng.uniform(0.125, 0.155) if action == DISCOUNT else rng.uniform(0.095, 0.12))
    elsewhere = {one: tuple(float(value) for value in rng.uniform(-0.045, -0.02, 6)) for one in ACTIONS}
    if broad:
        elsewhere[broad] = tuple(float(value) for value in rng.uniform(0.004, 0.01, 6))
    margin = round(float(rng.uniform(5.2, 7.4)), 2)
    below = bool(rng.integers(0, 2))
    flawed, roots, rests = _mistakes(seed)
    return Draw(
        action=action,
        kind=kind,
        stops=dealt(seed, "allies", _ALLIES),
        segment=dealt(seed, "segments", tuple(SEGMENTS)),
        size=int(rng.integers(90, 161)) * 100,
        cells=cells,
        below=below,
        cut=int(rng.integers(6, 9)) if below else int(rng.integers(13, 17)),
        helps=helps,
        others=MappingProxyType({one: float(rng.uniform(0.015, 0.03)) for one in bad}),
        elsewhere=MappingProxyType(elsewhere),
        early=MappingProxyType({
            DISCOUNT: float(rng.uniform(0.04, 0.06)), PAUSE: float(rng.uniform(0.15, 0.18)),
            PICKS: float(rng.uniform(0.0, 0.015)),
        }),
        price=round(2.2 * margin, 2),
        margin=margin,
        months=int(rng.integers(7, 12)),
        costs=MappingProxyType({
            DISCOUNT: round(float(rng.uniform(3.0, 4.0)), 2), PAUSE: round(float(rng.uniform(0.4, 0.9)), 2),
            PICKS: round(float(rng.uniform(0.3, 0.8)), 2),
        }),
        score_cost=int(rng.integers(9, 25)) * 100,
        score_half=int(rng.integers(1, 3)),
        flawed=flawed,
        roots=roots,
        rests=rests,
    )  # fmt: skip


def _mistakes(seed: int) -> tuple[tuple[str, ...], tuple[str, ...], Mapping[str, int]]:
    """Which field of each area is flawed, how each mistake arose, and how many € rest on each field.

    The three mistakes on which most rests have roots of three kinds.
    """
    rng = random(SLUG, seed, "pip")
    flawed = tuple(AREAS[area][int(rng.integers(0, 2))] for area in AREAS)
    place = rng.permutation(4)
    weights = np.round(np.array([9.0, 6.0, 4.0, 2.0])[place] * rng.uniform(0.92, 1.08, 4), 1) * 1000
    heavy = [int(one) for one in np.argsort(-weights)]
    kinds = [ROOTS[int(one)] for one in rng.permutation(3)]
    roots = [""] * 4
    for number, area in enumerate(heavy):
        roots[area] = kinds[number] if number < 3 else ROOTS[int(rng.integers(0, 3))]
    rests = {}
    for area, (fields, weight) in enumerate(zip(AREAS.values(), weights, strict=True)):
        for field in fields:
            usual = float(rng.uniform(2.0, 9.5)) * 1000
            rests[field] = int(round(float(weight) if field == flawed[area] else usual, -2))
    return flawed, tuple(roots), MappingProxyType(rests)
