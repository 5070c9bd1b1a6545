"""Trying a task on the export of `complaint_to_plan`: a model that scikit-learn trains, a rule, a wide promise.

Everything takes a lesson's tables (`lesson.tables`). A task is tried as it is stated, also where that is a mistake:
what nobody has yet at the hour shows itself on the rows that were kept as they stood.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.cases.complaint_to_plan.draw import HOURS, LABELS
from curriculum.cases.complaint_to_plan.parcels import A_DAY, BANDS, UNSEEN_WEEKS, Parcels
from curriculum.cases.complaint_to_plan.parcels import DEPOTS as NAMES
from curriculum.cases.complaint_to_plan.tables import CLOCK
from curriculum.cases.complaint_to_plan.tasks import (
    LEFT,
    MODEL,
    SCAN_COLUMN,
    TOGETHER,
    TREATMENTS,
    UNKNOWN,
    WAYS,
    WIDE,
    Costs,
    Task,
    in_order,
    net,
    running_cost,
    told,
)
from curriculum.cases.complaint_to_plan.yields import DEPOTS, FOUR_WEEKS, LAST, RANDOM, SCALE, held_back
from curriculum.notebook.desks.pictures import GREY, ORANGE, PALE, Picture
from curriculum.notebook.desks.spoken import Spoken
from curriculum.practice.bands import area_under_curve, trained_probability

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SPLITS = (RANDOM, LAST, DEPOTS)
FOUR_WEEKS_OF_PARCELS = FOUR_WEEKS * 7 * A_DAY * SCALE
LOOKED_AT = {
    "load": "load of the depot",
    "stops": "stops of the tour",
    SCAN_COLUMN: "scan at loading",
    "behind_noon": "tour behind at noon",
    "forecast": "forecast",
}
"""Columns that may say why parcels stay behind, with what they are called in a picture."""


@dataclass(frozen=True)
class _Tried:
    """A task with what it is counted with."""

    task: Task
    costs: Costs
    split: str


def trial(tables: Mapping[str, Any], **stated: Any) -> pd.DataFrame | str:
    """What a task seems to bring in four weeks, by segment, on the rows that its split holds back; or why it cannot be
    tried.

    Stated are `way` (model, rule or wide), `hour` (4, 8 or 12), `columns`, `label` (scan, gps or complaint), `split`,
    `partners` (together, wide or left_out), `blank` (unknown or left); `miss` and `wrong` in €, `spared` and
    `wide_spared` of 100; `threshold` of 100, which follows from what the errors cost where it is left out.
    """
    import pandas as pd

    tried = _read(stated)
    if isinstance(tried, str):
        return Spoken(tried)
    parcels = _parcels(tables["parcels"])
    rows = held_back(parcels, tried.split)
    missed = _missed(tables["parcels"], tried.task.label)
    likely = _likely(tried.task, parcels.codes, parcels.codes, missed, ~rows)
    weight = FOUR_WEEKS_OF_PARCELS / max(1, int(rows.sum()))
    everywhere = np.ones(len(rows), bool)
    parts = {"own depots": ~parcels.partner, "partners": parcels.partner, "all": everywhere}
    return pd.DataFrame(
        [
            {"where": name, **_counted(tried, parcels, likely, missed, rows & where, weight)}
            for name, where in parts.items()
        ]
    )


def beside(tables: Mapping[str, Any], tasks: Mapping[str, Mapping[str, Any]], **common: Any) -> pd.DataFrame | str:
    """Several tasks beside one another: all parcels of each, and what is left after what a way costs in four weeks."""
    import pandas as pd

    rows = []
    for name, stated in tasks.items():
        together = {**common, **stated}
        found, tried = trial(tables, **together), _read(together)
        if isinstance(found, str) or isinstance(tried, str):
            return Spoken(f"{name}: {found if isinstance(found, str) else tried}")
        last = found.iloc[-1].to_dict()
        cost = running_cost(tried.task, FOUR_WEEKS / UNSEEN_WEEKS)
        del last["where"]
        rows.append({"task": name, **last, "€ less what it costs": round(last["€"] - cost)})
    return pd.DataFrame(rows)


def as_it_stood(tables: Mapping[str, Any], **stated: Any) -> pd.DataFrame | str:
    """The same model on three days that it did not learn from: with the export, and with what stood there at the hour.

    Learned from the weeks before the last four. A model is asked for; a rule has nothing to learn.
    """
    import pandas as pd

    tried = _read({**stated, "split": LAST, "way": MODEL})
    if isinstance(tried, str):
        return Spoken(tried)
    frame, task = tables["parcels"], tried.task
    parcels, missed = _parcels(frame), _missed(frame, task.label)
    kept = tables["snapshots"]
    kept = kept[np.asarray(kept["read_at"]) == CLOCK[task.moment]]
    place = np.searchsorted(np.asarray(frame["parcel"]), np.asarray(kept["parcel"]))
    stood = {**_codes(kept), "run_by": parcels.codes["run_by"][place]}
    learned = ~held_back(parcels, LAST)
    three = {name: values[place] for name, values in parcels.codes.items()}
    found = []
    for name, codes in (("the export", three), (f"what stood there at {CLOCK[task.moment]}", stood)):
        likely = _likely(task, codes, parcels.codes, missed, learned)
        there = _of_codes(codes)
        every = np.ones(len(place), bool)
        counted = _counted(tried, there, likely, missed[place], every, SCALE)
        found.append({"read from": name, **counted})
    return pd.DataFrame(found)


def by_value(tables: Mapping[str, Any], label: str = "scan") -> Picture:
    """Of 100 parcels, how many did not come by a label, for each value of the columns that may say why."""
    frame = tables["parcels"]
    missed = _missed(frame, label)
    codes = _codes(frame)
    groups = {
        column: [
            (
                value or "blank",
                100 * float(missed[codes[column] == number].mean()),
                int((codes[column] == number).sum()),
            )
            for number, value in enumerate(BANDS[column])
        ]
        for column in LOOKED_AT
    }
    overall = 100 * float(missed.mean())
    finding = f"Of 100 parcels {overall:.0f} did not come by this label, and far from equally many everywhere."
    words = " ".join(
        f"{LOOKED_AT[column].capitalize()}: "
        + ", ".join(f"{value} {share:.0f} of 100 ({share * of / 100:,.0f} parcels)" for value, share, of in rows)
        + "."
        for column, rows in groups.items()
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots(1, len(groups), sharey=True, width_ratios=[len(rows) for rows in groups.values()])
        for one, (column, rows) in zip(axes, groups.items(), strict=True):
            shares = [share for _, share, _ in rows]
            one.bar(range(len(rows)), shares, color=[ORANGE if share > 2 * overall else PALE for share in shares])
            one.set_xticks(range(len(rows)), [value for value, _, _ in rows], rotation=60, ha="right", fontsize=8.5)
            one.axhline(overall, color=GREY, linewidth=1.0)
            one.grid(axis="x", visible=False)
            for place, (_, share, of) in enumerate(rows):
                one.annotate(f"{share * of / 100:,.0f}", (place, share), xytext=(0, 2), ha="center", fontsize=8,
                             textcoords="offset points", color=GREY)  # fmt: skip
            one.set_title("\n".join(textwrap.wrap(LOOKED_AT[column], 14)), fontsize=9.5)
        axes[0].set_ylim(0, 1.1 * max(share for rows in groups.values() for _, share, _ in rows))
        axes[0].set_ylabel("did not come, of 100")

    return Picture(finding, words, draw, 9.2, 3.6)


def _read(stated: Mapping[str, Any]) -> _Tried | str:
    """What was stated as a task, or what is wrong with it."""
    known = {
        "way", "hour", "columns", "label", "split", "partners", "blank", "miss", "wrong", "spared", "wide_spared",
        "threshold",
    }  # fmt: skip
    if strange := sorted(stated.keys() - known):
        return f"A task has no {strange[0]!r}; it has {', '.join(sorted(known))}."
    given = {"way": MODEL, "hour": 8, "label": "scan", "split": LAST, "partners": TOGETHER, "blank": UNKNOWN, **stated}
    moments = {hour: name for name, hour in HOURS.items()}
    allowed = {
        "way": WAYS, "hour": tuple(moments), "label": LABELS, "split": SPLITS, "partners": TREATMENTS,
        "blank": (UNKNOWN, LEFT),
    }  # fmt: skip
    for name, options in allowed.items():
        if given[name] not in options:
            return f"There is no {name} {given[name]!r}; there are {', '.join(map(str, options))}."
    columns = given.get("columns", ())
    columns = (columns,) if isinstance(columns, str) else tuple(columns)
    if absent := sorted(set(columns) - BANDS.keys()):
        return f"There is no column {absent[0]!r} to learn from; there are {', '.join(BANDS)}."
    if given["way"] == MODEL and not columns:
        return "A model needs at least one column."
    amounts = {}
    for name in ("miss", "wrong", "spared", "wide_spared"):
        amount = _number(given.get(name, 0.0))
        if amount is None:
            return f"{name} has to be a number from 0 on."
        amounts[name] = amount
    costs = Costs(amounts["miss"], amounts["wrong"], amounts["spared"] / 100, amounts["wide_spared"] / 100)
    threshold = given.get("threshold")
    share = costs.break_even() if threshold is None else _number(threshold)
    if share is None:
        return "The threshold has to be a number from 0 to 100."
    way = given["way"]
    read = in_order(columns) if way == MODEL else (SCAN_COLUMN,) if way != WIDE else ()
    task = Task(
        way, moments[given["hour"]], given["label"], read, given["blank"],
        share if threshold is None else share / 100, given["partners"],
    )  # fmt: skip
    return _Tried(task, costs, given["split"])


def _number(value: Any) -> float | None:
    """A number from 0 on; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.number) or not 0 <= value < 1e9:
        return None
    return float(value)


