"""Trying a promised time on the deliveries of a lesson's tables: what two formulas keep, by region and distance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.cases.conflicting_priorities.deliveries import HOLDOUT, SHOWN_WEEKS
from curriculum.cases.conflicting_priorities.promise import tried, windows_for
from curriculum.support.rules import RuleError

if TYPE_CHECKING:
    import pandas as pd

LAST = (HOLDOUT, SHOWN_WEEKS)
"""The holdout: the last weeks of the table, on which no formula should be tuned."""


def trial(
    tables: Mapping[str, Any],
    earliest: str,
    latest: str,
    late: Mapping[str, float] | None = None,
    weeks: tuple[int, int] = LAST,
) -> pd.DataFrame | str:
    """What a promise keeps in some weeks, first and last included; or why it cannot be run.

    `late` says, in minutes by region, how much later than the door the tap is; without it, taps count as they are.
    """
    import pandas as pd

    frame = tables["deliveries"]
    week = np.asarray(frame["week"])
    rows = (week >= weeks[0]) & (week <= weeks[1])
    if not rows.any():
        return f"There are no deliveries in weeks {weeks[0]} to {weeks[1]}; the table has weeks 1 to {SHOWN_WEEKS}."
    columns = {name: np.asarray(frame[name])[rows] for name in frame}
    columns["region"] = columns["region"].astype(str)
    if strange := sorted(set(late or {}) - set(columns["region"])):
        return f"There is no region {strange[0]!r} in these weeks; there are {', '.join(np.unique(columns['region']))}."
    try:
        found = tried(windows_for(earliest, latest, columns), columns, _door(columns, late))
    except RuleError as error:
        return str(error)
    rows_of = {"all": found.all, **found.groups}
    return pd.DataFrame(
        {
            "where": list(rows_of),
            "deliveries": [kept.of for kept in rows_of.values()],
            "kept_of_100": [round(100 * kept.share, 1) for kept in rows_of.values()],
            "width_min": round(found.width, 1),
        }
    )


def wrong_by(tables: Mapping[str, Any], formula: str, late: Mapping[str, float] | None = None) -> pd.Series | str:
    """By delivery: minutes by which couriers came later than a formula says; or why it cannot be run."""
    import pandas as pd

    frame = tables["deliveries"]
    columns = {name: np.asarray(frame[name]) for name in frame}
    columns["region"] = columns["region"].astype(str)
    try:
        said = windows_for(formula, formula, columns).earliest
    except RuleError as error:
        return str(error)
    return pd.Series(_door(columns, late) - said, index=frame.index, name="wrong_by")


def _door(columns: Mapping[str, np.ndarray], late: Mapping[str, float] | None) -> np.ndarray:
    """The times at the door, where taps are late by so many minutes in some regions."""
    door = columns["tapped_min"].astype(float)
    for region, minutes in (late or {}).items():
        door = door - np.where(columns["region"] == region, float(minutes), 0.0)
    return door
