"""Criteria for the kick-off page (A02): an hour with limits, principles, a decision, and notes that survive it."""

from __future__ import annotations

from curriculum.artifacts.agenda import FUNCTIONS, PURPOSES, Agenda, Slot
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from graders.common import MONEY_TOLERANCE, incomplete, near, uncited
from graders.recommendation_scoping.phrases import amount, day, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import areas
from graders.rubric import Objection, Objections, met, objection

HOUR = (("ml_constraints", 15.0), ("design_principles", 15.0), ("joint_scoping", 30.0))
MOST_DECIDERS = 7
PRE_READ_HOURS = 24
LEAST_POINTS = 3


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    gate=True,
    hints=(
        "Go through the form from top to bottom: is a field blank, or does it hold a stand-in?",
        "Objective, people, the three roles, pre-read, slots, decision rule, decider and actions are all needed.",
    ),
    met="Every part of the page is there.",
)
def agenda_is_complete(agenda: Agenda, case: Case) -> Objections:
    """Every part of the kick-off page is filled with real content."""
    yield from incomplete(
        agenda, case, "objective", "attendees", "facilitator", "note_taker", "timekeeper", "slots", "decision_rule",
        "actions",
    )  # fmt: skip


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    hints=(
        "How much of the hour is left for scoping together, after everybody has presented?",
        "Fifteen minutes of limits, fifteen of principles, then thirty together, in this order.",
    ),
    rests_on=("agenda.slots",),
    met="15, 15 and 30 minutes, in this order.",
    expected="limits first, principles second, and half of the hour to scope together at its end",
)
def hour_is_15_15_30(agenda: Agenda) -> Objections:
    """The hour is 15 minutes of ML limits, 15 of design principles and 30 of joint scoping, in this order."""
    if len(agenda.slots) != len(HOUR):
        yield objection("slots", f"The hour has {len(agenda.slots)} slots.")
    for number, (slot, (purpose, minutes)) in enumerate(zip(agenda.slots, HOUR, strict=False), start=1):
        if slot.purpose != purpose:
            yield objection(f"slots[{number}].purpose", f"Slot {number} is for “{_title(slot)}”.")
        if slot.minutes != minutes:
            yield objection(f"slots[{number}].minutes", f"“{_title(slot)}” takes {amount(slot.minutes, 'minutes')}.")


@rubric.criterion(
    points=1,
    voice="wei",
    skill="run_meetings",
    hints=(
        "Who knows the limits first-hand, and who the principles?",
        "An ML or data person leads the first slot, the designer the second, the product manager the third.",
    ),
    rests_on=("agenda.slots",),
    met="Everybody speaks about their own work.",
    expected="somebody whose own work the slot is about",
)
def slots_are_led_by_those_who_know(agenda: Agenda, case: Case) -> Objections:
    """Each slot is led by one person from the function that knows its subject."""
    for number, slot in enumerate(agenda.slots, start=1):
        person = case.people.get(slot.owner)
        if person is None or person.function not in FUNCTIONS.get(slot.purpose, ()):
            row = {"slot": _title(slot), "function": person.function if person else "none"}
            who = person.label if person else "nobody"
            yield objection(f"slots[{number}].owner", f"“{_title(slot)}” is led by {who}.", "", row)


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="run_meetings",
    hints=(
        "Can one person present, lead through the hour and write everything down?",
        "Facilitator and note-taker are two people; neither leads the ML or the design slot; whoever decides does not "
        "write the notes.",
    ),
    rests_on=("agenda.attendees", "agenda.facilitator", "agenda.note_taker", "agenda.timekeeper", "agenda.slots"),
    met="Nobody has to do two things at once.",
    expected="one role for one person while others speak, and nobody with a role who is not there",
)
def meeting_roles_are_separate(agenda: Agenda, case: Case) -> Objections:
    """Facilitator, note-taker and the leaders of the first two slots are different people, and all are there."""
    leads = {f"slots[{number}].owner": slot for number, slot in enumerate(agenda.slots, start=1) if slot.owner}
    leaders = {slot.owner for slot in leads.values()}
    presenters = {slot.owner for slot in leads.values() if slot.purpose != "joint_scoping"}
    clashes = (
        ("note_taker", agenda.note_taker == agenda.facilitator, "leading through the hour and taking the notes"),
        ("facilitator", agenda.facilitator in presenters, "leading through the hour and presenting"),
        ("note_taker", agenda.note_taker in leaders, "leading a slot and taking the notes"),
        ("note_taker", agenda.note_taker == agenda.decider, "deciding and taking the notes"),
    )
    for place, clash, both in clashes:
        if clash:
            yield objection(place, f"{named(case, 'people', getattr(agenda, place))}: {both}.")
    roles = {place: getattr(agenda, place) for place in ("facilitator", "note_taker", "timekeeper")}
    for place, who in (roles | {place: slot.owner for place, slot in leads.items()}).items():
        if who not in agenda.attendees:
            yield objection(place, f"{named(case, 'people', who)}: a role, and not on the list of people.")


