"""Does the fallback rule hold on payments that it was not tuned on? (A20, checks 1 to 7)"""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.metrics import CONTESTED, DEFINITIONS
from curriculum.cases.fraud_false_positives.rule_trial import HINDSIGHT, RULE_COLUMNS, WINDOWS, trial
from curriculum.cases.fraud_false_positives.world import FPR_LIMIT, GROUP_LIMIT, RECALL_FLOOR
from curriculum.support.dates import full_day
from curriculum.support.rules import RuleError, compile_rule
from graders.common import MONEY_TOLERANCE, PERCENTILE_TOLERANCE, listed, near
from graders.fraud_false_positives.base import is_sound, metric_of, rubric, stated, value_of, values_in_hint
from graders.rubric import Objections, met, objection

LONGEST_FALLBACK = 28
"""Days after which a temporary rule is permanent in all but name."""
BACK_TO_NORMAL = 1.25
"""A measure counts as back when it is at most this many times its value before."""
SMALL_RATE = 0.05
"""Percentage points by which a stated rate of stopped good payments may differ."""


@rubric.criterion(
    points=1, voice="jonas", skill="plan_releases", gate=True,
    hints=(
        "Run your rule in the notebook; the message names the place.",
        "Compare with == and >=, join with && and ||, put text in quotes, write decimal numbers as 2.0.",
    ),
    rests_on=("action_plan.fallback.rule",),
    met="The rule decides every payment of all three windows.",
)  # fmt: skip
def rule_runs(action_plan: ActionPlan, case: Case) -> Objections:
    """The fallback rule compiles, uses columns that exist, and decides every payment."""
    try:
        for window in WINDOWS:
            trial(case, action_plan.fallback.rule, window)
    except RuleError as error:
        wanted, row = "a rule that gives true or false for every payment", {"character": error.position}
        yield objection("fallback.rule", str(error), wanted, row)


@rubric.criterion(
    points=2, voice="samir", skill="measure_success", gate=True,
    hints=(
        "Which payments did you look at when you chose the numbers in the rule?",
        "Tune on the calibration days only; a rule may ask only what is known when the payment is made.",
        "The calibration days are {{ truth.calibration[0] }} to {{ truth.calibration[1] }}, as the table `about` "
        "says; action, appeal and label are hindsight.",
    ),
    rests_on=("action_plan.fallback.rule",),
)  # fmt: skip
def rule_does_not_peek(action_plan: ActionPlan, case: Case) -> Objections:
    """The rule uses nothing that is known only afterwards, and was tuned on the calibration days alone."""
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
    return met("Tuned on the calibration days, with what is known at the time.", row)


def _times(rate: float, limit: float) -> str:
    """How far above a limit something is, without the number that a plan has to state."""
    return f"more than {rate // limit:,.0f} times what is allowed" if rate >= 2 * limit else "more than is allowed"


@rubric.criterion(
    points=2, voice="amara", skill="weigh_trade_offs",
    hints=(
        "How many good payments would your rule hold on the holdout days?",
        "The limit stands in the brief. Join conditions with && so that more has to come together.",
    ),
    rests_on=("rule_runs",),
    met="On the holdout days it keeps to the limit of 0.5 in 100 good payments.",
    expected="at most 0.5 in 100 good payments of the holdout days",
)  # fmt: skip
def fallback_spares_good_payments(action_plan: ActionPlan, case: Case) -> Objections:
    """On the holdout days, the rule stops at most 0.5 in 100 good payments."""
    rate = trial(case, action_plan.fallback.rule, "holdout").false_positive_rate
    if rate > FPR_LIMIT:
        yield objection("fallback.rule", f"It stops good payments: {_times(rate, FPR_LIMIT)}.")


@rubric.criterion(
    points=2, voice="samir", skill="weigh_trade_offs",
    hints=(
        "A rule that stops nothing has no false positives. What does it let through?",
        "Look at the frauds in the calibration days: what do they have in common, and how many of them does it reach?",
        "New devices, bursts of payments within the hour, and large amounts go together in fraud.",
    ),
    rests_on=("rule_runs",),
    met="It catches at least half of the fraud of the holdout days.",
    expected="at least 50 in 100 frauds of the holdout days",
)  # fmt: skip
def fallback_catches_fraud(action_plan: ActionPlan, case: Case) -> Objections:
    """On the holdout days, the rule catches at least half of the fraud."""
    recall = trial(case, action_plan.fallback.rule, "holdout").recall
    if recall < RECALL_FLOOR:
        caught = "less than a quarter" if recall < RECALL_FLOOR / 2 else "less than half"
        yield objection("fallback.rule", f"It catches {caught} of the fraud.")


@rubric.criterion(
    points=2, voice="samir", skill="translate_constraints",
    hints=(
        "The holdout days are weeks ago. What would your rule match in today's traffic?",
        "Run it on the window “recent” as well: the score is not what it was since the launch.",
        "Ask the score only together with something that the launch did not change.",
    ),
    rests_on=("rule_runs",),
)  # fmt: skip
def fallback_fits_the_reviewers(action_plan: ActionPlan, case: Case) -> Objections:
    """The reviewers can take the rule's alerts, on the holdout days and on the last three days."""
    capacity = case.truth.capacity
    for window, when in (("recent", "today's traffic"), ("holdout", "the holdout days")):
        alerts = trial(case, action_plan.fallback.rule, window).alerts_a_day
        if alerts > capacity:
            said = f"In {when} it makes alerts: {_times(alerts, capacity)}."
            row = {"window": window, "reviewers can take": f"{capacity} a day"}
            yield objection("fallback.rule", said, "no more alerts a day than the reviewers can take", row)
    return met(f"Its alerts keep within the {capacity} a day that can be reviewed, then and now.")


