"""Is the incident record one picture that everybody can trust? (A18)"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise

from curriculum.artifacts.incident import Incident
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.metrics import CONTESTED, DEFINITIONS
from curriculum.cases.fraud_false_positives.tables import BUCKET
from curriculum.cases.fraud_false_positives.war_room import MITIGATIONS
from curriculum.roleplay.engine import State
from curriculum.support.dates import day_and_time
from graders.common import MONEY_TOLERANCE, PERCENTILE_TOLERANCE, listed, near
from graders.fraud_false_positives.base import (
    agrees,
    cites_what_was_said,
    completeness,
    contested_missing,
    is_sound,
    metric_of,
    moment,
    rubric,
    short,
    stated,
    value_of,
)
from graders.rubric import Verdict, met, unmet

MATURITY = {"proxy": "proxy", "final": "final_labels", "count": "counted_at_once"}
MATURITY_WORDS = {
    "": "nothing",
    "proxy": "a proxy",
    "final_labels": "final labels",
    "counted_at_once": "counted at once",
}
LONGEST_SILENCE = 30
"""Minutes between updates at severity 1, as the brief says."""
RECORD_SLACK = 5
"""Minutes by which a time in the record may differ from the conversation."""


@rubric.criterion(
    points=1,
    voice="helen",
    skill="lead_incidents",
    gate=True,
    hints=(
        "Read the record as somebody who joins now: what would they have to ask?",
        "Roles, start, customers, at least one panel for each contested measure, cadence, both times, a timeline.",
    ),
)
def incident_is_complete(incident: Incident, case: Case) -> Verdict:
    """Every part of the record is filled with real content."""
    required: dict[str, object] = {
        "the severity": incident.severity,
        "the commander": incident.commander,
        "operations": incident.operations,
        "communications": incident.communications,
        "the scribe": incident.scribe,
        "when it began": incident.started,
        "the customers": incident.customers,
        "their share": incident.customers_share,
        "the panels": incident.panels,
        "how often updates go out": incident.update_minutes,
        "when it was mitigated": incident.mitigated_at,
        "when the search for causes was closed": incident.causes_closed_at,
        "the timeline": incident.timeline,
    }
    for number, panel in enumerate(incident.panels, start=1):
        parts = {"its metric": panel.metric, "its definition": panel.definition, "its owner": panel.owner,
                 "its refresh": panel.refresh_minutes, "its value before": panel.before, "its value now": panel.now,
                 "its maturity": panel.maturity}  # fmt: skip
        required |= {f"panel {number}, {name}": value for name, value in parts.items()}
    for number, entry in enumerate(incident.timeline, start=1):
        parts = {"its time": entry.at, "its words": entry.what, "its kind": entry.kind}
        required |= {f"timeline line {number}, {name}": value for name, value in parts.items()}
    return completeness(incident, case, required)


@rubric.criterion(
    points=1,
    voice="amara",
    skill="lead_incidents",
    hints=("Compare the harm with the rule in the brief.", "More than 1 in 100 payments is stopped: severity 1."),
)
def severity_fits_the_harm(incident: Incident, case: Case) -> Verdict:
    """The severity is the one that the rule gives for the share of payments stopped."""
    label = case.registry.label("severities", incident.severity) or "none"
    row = {"severity": incident.severity or "none", "rule": "more than 1 in 100 payments stopped"}
    if incident.severity == "sev1":
        return met("Severity 1 fits: more than 1 in 100 payments is stopped.", row)
    return unmet(f"You declare {label}.", "severity 1, since more than 1 in 100 payments is stopped", row)


@rubric.criterion(
    points=1,
    voice="jonas",
    skill="decision_rights",
    gate=True,
    hints=(
        "Who leads, who changes systems, who speaks: what happens when one person does two of these?",
        "Three different people for commander, operations and communications; you lead, and touch no system.",
    ),
)
def roles_are_separate(incident: Incident, case: Case) -> Verdict:
    """Commander, operations and communications are three different people."""
    roles = (incident.commander, incident.operations, incident.communications)
    twice = [person for person, times in Counter(filter(None, roles)).items() if times > 1]
    row = {
        "commander": roles[0] or "nobody",
        "operations": roles[1] or "nobody",
        "communications": roles[2] or "nobody",
    }
    if twice:
        return unmet(
            f"One person has two of the roles: {listed([case.registry.label('people', person) for person in twice])}.",
            "three people: who leads, who has things changed, who speaks",
            row,
        )
    if not all(roles):
        return unmet("One of the three roles has nobody.", "one name for each of the three roles", row)
    return met("Leading, changing and speaking are in three pairs of hands.", row)


@rubric.criterion(
    points=1,
    voice="ravi",
    skill="lead_incidents",
    hints=(
        "How many ways of counting the same thing does your dashboard show?",
        "Exactly one panel each for good payments stopped, complaints and errors on the alert screen.",
    ),
)
def each_metric_has_one_definition(incident: Incident, case: Case) -> Verdict:
    """Each contested metric has exactly one panel, and the panel's definition counts that metric."""
    mixed = [panel for panel in incident.panels if panel.metric and metric_of(panel.definition) != panel.metric]
    if mixed:
        return unmet(
            f"The panel on {case.registry.label('metrics', mixed[0].metric).lower()} counts "
            f"“{case.registry.label('definitions', mixed[0].definition) or 'nothing'}”.",
            "a definition that counts what the panel is about",
        )
    counted = Counter(panel.metric for panel in incident.panels)
    twice = [case.registry.label("metrics", metric) for metric in CONTESTED if counted[metric] > 1]
    lacking = contested_missing(panel.definition for panel in incident.panels)
    if twice:
        return unmet(f"{listed(twice)}: there are two panels, and they will disagree.", "one definition for each")
    if lacking:
        return unmet(f"There is no panel on {listed(lacking)}.", "one panel for each of the three contested metrics")
    return met("Good payments stopped, complaints and screen errors have one definition each.")


