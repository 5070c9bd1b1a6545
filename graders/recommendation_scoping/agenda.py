"""Criteria for the kick-off page (A02): an hour with limits, principles, a decision, and notes that survive it."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.artifacts.agenda import Agenda, Point
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from graders.common import MONEY_TOLERANCE, heard, incomplete, near, uncited
from graders.recommendation_scoping.phrases import amount, day, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import areas, models
from graders.rubric import Objection, Objections, met, objection

HOUR = {"limits": 15.0, "principles": 15.0, "together": 30.0}
PRE_READ_HOURS, MOST_HOURS = 24, 7 * 24
"""A full day before, so that it can be read; no more than a week, or it is overtaken and forgotten."""
LEAST_POINTS = 3
FACILITATOR, TIMEKEEPER, DESIGNER, SPONSOR = "pm", "kofi", "ines", "ruth"
"""Who leads through the hour, keeps its time, speaks for the screen, and wrote the memo, as the brief says."""


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    gate=True,
    hints=(
        "Go through the form from top to bottom: is a field blank, or does it hold a stand-in?",
        "Objective, minutes, who speaks for the limits, who writes, decision rule, decider, limits, principles and "
        "actions are all needed.",
    ),
    met="Every part of the page is there.",
)
def agenda_is_complete(agenda: Agenda, case: Case) -> Objections:
    """Every part of the kick-off page is filled with real content."""
    yield from incomplete(
        agenda, case, "objective", "limits_lead", "note_taker", "decision_rule", "decider", "limits", "principles",
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
    rests_on=("agenda.minutes",),
    met="15, 15 and 30 minutes.",
    expected="limits first, principles second, and half of the hour to scope together at its end",
)
def hour_is_15_15_30(agenda: Agenda) -> Objections:
    """The hour is 15 minutes of limits, 15 of principles and 30 of scoping together."""
    for part, wanted in HOUR.items():
        if (minutes := getattr(agenda.minutes, part)) != wanted:
            title = {"limits": "Limits", "principles": "Principles", "together": "Scoping together"}[part]
            yield objection(f"minutes.{part}", f"{title}: {amount(minutes, 'minutes')}.")


@rubric.criterion(
    points=2,
    voice="wei",
    skill="run_meetings",
    hints=(
        "Whose word about the model counts today?",
        "The table decision_rights says who approves the model and its contract; look at the dates.",
        "It is {{ people[entries.areas.model_api.approver].label }}.",
    ),
    rests_on=("agenda.limits_lead",),
    met="Who answers for the model speaks for its limits.",
    expected="who approves the model and its contract today, by the table decision_rights",
)
def limits_are_told_by_who_answers_for_them(agenda: Agenda, case: Case) -> Objections:
    """Who approves the model and its contract today speaks for the limits."""
    if agenda.limits_lead != areas(case)["model_api"].approver:
        row = {"table": "decision_rights", "area": "model_api", "columns": "valid_from, valid_until"}
        yield objection("limits_lead", f"You give that to {named(case, 'people', agenda.limits_lead)}.", "", row)


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="run_meetings",
    hints=(
        "Can one person lead through the hour, speak, and write everything down?",
        "You lead, Kofi keeps the time, Inês and whoever answers for the model speak, one person decides. Somebody "
        "else, who is in the room to the end, writes.",
    ),
    rests_on=("agenda.note_taker", "agenda.limits_lead", "agenda.decider"),
    met="Nobody has to do two things at once.",
    expected="somebody in the room to the end who neither leads, nor speaks, nor keeps the time, nor decides",
)
def who_writes_does_nothing_else(agenda: Agenda, case: Case) -> Objections:
    """Who writes down what is decided is in the room to the end and has nothing else to do."""
    who, name = agenda.note_taker, named(case, "people", agenda.note_taker)
    busy = {
        FACILITATOR: "leads through the hour",
        TIMEKEEPER: "keeps the time",
        DESIGNER: "speaks for the screen",
        agenda.limits_lead: "speaks for the limits",
        agenda.decider: "has the last word",
    }
    if who in busy:
        yield objection("note_taker", f"{name} {busy[who]}, and would have to write at the same time.")
    elif who == SPONSOR and case.circumstances.get("ruth_leaves"):
        yield objection("note_taker", f"{name} has to leave before the cards are sorted.")
    elif who in case.truth.remote:
        yield objection("note_taker", f"{name} takes part by telephone.")
    elif who not in agenda.attendees:
        yield objection("note_taker", f"{name} does not take part.")


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    hints=(
        "When would you want to get it, if you were to read it before the meeting?",
        "At least 24 hours before and at most a week, with at least one document that the hour is about.",
    ),
    expected="something to read, a full day ahead and no more than a week",
)
def pre_read_goes_out_a_day_before(agenda: Agenda, case: Case) -> Objections:
    """What people should have read is named and sent between a week and 24 hours before the start."""
    known = [id for id in agenda.pre_read if id in case.registry.entries("documents")]
    if not known:
        yield objection("pre_read", "No document is named.")
    if agenda.pre_read_hours is None or not PRE_READ_HOURS <= agenda.pre_read_hours <= MOST_HOURS:
        yield objection("pre_read_hours", f"Sent before the start: {amount(agenda.pre_read_hours, 'hours')}.")
    return met(f"{named(case, 'documents', *known)}: {amount(agenda.pre_read_hours, 'hours')} before.")


@rubric.criterion(
    points=2,
    voice="ruth",
    skill="decision_rights",
    gate=True,
    hints=(
        "Look at the table decision_rights, and at its dates.",
        "One of the two rows for scope has run out; the other one names who decides today.",
        "It is {{ people[entries.areas.scope.approver].label }}.",
    ),
    rests_on=("agenda.decider",),
    expected="the approver whose row for scope is valid on the day of the kick-off",
)
def scope_has_its_decider(agenda: Agenda, case: Case) -> Objections:
    """The last word on scope has the person who holds that right today."""
    who = named(case, "people", agenda.decider)
    if agenda.decider != areas(case)["scope"].approver:
        row = {"table": "decision_rights", "area": "scope", "columns": "valid_from, valid_until"}
        yield objection("decider", f"You give the last word on scope to {who}.", "", row)
    return met(f"{who} decides.")


@rubric.criterion(
    points=7,
    voice="wei",
    skill="translate_constraints",
    gate=True,
    hints=(
        "Which limits of models and data did you hear, and with which number?",
        "Ask Wei, Noor and Samir; each limit has one number. The brief holds one as well: the days that the deep model "
        "takes.",
        "Name three limits, each with its number as you were told it, without the unit.",
        "Limits with their numbers: {% for id in truth.constraints | sort %}{{ id }} {{ '%g' | format(facts[id].value) "
        "}}{{ '; ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("agenda.limits",),
    expected="three limits of models or data, each with its number as it was told or stands in the brief, within 2 %",
)
def limits_stand_with_their_numbers(agenda: Agenda, case: Case, conversation: State) -> Objections:
    """At least three limits of models and data are on the table, each with its number."""
    right, wrong = _told(agenda.limits, "limits", case, conversation, case.truth.constraints)
    if len(right) < LEAST_POINTS:
        yield from wrong
        yield objection("limits", f"Limits with the number that was told: {len(right)}.")
    return met(f"{len(right)} limits, with their numbers.")


@rubric.criterion(
    points=8,
    voice="noor",
    skill="translate_constraints",
    hints=(
        "Which models cannot be built for this launch, and by which limit?",
        "A trained model may be ruled out by the load test, the days of work, or what may be kept. That limit has to "
        "be on the table; where both trained models fit, the load test that shows it.",
        "{% for model, facts in truth.deciding.items() %}{{ entries.models[model].label }}: {{ facts | sort | join(' "
        "or ') }}. {% endfor %}",
    ),
    rests_on=("limits_stand_with_their_numbers",),
    expected="the limit that rules out each trained model that does not fit; where both fit, the load test of a full "
    "shop",
)
def limits_decide_about_the_models(agenda: Agenda, case: Case) -> Objections:
    """What rules a trained model out is among the limits; where none is ruled out, what shows that."""
    named_facts = {point.fact for point in agenda.limits}
    for model, facts in case.truth.deciding.items():
        if not named_facts & facts:
            row = {"model": model, "where to look": "the load test, the days of work, what may be kept"}
            found = f"{models(case)[model].label}: no limit on the table decides about it."
            yield objection("limits", found, "", row)
    return met("What decides about the models is on the table.")


@rubric.criterion(
    points=8,
    voice="ines",
    skill="translate_constraints",
    hints=(
        "Which principles of the screen did Inês give you, and with which number?",
        "How long the screen can wait is one; tests with people gave others.",
        "Name three of Inês's principles, each with its number as she said it.",
        "The principles and their numbers: {% for id in truth.principles | sort %}{{ id }} {{ '%g' | "
        "format(facts[id].value) }}{{ '; ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("agenda.principles",),
    expected="three principles of the screen, each with its number as the designer told it, within 2 %",
)
def principles_stand_with_their_numbers(agenda: Agenda, case: Case, conversation: State) -> Objections:
    """At least three principles of the screen are on the table, each with the number behind it."""
    right, wrong = _told(agenda.principles, "principles", case, conversation, case.truth.principles)
    if len(right) < LEAST_POINTS:
        yield from wrong
        yield objection("principles", f"Principles with the number that was told: {len(right)}.")
    return met(f"{len(right)} principles, with their numbers.")


@rubric.criterion(
    points=2,
    voice="noor",
    skill="listen_and_synthesise",
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
        "At least two actions, each with one owner who was there, due after the kick-off and before the campaign. An "
        "hour of three functions leaves work for more than one person.",
        "From {{ truth.kickoff | full_day }} to {{ truth.campaign | full_day }}.",
    ),
    rests_on=("agenda.actions",),
    expected="two actions or more, for two people or more, each with an owner who was there and a day between kick-off "
    "and campaign",
)
def actions_have_an_owner_and_a_day(agenda: Agenda, case: Case) -> Objections:
    """At least two follow-up actions are noted, for two people or more, each with a day before the campaign."""
    for number, item in enumerate(agenda.actions, start=1):
        place, action = f"actions[{number}]", item.action[:60] or "(blank)"
        if not item.action:
            yield objection(f"{place}.action", f"Action {number} does not say what will be done.")
        if item.owner not in agenda.attendees:
            yield objection(f"{place}.owner", f"“{action}” belongs to {named(case, 'people', item.owner)}.")
        if item.due is None or not case.truth.kickoff <= item.due <= case.truth.campaign:
            yield objection(f"{place}.due", f"“{action}”: by {day(item.due)}.")
    if len(agenda.actions) < 2:
        yield objection("actions", f"Actions noted: {len(agenda.actions)}.")
    elif len(owners := {item.owner for item in agenda.actions}) == 1:
        yield objection(
            "actions", f"All of them belong to {named(case, 'people', *owners)}; the others left with none."
        )
    return met(f"{len(agenda.actions)} actions, all owned and dated.")


def _told(
    points: tuple[Point, ...], field: str, case: Case, conversation: State, allowed: frozenset[str]
) -> tuple[set[str], list[Objection]]:
    """The facts that stand with the number that was told, and what is wrong with the other points."""
    found = list(_judged(points, field, case, conversation, allowed))
    wrong = [fault for _, fault in found if fault is not None]
    return {fact for fact, fault in found if fact and fault is None}, wrong


def _judged(
    points: tuple[Point, ...], field: str, case: Case, conversation: State, allowed: frozenset[str]
) -> Iterator[tuple[str, Objection | None]]:
    what = {"limits": "a limit of models or data", "principles": "a principle of the screen"}[field]
    for number, point in enumerate(points, start=1):
        place, row = f"{field}[{number}]", {"fact": point.fact, "stated": amount(point.number)}
        fact, fault = case.facts.get(point.fact), None
        if point.fact and point.fact not in allowed:
            fault = objection(f"{place}.fact", f"{point.fact[:40]} is not {what}.", "", row)
        elif fact and not heard(case, fact.id, conversation):
            fault = objection(f"{place}.fact", f"Nobody told you {fact.id}.", "", row)
        elif fact and not near(point.number, fact.value or 0.0, relative=MONEY_TOLERANCE):
            found = f"{point.fact}: {amount(point.number)}; another number was said."
            fault = objection(f"{place}.number", found, "", row)
        yield point.fact, fault
