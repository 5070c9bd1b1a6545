"""Criteria for the kick-off page (A02): an hour with limits, principles, a decision, and notes that survive it."""

from __future__ import annotations

from curriculum.artifacts.agenda import FUNCTIONS, PURPOSES, Agenda, Point
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from graders.common import MONEY_TOLERANCE, listed, near, unheard_facts
from graders.recommendation_scoping.phrases import amount, day, named, whole
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import areas
from graders.rubric import Verdict, met, unmet

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
)
def agenda_is_complete(agenda: Agenda, case: Case) -> Verdict:
    """Every part of the kick-off page is filled with real content."""
    required = {
        "objective": agenda.objective, "who takes part": agenda.attendees, "facilitator": agenda.facilitator,
        "note-taker": agenda.note_taker, "timekeeper": agenda.timekeeper, "slots": agenda.slots,
        "how you decide": agenda.decision_rule, "follow-up actions": agenda.actions,
    }  # fmt: skip
    return whole(agenda, case, required, "Every part of the page is there.")


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    hints=(
        "How much of the hour is left for scoping together, after everybody has presented?",
        "Fifteen minutes of limits, fifteen of principles, then thirty together, in this order.",
    ),
)
def hour_is_15_15_30(agenda: Agenda) -> Verdict:
    """The hour is 15 minutes of ML limits, 15 of design principles and 30 of joint scoping, in this order."""
    found = tuple((slot.purpose, slot.minutes or 0.0) for slot in agenda.slots)
    rows = [{"slot": PURPOSES.get(purpose, "(not said)"), "minutes": minutes} for purpose, minutes in found]
    words = listed([f"{PURPOSES.get(purpose, '(not said)')} {minutes:g}" for purpose, minutes in found], 6)
    if found == HOUR:
        return met("15, 15 and 30 minutes, in this order.", *rows)
    return unmet(
        f"Your slots: {words}; {sum(minutes for _, minutes in found):g} minutes in all.",
        "ML limits 15, design principles 15, joint scoping 30",
        *rows,
    )


@rubric.criterion(
    points=1,
    voice="wei",
    skill="run_meetings",
    hints=(
        "Who knows the limits first-hand, and who the principles?",
        "An ML or data person leads the first slot, the designer the second, the product manager the third.",
    ),
)
def slots_are_led_by_those_who_know(agenda: Agenda, case: Case) -> Verdict:
    """Each slot is led by one person from the function that knows its subject."""
    wrong = []
    for slot in agenda.slots:
        person = case.people.get(slot.owner)
        function = person.function if person else ""
        if function not in FUNCTIONS.get(slot.purpose, ()):
            wrong.append({
                "slot": PURPOSES.get(slot.purpose, "(not said)"),
                "led by": person.label if person else "nobody",
                "function": function or "none",
            })  # fmt: skip
    if wrong:
        first = wrong[0]
        return unmet(
            f"“{first['slot']}” is led by {first['led by']}.", "somebody whose own work the slot is about", *wrong
        )
    return met("Everybody speaks about their own work.")


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="run_meetings",
    hints=(
        "Can one person present, lead through the hour and write everything down?",
        "Facilitator and note-taker are two people; neither leads the ML or the design slot; whoever decides does not "
        "write the notes.",
    ),
)
def meeting_roles_are_separate(agenda: Agenda, case: Case) -> Verdict:
    """Facilitator, note-taker and the leaders of the first two slots are different people, and all are there."""
    presenters = {slot.owner for slot in agenda.slots if slot.purpose != "joint_scoping" and slot.owner}
    leaders = {slot.owner for slot in agenda.slots if slot.owner}
    there = set(agenda.attendees)
    clashes = []
    if agenda.facilitator and agenda.facilitator == agenda.note_taker:
        clashes.append(f"{named(case, 'people', [agenda.facilitator])}: leading through the hour and taking the notes")
    if agenda.facilitator in presenters:
        clashes.append(f"{named(case, 'people', [agenda.facilitator])}: leading through the hour and presenting")
    if agenda.note_taker in leaders:
        clashes.append(f"{named(case, 'people', [agenda.note_taker])}: taking the notes and leading a slot")
    if agenda.note_taker and agenda.note_taker == agenda.decider:
        clashes.append(f"{named(case, 'people', [agenda.note_taker])}: deciding and taking the notes")
    absent = [
        id for id in dict.fromkeys((agenda.facilitator, agenda.note_taker, agenda.timekeeper, *leaders))
        if id and id not in there
    ]  # fmt: skip
    if absent:
        clashes.append(f"{named(case, 'people', absent)}: a role, and not on the list of people")
    if clashes:
        return unmet(
            f"{clashes[0]}.", "one role for one person while others speak", *({"clash": text} for text in clashes)
        )
    return met("Nobody has to do two things at once.")


