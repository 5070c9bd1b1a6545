"""Four weeks after the war room: the plan runs day by day beside doing nothing and beside the best plan known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.sync_exit import SyncExit
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns
from curriculum.cases.fraud_false_positives import WAR_ROOM_MINUTES
from curriculum.cases.fraud_false_positives.causes import FIXERS, Claim
from curriculum.cases.fraud_false_positives.metrics import CONTESTED, DEFINITIONS
from curriculum.cases.fraud_false_positives.payments import CAUSES, MARKET, SCREEN, UPSTREAM
from curriculum.cases.fraud_false_positives.war_room import MITIGATIONS, customers_hurt
from curriculum.consequences.fraud_figure import drawing
from curriculum.consequences.fraud_weeks import (
    DAYS,
    HORIZON,
    Course,
    Days,
    best_and_nothing,
    model_recall,
    rule_of,
    run_days,
    volume_of,
)
from curriculum.consequences.late import came_out_late
from curriculum.consequences.outcome import (
    BestKnown,
    Better,
    Change,
    Comparison,
    Goal,
    Outcome,
    Result,
    counts_compared,
    signed,
)
from curriculum.roleplay.engine import State

SCREEN_LEFT = {"old_screen": 0.0, "yes_first": 0.03, "ask_twice": 0.15, "tiny_link": 0.3, "colours_only": 0.8,
               "longer_code": 1.0, "no_question": 2.2}  # fmt: skip
"""Share of the screen's harm that is left by each change. Assumed."""
RECALL_FLOOR = 50.0
"""Percent of fraud that must be stopped, as the brief says."""
USUAL_AGAIN = 0.2
"""Share of the harm that may be left in the fourth week of a plan that ends well. Assumed."""
BEST = "best plan known"
"""Everything undone on the first day, and the gentlest rule known that keeps the limits of the brief."""


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """Run the four weeks; needs an action plan, and uses exit criteria and war room where they are there."""
    plan, exit_ = artifacts.get("action_plan"), artifacts.get("sync_exit")
    if not isinstance(plan, ActionPlan):
        return None
    sync = exit_ if isinstance(exit_, SyncExit) else None
    yours = _course(case, plan, sync, conversation)
    run = run_days(case, yours)
    hurt = 0.0
    if conversation is not None:
        hurt = customers_hurt(case.truth.per_minute, conversation.done, WAR_ROOM_MINUTES - conversation.minutes)
    return _outcome(case, run, yours, _exit_week(case, sync, yours, run), hurt, sync, conversation)


def _course(case: Case, plan: ActionPlan, sync: SyncExit | None, conversation: State | None) -> Course:
    done = {action for action, _ in conversation.done} if conversation else set()
    left = {cause: min([1.0, *(1 - MITIGATIONS[a].removes.get(cause, 0.0) for a in done if a in MITIGATIONS)])
            for cause in CAUSES}  # fmt: skip
    today = case.truth.today
    fixed = dict.fromkeys(CAUSES, HORIZON)
    due_days = [0]
    for action in plan.actions:
        found = case.registry.entries("claims").get(action.against)
        branch = found.branch if isinstance(found, Claim) else ""
        if action.due is None:
            continue
        due = max(0, min(HORIZON, (action.due - today).days))
        due_days.append(due)
        if branch in FIXERS and branch != SCREEN and action.owner in FIXERS[branch]:
            fixed[branch] = min(fixed[branch], due)
    until = 0
    if plan.fallback.expires is not None:
        until = max(0, min(HORIZON, (plan.fallback.expires - today).days))
    if sync is not None and sync.fallback in ("permanent_by_decision", "may_stay_on"):
        until = HORIZON
    rule = rule_of(case, plan.fallback.rule)
    return Course(
        left_at_start=left,
        recall_at_start=model_recall(case)
        * (1 - max([0.0, *(MITIGATIONS[a].fraud_passed for a in done if a in MITIGATIONS)])),
        fixed_on=fixed,
        screen_steps=_screen_steps(case, plan),
        rule=rule,
        rule_until=until if rule else 0,
        closed_on=max(due_days),
        message=bool(plan.message.to_do and plan.message.who),
    )


