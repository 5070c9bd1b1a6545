"""The shared dashboard of an incident and what reads it: each contested metric counted in one way, releases marked.

Everything takes a lesson's tables (`lesson.tables`), so that the same numbers come out in a notebook, on the
page of its own and in the review.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.cases.fraud_false_positives.groups import NOT_OF_PAYMENTS, only
from curriculum.cases.fraud_false_positives.metrics import CONTESTED, DEFINITIONS, METRICS, Days, Definition
from curriculum.cases.fraud_false_positives.onset import change_place
from curriculum.cases.fraud_false_positives.rule_trial import RULE_COLUMNS, WINDOWS, Rate
from curriculum.cases.fraud_false_positives.rule_trial import try_rule as run_trial
from curriculum.notebook.desks.spoken import Spoken
from curriculum.pages.figures import drawn, figure_html
from curriculum.support.dates import day_month
from curriculum.support.rules import RuleError, compile_rule

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

TODAY = ("fpr_final", "tickets_a_day", "app_errors_per_1000")
"""What the three teams count today; which definition everybody should use is the learner's to say."""
COLOURS = ("#4a3fd1", "#a64f9a", "#e0660a")
GREY = "#57546a"
ON_GROUND = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
"""Words over lines stay readable."""
RELEASE_GAP = dt.timedelta(hours=6)
"""Releases within this time of each other are marked by one line."""


@dataclass(frozen=True)
class Export:
    """What one has to know to read the tables; from the table `about` and the tables themselves."""

    tables: Mapping[str, Any]
    start: dt.datetime
    days: int
    scale: int
    before: tuple[int, int]
    now: tuple[int, int]

    @cached_property
    def counted(self) -> Days:
        return Days(self.tables, self.start, self.days, self.scale)


def read_export(tables: Mapping[str, Any]) -> Export:
    """The frame of the tables; raises KeyError where these are not an incident's tables."""
    about = dict(zip(map(str, tables["about"]["item"]), map(str, tables["about"]["value"]), strict=True))
    start = np.asarray(tables["sessions"]["day"]).astype("datetime64[D]")
    first = dt.datetime.fromisoformat(str(start.min()))

    def window(text: str) -> tuple[int, int]:
        since, until = (dt.datetime.fromisoformat(day) for day in text.split(" to "))
        return (since - first).days, (until - first).days + 1

    return Export(
        tables, first, len(start), int(about["one customer in"]), window(about["before"]), window(about["now"])
    )


def panels(tables: Mapping[str, Any], **group: str) -> pd.DataFrame:
    """Every way of counting the contested metrics: its value before and now, and how soon it is complete.

    `panels(tables, login="partner")` counts the payments of one group alone, with what can be counted there.
    Raises ValueError for more than one group or an unknown column.
    """
    import pandas as pd

    export, counted = read_export(tables), dict(DEFINITIONS)
    if group:
        counted = {id: definition for id, definition in counted.items() if id not in NOT_OF_PAYMENTS}
        export = replace(export, tables=_one_group(tables, group))
    how = _collected(tables)
    rows = [
        {
            "metric": METRICS[definition.metric].label,
            "definition": definition.label,
            "before": round(export.counted.value(definition.id, export.before), 2),
            "now": round(export.counted.value(definition.id, export.now), 2),
            "unit": definition.unit,
            "complete": f"after {how[definition.id][0]} days" if how[definition.id][0] else "at once",
            "collected": how[definition.id][1],
        }
        for definition in counted.values()
    ]
    return pd.DataFrame(rows, index=pd.Index(list(counted), name="id"))


def _one_group(tables: Mapping[str, Any], group: Mapping[str, str]) -> Mapping[str, Any]:
    (column, value), *more = group.items()
    if more or column not in tables["payments"]:
        raise ValueError(f'Name one column of the payments and its value, as login="partner"; not {dict(group)}.')
    return only(tables, column, value)


def _collected(tables: Mapping[str, Any]) -> dict[str, tuple[int, str]]:
    """By definition: the days after which its numbers no longer change, and how it is collected."""
    table = tables["collected"]
    return {
        str(id): (int(days), str(how))
        for id, days, how in zip(table["id"], table["complete_days"], table["collected"], strict=True)
    }


