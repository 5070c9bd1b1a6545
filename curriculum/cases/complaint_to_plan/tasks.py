"""A task: what decides who is told what, at which hour, and how that is counted in money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from curriculum.cases.complaint_to_plan.draw import HOURS, NOON, WIDE_COST, Draw
from curriculum.cases.complaint_to_plan.parcels import BANDS, Parcels

MODEL, RULE, WIDE = "model", "rule", "wide"
WAYS = (MODEL, RULE, WIDE)
TOGETHER, LEFT_OUT = "together", "left_out"
"""How partners' parcels are treated; the third treatment is `WIDE`."""
TREATMENTS = (TOGETHER, WIDE, LEFT_OUT)
UNKNOWN, LEFT = "unknown", "left"
"""How a blank load scan is read."""
OWN, PARTNERS = "own", "partners"
SEGMENTS = (OWN, PARTNERS)

COST: Mapping[str, float] = MappingProxyType({MODEL: 9_000.0, RULE: 1_500.0, WIDE: 1_500.0})
"""What two months of a way cost besides, in €."""
WORDING = 1_500.0
"""What a second wording costs for two months, in €, where partners' customers are told something else."""
WRITTEN: Mapping[str, float] = MappingProxyType(
    {
        "load": 2.5, "forecast": 3.0, "run_by": 0.0, "stops": 7.0, "route": 3.5, "load_scan": 7.75,
        "behind_noon": 12.0, "status": 20.0,
    }
)  # fmt: skip
"""By column: the hour of the day at which it is written for the last time."""
OVERWRITTEN = "status"
"""The column that says something else in the evening than at any hour at which somebody could be told."""
NAMES = "route"
"""The column of names that are dealt anew."""
SCAN_COLUMN = "load_scan"


@dataclass(frozen=True)
class Task:
    """What decides who is told what, and when."""

    way: str
    moment: str
    label: str = "scan"
    columns: tuple[str, ...] = ()
    """In the order of `BANDS`."""
    blank: str = UNKNOWN
    threshold: float = 0.0
    """From which probability on somebody is warned, 0 to 1; a rule and a wide promise need none."""
    partners: str = TOGETHER

    @property
    def unwritten(self) -> frozenset[str]:
        """The columns that are not written yet at its hour."""
        return frozenset(name for name in self.columns if WRITTEN[name] > HOURS[self.moment])

    def way_for(self, segment: str) -> str:
        """How a segment is treated: by the way itself, told the wide promise, or left out."""
        if segment == OWN or self.way == WIDE or self.partners == TOGETHER:
            return self.way
        return self.partners


def in_order(columns: set[str] | frozenset[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Columns that exist, each once, in the order of `BANDS`."""
    return tuple(name for name in BANDS if name in columns)


@dataclass(frozen=True)
class Costs:
    """What a task is counted with, in € a parcel; shares from 0 to 1."""

    miss: float
    wrong: float
    spared: float
    """The share of a miss that a warning at its hour spares."""
    wide_spared: float

    def break_even(self, way: str = MODEL) -> float:
        """The probability of a miss from which on it pays to tell somebody."""
        wrong = self.wrong * (WIDE_COST if way == WIDE else 1.0)
        spared = self.wide_spared if way == WIDE else self.spared
        return wrong / max(1e-9, spared * self.miss + wrong)


def costs(shape: Draw, moment: str) -> Costs:
    """What is so in a world."""
    return Costs(shape.miss_eur, shape.wrong_eur, shape.spared.get(moment, shape.spared[NOON]), shape.wide_spared)


@dataclass(frozen=True)
class Told:
    """Who is told what. Arrays have an entry a parcel."""

    warned: np.ndarray
    wide: np.ndarray

    @property
    def any(self) -> np.ndarray:
        """Who is told anything."""
        found: np.ndarray = self.warned | self.wide
        return found


def told(task: Task, parcels: Parcels, probability: np.ndarray, *, live: bool) -> Told:
    """Who is warned and who gets “today or tomorrow”. `probability` is read by a model only; live, a rule reads blanks
    where its column is not written yet."""
    partner, nobody = parcels.partner, np.zeros(len(parcels.day), bool)
    if task.way == WIDE:
        return Told(nobody, ~nobody)
    if task.way == RULE:
        scan = parcels.codes[SCAN_COLUMN]
        if live and SCAN_COLUMN in task.unwritten:
            scan = np.full(len(scan), 2)
        warned = np.isin(scan, (1, 2) if task.blank == LEFT else (1,))
    else:
        warned = probability >= task.threshold
    if task.partners == TOGETHER:
        return Told(warned, nobody)
    return Told(warned & ~partner, partner if task.partners == WIDE else nobody)


def net(sent: Told, missed: np.ndarray, of: Costs) -> np.ndarray:
    """€ by parcel: what is spared less what wrong messages cost, before what the way itself costs."""
    warned = sent.warned * np.where(missed, of.miss * of.spared, -of.wrong)
    wide = sent.wide * np.where(missed, of.miss * of.wide_spared, -WIDE_COST * of.wrong)
    found: np.ndarray = warned + wide
    return found


def running_cost(task: Task, share: float = 1.0) -> float:
    """€ of a way for a share of two months, besides what messages cost."""
    return share * (COST[task.way] + (WORDING if task.partners == WIDE and task.way != WIDE else 0.0))


def clean_columns(moment: str) -> tuple[str, ...]:
    """What is written for good at an hour, without names that do not travel."""
    return tuple(name for name in BANDS if WRITTEN[name] <= HOURS[moment] and name != NAMES)
