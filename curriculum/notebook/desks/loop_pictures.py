"""Pictures of a year of swaps, and of who stays by how often the model hits: what was counted, week by week.

What follows from them is for the learner to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.notebook.desks.pictures import BLUE, GREEN, GREY, ORANGE, PALE, Picture
from curriculum.notebook.desks.spoken import Spoken

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WEEK = 7
STEP = 8.0
"""Points of the hit rate that one point of a line stands for."""
LEAST = 40
"""Members without whom a point is not drawn: their share would jump by chance."""
VIOLET = "#a64f9a"
LINES = (BLUE, ORANGE, GREEN)
PARTS = {"new": ORANGE, "regular": GREEN, "long": VIOLET}


def swaps(tables: Mapping[str, Any], segment: str = "regular") -> Picture | str:
    """Swaps of 100 suggestions by week, a line for each source, with releases as upright lines and days with lost
    events in grey; a sentence where the table has no such segment."""
    import pandas as pd

    table = tables["telemetry"]
    known = list(dict.fromkeys(table["segment"]))
    if segment not in known:
        return Spoken(f"There are no members called “{segment}”; there are {', '.join(known)}.")
    mine = table[table["segment"] == segment].assign(day=lambda rows: pd.to_datetime(rows["day"]))
    first = mine["day"].min()
    weeks = mine.assign(week=(mine["day"] - first).dt.days // WEEK).groupby(["source", "week"])[["swapped", "shown"]]
    sums = weeks.sum()
    share = (100 * sums["swapped"] / sums["shown"]).unstack(0)
    dates = [first + pd.Timedelta(days=WEEK * int(week)) for week in share.index]
    releases = pd.to_datetime(tables["releases"]["day"])
    lost = pd.to_datetime(tables["outages"]["day"])
    order = [name for name in dict.fromkeys(table["source"]) if name in share]
    finding = f"Swaps of {segment} members move by the week, with the model and without it."
    words = " ".join(
        f"{name.capitalize()}: between {share[name].min():.1f} and {share[name].max():.1f} of 100 suggestions a week."
        for name in order
    )
    words += f" There were {len(releases)} releases: {_days(releases)}. Events were lost on {_days(lost)}."

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for day in lost:
            axes.axvspan(day, day + pd.Timedelta(days=1), color=PALE, alpha=0.7, linewidth=0)
        for day in releases:
            axes.axvline(day, color=GREY, linestyle=":", linewidth=1.2)
        for colour, name in zip(LINES, order, strict=False):
            axes.plot(dates, share[name], color=colour, label=name)
        axes.set(ylabel="swapped, of 100 suggestions")
        axes.set_ylim(0, float(share.max().max()) * 1.06)
        _months(axes)
        axes.legend(loc="lower left", ncols=len(order))
        axes.set_xlabel("dotted: a release; grey: days on which events were lost")

    return Picture(finding, words, draw, 8.8, 3.6)


def staying(tables: Mapping[str, Any]) -> Picture:
    """Who is still there after eight weeks by how often the model hits: everybody, and each segment by itself."""
    table = tables["members"]
    groups = {"everybody": table} | {name: table[table["segment"] == name] for name in PARTS}
    slopes = {name: _slope(rows) for name, rows in groups.items()}
    within = [slopes[name] for name in PARTS]
    finding = (
        f"Ten points more hits go with {slopes['everybody']:.1f} points more who stay; within the segments with "
        f"{min(within):.1f} to {max(within):.1f}."
    ).replace("-", "−")
    words = " ".join(
        f"{_called(name)}: {slope:+.1f} points of staying with ten points more hits." for name, slope in slopes.items()
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for name, rows in groups.items():
            where, kept = _points(rows)
            colour = BLUE if name == "everybody" else PARTS[name]
            look = "o--" if name == "everybody" else "o-"
            axes.plot(where, kept, look, color=colour, label=_called(name), markersize=4)
        axes.set(xlabel="hits of 100 suggestions", ylabel="kept after eight weeks (of 100)")
        axes.legend(loc="lower right")

    return Picture(finding, words, draw, 8.0, 3.8)


def _points(rows: pd.DataFrame) -> tuple[list[float], list[float]]:
    """The middle of each step of the hit rate, and of those members how many were kept, of 100."""
    steps = (rows["hit_rate_pct"] // STEP).astype(int)
    kept = rows.groupby(steps)["kept"].agg(["mean", "size"])
    shown = kept[kept["size"] >= LEAST]
    return [STEP * (step + 0.5) for step in shown.index], [100 * float(value) for value in shown["mean"]]


def _slope(rows: pd.DataFrame) -> float:
    """Points of staying that go with ten points of hits."""
    return float(10 * np.polyfit(np.asarray(rows["hit_rate_pct"]), 100.0 * np.asarray(rows["kept"]), 1)[0])


def _called(name: str) -> str:
    return "Everybody" if name == "everybody" else f"{name.capitalize()} members"


def _days(days: pd.Series) -> str:
    return ", ".join(f"{day:%-d %b}" for day in days) or "no day"


def _months(axes: Axes) -> None:
    """Months under the days of a year, every second one named."""
    from matplotlib.dates import DateFormatter, MonthLocator

    axes.xaxis.set_major_locator(MonthLocator(interval=2))
    axes.xaxis.set_major_formatter(DateFormatter("%b"))
