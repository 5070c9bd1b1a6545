"""The half-year after the plan: test, launch and next step as they were written, week by week, in the true world."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.decision import Decision
from curriculum.artifacts.experiment_plan import ExperimentPlan
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns, random
from curriculum.cases.latency_or_accuracy.choosing import OPTIMISE, SERVED, Served, true_value, within_limit
from curriculum.cases.latency_or_accuracy.draw import DESKTOP, PAGE_FACTOR, PHONE, SEGMENTS, SLUG, Draw
from curriculum.cases.latency_or_accuracy.entries import COMPLEX, RULES, SLOWED
from curriculum.cases.latency_or_accuracy.experiment import RULES_LOSE, Design
from curriculum.cases.latency_or_accuracy.facts import TODAY
from curriculum.cases.latency_or_accuracy.redraws import Lives, lives
from curriculum.consequences.late import Late, came_out_late
from curriculum.consequences.latency_figure import HalfYear, drawing
from curriculum.consequences.outcome import Better, Change, Comparison, Goal, Outcome, Result, rates_compared
from curriculum.consequences.planned_test import NoTest, design_of
from curriculum.roleplay.engine import State

HALF_YEAR = 26
"""Weeks from today that are run."""
HOLD_BACK = 0.1
"""Share of visitors who go on seeing light after the launch, so that the half-year has a control."""
AS_WELL = 0.1
"""% of all orders by which a launch may fall short of the best one and still be decided well."""
HURT = 0.5
"""% of orders on a device whose loss is called harm; less is within what no test of these weeks can see."""


@dataclass(frozen=True)
class Run:
    """One plan and decision in the half-year."""

    design: Design
    served: Served
    rules: Served
    """Devices that got best-sellers by rule."""
    tested: int
    """Weeks of the test."""
    fast: int
    """The week from which the model is fast; 0 where it stays as it is."""

    def after(self, draw: Draw, week: int) -> tuple[Served, float]:
        """The devices that have the complex model in a week after the test, and its delay in ms."""
        if self.fast and week >= self.fast:
            gained = tuple(name for name in SEGMENTS if draw.net(name, draw.fast_ms) > draw.break_even)
            return gained, float(draw.fast_ms)
        return self.served, draw.delay(draw.load(self.served))


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The half-year as it goes with this plan and decision; None while there is no test or no decision."""
    plan, decision = artifacts.get("experiment_plan"), artifacts.get("decision")
    if not isinstance(plan, ExperimentPlan) or not isinstance(decision, Decision):
        return None
    if not decision.phone or not decision.desktop:
        return None
    try:
        design = design_of(plan)
    except NoTest:
        return None
    draw: Draw = case.truth.draw
    can_be = design.weeks + draw.fast_weeks
    step = decision.next_step == OPTIMISE and decision.next_owner == "osei"
    fast = max(math.ceil(decision.next_week or can_be), can_be) + 1 if step else 0
    run = Run(
        design=design,
        served=decision.served,
        rules=tuple(name for name in SEGMENTS if getattr(decision, name) == RULES),
        tested=design.weeks,
        fast=fast if fast <= HALF_YEAR else 0,
    )
    return _outcome(case, draw, plan, decision, run, conversation)


def _percent(draw: Draw, run: Run, week: int) -> dict[str, float]:
    """By device: the effect on orders in a week, in %."""
    if week <= run.tested:
        return _in_test(draw, run.design)
    served, ms = run.after(draw, week)
    return {
        name: draw.net(name, ms) if name in served else -RULES_LOSE if name in run.rules else 0.0 for name in SEGMENTS
    }


def _in_test(draw: Draw, design: Design) -> dict[str, float]:
    """By device: the effect of the test itself on all orders, in %."""
    found = dict.fromkeys(SEGMENTS, 0.0)
    for arm in design.arms:
        ms = design.delay(arm, draw)
        for name in SEGMENTS:
            gain = draw.model[name] if arm.variant == COMPLEX else -RULES_LOSE if arm.variant == RULES else 0.0
            found[name] += arm.share * (gain - draw.loss(name, ms))
    return found


def _margin(draw: Draw, percent: Mapping[str, float], served: Served, week: int) -> float:
    """Thousand euros in a week, against light everywhere, after machines."""
    orders = draw.orders_a_week * draw.week_factor[(week - 1) % len(draw.week_factor)]
    gained = sum(draw.order_share[name] * percent[name] for name in SEGMENTS)
    machines = sum(draw.order_share[name] * draw.break_even for name in served)
    return orders * draw.margin * (gained - machines) / 100 / 1000


