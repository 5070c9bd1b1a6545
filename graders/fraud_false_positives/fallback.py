"""Does the fallback rule hold on payments that it was not tuned on? (A20, checks 1 to 7)"""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.causes import FUNCTIONS
from curriculum.cases.fraud_false_positives.rule_trial import HINDSIGHT, RULE_COLUMNS, Trial, trial, unseen
from curriculum.cases.fraud_false_positives.shape import ENDS_HARM, MARKET, UPSTREAM
from curriculum.cases.fraud_false_positives.world import FPR_LIMIT, GROUP_LIMIT, RECALL_FLOOR
from curriculum.support.dates import full_day
from curriculum.support.rules import RuleError, compile_rule
from graders.common import PERCENTILE_TOLERANCE, listed, stated
from graders.fraud_false_positives.base import (
    SHOW_EVERY_CAUSE,
    definition_of,
    metric_of,
    rubric,
    stands_for,
    value_of,
    values_in_hint,
)
from graders.fraud_false_positives.plan import can_be_done
from graders.rubric import Objections, met, objection

LONGEST_FALLBACK = 28
"""Days after which a temporary rule is permanent in all but name."""
BACK_TO_NORMAL = 1.4
"""A measure counts as back when it is at most this many times its value before."""


@rubric.criterion(
    points=1, voice="jonas", skill="plan_releases",
    hints=(
        "Run your rule in the notebook; the message names the place.",
        "Compare with == and >=, join with && and ||, put text in quotes, write decimal numbers as 2.0.",
    ),
    rests_on=("action_plan.fallback.rule",),
    met="The rule decides every payment.",
)  # fmt: skip
def rule_runs(action_plan: ActionPlan, case: Case) -> Objections:
    """The fallback rule compiles, uses columns that exist, and decides every payment."""
    try:
        for window in ("holdout", "recent"):
            trial(case, action_plan.fallback.rule, window)
        for since in (False, True):
            unseen(case, action_plan.fallback.rule, since_launch=since)
    except RuleError as error:
        wanted, row = "a rule that gives true or false for every payment", {"character": error.position}
        yield objection("fallback.rule", str(error), wanted, row)


@rubric.criterion(
    points=4, voice="samir", skill="measure_success",
    hints=(
        "Which payments did you look at when you chose the numbers in the rule?",
        "Tune on the calibration days only, and on most of them: one day has a handful of frauds. A rule may ask only "
        "what is known when the payment is made.",
        "The calibration days are {{ truth.calibration[0] }} to {{ truth.calibration[1] }}, as the table `about` "
        "says; action, appeal and label are hindsight.",
    ),
    rests_on=("action_plan.fallback.rule",),
)  # fmt: skip
def rule_does_not_peek(action_plan: ActionPlan, case: Case) -> Objections:
    """The rule uses nothing that is known only afterwards, and was tuned on the calibration days alone, and on most
    of them."""
    fallback, (first, last) = action_plan.fallback, case.truth.calibration
    try:
        used = compile_rule(fallback.rule, {**RULE_COLUMNS, **dict.fromkeys(HINDSIGHT, str)}).columns
    except RuleError:
        used = ()
    if hindsight := [name for name in used if name in HINDSIGHT]:
        rule = "only what is known when the payment is made"
        yield objection("fallback.rule", f"The rule asks for {listed(hindsight)}.", rule)
    since, until = fallback.tuned_from, fallback.tuned_to
    row = {"tuned on": f"{since or 'no day'} to {until or 'no day'}", "look at": "the row “calibration” in `about`"}
    if since is None or until is None or since > until:
        place = "fallback.tuned_to" if since else "fallback.tuned_from"
        yield objection(place, "It is not said on which days the rule was tuned.", "the first and the last day", row)
    elif since < first or until > last:
        said = f"The rule was tuned on {full_day(since)} to {full_day(until)}."
        place = "fallback.tuned_from" if since < first else "fallback.tuned_to"
        yield objection(place, said, "calibration days only", row)
    elif (days := (until - since).days + 1) <= (last - first).days / 2:
        said = f"The rule was tuned on {days} of the calibration days."
        yield objection("fallback.tuned_to", said, "most of the calibration days: each has a handful of frauds", row)
    return met("Tuned on the calibration days, with what is known at the time.", row)


def _times(rate: float, limit: float) -> str:
    """How far above a limit something is."""
    return f"more than {rate // limit:,.0f} times what is allowed" if rate >= 2 * limit else "more than is allowed"


