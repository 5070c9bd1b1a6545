"""Is the incident record one picture that everybody can trust? (A18)"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import combinations, pairwise

from curriculum.artifacts.five_whys import PROBLEM
from curriculum.artifacts.incident import Entry, Incident
from curriculum.cases import Case, load_case
from curriculum.cases.fraud_false_positives import WAR_ROOM_MINUTES
from curriculum.cases.fraud_false_positives.causes import Claim
from curriculum.cases.fraud_false_positives.events import DEEDS, SETTLED
from curriculum.cases.fraud_false_positives.tables import BUCKET
from curriculum.cases.fraud_false_positives.war_room import MITIGATIONS
from curriculum.roleplay.engine import State, Step, told_at
from curriculum.roleplay.script import load_script
from curriculum.support.dates import day_and_time
from curriculum.support.worlds import kept_for_worlds
from graders.common import MONEY_TOLERANCE, incomplete, listed, near, placed, stated, uncited
from graders.fraud_false_positives.base import inner, moment, rubric, short, who_is
from graders.rubric import Objections, met, objection

LATEST_MITIGATION = 30
"""Minutes of the war room in which the first mitigation is asked for at the latest."""
FEWEST_FACTS = 2
SHOWN = "a fact that shows exactly this; or no evidence, and it is a guess"
SHARE_ROUNDED = 0.06
"""Points of a hundred by which a share may differ that people state with one decimal."""
RECORD_SLACK = 5
"""Minutes by which a time in the record may differ from the conversation."""
IN_TIME = f"the minute in which it was asked for, within {RECORD_SLACK} minutes"
WHILE_IT_WENT = "only what went out from the start of the war room to its end, or to the last line of the timeline"
IN_UTC = "a time in UTC, as 2026-03-01 09:20"


@rubric.criterion(
    points=1, voice="helen", skill="lead_incidents", gate=True,
    hints=(
        "Read the record as somebody who joins now: what would they have to ask?",
        "Roles, start, customers, at least one panel for each contested measure, cadence, updates, a timeline.",
    ),
    met="Every part is filled, and every name is known here.",
)  # fmt: skip
def incident_is_complete(incident: Incident, case: Case) -> Objections:
    """Every part of the record is filled with real content."""
    yield from incomplete(
        incident, case, "severity", "operations", "scribe", "started", "customers", "customers_share", "panels",
        "update_minutes", "updates", "timeline", "panels[].definition", "panels[].owner", "panels[].refresh_minutes",
        "panels[].before", "panels[].now", "updates[].at", "timeline[].at", "timeline[].about",
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
        "You lead. Who changes systems, and what happens when one person does both?",
        "Operations is whoever is on call today; the memo names them. Who has free hands for the record is in `hands`.",
    ),
    rests_on=("incident.operations", "incident.scribe"),
    met="Leading, changing, speaking and writing are in four pairs of hands.",
    expected="three people: who leads, who is on call, who speaks",
)  # fmt: skip
def roles_are_separate(incident: Incident, case: Case) -> Objections:
    """Commander, operations and communications are different people, operations is on call today, and the scribe has
    free hands."""
    roles = {role: getattr(incident, role) for role in ("commander", "communications", "operations")}
    for one, other in combinations(roles, 2):
        if roles[one] == roles[other]:
            said = f"{one.capitalize()} and {other} are one person: {who_is(roles[one], case)}."
            yield objection(other, said, "", roles)
            return None
    if incident.operations != case.truth.rota.on_call:
        said = f"What is changed is led by {who_is(incident.operations, case)}, and somebody else is on call."
        yield objection("operations", said, "whoever is on call today")
    if incident.scribe not in case.truth.rota.free:
        said = f"The record is kept by {who_is(incident.scribe, case)}, with something else to do today."
        yield objection("scribe", said, "somebody whom the table `hands` names for the record")
    return None


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
    points=2, voice="amara", skill="communicate_harm", gate=True,
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
    if not near(incident.customers_share, truth.customers_share, absolute=SHARE_ROUNDED):
        rule = "their share of the customers who paid since the onset, to one decimal"
        yield objection("customers_share", f"You state {row['stated share']} in 100.", rule, row)
    return met(f"{said}, {row['stated share']} in 100: that is what the payments give.", row)


@rubric.criterion(
    points=2, voice="clara", skill="lead_incidents",
    hints=(
        "Read the times from top to bottom. Could each line be known when it says so?",
        "Write every time as 2026-03-01 09:20, in UTC, oldest first. What was shown stands at the minute in which you "
        "were told it, or later; what was thought before then is a line of its own.",
    ),
    rests_on=("incident.timeline[2]", "incident.timeline[].at", "incident.updates[].at"),
)  # fmt: skip
def timeline_is_in_order(incident: Incident, case: Case, conversation: State | None) -> Objections:
    """Every line of the timeline and every update has a time in UTC, the times go forward, and no fact stands there
    before it was told."""
    end = case.truth.calendar.war_room + dt.timedelta(hours=15)
    for name, times in (("timeline", [entry.at for entry in incident.timeline]),
                        ("updates", [update.at for update in incident.updates])):  # fmt: skip
        last = dt.datetime.min
        for place, time in placed(name, times):
            at, row = moment(time), {"line": place, "time": time or "nothing"}
            if at is None:
                yield objection(f"{place}.at", f"It has the time “{time[:40]}”.", IN_UTC, row)
                continue
            if at < last:
                yield objection(f"{place}.at", f"{time} is earlier than the line before it.", "oldest first", row)
            if at > end:
                yield objection(f"{place}.at", f"{time} lies after today.", "what has happened until now", row)
            last = at
    yield from _known_too_early(incident, case, conversation)
    return met(f"{len(incident.timeline)} lines and {len(incident.updates)} updates, oldest first, in UTC.")


def _known_too_early(incident: Incident, case: Case, conversation: State | None) -> Objections:
    """Lines that cite, for what they say, nothing that had been told by then."""
    told = _told(case.seed, conversation.path) if conversation else {}
    for place, entry in placed("timeline", incident.timeline):
        shows = [id for id in entry.evidence if id in case.facts and entry.about in case.facts[id].supports]
        minutes = [told.get(id, 0) for id in shows]
        at = moment(entry.at)
        earliest = case.truth.calendar.war_room + dt.timedelta(minutes=min(minutes, default=0) - RECORD_SLACK)
        if at and shows and at < earliest:
            said = f"“{short(case.registry.label('events', entry.about))}” was shown later than {at:%H:%M}."
            row = {"in the record": entry.at, "evidence": listed(shows)}
            yield objection(f"{place}.at", said, "the time at which its evidence was told, or later", row)


@kept_for_worlds(maxsize=256)
def _told(seed: int, path: tuple[Step, ...]) -> Mapping[str, int]:
    """By fact, the minute of the war room in which it was told on this way through it."""
    script = load_script(rubric.slug).in_world(load_case(rubric.slug, seed))
    return told_at(script, path)


@rubric.criterion(
    points=3, voice="jonas", skill="find_causes", gate=True,
    hints=(
        "Which of your lines could somebody doubt, and what would you show them?",
        "Behind each fact stands somebody who told you something that shows exactly this.",
        "What nobody has shown stays in the record as a guess, without evidence. Keep at least one: who joins later "
        "wants to know what was thought.",
    ),
    rests_on=("incident.timeline[].about",),
)  # fmt: skip
def facts_are_not_guesses(incident: Incident, case: Case, conversation: State) -> Objections:
    """Explanations that are facts have evidence that shows them and was told in the war room or stands in the brief;
    at least one is kept apart as a guess."""
    facts = guesses = 0
    for place, entry in placed("timeline", incident.timeline):
        if entry.about in DEEDS:
            continue
        facts, guesses = facts + bool(entry.evidence), guesses + (not entry.evidence and entry.about != PROBLEM)
        if entry.evidence:
            yield from _unshown(place, entry, case)
    yield from uncited(incident, conversation, case)
    if facts < FEWEST_FACTS:
        said = f"The timeline shows {facts} of its explanations with evidence."
        yield objection("timeline", said, f"{FEWEST_FACTS} facts at least, each with its evidence")
    if not guesses:
        said = "Every explanation in the timeline is called a fact."
        yield objection("timeline", said, "what was thought and not shown, as a guess: without evidence")
    return met(f"{facts} facts have their evidence, {guesses} stand there as guesses.")


@rubric.criterion(
    points=1, voice="clara", skill="lead_incidents",
    hints=(
        "The whole company reads the record. Who would speak openly in the next war room after this line?",
        "Write down what happened and what was thought to be behind it, and no person's or team's character, not as a "
        "guess either.",
    ),
    rests_on=("incident.timeline[2]", "incident.timeline[].about"),
    met="The record says what happened, and nobody has to defend themselves in it.",
    expected="what happened, or what a process allowed",
)  # fmt: skip
def record_blames_nobody(incident: Incident, case: Case) -> Objections:
    """No line of the timeline explains by a person, a team's character or careless customers, not as a guess either."""
    for place, entry in placed("timeline", incident.timeline):
        if (found := case.registry.find("claims", entry.about, Claim)) and found.person:
            yield objection(f"{place}.about", f"“{inner(found.label)}” explains by what somebody is like or forgot.")


