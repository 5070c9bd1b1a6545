"""The coming year with the trigger that was written, three times over, and eight weeks of v2 for those who got it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.kpi_tree import KpiTree
from curriculum.artifacts.trigger import Trigger
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns
from curriculum.cases.feedback_loops.draw import (
    DAYS_A_REVIEW,
    HELD_OUT,
    KEPT,
    LONG,
    MEMBERS,
    NEW,
    PAST,
    REGULAR,
    SEGMENTS,
    YEAR_2,
)
from curriculum.cases.feedback_loops.entries import SEGMENT_ENTRIES
from curriculum.cases.feedback_loops.telemetry import BEFORE, UNSEEN, Problem
from curriculum.consequences.late import Late, came_out_late
from curriculum.consequences.loop_figure import Ribbon, drawing
from curriculum.consequences.loop_years import YEARS, runs, settings_of, years
from curriculum.consequences.outcome import SURE, Better, Change, Comparison, Goal, Outcome, Result
from curriculum.roleplay.engine import State

SIZES = {NEW: 0.18, REGULAR: 0.40, LONG: 0.42}
"""Part of all members. Assumed."""
LEAVES = 0.012
"""Of the members of a segment, those who leave if a problem that moves swaps by a quarter goes unseen. Assumed."""
MENDING = 7
"""Days from a verdict until it is mended. Assumed."""
LEARNED = 21
"""Days more where the model is trained on what was wrong, or goes back without anybody having looked. Assumed."""
MOST_MISSED = 0.25


@dataclass(frozen=True)
class Met:
    """One problem of an unseen year: how long it lasted with the loop, and who left."""

    problem: Problem
    delay: int | None
    days: float
    lost: float
    lost_unseen: float
    """If nobody had looked."""


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The coming year; None while the trigger cannot run or nobody is named who gets v2."""
    trigger, tree = artifacts.get("trigger"), artifacts.get("kpi_tree")
    if not isinstance(trigger, Trigger) or not isinstance(tree, KpiTree):
        return None
    if settings_of(trigger) is None or not set(tree.v2_for) & set(SEGMENTS):
        return None
    return _outcome(case, trigger, tree, conversation)


def met_problems(case: Case, trigger: Trigger) -> tuple[Met, ...]:
    """Every problem of the unseen years, with what became of it."""
    settings = settings_of(trigger)
    assert settings is not None
    slow = LEARNED if trigger.action != "review" else 0
    review = float(np.clip(trigger.days_to_review or UNSEEN, 1, UNSEEN))
    found = []
    for run, one in zip(runs(case.seed, trigger), years(case.seed, settings), strict=True):
        for delay, problem in zip(run.delays, one.problems, strict=True):
            days = float(UNSEEN if delay is None else min(UNSEEN, delay + review + MENDING + slow))
            whole = MEMBERS * SIZES[problem.segment] * LEAVES * abs(problem.size) / 0.25
            found.append(Met(problem, delay, days, whole * days / UNSEEN, whole))
    return tuple(found)


