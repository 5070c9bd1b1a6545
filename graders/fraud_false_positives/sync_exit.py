"""Would these criteria end the weekly sync at the right time, and open it again? (A21)"""

from __future__ import annotations

from curriculum.artifacts.incident import Incident
from curriculum.artifacts.sync_exit import SyncExit
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.decisions import Decision
from curriculum.cases.fraud_false_positives.drill import exit_week
from curriculum.cases.fraud_false_positives.metrics import CONTESTED, DEFINITIONS
from graders.common import incomplete, listed, placed, stated
from graders.fraud_false_positives.base import (
    SHOW_EVERY_CAUSE,
    agrees,
    contested_missing,
    definition_of,
    inner,
    is_sound,
    metric_of,
    misleading,
    rubric,
    stands_for,
    value_of,
    values_in_hint,
)
from graders.fraud_false_positives.fallback import BACK_TO_NORMAL
from graders.rubric import NotYet, Objections, met, objection

WEEK = 7
LONGEST = 12
"""Weeks that may have to be good in all; a sync that needs more of them ends because people stop coming."""
AGAIN = 2.0
"""The sync begins again before a measure is this many times what it was before the launch."""

ONE_DECIMAL = 0.051
"""By how much a limit may lie beyond its bound, since people write limits with one decimal."""


@rubric.criterion(
    points=1, voice="helen", skill="lead_incidents", gate=True,
    hints=(
        "Could somebody who was not here end the sync by these lines alone?",
        "Fill each condition, how often it has to hold, the fallback, the decider, the drill week, the re-opening.",
    ),
    met="Every part is filled, and every name is known here.",
)  # fmt: skip
def exit_is_complete(sync_exit: SyncExit, case: Case) -> Objections:
    """Conditions, fallback, decider, drill week and re-opening are filled."""
    yield from incomplete(
        sync_exit, case, "conditions", "window_days", "in_a_row", "fallback", "decider", "drill_week",
        "reopen_definition", "reopen_above", "reopen_days", "conditions[].definition", "conditions[].baseline",
        "conditions[].threshold",
    )  # fmt: skip


@rubric.criterion(
    points=2, voice="jonas", skill="measure_success", gate=True,
    hints=(
        "Would your measures look normal next week only because something is not known yet?",
        "One trusted definition for good payments stopped, one for complaints, one for errors on the screen.",
        "For good payments stopped, the group whose stops rose most may stand for all.",
    ),
    rests_on=("sync_exit.conditions[].definition",),
    met="Good payments stopped, complaints and screen errors each have a measure that is known in time.",
)  # fmt: skip
def conditions_are_mature(sync_exit: SyncExit, case: Case) -> Objections:
    """The conditions cover the three contested metrics with definitions that are complete within days."""
    for place, condition in placed("conditions", sync_exit.conditions):
        yield from misleading(f"{place}.definition", condition.definition, case)
    if lacking := contested_missing(stands_for(condition.definition, case) for condition in sync_exit.conditions):
        said = f"There is no condition on {listed(lacking)}."
        yield objection("conditions", said, "one for each of the three contested metrics")


@rubric.criterion(
    points=6, voice="helen", skill="measure_success", gate=True,
    hints=(
        "Normal compared with what?",
        "Take each measure's value in the 28 days before the launch day, and allow at most two fifths more.",
        f"A threshold from the value before to {BACK_TO_NORMAL} times it. {values_in_hint(*CONTESTED)}",
    ),
    rests_on=("sync_exit.conditions[2]", "sync_exit.conditions[].definition", "sync_exit.conditions[].baseline",
              "sync_exit.conditions[].threshold"),
    met="Each threshold refers to the time before the launch.",
)  # fmt: skip
def thresholds_refer_to_before(sync_exit: SyncExit, case: Case) -> Objections:
    """Each threshold is set against the measure's recomputed value before the launch, at most two fifths above it."""
    for place, condition in placed("conditions", sync_exit.conditions):
        definition = definition_of(condition.definition, case)
        if definition is None:
            continue
        before, _ = value_of(definition.id, case)
        said, limit = stated(condition.baseline), stated(condition.threshold)
        row = {"definition": definition.id, "stated before": said, "threshold": limit, "unit": definition.unit,
               "days": "the row “before” in `about`"}  # fmt: skip
        allowed = (condition.threshold or 0.0) - before
        if not agrees(condition.baseline, before, allowed):
            rule = "its value in the 28 days before the launch day, to a fifth of what is allowed beyond it"
            yield objection(f"{place}.baseline", f"“{inner(definition.label)}”: you state {said} before.", rule, row)
        high = BACK_TO_NORMAL * before + ONE_DECIMAL
        if condition.threshold is None or not 0.95 * before <= condition.threshold <= high:
            rule = "a threshold from the true value before the launch to two fifths above it"
            found = f"“{inner(definition.label)}” has to be at or below {limit}."
            yield objection(f"{place}.threshold", found, rule, row)


