"""The past campaign: forty thousand subscribers, an arm by lot, who was active on day 30 and who paid on day 120."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.influence_and_mentoring.draw import (
    ACTIONS,
    CELLS,
    GAP,
    MIXED,
    NOTHING,
    PROFILES,
    RISKS,
    SLUG,
    Draw,
)

COUNT = 40_000
STAY = (0.86, 0.72, 0.54)
"""Paying on day 120, untouched, by third of risk."""
ACTIVE = (0.80, 0.74, 0.66)
"""Active on day 30, untouched, by third of risk."""
SCORE_NOISE, MEMORY = 0.06, 0.03
"""How far the analyst's score scatters, and what it remembers of outcomes in the wave on which it was trained."""
MOST_GAP = 30


@dataclass(frozen=True, eq=False)
class Campaign:
    """The rows that are shown, and what holds of each person by construction."""

    columns: Columns
    untouched: np.ndarray
    """Probability of paying on day 120 with nothing, by row."""
    effect: dict[str, np.ndarray]
    """By action: what it adds to that, by row."""
    cell: np.ndarray
    """0 to 5, by row: third of risk, then one or many profiles."""


def spread(probability: np.ndarray, start: float) -> np.ndarray:
    """Happened or not by row, so that any run of neighbouring rows has as many as it is expected to have."""
    total = np.floor(np.cumsum(probability) + start)
    happened: np.ndarray = np.diff(np.concatenate([[np.floor(start)], total])) > 0
    return happened


def make_campaign(seed: int, shape: Draw, stream: str = "campaign") -> Campaign:
    """One draw of the campaign's people; another `stream` is another draw of the same world."""
    rng = random(SLUG, seed, stream)
    many = random(SLUG, seed, "cells").dirichlet(np.full(6, 25.0))
    counts = np.floor(many * COUNT).astype(int)
    counts[0] += COUNT - counts.sum()
    cell = np.repeat(np.arange(6), counts)
    gap = np.minimum(np.floor(rng.gamma(2.2, 5.5, COUNT)), MOST_GAP).astype(int)
    latent = rng.normal(0, 1, COUNT)
    arm = np.empty(COUNT, dtype=int)
    helped = persuadable(shape, cell, gap, latent)
    noise = dict(zip(ACTIONS, random(SLUG, seed, f"{stream}, scores").normal(0, SCORE_NOISE, (3, COUNT)), strict=True))
    # Where only a score sees whom it helps, neighbours are those whom the score sees alike: what a cut of it shows in
    # one wave is then what holds, and not luck that no reader could tell from it.
    alike = noise[shape.action] if shape.kind == MIXED else gap
    order = np.lexsort((alike, helped, cell))
    arm[order] = (np.arange(COUNT) + int(rng.integers(0, 4))) % 4
    untouched = np.array(STAY)[cell // 2]
    effect = {name: effects(shape, name, helped, cell) for name in ACTIONS}
    paying, active = np.zeros(COUNT, bool), np.zeros(COUNT, bool)
    for number, name in enumerate((NOTHING, *ACTIONS)):
        mine = order[arm[order] == number]
        adds = effect[name][mine] if name != NOTHING else 0.0
        early = shape.early[name] if name != NOTHING else 0.0
        paying[mine] = spread(np.clip(untouched[mine] + adds, 0, 1), float(rng.random()))
        active[mine] = spread(np.clip(np.array(ACTIVE)[cell[mine] // 2] + early, 0, 1), float(rng.random()))
    wave = np.empty(COUNT, dtype=int)
    by_arm = np.lexsort((alike, paying, helped, cell, arm))
    wave[by_arm] = 1 + np.arange(COUNT) % 2
    scores = {}
    for number, name in enumerate(ACTIONS, start=1):
        luck = paying - np.clip(untouched + np.where(arm == number, effect[name], 0.0), 0, 1)
        known = np.where(arm == number, luck, np.where(arm == 0, -luck, 0.0)) * (wave == shape.score_half)
        scores[f"score_{name}"] = np.round(effect[name] + noise[name] + MEMORY * known, 3)
    shown = rng.permutation(COUNT)
    columns = frozen_columns(
        person=np.arange(1, COUNT + 1),
        wave=wave[shown],
        risk=np.array(RISKS)[cell[shown] // 2],
        profiles=np.array(PROFILES)[cell[shown] % 2],
        gap_days=gap[shown],
        **{name: values[shown] for name, values in scores.items()},
        arm=np.array((NOTHING, *ACTIONS))[arm[shown]],
        active_30=active[shown],
        paying_120=paying[shown],
    )
    return Campaign(columns, untouched[shown], {name: values[shown] for name, values in effect.items()}, cell[shown])


def persuadable(shape: Draw, cell: np.ndarray, gap: np.ndarray, latent: np.ndarray) -> np.ndarray:
    """By row: whether the best action helps this person."""
    if shape.kind == CELLS:
        numbers = [2 * RISKS.index(risk) + PROFILES.index(many) for risk, many in shape.cells]
        found: np.ndarray = np.isin(cell, numbers)
    elif shape.kind == GAP:
        found = gap < shape.cut if shape.below else gap >= shape.cut
    else:
        found = latent > 0.6
    return found


def effects(shape: Draw, action: str, helped: np.ndarray, cell: np.ndarray) -> np.ndarray:
    """By row: what an action adds to the probability of paying on day 120."""
    helps = shape.helps if action == shape.action else shape.others[action]
    added: np.ndarray = np.where(helped, helps, np.array(shape.elsewhere[action])[cell])
    return added
