"""Do the actions reach every cause, can their effects be told apart, and can they be taken back? (A20)"""

from __future__ import annotations

import datetime as dt
from math import ceil

import numpy as np

from curriculum.artifacts.action_plan import Action, ActionPlan
from curriculum.artifacts.five_whys import FiveWhys
from curriculum.artifacts.incident import Incident
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.causes import (
    FIXERS,
    FUNCTIONS,
    MIN_CONTRAST,
    MIN_TARGET,
    Claim,
    ScreenChange,
)
from curriculum.cases.fraud_false_positives.metrics import DEFINITIONS
from curriculum.cases.fraud_false_positives.payments import CAUSES
from curriculum.cases.fraud_false_positives.tables import STEPS
from curriculum.support.dates import full_day
from graders.common import listed
from graders.fraud_false_positives.base import (
    completeness,
    is_sound,
    metric_of,
    rubric,
    short,
    stated,
    value_of,
)
from graders.rubric import Verdict, met, unmet

LAST_DUE = 28
"""Days within which every action is due."""
NO_WORSE_THAN = 1.5
"""An action is taken back before its measure is this many times as bad as today."""


def _branch(case: Case, claim: str) -> str:
    found = case.registry.entries("claims").get(claim)
    return found.branch if isinstance(found, Claim) else ""


@rubric.criterion(
    points=1,
    voice="helen",
    skill="plan_releases",
    gate=True,
    hints=(
        "Could each person start tomorrow with what is written here?",
        "Fallback, screen, actions and message: fill every field of each.",
    ),
)
def plan_is_complete(action_plan: ActionPlan, case: Case) -> Verdict:
    """The fallback, the screen, the actions and the message are filled with real content."""
    fallback, screen, message = action_plan.fallback, action_plan.screen, action_plan.message
    required: dict[str, object] = {
        "the rule": fallback.rule,
        "who owns the fallback": fallback.owner,
        "the rule's false positives": fallback.false_positives,
        "the rule's recall": fallback.recall,
        "the rule's alerts": fallback.alerts,
        "how the screen reaches customers": screen.approach,
        "what changes on the screen": screen.change,
        "the actions": action_plan.actions,
        "what happened": message.what_happened,
        "who is affected": message.who,
        "what to do": message.what_to_do,
        "the next update": message.next_update,
        "the contact": message.contact,
    }  # fmt: skip
    for number, action in enumerate(action_plan.actions, start=1):
        required |= {f"action {number}": action.what, f"what action {number} is against": action.against,
                     f"its owner ({number})": action.owner, f"its start ({number})": action.starts,
                     f"its due day ({number})": action.due, f"its measure ({number})": action.measure}  # fmt: skip
    return completeness(action_plan, case, required)


@rubric.criterion(
    points=1,
    voice="mei",
    skill="measure_success",
    hints=(
        "At which step of the new screen do people go wrong most often?",
        "Look at the telemetry of version 5.2 alone: over all weeks and versions, another step looks worse.",
    ),
)
def screen_change_is_where_people_go_wrong(action_plan: ActionPlan, case: Case) -> Verdict:
    """The change is at the step of the new screen where most people go wrong."""
    table = case.columns["screens"]
    new = table["app_version"] == "5.2"
    rates = {}
    for step in STEPS:
        here = new & (table["step"] == step)
        rates[step] = float(np.sum(table["problems"][here])) / max(1, int(np.sum(table["shown"][here])))
    worst = max(rates, key=lambda step: rates[step])
    rows = [{"step": step, "problems on 5.2": f"{100 * rate:.0f} in 100"} for step, rate in rates.items()]
    change = case.registry.entries("screen_changes").get(action_plan.screen.change)
    if not isinstance(change, ScreenChange):
        return unmet("No change is chosen.", f"a change at the step “{worst}”", *rows)
    if change.step == worst:
        return met(f"On 5.2, {100 * rates[worst]:.0f} in 100 go wrong at “{worst}”: that is what you change.", *rows)
    return unmet(f"“{change.label}” changes the step “{change.step}”.", f"the step “{worst}”", *rows)