def _unshown(place: str, entry: Entry, case: Case) -> Objections:
    """Evidence of a line that says nothing about it, or the contrary."""
    cited = [case.facts[id] for id in entry.evidence if id in case.facts]
    words = f"“{short(case.registry.label('events', entry.about))}”"
    row = {"line": entry.about, "evidence": listed([fact.id for fact in cited]) if cited else "nothing known"}
    if against := [fact.id for fact in cited if entry.about in fact.contradicts]:
        yield objection(f"{place}.evidence", f"{words}: {listed(against)} speaks against it.", SHOWN, row)
    elif not any(entry.about in fact.supports for fact in cited):
        yield objection(f"{place}.evidence", f"{words}: your evidence says nothing about it.", SHOWN, row)


@rubric.criterion(
    points=1, voice="clara", skill="lead_incidents",
    hints=(
        "How long do people in the company hear nothing?",
        "The memo says how often updates go out at your severity: enter each, from the start of the war room to its "
        "end.",
    ),
    rests_on=("severity_fits_the_harm", "incident.update_minutes", "incident.updates[].at"),
)  # fmt: skip
def updates_keep_their_cadence(incident: Incident, case: Case, conversation: State) -> Objections:
    """Updates go out as often as the severity asks, from the start of the war room to its end and to the last line, and
    none before it or after it."""
    promised, start = incident.update_minutes or 0.0, case.truth.calendar.war_room
    if not 0 < promised <= case.truth.rota.cadence:
        said = f"You promise updates every {stated(promised)} minutes."
        yield objection("update_minutes", said, "as often as the memo asks at this severity, or more often")
    lines = [at for entry in incident.timeline if (at := moment(entry.at))]
    ended = max([start + dt.timedelta(minutes=WAR_ROOM_MINUTES - conversation.minutes), *lines])
    slack = dt.timedelta(minutes=RECORD_SLACK)
    for place, update in placed("updates", incident.updates):
        if (at := moment(update.at)) and not start - slack <= at <= ended + slack:
            row = {"war room": f"{start:%H:%M}", "its end, or the last line": f"{ended:%H:%M}"}
            yield objection(f"{place}.at", f"An update went out at {day_and_time(at)}.", WHILE_IT_WENT, row)
    updates = sorted(at for update in incident.updates if (at := moment(update.at)) and at >= start)
    end = max([ended, *updates])
    points = [start, *updates, end]
    longest = max((after - before).total_seconds() / 60 for before, after in pairwise(points))
    row = {"promised": f"every {promised:g} minutes", "longest silence": f"{longest:.0f} minutes"}
    if longest > promised:
        said = f"There is a silence of {longest:.0f} minutes."
        yield objection("updates", said, "no silence longer than what you promise, up to the end of the war room", row)
    return met(f"{len(updates)} updates, never more than {longest:.0f} minutes apart.", row)


