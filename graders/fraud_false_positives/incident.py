"""Is the incident record one picture that everybody can trust? (A18)"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import combinations, pairwise

from curriculum.artifacts.incident import Incident
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.metrics import CONTESTED, DEFINITIONS
from curriculum.cases.fraud_false_positives.tables import BUCKET
from curriculum.cases.fraud_false_positives.war_room import MITIGATIONS
from curriculum.roleplay.engine import State
from curriculum.support.dates import day_and_time
from graders.common import MONEY_TOLERANCE, PERCENTILE_TOLERANCE, incomplete, listed, near, uncited
from graders.fraud_false_positives.base import (
    contested_missing,
    is_sound,
    metric_of,
    misleading,
    misstated,
    moment,
    placed,
    rubric,
    short,
    stated,
    values_in_hint,
)
from graders.rubric import Objections, met, objection

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
IN_UTC = "a time in UTC, as 2026-03-01 09:20"


@rubric.criterion(
    points=1, voice="helen", skill="lead_incidents", gate=True,
    hints=(
        "Read the record as somebody who joins now: what would they have to ask?",
        "Roles, start, customers, at least one panel for each contested measure, cadence, both times, a timeline.",
    ),
    met="Every part is filled, and every name is known here.",
)  # fmt: skip
def incident_is_complete(incident: Incident, case: Case) -> Objections:
    """Every part of the record is filled with real content."""
    yield from incomplete(
        incident, case, "severity", "commander", "operations", "communications", "scribe", "started", "customers",
        "customers_share", "panels", "update_minutes", "mitigated_at", "causes_closed_at", "timeline",
        "panels[].metric", "panels[].definition", "panels[].owner", "panels[].refresh_minutes", "panels[].before",
        "panels[].now", "panels[].maturity", "timeline[].at", "timeline[].what", "timeline[].kind",
    )  # fmt: skip


@rubric.criterion(
    points=1, voice="amara", skill="lead_incidents",
    hints=(
        "Compare the harm with the rule in the brief.",
        "Count the stopped payments of the row “now” in `about`, as a share of all payments of these days.",
        "By the rule it is {{ entries.severities[truth.rota.severity].label | lower }}.",
    ),
    rests_on=("incident.severity",),
    met="The severity is the one that the rule gives.",
    expected="the severity that the rule in the brief gives for the share of payments stopped",
)  # fmt: skip
def severity_fits_the_harm(incident: Incident, case: Case) -> Objections:
    """The severity is the one that the rule gives for the share of payments stopped."""
    if incident.severity != case.truth.rota.severity:
        label = case.registry.label("severities", incident.severity) or incident.severity
        row = {"severity": incident.severity, "compare with": "stopped payments, in 100 of all in `payments`"}
        yield objection("severity", f"You declare {label}.", "", row)


@rubric.criterion(
    points=1, voice="jonas", skill="decision_rights", gate=True,
    hints=(
        "Who leads, who changes systems, who speaks: what happens when one person does two of these?",
        "Three different people for commander, operations and communications; you lead, and touch no system.",
        "Operations is whoever is on call today; the memo names them.",
    ),
    rests_on=("incident.commander", "incident.operations", "incident.communications"),
    met="Leading, changing and speaking are in three pairs of hands.",
    expected="three people: who leads, who has things changed, who speaks",
)  # fmt: skip
def roles_are_separate(incident: Incident, case: Case) -> Objections:
    """Commander, operations and communications are three different people, and operations is on call today."""
    roles = {role: getattr(incident, role) for role in ("commander", "operations", "communications")}
    for one, other in combinations(roles, 2):
        if roles[one] == roles[other]:
            who = case.registry.label("people", roles[one]) or roles[one]
            yield objection(other, f"{who} has two of the roles: {one} and {other}.", "", roles)
            return None
    if incident.operations != case.truth.rota.on_call:
        who = case.registry.label("people", incident.operations) or incident.operations
        yield objection("operations", f"{who} leads what is changed, and is not on call.", "whoever is on call today")
    return None


@rubric.criterion(
    points=1, voice="ravi", skill="lead_incidents",
    hints=(
        "How many ways of counting the same thing does your dashboard show?",
        "Exactly one panel each for good payments stopped, complaints and errors on the alert screen.",
    ),
    rests_on=("incident.panels[].metric", "incident.panels[].definition"),
    met="Good payments stopped, complaints and screen errors have one definition each.",
    expected="one panel for each of the three contested metrics",
)  # fmt: skip
def each_metric_has_one_definition(incident: Incident, case: Case) -> Objections:
    """Each contested metric has exactly one panel, and the panel's definition counts that metric."""
    seen: set[str] = set()
    for place, panel in placed("panels", incident.panels):
        label = case.registry.label("metrics", panel.metric)
        if panel.metric and metric_of(panel.definition) != panel.metric:
            counts = case.registry.label("definitions", panel.definition) or "nothing"
            said = f"The panel on {label.lower()} counts “{counts}”."
            yield objection(f"{place}.definition", said, "a definition that counts what the panel is about")
        if panel.metric in seen & {*CONTESTED}:
            yield objection(f"{place}.metric", f"{label}: there are two panels, and they will disagree.")
        seen.add(panel.metric)
    if lacking := contested_missing(panel.definition for panel in incident.panels):
        yield objection("panels", f"There is no panel on {listed(lacking)}.")


