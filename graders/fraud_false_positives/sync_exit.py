"""Would these criteria end the weekly sync at the right time, and open it again? (A21)"""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.artifacts.incident import Incident
from curriculum.artifacts.sync_exit import SyncExit
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.drill import exit_week
from curriculum.cases.fraud_false_positives.metrics import CONTESTED, DEFINITIONS
from curriculum.support.dates import full_day
from graders.common import PERCENTILE_TOLERANCE, incomplete, listed, word_count
from graders.fraud_false_positives.base import (
    agrees,
    contested_missing,
    is_sound,
    metric_of,
    misleading,
    placed,
    rubric,
    stated,
    value_of,
    values_in_hint,
)
from graders.fraud_false_positives.fallback import BACK_TO_NORMAL
from graders.rubric import NotYet, Objections, met, objection

WEEK = 7
LAST_DAY = 56
"""Days within which the fallback must be gone or decided on."""


@rubric.criterion(
    points=1, voice="helen", skill="lead_incidents", gate=True,
    hints=(
        "Could somebody who was not here end the sync by these lines alone?",
        "Fill each condition, the fallback with its day, the actions, the decider, the drill week, the re-opening.",
    ),
    met="Every part is filled, and every name is known here.",
)  # fmt: skip
def exit_is_complete(sync_exit: SyncExit, case: Case) -> Objections:
    """Conditions, fallback, actions, decider, drill week and re-opening are filled."""
    yield from incomplete(
        sync_exit, case, "conditions", "fallback", "fallback_until", "actions", "decider", "drill_week",
        "reopen_definition", "reopen_above", "reopen_days", "conditions[].definition", "conditions[].baseline",
        "conditions[].threshold", "conditions[].window_days", "conditions[].in_a_row", "conditions[].owner",
    )  # fmt: skip


@rubric.criterion(
    points=2, voice="jonas", skill="measure_success", gate=True,
    hints=(
        "Would your measures look normal next week only because something is not known yet?",
        "One trusted definition for good payments stopped, one for complaints, one for errors on the screen.",
    ),
    rests_on=("sync_exit.conditions[].definition",),
    met="Good payments stopped, complaints and screen errors each have a measure that is known in time.",
)  # fmt: skip
def conditions_are_mature(sync_exit: SyncExit, case: Case) -> Objections:
    """The conditions cover the three contested metrics with definitions that are complete within days."""
    for place, condition in placed("conditions", sync_exit.conditions):
        if definition := DEFINITIONS.get(condition.definition):
            yield from misleading(f"{place}.definition", definition)
    if lacking := contested_missing(condition.definition for condition in sync_exit.conditions):
        said = f"There is no condition on {listed(lacking)}."
        yield objection("conditions", said, "one for each of the three contested metrics")


@rubric.criterion(
    points=2, voice="helen", skill="measure_success",
    hints=(
        "Normal compared with what?",
        "Take each measure's value in the 28 days before the launch day, and allow at most a quarter more.",
        f"A threshold from the value before to {BACK_TO_NORMAL} times it. {values_in_hint(*CONTESTED)}",
    ),
    rests_on=("sync_exit.conditions[].definition", "sync_exit.conditions[].baseline",
              "sync_exit.conditions[].threshold"),
    met="Each threshold refers to the time before the launch.",
)  # fmt: skip
def thresholds_refer_to_before(sync_exit: SyncExit, case: Case) -> Objections:
    """Each threshold is set against the measure's recomputed value before the launch, at most a quarter above it."""
    for place, condition in placed("conditions", sync_exit.conditions):
        definition = DEFINITIONS.get(condition.definition)
        if definition is None:
            continue
        before, _ = value_of(definition.id, case)
        said, limit = stated(condition.baseline), stated(condition.threshold)
        row = {"definition": definition.id, "stated before": said, "threshold": limit, "unit": definition.unit,
               "days": "the row “before” in `about`"}  # fmt: skip
        if not agrees(condition.baseline, before):
            rule = "its value in the 28 days before the launch day, as the tables give it, within 5 %"
            yield objection(f"{place}.baseline", f"“{definition.label}”: you state {said} before.", rule, row)
        high = BACK_TO_NORMAL * before * (1 + PERCENTILE_TOLERANCE / 5)
        if condition.threshold is None or not 0.95 * before <= condition.threshold <= high:
            rule = "a threshold from the true value before the launch to a quarter above it"
            found = f"“{definition.label}” has to be at or below {limit}."
            yield objection(f"{place}.threshold", found, rule, row)


@rubric.criterion(
    points=1, voice="samir", skill="measure_success",
    hints=(
        "What if one week is good by luck?",
        "Whole weeks, at least two of them in a row, so that weekends and luck even out.",
    ),
    rests_on=("sync_exit.conditions[].window_days", "sync_exit.conditions[].in_a_row"),
    met="One lucky week does not end the sync.",
)  # fmt: skip
def good_weeks_come_in_a_row(sync_exit: SyncExit, case: Case) -> Objections:
    """Each condition is counted over whole weeks and must hold at least twice in a row."""
    for place, condition in placed("conditions", sync_exit.conditions):
        window, times = condition.window_days, condition.in_a_row
        row = {"definition": condition.definition or "nothing", "days": stated(window), "in a row": stated(times)}
        if window is None or window < WEEK or window % WEEK or window > 4 * WEEK:
            said = f"A window has {stated(window)} days."
            yield objection(f"{place}.window_days", said, "one to four whole weeks: 7, 14, 21 or 28 days", row)
        if times is None or not 2 <= times <= 8 or times != int(times):
            said = f"A condition must hold {stated(times)} times in a row."
            yield objection(f"{place}.in_a_row", said, "two times or more", row)


