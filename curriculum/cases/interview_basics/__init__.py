"""The world of `interview_basics`: a project file to practise with, four former colleagues, and a panel.

Larkspur Books had to choose what its search may cost in time. The learner was the product manager of search and now
prepares an interview. Who was in conflict, who won, who decided, which numbers compare and whether it went well
differ from world to world. Ranges are those of the domain reference: conversion 2–3 % (vendor figures), a model
effect of a few percent online that offline comparisons overstate (Cheng et al. 2016 as quoted by Guo et al. 2017;
Bernardi et al. 2019), a small model at a p95 of 80–120 ms, a big one 200–300 ms above it. What was measured can be
recomputed from the table `weekly`, who wrote what and when from `project_log`, and who was in whose way from
`kick_off`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import combinations

import numpy as np

from curriculum.cases.base import Case, Columns, frozen_columns, random
from curriculum.cases.interview_basics.counts import RELEASE_DAY, WEEKS, WINDOW, Weekly
from curriculum.cases.interview_basics.draw import CONFLICTS, Draw, draw
from curriculum.cases.interview_basics.facts import COUNTED, facts_of
from curriculum.cases.interview_basics.people import COLLEAGUES, PEOPLE, WISHES, decided
from curriculum.cases.interview_basics.truth import Truth
from curriculum.cases.interviews.contrasts import FLAWS
from curriculum.cases.interviews.folder import log_columns, offered
from curriculum.cases.interviews.pairs import draw_pairs
from curriculum.cases.interviews.project import Logged
from curriculum.support.dates import full_day

__all__ = ["Truth", "simulate"]

VERSION = 2


def simulate(seed: int) -> Case:
    """Eighteen weeks of searches around a release, the papers of the project, and what four people remember."""
    rng, shape = random("interview_basics", seed), draw(seed)
    start = dt.date(2026, 1, 5) + dt.timedelta(days=7 * int(rng.integers(0, 10)))
    weekly = Weekly(rng, shape)
    log = _log(rng, start)
    facts, measured, units = facts_of(rng, shape, weekly, start, log)
    kick_off = _kick_off(rng, shape)
    pairs = draw_pairs("interview_basics", seed, FLAWS)
    return Case(
        slug="interview_basics",
        version=VERSION,
        seed=seed,
        company="Larkspur Books",
        brief=_brief(start),
        people=PEOPLE,
        facts=facts,
        columns={
            "weekly": frozen_columns(
                week_begins=np.array(
                    [start + dt.timedelta(days=7 * week) for week in range(WEEKS)], dtype="datetime64[D]"
                ),
                searches=weekly.searches,
                orders=weekly.counts["orders"],
                left_without_a_tap=weekly.counts["left"],
                repeated=weekly.counts["again"],
            ),
            "kick_off": kick_off,
            "project_log": log_columns(log, PEOPLE),
        },
        truth=Truth(
            role="product manager of search",
            measures=COUNTED,
            tellable=shape.tellable,
            measured=measured,
            kinds=_KINDS,
            units=units,
            won=shape.won,
            lost=shape.lost,
            wishes=WISHES,
            decided=decided(shape),
            ways=_WAYS,
            decided_on=log[shape.written_in].on,
            approver=shape.decider,
            written_in=shape.written_in,
            disappointing=shape.disappointing,
            cost=WISHES[shape.lost].cost,
            questions=_questions(shape),
            public=_public(kick_off),
            log=log,
            pairs=pairs,
        ),
        circumstances={
            **{f"{measure}_compare": int(measure in shape.tellable) for measure in COUNTED},
            **{f"{side}_lost": int(side == shape.lost) for side in WISHES},
        },
        more=offered(log, PEOPLE, COLLEAGUES, pairs),
    )


def _brief(start: dt.date) -> str:
    first, released = start + dt.timedelta(days=WINDOW), start + dt.timedelta(days=RELEASE_DAY)
    return (
        "You have an interview on Thursday. The panel wants one story about work between functions, told in two "
        "minutes, with numbers.\n\n"
        "If you have finished other lessons, or have a story of your own, you can use it. Otherwise borrow this "
        "project to practise: you were the product manager of search at **Larkspur Books**, an online bookshop. "
        "Search had to answer within a limit, and several functions wanted something that takes time. Two of these "
        "wishes did not fit together; what each would have taken stands in the table of the kick-off. Customer "
        "support and product wanted what everybody wants, fewer complaints and more orders. "
        f"The work began on {full_day(first)}, and what was decided was released on {full_day(released)}.\n\n"
        "You have the table of the kick-off, the project log and the weekly counts. You left before the project was "
        "looked back on, so who decided, what it cost and which numbers can be compared is with four former "
        "colleagues: call them before you write. They like you, and they remember what suits them."
    )


def _kick_off(rng: np.random.Generator, shape: Draw) -> Columns:
    """What each wish takes; a pair is in conflict where both cannot be had within the limit."""
    today, big, covers = int(rng.integers(80, 121)), int(rng.integers(205, 301)), int(rng.integers(110, 171))
    if shape.parties == frozenset(CONFLICTS[0]):
        limit, covers = today + big - int(rng.integers(15, 60)), 0
    elif shape.parties == frozenset(CONFLICTS[1]):
        limit, big = today + covers - int(rng.integers(15, 60)), 0
    else:
        limit = today + big + covers - int(rng.integers(20, 80))
    rows = [
        ("Search today", "the small model, no covers", today),
        ("Data science", "the big model" if big else "the small model, trained every week", big),
        ("Design", "covers beside every title" if covers else "larger type for the titles", covers),
        ("Customer support", "fewer complaints about search", 0),
        ("Product", "more orders from search", 0),
        ("ML engineering", "no answer later than this, for 95 of 100 searches", limit),
    ]
    return frozen_columns(
        function=np.array([function for function, _, _ in rows], dtype=object),
        wanted=np.array([wanted for _, wanted, _ in rows], dtype=object),
        milliseconds=np.array([time for _, _, time in rows]),
        meaning=np.array(["takes", *["would add"] * 4, "at most"], dtype=object),
    )


_KINDS = {
    "forecast": "a forecast from old searches",
    "lucky_week": "one week, with a promotion running",
    "small_sample": "eight people in a lab",
    "baseline": "the number before",
    "result": "the number after",
}
_WAYS = (
    (r"\bbig\s+model\b", r"\bsmall\s+model\b"),
    (r"\b(?:higher|new)\s+limit\b", r"\bold\s+limit\b"),
    (r"(?<!no )(?<!without )(?<!without the )\bcovers\b", r"\b(?:no|without(?:\s+the)?)\s+covers\b"),
)
"""What could be decided one way or the other at Larkspur Books, as the file and the colleagues say it."""


def _public(kick_off: Columns) -> frozenset[float]:
    """The times of the kick-off, and today's search with one wish or more of them."""
    times = [float(time) for time in kick_off["milliseconds"].tolist()]
    today, wishes = times[0], [time for time, how in zip(times, kick_off["meaning"], strict=True) if how == "would add"]
    sums = {today + sum(some) for count in (1, 2) for some in combinations(wishes, count)}
    return frozenset({*times, *sums} - {0.0})