@rubric.criterion(
    points=2, voice="jonas", skill="measure_success", gate=True,
    hints=(
        "Which of your panels would look good today only because something is not known yet?",
        "Labels are final after 30 days. What is known within two days?",
        "Use what appeals say for good payments stopped, tickets on this topic, and presses on “Not me”.",
    ),
    rests_on=("incident.panels[].definition",),
    met="Every panel is complete within days and moves with the harm.",
)  # fmt: skip
def panels_can_be_trusted_today(incident: Incident, case: Case) -> Objections:
    """No panel rests on labels that are not final yet, or counts something else than it seems to."""
    for place, panel in placed("panels", incident.panels):
        if definition := DEFINITIONS.get(panel.definition):
            yield from misleading(f"{place}.definition", definition)
    if not any(is_sound(panel.definition) for panel in incident.panels):
        yield objection("panels", "There is no panel that can be trusted today.", "panels that are complete in days")


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success",
    hints=(
        "Say for each panel whether its number is final, or stands in for something.",
        "Appeals are a proxy; tickets and presses are counted at once; labels are final after 30 days.",
    ),
    rests_on=("incident.panels[].definition", "incident.panels[].maturity"),
    met="Each panel says when its numbers are final.",
    expected="counted at once, a proxy, or final labels, by how the definition counts",
)  # fmt: skip
def maturity_is_flagged(incident: Incident, case: Case) -> Objections:
    """Each panel says rightly whether it is counted at once, a proxy, or waits for final labels."""
    for place, panel in placed("panels", incident.panels):
        definition = DEFINITIONS.get(panel.definition)
        if definition and panel.maturity != MATURITY[definition.kind]:
            row = {"definition": definition.id, "marked": panel.maturity or "nothing", "counts": definition.note}
            said = f"“{definition.label}” is marked as {MATURITY_WORDS[panel.maturity]}."
            yield objection(f"{place}.maturity", said, "", row)


@rubric.criterion(
    points=2, voice="ravi", skill="measure_success",
    hints=(
        "Recompute each panel for the two windows in the table `about`.",
        "`panels(lesson.tables)` in the notebook gives every definition before and now; copy two decimals.",
        f"The definitions that can be trusted today: {values_in_hint(*CONTESTED)}",
    ),
    rests_on=("incident.panels[].definition", "incident.panels[].before", "incident.panels[].now"),
    met="Every panel recomputes from the tables.",
)  # fmt: skip
def panels_recompute(incident: Incident, case: Case) -> Objections:
    """Each panel's values before and now are what the tables give."""
    for place, panel in placed("panels", incident.panels):
        if definition := DEFINITIONS.get(panel.definition):
            yield from misstated(panel, definition, case, f"{place}.")
    if not any(panel.definition in DEFINITIONS for panel in incident.panels):
        yield objection("panels", "There is no panel to recompute.", "panels with their values before and now")


@rubric.criterion(
    points=2, voice="ravi", skill="find_causes",
    hints=(
        "When did the harm begin, and when did somebody first notice it?",
        "Tickets come hours after the stops. Look at the stopped payments in buckets of six hours.",
        "Find the bucket where two flat lines fit best, and the release at that time.",
        "The stopped payments change their level at {{ '{:%H:%M}'.format(truth.calendar.launch) }} UTC on "
        "{{ truth.calendar.launch.day }} {{ '{:%B}'.format(truth.calendar.launch) }}, with the spring launch.",
    ),
    rests_on=("incident.started",),
    expected="the time at which the stopped payments change their level, within six hours",
)  # fmt: skip
def onset_is_the_change_point(incident: Incident, case: Case) -> Objections:
    """The start is where the stopped payments change their level, within one bucket of six hours."""
    began, launch = moment(incident.started), case.truth.calendar.launch
    row = {"stated": incident.started, "look at": "stopped payments in `payments`, in buckets of six hours"}
    if began is None:
        yield objection("started", f"The start reads “{incident.started[:40]}”.", IN_UTC, row)
    elif abs(began - launch) > dt.timedelta(minutes=BUCKET):
        said = f"The stopped payments do not change their level at {day_and_time(began)}."
        yield objection("started", said, "", row)
    return met(f"The stopped payments change their level at {day_and_time(launch)} UTC.")