def _codes(frame: Any) -> dict[str, np.ndarray]:
    """By column: the number of each row's value in its band; -1 for what stands in no band, such as nothing yet."""
    import pandas as pd

    there = [name for name in BANDS if name in frame]
    return {name: pd.Index(BANDS[name]).get_indexer(frame[name].astype(str)) for name in there}


def _parcels(frame: Any) -> Parcels:
    """The export as parcels. What no table shows, whether they came and why not, is blank."""
    codes = _codes(frame)
    return _of_codes(codes, np.asarray(frame["week"]), np.asarray(frame["depot"]))


def _of_codes(codes: Mapping[str, np.ndarray], week: np.ndarray | None = None, depot: Any = None) -> Parcels:
    nothing = np.zeros(len(codes["run_by"]), int)
    number = {name: place for place, name in enumerate(NAMES)}
    return Parcels(
        codes=codes,
        day=nothing,
        week=nothing if week is None else week,
        depot=nothing if depot is None else np.array([number[name] for name in depot]),
        missed=nothing.astype(bool),
        cause=nothing - 1,
        scanned=nothing.astype(bool),
        at_door=nothing - 1,
        complained=nothing.astype(bool),
    )


def _missed(frame: Any, label: str) -> np.ndarray:
    """Whether each parcel did not come, by a label of the export."""
    column, value = {"scan": ("delivered_scan", ""), "gps": ("gps_door", "no"), "complaint": ("complaint", "yes")}[
        label
    ]
    found: np.ndarray = np.asarray(frame[column]).astype(str) == value
    return found


