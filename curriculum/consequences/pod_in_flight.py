"""The next quarter: what the champion catches, what the gates let through, how long people wait, who was exposed."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.champion import Champion
from curriculum.artifacts.pipeline import Pipeline
from curriculum.artifacts.retrospective import Retrospective
from curriculum.cases import Case
from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.pod_in_flight.builds import DASHBOARD, TRAINING_DATA
from curriculum.cases.pod_in_flight.candidates import CAUGHT_BEFORE
from curriculum.cases.pod_in_flight.draw import CANDIDATES, CAUSES, OLD, SLUG, TODAY, WEEKS
from curriculum.cases.pod_in_flight.entries import JOINT, OWN, RUNS, SLICES
from curriculum.cases.pod_in_flight.log import FEWEST
from curriculum.consequences.flight_figure import Quarter, drawing
from curriculum.consequences.flight_nights import Nights, unseen
from curriculum.consequences.late import Late, came_out_late
from curriculum.consequences.outcome import (
    SURE,
    Better,
    Change,
    Comparison,
    Goal,
    Outcome,
    Result,
    rates_compared,
    signed,
)
from curriculum.roleplay.engine import State

NIGHTS = 7 * WEEKS
TAKEN_BACK = 4
"""Releases that are taken back in a quarter besides the bad ones that went out. Assumed."""
HALF_BACK = 60
"""Minutes for which half of a release runs until somebody has found what was left. Assumed."""


@dataclass(frozen=True)
class Payments:
    """Frauds of each week, with those that the live model and the old one caught of them."""

    frauds: tuple[int, ...]
    caught: tuple[int, ...]
    before: tuple[int, ...]


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The quarter; None while no run is live, no gate has a limit or nothing is tried."""
    champion, pipeline, retro = (artifacts.get(name) for name in ("champion", "pipeline", "retrospective"))
    if not (isinstance(champion, Champion) and isinstance(pipeline, Pipeline) and isinstance(retro, Retrospective)):
        return None
    if champion.run not in (OLD, *CANDIDATES) or not pipeline.gates or not retro.experiments:
        return None
    return _outcome(case, champion, pipeline, retro, conversation)


def payments(case: Case, run: str) -> Payments:
    """What thirteen weeks bring: the same frauds, scored by the live model and, unseen, by the old one."""
    rng, truth = random(SLUG, case.seed, "next quarter"), case.truth
    frauds = rng.poisson(truth.shape.frauds_week, WEEKS)
    old = CAUGHT_BEFORE[truth.shape.calls] / 100
    before = rng.binomial(frauds, old)
    gain = truth.lives_on(run) / 100 if run != OLD else 0.0
    # Of the same frauds, what the new one catches more, or no longer.
    moved = rng.binomial(frauds - before, max(0.0, gain) / (1 - old)) - rng.binomial(before, max(0.0, -gain) / old)
    return Payments(tuple(frauds.tolist()), tuple((before + moved).tolist()), tuple(before.tolist()))


def lead_days(case: Case, retro: Retrospective) -> tuple[np.ndarray, np.ndarray]:
    """Days from start to done by item, with what is tried and without; the same items."""
    truth = case.truth
    left = dict.fromkeys(CAUSES, 1.0)
    for one in retro.experiments:
        if truth.doer(one.change) if one.change in case.registry.entries("changes") else "":
            for cause, part in truth.treats(one.change).items():
                left[cause] = min(left[cause], part)
    usual = np.asarray(truth.waits["lead"])
    spared = sum((1 - part) * np.asarray(truth.waits[cause]) for cause, part in left.items())
    return np.asarray(usual - spared), usual


def exposed(case: Case, retro: Retrospective) -> int:
    """People of whom somebody can work out what they wrote."""
    truth = case.truth
    ways = {group.function: group.way for group in retro.groups}
    known = case.registry.entries("functions")
    count = sum(n for name, way in ways.items() if name in known and way == OWN and (n := truth.answers(name)) < FEWEST)
    for way in (JOINT, "withheld"):
        names = [name for name, other in ways.items() if other == way and name in known]
        if names and truth.answers(*names) < FEWEST:
            count += truth.answers(*names)
    return int(count)