@rubric.criterion(
    points=2,
    voice="jonas",
    skill="measure_success",
    gate=True,
    hints=(
        "Which of your panels would look good today only because something is not known yet?",
        "Labels are final after 30 days. What is known within two days?",
        "Use what appeals say for good payments stopped, tickets on this topic, and presses on “Not me”.",
    ),
)
def panels_can_be_trusted_today(incident: Incident, case: Case) -> Verdict:
    """No panel rests on labels that are not final yet, or counts something else than it seems to."""
    for panel in incident.panels:
        definition = DEFINITIONS.get(panel.definition)
        if definition and not definition.sound:
            before, now = value_of(definition.id, case)
            return unmet(
                f"“{definition.label}” misleads today: {definition.why_not}.",
                "a definition that is complete within days and moves with the harm",
                {"definition": definition.id, "before": round(before, 2), "now": round(now, 2),
                 "unit": definition.unit},
            )  # fmt: skip
    if not any(is_sound(panel.definition) for panel in incident.panels):
        return unmet("There is no panel yet.", "panels that can be trusted today")
    return met("Every panel is complete within days and moves with the harm.")


@rubric.criterion(
    points=1,
    voice="jonas",
    skill="measure_success",
    hints=(
        "Say for each panel whether its number is final, or stands in for something.",
        "Appeals are a proxy; tickets and presses are counted at once; labels are final after 30 days.",
    ),
)
def maturity_is_flagged(incident: Incident, case: Case) -> Verdict:
    """Each panel says rightly whether it is counted at once, a proxy, or waits for final labels."""
    for panel in incident.panels:
        definition = DEFINITIONS.get(panel.definition)
        if definition and panel.maturity != MATURITY[definition.kind]:
            return unmet(
                f"“{definition.label}” is marked as {MATURITY_WORDS[panel.maturity]}.",
                f"{MATURITY_WORDS[MATURITY[definition.kind]]}",
                {"definition": definition.id, "marked": panel.maturity or "nothing"},
            )
    if not incident.panels:
        return unmet("There is no panel yet.", "a flag on each panel")
    return met("Each panel says when its numbers are final.")


@rubric.criterion(
    points=2,
    voice="ravi",
    skill="measure_success",
    hints=(
        "Recompute each panel for the two windows in the table `about`.",
        "`panels(lesson.tables)` in the notebook gives every definition before and now; copy two decimals.",
    ),
)
def panels_recompute(incident: Incident, case: Case) -> Verdict:
    """Each panel's values before and now are what the tables give."""
    rows = []
    for panel in incident.panels:
        if panel.definition not in DEFINITIONS:
            continue
        before, now = value_of(panel.definition, case)
        rows.append({"definition": panel.definition, "before": round(before, 2), "stated before": stated(panel.before),
                     "now": round(now, 2), "stated now": stated(panel.now)})  # fmt: skip
        if not (agrees(panel.before, before) and agrees(panel.now, now)):
            label = DEFINITIONS[panel.definition].label
            return unmet(
                f"“{label}”: you state {stated(panel.before)} before and {stated(panel.now)} now.",
                f"{before:.2f} before and {now:.2f} now, {DEFINITIONS[panel.definition].unit}",
                rows[-1],
            )
    if not rows:
        return unmet("There is no panel to recompute.", "panels with their values before and now")
    return met("Every panel recomputes from the tables.", *rows[:3])