@rubric.criterion(
    points=4, voice="amara", skill="lead_incidents", gate=True,
    hints=(
        "What did you do first in the war room: stop the harm, or look for its cause? Does your record show it?",
        "Something can be undone before anybody knows why. Try the war room again, and mitigate first.",
        "A mitigation within 30 minutes, and before the room agrees on causes, if it does; and a line for it at its "
        "time. Minute 0 is {{ '{:%H:%M}'.format(truth.calendar.war_room) }} UTC: add the minutes that had gone by.",
    ),
    rests_on=("incident.timeline[].about", "incident.timeline[].at"),
)  # fmt: skip
def harm_is_stopped_before_causes_are_settled(incident: Incident, case: Case, conversation: State) -> Objections:
    """The first mitigation came within 30 minutes and before the causes were settled, if they were, and stands in the
    timeline at its time."""
    first = min(((at, action) for action, at in conversation.done if action in MITIGATIONS), default=None)
    settled = conversation.minute_of(SETTLED)
    if first is None:
        said = "Nothing was mitigated in your war room."
        yield objection("war_room", said, "one mitigation, before the causes are settled")
        return None
    minute, action = first
    if minute > LATEST_MITIGATION or (settled is not None and settled < minute):
        row = {"first mitigation": minute, "causes settled": "never" if settled is None else settled}
        said = f"Your first mitigation came in minute {minute}."
        yield objection("war_room", said, f"within {LATEST_MITIGATION} minutes and before the causes", row)
    lines = {place: entry for place, entry in placed("timeline", incident.timeline) if entry.about == action}
    if not lines:
        said = f"Your first mitigation, “{DEEDS[action].label}”, is not in the timeline."
        yield objection("timeline", said, "a line for it, at its time")
    elif not any(_at(entry, minute, case) for entry in lines.values()):
        row = {"war room": f"{case.truth.calendar.war_room:%H:%M}"}
        said = f"“{DEEDS[action].label}” was asked for at another time."
        yield objection(f"{next(iter(lines))}.at", said, IN_TIME, row)
    return met(f"The harm was being stopped from minute {minute} on, before the causes were settled.")