@rubric.criterion(
    points=1, voice="samir", skill="plan_releases", gate=True,
    hints=(
        "Are the numbers normal, or does the fallback make them normal?",
        "Remove the fallback before the good weeks are counted, or have Helen decide in writing that it stays.",
    ),
    rests_on=("sync_exit.fallback", "sync_exit.fallback_until"),
    met="The good weeks will say something about the system, not about the fallback.",
)  # fmt: skip
def fallback_is_gone_or_decided(sync_exit: SyncExit, case: Case) -> Objections:
    """Good weeks are counted only after the fallback is gone, or a written decision makes it permanent."""
    until, today = sync_exit.fallback_until, case.truth.today
    row = {"fallback": sync_exit.fallback, "until": str(until)}
    if sync_exit.fallback not in ("removed_before_counting", "permanent_by_decision"):
        said = "The fallback may still be on when the good weeks are counted."
        yield objection("fallback", said, "gone, or decided on", row)
    if until and not today < until <= today + dt.timedelta(days=LAST_DAY):
        yield objection("fallback_until", f"The fallback has {full_day(until)}.", "a day in the next eight weeks", row)
    if sync_exit.fallback == "permanent_by_decision" and word_count(sync_exit.fallback_decision) < 8:
        said = "The decision that it stays has no reason."
        yield objection("fallback_decision", said, "who decided, and why, in a sentence", row)


@rubric.criterion(
    points=1, voice="ravi", skill="lead_incidents",
    hints=(
        "What happens to the corrective actions when the numbers are back before they are done?",
        "The sync ends only when each action is closed, or somebody with the right to do so accepts that it is not.",
    ),
    rests_on=("sync_exit.actions",),
    met="Open actions keep the sync open.",
    expected="all closed, or accepted by name",
)  # fmt: skip
def actions_are_closed_first(sync_exit: SyncExit) -> Objections:
    """The sync ends only when every corrective action is closed or its risk accepted."""
    if sync_exit.actions != "all_closed_or_accepted":
        yield objection("actions", "Corrective actions may still be open when the sync ends.")


@rubric.criterion(
    points=2, voice="helen", skill="measure_success",
    hints=(
        "Go through last autumn's weeks one by one: when would all your conditions have held?",
        "Divide each threshold by its value before; a drill week is good when all three measures are at or below that.",
        "Count only weeks without the fallback, in a row, and wait until no action is open.",
        "At 1.2 times the usual, twice in a row, without the fallback and with no action open, it is week "
        "{{ truth.drill_week(1.2, 2) }}.",
    ),
    rests_on=("conditions_are_mature", "sync_exit.drill_week", "sync_exit.conditions[].threshold",
              "sync_exit.conditions[].baseline", "sync_exit.conditions[].in_a_row", "sync_exit.fallback",
              "sync_exit.actions"),
    expected="the first week of the table `drill` in which all your conditions hold; 0 if they hold in none",
)  # fmt: skip
def drill_week_recomputes(sync_exit: SyncExit, case: Case) -> Objections:
    """Your own criteria, applied to last autumn's incident, end the sync in the week that you state."""
    ratios, in_a_row = drill_terms(sync_exit)
    if ratios is None:
        raise NotYet("sync_exit.conditions", "It needs a threshold and a value before for each of the three metrics.")
    true = exit_week(case.columns["drill"], ratios, in_a_row, without_fallback=sync_exit.fallback !=
                     "may_stay_on", actions_closed=sync_exit.actions == "all_closed_or_accepted")  # fmt: skip
    row = {"stated": stated(sync_exit.drill_week), "good weeks in a row": in_a_row,
           "strictest threshold": f"{min(ratios.values()):.2f} times the usual"}  # fmt: skip
    if sync_exit.drill_week != (true or 0):
        week = f"In week {row['stated']}" if sync_exit.drill_week else "In some week, not in none,"
        yield objection(
            "drill_week", f"{week} your criteria {'do not ' if sync_exit.drill_week else ''}end it.", "", row
        )
    week = f"in week {true}" if true else "in none of its weeks"
    return met(f"Your criteria would have ended last autumn's sync {week}.", row)


@rubric.criterion(
    points=1, voice="helen", skill="decision_rights",
    hints=("Who says that it is over?", "The brief names the person who decides when the incident is over."),
    rests_on=("sync_exit.decider",),
    expected="the person who decides when the incident is over",
)  # fmt: skip
def the_right_person_declares_the_end(sync_exit: SyncExit, case: Case) -> Objections:
    """The end is declared by the person who decides it."""
    label = case.registry.label("people", sync_exit.decider) or "nobody"
    if sync_exit.decider != "helen":
        yield objection("decider", f"The end is declared by {label}.")
    return met(f"{label} declares the end.")