def _questions(shape: Draw) -> frozenset[str]:
    """The questions of the bank that such a project can answer."""
    found = set()
    if "data" in shape.parties:
        found.add("accuracy_against_latency")
    if shape.parties == {"data", "ml"}:
        found.add("two_models_two_camps")
    if shape.parties == {"design", "ml"}:
        found.add("incompatible_evidence")  # eight people in the lab against everybody in the log
    if shape.lost == "design":
        found.add("cut_a_loved_feature")
    if shape.lost == "data":
        found.add("accuracy_lost")
    if shape.disappointing:
        found.add("inconclusive_experiment")
    return frozenset(found)


def _log(rng: np.random.Generator, start: dt.date) -> Mapping[str, Logged]:
    def on(day: int) -> dt.date:
        return start + dt.timedelta(days=day)

    # Two of the four papers that the learner might have written were written by a colleague.
    theirs = dict(zip(rng.permutation(4)[:2].tolist(), rng.permutation(["ines", "bram", "yuki"])[:2], strict=True))
    mine = [str(theirs.get(number, "you")) for number in range(4)]
    return {
        "kick_off_note": Logged(on(30), "you", "Note of the kick-off: what each function wants and fears"),
        "load_test": Logged(on(32), "bram", "Load test of every wish"),
        "shared_measure": Logged(on(37), mine[0], "One page that defines the measure and its limits"),
        "wait_prototype": Logged(on(43), "yuki", "Prototype of the waiting screen"),
        "study_plan": Logged(on(45), mine[1], "Plan of the study of waiting, with the limits of both sides"),
        "test_plan": Logged(on(51), mine[2], "Test plan: versions, weeks and the rule, written before the start"),
        "test_report": Logged(on(70), "ines", "Report of the test"),
        "options_paper": Logged(on(73), "you", "The options with their costs, on one page, as signed"),
        "review_minutes": Logged(on(77), "adaeze", "Minutes of the spring review"),
        "release_plan": Logged(on(80), mine[3], "Release plan with the conditions for going back"),
        "look_back": Logged(on(115), "you", "Look-back that you sent after you had left"),
    }