def _weekly(draw: Draw, run: Run) -> HalfYear:
    weeks = np.arange(1, HALF_YEAR + 1)
    margin, everybody, p95 = [], [], []
    all_of_it = SERVED[-1]
    at_all = {name: draw.net(name, draw.delay(1.0)) for name in SEGMENTS}
    for week in weeks:
        percent = _percent(draw, run, int(week))
        if week <= run.tested:
            share = run.design.complex_share
            machines = share * draw.break_even * draw.orders_a_week * draw.margin / 100 / 1000
            here = _margin(draw, percent, (), int(week)) - machines
            margin.append(here)
            everybody.append(here)
            p95.append(draw.p95(share))
            continue
        served, ms = run.after(draw, int(week))
        margin.append(_margin(draw, percent, served, int(week)))
        everybody.append(_margin(draw, at_all, all_of_it, int(week)))
        p95.append(draw.light_p95 + (PAGE_FACTOR * ms if served else 0.0))
    return HalfYear(
        weeks, np.array(margin), np.array(everybody), np.array(p95), float(draw.page_limit), run.tested, run.fast
    )


def _outcome(
    case: Case, draw: Draw, plan: ExperimentPlan, decision: Decision, run: Run, conversation: State | None
) -> Outcome:
    weekly = _weekly(draw, run)
    until = TODAY + dt.timedelta(weeks=HALF_YEAR)
    after = {name: _percent(draw, run, run.tested + 1)[name] for name in SEGMENTS}
    worst = min(SEGMENTS, key=lambda name: after[name])
    slowed = sum(arm.share for arm in run.design.arms if arm.variant == SLOWED or arm.delay > 0)
    allowed = draw.consent / 100 if conversation is not None and conversation.knows("consent") else 0.0
    cost = _slowed_orders(draw, run.design)
    late = _late(case, run, plan, conversation, until)
    said = _compared(case, draw, run)
    again = _lived(case, draw, plan, run)
    results = {
        "margin_k": Result(round(float(weekly.margin.sum()), 0), "thousand euros in the half-year", Better.MORE),
        "p95_ms": Result(round(float(weekly.p95[run.tested :].max()), 0), "ms of p95 in the busiest hour", Better.LESS),
        "hurt_percent": Result(
            round(max(0.0, -after[worst]), 2), "% of orders lost on the device that loses most", Better.LESS
        ),
        "unasked_percent": Result(
            round(100 * max(0.0, slowed - allowed), 1), "% of visitors slowed without consent", Better.LESS
        ),
        "slowed_orders": Result(round(cost, 0), "orders that slow arms cost", Better.LESS),
        "phone_percent": Result(round(after[PHONE], 1), "% more orders on phones after the launch"),
        "desktop_percent": Result(round(after[DESKTOP], 1), "% more orders on desktop after the launch"),
        "fast_week": Result(float(run.fast), "week in which the complex model was fast, 0 if it was not"),
        "never_asked": Result(float(len(late)), "things that came out late since nobody asked", Better.LESS),
    }
    if again is not None:
        results["right_lives"] = Result(
            round(100 * float((again.regret <= AS_WELL).mean()), 0),
            "% of lives in which this plan decides well",
            Better.MORE,
        )
        results["regret"] = Result(round(again.mean, 2), "% of orders that luck costs this plan", Better.LESS)
    where = " and ".join({PHONE: "phones", DESKTOP: "desktop"}[name] for name in run.served)
    headline = (
        f"The complex model is on {where}, and the page takes {results['p95_ms'].value:.0f} ms; {said.says}"
        if said is not None
        else _light_stays(draw, run)
    )
    return Outcome(
        headline=headline,
        sentences=tuple(_sentences(draw, run, weekly, results, again, cost)),
        table=frozen_columns(
            week=weekly.weeks,
            margin_k=np.round(weekly.margin, 1),
            everybody_k=np.round(weekly.everybody, 1),
            p95_ms=np.round(weekly.p95, 0),
        ),
        results=results,
        goals=_goals(draw, run, weekly, after, slowed <= allowed + 1e-6),
        alt=(
            f"Two charts over {HALF_YEAR} weeks. Above, the sum of the margin in thousand euros beside light for "
            f"everybody, which is zero: it ends at {weekly.margin.sum():.0f}; with complex for everybody it would end "
            f"at {weekly.everybody.sum():.0f}. Below, the page's p95 in the busiest hour, "
            f"{results['p95_ms'].value:.0f} ms at most after the test, and its limit of {draw.page_limit} ms."
        ),
        draw=drawing(weekly),
        compared=(said,) if said is not None else (),
        late=late,
        until=until,
    )


def _light_stays(draw: Draw, run: Run) -> str:
    if run.fast:
        return f"Light stays until week {run.fast}, when the complex model adds only {draw.fast_ms} ms"
    return f"Light stays, and the page takes {draw.light_p95} ms in its busiest hour"


def _slowed_orders(draw: Draw, design: Design) -> float:
    """Orders that the arms which are slow on purpose cost over the test."""
    lost = 0.0
    for arm in design.arms:
        if arm.variant == SLOWED or arm.delay > 0:
            mean = sum(draw.order_share[name] * draw.loss(name, arm.delay) for name in SEGMENTS)
            lost += arm.share * mean / 100 * draw.orders_a_week * design.weeks
    return lost


