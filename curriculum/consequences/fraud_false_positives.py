"""Four weeks after the war room: the plan runs day by day beside doing nothing and beside the best plan known.

What a measure does is assumed where no data can say it, and stated beside each number; everything else comes from
the case: the harm of each cause, the rule run on today's payments, the frauds and their amounts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
from curriculum.cases.fraud_false_positives.rule_trial import RECENT, RULE_COLUMNS, rows_of
from curriculum.cases.fraud_false_positives.tables import TICKETS
from curriculum.cases.fraud_false_positives.war_room import MITIGATIONS, customers_hurt
from curriculum.consequences import Outcome
from curriculum.roleplay.engine import State
from curriculum.support.rules import RuleError, compile_rule

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DAYS, HORIZON = 28, 84
"""Days that are shown, and days until which the end of the sync is looked for."""
FIXED = {UPSTREAM: 0.0, MARKET: 0.03, SCREEN: 0.0}
"""Share of a cause's harm that is left when an action against it is done. Assumed."""
SCREEN_LEFT = {"old_screen": 0.0, "yes_first": 0.05, "ask_twice": 0.15, "tiny_link": 0.3, "colours_only": 0.8,
               "longer_code": 1.0, "no_question": 2.2}  # fmt: skip
"""Share of the screen's harm that is left by each change. Assumed."""
CLEAR_MESSAGE = 0.8
"""Tickets that are still written when people were told what to do. Assumed."""
REFERENCE_RULES = (
    "new_device && (amount >= 200.0 || payments_last_hour >= 3)",
    "score >= 0.80 && (new_device || payments_last_hour >= 3)",
)
"""Rules that keep all limits in every world."""

PURPLE, ORANGE, GREY = "#4a3fd1", "#b3500a", "#6b6880"


@dataclass(frozen=True)
class Rule:
    """What a fallback rule does to a day of today's payments, of all customers."""

    good_stopped: float
    recall: float
    alerts: float


@dataclass(frozen=True)
class Course:
    """A plan as far as the four weeks depend on it; days count from the war room's day, 0."""

    left_at_start: Mapping[str, float]
    """Share of each cause's harm after the war room's mitigations."""
    recall_at_start: float
    fixed_on: Mapping[str, int]
    """The day from which an action against each cause has its effect; HORIZON where there is none."""
    screen_steps: tuple[tuple[int, float], ...] = ()
    """Days and the share of the screen's harm that is left from then on."""
    rule: Rule | None = None
    rule_until: int = 0
    closed_on: int = 0
    """The day on which the last action is due."""
    message: bool = False


@dataclass(frozen=True)
class Days:
    """The run, one entry a day."""

    wronged: np.ndarray
    screen: np.ndarray
    """Of these, through the screen."""
    fraud: np.ndarray
    """Euros."""
    alerts: np.ndarray
    tickets: np.ndarray
    fallback: np.ndarray = field(default_factory=lambda: np.zeros(HORIZON, bool))


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """Run the four weeks; needs an action plan, and uses exit criteria and war room where they are there."""
    plan, exit_ = artifacts.get("action_plan"), artifacts.get("sync_exit")
    if not isinstance(plan, ActionPlan):
        return None
    sync = exit_ if isinstance(exit_, SyncExit) else None
    yours = _course(case, plan, sync, conversation)
    runs = {"yours": _run(case, yours), "nothing": _run(case, _nothing(case)), "best": _run(case, _best(case))}
    hurt = 0.0
    if conversation is not None:
        hurt = customers_hurt(case.truth.per_minute, conversation.done, WAR_ROOM_MINUTES - conversation.minutes)
    week = _exit_week(case, sync, yours, runs["yours"])
    return _outcome(case, runs, yours, week, hurt, sync)


def _nothing(case: Case) -> Course:
    return Course(dict.fromkeys(CAUSES, 1.0), _model_recall(case), dict.fromkeys(CAUSES, HORIZON))


def _model_recall(case: Case) -> float:
    """The share of all frauds that the model and the customers stopped."""
    stopped = np.char.startswith(case.columns["payments"]["action"], "stopped")
    return float(stopped[case.truth.draws.fraud > 0].mean())


