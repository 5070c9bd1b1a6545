"""Reading the campaign: what it did on two days, where people changed and where they left, what a rule brings.

Everything is worked out from the tables that learners see, as they ask for it, also where what they ask is a mistake.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from curriculum.cases.influence_and_mentoring.draw import ACTIONS, NOTHING, PROFILES, RISKS
from curriculum.cases.influence_and_mentoring.entries import ACTIONS as LABELS
from curriculum.cases.influence_and_mentoring.rules import SURE, RuleError, read
from curriculum.notebook.desks.pictures import BLUE, GREY, ORANGE, Picture
from curriculum.notebook.desks.spoken import Spoken

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from curriculum.notebook.lesson import Lesson

DAYS = {"day 30": "active_30", "day 120": "paying_120"}
CELLS, GAP, SCORE = "cells", "gap_days", "score"
BINS = {GAP: ((0, 3), (3, 6), (6, 9), (9, 12), (12, 15), (15, 18), (18, 24), (24, 31))}
"""Days since the last start, from and below."""
PARTS = 8
"""Into so many equally large groups a score is cut."""


@dataclass(frozen=True)
class Difference:
    """How many more of a hundred than with nothing, and from where to where it may be by chance."""

    name: str
    value: float
    low: float
    high: float

    @property
    def side(self) -> int:
        """1 or -1 where the whole interval lies above or below nought, else 0."""
        return 1 if self.low > 0 else -1 if self.high < 0 else 0

    def __str__(self) -> str:
        return f"{self.name}: {self.value:+.1f} ({self.low:+.1f} to {self.high:+.1f})"


def by_day(lesson: Lesson) -> Picture:
    """Each action beside nothing, of the whole segment, on both days on which the campaign was counted."""
    rows = lesson.tables.campaign
    found = {day: [_difference(rows, action, column, action) for action in ACTIONS] for day, column in DAYS.items()}
    first = {day: max(each, key=lambda one: one.value).name for day, each in found.items()}
    early, late = first.values()
    finding = (
        f"Day 30 puts {early} first, and day 120 {late}"
        if early != late
        else f"Both days put {late} first, and day 120 with another number"
    )
    words = ". ".join(f"On {day}, more of 100 than with nothing: {_listed(each)}" for day, each in found.items()) + "."

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for number, (day, colour) in enumerate(zip(DAYS, (ORANGE, BLUE), strict=True)):
            _marks(axes, np.arange(len(ACTIONS)) + 0.24 * number - 0.12, found[day], colour, day)
        _finish(axes, ACTIONS, "action, beside nothing")
        axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1))

    return Picture(finding, words, draw)


def where(lesson: Lesson, action: str, by: str = CELLS, wave: int = 0) -> Picture | Spoken:
    """What an action did on day 120 to one group after the other: by `cells` (third of risk, profiles), by `gap_days`
    (since the last start) or by the action's `score`; `wave` 1 or 2 looks at one wave only."""
    if action not in ACTIONS:
        return Spoken(f"There is no action {action!r}; there are {', '.join(ACTIONS)}.")
    if by not in (CELLS, GAP, SCORE):
        return Spoken(f"One cannot look by {by!r}; one can by {CELLS}, {GAP} or {SCORE}.")
    rows = lesson.tables.campaign
    if wave:
        rows = rows[rows["wave"] == wave]
    groups = _groups(rows, action, by)
    found = [_difference(rows[takes], action, DAYS["day 120"], name) for name, takes in groups.items()]
    more, fewer = (sum(one.side == side for one in found) for side in (1, -1))
    finding = f"{action.capitalize()}, day 120: " + (
        f"beyond chance, more pay in {more} of {len(found)} groups, and fewer in {fewer}"
        if more or fewer
        else f"none of {len(found)} groups differs from those with nothing by more than chance"
    )
    words = f"More of 100 than with nothing, by {_LONG[by]}: {_listed(found)}."

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        colours = [_COLOUR[one.side] for one in found]
        for place, (one, colour) in enumerate(zip(found, colours, strict=True)):
            _marks(axes, np.array([place]), [one], colour, "")
        _finish(axes, [one.name for one in found], _LONG[by])

    return Picture(finding, words, draw)


_LONG = {CELLS: "third of risk and profiles", GAP: "days since the last start", SCORE: "score, from … to below …"}
_COLOUR = {1: BLUE, 0: GREY, -1: ORANGE}