@rubric.criterion(
    points=1, voice="amara", skill="measure_success",
    hints=(
        "How would you notice that it comes back?",
        "A trusted measure, a value above the exit's threshold and below today's, and a week or less.",
        "Above the value before and the exit's threshold, and at most four fifths of the way from before to now. "
        f"{values_in_hint(*CONTESTED)}",
    ),
    rests_on=("sync_exit.reopen_definition", "sync_exit.reopen_above", "sync_exit.reopen_days"),
    met="If it comes back, the sync begins again within a week.",
)  # fmt: skip
def sync_can_begin_again(sync_exit: SyncExit, case: Case) -> Objections:
    """A trusted measure re-opens the sync, above the exit's threshold and well before it is as bad as today."""
    definition = DEFINITIONS.get(sync_exit.reopen_definition)
    limit, days = stated(sync_exit.reopen_above), stated(sync_exit.reopen_days)
    if definition is None or not definition.sound or definition.metric not in CONTESTED:
        said = f"It begins again by “{definition.label if definition else sync_exit.reopen_definition}”."
        yield objection("reopen_definition", said, "a measure that can be trusted within days")
    else:
        before, now = value_of(definition.id, case)
        given = [c.threshold for c in sync_exit.conditions if c.definition == definition.id and c.threshold is not None]
        low, high = max([before, *given]), before + 0.8 * (now - before)
        if sync_exit.reopen_above is None or not low < sync_exit.reopen_above <= high:
            rule = "above the exit's threshold, and at most four fifths of the way from before the launch to today"
            row = {"measure": definition.id, "begins again above": limit, "days": days}
            yield objection("reopen_above", f"It begins again above {limit}.", rule, row)
    if sync_exit.reopen_days is None or not 1 <= sync_exit.reopen_days <= WEEK:
        yield objection("reopen_days", f"It begins again after {days} days.", "one to seven days")


@rubric.criterion(
    points=1, voice="ravi", skill="lead_incidents",
    hints=(
        "Do the exit criteria count the same thing as the dashboard?",
        "For each metric, pick the definition of your dashboard's panel.",
    ),
    rests_on=("sync_exit.conditions[].definition", "incident.panels[].definition"),
    met="Exit criteria and dashboard count the same.",
    expected="one definition in both",
)  # fmt: skip
def conditions_are_the_dashboards(sync_exit: SyncExit, incident: Incident) -> Objections:
    """Each condition uses the definition of the dashboard's panel on the same metric."""
    panels = {metric_of(panel.definition): panel.definition for panel in reversed(incident.panels)}
    for place, condition in placed("conditions", sync_exit.conditions):
        shown = panels.get(metric_of(condition.definition), "")
        if not condition.definition or shown != condition.definition:
            row = {"exit": condition.definition or "nothing", "dashboard": shown or "nothing"}
            label = DEFINITIONS[condition.definition].label if condition.definition in DEFINITIONS else "nothing"
            said = f"A condition counts “{label}”, and the dashboard does not."
            yield objection(f"{place}.definition", said, "", row)


@rubric.criterion(
    points=1, voice="samir", skill="plan_releases",
    hints=(
        "Your action plan says when the fallback expires. Does the exit know?",
        "The fallback's day in the exit criteria is not before the day on which the plan lets it expire.",
    ),
    rests_on=("sync_exit.fallback_until", "action_plan.fallback", "action_plan.fallback.expires"),
    met="Plan and exit criteria agree on the fallback's end.",
    expected="the same day, or up to a week later",
)  # fmt: skip
def fallback_days_agree(sync_exit: SyncExit, action_plan: ActionPlan) -> Objections:
    """The fallback ends in the exit criteria when it expires in the action plan, or within a week of it."""
    until, expires = sync_exit.fallback_until, action_plan.fallback.expires
    if until and expires and not 0 <= (until - expires).days <= WEEK:
        said = f"The fallback ends on {until} here, and on {expires} in the plan."
        yield objection("fallback_until", said, "", {"exit": str(until), "plan": str(expires)})


def drill_terms(sync_exit: SyncExit) -> tuple[dict[str, float] | None, int]:
    """Thresholds as multiples of the value before, by metric, and how many good weeks in a row; None where lacking."""
    ratios: dict[str, float] = {}
    for condition in sync_exit.conditions:
        metric = metric_of(condition.definition)
        if metric in CONTESTED and condition.threshold is not None and condition.baseline:
            ratio = condition.threshold / condition.baseline
            ratios[metric] = min(ratio, ratios.get(metric, ratio))
    weeks = [
        condition.in_a_row * max(1.0, (condition.window_days or WEEK) / WEEK)
        for condition in sync_exit.conditions
        if condition.in_a_row is not None
    ]
    if set(ratios) != set(CONTESTED) or not weeks or not all(is_sound(c.definition) for c in sync_exit.conditions):
        return None, 0
    return ratios, max(1, min(200, round(max(weeks))))