@rubric.criterion(
    points=1,
    voice="noor",
    skill="run_meetings",
    hints=(
        "What can somebody who was not there open the day after?",
        "A list with numbers, a board or a draft can be opened; a discussion cannot.",
    ),
    rests_on=("agenda.slots",),
    expected="something that can be opened the day after",
)
def slots_leave_something_behind(agenda: Agenda, case: Case) -> Objections:
    """Every slot leaves something that others can open and use afterwards."""
    for number, slot in enumerate(agenda.slots, start=1):
        if slot.output not in case.truth.best_outputs:
            left = named(case, "outputs", slot.output)
            yield objection(f"slots[{number}].output", f"“{_title(slot)}” leaves {left} behind.")
    return met(f"The hour leaves {named(case, 'outputs', *dict.fromkeys(slot.output for slot in agenda.slots))}.")


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    hints=(
        "When would you want to get it, if you were to read it before the meeting?",
        "At least 24 hours before, with at least one document that the hour is about.",
    ),
    expected="something to read, a full day ahead",
)
def pre_read_goes_out_a_day_before(agenda: Agenda, case: Case) -> Objections:
    """What people should have read is named and sent at least 24 hours before the start."""
    known = [id for id in agenda.pre_read if id in case.registry.entries("documents")]
    if not known:
        yield objection("pre_read", "No document is named.")
    if agenda.pre_read_hours is None or agenda.pre_read_hours < PRE_READ_HOURS:
        yield objection("pre_read_hours", f"Sent before the start: {amount(agenda.pre_read_hours, 'hours')}.")
    return met(f"{named(case, 'documents', *known)}: {amount(agenda.pre_read_hours, 'hours')} before.")


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="run_meetings",
    hints=(
        "How many people can still decide something in half an hour?",
        "At most seven. Who has no card at stake and nothing to approve can read the notes.",
    ),
    rests_on=("agenda.attendees",),
    expected="as few as can decide, and all who have to",
)
def at_most_seven_decide(agenda: Agenda) -> Objections:
    """At most seven people take part, since every further one makes deciding slower."""
    people = len(set(agenda.attendees) - {""})
    if not 2 <= people <= MOST_DECIDERS:
        yield objection("attendees", f"On the list: {people} {'person' if people == 1 else 'people'}.")
    return met(f"{people} people take part.")


@rubric.criterion(
    points=1,
    voice="samir",
    skill="decision_rights",
    hints=(
        "Who has to sign the page afterwards?",
        "The table decision_rights names an approver for each of five areas; all of them should be in the room.",
        "{% for area in entries.areas.values() %}{{ area.label }}: {{ people[area.approver].label }}. {% endfor %}",
    ),
    rests_on=("agenda.attendees",),
    met="Everybody who signs is there.",
    expected="everybody who approves something today, by the table decision_rights",
)
def approvers_are_in_the_room(agenda: Agenda, case: Case) -> Objections:
    """Everybody who has to sign the page takes part."""
    for area in areas(case).values():
        if area.approver not in agenda.attendees:
            row = {"table": "decision_rights", "area": area.id}
            yield objection("attendees", f"Nobody on your list approves “{area.label}” today.", "", row)


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="decision_rights",
    gate=True,
    hints=(
        "Look at the table decision_rights, and at its dates.",
        "One of the two rows for scope has run out; the other one names who decides today.",
        "It is {{ people[entries.areas.scope.approver].label }}.",
    ),
    rests_on=("agenda.attendees",),
    expected="the approver whose row for scope is valid on the day of the kick-off, in the room",
)
def scope_has_its_decider(agenda: Agenda, case: Case) -> Objections:
    """The last word on scope has the person who holds that right today, and that person is there."""
    who = named(case, "people", agenda.decider)
    if agenda.decider != areas(case)["scope"].approver:
        row = {"table": "decision_rights", "area": "scope", "columns": "valid_from, valid_until"}
        yield objection("decider", f"You give the last word on scope to {who}.", "", row)
    elif agenda.decider not in agenda.attendees:
        yield objection("attendees", f"{who} decides and is not invited.")
    return met(f"{who} decides, and is there.")