@rubric.criterion(
    points=1, voice="samir", skill="measure_success",
    hints=(
        "What if one week is good by luck?",
        "Whole weeks, at least two of them in a row, so that weekends and luck even out.",
    ),
    rests_on=("sync_exit.window_days", "sync_exit.in_a_row"),
    met="One lucky week does not end the sync.",
)  # fmt: skip
def good_weeks_come_in_a_row(sync_exit: SyncExit) -> Objections:
    """The conditions are counted over whole weeks and must hold at least twice in a row, and within a quarter."""
    window, times = sync_exit.window_days, sync_exit.in_a_row
    row = {"days": stated(window), "in a row": stated(times)}
    if window is None or window < WEEK or window % WEEK or window > 4 * WEEK:
        said = f"The window has {stated(window)} days."
        yield objection("window_days", said, "one to four whole weeks: 7, 14, 21 or 28 days", row)
    if times is None or not 2 <= times <= 8 or times != int(times):
        said = f"The conditions must hold {stated(times)} times in a row."
        yield objection("in_a_row", said, "two times or more", row)
    elif window is not None and window % WEEK == 0 and window * times > LONGEST * WEEK:
        said = f"{window * times / WEEK:g} weeks have to be good one after the other."
        yield objection("in_a_row", said, f"at most {LONGEST} weeks in all", row)


@rubric.criterion(
    points=2, voice="samir", skill="plan_releases", gate=True,
    hints=(
        "Are the numbers normal, or does the fallback make them normal?",
        "Has anybody who may decide it decided that it stays? The log `decisions` says by whom each entry is, and "
        "whether it is a decision or a proposal.",
        "Remove the fallback before the good weeks are counted, unless a decision in force says that it stays.",
    ),
    rests_on=("sync_exit.fallback",),
    met="The good weeks will say something about the system, not about the fallback.",
)  # fmt: skip
def fallback_is_gone_or_decided(sync_exit: SyncExit, case: Case) -> Objections:
    """Good weeks are counted only after the fallback is gone, or with it where a decision in force keeps it."""
    found = case.registry.find("decisions", sync_exit.decision, Decision)
    keeps = found is not None and found.keeps_fallback
    row = {"fallback": sync_exit.fallback, "by": sync_exit.decision or "no decision"}
    if sync_exit.fallback == "may_stay_on":
        said = "The fallback may still be on when the good weeks are counted."
        yield objection("fallback", said, "gone, or decided on", row)
    elif sync_exit.fallback == "permanent_by_decision" and not keeps:
        said = "The fallback is to stay, and what you name does not decide that."
        yield objection("decision", said, "a decision on this fallback, by whoever may decide it", row)
    elif sync_exit.fallback == "removed_before_counting" and case.truth.shape.stays:
        said = "The fallback goes, against a decision that is in force."
        yield objection("fallback", said, "what the log has decided on this fallback", row)


@rubric.criterion(
    points=5, voice="helen", skill="measure_success",
    hints=(
        "Go through last autumn's weeks one by one: when would all your conditions have held?",
        "Divide each threshold by its value before; a drill week is good when all three measures are at or below that.",
        "Count only weeks without the fallback, in a row, and wait until no action is open. In no week: 0.",
        "At 1.2 times the usual, twice in a row, without the fallback and with no action open, it is week "
        "{{ truth.drill_week(1.2, 2) }}.",
    ),
    rests_on=("conditions_are_mature", "thresholds_refer_to_before", "sync_exit.drill_week",
              "sync_exit.conditions[].threshold", "sync_exit.conditions[].baseline", "sync_exit.window_days",
              "sync_exit.in_a_row"),
    expected="the first week of the table `drill` in which all your conditions hold; 0 if there is none",
)  # fmt: skip
def drill_week_recomputes(sync_exit: SyncExit, case: Case) -> Objections:
    """Your own conditions, applied to last autumn's incident, end the sync in the week that you state.

    Weeks with the fallback on, or with an action open, end no sync at this company.
    """
    ratios, in_a_row = drill_terms(sync_exit, case)
    if ratios is None:
        raise NotYet("sync_exit.conditions", "It needs a threshold and a value before for each of the three metrics.")
    true = exit_week(case.columns["drill"], ratios, in_a_row, without_fallback=True, actions_closed=True) or 0
    row = {"stated": stated(sync_exit.drill_week), "good weeks in a row": in_a_row,
           "strictest threshold": f"{min(ratios.values()):.2f} times the usual"}  # fmt: skip
    if sync_exit.drill_week != true:
        week = "none of the weeks" if sync_exit.drill_week == 0 else f"week {row['stated']}"
        yield objection("drill_week", f"It is not so that your criteria end it in {week}.", "", row)
    return met(f"Your criteria would have ended last autumn's sync in {f'week {true}' if true else 'no week'}.", row)


