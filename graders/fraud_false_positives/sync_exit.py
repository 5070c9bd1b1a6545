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
from graders.common import PERCENTILE_TOLERANCE, listed, word_count
from graders.fraud_false_positives.base import (
    agrees,
    completeness,
    contested_missing,
    is_sound,
    metric_of,
    rubric,
    stated,
    value_of,
)
from graders.fraud_false_positives.fallback import BACK_TO_NORMAL
from graders.rubric import Verdict, met, unmet

WEEK = 7
LAST_DAY = 56
"""Days within which the fallback must be gone or decided on."""


@rubric.criterion(
    points=1,
    voice="helen",
    skill="lead_incidents",
    gate=True,
    hints=(
        "Could somebody who was not here end the sync by these lines alone?",
        "Fill each condition, the fallback with its day, the actions, the decider, the drill week, the re-opening.",
    ),
)
def exit_is_complete(sync_exit: SyncExit, case: Case) -> Verdict:
    """Conditions, fallback, actions, decider, drill week and re-opening are filled."""
    required: dict[str, object] = {
        "the conditions": sync_exit.conditions,
        "the fallback": sync_exit.fallback,
        "the fallback's day": sync_exit.fallback_until,
        "the actions": sync_exit.actions,
        "who declares the end": sync_exit.decider,
        "the drill week": sync_exit.drill_week,
        "the measure that begins it again": sync_exit.reopen_definition,
        "the value that begins it again": sync_exit.reopen_above,
        "the days that begin it again": sync_exit.reopen_days,
    }
    for number, condition in enumerate(sync_exit.conditions, start=1):
        parts = {"its measure": condition.definition, "its value before": condition.baseline,
                 "its threshold": condition.threshold, "its window": condition.window_days,
                 "how often in a row": condition.in_a_row, "its owner": condition.owner}  # fmt: skip
        required |= {f"condition {number}, {name}": value for name, value in parts.items()}
    return completeness(sync_exit, case, required)


@rubric.criterion(
    points=2,
    voice="jonas",
    skill="measure_success",
    gate=True,
    hints=(
        "Would your measures look normal next week only because something is not known yet?",
        "One trusted definition for good payments stopped, one for complaints, one for errors on the screen.",
    ),
)
def conditions_are_mature(sync_exit: SyncExit, case: Case) -> Verdict:
    """The conditions cover the three contested metrics with definitions that are complete within days."""
    for condition in sync_exit.conditions:
        definition = DEFINITIONS.get(condition.definition)
        if definition and not definition.sound:
            row = {"definition": definition.id, "kind": definition.kind}
            expected = "a measure that is complete within days"
            return unmet(f"“{definition.label}” misleads: {definition.why_not}.", expected, row)
    lacking = contested_missing(condition.definition for condition in sync_exit.conditions)
    if lacking:
        return unmet(f"There is no condition on {listed(lacking)}.", "one for each of the three contested metrics")
    return met("Good payments stopped, complaints and screen errors each have a measure that is known in time.")


@rubric.criterion(
    points=2,
    voice="helen",
    skill="measure_success",
    hints=(
        "Normal compared with what?",
        "Take each measure's value in the 28 days before the launch day, and allow at most a quarter more.",
    ),
)
def thresholds_refer_to_before(sync_exit: SyncExit, case: Case) -> Verdict:
    """Each threshold is set against the measure's recomputed value before the launch, at most a quarter above it."""
    for condition in sync_exit.conditions:
        definition = DEFINITIONS.get(condition.definition)
        if definition is None:
            continue
        before, now = value_of(definition.id, case)
        row = {"definition": definition.id, "before": round(before, 2), "now": round(now, 2), "stated before":
               stated(condition.baseline), "threshold": stated(condition.threshold)}  # fmt: skip
        if not agrees(condition.baseline, before):
            found = f"“{definition.label}”: you state {stated(condition.baseline)} before."
            return unmet(found, f"{before:.2f} {definition.unit}", row)
        high = BACK_TO_NORMAL * before * (1 + PERCENTILE_TOLERANCE / 5)
        if condition.threshold is None or not 0.95 * before <= condition.threshold <= high:
            return unmet(
                f"“{definition.label}” has to be at or below {stated(condition.threshold)}.",
                f"between {before:.2f}, as before, and {BACK_TO_NORMAL * before:.2f}",
                row,
            )
    if not sync_exit.conditions:
        return unmet("There is no condition yet.", "thresholds against the time before the launch")
    return met("Each threshold refers to the time before the launch.")


