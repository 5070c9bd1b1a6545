"""A promise tried on deliveries: what two formulas keep, overall and in each region and distance band."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.conflicting_priorities.deliveries import HOLDOUT
from curriculum.cases.conflicting_priorities.draw import REGIONS, SLUG
from curriculum.support.formulas import compile_formula
from curriculum.support.windows import Kept, Windows, promise_windows
from curriculum.support.worlds import kept_for_worlds

RULE_COLUMNS: Mapping[str, type] = {"region": str, "distance_km": float, "hour": int, "items": int}
"""What is known when the order is placed, and so may be asked by a promise."""
HINDSIGHT: Mapping[str, type] = {"stops_before": int, "shop_wait_min": float, "tapped_min": float}
"""Columns that are only written after the courier was sent. A promise may name them here, so that it can be shown why
it must not."""

FLOOR, GROUP_FLOOR = 0.80, 0.74
"""Shares of promises that must be kept, of all and in every region and distance band."""
MINUTE = 20.0
"""Minutes that people hear when they read one time: ten before it and ten after."""
CLEARLY = 1.645
"""Standard errors by which a share must lie below a floor, so that chance fails a promise in one of twenty at most."""

NEAR, FAR = 2.0, 4.0
BANDS = ("near", "middle", "far")
GROUPS = (*REGIONS, *BANDS)


def groups_of(columns: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The regions and distance bands in which a promise must hold, each as a mask over the rows."""
    distance = columns["distance_km"]
    return {
        **{name: columns["region"] == name for name in REGIONS},
        "near": distance < NEAR,
        "middle": (distance >= NEAR) & (distance < FAR),
        "far": distance >= FAR,
    }


@dataclass(frozen=True)
class Trial:
    """What a promise does."""

    all: Kept
    groups: Mapping[str, Kept]
    width: float
    """Minutes from the earliest to the latest time, on the mean."""
    widths: Mapping[str, float]
    """The same in each group that has a row."""
    by_week: tuple[float, ...]
    """The share kept in each week, 0 to 1."""

    @property
    def worst(self) -> str:
        """The group in which least is kept."""
        return min(self.groups, key=lambda name: self.groups[name].share)

    @property
    def best(self) -> str:
        """The group in which most is kept."""
        return max(self.groups, key=lambda name: self.groups[name].share)


def clearly_below(kept: Kept, floor: float) -> bool:
    """Whether a share lies below a floor, and not by chance alone."""
    error = float(np.sqrt(floor * (1 - floor) / max(1, kept.of)))
    return kept.share < floor - CLEARLY * error


def tried(windows: Windows, columns: Mapping[str, np.ndarray], door: np.ndarray) -> Trial:
    """Windows against the times at which couriers came to the door."""
    held, week = windows.held(door), columns["week"]
    everything = {"all": np.ones(len(door), bool), **groups_of(columns)}
    kept = windows.kept(door, everything)
    weeks = tuple(float(held[week == number].mean()) for number in np.unique(week))
    widths = {name: windows.width_in(rows) for name, rows in everything.items() if name != "all" and rows.any()}
    return Trial(kept.pop("all"), kept, windows.width, widths, weeks)


def unknown_at_order(text: str) -> tuple[str, ...]:
    """The columns that a formula reads and that nobody has when the order is placed; raises RuleError."""
    return tuple(name for name in compile_formula(text, {**RULE_COLUMNS, **HINDSIGHT}).columns if name in HINDSIGHT)


def windows_for(earliest: str, latest: str, columns: Mapping[str, np.ndarray]) -> Windows:
    """The windows of a promise; raises RuleError where it cannot be run on what is known at the order."""
    return promise_windows(earliest, latest, RULE_COLUMNS, columns)


@kept_for_worlds(maxsize=512)
def remembered_trial(seed: int, earliest: str, latest: str, draw: str) -> Trial:
    """What a promise does in this world: `holdout`, the last weeks that are shown, or `unseen`, the half-year after the
    launch. Raises RuleError where it cannot be run."""
    from curriculum.cases import load_case, load_unseen

    case = load_unseen(SLUG, seed) if draw == "unseen" else load_case(SLUG, seed)
    if case is None:
        raise LookupError(f"{SLUG} has no second draw")
    table, door = case.columns["deliveries"], case.truth.door
    rows = slice(None) if draw == "unseen" else slice(int(np.searchsorted(table["week"], HOLDOUT)), None)
    columns = {name: values[rows] for name, values in table.items()}
    return tried(windows_for(earliest, latest, columns), columns, door[rows])


def trial(seed: int, earliest: str, latest: str, draw: str) -> Trial:
    """As `remembered_trial`, whatever spaces stand around the formulas."""
    return remembered_trial(seed, earliest.strip(), latest.strip(), draw)
