"""What tasks yield: what they promise on weeks that are shown, and what comes of them in the two months after.

All features are bands, so parcels are counted cells, and a model is fitted by Newton's method in milliseconds. What a
task yields is worked out once for each world and kept: grading trains nothing twice and needs no scikit-learn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import random
from curriculum.cases.complaint_to_plan.draw import SLUG, draw
from curriculum.cases.complaint_to_plan.parcels import (
    A_DAY,
    BANDS,
    HOLDOUT,
    SHOWN_WEEKS,
    UNSEEN_WEEKS,
    Parcels,
    make_parcels,
)
from curriculum.cases.complaint_to_plan.tasks import (
    LEFT,
    MODEL,
    OWN,
    PARTNERS,
    SCAN_COLUMN,
    Costs,
    Task,
    Told,
    costs,
    net,
    running_cost,
    told,
)
from curriculum.support.logistic import auc, fitted
from curriculum.support.worlds import kept_for_worlds

PARCELS_A_DAY = 3_000
SCALE = PARCELS_A_DAY / A_DAY
"""Parcels for each of those in the export."""
FOUR_WEEKS = 4
RANDOM, LAST, DEPOTS = "random_quarter", "last_four_weeks", "other_depots"
TWO_DEPOTS = (2, 5)
"""The depots on which the third split judges."""


@kept_for_worlds(maxsize=6)
def shown(seed: int) -> Parcels:
    """The twelve weeks of the export."""
    return make_parcels(draw(seed), random(SLUG, seed, "shown"), SHOWN_WEEKS, 1)


@kept_for_worlds(maxsize=6)
def unseen(seed: int) -> Parcels:
    """The two months that follow, which no table shows."""
    return make_parcels(draw(seed), random(SLUG, seed, "unseen"), UNSEEN_WEEKS, SHOWN_WEEKS + 1)


@lru_cache(maxsize=1)
def quarter() -> np.ndarray:
    """A random quarter of the export, as a mask over its rows: the same in every world."""
    found: np.ndarray = random(SLUG, 0, "quarter").random(SHOWN_WEEKS * 7 * A_DAY) < 0.25
    return found


def held_back(parcels: Parcels, split: str) -> np.ndarray:
    """The rows of the export on which a split judges, as a mask; none where the split is blank."""
    if split == RANDOM:
        return quarter()
    if split == DEPOTS:
        found: np.ndarray = np.isin(parcels.depot, TWO_DEPOTS)
        return found
    return parcels.week >= (HOLDOUT if split else SHOWN_WEEKS + 1)


@dataclass(frozen=True)
class Scores:
    """Probabilities by cell, as a task's model gives them."""

    columns: tuple[str, ...]
    blank: str
    by_cell: np.ndarray

    def of(self, parcels: Parcels) -> np.ndarray:
        """The probability of each parcel."""
        found: np.ndarray = self.by_cell[_cells(self.columns, self.blank, parcels)[0]]
        return found


def _cells(columns: tuple[str, ...], blank: str, parcels: Parcels) -> tuple[np.ndarray, int]:
    """The cell of each parcel, and how many cells there could be; a blank scan may count as left."""
    cell, size = np.zeros(len(parcels.day), np.int64), 1
    for name in columns:
        code = parcels.codes[name]
        if name == SCAN_COLUMN and blank == LEFT:
            code = np.where(code == 2, 1, code)
        cell, size = cell * len(BANDS[name]) + code, size * len(BANDS[name])
    return cell, size


def _design(columns: tuple[str, ...], cells: np.ndarray, unwritten: frozenset[str], blank: str) -> np.ndarray:
    """A column for each value of each band (cells, columns); what is not written yet has none, a scan its blank."""
    parts, rest = [], cells
    for name in reversed(columns):
        rest, code = np.divmod(rest, len(BANDS[name]))
        if name in unwritten:
            nothing = (1 if blank == LEFT else 2) if name == SCAN_COLUMN else -1
            code = np.full(len(cells), nothing)
        parts.append(code[:, None] == np.arange(len(BANDS[name])))
    return np.concatenate(parts, axis=1).astype(float)


@kept_for_worlds(maxsize=1024)
def scores(
    seed: int, label: str, columns: tuple[str, ...], blank: str, unwritten: frozenset[str], split: str
) -> Scores:
    """A model fitted on the rows that a split does not hold back; on all of them where it is blank.

    `unwritten` are the columns that are blank when it runs; it was trained on them as they stand in the export.
    """
    parcels = shown(seed)
    rows = ~held_back(parcels, split)
    cell, size = _cells(columns, blank, parcels)
    counts = np.bincount(cell[rows], minlength=size).astype(float)
    ones = np.bincount(cell[rows], parcels.label(label)[rows], minlength=size)
    there = np.flatnonzero(counts)
    fit = fitted(_design(columns, there, frozenset(), blank), ones[there], counts[there])
    every = np.arange(size)
    return Scores(columns, blank, fit.probability(_design(columns, every, unwritten, blank)))