@rubric.criterion(
    points=2, voice="helen", skill="decision_rights",
    hints=("Who says that it is over?", "The brief names the person who decides when the incident is over."),
    rests_on=("sync_exit.decider",),
    expected="the person who decides when the incident is over",
)  # fmt: skip
def the_right_person_declares_the_end(sync_exit: SyncExit, case: Case) -> Objections:
    """The end is declared by the person who decides it."""
    label = case.registry.label("people", sync_exit.decider) or "nobody"
    if sync_exit.decider != case.truth.shape.decider:
        yield objection("decider", f"The end is declared by {label}.")
    return met(f"{label} declares the end.")


@rubric.criterion(
    points=5, voice="amara", skill="measure_success",
    hints=(
        "How would you notice that it comes back?",
        "A trusted measure in which the model shows as well as the screen, a value between the exit's threshold and "
        "twice the value before, and a week or less.",
        "Above the value before and the exit's threshold, at most twice the value before and halfway to today's. "
        f"{values_in_hint(*SHOW_EVERY_CAUSE)}",
    ),
    rests_on=("sync_exit.reopen_definition", "sync_exit.reopen_above", "sync_exit.reopen_days"),
    met="If it comes back, the sync begins again within a week.",
)  # fmt: skip
def sync_can_begin_again(sync_exit: SyncExit, case: Case) -> Objections:
    """A trusted measure re-opens the sync, whatever comes back, above the exit's threshold and well before it is as bad
    as today."""
    definition = definition_of(sync_exit.reopen_definition, case)
    limit, days = stated(sync_exit.reopen_above), stated(sync_exit.reopen_days)
    metric = metric_of(stands_for(definition.id, case)) if definition and definition.sound else ""
    if definition is None or metric not in SHOW_EVERY_CAUSE:
        said = f"It begins again by this measure: {definition.label if definition else 'none that is known'}."
        rule = "a measure that can be trusted within days, and that rises when the model stops too much again"
        yield objection("reopen_definition", said, rule)
    else:
        before, now = value_of(definition.id, case)
        given = [c.threshold for c in sync_exit.conditions if c.definition == definition.id and c.threshold is not None]
        low, high = max([before, *given]), min(AGAIN * before, before + 0.5 * (now - before))
        if sync_exit.reopen_above is None or not low < sync_exit.reopen_above <= high + ONE_DECIMAL:
            rule = "above the exit's threshold, at most twice the value before the launch and halfway to today's"
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
    """Each condition uses the definition of one of the dashboard's panels."""
    shown = {panel.definition for panel in incident.panels if panel.definition}
    for place, condition in placed("conditions", sync_exit.conditions):
        if condition.definition not in shown:
            row = {"exit": condition.definition or "nothing", "dashboard": listed(sorted(shown)) or "nothing"}
            label = DEFINITIONS[condition.definition].label if condition.definition in DEFINITIONS else "nothing"
            said = f"A condition counts “{inner(label)}”, and the dashboard does not."
            yield objection(f"{place}.definition", said, "", row)


def drill_terms(sync_exit: SyncExit, case: Case) -> tuple[dict[str, float] | None, int]:
    """Thresholds as multiples of the value before, by metric, and how many good weeks in a row; None where lacking."""
    ratios: dict[str, float] = {}
    for condition in sync_exit.conditions:
        metric = metric_of(stands_for(condition.definition, case))
        if metric in CONTESTED and condition.threshold is not None and condition.baseline:
            ratio = condition.threshold / condition.baseline
            ratios[metric] = min(ratio, ratios.get(metric, ratio))
    sound = all(is_sound(condition.definition, case) for condition in sync_exit.conditions)
    if set(ratios) != set(CONTESTED) or sync_exit.in_a_row is None or not sound:
        return None, 0
    weeks = sync_exit.in_a_row * max(1.0, (sync_exit.window_days or WEEK) / WEEK)
    return ratios, max(1, min(200, round(weeks)))