@rubric.criterion(
    points=1,
    voice="samir",
    skill="measure_success",
    hints=(
        "What if one week is good by luck?",
        "Whole weeks, at least two of them in a row, so that weekends and luck even out.",
    ),
)
def good_weeks_come_in_a_row(sync_exit: SyncExit, case: Case) -> Verdict:
    """Each condition is counted over whole weeks and must hold at least twice in a row."""
    for condition in sync_exit.conditions:
        window, times = condition.window_days, condition.in_a_row
        row = {"definition": condition.definition or "nothing", "days": stated(window), "in a row": stated(times)}
        if window is None or window < WEEK or window % WEEK or window > 4 * WEEK:
            return unmet(f"A window has {stated(window)} days.", "one to four whole weeks: 7, 14, 21 or 28 days", row)
        if times is None or not 2 <= times <= 8 or times != int(times):
            return unmet(f"A condition must hold {stated(times)} times in a row.", "two times or more", row)
    if not sync_exit.conditions:
        return unmet("There is no condition yet.", "conditions that must hold at least twice in a row")
    return met("One lucky week does not end the sync.")


@rubric.criterion(
    points=1,
    voice="samir",
    skill="plan_releases",
    gate=True,
    hints=(
        "Are the numbers normal, or does the fallback make them normal?",
        "Remove the fallback before the good weeks are counted, or have Helen decide in writing that it stays.",
    ),
)
def fallback_is_gone_or_decided(sync_exit: SyncExit, case: Case) -> Verdict:
    """Good weeks are counted only after the fallback is gone, or a written decision makes it permanent."""
    until, today = sync_exit.fallback_until, case.truth.today
    row = {"fallback": sync_exit.fallback or "nothing", "until": str(until or "no day")}
    if sync_exit.fallback not in ("removed_before_counting", "permanent_by_decision"):
        return unmet("The fallback may still be on when the good weeks are counted.", "gone, or decided on", row)
    if until is None or not today < until <= today + dt.timedelta(days=LAST_DAY):
        return unmet(
            f"The fallback has {full_day(until) if until else 'no day'}.", "a day in the next eight weeks", row
        )
    if sync_exit.fallback == "permanent_by_decision" and word_count(sync_exit.fallback_decision) < 8:
        return unmet("The decision that it stays has no reason.", "who decided, and why, in a sentence", row)
    return met("The good weeks will say something about the system, not about the fallback.", row)


@rubric.criterion(
    points=1,
    voice="ravi",
    skill="lead_incidents",
    hints=(
        "What happens to the corrective actions when the numbers are back before they are done?",
        "The sync ends only when each action is closed, or somebody with the right to do so accepts that it is not.",
    ),
)
def actions_are_closed_first(sync_exit: SyncExit) -> Verdict:
    """The sync ends only when every corrective action is closed or its risk accepted."""
    if sync_exit.actions == "all_closed_or_accepted":
        return met("Open actions keep the sync open.")
    return unmet("Corrective actions may still be open when the sync ends.", "all closed, or accepted by name")


@rubric.criterion(
    points=2,
    voice="helen",
    skill="measure_success",
    hints=(
        "Go through last autumn's weeks one by one: when would all your conditions have held?",
        "Divide each threshold by its value before; a drill week is good when all three measures are at or below that.",
        "Count only weeks without the fallback, in a row, and wait until no action is open.",
    ),
)
def drill_week_recomputes(sync_exit: SyncExit, case: Case) -> Verdict:
    """Your own criteria, applied to last autumn's incident, end the sync in the week that you state."""
    ratios, in_a_row = drill_terms(sync_exit)
    if ratios is None:
        return unmet("The criteria do not suffice to find a week.", "conditions on all three metrics, with thresholds")
    true = exit_week(case.columns["drill"], ratios, in_a_row, without_fallback=sync_exit.fallback !=
                     "may_stay_on", actions_closed=sync_exit.actions == "all_closed_or_accepted")  # fmt: skip
    row = {"stated": stated(sync_exit.drill_week), "computed": "never" if true is None else true,
           "in a row": in_a_row, "loosest threshold": f"{max(ratios.values()):.2f} times the usual"}  # fmt: skip
    if sync_exit.drill_week is not None and true is not None and sync_exit.drill_week == true:
        return met(f"Your criteria would have ended last autumn's sync in week {true}.", row)
    words = "in no week" if true is None else f"in week {true}"
    return unmet(f"You state week {stated(sync_exit.drill_week)}; your criteria end it {words}.", words, row)


