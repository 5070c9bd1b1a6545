"""Does the fallback rule hold on payments that it was not tuned on? (A20, checks 1 to 7)"""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.metrics import CONTESTED, DEFINITIONS
from curriculum.cases.fraud_false_positives.rule_trial import HINDSIGHT, RULE_COLUMNS, WINDOWS, Trial, trial
from curriculum.cases.fraud_false_positives.world import FPR_LIMIT, GROUP_LIMIT, RECALL_FLOOR
from curriculum.support.dates import full_day
from curriculum.support.rules import RuleError, compile_rule
from graders.common import MONEY_TOLERANCE, PERCENTILE_TOLERANCE, listed, near
from graders.fraud_false_positives.base import is_sound, metric_of, rubric, stated, value_of
from graders.rubric import Verdict, met, unmet

LONGEST_FALLBACK = 28
"""Days after which a temporary rule is permanent in all but name."""
BACK_TO_NORMAL = 1.25
"""A measure counts as back when it is at most this many times its value before."""
SMALL_RATE = 0.05
"""Percentage points by which a stated rate of stopped good payments may differ."""


def _trial(plan: ActionPlan, case: Case, window: str) -> Trial | None:
    try:
        return trial(case, plan.fallback.rule, window)
    except RuleError:
        return None


_CANNOT_RUN = ("The rule cannot be run yet.", "a rule that runs; see the check on the rule itself")


@rubric.criterion(
    points=1,
    voice="jonas",
    skill="plan_releases",
    gate=True,
    hints=(
        "Run your rule in the notebook; the message names the place.",
        "Compare with == and >=, join with && and ||, put text in quotes, write decimal numbers as 2.0.",
    ),
)
def rule_runs(action_plan: ActionPlan, case: Case) -> Verdict:
    """The fallback rule compiles, uses columns that exist, and decides every payment."""
    try:
        for window in WINDOWS:
            trial(case, action_plan.fallback.rule, window)
    except RuleError as error:
        return unmet(str(error), "a rule that gives true or false for every payment", {"character": error.position})
    return met("The rule decides every payment of all three windows.")


@rubric.criterion(
    points=2,
    voice="samir",
    skill="measure_success",
    gate=True,
    hints=(
        "Which payments did you look at when you chose the numbers in the rule?",
        "Tune on the calibration days only; a rule may ask only what is known when the payment is made.",
        "The dates are in the table `about`; action, appeal and label are hindsight.",
    ),
)
def rule_does_not_peek(action_plan: ActionPlan, case: Case) -> Verdict:
    """The rule uses nothing that is known only afterwards, and was tuned on the calibration days alone."""
    fallback = action_plan.fallback
    try:
        used = compile_rule(fallback.rule, {**RULE_COLUMNS, **dict.fromkeys(HINDSIGHT, str)}).columns
    except RuleError:
        used = ()
    hindsight = [name for name in used if name in HINDSIGHT]
    if hindsight:
        return unmet(f"The rule asks for {listed(hindsight)}.", "only what is known when the payment is made")
    first, last = case.truth.calibration
    row = {"calibration": f"{first} to {last}", "holdout": "{} to {}".format(*case.truth.holdout),
           "tuned on": f"{fallback.tuned_from} to {fallback.tuned_to}"}  # fmt: skip
    if fallback.tuned_from is None or fallback.tuned_to is None or fallback.tuned_from > fallback.tuned_to:
        return unmet("It is not said on which days the rule was tuned.", "the first and the last day", row)
    if fallback.tuned_from < first or fallback.tuned_to > last:
        return unmet(
            f"The rule was tuned on {full_day(fallback.tuned_from)} to {full_day(fallback.tuned_to)}.",
            f"days from {full_day(first)} to {full_day(last)} only",
            row,
        )
    return met("Tuned on the calibration days, with what is known at the time.", row)


