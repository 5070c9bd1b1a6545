"""What a spike measures of a task: coverage, label noise, minutes of a run, and the confidence that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, random
from curriculum.cases.complaint_to_plan.draw import HOURS, MOMENTS, SLUG
from curriculum.cases.complaint_to_plan.parcels import BANDS
from curriculum.cases.complaint_to_plan.tables import CLOCK, audited_rows
from curriculum.cases.complaint_to_plan.tasks import MODEL, OWN, RULE, SCAN_COLUMN, SEGMENTS, WIDE, WRITTEN, Task
from curriculum.cases.complaint_to_plan.yields import shown
from curriculum.support.worlds import kept_for_worlds

LEAST_COVERAGE, MOST_NOISE, MOST_OF_BUDGET = 95.0, 5.0, 0.80
"""The published rule: of 100 parcels; of 100 parcels; share of the minutes that a run has."""
ENOUGH_RUNS = 30
HIGH, MEDIUM, LOW = "high", "medium", "low"


def follows(coverage: float | None, noise: float | None, p95: float | None, budget: float | None) -> str:
    """The confidence that the published rule gives: any missed, low; any unknown, medium at most; else high."""
    missed = (
        (coverage is not None and coverage < LEAST_COVERAGE)
        or (noise is not None and noise > MOST_NOISE)
        or (p95 is not None and budget is not None and p95 > MOST_OF_BUDGET * budget)
    )
    if missed:
        return LOW
    return MEDIUM if None in (coverage, noise, p95, budget) else HIGH


@kept_for_worlds(maxsize=64)
def _blank_shares(seed: int) -> Mapping[tuple[str, str], float]:
    """By column and segment: of 100 parcels of the export, those with a value."""
    parcels = shown(seed)
    blank = parcels.codes[SCAN_COLUMN] == BANDS[SCAN_COLUMN].index("")
    return {
        (SCAN_COLUMN, segment): 100 * float(1 - blank[parcels.partner == (segment != OWN)].mean())
        for segment in SEGMENTS
    }


def coverage(seed: int, task: Task, segment: str) -> float:
    """Of 100 parcels of a segment, those with a value when the task reads them, in the column that has fewest."""
    there = _blank_shares(seed)
    shares = [0.0 if WRITTEN[name] > HOURS[task.moment] else there.get((name, segment), 100.0)
              for name in task.columns]  # fmt: skip
    return min(shares, default=100.0)


@dataclass(frozen=True)
class Audited:
    """What a label says beside what people said on the telephone, in one segment. Of 100 parcels."""

    noise: float
    """Those for which both differ."""
    too_many: float
    """Those that did not come by the label, less those by the telephone."""


@kept_for_worlds(maxsize=512)
def audited(seed: int, label: str, segment: str) -> Audited:
    """A label beside the telephone, in one segment."""
    parcels = shown(seed)
    rows = audited_rows(parcels, random(SLUG, seed, "audit"))
    rows = rows[parcels.partner[rows] == (segment != OWN)]
    said, so = parcels.label(label)[rows], parcels.missed[rows]
    return Audited(100 * float((said != so).mean()), 100 * float(said.mean() - so.mean()))


@dataclass(frozen=True)
class Runs:
    """How long runs take, in minutes, by the hours of `MOMENTS` in their order."""

    usual: tuple[float | None, ...]
    """Within so many, 95 of 100 are over; None where fewer than 30 were measured."""
    longest: tuple[float, ...]


def timed(runs: Columns) -> Runs:
    """What a table of runs says."""
    took = [runs["minutes"][runs["read_at"] == CLOCK[moment]] for moment in MOMENTS]
    return Runs(
        tuple(float(np.percentile(one, 95)) if len(one) >= ENOUGH_RUNS else None for one in took),
        tuple(float(one.max()) for one in took),
    )


def p95(runs: Runs, moment: str) -> float | None:
    """The minutes within which 95 of 100 runs at an hour are over; None where it is unknown."""
    return runs.usual[MOMENTS.index(moment)]


def uses_label(task: Task, segment: str) -> bool:
    """Whether what a task does in a segment was learned from, or judged by, its label there."""
    return task.way_for(segment) in (MODEL, RULE)


def confidence(seed: int, task: Task, segment: str, runs: Runs, budget: float) -> str:
    """The confidence in a segment that follows from what is so."""
    noise = audited(seed, task.label, segment).noise
    return follows(coverage(seed, task, segment), noise, p95(runs, task.moment), budget)


def may_go(seed: int, task: Task, runs: Runs, budget: float) -> bool:
    """Whether no segment to which the task applies has low confidence; a wide promise reads nothing."""
    return all(
        confidence(seed, task, segment, runs, budget) != LOW
        for segment in SEGMENTS
        if task.way_for(segment) not in (WIDE, "left_out")
    )