def _likely(
    task: Task,
    asked: Mapping[str, np.ndarray],
    export: Mapping[str, np.ndarray],
    missed: np.ndarray,
    learned: np.ndarray,
) -> np.ndarray:
    """The probability, for each row that is asked about, that it does not come: by what scikit-learn has learned from
    some rows of the export. Zeros where nothing is trained."""
    if task.way != MODEL:
        return np.zeros(len(asked["run_by"]))
    sizes = [len(BANDS[name]) for name in task.columns]
    return trained_probability(_read_by(task, export)[learned], missed[learned], _read_by(task, asked), sizes)


def _read_by(task: Task, codes: Mapping[str, np.ndarray]) -> np.ndarray:
    """What a task reads (rows, its columns), with a blank scan as left where it is read so."""
    left, nothing = BANDS[SCAN_COLUMN].index("left"), BANDS[SCAN_COLUMN].index("")
    as_left = task.blank == LEFT
    return np.column_stack(
        [
            np.where(codes[name] == nothing, left, codes[name]) if as_left and name == SCAN_COLUMN else codes[name]
            for name in task.columns
        ]
    )


def _counted(
    tried: _Tried, parcels: Parcels, likely: np.ndarray, missed: np.ndarray, rows: np.ndarray, weight: float
) -> dict[str, Any]:
    """What a task does on some rows: how many it tells, how many of them in vain, whom it misses, and € of all."""
    sent = told(tried.task, parcels, likely, live=False)
    reached, eur = sent.any, net(sent, missed, tried.costs)
    counted: dict[str, Any] = {"parcels": int(rows.sum()), "of 100: did not come": _of_100(missed, rows)}
    if tried.task.way == MODEL:
        counted["AUC"] = round(area_under_curve(likely[rows], missed[rows]), 2)
    return {
        **counted,
        "of 100: told": _of_100(reached, rows),
        "of 100 told: came": _of_100(~missed, rows & reached),
        "of 100 that did not come: not told": _of_100(~reached, rows & missed),
        "€": round(float(eur[rows].sum()) * weight),
    }


def _of_100(true: np.ndarray, rows: np.ndarray) -> float:
    return round(100 * float(true[rows].mean()), 1) if rows.any() else float("nan")