@rubric.criterion(
    points=2,
    voice="amara",
    skill="weigh_trade_offs",
    hints=(
        "How many good payments would your rule hold on the holdout days?",
        "The limit stands in the brief. Join conditions with && so that more has to come together.",
    ),
)
def fallback_spares_good_payments(action_plan: ActionPlan, case: Case) -> Verdict:
    """On the holdout days, the rule stops at most 0.5 in 100 good payments."""
    result = _trial(action_plan, case, "holdout")
    if result is None:
        return unmet(*_CANNOT_RUN)
    rate = result.false_positive_rate
    row = {"window": "holdout", "good payments stopped": f"{100 * rate:.2f} in 100", "limit": "0.5 in 100"}
    if rate <= FPR_LIMIT:
        return met(f"{100 * rate:.2f} in 100 good payments on the holdout days.", row)
    return unmet(f"It stops {100 * rate:.2f} in 100 good payments.", "at most 0.5 in 100", row)


@rubric.criterion(
    points=2,
    voice="samir",
    skill="weigh_trade_offs",
    hints=(
        "A rule that stops nothing has no false positives. What does it let through?",
        "Look at the frauds in the calibration days: what do they have in common, and how many of them does it reach?",
        "New devices, bursts of payments within the hour, and large amounts go together in fraud.",
    ),
)
def fallback_catches_fraud(action_plan: ActionPlan, case: Case) -> Verdict:
    """On the holdout days, the rule catches at least half of the fraud."""
    result = _trial(action_plan, case, "holdout")
    if result is None:
        return unmet(*_CANNOT_RUN)
    row = {"window": "holdout", "fraud caught": f"{100 * result.recall:.0f} in 100", "floor": "50 in 100"}
    if result.recall >= RECALL_FLOOR:
        return met(f"{100 * result.recall:.0f} in 100 frauds on the holdout days.", row)
    return unmet(f"It catches {100 * result.recall:.0f} in 100 frauds.", "at least 50 in 100", row)


@rubric.criterion(
    points=2,
    voice="samir",
    skill="translate_constraints",
    hints=(
        "The holdout days are weeks ago. What would your rule match in today's traffic?",
        "Run it on the window “recent” as well: the score is not what it was since the launch.",
        "Ask the score only together with something that the launch did not change.",
    ),
)
def fallback_fits_the_reviewers(action_plan: ActionPlan, case: Case) -> Verdict:
    """The reviewers can take the rule's alerts, on the holdout days and on the last three days."""
    then, recent = _trial(action_plan, case, "holdout"), _trial(action_plan, case, "recent")
    if then is None or recent is None:
        return unmet(*_CANNOT_RUN)
    capacity = case.truth.capacity
    row = {"alerts a day, holdout": round(then.alerts_a_day), "alerts a day, last three days":
           round(recent.alerts_a_day), "reviewers can take": capacity}  # fmt: skip
    if max(then.alerts_a_day, recent.alerts_a_day) <= capacity:
        return met(f"{recent.alerts_a_day:,.0f} alerts a day in today's traffic; {capacity} can be reviewed.", row)
    when = "today's traffic" if recent.alerts_a_day > capacity else "the holdout days"
    most = max(then.alerts_a_day, recent.alerts_a_day)
    return unmet(f"In {when} it makes {most:,.0f} alerts a day.", f"at most {capacity}", row)


@rubric.criterion(
    points=2,
    voice="amara",
    skill="weigh_trade_offs",
    hints=(
        "Is there a group of customers whom your rule hits much harder than others?",
        "Look at the groups in the trial's result; at most 1.5 in 100 in any of them.",
        "New customers often have a new device: ask for a larger amount before that alone decides.",
    ),
)
def fallback_spares_every_group(action_plan: ActionPlan, case: Case) -> Verdict:
    """In no group of customers does the rule stop more than 1.5 in 100 good payments."""
    result = _trial(action_plan, case, "holdout")
    if result is None:
        return unmet(*_CANNOT_RUN)
    group, rate = result.worst_group
    row = {"group": group, "good payments stopped": f"{100 * rate:.2f} in 100", "limit": "1.5 in 100",
           "all customers": f"{100 * result.false_positive_rate:.2f} in 100"}  # fmt: skip
    if rate <= GROUP_LIMIT:
        return met(f"The hardest-hit group is {group}, with {100 * rate:.2f} in 100.", row)
    return unmet(f"It stops {100 * rate:.2f} in 100 good payments of {group}.", "at most 1.5 in 100", row)