def _both(action_plan: ActionPlan, case: Case) -> tuple[tuple[str, Trial], tuple[str, Trial]]:
    """What the rule does on payments that no table shows, by the truth: before the launch, and since."""
    before, since = (unseen(case, action_plan.fallback.rule, since_launch=later) for later in (False, True))
    return ("on days before the launch", before), ("on days since the launch", since)


UNSEEN = "on payments of this company that no table shows, with what they turned out to be"


@rubric.criterion(
    points=4, voice="amara", skill="weigh_trade_offs", gate=True,
    hints=(
        "How many good payments would your rule hold on days that you did not tune on?",
        "The limit stands in the brief. Join conditions with && so that more has to come together.",
        "Stay clear of the limit on the calibration days: chance alone moves the rate by some tenths of a point.",
    ),
    rests_on=("rule_runs",),
    met="On unseen days before and since the launch it keeps to the limit of 0.5 in 100 good payments.",
    expected=f"at most 0.5 in 100 good payments, {UNSEEN}",
)  # fmt: skip
def fallback_spares_good_payments(action_plan: ActionPlan, case: Case) -> Objections:
    """On unseen days, the rule stops at most 0.5 in 100 good payments, as far as chance lets one tell."""
    for when, result in _both(action_plan, case):
        if result.good.clearly_above(FPR_LIMIT):
            yield objection("fallback.rule", f"It stops good payments {when}: {_times(result.good.share, FPR_LIMIT)}.")


@rubric.criterion(
    points=2, voice="samir", skill="weigh_trade_offs", gate=True,
    hints=(
        "A rule that stops nothing has no false positives. What does it let through?",
        "Look at the frauds in the calibration days: what do they have in common, and how many of them does it reach?",
        "Compare frauds and good payments of those days by device, bursts within the hour, amount and score. And look "
        "at the groups on “recent”: is there one whom it never holds up?",
        "Here it comes {{ 'in bursts within the hour, or in large amounts' if truth.shape.in_bursts else "
        "'on new devices, in bursts or with large amounts' }}.",
    ),
    rests_on=("rule_runs",),
    met="It catches at least half of the fraud of unseen days, and leaves no group of customers without it.",
)  # fmt: skip
def fallback_catches_fraud(action_plan: ActionPlan, case: Case) -> Objections:
    """On unseen days, the rule catches at least half of the fraud, as far as chance lets one tell, and leaves out no
    group of customers."""
    for when, result in _both(action_plan, case):
        if result.fraud.clearly_below(RECALL_FLOOR):
            caught = "less than a quarter" if result.recall < RECALL_FLOOR / 2 else "less than half"
            wanted = f"at least 50 in 100 frauds, {UNSEEN}"
            yield objection("fallback.rule", f"It catches {caught} of the fraud {when}.", wanted)
            continue
        for group in result.spared:
            said = f"It lets every payment of {group} pass {when}."
            yield objection("fallback.rule", said, "a rule that reaches thieves in every group of customers")


@rubric.criterion(
    points=1, voice="samir", skill="translate_constraints",
    hints=(
        "The holdout days are weeks ago. What would your rule match in today's traffic?",
        "Run it on the window “recent” as well: the score is not what it was since the launch.",
        "Ask the score only together with something that the launch did not change, or above the scores that it made.",
    ),
    rests_on=("rule_runs",),
)  # fmt: skip
def fallback_fits_the_reviewers(action_plan: ActionPlan, case: Case) -> Objections:
    """The reviewers can take the rule's alerts, before the launch and since."""
    capacity = case.truth.capacity
    for when, result in _both(action_plan, case):
        if result.alerts_a_day > capacity:
            said = f"It makes alerts {when}: {_times(result.alerts_a_day, capacity)}."
            row = {"when": when, "reviewers can take": f"{capacity} a day"}
            yield objection("fallback.rule", said, "no more alerts a day than the reviewers can take", row)
    return met(f"Its alerts keep within the {capacity} a day that can be reviewed, then and now.")