def _outcome(case: Case, trigger: Trigger, tree: KpiTree, conversation: State | None) -> Outcome:
    truth = case.truth
    found, met = runs(case.seed, trigger), met_problems(case, trigger)
    in_time, of = sum(run.in_time for run in found), len(met)
    false = sum(len(run.false) for run in found)
    rung = false + sum(len(run.true) for run in found)
    most = 4 * truth.shape.capacity * YEARS
    share = trigger.held_out_share or 0.0
    held = truth.cost(share)
    turns = truth.shape.turns
    away = MEMBERS * SIZES[turns] * max(0.0, -truth.effects[KEPT][turns].change) / 100 if turns in tree.v2_for else 0.0
    kept = MEMBERS * sum(SIZES[name] * truth.effects[KEPT][name].change for name in set(tree.v2_for) & set(SEGMENTS))
    until = YEAR_2 + dt.timedelta(days=363)
    late = _late(case, trigger, tree, conversation, until)
    compared = _compared(met)
    loss = sum(one.lost for one in met) / YEARS
    unseen = sum(one.lost_unseen for one in met) / YEARS
    results = {
        "found_in_time": Result(float(in_time), f"of {of} problems of three years found in time", Better.MORE),
        "in_vain": Result(float(false), "alarms for nothing in three years", Better.LESS),
        "person_days": Result(float(DAYS_A_REVIEW * false) / YEARS, "person-days a year for nothing", Better.LESS),
        "lost_to_faults": Result(round(loss), "members a year who left because of a fault", Better.LESS),
        "lost_held_out": Result(round(held), "memberships a year lost by holding out", Better.LESS),
        "driven_away": Result(round(away), "members whom v2 drove away in eight weeks", Better.LESS),
        "kept_by_v2": Result(round(kept / 100), "members more who are there after eight weeks of v2", Better.MORE),
        "never_asked": Result(float(len(late)), "things that came out late since nobody asked", Better.LESS),
    }  # fmt: skip
    goals = (
        Goal("Three of four problems were found in time", in_time >= (1 - MOST_MISSED) * of),
        Goal("It rang no more often than people could review", rung <= most),
        Goal("Somebody looked before anything was done to the model", trigger.action == "review"),
        Goal("v2 drove nobody away", away <= 0),
        Goal("v2 kept most of whom it could keep", truth.gain(tree.v2_for) >= 0.85 * truth.best_gain),
        Goal("What holding out lost had been granted", held <= truth.limit * 1.02),
    )
    who = SEGMENT_ENTRIES[turns].label.lower()
    first = _first_year(case, trigger)
    return Outcome(
        headline=_headline(in_time, of, false, compared, away, who),
        sentences=tuple(_sentences(case, trigger, tree, met, results, rung, most)),
        table=_table(met),
        results=results,
        goals=goals,
        alt=(
            f"Two charts. Above, the first of three years, a line for each segment: {_words(first)} Below, by segment, "
            "how many points more or fewer stay for eight weeks with v2 than with v1: "
            + "; ".join(f"{SEGMENT_ENTRIES[name].label.lower()} {_signed(truth.effects[KEPT][name].change)}"
                        f"{', who get it' if name in tree.v2_for else ', who do not get it'}" for name in SEGMENTS)
            + f". A year loses {loss:,.0f} members to faults with this loop, and {unseen:,.0f} if nobody looks."
        ),
        draw=drawing(first, {name: truth.effects[KEPT][name].change for name in SEGMENTS}, tuple(tree.v2_for)),
        compared=(compared,) if compared.change else (),
        late=late,
        until=until,
    )  # fmt: skip


def _headline(in_time: int, of: int, false: int, compared: Comparison, away: float, who: str) -> str:
    rang = "never for nothing" if not false else "once for nothing" if false == 1 else f"{false} times for nothing"
    left = f"; v2 drove {away:,.0f} {who} away" if away > 0 else ""
    cost = f"; {compared.says}" if compared.change else ""
    return f"{in_time} of {of} problems found in time, {rang}{cost}{left}"


def _compared(met: tuple[Met, ...]) -> Comparison:
    """Members lost for each problem with the loop, beside the same problem that nobody sees."""
    saved = np.array([one.lost_unseen - one.lost for one in met])
    change = float(-saved.mean())
    error = float(saved.std(ddof=1)) / math.sqrt(len(saved))
    control = tuple(one.lost_unseen for one in met)
    found = Comparison("members lost for each problem, beside nobody looking", "", Change.UNCLEAR, change,
                       change - SURE * error, change + SURE * error, control)  # fmt: skip
    words = {
        Change.LESS: f"each of them cost {-change:,.0f} members fewer than if nobody had looked",
        Change.MORE: f"each of them cost {change:,.0f} members more than if nobody had looked",
        Change.UNCLEAR: "whether that cost fewer members than if nobody had looked, nobody can tell",
    }
    return replace(found, says=words[found.shows], claims=found.shows)