@rubric.criterion(
    points=2,
    voice="ravi",
    skill="find_causes",
    hints=(
        "When did the harm begin, and when did somebody first notice it?",
        "Tickets come hours after the stops. Look at the stopped payments in buckets of six hours.",
        "Find the bucket where two flat lines fit best, and the release at that time.",
    ),
)
def onset_is_the_change_point(incident: Incident, case: Case) -> Verdict:
    """The start is where the stopped payments change their level, within one bucket of six hours."""
    began, launch = moment(incident.started), case.truth.calendar.launch
    row = {"stated": incident.started or "nothing", "change-point": f"{launch:%Y-%m-%d %H:%M}",
           "bucket": "six hours"}  # fmt: skip
    if began is None:
        return unmet(f"The start reads “{incident.started[:40]}”.", "a time in UTC, as 2026-03-01 09:20", row)
    if abs(began - launch) <= dt.timedelta(minutes=BUCKET):
        return met(f"The stopped payments change their level at {day_and_time(launch)} UTC.", row)
    hours = (began - launch).total_seconds() / 3600
    return unmet(
        f"You state {day_and_time(began)}, {abs(hours):.0f} hours {'after' if hours > 0 else 'before'} the change.",
        f"{day_and_time(launch)} UTC, give or take six hours",
        row,
    )


@rubric.criterion(
    points=1,
    voice="amara",
    skill="communicate_harm",
    hints=(
        "Count people, not payments, and from the start that you found.",
        "The payments are a sample: what is one customer in the table worth?",
        "Different customers with a stopped payment, times the sample factor; the share is of customers who paid.",
    ),
)
def customers_recompute(incident: Incident, case: Case) -> Verdict:
    """The number and the share of customers with a stopped payment are what the payments give."""
    truth = case.truth
    row = {"customers": truth.customers, "stated": stated(incident.customers), "sample": f"one in {truth.scale}",
           "share": round(truth.customers_share, 2), "stated share": stated(incident.customers_share)}  # fmt: skip
    if not near(incident.customers, truth.customers, relative=MONEY_TOLERANCE):
        return unmet(
            f"You state {stated(incident.customers)} customers.", f"about {truth.customers:,} since the launch", row
        )
    if not near(incident.customers_share, truth.customers_share, relative=PERCENTILE_TOLERANCE):
        return unmet(
            f"You state {stated(incident.customers_share)} in 100.",
            f"{truth.customers_share:.1f} in 100 of those who paid since the launch",
            row,
        )
    return met(
        f"{truth.customers:,} customers, {truth.customers_share:.1f} in 100: that is what the payments give.", row
    )


@rubric.criterion(
    points=1,
    voice="clara",
    skill="lead_incidents",
    hints=("Read the times from top to bottom.", "Write every time as 2026-03-01 09:20, in UTC, oldest first."),
)
def timeline_is_in_order(incident: Incident, case: Case) -> Verdict:
    """Every line of the timeline has a time in UTC, and the times go forward."""
    last: dt.datetime | None = None
    end = case.truth.calendar.war_room + dt.timedelta(hours=15)
    for number, entry in enumerate(incident.timeline, start=1):
        at = moment(entry.at)
        row = {"line": number, "time": entry.at or "nothing"}
        if at is None:
            return unmet(f"Line {number} has the time “{entry.at[:40]}”.", "a time in UTC, as 2026-03-01 09:20", row)
        if last and at < last:
            return unmet(f"Line {number} ({entry.at}) is earlier than the line before it.", "oldest first", row)
        if at > end:
            return unmet(f"Line {number} lies after today.", "what has happened until now", row)
        last = at
    if last is None:
        return unmet("The timeline is empty.", "the launch, what was noticed, what was done")
    return met(f"{len(incident.timeline)} lines, oldest first, in UTC.")


