"""Two hundred futures of the half-year: the same luck for the plan that was written, for keeping v7, for everything at
once."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.daci import Daci
from curriculum.artifacts.rfc import Rfc
from curriculum.artifacts.rollout import Rollout
from curriculum.artifacts.trade_off import TradeOff
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns, random
from curriculum.cases.retraining_decision.calendar import SALE, build_starts
from curriculum.cases.retraining_decision.draw import AT_ONCE, FEATURES, KEEP, REFRESH
from curriculum.cases.retraining_decision.entries import FITS, PRECOMPUTED
from curriculum.cases.retraining_decision.money import MONTHS, RATE, WEEKS
from curriculum.consequences.late import Late, came_out_late
from curriculum.consequences.outcome import SURE, Better, Change, Comparison, Goal, Outcome, Result
from curriculum.consequences.retraining_figure import Futures, drawing
from curriculum.consequences.retraining_releases import CAP, FAULTS, GOOD, Fate, day_of_contribution, fates
from curriculum.roleplay.engine import State

COUNT = 200
GAIN_OFF = 0.15
"""Standard deviation of the gain, relative to what was measured offline. Assumed."""
OVERRUN = (0.9, 1.2)
"""How the hours come out beside what was planned from the past. Assumed."""
MENDED = 2 / WEEKS
"""Part of the half-year that is lost while what failed is mended. Assumed."""
AFTER_SALE = 11 / WEEKS
"""Part of the half-year that is lost where the freeze comes first."""
MOVES = (2.0, 26.0)
"""Percent by which a new score may move what is read of it. Assumed: a new model has a scale of its own."""
MOST_NIGHTS = 20
"""Of 200 futures, those in which a night may go wrong."""
CLOSE, CLOSE_EUR = 0.12, 20_000.0
"""What a plan may be worth less than the best known and still count as as good: the futures scatter by more."""


@dataclass(frozen=True)
class Luck:
    """What is drawn once and meets every plan alike."""

    slope: np.ndarray
    gain: np.ndarray
    """Relative to what was measured."""
    hours: np.ndarray
    """Relative to what was planned."""
    fails: np.ndarray
    """0 to 1: a release fails where this lies below its share of failures."""
    fault: np.ndarray
    """Which kind of fault, if it fails."""
    draw: np.ndarray
    """Which draw of that kind, or of the good ones."""
    moved: np.ndarray
    """Percent by which a good new score moves what the job of the night reads."""


@dataclass(frozen=True)
class Ran:
    """What a plan brings in each future."""

    money: np.ndarray
    """€."""
    wrong: np.ndarray
    """Whether a night went wrong."""


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The half-year in 200 futures; None while there is no proposal, or no rollout of it."""
    rfc, rollout = artifacts.get("rfc"), artifacts.get("rollout")
    if not isinstance(rfc, Rfc) or not isinstance(rollout, Rollout):
        return None
    if rfc.option not in case.registry.entries("options") or not rollout.stages:
        return None
    trade_off, daci = artifacts.get("trade_off"), artifacts.get("daci")
    limit = trade_off.limit if isinstance(trade_off, TradeOff) else ""
    approver = daci.approver if isinstance(daci, Daci) else ""
    return _outcome(case, rfc.option, rollout, limit, approver, conversation)


def drawn_luck(case: Case) -> Luck:
    """The luck of this world's futures."""
    rng, slope = random(case.slug, case.seed, "futures"), case.truth.slope
    return Luck(
        slope=rng.normal(slope.base, (slope.high - slope.base) / SURE, COUNT),
        gain=np.clip(rng.normal(1.0, GAIN_OFF, COUNT), 0.3, 1.7),
        hours=rng.uniform(*OVERRUN, COUNT),
        fails=rng.uniform(0, 1, COUNT),
        fault=rng.integers(0, len(FAULTS), COUNT),
        draw=rng.integers(0, 1000, COUNT),
        moved=rng.uniform(*MOVES, COUNT),
    )


