"""The deliveries of Saltbridge Couriers: when each came to the door, and when somebody pressed the button."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, frozen_columns
from curriculum.cases.conflicting_priorities.draw import NEW, QUEUE, REGIONS, ROUTE, Draw

SHOWN, SHOWN_WEEKS = 9_000, 20
UNSEEN, UNSEEN_WEEKS = 12_000, 26
"""Rows and weeks of the table that is shown, and of the half-year after the launch that no table shows."""
PILOT = 15
"""The first week in which there are deliveries in the new region."""
HOLDOUT = 17
"""The first week of those on which a rule is judged, in the table that is shown."""
WEEK_SD = 1.0
MEAN_SHOP = {QUEUE: 9.0, ROUTE: 5.0}
"""Minutes of waiting in the shop, by kind of world; 6 in others."""
CHECKS, DISPATCH_TAPS = 50, 250
LATE_TAP = 18.0
"""Minutes on the mean by which a tap on leaving is late when it is pressed in a bunch."""


@dataclass(frozen=True)
class Deliveries:
    """Deliveries with what is true of them."""

    columns: Columns
    """As learners see them."""
    door: np.ndarray
    """Minutes from the order to the door: no table shows it."""


def make_deliveries(shape: Draw, rng: np.random.Generator, rows: int, weeks: int, *, from_launch: bool) -> Deliveries:
    """Deliveries by week; from the launch on, the new region takes part in full."""
    week = np.sort(rng.integers(1, weeks + 1, rows))
    home = rng.choice(3, rows, p=[0.4, 0.33, 0.27])
    there = from_launch | (week >= PILOT)
    new = there & (rng.random(rows) < (0.2 if from_launch else 0.22))
    number = np.where(new, REGIONS.index(NEW), home)
    region = np.array(REGIONS)[number]
    distance = np.clip(np.round(rng.gamma(3.2, 0.95, rows), 2), 0.3, 9.0)
    hour = rng.choice(np.arange(10, 23), rows, p=_HOURS)
    items = np.minimum(rng.geometric(0.35, rows), 9)
    mean_shop = MEAN_SHOP.get(shape.kind, 6.0)
    wider = np.where(region == shape.wide, shape.wider, 1.0)
    queue = _spread(rng, shape.sd["queue"], rows)
    route = _spread(rng, shape.sd["route"], rows)
    stops = np.maximum(0, np.round(2.0 + route / 4.0)).astype(int)
    rush = np.where((hour >= 17) & (hour < 20), shape.rush, 1.0)
    base = np.array([shape.base[name] for name in REGIONS])[number]
    pace = np.array([shape.pace[name] for name in REGIONS])[number]
    by_week = rng.normal(0.0, WEEK_SD, weeks)[week - 1]
    spread = wider * (queue + route + rng.normal(0.0, shape.sd["noise"], rows))
    door = np.maximum(4.0, base + pace * distance * rush + spread + by_week)
    late = np.where(region == shape.late_region, shape.late_by, 0.0)
    tapped = np.round(door + late + rng.normal(0.3, 0.6, rows), 1)
    return Deliveries(
        frozen_columns(
            week=week, region=region, distance_km=distance, hour=hour, items=items, stops_before=stops,
            shop_wait_min=np.round(np.maximum(0.0, mean_shop + queue + rng.normal(0.0, 0.8, rows)), 1),
            tapped_min=tapped,
        ),
        door,
    )  # fmt: skip


_HOURS = np.array([3, 5, 9, 8, 5, 5, 7, 13, 15, 12, 9, 6, 3]) / 100
"""Shares of deliveries from 10 to 22 o'clock."""


def _spread(rng: np.random.Generator, sd: float, rows: int) -> np.ndarray:
    """Minutes around 0, a little skewed: long waits are longer than short ones are short."""
    return (rng.gamma(8.0, 1.0, rows) - 8.0) / np.sqrt(8.0) * sd


def make_checks(shape: Draw, rng: np.random.Generator) -> Columns:
    """Deliveries at which somebody rode along with a watch."""
    region = np.repeat(np.array(REGIONS), CHECKS)
    door = np.round(rng.normal(34.0, 8.0, len(region)).clip(12.0, 70.0), 1)
    late = np.where(region == shape.late_region, shape.late_by, 0.0)
    tapped = np.round(door + late + rng.normal(0.3, 0.6, len(region)), 1)
    return frozen_columns(region=region, tapped_min=tapped, door_min=door)


def make_dispatch_taps(shape: Draw, rng: np.random.Generator) -> Columns:
    """Taps on leaving the shop, and how late each was by the camera at the door."""
    bad = round(DISPATCH_TAPS * (100 - shape.punctual) / 100)
    later = rng.permutation(np.arange(DISPATCH_TAPS) < bad)
    minutes = np.where(later, rng.gamma(6.0, LATE_TAP / 6.0, DISPATCH_TAPS) + 4.0, rng.uniform(0.0, 1.5, DISPATCH_TAPS))
    return frozen_columns(pressed=np.where(later, "later, in a bunch", "on leaving"), minutes_late=np.round(minutes, 1))