@rubric.criterion(
    points=1,
    voice="jonas",
    skill="find_causes",
    hints=(
        "Which of your lines could somebody doubt?",
        "Give each fact at least one piece of evidence, and call what nobody has shown a hypothesis.",
    ),
)
def facts_are_not_guesses(incident: Incident, case: Case) -> Verdict:
    """Each fact in the timeline has evidence, and at least one explanation is kept apart as a hypothesis."""
    bare = [entry for entry in incident.timeline if entry.kind == "fact" and not entry.evidence]
    if bare:
        return unmet(f"“{short(bare[0].what)}” is called a fact and has no evidence.", "evidence, or: a hypothesis")
    kinds = Counter(entry.kind for entry in incident.timeline)
    row = {"facts": kinds["fact"], "hypotheses": kinds["hypothesis"]}
    if not kinds["fact"] or not kinds["hypothesis"]:
        lacking = "fact" if not kinds["fact"] else "hypothesis"
        return unmet(f"There is no {lacking} in the timeline.", "both, each called what it is", row)
    return met("Facts have their evidence; guesses are called hypotheses.", row)


@rubric.criterion(
    points=1,
    voice="clara",
    skill="lead_incidents",
    hints=(
        "How long do people in the company hear nothing?",
        "Severity 1: every 30 minutes. Enter each update in the timeline, from the start of the war room.",
    ),
)
def updates_keep_their_cadence(incident: Incident, case: Case) -> Verdict:
    """Updates go out as often as the severity asks, and the timeline shows them."""
    promised = incident.update_minutes
    if promised is None or not 0 < promised <= LONGEST_SILENCE:
        return unmet(
            f"You promise updates every {stated(promised)} minutes.", f"every {LONGEST_SILENCE} minutes or more often"
        )
    start = case.truth.calendar.war_room
    times = [at for entry in incident.timeline if (at := moment(entry.at)) and at >= start]
    updates = [at for entry in incident.timeline if entry.kind == "update" and (at := moment(entry.at)) and at >= start]
    if len(updates) < 2:
        return unmet(f"The timeline shows {len(updates)} updates from the war room.", "one at least every 30 minutes")
    points = [start, *sorted(updates), max(times)]
    gaps = [(after - before).total_seconds() / 60 for before, after in pairwise(points)]
    row = {"promised": f"every {promised:g} minutes", "longest silence": f"{max(gaps):.0f} minutes"}
    if max(gaps) > promised:
        return unmet(f"There is a silence of {max(gaps):.0f} minutes.", f"at most {promised:g} minutes", row)
    return met(f"{len(updates)} updates, never more than {max(gaps):.0f} minutes apart.", row)


@rubric.criterion(
    points=2,
    voice="amara",
    skill="lead_incidents",
    hints=(
        "What did you do first in the war room: stop the harm, or look for its cause?",
        "Something can be undone before anybody knows why. Try the war room again, and mitigate first.",
        "A mitigation within 30 minutes and before the causes are agreed on; the same time in your record.",
    ),
)
def harm_is_stopped_before_causes_are_settled(incident: Incident, case: Case, conversation: State) -> Verdict:
    """The first mitigation came within 30 minutes and before the causes were settled, and the record says when."""
    asked = {action: minute for action, minute in reversed(conversation.done) if action in MITIGATIONS}
    settled = conversation.minute_of("settle_causes")
    if not asked:
        return unmet("Nothing was mitigated in your war room.", "one mitigation, before the causes are settled")
    action, minute = min(asked.items(), key=lambda item: item[1])
    row = {"first mitigation": action, "minute": minute, "causes settled": "never" if settled is None else settled}
    if minute > 30 or (settled is not None and settled < minute):
        return unmet(f"Your first mitigation came in minute {minute}.", "within 30 minutes and before the causes", row)
    mitigated, closed = moment(incident.mitigated_at), moment(incident.causes_closed_at)
    if mitigated is None or closed is None:
        return unmet("One of the two times cannot be read.", "times in UTC, as 2026-03-01 09:20", row)
    true = case.truth.calendar.war_room + dt.timedelta(minutes=minute)
    row["in the record"] = incident.mitigated_at
    if abs(mitigated - true) > dt.timedelta(minutes=RECORD_SLACK):
        return unmet(
            f"The record says {mitigated:%H:%M}; in your war room it was {true:%H:%M}.", f"{true:%Y-%m-%d %H:%M}", row
        )
    if closed <= mitigated:
        return unmet("The record closes the causes before anything is mitigated.", "mitigation first", row)
    return met(f"The harm was being stopped from minute {minute} on, before the causes were settled.", row)


@rubric.criterion(
    points=1,
    voice="amara",
    skill="listen_and_synthesise",
    hints=(
        "Which of your evidence did somebody really say?",
        "Remove what nobody told you, or talk to the person who knows it.",
    ),
)
def record_cites_what_was_said(incident: Incident, case: Case, conversation: State) -> Verdict:
    """The record cites only what was said in the war room or stands in the brief."""
    return cites_what_was_said(incident, conversation, case)