@rubric.criterion(
    points=1, voice="amara", skill="communicate_harm",
    hints=(
        "Count people, not payments, and from the start that you found.",
        "The payments are a sample: what is one customer in the table worth?",
        "Different customers with a stopped payment, times the sample factor; the share is of customers who paid.",
        "Since the launch, {{ truth.customers | number }} customers had a payment stopped: "
        "{{ truth.customers_share | number(1) }} in 100 of those who paid.",
    ),
    rests_on=("incident.customers", "incident.customers_share"),
)  # fmt: skip
def customers_recompute(incident: Incident, case: Case) -> Objections:
    """The number and the share of customers with a stopped payment are what the payments give."""
    truth, said = case.truth, f"{stated(incident.customers)} customers"
    row = {"stated": said, "stated share": stated(incident.customers_share), "look at": "`payments` since the onset",
           "sample": f"one customer in {truth.scale}"}  # fmt: skip
    if not near(incident.customers, truth.customers, relative=MONEY_TOLERANCE):
        rule = "different customers with a stopped payment since the onset, of all customers, within 2 %"
        yield objection("customers", f"You state {said}.", rule, row)
    if not near(incident.customers_share, truth.customers_share, relative=PERCENTILE_TOLERANCE):
        rule = "their share of the customers who paid since the onset, within 5 %"
        yield objection("customers_share", f"You state {row['stated share']} in 100.", rule, row)
    return met(f"{said}, {row['stated share']} in 100: that is what the payments give.", row)


@rubric.criterion(
    points=1, voice="clara", skill="lead_incidents",
    hints=("Read the times from top to bottom.", "Write every time as 2026-03-01 09:20, in UTC, oldest first."),
    rests_on=("incident.timeline[].at",),
)  # fmt: skip
def timeline_is_in_order(incident: Incident, case: Case) -> Objections:
    """Every line of the timeline has a time in UTC, and the times go forward."""
    last, end = dt.datetime.min, case.truth.calendar.war_room + dt.timedelta(hours=15)
    for number, entry in enumerate(incident.timeline, start=1):
        place, at = f"timeline[{number}].at", moment(entry.at)
        row = {"line": number, "time": entry.at or "nothing"}
        if at is None:
            yield objection(place, f"Line {number} has the time “{entry.at[:40]}”.", IN_UTC, row)
            continue
        if at < last:
            yield objection(
                place, f"Line {number} ({entry.at}) is earlier than the one before it.", "oldest first", row
            )
        if at > end:
            yield objection(place, f"Line {number} lies after today.", "what has happened until now", row)
        last = at
    return met(f"{len(incident.timeline)} lines, oldest first, in UTC.")


@rubric.criterion(
    points=1, voice="jonas", skill="find_causes",
    hints=(
        "Which of your lines could somebody doubt?",
        "Give each fact at least one piece of evidence, and call what nobody has shown a hypothesis.",
    ),
    rests_on=("incident.timeline[].kind",),
)  # fmt: skip
def facts_are_not_guesses(incident: Incident, case: Case) -> Objections:
    """Each fact in the timeline has evidence, and at least one explanation is kept apart as a hypothesis."""
    kinds = Counter(entry.kind for entry in incident.timeline)
    row = {"facts": kinds["fact"], "hypotheses": kinds["hypothesis"]}
    for place, entry in placed("timeline", incident.timeline):
        if entry.kind == "fact" and not entry.evidence:
            said = f"“{short(entry.what)}” is called a fact and has no evidence."
            yield objection(f"{place}.evidence", said, "evidence, or the kind: hypothesis")
    for kind in ("fact", "hypothesis"):
        if not kinds[kind]:
            yield objection("timeline", f"There is no {kind} in the timeline.", "both, each called what it is", row)
    return met("Facts have their evidence; guesses are called hypotheses.", row)