def _best(case: Case) -> Course:
    """Everything undone on the first day, and the gentler of the rules that keep all limits for four weeks."""
    start = {UPSTREAM: 0.0, MARKET: 0.1, SCREEN: 0.0}
    rules = [rule for text in REFERENCE_RULES if (rule := _rule(case, text))]
    rule = min(rules, key=lambda rule: rule.good_stopped)
    return Course(
        start, _model_recall(case), dict.fromkeys(CAUSES, 14), rule=rule, rule_until=DAYS, closed_on=14, message=True
    )


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
    rule = _rule(case, plan.fallback.rule)
    return Course(
        left_at_start=left,
        recall_at_start=_model_recall(case)
        * (1 - max([0.0, *(MITIGATIONS[a].fraud_passed for a in done if a in MITIGATIONS)])),
        fixed_on=fixed,
        screen_steps=_screen_steps(case, plan),
        rule=rule,
        rule_until=until if rule else 0,
        closed_on=max(due_days),
        message=bool(plan.message.what_to_do and plan.message.who),
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


def _rule(case: Case, text: str) -> Rule | None:
    """The rule on the last three days and on all frauds, with the truth about them; None where it cannot be used."""
    payments, fraud = case.columns["payments"], case.truth.draws.fraud > 0
    try:
        rule = compile_rule(text, RULE_COLUMNS)
        rows = rows_of(payments, case.truth.calendar.start, RECENT)
        stopped = np.array(rule.each({name: payments[name][rows] for name in RULE_COLUMNS}), dtype=bool)
        caught = rule.each({name: payments[name][fraud] for name in RULE_COLUMNS})
    except RuleError:
        return None
    days, scale = RECENT[1] - RECENT[0], case.truth.scale
    return Rule(
        good_stopped=float((stopped & ~fraud[rows]).sum()) * scale / days,
        recall=float(np.mean(caught)),
        alerts=float(stopped.sum()) * scale / days,
    )


def _run(case: Case, course: Course) -> Days:
    truth = case.truth
    wronged, screen, fraud, alerts = (np.zeros(HORIZON) for _ in range(4))
    fallback, model_recall = np.zeros(HORIZON, bool), _model_recall(case)
    for day in range(HORIZON):
        screen_left = course.left_at_start[SCREEN]
        for start, left in course.screen_steps:
            if day >= start:
                screen_left = left if left > 1 else min(screen_left, left)
        screen[day] = truth.excess_a_day[SCREEN] * screen_left
        on = course.rule is not None and 1 <= day < course.rule_until
        if on and course.rule is not None:
            over = max(0.0, course.rule.alerts - truth.capacity)
            wronged[day] = screen[day] + course.rule.good_stopped + over
            recall, alerts[day], fallback[day] = course.rule.recall, course.rule.alerts, True
        else:
            harm = {cause: truth.excess_a_day[cause] * _left(course, cause, day) for cause in (UPSTREAM, MARKET)}
            wronged[day] = screen[day] + truth.usual_a_day + sum(harm.values())
            recall = course.recall_at_start if day < max(1, course.rule_until) else model_recall
        fraud[day] = truth.frauds_a_day * (1 - recall) * truth.fraud_amount
    late = np.concatenate([[wronged[0]], wronged[:-1]])
    tickets = TICKETS * 0.5 * (wronged + late) * (CLEAR_MESSAGE if course.message else 1.0)
    return Days(wronged, screen, fraud, alerts, tickets, fallback)


def _left(course: Course, cause: str, day: int) -> float:
    fixed = FIXED[cause] if day >= course.fixed_on[cause] else 1.0
    return min(course.left_at_start[cause], fixed)


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
    case: Case, runs: Mapping[str, Days], course: Course, week: int | None, hurt: float, sync: SyncExit | None
) -> Outcome:
    total = {name: float(run.wronged[:DAYS].sum()) for name, run in runs.items()}
    fraud = {name: float(run.fraud[:DAYS].sum()) for name, run in runs.items()}
    alerts = course.rule.alerts if course.rule and course.rule_until > 1 else 0.0
    spared = total["nothing"] - total["yours"]
    rounded = {
        "wronged": total["yours"], "wronged_doing_nothing": total["nothing"], "wronged_best": total["best"],
        "spared": spared, "fraud_lost": fraud["yours"], "fraud_lost_doing_nothing": fraud["nothing"],
        "alerts_a_day": alerts, "tickets": runs["yours"].tickets[:DAYS].sum(), "exit_week": week or 0,
        "hurt_in_war_room": hurt,
    }  # fmt: skip
    numbers = {name: float(round(value)) for name, value in rounded.items()}
    more = fraud["yours"] - fraud["nothing"]
    price = f"and {more:,.0f} euros more fraud pass" if more > 0 else "and no more fraud passes than before"
    headline = (
        f"Of {total['nothing']:,.0f} payments to be stopped wrongly in four weeks, your plan spares {spared:,.0f}, "
        f"{price}"
        if spared > 0
        else f"Your plan stops {total['yours']:,.0f} good payments in four weeks, more than doing nothing"
    )
    table = frozen_columns(
        day=np.arange(1, DAYS + 1),
        wronged=np.round(runs["yours"].wronged[:DAYS]),
        wronged_doing_nothing=np.round(runs["nothing"].wronged[:DAYS]),
        wronged_best=np.round(runs["best"].wronged[:DAYS]),
        fraud_lost=np.round(runs["yours"].fraud[:DAYS]),
        alerts=np.round(runs["yours"].alerts[:DAYS]),
        tickets=np.round(runs["yours"].tickets[:DAYS]),
    )
    end = DAYS - 1
    alt = (
        f"Four line charts over 28 days, each with your plan, doing nothing and the best plan known. Good payments "
        f"stopped a day: doing nothing stays at about {runs['nothing'].wronged[0]:,.0f}, your plan goes from "
        f"{runs['yours'].wronged[0]:,.0f} to {runs['yours'].wronged[end]:,.0f}, the best plan known ends at "
        f"{runs['best'].wronged[end]:,.0f}. Fraud lost a day under your plan: from {runs['yours'].fraud[0]:,.0f} to "
        f"{runs['yours'].fraud[end]:,.0f} euros. Alerts to review: {alerts:,.0f} a day while the rule is on, of "
        f"{case.truth.capacity:,} possible. Tickets a day: from {runs['yours'].tickets[0]:,.0f} to "
        f"{runs['yours'].tickets[end]:,.0f}."
    )
    return Outcome(
        headline=headline,
        sentences=tuple(_sentences(case, course, runs, alerts, week, hurt, sync)),
        table=table,
        numbers=numbers,
        alt=alt,
        draw=_drawing(headline, runs, course, case.truth.capacity),
    )


