"""Promises that hold in a world, as somebody could find them: the typical time, and room on both sides of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.conflicting_priorities.deliveries import HOLDOUT, Deliveries
from curriculum.cases.conflicting_priorities.draw import HOME, NEW, REGIONS, TIGHT, Draw
from curriculum.cases.conflicting_priorities.promise import FLOOR, GROUP_FLOOR, MINUTE, Trial, tried, windows_for
from curriculum.support.windows import Windows

ROOM, GROUP_ROOM = 0.02, 0.02
"""How far above the floors a promise of ours stays."""
ONE_PACE = 5.2
RUSH = "hour >= 17 && hour < 20"


@dataclass(frozen=True)
class Promise:
    """Two formulas, and what they do in the weeks that are shown and in the half-year after the launch."""

    earliest: str
    latest: str
    shown: Trial
    unseen: Trial

    @property
    def holds(self) -> bool:
        """Whether both floors are kept in both draws."""
        return all(
            one.all.share >= FLOOR and one.groups[one.worst].share >= GROUP_FLOOR for one in (self.shown, self.unseen)
        )


def by_region(values: Mapping[str, float]) -> str:
    """Numbers by region as a formula; one number where all regions have the same."""
    told = {name: f"{values[name]:g}" for name in REGIONS}
    if len(set(told.values())) == 1:
        return told[NEW]
    if len({told[name] for name in HOME}) == 1:
        return f"(region == '{NEW}' ? {told[NEW]} : {told[HOME[0]]})"
    *first, last = REGIONS
    return "(" + " : ".join([*(f"region == '{name}' ? {told[name]}" for name in first), told[last]]) + ")"


def typical(shape: Draw, *, one_pace: bool) -> str:
    """The typical time to the door: with a pace for each region, or with one pace and what each region is off."""
    if not one_pace:
        pace = by_region(shape.pace)
        return f"{by_region(shape.base)} + {pace} * distance_km * ({RUSH} ? {shape.rush:g} : 1)"
    off = {name: round(shape.base[name] + 3.0 * (shape.pace[name] - ONE_PACE), 1) for name in REGIONS}
    return f"{by_region(off)} + {ONE_PACE:g} * distance_km + ({RUSH} ? {3.0 * ONE_PACE * (shape.rush - 1):.1f} : 0)"


def promise_around(middle: str, shown: Deliveries, unseen: Deliveries, width: float | None = None) -> Promise:
    """The narrowest promise around a typical time that keeps the floors with a little room in both draws; of a given
    width, the one that keeps most."""
    late = shown.columns["week"] >= HOLDOUT
    last = {name: values[late] for name, values in shown.columns.items()}
    draws = [(last, shown.door[late]), (unseen.columns, unseen.door)]
    centres = [windows_for(middle, middle, columns).earliest for columns, _ in draws]
    off = np.concatenate([door - centre for (_, door), centre in zip(draws, centres, strict=True)])

    def tried_with(low: float, high: float) -> list[Trial]:
        return [
            tried(Windows(centre + low, centre + high), columns, door)
            for (columns, door), centre in zip(draws, centres, strict=True)
        ]

    if width is not None:
        starts = np.arange(-width / 2 - 3, -width / 2 + 3.1, 0.5)
        low = float(max(starts, key=lambda start: np.mean((off >= start) & (off <= start + width))))
        return _written(middle, low, low + width, *tried_with(low, low + width))
    for coverage in np.arange(0.82, 0.97, 0.01):
        low, high = (float(np.round(np.quantile(off, q))) for q in ((1 - coverage) / 2, (1 + coverage) / 2))
        trials = tried_with(low, high)
        if all(
            one.all.share >= FLOOR + ROOM and one.groups[one.worst].share >= GROUP_FLOOR + GROUP_ROOM for one in trials
        ):
            break
    return _written(middle, low, high, *trials)


def _written(middle: str, low: float, high: float, shown: Trial, unseen: Trial) -> Promise:
    def moved(by: float) -> str:
        return f"{middle} {'+' if by >= 0 else '-'} {abs(by):g}"

    return Promise(moved(low), moved(high), shown, unseen)


def promises(shape: Draw, shown: Deliveries, unseen: Deliveries) -> dict[str, Promise]:
    """Ours by name: `line` and `offsets`, and the minute around the line."""
    line, offsets = typical(shape, one_pace=False), typical(shape, one_pace=True)
    return {
        "line": promise_around(line, shown, unseen),
        "offsets": promise_around(offsets, shown, unseen),
        "minute": promise_around(line, shown, unseen, MINUTE),
        "minute_offsets": promise_around(offsets, shown, unseen, MINUTE),
    }


def mistaken(
    shape: Draw, shown: Deliveries, unseen: Deliveries, limit: int, ours: Mapping[str, Promise]
) -> dict[str, Promise]:
    """Plausible promises that break something by name: `narrow` keeps 70 of 100, `wide` nobody plans with, and
    `as_at_home` promises the new region what it cannot keep, and holds everywhere else; `wide_there` is kept there by a
    window with which nobody plans, and narrow enough on the mean."""
    line = typical(shape, one_pace=False)
    late = shown.columns["week"] >= HOLDOUT
    last = {name: values[late] for name, values in shown.columns.items()}
    centre = windows_for(line, line, last).earliest
    off = shown.door[late] - centre

    def trials(earliest: str, latest: str) -> list[Trial]:
        return [
            tried(windows_for(earliest, latest, columns), columns, door)
            for columns, door in ((last, shown.door[late]), (unseen.columns, unseen.door))
        ]

    def around(middle: str, low: float, high: float) -> Promise:
        return _written(middle, low, high, *trials(f"{middle} + ({low:g})", f"{middle} + ({high:g})"))

    low, high = (float(np.round(np.quantile(off, q), 1)) for q in (0.15, 0.85))
    half = MINUTE / 2 if shape.kind == TIGHT else limit / 2
    quicker = round(half - 0.2 * float(np.std(off)), 1)
    at_home = f"{line} - (region == '{NEW}' ? {quicker:g} : 0)"
    one = ours["minute" if shape.kind == TIGHT else "line"]
    more = max(6.0, round(2.0 * (limit - one.unseen.width), 1))
    there = f"(region == '{NEW}' ? {more:g} : 0)"
    wide_there = f"{one.earliest} - {there}", f"{one.latest} + {there}"
    return {
        "wide_there": Promise(*wide_there, *trials(*wide_there)),
        "narrow": around(line, low, high),
        "wide": around(line, -half - 8.0, half + 8.0),
        "as_at_home": around(at_home, -half, half),
    }
