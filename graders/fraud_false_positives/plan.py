"""Do the actions reach every cause, can their effects be told apart, and can they be taken back? (A20)"""

from __future__ import annotations

import datetime as dt
from math import ceil

import numpy as np

from curriculum.artifacts.action_plan import Action, ActionPlan
from curriculum.artifacts.five_whys import FiveWhys
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.causes import (
    FUNCTIONS,
    MIN_CONTRAST,
    MIN_TARGET,
    Claim,
    ScreenChange,
)
from curriculum.cases.fraud_false_positives.metrics import CONTESTED
from curriculum.cases.fraud_false_positives.shape import CAUSES, ENDS_HARM, MARKET, SCREEN
from curriculum.cases.fraud_false_positives.tables import STEPS
from curriculum.cases.fraud_false_positives.war_room import SWITCHED
from curriculum.support.dates import full_day
from graders.common import incomplete, listed, placed, stated
from graders.fraud_false_positives.base import (
    inner,
    is_sound,
    metric_of,
    rubric,
    short,
    value_of,
    values_in_hint,
    who_is,
)
from graders.rubric import Objections, met, objection

OLD_SCREEN = "old_screen"
LEAST_TARGET = 0.5
"""A target below this share of the value before the launch is one that no screen has reached: real thefts are among
the presses."""
LAST_DUE = 28
"""Days within which every action is due."""
ABOUT = 0.1
"""How far the value at which an action is taken back may lie from today's: below, it would be taken back before it
could work; above, harm may grow."""


def _branch(case: Case, claim: str) -> str:
    found = case.registry.find("claims", claim, Claim)
    return found.branch if found else ""


def can_be_done(action: Action, case: Case) -> bool:
    """Whether an action's owner may change this week what it is about."""
    return action.owner in case.truth.shape.may_change(action.against, _branch(case, action.against))


def _change(action_plan: ActionPlan, case: Case) -> ScreenChange | None:
    return case.registry.find("screen_changes", action_plan.screen.change, ScreenChange)


@rubric.criterion(
    points=1, voice="helen", skill="plan_releases", gate=True,
    hints=(
        "Could each person start tomorrow with what is written here?",
        "Fallback, screen, actions and message: fill every field of each.",
    ),
    met="Every part is filled, and every name is known here.",
)  # fmt: skip
def plan_is_complete(action_plan: ActionPlan, case: Case) -> Objections:
    """The fallback, the screen, the actions and the message are filled with real content."""
    yield from incomplete(
        action_plan, case, "fallback.rule", "fallback.owner", "screen.approach", "screen.change", "actions",
        "message.happened", "message.who", "message.to_do", "message.open", "message.contact", "message.next_update",
        "message.words", "actions[].what", "actions[].against", "actions[].owner", "actions[].starts", "actions[].due",
    )  # fmt: skip


def shown_in(days: int, case: Case) -> int:
    """How many alert screens so many days bring, at the rate of the latest seven days in the table."""
    table = case.columns["screens"]
    late = table["day"] > np.max(table["day"]) - np.timedelta64(7, "D")
    return int(np.sum(table["shown"][late & (table["step"] == "confirm")])) * days // 7


@rubric.criterion(
    points=1, voice="mei", skill="measure_success",
    hints=(
        "At which step of the new screen do people go wrong most often?",
        "Look at the telemetry of version 5.2 alone: over all weeks and versions, another step looks worse.",
        "It is the step “confirm”, where people say whether the payment was theirs. And only the old screen can be "
        "brought back.",
    ),
    rests_on=("action_plan.screen.change", "action_plan.screen.approach"),
    expected="the step of the screen in version 5.2 with the most problems for each time that it is shown",
)  # fmt: skip
def screen_change_is_where_people_go_wrong(action_plan: ActionPlan, case: Case) -> Objections:
    """The change is at the step of the new screen where most people go wrong, and what is rolled back to is the old
    screen."""
    table, change = case.columns["screens"], _change(action_plan, case)
    rates = {}
    for step in STEPS:
        here = (table["app_version"] == "5.2") & (table["step"] == step)
        rates[step] = float(np.sum(table["problems"][here])) / max(1, int(np.sum(table["shown"][here])))
    worst = max(rates, key=lambda step: rates[step])
    if change is None:
        yield objection("screen.change", "No change is chosen that anybody knows.")
    elif change.step != worst:
        row = {"step": change.step, "problems on 5.2": f"{100 * rates[change.step]:.0f} in 100", "look at": "`screens`"}
        yield objection("screen.change", f"“{inner(change.label)}” changes the step “{change.step}”.", "", row)
    elif action_plan.screen.approach == "rollback" and change.id != OLD_SCREEN:
        said = f"All at once back to the old screen, and “{inner(change.label)}”: that is not the old one."
        yield objection("screen.approach", said, "in steps, or the old screen")
    return met(f"On 5.2, {100 * rates[worst]:.0f} in 100 go wrong at “{worst}”: that is what you change.")