def _outcome(case: Case, champion: Champion, pipeline: Pipeline, retro: Retrospective,
             conversation: State | None) -> Outcome:  # fmt: skip
    truth, run = case.truth, champion.run
    nights, paid = unseen(case.seed, pipeline), payments(case, run)
    through = NIGHTS * nights.bad * (1 - nights.bad_stopped / 100) / (nights.bad + nights.good)
    held_up = NIGHTS * nights.good * (1 - nights.good_through / 100) / (nights.bad + nights.good)
    missing = set(truth.shape.parts) - set(pipeline.rollback)
    half = HALF_BACK * (TAKEN_BACK + through) if missing or {TRAINING_DATA, DASHBOARD} & set(pipeline.rollback) else 0.0
    worst = min(0.0, *(truth.gain(run, name).change for name in truth.shape.protected)) if run != OLD else 0.0
    now, usual = lead_days(case, retro)
    people = exposed(case, retro)
    until = TODAY + dt.timedelta(days=7 * WEEKS - 1)
    late = _late(case, champion, pipeline, retro, conversation, until)
    week = (sum(paid.caught) - sum(paid.before)) / WEEKS
    results = {
        "caught_more": Result(round(week), "frauds a week caught beyond the old model", Better.MORE),
        "below_floor": Result(round(max(0.0, -worst - truth.shape.floor), 1), "of 100 frauds below a contract’s floor",
                              Better.LESS),
        "bad_live": Result(round(through), "bad builds that went live in a quarter", Better.LESS),
        "good_held_up": Result(round(held_up), "good builds that were held up in a quarter", Better.LESS),
        "half_back": Result(round(half), "minutes with half of a release", Better.LESS),
        "lead_p85": Result(round(float(np.percentile(now, 85)), 1), "days within which 85 of 100 items are done",
                           Better.LESS),
        "exposed": Result(float(people), "people of whom one knows what they wrote", Better.LESS),
        "never_asked": Result(float(len(late)), "things that came out late since nobody asked", Better.LESS),
    }  # fmt: skip
    spared = truth.spared([one.change for one in retro.experiments])
    goals = (
        Goal("The live model caught no fewer frauds than the old one", week >= 0),
        Goal("No contract was broken", worst >= -truth.shape.floor),
        Goal("Nearly every bad build was stopped", nights.bad_stopped >= 95),
        Goal("Good builds went out", nights.good_through >= 90),
        Goal("What was taken back came back whole", not half),
        Goal("People waited less", spared >= 0.75 * truth.most_spared),
        Goal("Nobody could work out what a few people had written", not people),
    )
    compared = tuple(one for one in (_caught(paid, run), _waited(now, usual)) if one.change)
    quarter = Quarter(paid.caught, paid.before, nights, tuple(now.tolist()), tuple(usual.tolist()))
    return Outcome(
        headline=_headline(case, run, through, compared),
        sentences=tuple(_sentences(case, champion, nights, results, missing, bool(half), people, worst)),
        table=_table(paid),
        results=results,
        goals=goals,
        alt=_alt(case, run, quarter, results),
        draw=drawing(quarter),
        compared=compared,
        late=late,
        until=until,
    )


def _headline(case: Case, run: str, through: float, compared: tuple[Comparison, ...]) -> str:
    name = "The old model stays" if run == OLD else f"“{case.registry.label('runs', run)}” is live"
    said = f"{name}; {round(through)} bad builds of a quarter went out"
    return "; ".join([said, *(one.says for one in compared)])


def _caught(paid: Payments, run: str) -> Comparison:
    """Caught by the live model beside the old one on the same frauds, in percent."""
    found = rates_compared("frauds caught, beside the old model on the same frauds, in percent",
                           (paid.caught, paid.frauds), (paid.before, paid.frauds))  # fmt: skip
    if run == OLD:
        return replace(found, change=0.0)
    words = {
        Change.MORE: f"it caught {found.change:.0f} percent more than the old one would have",
        Change.LESS: f"it caught {-found.change:.0f} percent fewer than the old one would have",
        Change.UNCLEAR: "whether it caught another number than the old one would have, nobody can tell",
    }
    return replace(found, says=words[found.shows], claims=found.shows)


def _waited(now: np.ndarray, usual: np.ndarray) -> Comparison:
    """Days from start to done with what was tried, beside the same items without it."""
    moved = now - usual
    change, error = float(moved.mean()), float(moved.std(ddof=1)) / math.sqrt(len(moved))
    found = Comparison("days from start to done, beside the same items without", "", Change.UNCLEAR, change,
                       change - SURE * error, change + SURE * error, tuple(usual.tolist()))  # fmt: skip
    words = {
        Change.LESS: f"an item took {-change:.1f} days less",
        Change.MORE: f"an item took {change:.1f} days more",
        Change.UNCLEAR: "whether items took another time, nobody can tell",
    }
    return replace(found, says=words[found.shows], claims=found.shows)