def _lived(case: Case, draw: Draw, plan: ExperimentPlan, run: Run) -> Lives | None:
    """The plan lived many times, so that nobody is praised for luck; None where it has no light or complex arm."""
    try:
        return lives(
            case.seed, draw, run.design, plan.launch_above or 0.0, plan.bound, plan.worth or 0.0, plan.undecided,
            draw.fade_days and 7,
        )  # fmt: skip
    except ValueError:
        return None


def _compared(case: Case, draw: Draw, run: Run) -> Comparison | None:
    """Orders of visitors who got the complex model, beside a tenth who went on seeing light; None where light stays."""
    if not run.served:
        return None
    luck = random(SLUG, case.seed, "after")
    weeks = range(run.tested + 1, HALF_YEAR + 1)
    ours, theirs = ([], []), ([], [])  # type: tuple[list[float], list[float]], tuple[list[float], list[float]]
    for week in weeks:
        percent = _percent(draw, run, week)
        for place, share in ((ours, 1 - HOLD_BACK), (theirs, HOLD_BACK)):
            people = did = 0.0
            for name in run.served:
                mine = draw.visitors * share * (draw.phone_share if name == PHONE else 1 - draw.phone_share)
                rate = draw.rate[name] * (1 + (percent[name] / 100 if place is ours else 0.0))
                people += mine
                did += mine * rate + math.sqrt(mine * rate * (1 - rate)) * float(luck.standard_normal())
            place[0].append(did)
            place[1].append(people)
    where = " and ".join({PHONE: "phones", DESKTOP: "desktop"}[name] for name in run.served)
    found = rates_compared(
        f"orders for each visitor on {where}, beside a tenth who kept light, in percent", ours, theirs
    )
    words = {
        Change.MORE: f"there are {abs(found.change):.1f} % more orders there than with light",
        Change.LESS: f"there are {abs(found.change):.1f} % fewer orders there than with light",
        Change.UNCLEAR: "whether there are other orders than with light, nobody can tell",
    }
    return replace(found, says=words[found.shows], claims=found.shows)


def _goals(draw: Draw, run: Run, weekly: HalfYear, after: Mapping[str, float], allowed: bool) -> tuple[Goal, ...]:
    return (
        Goal("The page keeps its limit in the busiest hour", within_limit(draw, run.served)),
        Goal("On no device people order less", min(after.values()) > -HURT),
        Goal("Nobody is slowed on purpose without consent", allowed),
        Goal("The test is over when trading clears the shop", run.tested <= draw.freeze_week),
        Goal("What is launched pays its machines", not run.served or true_value(draw, run.served) > -0.2),
    )


def _sentences(
    draw: Draw, run: Run, weekly: HalfYear, results: Mapping[str, Result], again: Lives | None, cost: float
) -> list[str]:
    said = [
        f"After machines, the half-year brings {_thousands(weekly.margin.sum())} euros beside light for everybody. "
        f"With the complex model for everybody it would have been {_thousands(weekly.everybody.sum())} euros"
        + ("." if within_limit(draw, SERVED[-1]) else ", and the page would have broken its limit each evening.")
    ]
    if not within_limit(draw, run.served):
        said.append(
            f"In the busiest hour the page takes {results['p95_ms'].value:.0f} ms, and its limit is "
            f"{draw.page_limit}. Osei is called every evening."
        )
    if cost:
        said.append(f"The slowed arms cost about {cost:,.0f} orders in {run.tested} weeks, and then were gone.")
    if run.fast:
        gained, _ = run.after(draw, run.fast)
        where = " and ".join({PHONE: "phones", DESKTOP: "desktop"}[name] for name in gained) or "no device"
        said.append(f"From week {run.fast} on the complex model adds {draw.fast_ms} ms and serves {where}.")
    if again is not None:
        well = results["right_lives"].value
        undecided = 100 * float(again.undecided.mean())
        said.append(
            f"Lived {len(again.regret)} times with other luck, this plan decides well in {well:.0f} % of them; in "
            f"{undecided:.0f} % a device stays undecided."
        )
    return said


def _thousands(amount: float) -> str:
    sign = "−" if round(amount) < 0 else ""
    return f"{sign}{abs(round(amount)):,} thousand"


def _late(case: Case, run: Run, plan: ExperimentPlan, conversation: State | None, until: dt.date) -> tuple[Late, ...]:
    """What nobody had asked and the plan had not dealt with anyway."""
    draw: Draw = case.truth.draw
    dealt_with = {
        "fast_ms": run.fast > 0,
        "break_even": plan.worth is not None and abs(plan.worth - draw.break_even) <= 0.1 * draw.break_even,
        "full_load": not run.served,
        "where_block": plan.read_by == "device",
    }
    return came_out_late(case, conversation, until, {fact for fact, done in dealt_with.items() if done})