def _at(entry: Entry, minute: int, case: Case) -> bool:
    """Whether a line stands at a minute of the war room, as far as people note times."""
    at, meant = moment(entry.at), case.truth.calendar.war_room + dt.timedelta(minutes=minute)
    return at is not None and abs(at - meant) <= dt.timedelta(minutes=RECORD_SLACK)


@rubric.criterion(
    points=2, voice="ravi", skill="lead_incidents",
    hints=(
        "Could somebody who joins at noon see from the record what was done, and when?",
        "A line for each thing that was done in your war room, at its time, and for nothing else. If the room agreed "
        "on the causes, that is a line, too; if it did not, they are open.",
        "Minute 0 is {{ '{:%H:%M}'.format(truth.calendar.war_room) }} UTC: add the minutes that had gone by.",
    ),
    rests_on=("harm_is_stopped_before_causes_are_settled", "incident.timeline[].about", "incident.timeline[].at"),
    met="Everything that was done stands in the record with its time, and nothing else.",
)  # fmt: skip
def record_shows_what_was_done(incident: Incident, case: Case, conversation: State) -> Objections:
    """Each thing that was done in the war room stands in the timeline within five minutes of its time, and nothing
    stands there that was not done."""
    done = {action: minute for action, minute in conversation.done if action in DEEDS}
    there: dict[str, str] = {}
    for place, entry in placed("timeline", incident.timeline):
        if entry.about not in DEEDS:
            continue
        there.setdefault(entry.about, place)
        label = DEEDS[entry.about].label
        if entry.about not in done:
            yield objection(f"{place}.about", f"“{inner(label)}”: nobody did that in your war room.", "what was done")
        elif not _at(entry, done[entry.about], case):
            row = {"in the record": entry.at, "war room": f"{case.truth.calendar.war_room:%H:%M}"}
            yield objection(f"{place}.at", f"“{inner(label)}” was asked for at another time.", IN_TIME, row)
    for action in done:
        if action not in there:
            yield objection("timeline", f"“{DEEDS[action].label}” is not in the timeline.", "a line for each deed")
