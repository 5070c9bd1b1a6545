"""Draws one world of `retraining_decision`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Case, Columns, Fact, frozen_columns, random
from curriculum.cases.retraining_decision import entries, tables
from curriculum.cases.retraining_decision.calendar import TODAY, build_starts
from curriculum.cases.retraining_decision.draw import FEATURES, REFRESH, SLICES, SLUG, Draw, draw
from curriculum.cases.retraining_decision.facts import make_facts
from curriculum.cases.retraining_decision.faults import DAY_FALLS, GROUP_FALLS, RETURNS_RISE
from curriculum.cases.retraining_decision.money import CAP, FLAG, MONTHS, RATE, WEEKS
from curriculum.cases.retraining_decision.people import PEOPLE
from curriculum.cases.retraining_decision.trigger import fitting
from curriculum.cases.retraining_decision.truth import (
    Truth,
    make_inputs,
    make_mistaken,
    offline_gain,
    read_failures,
    read_slope,
)
from curriculum.support.dates import full_day
from curriculum.support.worlds import kept_for_worlds

VERSION = 1
COMPANY = "Fernhill Outdoor"


def simulate(seed: int) -> Case:
    """One summer at Fernhill Outdoor. Equal seeds give equal bytes."""
    return _world(seed)


@kept_for_worlds(maxsize=4)
def _world(seed: int) -> Case:
    shape = draw(seed)
    slices = _slices(seed, shape)
    columns: dict[str, Columns] = {
        "launches": tables.launches(seed, shape),
        "candidates": tables.candidates(seed, shape),
        "changes": tables.changes(seed, shape),
        "traffic": tables.traffic(seed, shape, slices),
        "traces": tables.traces(seed, shape),
        "scores_read": tables.scores_read(seed, shape),
        "proxies": tables.proxies(seed, shape),
        "auc_weekly": tables.auc_weekly(seed, shape),
        "work": tables.work(seed, shape),
        "authority": _authority(),
    }
    truth = _truth(seed, shape, slices, columns)
    shown = offline_gain(columns["candidates"], "new features", "sessions with the features", "random")
    facts = make_facts(shape, truth, round(shown, 1))
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(shape, facts),
        people=PEOPLE,
        facts=facts,
        columns=columns,
        truth=truth,
        more={
            "options": entries.OPTION_ENTRIES,
            "quantities": entries.QUANTITIES,
            "limit_ways": entries.LIMIT_WAYS,
            "releases": entries.RELEASES,
            "signals": entries.SIGNALS,
            "windows": entries.WINDOWS,
            "go_back": entries.GO_BACK,
            "drawbacks": entries.DRAWBACKS,
            "comments": entries.COMMENTS,
            "answers": entries.ANSWERS,
            "reopen_on": entries.REOPEN_ON,
        },
        circumstances=_circumstances(truth),
    )


def _slices(seed: int, shape: Draw) -> Mapping[str, int]:
    """Of 100 sessions, how many belong to each slice; they overlap."""
    rng = random(SLUG, seed, "slices")
    usual = {name: int(rng.integers(15, 45)) for name in SLICES}
    return MappingProxyType({**usual, shape.slice: int(rng.integers(28, 51))})


def _truth(seed: int, shape: Draw, slices: Mapping[str, int], columns: Mapping[str, Columns]) -> Truth:
    slope = read_slope(columns["launches"])
    inputs = make_inputs(columns, shape, slope)
    failed = read_failures(columns["changes"], "features")
    truth = Truth(
        shape=shape,
        slices=slices,
        slope=slope,
        inputs=inputs,
        evening_p95=tables.evening_p95(seed, shape),
        unseen=failed[1],
        recover=failed[2],
        unseen_refresh=read_failures(columns["changes"], "refresh")[1],
        fails_refresh=inputs[REFRESH].fails,
        mistaken=make_mistaken(columns, shape),
        full_hours=inputs[FEATURES].hours_work,
        limit_way=entries.PRECOMPUTED if shape.limit_breaks else entries.FITS,
        approver_limit=0.0,
        trigger=fitting(seed),
    )
    return _with_limit(truth)


def _with_limit(truth: Truth) -> Truth:
    """The same with a limit of authority that lies clearly on one side of what the best option risks."""
    risk = truth.at_risk(truth.best) or truth.at_risk(REFRESH)
    share = 0.7 if truth.shape.viktor else 1.4
    return replace(truth, approver_limit=float(np.round(risk * share / 1000) * 1000))


def _circumstances(truth: Truth) -> Mapping[str, int]:
    """What conditions in the conversation may ask of this world."""
    shape = truth.shape
    return MappingProxyType(
        {
            "limit_breaks": int(shape.limit_breaks),
            "kit_v7": int(shape.kit_needs == "v7"),
            "kit_refreshed": int(shape.kit_needs == "refreshed"),
            "kit_features": int(shape.kit_needs == "new"),
            "ages": int(shape.ages),
            "viktor_decides": int(truth.approver(truth.best) == "viktor"),
            "best_keep": int(truth.best == "keep"),
            "best_refresh": int(truth.best == "refresh"),
            "best_features": int(truth.best == "features"),
        }
    )


def _authority() -> Columns:
    rows = (
        ("A release of the score, up to what the commercial director has set for € at risk", "Nadia Farouk"),
        ("A release of the score, above that", "Viktor Hale"),
        ("What a page shows", "Lucía Prado"),
        ("Taking a release back at night", "Owen Bakare"),
        ("What a model is trained on", "Ilse Draper"),
        ("What is ordered from suppliers", "Gita Rao"),
    )
    return frozen_columns(decision=np.array([row[0] for row in rows]), may_decide=np.array([row[1] for row in rows]))


def _brief(shape: Draw, facts: Mapping[str, Fact]) -> str:
    return (
        f"**From:** Nadia Farouk, product manager · **To:** you · **Subject:** v8, yes or no\n\n"
        f"Today is {full_day(TODAY)}. {facts['sale_date'].label} {facts['auc_two'].label} Owen says that v7 is stable "
        f"and any change a risk. I need “Complete your kit” live before the sale. Each of us counts in a unit of their "
        f"own. You drive this decision; you do not take it. Make the claims comparable, and bring it to the one who "
        f"may decide. What is decided begins to be built on {full_day(build_starts(shape.builds_in))}.\n\n"
        f"- The options: keep v7; refresh it on later weeks and bring the features later; the new features behind a "
        f"flag, for one in ten first; the new features for everybody at once.\n"
        f"- We count € of contribution over {WEEKS} weeks, as the last {WEEKS} were, against v7 as it runs on.\n"
        f"- Net = what 1 % more orders brings × percent of orders for 0.01 AUC × gain (in 0.01 AUC) × share of "
        f"sessions that gain − share of changes that fail × hours × € lost an hour − hours of work × {RATE:.0f} € − "
        f"{MONTHS} months of running + the kit page, where it gets what it reads.\n"
        f"- Hours of a failed change are counted as if everybody had it: behind the flag {100 * FLAG:.0f} of 100 have "
        f"it until it is seen, so hours unseen count × {FLAG:.1f}; then come the hours to recover.\n"
        f"- Work is estimated in `work`; it comes with the overrun of the past. To run the new features costs "
        f"{shape.run:,} € a month; a refresh costs nothing to run.\n"
        f"- At risk is what is spent on building and running, and one failed change.\n"
        f"- A rollout has stages; after the last one, everybody has it. A score goes back within "
        f"the hour if everything that it needs goes back with it. Until it is back, a bad one may cost at most "
        f"{100 * CAP:.0f} of 100 of what the shop earns in a day. It has to be seen if one group of customers orders "
        f"{100 * GROUP_FALLS[0]:.0f} percent less, or everybody {100 * DAY_FALLS[0]:.0f} percent less on one day of "
        f"the week, or if {100 * RETURNS_RISE[0]:.0f} percent more comes back.\n"
    )
