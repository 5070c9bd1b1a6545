"""The parcels of Corvane: what was known of each at which hour, what was written later, and whether it came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, frozen_columns
from curriculum.cases.complaint_to_plan.draw import Draw
from curriculum.support.logistic import sigmoid

A_DAY = 400
SHOWN_WEEKS, UNSEEN_WEEKS = 12, 8
HOLDOUT = 9
"""The first of the last four weeks of the table."""
OWN = ("Aldermoor", "Brackwell", "Cindale", "Dunmere", "Easthope", "Fennick")
PARTNERS = ("Gorse & Sons", "Hexley")
DEPOTS = (*OWN, *PARTNERS)
ROUTES, BAD_ROUTES = 12, 2
RENUMBERED_AFTER = 8
"""The week after which route numbers were dealt anew; they are again after the last week of the export."""

LOADS = ("below 1.00", "1.00 to 1.04", "1.04 to 1.08", "1.08 to 1.12", "above 1.12")
FORECASTS = ("calm", "windy", "storm")
STOPS = ("below 0.80", "0.80 to 1.00", "1.00 to 1.20", "above 1.20")
SCANS = ("loaded", "left", "")
BEHIND = ("no", "yes")
STATUSES = ("delivered", "brought back", "in depot")
RUN_BY = ("own", "partner")
_BEHIND_BY_FORECAST = np.array([0.03, 0.09, 0.24])

BANDS: dict[str, tuple[str, ...]] = {
    "load": LOADS, "forecast": FORECASTS, "run_by": RUN_BY, "stops": STOPS,
    "route": tuple(str(number) for number in range(1, ROUTES + 1)),
    "load_scan": SCANS, "behind_noon": BEHIND, "status": STATUSES,
}  # fmt: skip
"""By column: its values, in the order in which they are coded from 0."""


@dataclass(frozen=True)
class Parcels:
    """Parcels with what is true of them. Every array has an entry a parcel."""

    codes: Columns
    """By column of `BANDS`: the number of its value, as it stands in the end."""
    day: np.ndarray
    """Days after the first."""
    week: np.ndarray
    depot: np.ndarray
    """The number of its depot."""
    missed: np.ndarray
    """Whether it did not come on its day: no table shows it, except for those that were asked by telephone."""
    cause: np.ndarray
    """Why it stayed behind, as the number of the cause; 4 for other reasons, -1 where it came."""
    scanned: np.ndarray
    """Whether the scan “delivered” was there by 22:00."""
    at_door: np.ndarray
    """GPS at the door: 1 yes, 0 no, -1 nothing there."""
    complained: np.ndarray

    @property
    def partner(self) -> np.ndarray:
        """Whether a partner delivers."""
        found: np.ndarray = self.codes["run_by"] == 1
        return found

    def label(self, name: str) -> np.ndarray:
        """What a label says of each parcel: whether it did not come. A blank GPS counts as delivered."""
        found: np.ndarray = {
            "scan": ~self.scanned, "gps": self.at_door == 0, "complaint": self.complained
        }[name]  # fmt: skip
        return found


def make_parcels(shape: Draw, rng: np.random.Generator, weeks: int, first_week: int) -> Parcels:
    """Parcels of some weeks, from the first on, 400 a day."""
    days = weeks * 7
    day = np.repeat(np.arange(days), A_DAY)
    rows = len(day)
    week = first_week + day // 7
    depot = rng.choice(8, rows, p=[0.8 / 6] * 6 + [0.1, 0.1])
    partner = depot >= len(OWN)
    route = rng.integers(0, ROUTES, rows)
    loads = np.clip(rng.normal(1.02, 0.07, (days, 8)), 0.8, 1.4)[day, depot]
    forecast = rng.choice(3, days, p=[0.62, 0.25, 0.13])[day]
    stops = rng.normal(0.80, 0.18, (days, 8, ROUTES))[day, depot, route]
    slow = np.minimum(0.9, shape.behind * _BEHIND_BY_FORECAST)[forecast]
    behind = rng.random((days, 8, ROUTES))[day, depot, route] < slow
    reasons = np.column_stack(
        [
            rng.random(rows) < shape.over * sigmoid((loads - 1.08) / 0.02),
            rng.random(rows) < shape.tour * sigmoid((stops - 1.0) / 0.05),
            rng.random(rows) < shape.missort,
            behind & (rng.random(rows) < shape.road),
            (rng.random(rows) < shape.bad_route * _bad_route(route, week))
            | (partner & (rng.random(rows) < shape.worse))
            | (rng.random(rows) < 0.006),
        ]
    )
    missed = np.asarray(reasons.any(axis=1))
    blind = partner & (rng.random((days, 8, ROUTES))[day, depot, route] < shape.blind)
    left = np.where(reasons[:, 2], rng.random(rows) < 0.97, rng.random(rows) < 0.004)
    scan = np.where(blind | (rng.random(rows) < 0.006), 2, np.where(left, 1, 0))
    status = np.where(missed, np.where(rng.random(rows) < 0.95, 1, 2), np.where(rng.random(rows) < 0.99, 0, 2))
    late = partner & shape.books_late & (rng.random(rows) < shape.lag)
    scanned = ~missed & ~late & (rng.random(rows) < 0.99)
    off = partner & (not shape.books_late) & missed & (rng.random(rows) < shape.gps_off)
    at_door = np.where(off, -1, np.where(missed, 0, np.where(rng.random(rows) < 0.99, 1, 0)))
    writes: np.ndarray = np.where(missed, shape.complain * np.where(partner, shape.louder, 1.0), 0.006)
    return Parcels(
        codes=frozen_columns(
            load=np.digitize(loads, [1.0, 1.04, 1.08, 1.12]), forecast=forecast, run_by=partner.astype(int),
            stops=np.digitize(stops, [0.8, 1.0, 1.2]), route=route, load_scan=scan, behind_noon=behind.astype(int),
            status=status,
        ),
        day=day,
        week=week,
        depot=depot,
        missed=missed,
        cause=np.where(missed, reasons.argmax(axis=1), -1),
        scanned=scanned,
        at_door=at_door,
        complained=rng.random(rows) < writes,
    )  # fmt: skip


def _bad_route(route: np.ndarray, week: np.ndarray) -> np.ndarray:
    """Whether a route is one that no driver likes: their numbers move when routes are dealt anew."""
    first = np.where(week <= RENUMBERED_AFTER, 0, np.where(week <= SHOWN_WEEKS, 1, 2))
    found: np.ndarray = (route >= BAD_ROUTES * first) & (route < BAD_ROUTES * (first + 1))
    return found
