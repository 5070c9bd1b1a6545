"""Trying a promised time on the deliveries of a lesson's tables: what two formulas keep, by region and distance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.cases.conflicting_priorities.deliveries import HOLDOUT, SHOWN_WEEKS
from curriculum.cases.conflicting_priorities.promise import tried, windows_for
from curriculum.notebook.desks.spoken import Spoken
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
        return Spoken(
            f"There are no deliveries in weeks {weeks[0]} to {weeks[1]}; the table has weeks 1 to {SHOWN_WEEKS}."
        )
    columns = {name: values[rows] for name, values in _columns(frame).items()}
    if strange := sorted(set(late or {}) - set(columns["region"])):
        return Spoken(
            f"There is no region {strange[0]!r} in these weeks; there are {', '.join(np.unique(columns['region']))}."
        )
    try:
        found = tried(windows_for(earliest, latest, columns), columns, _door(columns, late))
    except RuleError as error:
        return Spoken(error)
    rows_of = {"all": found.all, **found.groups}
    return pd.DataFrame(
        {
            "where": list(rows_of),
            "deliveries": [kept.of for kept in rows_of.values()],
            "kept_of_100": [round(100 * kept.share, 1) for kept in rows_of.values()],
            "width_min": [round({"all": found.width, **found.widths}.get(where, np.nan), 1) for where in rows_of],
        }
    )


LATE_COLUMNS = ("shop_wait_min", "stops_before")
"""Written after the courier was sent."""


def wrong_with(tables: Mapping[str, Any], formula: str, late: Mapping[str, float] | None = None) -> pd.DataFrame | str:
    """How far what a formula is wrong by goes together with the columns that come too late: the correlation with each,
    from -1 to 1; or why the formula cannot be run."""
    import pandas as pd

    columns = _columns(tables["deliveries"])
    try:
        said = windows_for(formula, formula, columns).earliest
    except RuleError as error:
        return Spoken(error)
    off = _door(columns, late) - said
    together = [round(float(np.corrcoef(off, columns[name])[0, 1]), 2) for name in LATE_COLUMNS]
    return pd.DataFrame({"column": LATE_COLUMNS, "goes_together": together})


def _columns(frame: Any) -> dict[str, np.ndarray]:
    """The columns of a table as arrays."""
    columns = {name: np.asarray(frame[name]) for name in frame}
    return {**columns, "region": columns["region"].astype(str)}


def _door(columns: Mapping[str, np.ndarray], late: Mapping[str, float] | None) -> np.ndarray:
    """The times at the door, where taps are late by so many minutes in some regions."""
    door = columns["tapped_min"].astype(float)
    for region, minutes in (late or {}).items():
        door = door - np.where(columns["region"] == region, float(minutes), 0.0)
    return door
