"""Pictures of a board of runs, of candidates beside the live model, of builds by gate, and of what items wait for.

They show what was measured; what follows from it is for the learner to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from curriculum.cases import load_case
from curriculum.cases.base import Columns
from curriculum.cases.pod_in_flight import builds as nights
from curriculum.cases.pod_in_flight import entries, log
from curriculum.cases.pod_in_flight.candidates import CANDIDATES
from curriculum.cases.pod_in_flight.draw import BOARD_CALLS, OLD, SLUG
from curriculum.notebook.desks import flight
from curriculum.notebook.desks.pictures import BLUE, GREEN, GREY, ORANGE, PALE, Picture
from curriculum.notebook.desks.spoken import Spoken

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from curriculum.notebook.lesson import Lesson

SHOWN = 14
"""Runs that a board has on its first page."""


def board(lesson: Lesson) -> Picture:
    """The first page of the board, by what it is sorted by, with the live model below."""
    table = lesson.tables["runs"].sort_values("caught_at_5", ascending=False)
    table = table[table["caught_at_5"].notna()]
    first = table.head(SHOWN)
    live = table[table["run"] == OLD]
    names = [*first["run"].tolist(), f"{OLD} (live)"]
    values = [*first["caught_at_5"].tolist(), float(live["caught_at_5"].iloc[0])]
    finding = f"The board: {SHOWN} of {len(lesson.tables['runs'])} runs, sorted by what they catch."
    words = " ".join(f"{name}: {value:g} of 100." for name, value in zip(names, values, strict=True))

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        colours = [PALE] * len(first) + [BLUE]
        axes.barh(range(len(names)), values, color=colours, height=0.72)
        axes.set_yticks(range(len(names)), [entries.RUNS[n].label if n in entries.RUNS else n for n in names])
        for row, value in enumerate(values):
            axes.text(value + 0.6, row, f"{value:g}", va="center", fontsize=8.5)
        axes.invert_yaxis()
        axes.set_xlabel(f"caught, of 100 frauds, with {BOARD_CALLS} calls for each 1,000 payments")

    return Picture(finding, words, draw, 7.6, 4.6)


def candidates(lesson: Lesson, weeks: str, calls: int) -> Picture | Spoken:
    """What each candidate catches more than the live model, with its interval, on some weeks at some calls."""
    if said := flight.unknown(weeks, calls):
        return said
    found = {name: flight.gain(lesson, name, weeks, calls) for name in CANDIDATES}
    when = entries.SPLITS[weeks].label.lower()
    finding = f"On {when}, with {calls} calls for each 1,000 payments."
    words = " ".join(
        f"{name}: {one.change:+.1f} of 100 frauds, between {one.low:+.1f} and {one.high:+.1f}."
        for name, one in found.items()
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.axvline(0, color=GREY, linewidth=1)
        for row, (name, one) in enumerate(found.items()):
            axes.plot([one.low, one.high], [row, row], color=BLUE, linewidth=2)
            axes.plot(one.change, row, "o", color=BLUE)
            axes.text(one.high + 0.4, row, f"{one.change:+.1f}", va="center", fontsize=9)
            axes.text(-6.2, row, name, va="center", ha="right", fontsize=9.5)
        axes.set_yticks([])
        axes.set_xlim(-6, 26)
        axes.set_ylim(len(found) - 0.5, -0.5)
        axes.set_xlabel("caught more than the live model, of 100 frauds; the line is its interval")

    return Picture(finding, words.replace("-", "−"), draw, 7.6, 2.7)


def builds(lesson: Lesson) -> Picture:
    """Ninety builds by what each gate measures: those that proved good, those of this gate's fault, and the others."""
    table = load_case(SLUG, lesson.seed).columns["builds"]
    proved = np.asarray(table["proved"])
    good = proved == nights.GOOD
    finding = f"{len(proved)} nights, {int(good.sum())} of them good: what each gate measured."
    words = " ".join(
        f"{entries.GATES[name].label}: good builds between {_ends(table, name, good)}, those with this fault between "
        f"{_ends(table, name, proved == name)}."
        for name in nights.MEASURED
    )

    def draw(figure: Figure) -> None:
        rows = figure.subplots(3, 2).ravel()
        for axes, name in zip(rows, nights.MEASURED, strict=True):
            values = np.asarray(table[nights.COLUMNS[name]])
            for place, (mask, colour) in enumerate(
                ((good, GREEN), (proved == name, ORANGE), (~good & (proved != name), PALE))
            ):
                spread = np.linspace(-0.28, 0.28, int(mask.sum()))
                axes.plot(values[mask], place + spread, "o", color=colour, markersize=3.5)
            axes.set_yticks(range(3), ["good", "this fault", "other faults"])
            axes.set_ylim(2.5, -0.5)
            axes.set_title(entries.GATES[name].label, loc="left", fontsize=9.5)

    return Picture(finding, words, draw, 8.8, 5.8)


def _ends(table: Columns, name: str, mask: np.ndarray) -> str:
    values = np.asarray(table[nights.COLUMNS[name]])[mask]
    return f"{values.min():g} and {values.max():g}".replace("-", "−")


def waits(lesson: Lesson) -> Picture:
    """Days an item waits by cause, beside the days on which somebody works on it."""
    days = log.read_waits(load_case(SLUG, lesson.seed).columns["events"])
    means = {entry.label: float(days[name].mean()) for name, entry in entries.CAUSES.items()}
    lead = float(days["lead"].mean())
    means["Somebody works on it"] = lead - sum(means.values())
    finding = f"{lead:.0f} days from start to done, on average, and what they consist of."
    words = " ".join(f"{name}: {value:.1f} days." for name, value in means.items())

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        colours = [ORANGE] * len(entries.CAUSES) + [PALE]
        axes.barh(range(len(means)), list(means.values()), color=colours, height=0.66)
        axes.set_yticks(range(len(means)), list(means))
        for row, value in enumerate(means.values()):
            axes.text(value + 0.08, row, f"{value:.1f}", va="center", fontsize=9)
        axes.invert_yaxis()
        axes.set_xlabel("days an item")

    return Picture(finding, words, draw, 7.6, 2.7)
