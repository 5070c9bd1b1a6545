"""Draws one world of `feedback_loops`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Case, Columns, Fact, frozen_columns
from curriculum.cases.feedback_loops import alarm as alarms
from curriculum.cases.feedback_loops import draw as shapes
from curriculum.cases.feedback_loops import entries, experiments
from curriculum.cases.feedback_loops.draw import (
    CANNOT_TELL,
    COHORTS_A_YEAR,
    DAYS,
    DAYS_A_REVIEW,
    HELD_OUT,
    MEMBERS,
    PAST,
    ROW,
    SEGMENTS,
    SLUG,
    TODAY,
    YEAR_1,
    YEAR_2,
    Draw,
    draw,
)
from curriculum.cases.feedback_loops.facts import make_facts
from curriculum.cases.feedback_loops.people import PEOPLE
from curriculum.cases.feedback_loops.telemetry import BEFORE, DRIFT, NARROW, SOURCES, STEP, UNSEEN, Year, year
from curriculum.cases.feedback_loops.truth import Truth
from curriculum.support.dates import full_day
from curriculum.support.worlds import kept_for_worlds

VERSION = 1
COMPANY = "Wrenfield"
SOURCE_NAMES = {"model": "model", HELD_OUT: "without the model", ROW: "picked by hand"}
KINDS = {STEP: "more swaps from one day on", DRIFT: "more swaps, slowly", NARROW: "easy favourites only, fewer swaps"}
MAY_SAID = {
    "ottilie": "review the model", "kwame": "review the model, take it back to the version before",
    "bettina": "review the model, look through the logging", "sunniva": "change the screen",
    "ijeoma": "change the workout plans", "rafael": "stop the rollout of v2",
}  # fmt: skip


def simulate(seed: int) -> Case:
    """One winter at Wrenfield. Equal seeds give equal bytes."""
    return _world(seed)


@kept_for_worlds(maxsize=8)
def _world(seed: int) -> Case:
    shape = draw(seed)
    given = year(seed, shape, "given")
    columns: dict[str, Columns] = {
        "telemetry": _telemetry(given),
        "releases": frozen_columns(day=_dates([release.day for release in given.releases]),
                                   what=np.array([_release_name(n) for n in range(len(given.releases))])),
        "outages": frozen_columns(day=_dates(np.flatnonzero(given.outages).tolist())),
        "problems": _problems(seed, given),
        "members": experiments.members(seed, shape),
        "v2_test": experiments.v2_test(seed, shape),
        "without_test": experiments.without_test(seed, shape),
        "cohorts": experiments.cohorts(seed, shape),
        "usual": experiments.usual(seed, shape),
        "alarm": alarms.alarm(seed, shape),
    }  # fmt: skip
    truth = _truth(seed, shape, given, columns)
    columns["who_can"] = _who_can(truth)
    columns["alarm"] = _named(columns["alarm"])
    facts = make_facts(shape, truth)
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(facts),
        people=PEOPLE,
        facts=facts,
        columns=columns,
        truth=truth,
        more={
            "segments": entries.SEGMENT_ENTRIES,
            "segments_and_all": entries.SEGMENTS_AND_ALL,
            "signals": entries.SIGNALS,
            "comparators": entries.COMPARATORS,
            "splits": entries.SPLITS,
            "sides": entries.SIDES,
            "outage_ways": entries.OUTAGE_WAYS,
            "group_ways": entries.GROUP_WAYS,
            "alarm_actions": entries.ALARM_ACTIONS,
            "causes": entries.CAUSES,
            "metrics": entries.METRICS,
            "node_actions": entries.NODE_ACTIONS,
            "evidence_classes": entries.EVIDENCE,
            "sources": entries.SOURCES,
            "ways": entries.WAYS,
            "kept_definitions": entries.KEPT_DEFINITIONS,
            "alarm_rows": entries.ALARM_ROWS,
            "not_shown": entries.NOT_SHOWN_ENTRIES,
            "review_actions": entries.REVIEW_ACTIONS,
            "trigger_changes": entries.TRIGGER_CHANGES,
        },
        circumstances=_circumstances(truth),
    )


def _truth(seed: int, shape: Draw, given: Year, columns: Mapping[str, Columns]) -> Truth:
    loss, error = experiments.read_loss(columns["without_test"])
    cost = MEMBERS * shape.share / 100 * loss / 100 * COHORTS_A_YEAR
    return Truth(
        seed=seed,
        shape=shape,
        year=given,
        tables=dict(columns),
        loss=loss,
        loss_error=error,
        slope=experiments.raw_slope(columns["members"]),
        limit=float(np.round(cost * shape.fit_margin, -1)),
    )


def _dates(days: list[int]) -> np.ndarray:
    return np.array([(YEAR_1 + dt.timedelta(days=day - BEFORE)).isoformat() for day in days])


def _release_name(number: int) -> str:
    names = ("a larger swap button", "cards in two columns", "a new colour", "swap moved below the picture",
             "titles in two lines", "a shorter list", "the swap arrow", "pictures that move")  # fmt: skip
    return names[number % len(names)]


def _telemetry(one: Year) -> Columns:
    """One row a day, segment and source."""
    days = np.arange(BEFORE, BEFORE + DAYS)
    dates = _dates(days.tolist())
    return frozen_columns(
        day=np.tile(dates, len(SEGMENTS) * len(SOURCES)),
        segment=np.repeat(SEGMENTS, len(SOURCES) * DAYS),
        source=np.tile(np.repeat([SOURCE_NAMES[name] for name in SOURCES], DAYS), len(SEGMENTS)),
        shown=one.shown[:, :, BEFORE:].reshape(-1).astype(int),
        swapped=one.swapped[:, :, BEFORE:].reshape(-1).astype(int),
    )


def _problems(seed: int, one: Year) -> Columns:
    rng = shapes.random(SLUG, seed, "seen")
    return frozen_columns(
        began=_dates([problem.day for problem in one.problems]),
        segment=np.array([problem.segment for problem in one.problems]),
        kind=np.array([KINDS[problem.kind] for problem in one.problems]),
        days_unseen=rng.integers(UNSEEN - 16, UNSEEN + 1, len(one.problems)),
    )


def _who_can(truth: Truth) -> Columns:
    people = list(MAY_SAID)
    return frozen_columns(
        person=np.array([PEOPLE[name].label for name in people]),
        may=np.array([MAY_SAID[name] for name in people]),
        free_days=np.array([truth.free_days[name] for name in people]),
    )


def _named(table: Columns) -> Columns:
    labels = [entries.ALARM_ROWS[name].label for name in table["row"]]
    return frozen_columns(row=np.array(labels), that_week=table["that_week"].copy(), usual=table["usual"].copy())


def _circumstances(truth: Truth) -> Mapping[str, int]:
    """What conditions in the conversation may ask of this world."""
    shape = truth.shape
    return MappingProxyType(
        {
            "by_lot": int(shape.fit == HELD_OUT),
            "row_still": int(shape.fit == ROW),
            "few_releases": int(shape.fit == PAST),
            **{f"fit_{name}": int(shape.fit == name) for name in (HELD_OUT, ROW, PAST)},
            "affordable": int(shape.affordable),
            **{f"cause_{name}": int(shape.cause == name) for name in entries.CAUSES},
            "comparator_lost": int(shape.cause == CANNOT_TELL and shape.fit != PAST),
            **{f"turns_{name}": int(shape.turns == name) for name in SEGMENTS},
        }
    )


def _brief(facts: Mapping[str, Fact]) -> str:
    return (
        f"**From:** Rafael Pinto, head of growth · **To:** you · **Subject:** a loop, and a tree\n\n"
        f"Today is {full_day(TODAY)}. {facts['keep_slope'].label} So accuracy is our number, and v2 should go to "
        f"everybody. Sunniva wants an alarm. {facts['the_alarm'].label} {facts['five_alarms'].label} I want three "
        f"pages before {full_day(YEAR_2)}, when the new year of the loop begins: a trigger that calls for a review of "
        f"the model, a tree from the model to who stays, and the verdict on that week.\n\n"
        f"- We have {MEMBERS:,} members: new (first eight weeks), regular (to the end of a year), long (more than a "
        f"year). About four times a year something is wrong with the model, for one of these, and lasts {UNSEEN} days "
        f"if nobody sees it.\n"
        f"- A trigger is sound if it finds three of four problems within 16 days (28 for one that grows slowly) and "
        f"rings no more often than people can review. It is replayed on three years that nobody has seen. A review "
        f"takes {DAYS_A_REVIEW} person-days.\n"
        f"- Beside members without the model, or the row picked by hand, it compares the ratio of both shares with "
        f"what that ratio was last year. Beside the past, it compares with the four weeks before its window.\n"
        f"- Noise of a share p with n suggestions, relative: the root of (1 − p) / (p × n). It should be at most half "
        f"of the threshold.\n"
        f"- Holding members out loses, in memberships a year: {MEMBERS:,} × share × points that fewer stay in eight "
        f"weeks × {COHORTS_A_YEAR}.\n"
        f"- A measure of the tree acts when a week is worse than usual by two to six times what weeks scatter by "
        f"(the standard deviation in `usual`).\n"
        f"- What counts as better: more hits, variety, workouts and kept; fewer swaps, early stops and days.\n"
    )
