"""The world of `interview_basics`: a project file to practise with, four former colleagues, and a panel.

Larkspur Books had to choose between a big and a small model for its search. The learner was the product manager
of search and now prepares an interview. Ranges are those of the domain reference: conversion 2–3 % (vendor
figures), a model effect of a few percent online that offline comparisons overstate (Cheng et al. 2016 as quoted
by Guo et al. 2017; Bernardi et al. 2019), a small model at a p95 of 80–120 ms, a big one 200–300 ms above it.
What was measured can be recomputed from the table `weekly`, and who wrote what, and when, from `project_log`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from curriculum.cases.base import Case, Entry, Fact, Person, by_id, frozen_columns, random
from curriculum.cases.interviews.contrasts import FLAWS, Contrast, contrasts_of
from curriculum.cases.interviews.questions import load_questions
from curriculum.cases.interviews.units import UNITS
from curriculum.support.dates import full_day

VERSION = 1
WEEKS, WINDOW = 18, 28
RELEASE_DAY = 84
"""Days from the first Monday to the release: week 13 begins."""

Kind = Literal["baseline", "result", "forecast", "lucky_week", "small_sample"]


@dataclass(frozen=True)
class Measured:
    """What stands behind a fact that carries a figure of a measure."""

    measure: str
    kind: Kind
    on: dt.date
    """The last day that was counted."""
    days: int
    """How many days were counted."""


@dataclass(frozen=True)
class Logged:
    """One line of the project log."""

    on: dt.date
    by: str
    """Id of the author; "you" for the learner."""
    title: str


@dataclass(frozen=True)
class Pair:
    """A contrast as this learner sees it."""

    contrast: Contrast
    stronger: Literal["a", "b"]
    spans: tuple[str, ...]
    """Ids of the sentences that show the flaw."""


@dataclass(frozen=True)
class Truth:
    better: Mapping[str, Literal["higher", "lower"]]
    """Which way each measure is meant to go."""
    measured: Mapping[str, Measured]
    units: Mapping[str, str]
    """Id of the unit of each fact that carries a figure."""
    costs: frozenset[str]
    """Facts that say what was given up."""
    log: Mapping[str, Logged]
    conflicts: frozenset[frozenset[str]]
    """Pairs of functions whose interests did conflict."""
    decided_on: dt.date
    approver: str
    pairs: Mapping[str, Pair]


COLLEAGUES = ("ines", "bram", "yuki", "adaeze")

FUNCTIONS = by_id(
    Entry("product", "Product"),
    Entry("design", "Design"),
    Entry("data", "Data science"),
    Entry("ml", "ML engineering"),
    Entry("engineering", "Engineering"),
    Entry("support", "Customer support"),
    Entry("risk", "Risk, legal or compliance"),
    Entry("sales", "Sales or marketing"),
    Entry("operations", "Operations"),
)


def simulate(seed: int) -> Case:
    """Eighteen weeks of searches around a release, the log of the project, and what four people remember."""
    rng = random("interview_basics", seed)
    start = dt.date(2026, 1, 5) + dt.timedelta(days=7 * int(rng.integers(0, 10)))
    weekly = _Weekly(rng)
    log = _log(start)
    facts, measured, units = _facts(rng, weekly, start)
    pairs = _pairs(seed)
    first, released = start + dt.timedelta(days=WINDOW), start + dt.timedelta(days=RELEASE_DAY)
    return Case(
        slug="interview_basics",
        version=VERSION,
        seed=seed,
        company="Larkspur Books",
        brief=(
            "You have an interview on Thursday. The panel wants one story about work between functions, told in two "
            "minutes, with numbers.\n\n"
            "If you have finished other lessons, or have a story of your own, you can use it. Otherwise borrow this "
            "project to practise: you were the product manager of search at **Larkspur Books**, an online bookshop. "
            "Data science wanted a **big model**, because it finds more of what readers mean. ML engineering wanted a "
            "**small model**, because search had to answer within 300 milliseconds. Design wanted results that appear "
            "fast enough for people not to leave, and covers beside every title, which slowed search further. "
            "Customer support and product agreed with each other throughout: fewer complaints, more orders. "
            f"The work began on {full_day(first)}, and the small model was released on {full_day(released)}.\n\n"
            "You have the project log and the weekly counts. You left before the project was looked back on, so the "
            "figures are with four former colleagues: call them before you write. They like you, and they remember "
            "what suits them."
        ),
        people=_people(),
        facts=facts,
        columns={
            "weekly": frozen_columns(
                week_begins=np.array(
                    [start + dt.timedelta(days=7 * week) for week in range(WEEKS)], dtype="datetime64[D]"
                ),
                searches=weekly.searches,
                orders=weekly.orders,
                left_without_a_tap=weekly.left,
            ),
            "project_log": frozen_columns(
                day=np.array([entry.on for entry in log.values()], dtype="datetime64[D]"),
                document=np.array([entry.title for entry in log.values()], dtype=object),
                written_by=np.array([_author(entry.by) for entry in log.values()], dtype=object),
            ),
        },
        truth=Truth(
            better={"orders": "higher", "left": "lower"},
            measured=measured,
            units=units,
            costs=frozenset(fact.id for fact in facts.values() if "cost" in fact.supports),
            log=log,
            conflicts=frozenset({frozenset({"data", "ml"}), frozenset({"design", "ml"})}),
            decided_on=log["decision_record"].on,
            approver="adaeze",
            pairs=pairs,
        ),
        more={
            "questions": by_id(*(Entry(q.id, q.question) for q in load_questions())),
            "functions": FUNCTIONS,
            "units": UNITS,
            "deciders": by_id(
                Entry("me", "You"),
                *(Entry(id, person.label, person.role) for id, person in _people().items() if id in COLLEAGUES),
                Entry("somebody_else", "Somebody else", "In a story of your own or from another lesson."),
            ),
            "documents": by_id(
                *(
                    Entry(id, entry.title, f"{full_day(entry.on)}, written by {_author(entry.by)}")
                    for id, entry in log.items()
                )
            ),
            "pairs": by_id(
                *(
                    Entry(id, f"Pair {number}: {pair.contrast.question}")
                    for number, (id, pair) in enumerate(pairs.items(), start=1)
                )
            ),
            "spans": by_id(*_spans(pairs)),
        },
    )


class _Weekly:
    """Counts by week whose four-week rates are exactly what people say they are."""

    def __init__(self, rng: np.random.Generator):
        self.searches = (rng.normal(52_000, 2_500, WEEKS) / 10).round().astype(np.int64) * 10
        self.orders_before = float(round(rng.uniform(24.0, 28.5), 1))
        self.orders_after = round(self.orders_before + float(rng.uniform(0.8, 1.6)), 1)
        self.left_before = float(round(rng.uniform(31.0, 38.0), 1))
        self.left_after = round(self.left_before - float(rng.uniform(3.0, 6.0)), 1)
        lucky = round(self.orders_after + float(rng.uniform(0.7, 1.3)), 1)
        self.orders = self._counts(rng, self.orders_before, self.orders_after, lucky, 1_000)
        self.left = self._counts(rng, self.left_before, self.left_after, self.left_after + 0.4, 100)
        self.lucky_week = round(1_000 * int(self.orders[16]) / int(self.searches[16]), 1)

    def _counts(self, rng: np.random.Generator, before: float, after: float, lucky: float, per: int) -> np.ndarray:
        rates = np.full(WEEKS, before)
        rates[12:16], rates[16], rates[17] = after, lucky, after
        noise = rng.normal(0, 0.006, WEEKS) * rates
        noise[16] = 0.0
        counts = (self.searches * (rates + noise) / per).round().astype(np.int64)
        for weeks, rate in ((slice(0, 4), before), (slice(12, 16), after)):
            whole = round(rate * int(self.searches[weeks].sum()) / per)
            counts[weeks.stop - 1] += whole - int(counts[weeks].sum())
        return counts


def _log(start: dt.date) -> Mapping[str, Logged]:
    def on(day: int) -> dt.date:
        return start + dt.timedelta(days=day)

    return {
        "kick_off_note": Logged(on(30), "you", "Note of the kick-off: what each function wants and fears"),
        "load_test": Logged(on(32), "bram", "Load test of both models"),
        "shared_measure": Logged(on(37), "you", "One page that defines the measure and its limits"),
        "wait_prototype": Logged(on(43), "yuki", "Prototype of the waiting screen"),
        "study_plan": Logged(on(45), "you", "Plan of the study of waiting, with design's and engineering's limits"),
        "test_plan": Logged(on(51), "you", "Test plan: three versions, two weeks, written before the start"),
        "test_report": Logged(on(70), "ines", "Report of the test"),
        "options_paper": Logged(on(73), "you", "Three options with their costs, on one page"),
        "decision_record": Logged(on(77), "adaeze", "Decision record: the small model, without covers"),
        "release_plan": Logged(on(80), "you", "Release plan with the conditions for going back"),
        "look_back": Logged(on(115), "you", "Look-back that you sent after you had left"),
    }


def _people() -> Mapping[str, Person]:
    return by_id(
        Person("ines", "Inês Carvalho", function="data", hue=300, role="data scientist at Larkspur Books",
               cares_about="a model that understands what people mean"),
        Person("bram", "Bram de Wit", function="ml", hue=150, role="ML engineer at Larkspur Books",
               cares_about="a search that answers in time, also at night"),
        Person("yuki", "Yuki Tanabe", function="design", hue=30, role="designer at Larkspur Books",
               cares_about="people who do not give up waiting"),
        Person("adaeze", "Adaeze Obi", function="product", hue=200, role="head of product, decided the project",
               cares_about="decisions that stay decided"),
        Person("ruth", "Ruth Amsel", function="sponsor", hue=250, role="hiring manager, leads the panel",
               cares_about="a story that she can retell in her own words tomorrow"),
        Person("jonas", "Jonas Lindqvist", function="ml", hue=110, role="ML engineer on the panel",
               cares_about="figures that still hold when he asks where they come from"),
        Person("mei", "Mei Tan", function="design", hue=350, role="design lead on the panel",
               cares_about="whether the other side of a conflict would recognise itself"),
    )  # fmt: skip


def _facts(
    rng: np.random.Generator, weekly: _Weekly, start: dt.date
) -> tuple[Mapping[str, Fact], Mapping[str, Measured], Mapping[str, str]]:
    before_end, after_end = start + dt.timedelta(days=27), start + dt.timedelta(days=111)
    lucky_end = start + dt.timedelta(days=118)
    forecast = round(weekly.orders_after + float(rng.uniform(0.6, 1.1)), 1)
    if abs(forecast - weekly.lucky_week) < 0.05:
        forecast = round(forecast + 0.2, 1)
    side = round(weekly.orders_after - weekly.orders_before + float(rng.uniform(-0.2, 0.2)), 1)
    lab = round(weekly.left_after - float(rng.uniform(4.0, 8.0)))
    small = int(rng.integers(80, 121))
    big = small + int(rng.integers(205, 301))
    cost_days = int(rng.integers(14, 25))
    cost_long = round(float(rng.uniform(1.8, 3.4)), 1)
    covers = int(rng.integers(6, 15))
    unit = {id: entry.label for id, entry in UNITS.items()}
    told = [
        # id, who tells it, the unit, its value, what it supports, what it contradicts, the sentence
        ("orders_before", "ines", "orders_per_1000", weekly.orders_before, {"orders_baseline"}, {"orders_result"},
         f"In the four weeks to {full_day(before_end)}, before we began, {weekly.orders_before:.1f} of 1,000 searches "
         f"ended in an order."),
        ("orders_after", "ines", "orders_per_1000", weekly.orders_after, {"orders_result"}, {"orders_baseline"},
         f"In the four weeks to {full_day(after_end)}, after the release, {weekly.orders_after:.1f} of 1,000 searches "
         f"ended in an order."),
        ("orders_forecast", "ines", "orders_per_1000", forecast, set(), {"orders_result", "orders_baseline"},
         f"Our comparison on old searches promised {forecast:.1f} orders per 1,000 searches."),
        ("orders_fair_week", "ines", "orders_per_1000", weekly.lucky_week, set(), {"orders_result", "orders_baseline"},
         f"In the week of the book fair, to {full_day(lucky_end)}, with a promotion running, {weekly.lucky_week:.1f} "
         f"of 1,000 searches ended in an order."),
        ("side_by_side", "ines", "orders_per_1000", side, {"counterfactual"}, {"orders_result", "orders_baseline"},
         f"In the two-week test, side by side with the old search, the small model brought {side:.1f} more orders per "
         f"1,000 searches."),
        ("long_searches", "ines", "orders_per_1000_long", cost_long, {"cost"}, set(),
         f"On searches of five words and more, the big model had brought {cost_long:.1f} more orders per 1,000 in the "
         f"test. We gave those up."),
        ("big_model_p95", "bram", "milliseconds", float(big), set(), set(),
         f"With the big model, 95 of 100 searches were answered within {big} ms; the limit was 300 ms."),
        ("small_model_p95", "bram", "milliseconds", float(small), set(), set(),
         f"With the small model, 95 of 100 searches were answered within {small} ms."),
        ("engineer_days", "bram", "engineer_days", float(cost_days), {"cost"}, set(),
         f"Running both models side by side cost {cost_days} engineer-days that the new index had been promised."),
        ("left_before", "yuki", "left_per_100", weekly.left_before, {"left_baseline"}, {"left_result"},
         f"In the four weeks to {full_day(before_end)}, people left {weekly.left_before:.1f} of 100 searches without a "
         f"tap."),
        ("left_after", "yuki", "left_per_100", weekly.left_after, {"left_result"}, {"left_baseline"},
         f"In the four weeks to {full_day(after_end)}, people left {weekly.left_after:.1f} of 100 searches without a "
         f"tap."),
        ("left_in_the_lab", "yuki", "left_per_100", float(lab), set(), {"left_result", "left_baseline"},
         f"In the lab, with eight people, only {lab} of 100 searches were left without a tap."),
        ("no_covers", "yuki", "readers_per_100", float(covers), {"cost"}, set(),
         f"To answer in time we took the covers off the results; {covers} of 100 readers had chosen by cover."),
    ]  # fmt: skip
    decided = start + dt.timedelta(days=77)
    facts = by_id(
        *(
            Fact(
                id,
                sentence,
                value=value,
                unit=unit[of],
                held_by=who,
                supports=frozenset(yes),
                contradicts=frozenset(no),
            )
            for id, who, of, value, yes, no, sentence in told
        ),
        Fact(
            "who_decided",
            f"I decided it, on {full_day(decided)}: the small model, without covers. It stands in the decision record.",
            held_by="adaeze",
            supports=frozenset({"decision"}),
        ),
        Fact(
            "what_is_next",
            "The big model is tried again when it answers within 300 ms; Bram looks at it each quarter.",
            held_by="adaeze",
            supports=frozenset({"decision"}),
        ),
    )
    measured = {
        "orders_before": Measured("orders", "baseline", before_end, WINDOW),
        "orders_after": Measured("orders", "result", after_end, WINDOW),
        "orders_forecast": Measured("orders", "forecast", start + dt.timedelta(days=49), 0),
        "orders_fair_week": Measured("orders", "lucky_week", lucky_end, 7),
        "left_before": Measured("left", "baseline", before_end, WINDOW),
        "left_after": Measured("left", "result", after_end, WINDOW),
        "left_in_the_lab": Measured("left", "small_sample", start + dt.timedelta(days=48), 1),
    }
    return facts, measured, {id: of for id, _, of, *_ in told}


def _pairs(seed: int) -> Mapping[str, Pair]:
    """One contrast of each kind of flaw, with the stronger answer on a side of its own."""
    rng = random("interview_basics", seed, "pairs")
    pairs: dict[str, Pair] = {}
    for flaw in FLAWS:
        choices = contrasts_of(flaw)
        contrast = choices[int(rng.integers(len(choices)))]
        stronger: Literal["a", "b"] = "a" if rng.random() < 0.5 else "b"
        weak_side = "b" if stronger == "a" else "a"
        spans = tuple(f"{contrast.id}_{weak_side}{position}" for position in contrast.deciding)
        pairs[contrast.id] = Pair(contrast, stronger, spans)
    return pairs


def _spans(pairs: Mapping[str, Pair]) -> list[Entry]:
    spans = []
    for number, (id, pair) in enumerate(pairs.items(), start=1):
        for side in ("a", "b"):
            sentences = pair.contrast.stronger if side == pair.stronger else pair.contrast.weaker
            spans += [
                Entry(f"{id}_{side}{position}", sentence, f"Pair {number}, answer {side.upper()}, sentence {position}")
                for position, sentence in enumerate(sentences, start=1)
            ]
    return spans


def _author(id: str) -> str:
    return "you" if id == "you" else _people()[id].label
