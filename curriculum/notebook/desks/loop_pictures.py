"""Pictures of a year of swaps, of who stays, of an alarm on last year, and of the tree as it stands in its form.

They show what was counted or written; what follows from it is for the learner to say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.artifacts.kpi_tree import Edge, KpiTree
from curriculum.artifacts.trigger import Trigger
from curriculum.cases import load_case
from curriculum.cases.feedback_loops import entries
from curriculum.cases.feedback_loops.draw import SEGMENTS, SLUG, YEAR_1
from curriculum.cases.feedback_loops.telemetry import BEFORE, UNSEEN, Problem
from curriculum.consequences.loop_years import judge, settings_of
from curriculum.notebook.desks.layers import Arrow, draw_layers
from curriculum.notebook.desks.loops import NOT_WHOLE
from curriculum.notebook.desks.pictures import BLUE, GREEN, GREY, ORANGE, PALE, Picture
from curriculum.notebook.desks.spoken import Spoken
from curriculum.practice.alarms import Judged, Series, beside, beside_past, usual_ratio

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from curriculum.notebook.lesson import Lesson

WEEK = 7
WINDOW = 14
"""Days over which the lines that are compared are added up: two whole weeks."""
STEP = 8.0
"""Points of the hit rate that one point of a line stands for."""
LEAST = 40
"""Members without whom a point is not drawn: their share would jump by chance."""
ROWS = {name: row for row, name in enumerate(reversed(SEGMENTS))}
"""Lines of a year, the first segment on top."""
BESIDE = {"without the model": "members without the model", "picked by hand": "the row picked by hand"}
VIOLET = "#a64f9a"
HEADS = ("the model", "what members meet", "what they do", "whether they stay")
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


def line(tables: Mapping[str, Any], segment: str = "regular") -> Picture | str:
    """How far the model's swaps are from usual, by day of last year: beside each of the others, and beside the past."""
    import pandas as pd

    table = tables["telemetry"]
    if segment not in SEGMENTS:
        return Spoken(f"There are no members called “{segment}”; there are {', '.join(SEGMENTS)}.")
    mine = table[table["segment"] == segment]
    lost = set(tables["outages"]["day"])
    names = list(dict.fromkeys(mine["source"]))
    parts = {name: _series(mine[mine["source"] == name], lost) for name in names}
    model = parts[names[0]]
    off = {name: beside(model, parts[name], WINDOW, 1.0, usual_ratio(model, parts[name], WINDOW)) for name in names[1:]}
    off = {BESIDE.get(name, name): values for name, values in off.items()}
    off["the four weeks before"] = beside_past(model, WINDOW, 1.0)
    days = pd.to_datetime(mine[mine["source"] == names[0]]["day"]).to_list()
    released = list(pd.to_datetime(tables["releases"]["day"]))
    finding = f"Swaps of {segment} members beside three things: each line jumps for reasons of its own."
    words = " ".join(
        f"Beside {name}: on the middle day {np.nanmedian(np.abs(values[WINDOW:])):.0f} percent off, at most "
        f"{np.nanmax(np.abs(values[WINDOW:])):.0f}."
        for name, values in off.items()
    )

    def draw(figure: Figure) -> None:
        rows = figure.subplots(len(off), 1, sharex=True, sharey=True)
        for axes, colour, (name, values) in zip(rows, (ORANGE, GREEN, BLUE), off.items(), strict=True):
            for day in released:
                axes.axvline(day, color=GREY, linestyle=":", linewidth=1.1)
            axes.axhline(0, color=PALE, linewidth=1)
            axes.plot(days[WINDOW:], values[WINDOW:], color=colour)
            axes.set_title(f"beside {name}", loc="left", fontsize=9.5, color=colour)
        rows[1].set_ylabel("off by (%)")
        rows[-1].set_xlabel("two weeks up to each day, days with lost events struck out; dotted: a release")
        _months(rows[-1])

    return Picture(finding, words, draw, 8.8, 5.2)


def _series(rows: pd.DataFrame, lost: set[str]) -> Series:
    usable = ~np.isin(np.asarray(rows["day"], str), sorted(lost))
    return Series(np.asarray(rows["shown"], float), np.asarray(rows["swapped"], float)).only(usable)


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