@rubric.criterion(
    points=1,
    voice="mei",
    skill="hand_over",
    gate=True,
    hints=(
        "Can everybody read it, hit it, and tell the buttons apart without colour?",
        f"Contrast from {MIN_CONTRAST} to 1, targets from {MIN_TARGET} px, words, and the question stays.",
    ),
)
def screen_stays_usable_for_everybody(action_plan: ActionPlan, case: Case) -> Verdict:
    """The change keeps contrast, target size and words, and customers are still asked."""
    change = case.registry.entries("screen_changes").get(action_plan.screen.change)
    if not isinstance(change, ScreenChange):
        return unmet("No change is chosen.", "a change that everybody can use")
    row = {"contrast": f"{change.contrast:g} to 1", "smallest target": f"{change.target} px",
           "told in words": "yes" if change.words else "no"}  # fmt: skip
    faults = []
    if change.contrast < MIN_CONTRAST:
        faults.append(f"contrast {change.contrast:g} to 1")
    if change.target < MIN_TARGET:
        faults.append(f"targets of {change.target} px")
    if not change.words:
        faults.append("colour alone")
    if not change.keeps_question:
        faults.append("customers are not asked any more")
    if faults:
        expected = f"contrast from {MIN_CONTRAST} to 1, targets from {MIN_TARGET} px, words, and the question"
        return unmet(f"“{change.label}”: {listed(faults)}.", expected, row)
    return met(f"“{change.label}” can be read, hit and told apart.", row)


@rubric.criterion(
    points=2,
    voice="mei",
    skill="measure_success",
    hints=(
        "After how many alert screens would you know that it worked?",
        "You need at least 16 × p × (1 − p) / d²: p lies midway between today and the target, d is their distance.",
        "Take today's value of the measure from your dashboard, as a share; the target lies between before and today.",
    ),
)
def screen_test_can_tell(action_plan: ActionPlan, case: Case) -> Verdict:
    """The screen has a measure, a target that is better than today, and enough alert screens to tell them apart."""
    screen = action_plan.screen
    if metric_of(screen.measure) != "ui_errors" or not is_sound(screen.measure):
        label = DEFINITIONS[screen.measure].label if screen.measure in DEFINITIONS else "nothing"
        return unmet(f"It is judged by “{label}”.", "a measure of errors on the alert screen that can be trusted")
    before, now = value_of(screen.measure, case)
    target = screen.target
    row = {
        "before": round(before, 2),
        "now": round(now, 2),
        "target": stated(target),
        "screens": stated(screen.screens),
    }
    if target is None or not 0 < target <= before + 0.5 * (now - before):
        return unmet(
            f"The target is {stated(target)}.", f"closer to {before:.1f}, as before, than to {now:.1f}, as today", row
        )
    middle, distance = (target + now) / 200, (now - target) / 100
    needed = ceil(16 * middle * (1 - middle) / distance**2)
    row["needed"] = needed
    if screen.screens is None or screen.screens < needed:
        return unmet(f"It is judged after {stated(screen.screens)} alert screens.", f"at least {needed}", row)
    return met(f"{screen.screens:,.0f} alert screens tell {target:g} from {now:.1f}; {needed} would do.", row)


@rubric.criterion(
    points=2,
    voice="ravi",
    skill="plan_releases",
    hints=(
        "Which cause would go on if only your actions were done?",
        "At least one action against a why of each branch: feed, market, screen.",
    ),
)
def each_cause_has_an_action(action_plan: ActionPlan, case: Case) -> Verdict:
    """There is an action against each of the causes that stop good payments."""
    there = {_branch(case, action.against) for action in action_plan.actions}
    lacking = [cause for cause in CAUSES if cause not in there]
    rows = [{"without action": FUNCTIONS[cause], "share": f"{case.truth.shares[cause]:.0f} %"} for cause in lacking]
    if lacking:
        return unmet(f"Nothing is done about {listed([FUNCTIONS[cause] for cause in lacking])}.",
                     "an action against each contributing cause", *rows)  # fmt: skip
    return met("Feed, market and screen each have their action.")


@rubric.criterion(
    points=1,
    voice="helen",
    skill="decision_rights",
    hints=(
        "Can the owner of each action do it with their own hands?",
        "The feed is Ravi's, the model Jonas's, the review of a market Jonas's or Samir's, the screen Mei's.",
        "Actions start today or later, and are due within four weeks.",
    ),
)
def actions_have_owners_who_can_act(action_plan: ActionPlan, case: Case) -> Verdict:
    """Each action is owned by somebody who can do it, and is due after its start and within four weeks."""
    today, latest = case.truth.today, case.truth.today + dt.timedelta(days=LAST_DUE)
    for action in action_plan.actions:
        branch = _branch(case, action.against)
        who = case.registry.label("people", action.owner) or "Nobody"
        row = {"action": short(action.what) or "nothing", "owner": who, "starts": str(action.starts or "never"),
               "due": str(action.due or "never")}  # fmt: skip
        if branch in FIXERS and action.owner not in FIXERS[branch]:
            able = listed([case.people[id].label for id in FIXERS[branch]])
            return unmet(f"{who} owns an action that belongs to {FUNCTIONS[branch]}.", f"{able}", row)
        if action.starts is None or action.due is None or not today <= action.starts <= action.due <= latest:
            return unmet(
                f"“{short(action.what)}” runs from {row['starts']} to {row['due']}.",
                f"a start from {full_day(today)} on and a due day by {full_day(latest)}",
                row,
            )
    if not action_plan.actions:
        return unmet("There is no action yet.", "actions with an owner and two days each")
    return met("Each action has an owner who can do it, and its days.")