@rubric.criterion(
    points=1,
    voice="noor",
    skill="run_meetings",
    hints=(
        "What can somebody who was not there open the day after?",
        "A list with numbers, a board or a draft can be opened; a discussion cannot.",
    ),
)
def slots_leave_something_behind(agenda: Agenda, case: Case) -> Verdict:
    """Every slot leaves something that others can open and use afterwards."""
    useless = [slot for slot in agenda.slots if slot.output not in case.truth.best_outputs]
    if useless:
        slot = useless[0]
        left = named(case, "outputs", [slot.output]) if slot.output else "nothing"
        return unmet(
            f"“{PURPOSES.get(slot.purpose, '(not said)')}” leaves {left} behind.",
            "a list, a board or a draft",
            *({"slot": PURPOSES.get(s.purpose, "(not said)"), "leaves": s.output or "nothing"} for s in useless),
        )
    if not agenda.slots:
        return unmet("There are no slots.", "three slots, each with what it leaves behind")
    return met(f"The hour leaves {named(case, 'outputs', list(dict.fromkeys(s.output for s in agenda.slots)))}.")


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    hints=(
        "When would you want to get it, if you were to read it before the meeting?",
        "At least 24 hours before, with at least one document that the hour is about.",
    ),
)
def pre_read_goes_out_a_day_before(agenda: Agenda, case: Case) -> Verdict:
    """What people should have read is named and sent at least 24 hours before the start."""
    known = [id for id in agenda.pre_read if id in case.registry.entries("documents")]
    row = {"sent hours before": amount(agenda.pre_read_hours), "documents": len(known)}
    if not known:
        return unmet("No document is named.", "at least one document to read before", row)
    if agenda.pre_read_hours is None or agenda.pre_read_hours < PRE_READ_HOURS:
        return unmet(
            f"It goes out {amount(agenda.pre_read_hours)} hours before.", f"{PRE_READ_HOURS} hours or more", row
        )
    return met(f"{named(case, 'documents', known)}: {agenda.pre_read_hours:g} hours before.", row)


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="run_meetings",
    hints=(
        "How many people can still decide something in half an hour?",
        "At most seven. Who has no card at stake and nothing to approve can read the notes.",
    ),
)
def at_most_seven_decide(agenda: Agenda) -> Verdict:
    """At most seven people take part, since every further one makes deciding slower."""
    people = len(set(agenda.attendees) - {""})
    if 2 <= people <= MOST_DECIDERS:
        return met(f"{people} people take part.")
    return unmet(f"{people} people are on the list.", f"between 2 and {MOST_DECIDERS}", {"people": people})


@rubric.criterion(
    points=1,
    voice="samir",
    skill="decision_rights",
    hints=(
        "Who has to sign the page afterwards?",
        "The table decision_rights names an approver for each of five areas; all of them should be in the room.",
    ),
)
def approvers_are_in_the_room(agenda: Agenda, case: Case) -> Verdict:
    """Everybody who has to sign the page takes part."""
    away = [area for area in areas(case).values() if area.approver not in agenda.attendees]
    if away:
        rows = [{"area": area.label, "approver": case.people[area.approver].label} for area in away]
        return unmet(f"{rows[0]['approver']} approves “{rows[0]['area']}” and is not invited.", "all approvers", *rows)
    return met("Everybody who signs is there.")


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="decision_rights",
    gate=True,
    hints=(
        "Look at the table decision_rights, and at its dates.",
        "One of the two rows for scope has run out; the other one names who decides today.",
    ),
)
def scope_has_its_decider(agenda: Agenda, case: Case) -> Verdict:
    """The last word on scope has the person who holds that right today, and that person is there."""
    right = areas(case)["scope"].approver
    rows = _rights(case, "scope")
    who = named(case, "people", [agenda.decider]) if agenda.decider else "nobody"
    if agenda.decider != right:
        return unmet(f"You give the last word on scope to {who}.", "the approver whose row is valid today", *rows)
    if right not in agenda.attendees:
        return unmet(f"{who} decides and is not invited.", "the decider in the room", *rows)
    return met(f"{who} decides, and is there.", *rows)


@rubric.criterion(
    points=1,
    voice="wei",
    skill="translate_constraints",
    hints=(
        "Which limits of models and data did you hear, and with which number?",
        "Ask Wei and Noor; each limit has one number. The brief holds one as well: the days that the deep model takes.",
        "Name three limits in the ML slot, each with its number as you were told it, without the unit.",
    ),
)
def ml_slot_names_three_limits(agenda: Agenda, case: Case) -> Verdict:
    """The ML slot puts at least three limits on the table, each with its number, instead of architectures."""
    return _points(agenda, case, "ml_constraints", case.truth.constraints, "limits of models or data")