def _sentences(
    case: Case, course: Course, runs: Mapping[str, Days], alerts: float, week: int | None, hurt: float,
    sync: SyncExit | None,
) -> list[str]:  # fmt: skip
    total = {name: float(run.wronged[:DAYS].sum()) for name, run in runs.items()}
    fraud = {name: float(run.fraud[:DAYS].sum()) for name, run in runs.items()}
    tickets = {name: float(run.tickets[:DAYS].sum()) for name, run in runs.items()}
    said = []
    if hurt:
        said.append(f"While the war room talked, {hurt:,.0f} good payments were stopped.")
    said += [
        f"In the four weeks after it, {total['yours']:,.0f} good payments are stopped; with nothing done it would be "
        f"{total['nothing']:,.0f}, with the best plan known {total['best']:,.0f}.",
        f"Fraud of {fraud['yours']:,.0f} euros passes; with the model alone it would be {fraud['nothing']:,.0f}.",
        f"Support gets {tickets['yours']:,.0f} tickets about stopped payments instead of {tickets['nothing']:,.0f}.",
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


def _drawing(headline: str, runs: Mapping[str, Days], course: Course, capacity: int) -> Callable[[Figure], None]:
    panels: tuple[tuple[str, Callable[[Days], np.ndarray]], ...] = (
        ("Good payments stopped a day", lambda run: run.wronged),
        ("Fraud lost, 1,000 euros a day", lambda run: run.fraud / 1000),
        ("Alerts to review a day", lambda run: run.alerts),
        ("Tickets about stops a day", lambda run: run.tickets),
    )
    lines = (("nothing", "doing nothing", GREY, "--"), ("best", "best plan known", ORANGE, ":"),
             ("yours", "your plan", PURPLE, "-"))  # fmt: skip

    def draw(figure: Figure) -> None:
        days = np.arange(1, DAYS + 1)
        grid = figure.subplots(2, 2, sharex=True)
        for axes, (title, values) in zip(grid.ravel(), panels, strict=True):
            top = max(float(values(run)[:DAYS].max()) for run in runs.values())
            for name, label, colour, style in lines:
                axes.plot(days, values(runs[name])[:DAYS], color=colour, linestyle=style, linewidth=2, label=label)
            axes.set_title(title, fontsize=9, loc="left")
            axes.set_ylim(0, 1.25 * max(top, 1.0))
            axes.spines[["top", "right"]].set_visible(False)
        first, alerts = grid[0, 0], grid[1, 0]
        for height, (_, label, colour, style) in zip((0.66, 0.57, 0.48), lines, strict=True):
            mark = {"-": "━", "--": "╍", ":": "┉"}[style]
            first.text(0.02, height, f"{mark} {label}", transform=first.transAxes, color=colour, fontsize=8)
        alerts.axhline(capacity, color=GREY, linewidth=1)
        alerts.set_ylim(0, 1.25 * max(capacity, float(runs["yours"].alerts.max())))
        alerts.annotate("the reviewers can take", (1, capacity), xytext=(0, 3), textcoords="offset points",
                        color=GREY, fontsize=8)  # fmt: skip
        if course.rule is not None and 1 < course.rule_until < DAYS:
            first.axvline(course.rule_until + 0.5, color=GREY, linewidth=1, linestyle=":")
            first.annotate("rule expires", (course.rule_until + 0.5, 0.25 * first.get_ylim()[1]), xytext=(-3, 0),
                           textcoords="offset points", ha="right", color=GREY, fontsize=8)  # fmt: skip
        for axes in grid[1]:
            axes.set_xlabel("day after the war room", fontsize=9)
        figure.suptitle(headline.replace(", your plan", ",\nyour plan"), fontsize=10, x=0.01, ha="left")

    return draw