@rubric.criterion(
    points=2,
    voice="jonas",
    skill="measure_success",
    hints=(
        "If the number falls next week, which of your actions did it?",
        "Actions that start on the same day need different measures; or let a day pass between them.",
        "Stops by way to sign in, and stops by country, show the feed and the market apart.",
    ),
)
def effects_can_be_told_apart(action_plan: ActionPlan, case: Case) -> Verdict:
    """No two actions on different causes start on the same day and are judged by the same measure."""
    seen: dict[tuple[dt.date, str], Action] = {}
    for action in action_plan.actions:
        if action.starts is None or not action.measure:
            continue
        other = seen.setdefault((action.starts, action.measure), action)
        if other is not action and _branch(case, other.against) != _branch(case, action.against):
            label = case.registry.label("definitions", action.measure)
            row = {
                "first": short(other.what),
                "second": short(action.what),
                "day": str(action.starts),
                "measure": label,
            }
            return unmet(
                f"Two actions start on {full_day(action.starts)} and are both judged by “{label}”.",
                "different days or different measures",
                row,
            )
    if not seen:
        return unmet("No action has a start and a measure.", "actions whose effects can be told apart")
    return met("Each effect can be told from the others, by day or by measure.")


@rubric.criterion(
    points=1,
    voice="ravi",
    skill="plan_releases",
    hints=(
        "What number would make you take the action back?",
        "For each action: a value of its measure that is worse than before the launch, and not far above today's.",
    ),
)
def actions_can_be_taken_back(action_plan: ActionPlan, case: Case) -> Verdict:
    """Each action has a value of a trusted measure at which it is stopped and taken back."""
    for action in action_plan.actions:
        label = case.registry.label("definitions", action.measure) or "nothing"
        if not is_sound(action.measure):
            return unmet(f"“{short(action.what)}” is judged by “{label}”.", "a measure that can be trusted today")
        before, now = value_of(action.measure, case)
        row = {"action": short(action.what), "measure": label, "before": round(before, 2), "now": round(now, 2),
               "stop above": stated(action.stop_above)}  # fmt: skip
        if action.stop_above is None or not before < action.stop_above <= NO_WORSE_THAN * now:
            return unmet(
                f"“{short(action.what)}” is taken back above {stated(action.stop_above)}.",
                f"a value above {before:.1f}, as before the launch, and at most {NO_WORSE_THAN * now:.1f}",
                row,
            )
    if not action_plan.actions:
        return unmet("There is no action yet.", "actions that can be taken back")
    return met("Each action has a number at which it is taken back.")


@rubric.criterion(
    points=1,
    voice="helen",
    skill="find_causes",
    hints=(
        "Does each action answer a why of your tree, and each branch get an action?",
        "Pick “against” from the whys in your tree; every branch that stops payments needs one.",
    ),
)
def actions_answer_the_whys(action_plan: ActionPlan, five_whys: FiveWhys, case: Case) -> Verdict:
    """Each action is against a why of the tree, and each branch that stops payments has an action."""
    whys = set(five_whys.parents())
    strays = [action for action in action_plan.actions if action.against and action.against not in whys]
    if strays:
        label = case.registry.label("claims", strays[0].against)
        return unmet(f"“{short(strays[0].what)}” is against “{label}”, which is not in the tree.", "a why of the tree")
    wanted = {_branch(case, claim) for claim in whys} & set(CAUSES)
    lacking = wanted - {_branch(case, action.against) for action in action_plan.actions}
    if lacking or not wanted:
        words = listed(sorted(FUNCTIONS[cause] for cause in lacking)) if lacking else "any branch"
        return unmet(f"The tree has a branch for {words} and the plan no action.", "an action for each branch")
    return met("Each action answers a why, and each branch has its action.")


@rubric.criterion(
    points=1,
    voice="clara",
    skill="communicate_harm",
    hints=(
        "Do the message and the incident record say the same number?",
        "Use the customers and the share from your incident record.",
    ),
)
def message_agrees_with_the_record(action_plan: ActionPlan, incident: Incident) -> Verdict:
    """The message states the same number and share of customers as the incident record."""
    message = action_plan.message
    pairs = (
        ("customers", message.customers, incident.customers),
        ("in 100", message.customers_share, incident.customers_share),
    )
    for unit, told, recorded in pairs:
        row = {"message": stated(told), "record": stated(recorded), "unit": unit}
        if (
            told is None
            or recorded is None
            or abs(told - recorded) > 0.02 * abs(recorded) + 0.051 * (unit != "customers")
        ):
            return unmet(f"The message says {stated(told)} {unit}, the record {stated(recorded)}.", "one number", row)
    return met("Message and record say the same.")