@rubric.criterion(
    points=1, voice="clara", skill="lead_incidents",
    hints=(
        "How long do people in the company hear nothing?",
        "Severity 1: every 30 minutes. Enter each update in the timeline, from the start of the war room.",
    ),
    rests_on=("incident.update_minutes", "incident.timeline[].at", "incident.timeline[].kind"),
)  # fmt: skip
def updates_keep_their_cadence(incident: Incident, case: Case) -> Objections:
    """Updates go out as often as the severity asks, and the timeline shows them."""
    promised, start = incident.update_minutes or 0.0, case.truth.calendar.war_room
    if not 0 < promised <= LONGEST_SILENCE:
        said = f"You promise updates every {stated(promised)} minutes."
        yield objection("update_minutes", said, f"every {LONGEST_SILENCE} minutes or more often")
    lines = [(at, entry.kind) for entry in incident.timeline if (at := moment(entry.at)) and at >= start]
    updates = sorted(at for at, kind in lines if kind == "update")
    if len(updates) < 2:
        said = f"The timeline shows {len(updates)} updates from the war room."
        yield objection("timeline", said, f"one at least every {LONGEST_SILENCE} minutes")
        return None
    points = [start, *updates, max(lines)[0]]
    longest = max((after - before).total_seconds() / 60 for before, after in pairwise(points))
    row = {"promised": f"every {promised:g} minutes", "longest silence": f"{longest:.0f} minutes"}
    if longest > promised:
        said = f"There is a silence of {longest:.0f} minutes."
        yield objection("timeline", said, "no silence longer than what you promise", row)
    return met(f"{len(updates)} updates, never more than {longest:.0f} minutes apart.", row)


@rubric.criterion(
    points=2, voice="amara", skill="lead_incidents",
    hints=(
        "What did you do first in the war room: stop the harm, or look for its cause?",
        "Something can be undone before anybody knows why. Try the war room again, and mitigate first.",
        "A mitigation within 30 minutes and before the causes are agreed on; the same time in your record. "
        "Minute 0 is {{ '{:%H:%M}'.format(truth.calendar.war_room) }} UTC: add the minute of your first mitigation.",
    ),
    rests_on=("incident.mitigated_at", "incident.causes_closed_at"),
)  # fmt: skip
def harm_is_stopped_before_causes_are_settled(incident: Incident, case: Case, conversation: State) -> Objections:
    """The first mitigation came within 30 minutes and before the causes were settled, and the record says when."""
    first = min((minute for action, minute in conversation.done if action in MITIGATIONS), default=None)
    settled = conversation.minute_of("settle_causes")
    if first is None:
        said = "Nothing was mitigated in your war room."
        yield objection("war_room", said, "one mitigation, before the causes are settled")
        return None
    if first > 30 or (settled is not None and settled < first):
        row = {"first mitigation": first, "causes settled": "never" if settled is None else settled}
        said = f"Your first mitigation came in minute {first}."
        yield objection("war_room", said, "within 30 minutes and before the causes", row)
    mitigated, closed = moment(incident.mitigated_at), moment(incident.causes_closed_at)
    for place, text, at in (("mitigated_at", incident.mitigated_at, mitigated),
                            ("causes_closed_at", incident.causes_closed_at, closed)):  # fmt: skip
        if at is None:
            yield objection(place, f"“{text[:40]}” cannot be read.", IN_UTC)
    if mitigated and abs(mitigated - case.truth.calendar.war_room - dt.timedelta(minutes=first)) > dt.timedelta(
        minutes=RECORD_SLACK
    ):
        said = f"The record says {mitigated:%H:%M}; your first mitigation was asked for at another time."
        rule = "the minute of your first mitigation, counted from the start of the war room, within five minutes"
        yield objection("mitigated_at", said, rule, {"in the record": incident.mitigated_at})
    if mitigated and closed and closed <= mitigated:
        said = "The record closes the causes before anything is mitigated."
        row = {"mitigated": incident.mitigated_at, "causes closed": incident.causes_closed_at}
        yield objection("causes_closed_at", said, "mitigation first", row)
    return met(f"The harm was being stopped from minute {first} on, before the causes were settled.")


@rubric.criterion(
    points=1, voice="amara", skill="listen_and_synthesise",
    hints=(
        "Which of your evidence did somebody really say?",
        "Remove what nobody told you, or talk to the person who knows it.",
    ),
    rests_on=("incident.timeline",),
    met="Everything that you cite was said in the war room or stands in the brief.",
)  # fmt: skip
def record_cites_what_was_said(incident: Incident, case: Case, conversation: State) -> Objections:
    """The record cites only what was said in the war room or stands in the brief."""
    yield from uncited(incident, conversation, case)
