"""Pictures of half a year before a pod: loss by week, good payments stopped, how cards leave, and what is watched.

They show what was counted; what follows from it is for the learner to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.cases.pod_launch.entries import MEASURE_ENTRIES
from curriculum.notebook.desks.pictures import BLUE, GREEN, GREY, ORANGE, PALE, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

THOUSAND = 1000.0
BPS = 10_000.0
USUAL = 2.0
"""Standard deviations about the mean between which a week is usual."""
JUDGED, MADE, LAST = "review", "build", "release"
"""Stages of `flow_events`: the one that sends back, the one to which, and the last."""
COLUMNS = 2
"""Panels beside one another where there are many measures."""


def loss(tables: Mapping[str, Any]) -> Picture:
    """Net loss by the week in which it happened, of 10,000 euros of volume, with the largest case in another colour."""
    cases, weeks = tables["losses"], tables["weekly"]
    net = cases["amount_eur"] - cases["recovered_eur"]
    volume = np.asarray(weeks["volume_eur"], float)
    number = np.asarray(weeks["week"], int)
    by_week = net.groupby(cases["week"]).sum().reindex(number, fill_value=0)
    largest, of_week = float(net.max()), int(cases.loc[net.idxmax(), "week"])
    rate = BPS * np.asarray(by_week, float) / volume
    case = BPS * np.where(number == of_week, largest, 0.0) / volume
    finding = (
        f"Between {rate.min():.1f} and {rate.max():.1f} euros of 10,000 were lost a week, as far as they are reported."
    )
    words = " ".join(f"Week {week}: {value:.1f}." for week, value in zip(number, rate, strict=True))
    words += f" The largest case, {largest / THOUSAND:,.0f} thousand euros, lies in week {of_week}."

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.bar(number, rate - case, color=BLUE, width=0.75, label="all other cases")
        axes.bar(number, case, bottom=rate - case, color=ORANGE, width=0.75, label="the largest case")
        axes.set(xlabel="week in which it happened", ylabel="net loss, of 10,000 euros paid out")
        axes.set_ylim(0, float(rate.max()) * 1.25)
        axes.legend(loc="upper right", ncols=2)

    return Picture(finding, words, draw, 8.8, 3.4)


def stopped(tables: Mapping[str, Any]) -> Picture:
    """Good payments stopped of 1,000, by week, with the range in which it usually moves."""
    weeks = tables["weekly"]
    number, rate = np.asarray(weeks["week"], int), np.asarray(weeks["good_stopped_per_1000"], float)
    middle, scatter = float(rate.mean()), float(rate.std(ddof=1))
    low, high = middle - USUAL * scatter, middle + USUAL * scatter
    finding = f"Of 1,000 good payments {middle:.2f} were stopped on average, and {low:.2f} to {high:.2f} in most weeks."
    words = " ".join(f"Week {week}: {value:.2f}." for week, value in zip(number, rate, strict=True))

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.axhspan(low, high, color=PALE, alpha=0.4, linewidth=0)
        axes.plot(number, rate, color=ORANGE, marker="o", markersize=4)
        axes.set(xlabel="week (grey: where most weeks lie)", ylabel="good payments stopped, of 1,000")
        axes.set_ylim(0, high * 1.4)

    return Picture(finding, words, draw, 8.8, 2.9)


def second(tables: Mapping[str, Any]) -> Picture:
    """On which days cards left the board, and how many came back from review to be built again."""
    events = tables["flow_events"]
    out = events[(events["stage"] == LAST) & (events["left"] > 0)]["left"].astype(int)
    counts = out.value_counts().sort_index()
    days = int(np.nanmax(events[["entered", "ready", "left"]].to_numpy()))
    reviewed = events[(events["stage"] == JUDGED) & (events["entered"] > 0)].set_index("card")
    built = events[events["stage"] == MADE].set_index("card")["left"].reindex(reviewed.index)
    back, of = int((built > reviewed["entered"]).sum()), len(reviewed)
    finding = f"Cards left on {len(counts)} of {days} days, and {back} of {of} came back from review."
    words = "Cards that left: " + ", ".join(f"{count} on day {day}" for day, count in counts.items()) + "."

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=[3, 1])
        left.bar(counts.index, counts, color=GREEN, width=0.8)
        left.set(xlabel="working day", ylabel="cards that left", xlim=(0, days + 1))
        left.yaxis.get_major_locator().set_params(integer=True)
        right.bar(["passed", "came back"], [of - back, back], color=[BLUE, ORANGE], width=0.6)
        right.set_ylabel("cards in review")

    return Picture(finding, words, draw, 8.8, 2.9)


def moved(tables: Mapping[str, Any]) -> Picture:
    """Loss by two rails before and after the last rule, by week."""
    table = tables["rule_history"]
    week = np.asarray(table["week"], int)
    rails = {
        "the rail of the rule": np.asarray(table["the_rail_eur"], float) / THOUSAND,
        "the other rail": np.asarray(table["the_other_rail_eur"], float) / THOUSAND,
    }
    late = week > int(week.max()) // 2
    finding = "The last rule: " + ", ".join(
        f"{name} went from {values[week < 0].mean():.0f} to {values[late].mean():.0f} thousand euros a week"
        for name, values in rails.items()
    )
    words = " ".join(
        f"{name.capitalize()}: " + ", ".join(f"week {at}: {value:.0f}" for at, value in zip(week, values, strict=True))
        for name, values in rails.items()
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.axvline(0, color=GREY, linestyle=":", linewidth=1.2)
        for colour, (name, values) in zip((BLUE, ORANGE), rails.items(), strict=True):
            axes.plot(week, values, color=colour, marker="o", markersize=4, label=name)
        axes.set(xlabel="weeks since the rule (dotted: the rule)", ylabel="loss, thousand euros")
        axes.set_ylim(0, 1.25 * max(float(values.max()) for values in rails.values()))
        axes.legend(loc="upper right", ncols=2)

    return Picture(f"{finding}.", words, draw, 8.8, 3.0)


def watch(tables: Mapping[str, Any]) -> Picture:
    """Every measure that is watched, by week, with the range in which it usually moves."""
    table = tables["watch"]
    number = np.asarray(table["week"], int)
    measures = {column: np.asarray(table[column], float) for column in table.columns if column != "week"}
    called = {column: MEASURE_ENTRIES[column].label for column in measures}
    finding = f"In {len(number)} past weeks each measure moved in a range of its own."
    words = " ".join(
        f"{called[column].capitalize()}: {values.mean():.1f} on average, {values.min():.1f} to {values.max():.1f}."
        for column, values in measures.items()
    )

    def panel(axes: Axes, column: str, values: np.ndarray) -> None:
        middle, scatter = float(values.mean()), float(values.std(ddof=1))
        axes.axhspan(middle - USUAL * scatter, middle + USUAL * scatter, color=PALE, alpha=0.4, linewidth=0)
        axes.plot(number, values, color=BLUE, linewidth=1.4)
        axes.set_ylim(middle - 5 * scatter, middle + 7 * scatter)
        axes.set_title(called[column], loc="left", fontsize=9.5)

    def draw(figure: Figure) -> None:
        rows = -(-len(measures) // COLUMNS)
        panels = figure.subplots(rows, COLUMNS, sharex=True, squeeze=False)
        for axes, (column, values) in zip(panels.flat, measures.items(), strict=False):
            panel(axes, column, values)
        for axes in panels[-1]:
            axes.set_xlabel("week (grey: where most weeks lie)")

    return Picture(finding, words, draw, 8.8, 1.25 * -(-len(measures) // COLUMNS) + 0.8)
