"""Running a planned test and reading it: the data of the learner's own plan, ratios, differences, what an arm needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from curriculum.artifacts.analysis import SegmentEffects
from curriculum.artifacts.experiment_plan import ExperimentPlan
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.cases.latency_or_accuracy.draw import SEGMENTS
from curriculum.cases.latency_or_accuracy.entries import CLIENT_ENTRIES, COMPLEX, LIGHT, SLOWED
from curriculum.cases.latency_or_accuracy.experiment import Parts, Run, arm_labels, as_kept, read, table
from curriculum.consequences.planned_test import NoTest, run_of
from curriculum.learner.lesson_files import find_lesson_files, open_case
from curriculum.support.experiments import Estimate, people_needed, ratio_p

if TYPE_CHECKING:
    import pandas as pd

SLUG = "latency_or_accuracy"
WHOLE = "all"
RUN = "run"
LOST = "This table is not one that run(lesson) gave, or it has lost what the plan was."


def needed(tables: Mapping[str, Any], worth: float) -> pd.DataFrame:
    """Thousands of visitors for each arm, to see an effect of so many % of orders, by segment: 16 p(1 - p) / d²."""
    import pandas as pd

    frame = tables["traffic"]
    rows = []
    for name in SEGMENTS:
        mine = frame[frame["segment"] == name]
        rate = float(mine["orders"].sum() / mine["visitors"].sum())
        week = float(mine["visitors"].sum()) / frame["week"].nunique()
        rows.append(
            {
                "segment": name,
                "orders_of_100": round(100 * rate, 2),
                "thousands_an_arm": round(people_needed(rate, worth / 100) / 1000),
                "thousands_a_week": round(week / 1000),
            }
        )
    return pd.DataFrame(rows)


def shares(tables: Mapping[str, Any]) -> dict[str, float]:
    """The load of a launch on each device alone: % of all visits, which it has in the busiest hour as well."""
    visits = tables["traffic"].groupby("segment")["visits"].sum()
    return {str(name): round(float(100 * part / visits.sum()), 1) for name, part in visits.items()}


def run(lesson: Any = None) -> pd.DataFrame | str:
    """The data that your experiment plan gets, as it stands now; or a sentence on what it lacks.

    One row for each arm, day, client, and whether people were here before. A changed plan meets the same luck.
    """
    import pandas as pd

    files = find_lesson_files(SLUG)
    case, _ = open_case(files, graded=True)  # the test reads and deals nothing
    try:
        plan = read_artifact(files.artifact(ExperimentPlan.kind), ExperimentPlan).artifact
    except FileNotFoundError:
        plan = ExperimentPlan()
    except Unreadable as error:
        return str(error)
    try:
        found = run_of(plan, case)
    except NoTest as error:
        return f"There is no test yet. {error.words}"
    frame = pd.DataFrame({name: values.copy() for name, values in table(found).items()})
    frame.attrs = {"table": "experiment", "rows": len(frame), RUN: found}
    return frame


def ratio(test: pd.DataFrame | str, without: Sequence[str] = ()) -> pd.DataFrame | str:
    """The split by client and over all: visitors in each arm, beside the chance of a split at least so uneven.

    `without` are clients that are left out of all arms.
    """
    import pandas as pd

    if isinstance(test, str):
        return test
    if RUN not in test.attrs:
        return LOST
    found: Run = test.attrs[RUN]
    planned = [arm.share for arm in found.design.arms]
    names = arm_labels(found)
    test = test[~test["client"].isin(list(without))]
    rows = []
    for client in (*dict.fromkeys(test["client"]), WHOLE):
        mine = test if client == WHOLE else test[test["client"] == client]
        counts = mine.groupby("arm")["visitors"].sum().reindex(names).to_numpy(float)
        part = 100 * counts / counts.sum()
        rows.append(
            {
                "client": client,
                **{f"{name} (%)": round(float(value), 2) for name, value in zip(names, part, strict=True)},
                "p": round(ratio_p(counts, planned), 3),
            }
        )
    rows.append(
        {"client": "planned", **{f"{name} (%)": round(100 * s, 2) for name, s in zip(names, planned, strict=True)}}
    )
    return pd.DataFrame(rows)


def compare(
    test: pd.DataFrame | str, one: str, other: str, without: Sequence[str] = (), after_day: int = 0
) -> pd.DataFrame | str:
    """By segment: % of the light arm's orders by which one variant has more than another, with its interval of 95 %.

    `without` are clients that are left out of all arms, `after_day` so many first days. Where two arms are slowed, the
    slowed light model is read between them, at the complex model's delay.
    """
    import pandas as pd

    if isinstance(test, str):
        return test
    parts = _parts(test, without, after_day)
    if isinstance(parts, str):
        return parts
    known = {(COMPLEX, LIGHT): "net", (SLOWED, LIGHT): "speed", (COMPLEX, SLOWED): "model"}
    if (one, other) not in known:
        return f"Compare one of these: {', '.join(f'{a} and {b}' for a, b in known)}."
    rows = []
    for name, part in parts.items():
        found: Estimate | None = getattr(part, known[one, other])
        if found is None:
            return "No arm was as slow as the complex model, so your test cannot tell the wait from the model."
        row: dict[str, Any] = {"segment": name, "percent": found.value, "low": found.low, "high": found.high}
        if (one, other) == (SLOWED, LIGHT):
            row |= {"at_ms": part.speed_ms, "per_100_ms": part.per_100}
        rows.append({key: value if key == "segment" else round(float(value), 2) for key, value in row.items()})
    return pd.DataFrame(rows)


def effects(test: pd.DataFrame | str, without: Sequence[str] = (), after_day: int = 0) -> pd.DataFrame:
    """All three differences by segment, with the columns of the analysis; blank where the test cannot tell, and without
    rows where there is no test."""
    import pandas as pd

    parts = test if isinstance(test, str) else _parts(test, without, after_day)
    if isinstance(parts, str):
        return pd.DataFrame(columns=list(SegmentEffects.model_fields))

    def said(value: float | None) -> float | None:
        return None if value is None else round(value, 2)

    rows = []
    for name, part in parts.items():
        model = part.model
        rows.append(
            {
                "segment": name, "net": said(part.net.value), "net_low": said(part.net.low),
                "net_high": said(part.net.high), "speed": said(part.speed.value if part.speed else None),
                "per_100": said(part.per_100), "model": said(model.value if model else None),
                "model_low": said(model.low if model else None), "model_high": said(model.high if model else None),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _parts(test: pd.DataFrame, without: Sequence[str], after_day: int) -> Mapping[str, Parts] | str:
    """What a test says of both segments, or why it says nothing."""
    if strange := sorted(set(without) - set(CLIENT_ENTRIES)):
        return f"There is no client {strange[0]!r}; there are {', '.join(CLIENT_ENTRIES)}."
    if RUN not in test.attrs:
        return LOST
    found = as_kept(test.attrs[RUN], {name: test[name].to_numpy() for name in test})
    parts = read(found, tuple(without), max(0, int(after_day)))
    if parts is None:
        return "Nothing can be compared: the test needs a light and a complex arm, and days that are left to read."
    return parts
