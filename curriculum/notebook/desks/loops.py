"""Rehearsing a trigger on last year, how far chance moves what it looks at, and what the test of v2 shows."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import numpy as np

from curriculum.artifacts.trigger import Trigger
from curriculum.cases import load_case
from curriculum.cases.feedback_loops import entries
from curriculum.cases.feedback_loops.draw import (
    DAYS,
    HELD_OUT,
    KEPT,
    PAST,
    ROW,
    SECOND,
    SEGMENTS,
    SLUG,
    WORKOUTS,
    YEAR_1,
)
from curriculum.cases.feedback_loops.experiments import METRICS, read_effect
from curriculum.cases.feedback_loops.telemetry import BEFORE, UNSEEN
from curriculum.consequences.loop_years import Settings, judge, run_on, series, settings_of, troubles
from curriculum.notebook.desks.spoken import Spoken
from curriculum.practice.alarms import Series, beside, beside_past, usual_ratio

if TYPE_CHECKING:
    import pandas as pd

    from curriculum.notebook.lesson import Lesson

WINDOWS = (1, 3, 7, 14, 21)
ROOM = {KEPT: 1.96}
"""Standard errors of a share that leave 95 of 100 cases inside."""
OF_WEEKS = 3.0
"""Standard errors for measures that jump from week to week: seven of them are read in every segment."""
NAMES = {HELD_OUT: "without the model", ROW: "picked by hand", PAST: "the four weeks before"}
NOT_WHOLE = "The trigger cannot run yet: it needs a signal, what it is compared with, segments, and all numbers."


def rehearse(lesson: Lesson) -> pd.DataFrame | str:
    """When the trigger of the form would have rung last year, and what was wrong then; it is judged on other years."""
    import pandas as pd

    settings, one = _settings(lesson), load_case(SLUG, lesson.seed).truth.year
    if settings is None:
        return Spoken(NOT_WHOLE)
    found = judge(settings, one, one)
    rows = [
        {"day": _date(trouble.began), "of": entries.SEGMENT_ENTRIES[trouble.part].label,
         "what": "something is wrong", "rings after (days)": np.nan if delay is None else delay}
        for trouble, delay in zip(troubles(one), found.delays, strict=True)
    ]  # fmt: skip
    released = [release.day for release in one.releases]
    for day, part in found.false:
        label = entries.SEGMENT_ENTRIES[part].label if part else "All together"
        near = any(0 <= day - other <= 21 for other in released)
        rows.append({"day": _date(day), "of": label, "what": "rings for nothing" + (" after a release" if near else ""),
                     "rings after (days)": np.nan})  # fmt: skip
    if not any(run_on(settings, one, one).values()):
        return Spoken("It would not have rung once last year.")
    return pd.DataFrame(sorted(rows, key=lambda row: str(row["day"])))


def noise(lesson: Lesson, segment: str = "new") -> pd.DataFrame | str:
    """By the length of a window, how far the model's swaps are from usual beside each comparison on days without a
    known problem: one standard deviation, in percent. Releases are in it."""
    import pandas as pd

    if segment not in SEGMENTS:
        return Spoken(f"There are no members called “{segment}”; there are {', '.join(SEGMENTS)}.")
    one = load_case(SLUG, lesson.seed).truth.year
    calm = np.ones(len(one.outages), bool)
    calm[:BEFORE] = False
    for problem in one.problems:
        calm[problem.day : problem.day + UNSEEN + 28] &= problem.segment != segment
    kept = ~one.outages
    mine = series(one, "model", (segment,), "swap_share").only(kept)
    table: dict[str, list[float]] = {name: [] for name in NAMES.values()}
    for window in WINDOWS:
        for source, name in NAMES.items():
            off = beside_past(mine, window, 1) if source == PAST else _off(mine, lesson, source, segment, window)
            table[name].append(round(float(np.nanstd(off[calm])), 1))
    return pd.DataFrame({"window (days)": list(WINDOWS), **table})


def sample(lesson: Lesson) -> pd.DataFrame | str:
    """For each segment of the trigger in the form: suggestions that a window holds on the smaller side, and how far a
    share of its smallest sample scatters by chance, beside half of the threshold."""
    import pandas as pd

    trigger, settings = _trigger(lesson), _settings(lesson)
    if settings is None or not trigger.threshold or not trigger.min_sample:
        return Spoken(NOT_WHOLE)
    one = load_case(SLUG, lesson.seed).truth.year
    source = settings.comparator if settings.comparator in (HELD_OUT, ROW) else "model"
    rows = []
    for name in settings.segments:
        year = series(one, source, (name,), "swap_share")
        shown, swapped = year.tried[BEFORE:].sum(), year.happened[BEFORE:].sum()
        a_day, share = shown / DAYS, swapped / shown
        if source == HELD_OUT:
            a_day *= settings.share / load_case(SLUG, lesson.seed).truth.shape.share
        error = 100 * math.sqrt((1 - share) / (share * settings.least))
        rows.append({"segment": entries.SEGMENT_ENTRIES[name].label, "in a window": round(a_day * settings.window),
                     "smallest sample": settings.least, "scatters by (%)": round(error, 1),
                     "half of the threshold (%)": settings.threshold / 2})  # fmt: skip
    return pd.DataFrame(rows)


def effects(lesson: Lesson) -> pd.DataFrame:
    """v2 minus v1 in the last week, by measure and segment, and between which ends it lies if chance is allowed for."""
    import pandas as pd

    test = load_case(SLUG, lesson.seed).columns["v2_test"]
    parts = (*SEGMENTS, entries.EVERYONE)
    rows = []
    for metric in METRICS:
        for name in parts:
            found = read_effect(test, metric, name)
            room = ROOM.get(metric, OF_WEEKS) * found.error
            digits = 3 if metric in (WORKOUTS, SECOND) else 2
            rows.append({"measure": entries.METRICS[metric].label, "for": name,
                         "v2 − v1": round(found.change, digits), "low": round(found.change - room, digits),
                         "high": round(found.change + room, digits)})  # fmt: skip
    return pd.DataFrame(rows).set_index(["measure", "for"])


def _off(mine: Series, lesson: Lesson, source: str, segment: str, window: int) -> np.ndarray:
    one = load_case(SLUG, lesson.seed).truth.year
    other = series(one, source, (segment,), "swap_share")
    return beside(mine, other, window, 1, usual_ratio(mine, other, window))


def _trigger(lesson: Lesson) -> Trigger:
    trigger = lesson.written("trigger")
    assert isinstance(trigger, Trigger)
    return trigger


def _settings(lesson: Lesson) -> Settings | None:
    return settings_of(_trigger(lesson))


def _date(day: int) -> str:
    return (YEAR_1 + dt.timedelta(days=day - BEFORE)).isoformat()