@rubric.criterion(
    points=3, voice="mei", skill="hand_over", gate=True,
    hints=(
        "Can everybody read it, hit it, and tell the buttons apart without colour?",
        f"Contrast from {MIN_CONTRAST} to 1, targets from {MIN_TARGET} px, words, and the question stays.",
    ),
    rests_on=("action_plan.screen.change",),
    expected=f"contrast from {MIN_CONTRAST} to 1, targets from {MIN_TARGET} px, words, and the question",
)  # fmt: skip
def screen_stays_usable_for_everybody(action_plan: ActionPlan, case: Case) -> Objections:
    """The change keeps contrast, target size and words, and customers are still asked."""
    change = _change(action_plan, case)
    if change is None:
        yield objection("screen.change", "No change is chosen that anybody knows.")
        return None
    row = {"contrast": f"{change.contrast:g} to 1", "smallest target": f"{change.target} px",
           "told in words": "yes" if change.words else "no"}  # fmt: skip
    faults = {
        f"contrast {row['contrast']}": change.contrast < MIN_CONTRAST,
        f"targets of {row['smallest target']}": change.target < MIN_TARGET,
        "colour alone": not change.words,
        "customers are not asked any more": not change.keeps_question,
    }
    if any(faults.values()):
        found = listed([words for words, there in faults.items() if there])
        yield objection("screen.change", f"“{inner(change.label)}”: {found}.", "", row)
    return met(f"“{inner(change.label)}” can be read, hit and told apart.", row)


@rubric.criterion(
    points=2, voice="mei", skill="measure_success",
    hints=(
        "After how many alert screens would you know that it worked?",
        "You need at least 16 × p × (1 − p) / d²: p lies midway between today and the target, d is their distance.",
        "Take today's value of the measure from your dashboard, as a share; the target lies between before and today.",
        "{% for it in entries.definitions.values() if it.sound and it.metric == 'ui_errors' %}"
        "{% set before, now = truth.values[it.id] %}{% set target = (1.2 * before) | round(2) %}"
        "{% set p, d = (target + now) / 200, (now - target) / 100 %}{{ it.label }}: {{ before | number(2) }} before, "
        "{{ now | number(2) }} now. For a target of {{ target }}, "
        "{{ (16 * p * (1 - p) / d ** 2) | round(0, 'ceil') | number }} alert screens. {% endfor %}",
    ),
    rests_on=("action_plan.screen",),
)  # fmt: skip
def screen_test_can_tell(action_plan: ActionPlan, case: Case) -> Objections:
    """The screen has a measure, a target that is better than today, and enough alert screens to tell them apart."""
    screen = action_plan.screen
    if metric_of(screen.measure) != "ui_errors" or not is_sound(screen.measure, case):
        label = case.registry.label("definitions", screen.measure) or "nothing"
        rule = "a measure of errors on the alert screen that can be trusted"
        yield objection("screen.measure", f"It is judged by “{inner(label)}”.", rule)
        return None
    before, now = value_of(screen.measure, case)
    target, row = screen.target, {"measure": screen.measure, "target": stated(screen.target)}
    if target is None or not LEAST_TARGET * before <= target <= before + 0.5 * (now - before):
        rule = "a target closer to the value before the launch than to today's, and no less than half of that before"
        yield objection("screen.target", f"The target is {stated(target)}.", rule, row)
        return None
    middle, distance = (target + now) / 200, (now - target) / 100
    needed = ceil(16 * middle * (1 - middle) / distance**2)
    if screen.screens is None or screen.screens < needed:
        said = f"It is judged after {stated(screen.screens)} alert screens."
        rule = "enough alert screens to tell the target from today's value"
        yield objection("screen.screens", said, rule, {**row, "screens": stated(screen.screens)})
    elif screen.screens > shown_in(LAST_DUE, case):
        said = f"It is judged after {stated(screen.screens)} alert screens."
        rule = f"no more alert screens than {LAST_DUE} days bring, as `screens` counts the step “confirm”"
        yield objection("screen.screens", said, rule, {**row, "screens": stated(screen.screens)})
    return met(f"{stated(screen.screens)} alert screens tell {target:g} from {now:.1f}; {needed} would do.", row)