def stops_by_bucket(tables: Mapping[str, Any], hours: int = 6) -> pd.Series:
    """Stopped payments in buckets of some hours, indexed by the time at which each bucket begins."""
    import pandas as pd

    payments = tables["payments"]
    stopped = np.char.startswith(np.asarray(payments["action"]).astype(str), "stopped")
    export = read_export(tables)
    minutes = (np.asarray(payments["time"]).astype("datetime64[m]") - np.datetime64(export.start, "m")).astype(int)
    counts = np.bincount(minutes[stopped] // (60 * hours), minlength=export.days * 24 // hours)
    times = pd.date_range(export.start, periods=len(counts), freq=f"{hours}h", name="bucket begins")
    return pd.Series(counts, index=times, name="stopped payments")


def change_point(series: pd.Series) -> Any:
    """The time from which a series has another level: where two flat lines, before and after, fit best."""
    return series.index[change_place(np.asarray(series))]


def try_rule(tables: Mapping[str, Any], rule: str, window: str = "calibration") -> pd.DataFrame | str:
    """What a fallback rule would have done in the window calibration, holdout or recent; or why it cannot be run."""
    import pandas as pd

    if window not in WINDOWS:
        return Spoken(f"There is no window {window!r}; there are {', '.join(WINDOWS)}.")
    export = read_export(tables)
    try:
        result = run_trial(compile_rule(rule, RULE_COLUMNS), tables, export.start, export.scale, WINDOWS[window])
    except RuleError as error:
        return Spoken(error)
    per = "per 100"
    rows: list[tuple[str, float, str, str]] = [("alerts a day", round(result.alerts_a_day), "all customers", "")]
    stopped = "good payments stopped" if result.good.of else "payments stopped"
    if result.good.of:
        rows = [
            (stopped, round(100 * result.good.share, 2), per, _between(result.good)),
            ("fraud caught", round(100 * result.fraud.share, 1), per, _between(result.fraud)),
            *rows,
        ]
    rows += [
        (f"{stopped}: {name}", round(100 * rate.share, 2), per, _between(rate))
        for name, rate in sorted(result.groups.items(), key=lambda item: -item[1].share)
    ]
    return pd.DataFrame(rows, columns=["what", "value", "unit", "by chance between"])


def _between(rate: Rate) -> str:
    """Where nine of ten draws of the same days would lie."""
    low, high = rate.interval()
    return f"{100 * low:.2f} and {100 * high:.2f}"


class Dashboard:
    """The picture that everybody looks at. A notebook shows the figure with its words, a terminal the words."""

    def __init__(self, tables: Mapping[str, Any], definitions: Sequence[str] = TODAY):
        self.export = read_export(tables)
        self.definitions = _one_each(definitions)
        self.incomplete = _collected(tables)

    @cached_property
    def finding(self) -> str:
        """The dashboard in one sentence."""
        parts = []
        for definition in self.definitions:
            before, now = self._values(definition)
            level = f"{now / before:.1f} times their level before" if before else f"{now:.1f}"
            parts.append(f"{definition.label}: {level}")
        return "; ".join(parts)

    @cached_property
    def words(self) -> str:
        """The figure in words, for those who do not see it."""
        said = []
        for definition in self.definitions:
            before, now = self._values(definition)
            said.append(f"{definition.label}: {before:.2f} before and {now:.2f} now, {definition.unit}.")
        marks = "; ".join(f"{day_month(when)}: {what}" for when, what in self._releases())
        return f"Three line charts by day. {' '.join(said)} Marked releases: {marks}."

    def _values(self, definition: Definition) -> tuple[float, float]:
        counts = self.export.counted.count(definition.id)
        return counts.value(self.export.before), counts.value(self.export.now)

    def _releases(self) -> list[tuple[dt.datetime, str]]:
        """Releases with their names; those close together as one."""
        table = self.export.tables["releases"]
        times = np.asarray(table["time"]).astype("datetime64[s]").astype(dt.datetime)
        marks: list[tuple[dt.datetime, str]] = []
        for time, what in zip(times, map(str, table["what"]), strict=True):
            name = what.split(":")[0].split(",")[0]
            if marks and time - marks[-1][0] <= RELEASE_GAP:
                marks[-1] = (marks[-1][0], f"{marks[-1][1]}, {name}")
            else:
                marks.append((time, name))
        return marks

    def draw(self, figure: Figure) -> None:
        """Three panels under each other on an empty figure: values by day, levels before and now, releases."""
        grid = figure.subplots(3, 1, sharex=True)
        start = np.datetime64(self.export.start, "D")
        days = start + np.arange(self.export.days)
        for axes, definition, colour in zip(grid, self.definitions, COLOURS, strict=True):
            values = self.export.counted.count(definition.id).by_day()
            known = self.export.days - self.incomplete[definition.id][0]
            axes.plot(days[:known], values[:known], color=colour)
            axes.plot(days[known - 1 :], values[known - 1 :], color=colour, linewidth=1.2, linestyle=":")
            for name, (first, last), level in zip(
                ("before", "now"), (self.export.before, self.export.now), self._values(definition), strict=True
            ):
                axes.plot(days[[first, last - 1]], [level, level], color=GREY, linewidth=1)
                axes.annotate(f"{name} {level:.3g}", (days[first], level), xytext=(2, 4), textcoords="offset points",
                              fontsize=9, color=GREY, bbox=ON_GROUND)  # fmt: skip
            axes.set_title(definition.label, color=colour)
            axes.set_ylabel(definition.unit.replace("per ", "per\u00a0").replace(" ", "\n", 1), fontsize=9)
            axes.set_ylim(0, 1.2 * max(axes.get_ylim()[1], 0.1))
            for when, _ in self._releases():
                axes.axvline(np.datetime64(when, "m"), color=GREY, linewidth=0.8, linestyle="--")
            if known < self.export.days:
                axes.annotate("dotted: not complete yet", (1, 1), xycoords="axes fraction", xytext=(0, 4), ha="right",
                              textcoords="offset points", fontsize=9, color=GREY)  # fmt: skip
        widest = max(self._releases(), key=lambda mark: len(mark[1]))
        top = grid[0].get_ylim()[1]
        grid[0].annotate("the spring launch" if "," in widest[1] else widest[1], (np.datetime64(widest[0], "m"), top),
                         xytext=(-4, -9), textcoords="offset points", ha="right", fontsize=9, color=GREY)  # fmt: skip
        grid[-1].set_xlabel("day; dashed: releases")

    @cached_property
    def svg(self) -> str:
        """The figure in the house style, for both themes."""
        return drawn(self.draw, 8.4, 6.6)

    def __repr__(self) -> str:
        return f"{self.finding}.\n{self.words}"

    def _repr_html_(self) -> str:
        words = f"<details><summary>The same in words</summary><p>{html.escape(self.words)}</p></details>"
        return figure_html(self.svg, self.words) + words


def dashboard(tables: Mapping[str, Any], *definitions: str) -> Dashboard:
    """The shared dashboard, with your three definitions or those of today.

    Raises ValueError with a sentence unless there is one definition for each contested metric.
    """
    return Dashboard(tables, definitions or TODAY)


def _one_each(ids: Sequence[str]) -> tuple[Definition, ...]:
    """The definitions in the order of the metrics; one for each."""
    unknown = [id for id in ids if id not in DEFINITIONS]
    if unknown:
        raise ValueError(f"There is no definition {unknown[0]!r}; panels(lesson.tables) lists them.")
    chosen = {DEFINITIONS[id].metric: DEFINITIONS[id] for id in ids}
    if len(ids) != len(CONTESTED) or set(chosen) != set(CONTESTED):
        names = ", ".join(METRICS[metric].label.lower() for metric in CONTESTED)
        raise ValueError(f"Name one definition for each of: {names}; you named {', '.join(ids) or 'none'}.")
    return tuple(chosen[metric] for metric in CONTESTED)


def lesson_dashboard(slug: str, folder: Path) -> Dashboard:
    """The dashboard of a learner's own lesson folder, with the definitions of their incident record if it has them.

    Raises LessonError where the folder cannot be opened, LookupError where the lesson has no dashboard.
    """
    from curriculum.artifacts.incident import Incident
    from curriculum.artifacts.reading import Unreadable, read_artifact
    from curriculum.notebook.lesson import open_lesson

    tables = open_lesson(slug, folder).tables
    if "about" not in tables or "releases" not in tables:
        raise LookupError(f"The lesson {slug} has no dashboard.")
    try:
        record = read_artifact(folder / "answers" / "incident.yaml", Incident).artifact
        shown = [panel.definition for panel in record.panels if not panel.group]
        return Dashboard(tables, [id for id in shown if id in DEFINITIONS and DEFINITIONS[id].metric in CONTESTED])
    except (FileNotFoundError, Unreadable, ValueError):
        return Dashboard(tables)
