"""Four weeks after the war room: the plan runs day by day beside doing nothing and beside the best plan known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.sync_exit import SyncExit
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns
from curriculum.cases.fraud_false_positives import WAR_ROOM_MINUTES
from curriculum.cases.fraud_false_positives.causes import Claim
from curriculum.cases.fraud_false_positives.metrics import DEFINITIONS
from curriculum.cases.fraud_false_positives.shape import CAUSES, ENDS_HARM, MARKET, SCREEN, UPSTREAM
from curriculum.cases.fraud_false_positives.war_room import FREEZE, SWITCHED, customers_hurt, mitigations
from curriculum.consequences.fraud_figure import drawing
from curriculum.consequences.fraud_weeks import (
    DAYS,
    HORIZON,
    READY,
    UNNOTICED,
    WAVE,
    WAVE_SIZE,
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

SCREEN_LEFT = {"old_screen": 0.0, "yes_first": 0.05, "ask_twice": 0.15, "tiny_link": 0.3, "colours_only": 0.8,
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
    week = _exit_week(case, sync, yours, run)
    yours = replace(yours, fixed_on=_left_undone(yours, week), wave_days=_wave_days(case, sync, week))
    run = run_days(case, yours)
    hurt = 0.0
    if conversation is not None:
        elapsed = WAR_ROOM_MINUTES - conversation.minutes
        hurt = customers_hurt(case.truth.per_minute, conversation.done, elapsed, mitigations(case.truth.shape))
    return _outcome(case, run, yours, week, hurt, sync, conversation)


def _course(case: Case, plan: ActionPlan, sync: SyncExit | None, conversation: State | None) -> Course:
    known = mitigations(case.truth.shape)
    done = conversation.done if conversation else ()
    asked = [(known[action], minute) for action, minute in done if action in known]

    def left(until: float) -> dict[str, float]:
        works = [mitigation for mitigation, minute in asked if minute <= until]
        return {cause: min([1.0, *(1 - each.removes.get(cause, 0.0) for each in works)]) for cause in CAUSES}

    today = case.truth.today
    fixed = dict.fromkeys(CAUSES, HORIZON)
    # A switch holds for three days; for more, somebody who works on the feed has to be free.
    ready = {UPSTREAM: round(case.facts["feed_busy"].value or 0), MARKET: 1, SCREEN: 1}
    due_days = [0]
    for action in plan.actions:
        if action.due is None:
            continue
        due = max(0, min(HORIZON, (action.due - today).days))
        due_days.append(due)
        found = case.registry.find("claims", action.against, Claim)
        branch = found.branch if found else ""
        if action.against in ENDS_HARM.get(branch, ()) and action.owner in case.truth.shape.may_change(
            action.against, branch
        ):
            fixed[branch] = min(fixed[branch], max(due, ready[branch]))
    until = 0
    if plan.fallback.expires is not None:
        until = max(0, min(HORIZON, (plan.fallback.expires - today).days))
    if sync is not None and sync.fallback in ("permanent_by_decision", "may_stay_on"):
        until = HORIZON
    rule = rule_of(case, plan.fallback.rule)
    return Course(
        left_at_start=left(FREEZE),
        left_late=left(WAR_ROOM_MINUTES),
        recall_at_start=model_recall(case) * (1 - max([0.0, *(each.fraud_passed for each, _ in asked)])),
        fixed_on=fixed,
        screen_steps=_screen_steps(case, plan),
        rule=rule,
        rule_until=until if rule else 0,
        closed_on=max(due_days),
        message=bool(plan.message.to_do and plan.message.who),
    )


def _left_undone(course: Course, week: int | None) -> dict[str, int]:
    """When each cause ends; what is due after the sync has ended is left undone, since nobody asks for it any more."""
    last = HORIZON if week is None else 7 * week
    return {cause: day if day <= last else HORIZON for cause, day in course.fixed_on.items()}


def _wave_days(case: Case, sync: SyncExit | None, week: int | None) -> int:
    """For how many days something else that breaks in the ninth week goes on.

    Whoever still meets sees it on the next day. Whoever ended is called back by a measure that moves within days and
    lies above its limit by then, and meets until it is mended only where the criteria do not hold all the same.
    """
    if sync is None or week is None or 7 * week > WAVE:
        return 1 if sync is not None else UNNOTICED
    truth = case.truth

    def shown(id: str) -> float | None:
        definition = truth.definitions.get(id)
        if definition is None or not definition.sound:
            return None
        before, now = truth.values[id]
        return float(before + WAVE_SIZE * (now - before))

    calls = shown(sync.reopen_definition)
    if calls is None or sync.reopen_above is None or sync.reopen_above >= calls or sync.reopen_days is None:
        return UNNOTICED
    levels = [(shown(condition.definition), condition.threshold) for condition in sync.conditions]
    if all(level is None or limit is None or level <= limit for level, limit in levels):
        return UNNOTICED
    return min(UNNOTICED, max(1, round(sync.reopen_days)) + 1)


def _screen_steps(case: Case, plan: ActionPlan) -> tuple[tuple[int, float], ...]:
    """When which share of the screen's harm is left: at once, or in three steps over the action's days."""
    after = SCREEN_LEFT.get(plan.screen.change)
    if after is None:
        return ()
    days = [
        ((action.starts - case.truth.today).days, (action.due - case.truth.today).days)
        for action in plan.actions
        if action.against in ENDS_HARM[SCREEN] and action.starts and action.due and action.starts <= action.due
    ]
    if not days:
        return ()
    start, last = (max(0, min(HORIZON, day)) for day in days[0])
    if plan.screen.change != "old_screen":  # a changed one goes through the app stores, whatever the plan says
        start = max(start, round(case.facts["store_takes"].value or 0))
    if plan.screen.approach != "staged":
        return ((max(1, start), after),)
    length = max(2, last - start)
    return tuple((start + round(length * part), 1 + share * (after - 1)) for part, share in
                 ((0.0, 0.1), (0.5, 0.5), (1.0, 1.0)))  # fmt: skip


def _exit_week(case: Case, sync: SyncExit | None, course: Course, days: Days) -> int | None:
    """The week after the war room in which the learner's own criteria end the sync; None where they never do.

    A measure that cannot be trusted shows what it shows today. Open actions keep the sync open, by the company's rule.
    """
    if sync is None or not sync.conditions:
        return None
    truth = case.truth
    good = np.ones(HORIZON // 7, dtype=bool)
    for condition in sync.conditions:
        definition = truth.definitions.get(condition.definition)
        if definition is None or condition.threshold is None or not condition.baseline:
            return None
        before, now = truth.values[definition.id]
        weekly = _level(definition.id, truth, days).reshape(-1, 7).mean(axis=1)
        value = np.full(len(weekly), now) if not definition.sound else before + (now - before) * weekly
        good &= value <= condition.threshold
    needed = max(1, round(min(20.0, (sync.in_a_row or 1) * max(1.0, (sync.window_days or 7) / 7))))
    run = 0
    for week in range(len(good)):
        fallback_on = bool(days.fallback[7 * week : 7 * week + 7].any())
        counts = not fallback_on or sync.fallback != "removed_before_counting"
        run = run + 1 if good[week] and counts else 0
        if run >= needed and course.closed_on < 7 * (week + 1):
            return week + 1
    return None


def _level(id: str, truth: Any, days: Days) -> np.ndarray:
    """How far a measure is from its usual level each day: 0 as before the launch, 1 as today."""
    metric = DEFINITIONS[id].metric
    if metric == "ui_errors":
        return np.asarray(days.screen / truth.excess_a_day[SCREEN])
    if id == truth.worst_group:
        return np.asarray(days.partner / truth.excess_a_day[UPSTREAM])
    return np.maximum(0.0, days.wronged - truth.usual_a_day) / sum(truth.excess_a_day.values())


def _outcome(
    case: Case, raw: Days, course: Course, week: int | None, hurt: float, sync: SyncExit | None,
    conversation: State | None,
) -> Outcome:  # fmt: skip
    truth, volume = case.truth, volume_of(case)
    best, nothing = best_and_nothing(case)
    bare = run_days(case, replace(course, rule=None, rule_until=0))
    runs = {"yours": raw, "nothing": nothing, "best": best, "bare": bare}
    runs = {name: run.busy(volume) for name, run in runs.items()}
    results = _results(case, runs, course, week, hurt)
    compared = _compared(case, runs)
    headline = f"{compared[0].says}; {compared[1].says}"
    level = _level(truth.trusted["false_positives"], truth, raw)
    harm_left = float(level[DAYS - 7 : DAYS].mean())
    yours, end = runs["yours"], DAYS - 1
    last_day = truth.today + dt.timedelta(days=DAYS)
    shown = {name: runs[name].first_weeks() for name in ("yours", "nothing", "best")}
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
    alerts = course.rule.alerts if course.rule and course.rule_until > READY else 0.0
    later = float(round(WAVE_SIZE * sum(truth.excess_a_day.values()) * course.wave_days))
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
        "wronged_without_fallback": Result(
            total["bare"], "good payments stopped with your plan and no fallback", Better.LESS
        ),
        "wronged_later": Result(later, "good payments stopped by what breaks in the ninth week", Better.LESS),
        "reviews": Result(
            float(round(runs["yours"].alerts.sum())), "alerts that reviewers handle in twelve weeks", Better.LESS
        ),
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
    if course.rule is not None:
        more = results["wronged_without_fallback"].value - results["wronged"].value
        said.append(
            f"Without the fallback, {number['wronged_without_fallback']} good payments would be stopped: "
            + (f"{more:,.0f} more." if more > 0 else "no more than with it, since nothing acted through the model any "
               "longer. It was there in case that had been wrong.")
        )  # fmt: skip
    if results["reviews"].value > alerts * DAYS:
        said.append(f"The fallback stays on: in twelve weeks, reviewers look at {number['reviews']} alerts.")
    open_causes = [cause for cause in (UPSTREAM, MARKET) if course.fixed_on[cause] > max(course.rule_until, SWITCHED)]
    if open_causes and course.rule is not None and course.rule_until < DAYS:
        said.append("When the rule expires, the harm comes back: a cause is not dealt with yet.")
    if sync is None:
        said.append("There are no exit criteria yet, so nobody knows when the weekly sync ends.")
    elif week is None:
        said.append(f"By your own criteria, the weekly sync is still on after {HORIZON // 7} weeks.")
    else:
        said.append(f"By your own criteria, the weekly sync ends in week {week} after the war room.")
    if sync is not None:
        for_days = f"{course.wave_days} {'day' if course.wave_days == 1 else 'days'}"
        said.append(
            f"In the ninth week something else breaks, half as bad as this. It goes on for {for_days}, and "
            f"{number['wronged_later']} good payments are stopped by it: "
            + ("nobody was called back in time." if course.wave_days >= UNNOTICED else "somebody was looking.")
        )  # fmt: skip
    return said
