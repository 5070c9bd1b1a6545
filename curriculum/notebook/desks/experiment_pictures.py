"""Pictures of a test: the page's time by load, effects from week to week, and what the wait and the model do apart.

They show what was counted, with the room that chance leaves; what follows from it is for the learner to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.notebook.desks.pictures import BLUE, GREEN, GREY, ORANGE, PALE, Picture
from curriculum.support.experiments import Counted, Estimate, relative

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

WEEK = 7
SHADES = (PALE, "#8f87d8", "#6c62d6", BLUE)
"""From the least share of the traffic to all of it."""
PARTS = {
    "net": ("complex against light: both together", BLUE),
    "speed": ("light, slowed, against light: the wait", ORANGE),
    "model": ("complex against light, slowed: the model", GREEN),
}


def page_by_load(tables: Mapping[str, Any], limit: float = 0.0) -> Picture:
    """The page's p95 by hour, a line for each share of the traffic that the shadow run sent to the complex model.

    `limit` in ms is drawn as a line where it is above 0.
    """
    table = tables["shadow"]
    hours = table.groupby(["mirrored_percent", "hour"])["page_p95_ms"].mean().unstack(0)
    busiest = hours.max()
    finding = "The more of the traffic comes, the longer the page takes."
    words = " ".join(
        f"With {share:.0f} of 100 requests mirrored, p95 lies between {hours[share].min():.0f} and {top:.0f} ms."
        for share, top in busiest.items()
    )
    words += f" The limit is {limit:.0f} ms." if limit else ""

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for colour, share in zip(SHADES, hours.columns, strict=False):
            axes.plot(hours.index, hours[share], color=colour, label=f"{share:.0f} of 100 requests")
        if limit:
            axes.axhline(limit, color=ORANGE, linestyle="--", linewidth=1.4)
            axes.annotate("limit", (hours.index[-1], limit), xytext=(-8, 4), textcoords="offset points", fontsize=9.5,
                          color=ORANGE)  # fmt: skip
        axes.set(xlabel="hour of the day", ylabel="page's p95 (ms)")
        axes.set_xlim(float(hours.index[0]), float(hours.index[-1]) + 1)
        axes.legend(*(found[::-1] for found in axes.get_legend_handles_labels()), loc="upper left")

    return Picture(finding, words, draw, 8.4, 3.4)


def week_by_week(test: pd.DataFrame | str, without: Sequence[str] = ()) -> Picture | str:
    """Orders a visitor with the complex model against light, week by week, for those who were here before and others.

    Takes the table of a run, leaves out some clients in all arms, and gives back the sentence that stands in place of
    a table where a plan could not be run, or one that says that the plan has not both arms.
    """
    if isinstance(test, str):
        return test
    if not {"light", "complex"} <= set(test["variant"]):
        return "There is nothing to compare from week to week: the plan has not both light and complex as arms."
    kept = test[~test["client"].isin(list(without))].assign(week=lambda table: (table["day"] - 1) // WEEK + 1)
    counts = kept.groupby(["returning", "week", "variant"])[["visitors", "orders"]].sum()
    found = {
        name: {week: _effect(counts.loc[(back, week)]) for week in sorted(kept["week"].unique())}
        for back, name in ((False, "here for the first time"), (True, "were here before"))
    }
    words = " ".join(
        f"Week {week}, {name}: {one.value:+.1f} % orders, between {one.low:+.1f} and {one.high:+.1f}."
        for name, weeks in found.items()
        for week, one in weeks.items()
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for shift, colour, (name, weeks) in zip((-0.08, 0.08), (GREY, BLUE), found.items(), strict=True):
            _with_room(axes, [week + shift for week in weeks], list(weeks.values()), colour, name)
        axes.axhline(0, color=GREY, linewidth=0.8)
        axes.set_xticks(sorted(kept["week"].unique()))
        axes.set(xlabel="week of the test", ylabel="orders a visitor, complex\nagainst light (%)")
        axes.legend()

    return Picture("Orders with the complex model, from week to week.", words, draw, 8.4, 3.4)


def _effect(counts: pd.DataFrame) -> Estimate:
    """The relative difference of one week's rates, in percent."""
    light, other = (Counted(*map(float, counts.loc[name])) for name in ("light", "complex"))
    return relative(other, light, light)


def _with_room(axes: Any, at: Sequence[float], found: Sequence[Estimate], colour: str, label: str) -> None:
    values = np.array([one.value for one in found])
    reach = [values - [one.low for one in found], [one.high for one in found] - values]
    axes.errorbar(at, values, yerr=reach, fmt="o", color=colour, label=label, capsize=3)


def parts_apart(table: pd.DataFrame | str) -> Picture | str:
    """By segment: what complex and light differ by, and of that what the wait does and what the model does.

    Takes the table of `effects`; parts that the plan could not tell are left out and named. A sentence that stands in
    place of a table is given back.
    """
    if isinstance(table, str):
        return table
    rows = [(str(row["segment"]), part, row) for _, row in table.iterrows() for part in PARTS]
    known = [(name, part, row) for name, part, row in rows if _number(row.get(part)) is not None]
    missing = [f"{name}, {PARTS[part][0]}" for name, part, row in rows if _number(row.get(part)) is None]
    if not known:
        return "No part of any difference can be told from this test."
    words = " ".join(f"{name}, {PARTS[part][0]}: {_said(row, part)}" for name, part, row in known)
    words += f" Not known from this test: {'; '.join(missing)}." if missing else ""
    finding = "What the two differ by, and its parts." if not missing else "What this test can tell, and no more."

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for place, (_, part, row) in enumerate(known):
            colour = PARTS[part][1]
            low, high = _number(row.get(f"{part}_low")), _number(row.get(f"{part}_high"))
            if low is not None and high is not None:
                axes.plot([low, high], [place, place], color=colour, linewidth=2)
            axes.plot(row[part], place, "o", color=colour, markersize=7)
        axes.set_yticks(range(len(known)), [f"{name}\n{PARTS[part][0]}" for name, part, _ in known], fontsize=9)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.grid(axis="y", visible=False)
        axes.set(xlabel="orders a visitor (%)")
        axes.invert_yaxis()

    return Picture(finding, words, draw, 8.4, 0.9 + 0.5 * len(known))


def _number(value: Any) -> float | None:
    """A number, or None for a blank one."""
    return None if value is None or value != value else float(value)


def _said(row: Any, part: str) -> str:
    low, high = _number(row.get(f"{part}_low")), _number(row.get(f"{part}_high"))
    room = f", between {low:+.1f} and {high:+.1f}" if low is not None and high is not None else ""
    return f"{row[part]:+.1f} % orders{room}."