@rubric.criterion(
    points=1,
    voice="wei",
    skill="translate_constraints",
    hints=(
        "Which limits of models and data did you hear, and with which number?",
        "Ask Wei and Noor; each limit has one number. The brief holds one as well: the days that the deep model takes.",
        "Name three limits in the ML slot, each with its number as you were told it, without the unit.",
        "Limits with their numbers: {% for id in truth.constraints | sort %}{{ id }} {{ '%g' | format(facts[id].value) "
        "}}{{ '; ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("agenda.slots",),
    expected="three limits of models or data, each with its number as it was told or stands in the brief, within 2 %",
)
def ml_slot_names_three_limits(agenda: Agenda, case: Case) -> Objections:
    """The ML slot puts at least three limits on the table, each with its number, instead of architectures."""
    return (yield from _points(agenda, case, "ml_constraints", case.truth.constraints, "limits of models or data"))


@rubric.criterion(
    points=1,
    voice="ines",
    skill="translate_constraints",
    hints=(
        "Which principles of the screen did Inês give you, and with which number?",
        "How long the screen can wait is one; tests with people gave others.",
        "Name three of Inês's principles in the design slot, each with its number as she said it.",
        "The principles and their numbers: {% for id in truth.principles | sort %}{{ id }} {{ '%g' | "
        "format(facts[id].value) }}{{ '; ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("agenda.slots",),
    expected="three principles of the screen, each with its number as the designer told it, within 2 %",
)
def design_slot_names_three_principles(agenda: Agenda, case: Case) -> Objections:
    """The design slot puts at least three principles on the table, each with the number behind it."""
    return (yield from _points(agenda, case, "design_principles", case.truth.principles, "principles of the screen"))


@rubric.criterion(
    points=1,
    voice="noor",
    skill="listen_and_synthesise",
    gate=True,
    hints=(
        "Who told you each of the facts on the page?",
        "Your page cites a fact that nobody told you in this kick-off: ask for it, or cite one that you heard.",
    ),
    met="Everything that is cited was said.",
)
def agenda_cites_what_was_said(agenda: Agenda, case: Case, conversation: State) -> Objections:
    """Every fact on the page was told in your kick-off or stands in the brief."""
    yield from uncited(agenda, conversation, case)


@rubric.criterion(
    points=1,
    voice="noor",
    skill="run_meetings",
    hints=(
        "What happens the morning after, and who does it?",
        "At least two actions, each with one owner who was there, due after the kick-off and before building starts.",
        "From {{ truth.kickoff | full_day }} to {{ truth.build_starts | full_day }}.",
    ),
    rests_on=("agenda.actions", "agenda.attendees"),
    expected="two actions or more, each with an owner who was there and a day between kick-off and building",
)
def actions_have_an_owner_and_a_day(agenda: Agenda, case: Case) -> Objections:
    """At least two follow-up actions are noted, each with one owner and a day before building starts."""
    for number, item in enumerate(agenda.actions, start=1):
        place, action = f"actions[{number}]", item.action[:60] or "(blank)"
        if not item.action:
            yield objection(f"{place}.action", f"Action {number} does not say what will be done.")
        if item.owner not in agenda.attendees:
            yield objection(f"{place}.owner", f"“{action}” belongs to {named(case, 'people', item.owner)}.")
        if item.due is None or not case.truth.kickoff <= item.due <= case.truth.build_starts:
            yield objection(f"{place}.due", f"“{action}”: by {day(item.due)}.")
    if len(agenda.actions) < 2:
        yield objection("actions", f"Actions noted: {len(agenda.actions)}.")
    return met(f"{len(agenda.actions)} actions, all owned and dated.")


def _title(slot: Slot) -> str:
    return PURPOSES.get(slot.purpose, "(not said)")


def _points(agenda: Agenda, case: Case, purpose: str, allowed: frozenset[str], what: str) -> Objections:
    """What is missing until a slot has three points of its own kind, each with the number that was told."""
    right, wrong, here = set(), list[Objection](), "slots"
    for number, slot in enumerate(agenda.slots, start=1):
        if slot.purpose != purpose:
            continue
        here = f"slots[{number}].points"
        for index, point in enumerate(slot.points, start=1):
            place, told = f"{here}[{index}]", case.facts[point.fact].value if point.fact in case.facts else None
            row = {"fact": point.fact, "stated": amount(point.number)}
            if point.fact and point.fact not in allowed:
                wrong.append(objection(f"{place}.fact", f"{point.fact[:40]} is none of the {what}.", "", row))
            elif point.fact and (told is None or not near(point.number, told, relative=MONEY_TOLERANCE)):
                found = f"{point.fact}: {amount(point.number)}; another number was said."
                wrong.append(objection(f"{place}.number", found, "", row))
            elif point.fact:
                right.add(point.fact)
    if len(right) < LEAST_POINTS:
        yield from wrong
        yield objection(here, f"{what.capitalize()} with their numbers: {len(right)}.")
    return met(f"{len(right)} {what}, with their numbers.")