def tried(
    lesson: Lesson, rules: Mapping[str, str] | Sequence[str], *, action: str, margin: float, months: float,
    wave: int = 0, other: float = 0.0,
) -> pd.DataFrame | Spoken:  # fmt: skip
    """What each rule comes to with an action: people reached, difference on day 120 with its interval, what it costs
    and leaves, and how many people an arm of its test needs.

    A rule without a name is called by itself, and a blank one left out. `margin` is € a month, `months` how many more
    are paid, `other` € that are spent besides.
    """
    import pandas as pd

    if action not in ACTIONS:
        return Spoken(f"There is no action {action!r}; there are {', '.join(ACTIONS)}.")
    columns = {name: values.to_numpy() for name, values in lesson.tables.campaign.items()}
    costs = lesson.tables.costs.set_index("action")["eur"]
    lines = {}
    named = rules if isinstance(rules, Mapping) else {rule.strip(): rule for rule in rules if rule.strip()}
    if not named:
        return Spoken("There is no rule yet; write one, such as gap_days < 3.")
    for name, rule in named.items():
        try:
            one = read(rule, action, columns, _people(lesson), float(costs[LABELS[action].label]), wave)
        except RuleError as error:
            return Spoken(f"The rule “{name}” cannot be run: {error}")
        except ValueError:
            return Spoken(f"The rule “{name}” takes nobody in one of the arms.")
        lines[name] = {
            "reached": round(one.reached),
            "more of 100": round(one.uplift, 1),
            "low": round(one.low, 1),
            "high": round(one.high, 1),
            "cost (€)": round(one.cost),
            "net (€)": round(one.net(margin, months, other)),
            "an arm needs": math.ceil(one.arm) if math.isfinite(one.arm) else "no number is enough",
        }
    return pd.DataFrame.from_dict(lines, orient="index").rename_axis("rule").reset_index()


def _people(lesson: Lesson) -> int:
    """How many there are in the segment that most people leave, in which the campaign was."""
    segments = lesson.tables.segments
    return int(segments.loc[segments["left_pct"].idxmax(), "people"])


def _difference(rows: pd.DataFrame, action: str, column: str, name: str) -> Difference:
    with_it, without = rows.loc[rows["arm"] == action, column], rows.loc[rows["arm"] == NOTHING, column]
    shares = [float(one.mean()) for one in (with_it, without)]
    error = math.sqrt(sum(p * (1 - p) / max(len(one), 1) for p, one in zip(shares, (with_it, without), strict=True)))
    value = shares[0] - shares[1]
    return Difference(name, 100 * value, 100 * (value - SURE * error), 100 * (value + SURE * error))


def _groups(rows: pd.DataFrame, action: str, by: str) -> dict[str, pd.Series]:
    if by == CELLS:
        return {
            f"{risk},\n{many}": (rows["risk"] == risk) & (rows["profiles"] == many)
            for risk in RISKS for many in PROFILES
        }  # fmt: skip
    if by == GAP:
        gap = rows["gap_days"]
        return {f"{low} to {high - 1}": (gap >= low) & (gap < high) for low, high in BINS[GAP]}
    score = rows[f"score_{action}"]
    cuts = [float(one) for one in np.quantile(score, np.linspace(0, 1, PARTS + 1))]
    ends = [*pairwise(cuts)]
    return {
        f"{low:z.2f}\nto {high:z.2f}": (score >= low) & ((score < high) if place < PARTS - 1 else score >= low)
        for place, (low, high) in enumerate(ends)
    }


def _listed(found: Sequence[Difference]) -> str:
    return "; ".join(str(one).replace("\n", " ") for one in found)


def _marks(axes: Axes, places: np.ndarray, found: Sequence[Difference], colour: str, label: str) -> None:
    values = np.array([one.value for one in found])
    sides = np.array([[one.value - one.low for one in found], [one.high - one.value for one in found]])
    axes.errorbar(places, values, sides, fmt="o", color=colour, label=label or None, capsize=3, lw=1.6)


def _finish(axes: Axes, names: Sequence[str], what: str) -> None:
    axes.axhline(0, color=GREY, lw=1)
    axes.set_xticks(range(len(names)), names)
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set(xlabel=what, ylabel="more of 100\nthan with nothing")


__all__ = ["Difference", "by_day", "tried", "where"]