@rubric.criterion(
    points=3, voice="ravi", skill="plan_releases", gate=True,
    hints=(
        "Which cause would go on if only your actions were done?",
        "What allowed a cause keeps it from coming back, and lets no payment pass. For feed, market and screen each, "
        "something that lets payments pass again.",
        "Against how a missing age reads, against the high scores of the market, and against the buttons or the "
        "presses on them.",
    ),
    rests_on=("action_plan.actions[].against",),
    met="For feed, market and screen, something lets payments pass again.",
    expected="something that lets payments pass again, by somebody whom the table `hands` names for it",
)  # fmt: skip
def each_cause_has_an_action(action_plan: ActionPlan, case: Case) -> Objections:
    """Against each of the causes that stop good payments there is an action that lets payments pass again, by somebody
    who can do it."""
    for cause in CAUSES:
        here = [action for action in action_plan.actions if _branch(case, action.against) == cause]
        ends = [action for action in here if action.against in ENDS_HARM[cause]]
        if not any(can_be_done(action, case) for action in ends):
            late = "only what allowed it is changed" if here else "nothing is done about it"
            why = "its action belongs to somebody who may not" if ends else late
            yield objection("actions", f"{FUNCTIONS[cause].capitalize()}'s cause goes on: {why}.")


@rubric.criterion(
    points=3, voice="mei", skill="plan_releases",
    hints=(
        "What do customers see on the alert screen on the fourth day from now?",
        "The fallback stands in for the model. Nothing stands in for the screen, and a switch holds for three days.",
        f"Something against the buttons or the presses on them starts within {SWITCHED} days, or on the day that Mei "
        "gives for the app stores.",
    ),
    rests_on=("each_cause_has_an_action", "action_plan.actions[].starts"),
    met="On the screen, something lets payments pass before the switch is turned back.",
    expected=f"a start within {SWITCHED} days, as long as a switch holds; or as early as the app stores let it",
)  # fmt: skip
def screen_does_not_wait(action_plan: ActionPlan, case: Case) -> Objections:
    """On the alert screen, for which no fallback stands in, what lets payments pass again begins before a switch is
    turned back, or as soon as the app stores let it."""
    days = {
        action.starts: place
        for place, action in placed("actions", action_plan.actions)
        if action.against in ENDS_HARM[SCREEN] and action.starts and can_be_done(action, case)
    }
    first = min(days, default=None)
    latest = case.truth.today + dt.timedelta(days=max(SWITCHED, int(case.facts["store_takes"].value or 0)))
    if first is None or first > latest:
        place = f"{days[first]}.starts" if first else "actions"
        said = f"On the screen, nothing begins before {full_day(first)}." if first else "On the screen, nothing begins."
        yield objection(place, said)


@rubric.criterion(
    points=5, voice="helen", skill="decision_rights",
    hints=(
        "Can the owner of each action do it this week, with their own hands?",
        "The table `hands` says who may change what. More than one person may be right.",
        "Actions start today or later, and are due within four weeks. A fallback decides what a reviewer sees: `hands` "
        "has a line for that, too.",
    ),
    rests_on=("action_plan.actions[2]", "action_plan.fallback.owner", "action_plan.actions[].owner",
              "action_plan.actions[].starts", "action_plan.actions[].due"),
    met="Each action has an owner who can do it, and its days.",
)  # fmt: skip
def actions_have_owners_who_can_act(action_plan: ActionPlan, case: Case) -> Objections:
    """Each action is owned by somebody who can do it this week, and is due after its start and within four weeks; the
    fallback is owned by somebody who may choose what a reviewer sees."""
    owner = action_plan.fallback.owner
    if owner and owner not in case.truth.shape.may_change("market_scored_high", MARKET):
        rule = "somebody whom the table `hands` names for what a reviewer sees before it is stopped"
        said = f"The fallback belongs to {who_is(owner, case)}, with no right to change what reviewers see."
        yield objection("fallback.owner", said, rule)
    today, latest = case.truth.today, case.truth.today + dt.timedelta(days=LAST_DUE)
    for place, action in placed("actions", action_plan.actions):
        who = who_is(action.owner, case)
        row = {"action": short(action.what) or "nothing", "owner": who, "starts": str(action.starts or "never"),
               "due": str(action.due or "never")}  # fmt: skip
        hands = case.truth.shape.may_change(action.against, _branch(case, action.against))
        if hands and action.owner not in hands:
            said = f"“{short(action.what)}” belongs to {who}, with no right to change that this week."
            yield objection(f"{place}.owner", said, "somebody whom the table `hands` names for it", row)
        if action.starts is None or action.due is None or not today <= action.starts <= action.due <= latest:
            part = "starts" if action.starts is None or action.starts < today else "due"
            said = f"“{short(action.what)}” runs from {row['starts']} to {row['due']}."
            rule = f"a start from today on, and a due day from then on and within {LAST_DUE} days of today"
            yield objection(f"{place}.{part}", said, rule, row)