@rubric.criterion(
    points=3, voice="amara", skill="weigh_trade_offs", gate=True,
    hints=(
        "Is there a group of customers whom your rule hits much harder than others?",
        "Look at the groups in the trial's result, on the calibration days and on “recent”: at most 1.5 in 100 in any.",
        "Some groups did not exist on the calibration days, and some columns mean something else since the launch.",
    ),
    rests_on=("rule_runs",),
    expected="at most 1.5 in 100 good payments in any group, before the launch and since",
)  # fmt: skip
def fallback_spares_every_group(action_plan: ActionPlan, case: Case) -> Objections:
    """In no group of customers, of before the launch or of now, does the rule stop more than 1.5 in 100 good ones."""
    hardest = 0.0
    for when, result in _both(action_plan, case):
        for group, rate in result.groups.items():
            hardest = max(hardest, rate.share)
            if rate.clearly_above(GROUP_LIMIT):
                said = f"It stops good payments of {group} {when}: {_times(rate.share, GROUP_LIMIT)}."
                yield objection("fallback.rule", said, "", {"group": group, "limit": "1.5 in 100", "when": when})
    return met(f"In no group does it stop more than {100 * hardest:.2f} in 100 good payments.")


@rubric.criterion(
    points=3, voice="helen", skill="plan_releases",
    hints=(
        "What makes sure that the temporary rule does not stay?",
        "A day within four weeks, and a measure that ends it earlier when it is back near its value before: one that "
        "shows what the model does, since the fallback stands in for the model.",
        f"At most two fifths above or below the value before. {values_in_hint(*SHOW_EVERY_CAUSE)}",
    ),
    rests_on=("action_plan.fallback",),
    met="It ends by a day or by a measure, whichever comes first.",
)  # fmt: skip
def fallback_ends(action_plan: ActionPlan, case: Case) -> Objections:
    """The fallback expires within four weeks, and ends earlier when a trusted measure of what the model does is back
    near normal."""
    fallback, today = action_plan.fallback, case.truth.today
    if fallback.expires is None or not today < fallback.expires <= today + dt.timedelta(days=LONGEST_FALLBACK):
        said = f"It expires on {full_day(fallback.expires) if fallback.expires else 'no day'}."
        yield objection("fallback.expires", said, "a day after today and within four weeks")
    definition = definition_of(fallback.ends_when, case)
    if definition is None or not definition.sound:
        rule = "one of the definitions that can be trusted today"
        yield objection("fallback.ends_when", "No trusted measure ends it.", rule)
        return None
    if (metric := metric_of(stands_for(definition.id, case))) not in SHOW_EVERY_CAUSE:
        alone = "the alert screen alone, and not of the model" if metric == "ui_errors" else "one group alone"
        said = f"It ends by a measure of {alone}: {definition.label}."
        rule = "a measure of good payments stopped or of complaints, or of the group whose stops rose most"
        yield objection("fallback.ends_when", said, rule)
        return None
    before, _ = value_of(definition.id, case)
    low, high = before * (2 - BACK_TO_NORMAL), before * BACK_TO_NORMAL * (1 + PERCENTILE_TOLERANCE)
    if fallback.ends_below is None or not low <= fallback.ends_below <= high:
        limit = stated(fallback.ends_below)
        rule = f"a value near the one before the launch, and at most {BACK_TO_NORMAL} times it"
        row = {"measure": definition.id, "ends at or below": limit, "days": "the row “before” in `about`"}
        said = f"It ends when {definition.label.lower()} is at or below {limit}."
        yield objection("fallback.ends_below", said, rule, row)
    return None


@rubric.criterion(
    points=5, voice="ravi", skill="plan_releases",
    hints=(
        "On the day after the fallback has gone, which cause still stops good payments?",
        "Of the feed and of the market, something that lets payments pass again has to be done before it expires.",
        "What allowed a cause may be mended later; the missing age and the payments from the market may not.",
    ),
    rests_on=("each_cause_has_an_action", "action_plan.actions[].due", "action_plan.fallback.expires"),
    met="No cause acts through the model any more when the fallback goes.",
    expected="something that lets payments pass again, done by the day on which the fallback expires",
)  # fmt: skip
def fallback_lasts_until_the_causes_end(action_plan: ActionPlan, case: Case) -> Objections:
    """For each cause that acts through the model, payments pass again before the fallback has gone."""
    expires = action_plan.fallback.expires
    for cause in (UPSTREAM, MARKET):
        days = [
            action.due
            for action in action_plan.actions
            if action.against in ENDS_HARM[cause] and action.due and can_be_done(action, case)
        ]
        if expires is None or not days or min(days) > expires:
            late = "later" if days else "never"
            said = f"When the fallback goes, {FUNCTIONS[cause]}'s cause still stops payments: it ends {late}."
            yield objection("fallback.expires", said, "", {"fallback until": str(expires), "cause ends": late})