@rubric.criterion(
    points=1,
    voice="ines",
    skill="translate_constraints",
    hints=(
        "Which principles of the screen did Inês give you, and with which number?",
        "How long the screen can wait is one; tests with people gave others.",
        "Name three of Inês's principles in the design slot, each with its number as she said it.",
    ),
)
def design_slot_names_three_principles(agenda: Agenda, case: Case) -> Verdict:
    """The design slot puts at least three principles on the table, each with the number behind it."""
    return _points(agenda, case, "design_principles", case.truth.principles, "principles of the screen")


@rubric.criterion(
    points=1,
    voice="noor",
    skill="listen_and_synthesise",
    gate=True,
    hints=(
        "Who told you each of the facts on the page?",
        "Your page cites a fact that nobody told you in this kick-off: ask for it, or cite one that you heard.",
    ),
)
def agenda_cites_what_was_said(agenda: Agenda, case: Case, conversation: State) -> Verdict:
    """Every fact on the page was told in your kick-off or stands in the brief."""
    return heard(unheard_facts(agenda, conversation, case), case)


@rubric.criterion(
    points=1,
    voice="noor",
    skill="run_meetings",
    hints=(
        "What happens the morning after, and who does it?",
        "At least two actions, each with one owner who was there, due after the kick-off and before building starts.",
    ),
)
def actions_have_an_owner_and_a_day(agenda: Agenda, case: Case) -> Verdict:
    """At least two follow-up actions are noted, each with one owner and a day before building starts."""
    truth = case.truth
    open_ends = []
    for item in agenda.actions:
        if not item.action or item.owner not in agenda.attendees:
            open_ends.append((item, "an action, and an owner who was there"))
        elif item.due is None or not truth.kickoff <= item.due <= truth.build_starts:
            open_ends.append((item, f"a day from {day(truth.kickoff)} to {day(truth.build_starts)}"))
    rows = [
        {"action": item.action or "(blank)", "owner": item.owner or "nobody", "due": day(item.due)}
        for item, _ in open_ends
    ]
    if open_ends:
        item, expected = open_ends[0]
        who = named(case, "people", [item.owner]) if item.owner else "nobody"
        return unmet(f"“{item.action or '(blank)'}”: {who}, by {day(item.due)}.", expected, *rows)
    if len(agenda.actions) < 2:
        return unmet(f"Actions noted: {len(agenda.actions)}.", "at least two")
    return met(f"{len(agenda.actions)} actions, all owned and dated.")


def heard(unheard: list[str], case: Case) -> Verdict:
    """The verdict on facts that are cited: nobody may cite what nobody told them."""
    rows = [
        {"fact": id, "only known to": case.people[case.facts[id].held_by or ""].label}
        for id in unheard
        if case.facts[id].held_by in case.people
    ]
    if unheard:
        return unmet(
            f"Nobody has told you {listed(unheard)}.", "only facts from your kick-off and from the brief", *rows
        )
    return met("Everything that is cited was said.")


def _rights(case: Case, area: str) -> list[dict[str, str]]:
    table = case.columns["decision_rights"]
    return [
        {name: str(table[name][row]) or "open" for name in ("approver", "valid_from", "valid_until")}
        for row in range(len(table["area"]))
        if table["area"][row] == area
    ]


def _points(agenda: Agenda, case: Case, purpose: str, allowed: frozenset[str], what: str) -> Verdict:
    points = {
        point.fact: point for slot in agenda.slots if slot.purpose == purpose for point in slot.points if point.fact
    }
    right = [point for point in points.values() if point.fact in allowed and _as_told(point, case)]
    rows = [
        {"fact": point.fact, "stated": amount(point.number), "told": amount(case.facts[point.fact].value),
         "unit": case.facts[point.fact].unit}
        for point in points.values() if point.fact in case.facts
    ]  # fmt: skip
    if len(right) >= LEAST_POINTS:
        return met(f"{len(right)} {what}, with their numbers.", *rows)
    strange = [point.fact for point in points.values() if point.fact not in allowed]
    wrong = [point.fact for point in points.values() if point.fact in allowed and not _as_told(point, case)]
    remark = f" {listed(strange)} is not one of them." if strange else ""
    remark += f" The number of {listed(wrong)} is not the one that was told." if wrong else ""
    return unmet(f"{len(right)} {what} with their numbers.{remark}", f"at least {LEAST_POINTS}", *rows)


def _as_told(point: Point, case: Case) -> bool:
    fact = case.facts.get(point.fact)
    return fact is not None and fact.value is not None and near(point.number, fact.value, relative=MONEY_TOLERANCE)