def run_plan(case: Case, luck: Luck, option: str, found: Mapping[str, Fate], *, told: bool, late: bool,
             gives_up: bool) -> Ran:  # fmt: skip
    """What a plan brings in each future: `told` whether the job of the night is prepared or watched, `late` whether the
    freeze comes first, `gives_up` whether the page breaks the limit of the evening, so that the release goes back and
    comes after the sale, computed before."""
    truth = case.truth
    one = truth.inputs[FEATURES if option == AT_ONCE else option]
    a_day = day_of_contribution(case.seed)
    failed = luck.fails < one.fails / 100
    money, wrong = np.zeros(COUNT), np.zeros(COUNT, bool)
    for future in range(COUNT):
        if option == KEEP:
            money[future] = one.kit
            continue
        put_off = late or gives_up
        kit, kept = 0.0 if put_off else one.kit, 1.0 - (AFTER_SALE if put_off else 0.0)
        cost = luck.hours[future] * one.hours_work * RATE + MONTHS * one.run
        runs = found[FAULTS[luck.fault[future]] if failed[future] else GOOD].runs
        run = runs[int(luck.draw[future]) % len(runs)]
        if failed[future]:
            cost += run.harm * a_day
            wrong[future] = run.went_through or run.harm > CAP
            kept -= MENDED
        elif not run.went_through:
            kept, kit = kept - 3 * MENDED, 0.5 * kit
        if not told and luck.moved[future] > truth.shape.moves:
            cost += truth.shape.job_loss
            wrong[future] = True
        wrong[future] |= gives_up
        brings = one.one_percent * one.covered / 100 * one.gain * luck.gain[future] * luck.slope[future]
        money[future] = brings * kept - cost + kit
    return Ran(money, wrong)


def _outcome(
    case: Case, option: str, rollout: Rollout, limit: str, approver: str, conversation: State | None
) -> Outcome:
    truth, luck = case.truth, drawn_luck(case)
    found = fates(case.seed, rollout)
    days = sum(stage.days or 0.0 for stage in rollout.stages)
    told = (rollout.readers_told or 0.0) >= truth.shape.notice
    late = days > truth.shape.days_free
    breaks = bool(truth.shape.limit_breaks)
    none = fates(case.seed, Rollout())
    if option == AT_ONCE:
        found = none
    gives_up = option in (FEATURES, AT_ONCE) and breaks and limit != PRECOMPUTED
    mine = run_plan(case, luck, option, found, told=told, late=late, gives_up=gives_up)
    keep = run_plan(case, luck, KEEP, found, told=True, late=False, gives_up=False)
    once = run_plan(case, luck, AT_ONCE, none, told=False, late=False, gives_up=breaks)
    best = run_plan(case, luck, truth.best, found, told=True, late=False, gives_up=False)
    until = SALE + dt.timedelta(weeks=16)
    late_facts = _late(case, option, rollout, limit, approver, conversation, until)
    compared = _compared(mine, once)
    median, middle_best = float(np.median(mine.money)), float(np.median(best.money))
    bad = [run for kind in FAULTS for run in found[kind].runs]
    results = {
        "money_median": Result(float(round(median, -2)), "€ in the middle of 200 futures", Better.MORE),
        "money_tenth": Result(float(round(float(np.percentile(mine.money, 10)), -2)),
                              "€ or less in twenty of 200 futures", Better.MORE),
        "nights_wrong": Result(float(mine.wrong.sum()), "of 200 futures with a night that went wrong", Better.LESS),
        "better_than_keep": Result(float((mine.money > keep.money + 1).sum()), "of 200 futures better than keeping v7"),
        "good_stopped": Result(float(sum(not run.went_through for run in found[GOOD].runs)),
                               "of twelve good releases that a gate would have stopped", Better.LESS),
        "bad_through": Result(float(sum(run.went_through or run.harm > CAP for run in bad)),
                              "of 42 bad releases that would have cost too much", Better.LESS),
        "never_asked": Result(float(len(late_facts)), "things that came out late since nobody asked", Better.LESS),
    }  # fmt: skip
    nights = f"{mine.wrong.sum():.0f} of {COUNT}"
    goals = (
        Goal("A night goes wrong in at most one of ten futures", int(mine.wrong.sum()) <= MOST_NIGHTS),
        Goal("It is worth about as much as the best that is known here",
             median >= middle_best - max(CLOSE_EUR, CLOSE * abs(middle_best))),
        Goal("Those who read the score heard of it in time", told or option == KEEP),
        Goal("It was out before the freeze", not late),
        Goal("It was decided by the one who may", approver in ("", truth.approver(option))),
    )  # fmt: skip
    return Outcome(
        headline=f"{_gain(median)} in the middle of {COUNT} futures, and a night goes wrong in {nights}; "
        f"{compared.says}",
        sentences=tuple(_sentences(case, option, mine, keep, results, told=told, late=late, gives_up=gives_up)),
        table=_table(mine, keep, once),
        results=results,
        goals=goals,
        alt=(
            f"Two charts. Above, how the money of {COUNT} futures spreads: as planned from "
            f"{_euros(np.percentile(mine.money, 5))} to {_euros(np.percentile(mine.money, 95))} in nine of ten, with "
            f"everything at once from {_euros(np.percentile(once.money, 5))} to "
            f"{_euros(np.percentile(once.money, 95))}, keeping v7 {_euros(float(keep.money[0]))}. Below, in how many "
            f"of them a night goes wrong: as planned {mine.wrong.sum():.0f}, keeping v7 {keep.wrong.sum():.0f}, "
            f"everything at once {once.wrong.sum():.0f}."
        ),
        draw=drawing(
            Futures("as planned", mine.money, int(mine.wrong.sum())),
            Futures("keeping v7", keep.money, int(keep.wrong.sum())),
            Futures("everything at once", once.money, int(once.wrong.sum())),
        ),
        compared=(compared,),
        late=late_facts,
        until=until,
    )