@rubric.criterion(
    points=1,
    voice="helen",
    skill="decision_rights",
    hints=("Who says that it is over?", "The brief names the person who decides when the incident is over."),
)
def the_right_person_declares_the_end(sync_exit: SyncExit, case: Case) -> Verdict:
    """The end is declared by the person who decides it."""
    label = case.registry.label("people", sync_exit.decider) or "nobody"
    if sync_exit.decider == "helen":
        return met(f"{label} declares the end.")
    return unmet(f"The end is declared by {label}.", "the person who decides when the incident is over")


@rubric.criterion(
    points=1,
    voice="amara",
    skill="measure_success",
    hints=(
        "How would you notice that it comes back?",
        "A trusted measure, a value above the exit's threshold and below today's, and a week or less.",
    ),
)
def sync_can_begin_again(sync_exit: SyncExit, case: Case) -> Verdict:
    """A trusted measure re-opens the sync, above the exit's threshold and well before it is as bad as today."""
    definition = DEFINITIONS.get(sync_exit.reopen_definition)
    if definition is None or not definition.sound or definition.metric not in CONTESTED:
        label = definition.label if definition else "nothing"
        return unmet(f"It begins again by “{label}”.", "a measure that can be trusted within days")
    before, now = value_of(definition.id, case)
    given = [c.threshold for c in sync_exit.conditions if c.definition == definition.id and c.threshold is not None]
    low, high = max([before, *given]), before + 0.8 * (now - before)
    row = {"before": round(before, 2), "now": round(now, 2), "begins again above": stated(sync_exit.reopen_above),
           "days": stated(sync_exit.reopen_days)}  # fmt: skip
    if sync_exit.reopen_above is None or not low < sync_exit.reopen_above <= high:
        return unmet(
            f"It begins again above {stated(sync_exit.reopen_above)}.", f"above {low:.2f}, at most {high:.2f}", row
        )
    if sync_exit.reopen_days is None or not 1 <= sync_exit.reopen_days <= WEEK:
        return unmet(f"It begins again after {stated(sync_exit.reopen_days)} days.", "one to seven days", row)
    return met("If it comes back, the sync begins again within a week.", row)


@rubric.criterion(
    points=1,
    voice="ravi",
    skill="lead_incidents",
    hints=(
        "Do the exit criteria count the same thing as the dashboard?",
        "For each metric, pick the definition of your dashboard's panel.",
    ),
)
def conditions_are_the_dashboards(sync_exit: SyncExit, incident: Incident) -> Verdict:
    """Each condition uses the definition of the dashboard's panel on the same metric."""
    panels = {panel.metric: panel.definition for panel in reversed(incident.panels) if panel.metric}
    for condition in sync_exit.conditions:
        metric = metric_of(condition.definition)
        shown = panels.get(metric, "")
        if not condition.definition or shown != condition.definition:
            row = {"exit": condition.definition or "nothing", "dashboard": shown or "nothing"}
            label = DEFINITIONS[condition.definition].label if condition.definition in DEFINITIONS else "nothing"
            return unmet(f"A condition counts “{label}”, and the dashboard does not.", "one definition in both", row)
    if not sync_exit.conditions:
        return unmet("There is no condition yet.", "the dashboard's three definitions")
    return met("Exit criteria and dashboard count the same.")


@rubric.criterion(
    points=1,
    voice="samir",
    skill="plan_releases",
    hints=(
        "Your action plan says when the fallback expires. Does the exit know?",
        "The fallback's day in the exit criteria is not before the day on which the plan lets it expire.",
    ),
)
def fallback_days_agree(sync_exit: SyncExit, action_plan: ActionPlan) -> Verdict:
    """The fallback ends in the exit criteria when it expires in the action plan, or within a week of it."""
    until, expires = sync_exit.fallback_until, action_plan.fallback.expires
    row = {"exit": str(until or "no day"), "plan": str(expires or "no day")}
    if until is None or expires is None or not 0 <= (until - expires).days <= WEEK:
        return unmet(
            f"The fallback ends on {row['exit']} here, and on {row['plan']} in the plan.",
            "the same day, or up to a week later",
            row,
        )
    return met("Plan and exit criteria agree on the fallback's end.", row)


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