@rubric.criterion(
    points=3, voice="jonas", skill="measure_success",
    hints=(
        "If the number falls next week, which of your actions did it?",
        "Each cause has a group of customers, and so a measure of its own. Two actions on one cause share it.",
        "Let a day pass between the starts of two actions that share a measure.",
    ),
    rests_on=("action_plan.actions[2]", "action_plan.actions[].starts", "action_plan.actions[].against"),
    met="Each effect can be told from the others, by day or by measure.",
    expected="different days",
)  # fmt: skip
def effects_can_be_told_apart(action_plan: ActionPlan, case: Case) -> Objections:
    """No two actions that show in the same measure start on the same day."""
    seen: dict[tuple[dt.date, str], Action] = {}
    for place, action in placed("actions", action_plan.actions):
        if action.starts is None or not action.measure:
            continue
        other = seen.setdefault((action.starts, action.measure), action)
        if other is not action:
            label = case.registry.label("definitions", action.measure)
            row = {"first": short(other.what), "second": short(action.what), "day": str(action.starts),
                   "measure": label}  # fmt: skip
            said = f"Two actions start on {full_day(action.starts)} and are both judged by “{inner(label)}”."
            yield objection(f"{place}.starts", said, "", row)
    if not seen:
        yield objection("actions", "No action has both a start and a measure.")


@rubric.criterion(
    points=5, voice="ravi", skill="plan_releases", gate=True,
    hints=(
        "What number would make you take the action back?",
        "For each action: today's value of its measure, or a little beside it. Lower, it is taken back before it could "
        "work; higher, harm may grow.",
        f"Within a tenth of today's value. {values_in_hint(*CONTESTED, 'stops')}",
    ),
    rests_on=("action_plan.actions[2]", "action_plan.actions[].measure"),
    met="Each action has a number at which it is taken back.",
)  # fmt: skip
def actions_can_be_taken_back(action_plan: ActionPlan, case: Case) -> Objections:
    """Each action has a value of its measure, about today's, above which it is stopped and taken back."""
    for place, action in placed("actions", action_plan.actions):
        if not action.measure:
            continue
        label = case.registry.label("definitions", action.measure)
        _, now = value_of(action.measure, case)
        if action.stop_above is None or abs(action.stop_above - now) > ABOUT * now:
            row = {"action": short(action.what), "measure": label, "stop above": stated(action.stop_above)}
            said = f"“{short(action.what)}” is taken back above {stated(action.stop_above)}."
            rule = "today's value of that measure, within a tenth: it is taken back when it makes things worse"
            yield objection(f"{place}.stop_above", said, rule, row)


@rubric.criterion(
    points=1, voice="helen", skill="find_causes",
    hints=(
        "Does each action answer a why of your tree, and each branch get an action?",
        "Pick “against” from the whys in your tree; every branch that stops payments needs one.",
    ),
    rests_on=("action_plan.actions[].against", "five_whys.whys[].claim"),
    met="Each action answers a why, and each branch has its action.",
)  # fmt: skip
def actions_answer_the_whys(action_plan: ActionPlan, five_whys: FiveWhys, case: Case) -> Objections:
    """Each action is against a why of the tree, and each branch that stops payments has an action."""
    whys = set(five_whys.parents())
    for place, action in placed("actions", action_plan.actions):
        if action.against and action.against not in whys:
            label = case.registry.label("claims", action.against) or action.against
            said = f"“{short(action.what)}” is against “{inner(label)}”, which is not in the tree."
            yield objection(f"{place}.against", said, "a why of the tree")
    wanted = {_branch(case, claim) for claim in whys} & {*CAUSES}
    lacking = wanted - {_branch(case, action.against) for action in action_plan.actions}
    if lacking or not wanted:
        words = listed(sorted(FUNCTIONS[cause] for cause in lacking)) if lacking else "no cause"
        said = f"The tree has a branch for {words} and the plan no action."
        yield objection("actions", said, "an action for each branch")