def _screen_steps(case: Case, plan: ActionPlan) -> tuple[tuple[int, float], ...]:
    """When which share of the screen's harm is left: at once, or in three steps over the action's days."""
    after = SCREEN_LEFT.get(plan.screen.change)
    if after is None:
        return ()
    if plan.screen.approach != "staged":
        return ((1, after),)
    days = [(action.starts, action.due) for action in plan.actions if action.owner in FIXERS[SCREEN]]
    first, last = next(((a, b) for a, b in days if a and b and a <= b), (None, None))
    start = max(0, min(HORIZON, (first - case.truth.today).days)) if first else 2
    length = max(2, min(HORIZON, (last - first).days)) if first and last else 7
    return tuple((start + round(length * part), 1 + share * (after - 1)) for part, share in
                 ((0.0, 0.1), (0.5, 0.5), (1.0, 1.0)))  # fmt: skip


def _exit_week(case: Case, sync: SyncExit | None, course: Course, days: Days) -> int | None:
    """The week after the war room in which the learner's own criteria end the sync; None where they never do."""
    if sync is None or not sync.conditions:
        return None
    truth = case.truth
    needed = 1
    good = np.ones(HORIZON // 7, dtype=bool)
    for condition in sync.conditions:
        definition = DEFINITIONS.get(condition.definition)
        if definition is None or condition.threshold is None or not condition.baseline:
            return None
        before, now = truth.values[definition.id]
        weekly = _level(definition.metric, truth, days).reshape(-1, 7).mean(axis=1)
        value = np.full(len(weekly), now) if not definition.sound else before + (now - before) * weekly
        good &= value <= condition.threshold
        needed = max(needed, round(min(20.0, condition.in_a_row or 1)))
    run = 0
    for week in range(len(good)):
        fallback_on = bool(days.fallback[7 * week : 7 * week + 7].any())
        counts = not fallback_on or sync.fallback != "removed_before_counting"
        run = run + 1 if good[week] and counts else 0
        open_ = sync.actions == "all_closed_or_accepted" and course.closed_on >= 7 * (week + 1)
        if run >= needed and not open_:
            return week + 1
    return None


def _level(metric: str, truth: object, days: Days) -> np.ndarray:
    """How far a metric is from its usual level each day: 0 as before the launch, 1 as today."""
    excess = truth.excess_a_day  # type: ignore[attr-defined]
    usual = truth.usual_a_day  # type: ignore[attr-defined]
    everything = sum(excess.values())
    if metric == "ui_errors":
        return days.screen / excess[SCREEN]
    return np.maximum(0.0, days.wronged - usual) / everything if metric in CONTESTED else np.zeros(HORIZON)


def _outcome(
    case: Case, raw: Days, course: Course, week: int | None, hurt: float, sync: SyncExit | None,
    conversation: State | None,
) -> Outcome:  # fmt: skip
    truth, volume = case.truth, volume_of(case)
    best, nothing = best_and_nothing(case)
    runs = {"yours": raw.busy(volume), "nothing": nothing.busy(volume), "best": best.busy(volume)}
    results = _results(case, runs, course, week, hurt)
    compared = _compared(case, runs)
    headline = f"{compared[0].says}; {compared[1].says}"
    level = _level("false_positives", truth, raw)
    harm_left = float(level[DAYS - 7 : DAYS].mean())
    yours, end = runs["yours"], DAYS - 1
    last_day = truth.today + dt.timedelta(days=DAYS)
    shown = {name: run.first_weeks() for name, run in runs.items()}
    return Outcome(
        headline=headline,
        sentences=tuple(_sentences(case, course, results, week, hurt, sync)),
        table=frozen_columns(
            day=np.arange(1, DAYS + 1),
            wronged=np.round(yours.wronged[:DAYS]),
            wronged_doing_nothing=np.round(runs["nothing"].wronged[:DAYS]),
            wronged_best=np.round(runs["best"].wronged[:DAYS]),
            fraud_lost=np.round(yours.fraud[:DAYS]),
            alerts=np.round(yours.alerts[:DAYS]),
            tickets=np.round(yours.tickets[:DAYS]),
        ),
        results=results,
        goals=(
            Goal("Fewer good payments are stopped than if nothing were done", compared[0].shows is Change.LESS),
            Goal(f"At least {RECALL_FLOOR:g} in 100 euros of fraud are stopped", _keeps(results, _limits(case), 0)),
            Goal("The reviewers can take the alerts", _keeps(results, _limits(case), 1)),
            Goal("In the fourth week, the harm is down to a fifth or less", harm_left <= USUAL_AGAIN),
            Goal(f"By its own criteria, the weekly sync ends within {HORIZON // 7} weeks", week is not None),
        ),
        alt=(
            f"Four line charts over {DAYS} days, each with your plan, doing nothing and the {BEST}. Good payments "
            f"stopped a day: with nothing done {runs['nothing'].wronged[0]:,.0f} at first and "
            f"{runs['nothing'].wronged[end]:,.0f} at the end, with your plan {yours.wronged[0]:,.0f} and "
            f"{yours.wronged[end]:,.0f}; the {BEST} ends at {runs['best'].wronged[end]:,.0f}. Fraud lost a day under "
            f"your plan: from {yours.fraud[0]:,.0f} to {yours.fraud[end]:,.0f} euros. Alerts to review: "
            f"{results['alerts_a_day'].value:,.0f} a day while the rule is on, of {truth.capacity:,} possible. Tickets "
            f"a day: from {yours.tickets[0]:,.0f} to {yours.tickets[end]:,.0f}."
        ),
        draw=drawing(shown, BEST, course.rule_until if course.rule else 0, truth.capacity),
        compared=compared,
        best=BestKnown(BEST, "wronged", results["wronged_best"].value, _limits(case)),
        late=came_out_late(case, conversation, last_day),
        until=last_day,
    )


def _limits(case: Case) -> dict[str, float]:
    """What a plan must keep besides sparing good payments."""
    return {"fraud_stopped_percent": RECALL_FLOOR, "alerts_a_day": float(case.truth.capacity)}


def _keeps(results: Mapping[str, Result], limits: Mapping[str, float], number: int) -> bool:
    id = list(limits)[number]
    return results[id].keeps(limits[id])


def _results(
    case: Case, runs: Mapping[str, Days], course: Course, week: int | None, hurt: float
) -> Mapping[str, Result]:
    truth = case.truth
    total = {name: float(round(run.wronged[:DAYS].sum())) for name, run in runs.items()}
    fraud = {name: float(round(run.fraud[:DAYS].sum())) for name, run in runs.items()}
    tickets = {name: float(round(run.tickets[:DAYS].sum())) for name, run in runs.items()}
    tried = truth.frauds_a_day * truth.fraud_amount * volume_of(case)[:DAYS].sum()
    alerts = course.rule.alerts if course.rule and course.rule_until > 1 else 0.0
    return {
        "wronged": Result(total["yours"], "good payments stopped in four weeks", Better.LESS),
        "wronged_doing_nothing": Result(total["nothing"], "good payments stopped if nothing were done"),
        "wronged_best": Result(total["best"], f"good payments stopped with the {BEST}"),
        "spared": Result(total["nothing"] - total["yours"], "good payments spared in four weeks", Better.MORE),
        "fraud_lost": Result(fraud["yours"], "euros of fraud that pass in four weeks", Better.LESS),
        "fraud_lost_doing_nothing": Result(fraud["nothing"], "euros of fraud that pass with the model alone"),
        "fraud_stopped_percent": Result(
            round(100 * (1 - fraud["yours"] / tried), 1), "percent of fraud that is stopped", Better.MORE
        ),
        "alerts_a_day": Result(float(round(alerts)), "alerts a day while the fallback is on", Better.LESS),
        "tickets": Result(tickets["yours"], "tickets about stopped payments in four weeks", Better.LESS),
        "tickets_doing_nothing": Result(tickets["nothing"], "tickets about stopped payments if nothing were done"),
        "exit_week": Result(float(week or 0), "week in which the sync ends, 0 where it never does"),
        "hurt_in_war_room": Result(float(round(hurt)), "good payments stopped during the war room", Better.LESS),
    }


def _compared(case: Case, runs: Mapping[str, Days]) -> tuple[Comparison, Comparison]:
    """Your plan against doing nothing on the same days: good payments stopped, and euros of fraud that pass."""
    yours, nothing = runs["yours"], runs["nothing"]
    wronged = counts_compared("good payments stopped", yours.wronged[:DAYS].tolist(), nothing.wronged[:DAYS].tolist())
    amounts = case.truth.draws.amount[case.truth.draws.fraud > 0]
    size = float((amounts**2).mean() / amounts.mean())
    fraud = counts_compared(
        "euros of fraud that pass", yours.fraud[:DAYS].tolist(), nothing.fraud[:DAYS].tolist(), size
    )
    total = nothing.wronged[:DAYS].sum()
    if wronged.shows is Change.LESS:
        said = f"Of {total:,.0f} payments to be stopped wrongly in four weeks, your plan spares {-wronged.change:,.0f}"
    elif wronged.shows is Change.MORE:
        said = f"Your plan stops {wronged.change:,.0f} good payments in four weeks more than doing nothing would"
    else:
        said = f"Whether your plan spares any of {total:,.0f} good payments in four weeks cannot be told"
    if fraud.shows is Change.UNCLEAR:
        price = f"whether more fraud passes cannot be told ({signed(fraud.low, 0)} to {signed(fraud.high, 0)} euros)"
    else:
        price = f"{abs(fraud.change):,.0f} euros {'more' if fraud.shows is Change.MORE else 'less'} fraud pass"
    return replace(wronged, says=said, claims=wronged.shows), replace(fraud, says=price, claims=fraud.shows)


def _sentences(
    case: Case, course: Course, results: Mapping[str, Result], week: int | None, hurt: float, sync: SyncExit | None
) -> list[str]:
    number = {id: f"{result.value:,.0f}" for id, result in results.items()}
    alerts = results["alerts_a_day"].value
    same = results["fraud_lost"].value == results["fraud_lost_doing_nothing"].value
    said = []
    if hurt:
        said.append(f"While the war room talked, {number['hurt_in_war_room']} good payments were stopped.")
    said += [
        f"In the four weeks after it, {number['wronged']} good payments are stopped; with nothing done it would be "
        f"{number['wronged_doing_nothing']}, with the {BEST} {number['wronged_best']}. That plan undoes everything on "
        f"the first day and keeps the limits of the brief.",
        f"Fraud of {number['fraud_lost']} euros passes; with the model alone it would be "
        + ("the same." if same else f"{number['fraud_lost_doing_nothing']}."),
        f"Support gets {number['tickets']} tickets about stopped payments instead of "
        f"{number['tickets_doing_nothing']}.",
    ]
    if course.rule is None:
        said.append("The fallback rule cannot be run, so the model goes on deciding.")
    elif alerts > case.truth.capacity:
        said.append(
            f"The rule makes {alerts:,.0f} alerts a day and the reviewers take {case.truth.capacity:,}: the rest "
            f"waits, and counts as stopped."
        )
    else:
        said.append(f"The rule makes {alerts:,.0f} alerts a day; the reviewers can take {case.truth.capacity:,}.")
    open_causes = [cause for cause in (UPSTREAM, MARKET) if course.fixed_on[cause] >= DAYS and
                   course.left_at_start[cause] > 0.5]  # fmt: skip
    if open_causes and course.rule is not None and course.rule_until < DAYS:
        said.append("When the rule expires, the harm comes back: a cause was never dealt with.")
    if sync is None:
        said.append("There are no exit criteria yet, so nobody knows when the weekly sync ends.")
    elif week is None:
        said.append(f"By your own criteria, the weekly sync is still on after {HORIZON // 7} weeks.")
    else:
        said.append(f"By your own criteria, the weekly sync ends in week {week} after the war room.")
    return said