def probability(seed: int, task: Task, parcels: Parcels, split: str, *, live: bool) -> np.ndarray:
    """The probability that each parcel stays behind; zeros where nothing is trained or nothing is read.

    Live, what is not written at the hour of the task is blank; else the export is read as it stands.
    """
    if task.way != MODEL or not task.columns:
        return np.zeros(len(parcels.day))
    unwritten = task.unwritten if live else frozenset()
    return scores(seed, task.label, task.columns, task.blank, unwritten, split).of(parcels)


@dataclass(frozen=True)
class Part:
    """What a task does in one segment. Counts are of the parcels in the export."""

    net: float
    """€, for all 3,000 parcels a day."""
    told: int
    wrong: int
    """Of those who were told something, those whose parcel came."""
    missed: int
    reached: int
    """Of those whose parcel did not come, those who were told something."""

    @property
    def wrong_share(self) -> float:
        """Of 100 who were told something, those whose parcel came all the same."""
        return 100 * self.wrong / max(1, self.told)

    @property
    def unwarned_share(self) -> float:
        """Of 100 whose parcel did not come, those whom nobody told."""
        return 100 * (self.missed - self.reached) / max(1, self.missed)


@dataclass(frozen=True)
class Yield:
    """What a task brings."""

    parts: Mapping[str, Part]
    """By segment."""
    cost: float
    """€ besides what messages cost."""

    @property
    def net(self) -> float:
        """€ that come of it, less what it costs."""
        return sum(part.net for part in self.parts.values()) - self.cost


@dataclass(frozen=True)
class Run:
    """A task in the two months, parcel by parcel."""

    sent: Told
    eur: np.ndarray
    """€ by parcel of the sample, for all 3,000 a day."""


def run(seed: int, task: Task) -> Run:
    """A task in the two months that no table shows, with what is known at its hour."""
    parcels = unseen(seed)
    sent = told(task, parcels, probability(seed, task, parcels, "", live=True), live=True)
    return Run(sent, net(sent, parcels.missed, costs(draw(seed), task.moment)) * SCALE)


@kept_for_worlds(maxsize=2048)
def comes(seed: int, task: Task) -> Yield:
    """What a task brings in the two months that no table shows, as the world is."""
    parcels, done = unseen(seed), run(seed, task)
    return _yield(done.sent, done.eur, parcels.missed, parcels.partner, running_cost(task))


@kept_for_worlds(maxsize=2048)
def promises(seed: int, task: Task, split: str, of: Costs) -> Yield:
    """What a task seems to bring in four weeks, by its own label, on the rows that its split holds back.

    The export is read as it stands, which is what anybody does who does not ask when a column is written.
    """
    parcels = shown(seed)
    rows = held_back(parcels, split)
    sent = told(task, parcels, probability(seed, task, parcels, split, live=False), live=False)
    missed, partner = parcels.label(task.label)[rows], parcels.partner[rows]
    kept = Told(sent.warned[rows], sent.wide[rows])
    weight = SCALE * FOUR_WEEKS * 7 * A_DAY / max(1, int(rows.sum()))
    return _yield(kept, net(kept, missed, of) * weight, missed, partner, running_cost(task, FOUR_WEEKS / UNSEEN_WEEKS))


def _yield(sent: Told, eur: np.ndarray, missed: np.ndarray, partner: np.ndarray, cost: float) -> Yield:
    reached = sent.any
    parts = {}
    for segment, rows in ((OWN, ~partner), (PARTNERS, partner)):
        parts[segment] = Part(
            net=float(eur[rows].sum()),
            told=int(reached[rows].sum()),
            wrong=int((reached & ~missed)[rows].sum()),
            missed=int(missed[rows].sum()),
            reached=int((reached & missed)[rows].sum()),
        )
    return Yield(MappingProxyType(parts), cost)


def judged(seed: int, task: Task, split: str) -> float:
    """The AUC of a model on what its split holds back, by its own label, as somebody finds it in the export."""
    parcels = shown(seed)
    rows = held_back(parcels, split)
    likely = probability(seed, task, parcels, split, live=False)[rows]
    ones = parcels.label(task.label)[rows].astype(float)
    return auc(likely, ones, np.ones(len(ones)))