def _compared(mine: Ran, once: Ran) -> Comparison:
    """The plan beside everything at once: the difference of the means with its interval, as if their luck had been
    drawn apart, which is the more careful way."""
    change = float(mine.money.mean() - once.money.mean())
    error = math.sqrt((mine.money.var(ddof=1) + once.money.var(ddof=1)) / COUNT)
    control = tuple(float(value) for value in once.money)
    found = Comparison("money of a future, beside everything at once, in €", "", Change.UNCLEAR, change,
                       change - SURE * error, change + SURE * error, control)  # fmt: skip
    words = {
        Change.MORE: f"on average that is {_euros(abs(change))} more than everything at once",
        Change.LESS: f"on average that is {_euros(abs(change))} less than everything at once",
        Change.UNCLEAR: "whether everything at once would have brought more, nobody can tell",
    }
    return replace(found, says=words[found.shows], claims=found.shows)


def _table(mine: Ran, keep: Ran, once: Ran) -> Mapping[str, np.ndarray]:
    """The futures in order, as those in which 5, 10 … 95 of 100 bring less."""
    parts = np.arange(5, 100, 5)
    return frozen_columns(
        of_100_less=parts,
        **{name: np.round(np.percentile(ran.money, parts), -2)
           for name, ran in (("as_planned", mine), ("keep", keep), ("at_once", once))},
    )  # fmt: skip


def _euros(value: float) -> str:
    return f"{round(float(value), -3):,.0f} €".replace("-", "−")


def _gain(value: float) -> str:
    return _euros(value) if value >= 0 else f"A loss of {_euros(-value)}"


def _sentences(case: Case, option: str, mine: Ran, keep: Ran, results: Mapping[str, Result], *, told: bool, late: bool,
               gives_up: bool) -> list[str]:  # fmt: skip
    truth = case.truth
    begins = build_starts(truth.shape.builds_in)
    said = [
        f"Building began on {begins:%-d %B}. In {(mine.money > keep.money + 1).sum():.0f} of {COUNT} futures it is "
        "better than keeping v7."
        if option != KEEP
        else "Nothing of the score was released before the sale, and nobody was called at night because of it."
    ]
    if gives_up:
        said.append(
            f"In the evening the page gave up above {truth.shape.limit} milliseconds; the features went back, and "
            "came after the sale."
        )
    if late:
        said.append("The freeze came before the last stage was over, so that it had to wait until after the sale.")
    if not told and option != KEEP:
        said.append(
            f"The job of the night met new scores unprepared: one wrong night is {_euros(truth.shape.job_loss)}."
        )
    if results["good_stopped"].value:
        said.append(f"Of twelve good releases, gates would have stopped {results['good_stopped'].value:.0f}.")
    if not truth.gives_kit(option):
        said.append(f"The kit page did not get what it reads: {_euros(truth.shape.kit)} did not come.")
    else:
        said.append("The kit page got what it reads.")
    if truth.shape.ages and option == KEEP:
        said.append(f"v7 went on falling, which is worth {_euros(truth.ageing)} over the half-year.")
    return said


def _late(
    case: Case, option: str, rollout: Rollout, limit: str, approver: str, conversation: State | None, until: dt.date
) -> tuple[Late, ...]:
    """What nobody had asked and the plan had not dealt with anyway."""
    truth = case.truth
    shape = truth.shape
    watched = {gate.signal: gate.limit for gate in rollout.gates if gate.limit is not None}
    dealt_with = {
        "evening_p95": option in (KEEP, REFRESH) or limit == PRECOMPUTED or (limit == FITS and not shape.limit_breaks),
        "raw_threshold": watched.get(shape.reader, math.inf) <= shape.moves,
        "ten_days": (rollout.readers_told or 0.0) >= shape.notice,
        "kit_reads": truth.gives_kit(option),
        "his_limit": approver == truth.approver(option),
        "covered_only": option != FEATURES,
    }
    return came_out_late(case, conversation, until, {fact for fact, done in dealt_with.items() if done})