def rehearsed(lesson: Lesson) -> Picture | str:
    """The alarm of the form on last year: when it would have rung, for what, and what it would have missed."""
    settings = settings_of(_trigger(lesson))
    if settings is None:
        return Spoken(NOT_WHOLE)
    year = load_case(SLUG, lesson.seed).truth.year
    run = judge(settings, year, year)
    rung = {0: "never rung", 1: "rung once", 2: "rung twice"}.get(len(run.false), f"rung {len(run.false)} times")
    finding = (
        f"Last year it would have found {run.in_time} of {len(run.delays)} problems in time, and {rung} for nothing."
    )
    words = " ".join(
        (*_found(run, year.problems), *(f"For nothing: {_at(day)}, {_whom(part)}." for day, part in run.false))
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for problem in year.problems:
            row = ROWS[problem.segment]
            axes.barh(row, UNSEEN, left=problem.day, height=0.5, color=PALE, linewidth=0)
            axes.text(
                problem.day + 1,
                row + 0.33,
                "swaps fall" if problem.size < 0 else "swaps rise",
                fontsize=8.5,
                color=GREY,
            )
        for release in year.releases:
            axes.axvline(release.day, color=GREY, linestyle=":", linewidth=1.1)
        _marks(axes, run.true, GREEN, "o", "rings, and something is wrong")
        _marks(axes, run.false, ORANGE, "X", "rings for nothing")
        axes.set_yticks(list(ROWS.values()), list(ROWS))
        axes.set(xlim=(BEFORE, len(year.outages)), ylim=(-0.6, len(SEGMENTS) - 0.2))
        starts = [number for number in range(BEFORE, len(year.outages)) if _date(number).day == 1][1::2]
        axes.set_xticks(starts, [f"{_date(number):%b}" for number in starts])
        axes.set_xlabel("grey: something is wrong with the model; dotted: a release")
        if axes.get_legend_handles_labels()[0]:
            axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)

    return Picture(finding, words, draw, 8.8, 3.2)


def _found(run: Judged, problems: Sequence[Problem]) -> list[str]:
    said = []
    for problem, delay in zip(problems, run.delays, strict=True):
        what = f"{_whom(problem.segment).capitalize()}, wrong from {_at(problem.day)} on"
        said.append(f"{what}: {'never found' if delay is None else f'found on day {delay}'}.")
    return said


def _marks(axes: Axes, rung: Sequence[tuple[int, str]], colour: str, shape: str, label: str) -> None:
    """Alarms on the line of their segment; in the middle where all members are read together."""
    if rung:
        rows = [ROWS.get(part, 1) for _, part in rung]
        axes.scatter([day for day, _ in rung], rows, color=colour, marker=shape, s=52, label=label, zorder=3)


def graph(lesson: Lesson) -> Picture | str:
    """The tree of the form: measures in layers, arrows with their strengths; what only goes together is dashed, and
    what is worse for somebody is orange."""
    tree = lesson.written("kpi_tree")
    assert isinstance(tree, KpiTree)
    names = [node.metric for node in tree.nodes if node.metric in entries.METRICS]
    if not names:
        return Spoken("There is nothing to draw yet: the tree has no measures.")
    layers = [[name for name in dict.fromkeys(names) if entries.LAYERS[name] == layer] for layer in range(len(HEADS))]
    pairs = dict.fromkeys(
        (edge.cause, edge.effect) for edge in tree.edges if edge.cause in names and edge.effect in names
    )
    arrows = [_arrow(*pair, [edge for edge in tree.edges if (edge.cause, edge.effect) == pair]) for pair in pairs]
    sure = sum(arrow.sure for arrow in arrows)
    finding = (
        f"{len(set(names))} measures, {len(arrows)} arrows: {sure} by a test drawn by lot, {len(arrows) - sure} not."
    )
    labels = {name: entries.METRICS[name].label for name in names}
    words = " ".join(
        f"{labels[one.start]} to {labels[one.end]}, {'tested' if one.sure else 'go together'}"
        f"{': ' + ', '.join(one.notes) if one.notes else ''}."
        for one in arrows
    )
    return Picture(finding, words, lambda figure: draw_layers(figure, layers, labels, HEADS, arrows), 8.8, 4.6)


def _arrow(start: str, end: str, edges: Sequence[Edge]) -> Arrow:
    """One arrow for all that is said of two measures."""
    notes = [
        f"{'all' if edge.segment == entries.EVERYONE else edge.segment} {edge.strength:+g}".replace("-", "−")
        for edge in edges if edge.strength is not None and edge.segment
    ]  # fmt: skip
    return Arrow(
        start, end, tuple(notes), any(edge.evidence == "experiment" for edge in edges),
        any(edge.shows == "worse" for edge in edges),
    )  # fmt: skip


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


def _date(day: int) -> dt.date:
    """The date of a day, as years count them."""
    return YEAR_1 + dt.timedelta(days=int(day) - BEFORE)


def _at(day: int) -> str:
    return f"{_date(day):%-d %b}"


def _whom(part: str) -> str:
    return f"{part} members" if part else "all members together"


def _trigger(lesson: Lesson) -> Trigger:
    trigger = lesson.written("trigger")
    assert isinstance(trigger, Trigger)
    return trigger