@rubric.criterion(
    points=1,
    voice="jonas",
    skill="measure_success",
    hints=(
        "Do your three numbers come from the final version of the rule?",
        "Run the rule once more on the holdout and on the last three days, and copy the numbers.",
    ),
)
def fallback_numbers_recompute(action_plan: ActionPlan, case: Case) -> Verdict:
    """The stated rates and alerts are what the rule gives when it is run."""
    holdout, recent = _trial(action_plan, case, "holdout"), _trial(action_plan, case, "recent")
    if holdout is None or recent is None:
        return unmet(*_CANNOT_RUN)
    fallback = action_plan.fallback
    rate, recall, alerts = 100 * holdout.false_positive_rate, 100 * holdout.recall, recent.alerts_a_day
    checks = (
        ("good payments stopped per 100", fallback.false_positives, rate,
         near(fallback.false_positives, rate, absolute=SMALL_RATE)),
        ("fraud caught per 100", fallback.recall, recall, near(fallback.recall, recall, absolute=1.0)),
        ("alerts a day", fallback.alerts, alerts, near(fallback.alerts, alerts, relative=MONEY_TOLERANCE, absolute=1)),
    )  # fmt: skip
    for name, said, true, right in checks:
        if not right:
            row = {"number": name, "stated": stated(said), "recomputed": round(true, 2)}
            return unmet(f"You state {stated(said)} {name}.", f"{true:,.2f}", row)
    return met(f"{rate:.2f} and {recall:.0f} in 100, {alerts:,.0f} alerts a day: the rule gives exactly that.")


@rubric.criterion(
    points=1,
    voice="helen",
    skill="plan_releases",
    hints=(
        "What makes sure that the temporary rule does not stay?",
        "A day within four weeks, and a measure that ends it earlier when it is back near its value before.",
    ),
)
def fallback_ends(action_plan: ActionPlan, case: Case) -> Verdict:
    """The fallback expires within four weeks, and ends earlier when a trusted measure is back near normal."""
    fallback, today = action_plan.fallback, case.truth.today
    latest = today + dt.timedelta(days=LONGEST_FALLBACK)
    row: dict[str, object] = {
        "expires": str(fallback.expires or "never"),
        "latest": str(latest),
        "measure": fallback.ends_when or "none",
    }
    if fallback.expires is None or not today < fallback.expires <= latest:
        found = full_day(fallback.expires) if fallback.expires else "no day"
        return unmet(f"It expires on {found}.", f"a day after today and by {full_day(latest)}", row)
    if not is_sound(fallback.ends_when) or metric_of(fallback.ends_when) not in CONTESTED:
        return unmet("No trusted measure ends it.", "one of the definitions that can be trusted today", row)
    before, _ = value_of(fallback.ends_when, case)
    low, high = before * (2 - BACK_TO_NORMAL), before * BACK_TO_NORMAL
    row |= {"before": round(before, 2), "ends at or below": stated(fallback.ends_below)}
    if fallback.ends_below is None or not low <= fallback.ends_below <= high * (1 + PERCENTILE_TOLERANCE):
        return unmet(
            f"It ends when {DEFINITIONS[fallback.ends_when].label.lower()} is at or below "
            f"{stated(fallback.ends_below)}.",
            f"a value near the one before the launch, {before:.2f}, and at most {BACK_TO_NORMAL} times it",
            row,
        )
    return met("It ends by a day or by a measure, whichever comes first.", row)