@rubric.criterion(
    points=2, voice="amara", skill="weigh_trade_offs",
    hints=(
        "Is there a group of customers whom your rule hits much harder than others?",
        "Look at the groups in the trial's result; at most 1.5 in 100 in any of them.",
        "New customers often have a new device: ask for a larger amount before that alone decides.",
    ),
    rests_on=("rule_runs",),
    expected="at most 1.5 in 100 good payments in any group",
)  # fmt: skip
def fallback_spares_every_group(action_plan: ActionPlan, case: Case) -> Objections:
    """In no group of customers does the rule stop more than 1.5 in 100 good payments."""
    group, rate = trial(case, action_plan.fallback.rule, "holdout").worst_group
    row = {"group": group, "good payments stopped": f"{100 * rate:.2f} in 100", "limit": "1.5 in 100"}
    if rate > GROUP_LIMIT:
        said = f"It stops {100 * rate:.2f} in 100 good payments of {group}."
        yield objection("fallback.rule", said, "", row)
    return met(f"The hardest-hit group is {group}, with {100 * rate:.2f} in 100.", row)


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success",
    hints=(
        "Do your three numbers come from the final version of the rule?",
        "Run the rule once more on the holdout and on the last three days, and copy the numbers.",
        'try_rule(lesson.tables, "…", "holdout") gives the first two for the rule between the quotes, and "recent" '
        "the alerts a day.",
    ),
    rests_on=("rule_runs", "action_plan.fallback.false_positives", "action_plan.fallback.recall",
              "action_plan.fallback.alerts"),
)  # fmt: skip
def fallback_numbers_recompute(action_plan: ActionPlan, case: Case) -> Objections:
    """The stated rates and alerts are what the rule gives when it is run."""
    fallback = action_plan.fallback
    holdout, recent = (trial(case, fallback.rule, window) for window in ("holdout", "recent"))
    rate, recall, alerts = 100 * holdout.false_positive_rate, 100 * holdout.recall, recent.alerts_a_day
    checks = (
        ("false_positives", "good payments stopped per 100", "holdout", rate, {"absolute": SMALL_RATE}),
        ("recall", "fraud caught per 100", "holdout", recall, {"absolute": 1.0}),
        ("alerts", "alerts a day", "recent", alerts, {"relative": MONEY_TOLERANCE, "absolute": 1.0}),
    )
    for name, words, window, true, tolerance in checks:
        if not near(given := getattr(fallback, name), true, **tolerance):
            row = {"number": words, "stated": stated(given), "window": window}
            wanted = f"what your rule gives when it is run on the window “{window}”"
            yield objection(f"fallback.{name}", f"You state {stated(given)} {words}.", wanted, row)
    return met(f"{rate:.2f} and {recall:.0f} in 100, {alerts:,.0f} alerts a day: the rule gives exactly that.")


@rubric.criterion(
    points=1, voice="helen", skill="plan_releases",
    hints=(
        "What makes sure that the temporary rule does not stay?",
        "A day within four weeks, and a measure that ends it earlier when it is back near its value before.",
        f"At most a quarter above or below the value before. {values_in_hint(*CONTESTED)}",
    ),
    rests_on=("action_plan.fallback",),
    met="It ends by a day or by a measure, whichever comes first.",
)  # fmt: skip
def fallback_ends(action_plan: ActionPlan, case: Case) -> Objections:
    """The fallback expires within four weeks, and ends earlier when a trusted measure is back near normal."""
    fallback, today = action_plan.fallback, case.truth.today
    if fallback.expires is None or not today < fallback.expires <= today + dt.timedelta(days=LONGEST_FALLBACK):
        said = f"It expires on {full_day(fallback.expires) if fallback.expires else 'no day'}."
        yield objection("fallback.expires", said, "a day after today and within four weeks")
    if not is_sound(fallback.ends_when) or metric_of(fallback.ends_when) not in CONTESTED:
        rule = "one of the definitions that can be trusted today"
        yield objection("fallback.ends_when", "No trusted measure ends it.", rule)
        return None
    before, _ = value_of(fallback.ends_when, case)
    low, high = before * (2 - BACK_TO_NORMAL), before * BACK_TO_NORMAL * (1 + PERCENTILE_TOLERANCE)
    if fallback.ends_below is None or not low <= fallback.ends_below <= high:
        label, limit = DEFINITIONS[fallback.ends_when].label.lower(), stated(fallback.ends_below)
        rule = f"a value near the one before the launch, and at most {BACK_TO_NORMAL} times it"
        row = {"measure": fallback.ends_when, "ends at or below": limit, "days": "the row “before” in `about`"}
        yield objection("fallback.ends_below", f"It ends when {label} is at or below {limit}.", rule, row)
    return None