def _table(paid: Payments) -> Columns:
    """One row a week."""
    return frozen_columns(week=np.arange(1, WEEKS + 1), frauds=np.array(paid.frauds), caught=np.array(paid.caught),
                          old_model_would_have=np.array(paid.before))  # fmt: skip


def _sentences(case: Case, champion: Champion, nights: Nights, results: Mapping[str, Result], missing: set[str],
               half: bool, people: int, worst: float) -> list[str]:  # fmt: skip
    truth, run = case.truth, champion.run
    said = []
    if run == OLD:
        said.append("The old model stays, and nobody had to take anything back." if not truth.shape.winner else
                    f"The old model stays, although “{RUNS[truth.shape.winner].label}” would have caught about "
                    f"{truth.frauds_more(truth.shape.winner):.0f} frauds a week beside it.")  # fmt: skip
    else:
        promised = champion.frauds_more
        tail = f" {promised:,.0f} had been written down." if promised is not None else ""
        said.append(
            f"Against the old model on the same frauds: {signed(results['caught_more'].value, 0)} a week.{tail}"
        )
        flaw = truth.shape.flaws.get(run)
        if flaw:
            said.append(f"What came out in week {3 + case.seed % 4}: it "
                        f"{_lower(case.registry.label('reasons', flaw))}.")  # fmt: skip
        if watched := truth.watched(run):
            labels = " and ".join(SLICES[name].label.lower() for name in watched)
            said.append(
                f"It catches less in {labels}, where no contract says anything, and "
                f"{'this was said beforehand' if set(watched) <= set(champion.watched) else 'nobody had said so'}."
            )
    if worst < -truth.shape.floor:
        said.append("A contract’s floor is broken: the customer counts, and has a lawyer.")
    said.append(f"On nights that nobody had seen, {nights.bad_stopped:.0f} of 100 bad builds were stopped and "
                f"{nights.good_through:.0f} of 100 good ones went out.")  # fmt: skip
    if half:
        said.append("Rollbacks left something behind: the old model ran on what the new one had left." if missing else
                    "Rollbacks put back what was not needed, and took hours.")  # fmt: skip
    said.append(f"85 of 100 items are done within {results['lead_p85'].value:g} days.")
    if people:
        said.append(f"Of {people} people, everybody could work out what they had written. Next time they write what is "
                    "expected.")  # fmt: skip
    return said


def _lower(reason: str) -> str:
    """A reason as the end of “it …”."""
    words = reason[0].lower() + reason[1:]
    return words if words.split()[0] in ("falls", "gains", "reads", "does") else f"is {words}"


def _alt(case: Case, run: str, quarter: Quarter, results: Mapping[str, Result]) -> str:
    name = "the old model, which stays" if run == OLD else f"“{case.registry.label('runs', run)}”"
    return (
        f"Three charts. Above, frauds caught by week: {name} caught {sum(quarter.caught):,} in thirteen weeks, the old "
        f"model alone would have caught {sum(quarter.before):,}. In the middle, of 100 builds on unseen nights: "
        f"{quarter.nights.bad_stopped:.0f} of the bad ones stopped, {quarter.nights.good_through:.0f} of the good ones "
        f"out. Below, how long items take: {np.mean(quarter.now):.1f} days on average with what is tried, "
        f"{np.mean(quarter.usual):.1f} without; 85 of 100 are done within {results['lead_p85'].value:g} days."
    )


def _late(case: Case, champion: Champion, pipeline: Pipeline, retro: Retrospective, conversation: State | None,
          until: dt.date) -> tuple[Late, ...]:  # fmt: skip
    """What nobody had asked and the pages had not dealt with anyway."""
    truth, run = case.truth, champion.run
    dealt_with = {
        "load_factor": run == OLD,
        "serving_features": run == OLD,
        "rollback_left": set(truth.shape.parts) <= set(pipeline.rollback),
        "asked_late": (pipeline.ask_before or 0) >= truth.ask_before,
        "labels_late": (pipeline.days or 0) > truth.shape.late,
        "not_written": not exposed(case, retro),
    }
    return came_out_late(case, conversation, until, {fact for fact, done in dealt_with.items() if done})