def _first_year(case: Case, trigger: Trigger) -> Ribbon:
    settings = settings_of(trigger)
    assert settings is not None
    one, run = years(case.seed, settings)[0], runs(case.seed, trigger)[0]
    return Ribbon(
        tuple((SEGMENTS.index(problem.segment), problem.day - BEFORE, delay)
              for problem, delay in zip(one.problems, run.delays, strict=True)),
        tuple((SEGMENTS.index(part) if part else -1, day - BEFORE) for day, part in run.false),
        tuple(release.day - BEFORE for release in one.releases),
        tuple(SEGMENT_ENTRIES[name].label for name in SEGMENTS),
        UNSEEN,
    )  # fmt: skip


def _signed(points: float) -> str:
    tenth = round(points, 1)
    return "0.0" if tenth == 0 else f"{tenth:+.1f}".replace("-", "−")


def _words(ribbon: Ribbon) -> str:
    said = []
    for row, day, delay in ribbon.problems:
        seen = "is not found" if delay is None else f"is found {delay} days later"
        said.append(f"a problem of {ribbon.names[row].lower()} on day {day} {seen}")
    return f"{'; '.join(said)}. Alarms for nothing: {len(ribbon.false)}. Releases: {len(ribbon.releases)}."


def _table(met: tuple[Met, ...]) -> Mapping[str, np.ndarray]:
    """One row a problem."""
    return frozen_columns(
        year=np.repeat(np.arange(1, YEARS + 1), len(met) // YEARS),
        segment=np.array([SEGMENT_ENTRIES[one.problem.segment].label for one in met]),
        found_after_days=np.array([np.nan if one.delay is None else float(one.delay) for one in met]),
        lasted_days=np.array([round(one.days) for one in met]),
        members_lost=np.array([round(one.lost) for one in met]),
        if_nobody_looks=np.array([round(one.lost_unseen) for one in met]),
    )


def _sentences(case: Case, trigger: Trigger, tree: KpiTree, met: tuple[Met, ...], results: Mapping[str, Result],
               rung: int, most: int) -> list[str]:  # fmt: skip
    truth = case.truth
    said = [f"Faults cost {results['lost_to_faults'].value:,.0f} members a year, "
            f"{sum(one.lost_unseen for one in met) / YEARS:,.0f} if nobody looks."]  # fmt: skip
    if rung > most:
        said.append(f"It rang {rung} times in three years, and there were people for {most} reviews: some alarms lay "
                    "there unread.")  # fmt: skip
    fell = [one for one in met if one.problem.size < 0]
    if trigger.sides == "rises" and fell:
        said.append(f"In {len(fell)} of {len(met)} problems swaps fell, and it does not ring at a fall.")
    if trigger.comparator == PAST and (trigger.pause or 0) < 1:
        said.append("After each release it compared the new screen with the one before.")
    if trigger.action != "review":
        said.append("Nobody looked before the model was changed: it learned from what was wrong.")
    if results["driven_away"].value:
        who = SEGMENT_ENTRIES[truth.shape.turns].label.lower()
        said.append(f"v2 hit better for everybody, and {results['driven_away'].value:,.0f} {who} left in eight weeks.")
    else:
        said.append(f"With v2, {results['kept_by_v2'].value:,.0f} members more were there after eight weeks.")
    if results["lost_held_out"].value:
        said.append(f"Holding {trigger.held_out_share:g} of 100 out lost {results['lost_held_out'].value:,.0f} "
                    "memberships a year.")  # fmt: skip
    return said


def _late(case: Case, trigger: Trigger, tree: KpiTree, conversation: State | None, until: dt.date) -> tuple[Late, ...]:
    """What nobody had asked and the pages had not dealt with anyway."""
    shape = case.truth.shape
    dealt_with = {
        "how_drawn": trigger.comparator != HELD_OUT,
        "row_edited": trigger.comparator != "row",
        "before_leaving": shape.turns not in tree.v2_for,
        "lost_events": trigger.outages == "masked",
        "narrow_once": trigger.sides == "both",
        "late_cohorts": tree.last_ripe is not None and tree.last_ripe <= case.truth.last_ripe,
    }
    return came_out_late(case, conversation, until, {fact for fact, done in dealt_with.items() if done})
