"""Criteria for the minutes (A09): what was decided and by whom, what was not, and who was talked over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from curriculum.artifacts.minutes import Minutes, Outcome
from curriculum.cases import Case
from curriculum.cases.listen_and_ask.truth import DECIDED, POSTPONED, Matter
from graders.common import incomplete, near
from graders.listen_and_ask.register import rubric
from graders.listen_and_ask.said import amount, day, label, name
from graders.rubric import Objections, objection

WORDS = {DECIDED: "decided", POSTPONED: "postponed", "not_decided": "not decided", "": "blank"}
LATEST = dt.timedelta(days=45)
"""What is open is brought on within so many days; later, the quarter has been planned without it."""


@rubric.criterion(
    points=1,
    voice="fadi",
    skill="run_meetings",
    gate=True,
    hints=(
        "Go through the form from top to bottom: is a field blank?",
        "Who led, who wrote, how each of the four matters ended with its line, and who was against something.",
    ),
    met="Every part of the minutes is there.",
)
def minutes_are_complete(minutes: Minutes, case: Case) -> Objections:
    """The minutes say who led and wrote, how each matter ended, and who was against something."""
    yield from incomplete(
        minutes, case, "facilitator", "note_taker", "oncall.status", "contractor.status", "extension.status",
        "june.status", "dissent",
    )  # fmt: skip


@rubric.criterion(
    points=1,
    voice="tilde",
    skill="run_meetings",
    hints=(
        "Who asked the questions, and who had the pen?",
        "The first line of the transcript says both.",
        "{{ people[truth.facilitator] | first_name }} led, {{ people[truth.note_taker] | first_name }} wrote.",
    ),
    rests_on=("minutes.facilitator", "minutes.note_taker"),
    met="Who led and who wrote stands there, and they are two people.",
    expected="the two people whom the beginning of the transcript names, each in their part",
)
def meeting_roles_are_as_heard(minutes: Minutes, case: Case) -> Objections:
    """Who led and who wrote is recorded as the transcript has it; the two are not the same person."""
    if minutes.facilitator != case.truth.facilitator:
        yield objection("facilitator", f"You say that {name(case, minutes.facilitator)} led through the meeting.")
    if minutes.note_taker != case.truth.note_taker:
        yield objection("note_taker", f"You say that {name(case, minutes.note_taker)} wrote.")


@rubric.criterion(
    points=5,
    voice="joaquim",
    skill="keep_decisions",
    gate=True,
    hints=(
        "Who said yes, and were they allowed to?",
        "A matter is decided when somebody says so whom the table rights names for it, with the amount that the memo "
        "names. That everybody nods and goes on decides nothing.",
        "{{ entries.matters[truth.undecided].label }}: nobody who may decide it has said so. Put off was: "
        "{{ entries.matters[truth.postponed].label }}.",
    ),
    rests_on=("minutes.oncall.status", "minutes.contractor.status", "minutes.extension.status", "minutes.june.status"),
    met="Nothing is recorded as decided that was not.",
    expected="decided only where the person who has the right to it has said so in the meeting",
)
def undecided_is_not_recorded_as_decided(minutes: Minutes, case: Case) -> Objections:
    """No matter is recorded as decided that nobody with the right to it has decided."""
    for id, outcome, matter in _matters(minutes, case):
        if outcome.status == DECIDED and matter.status != DECIDED:
            row = {"table": "rights, and the amount in the memo", "matter": case.registry.label("matters", id)}
            yield objection(f"{id}.status", f"{label(case, 'matters', id)} stands there as decided.", "", row)


@rubric.criterion(
    points=2,
    voice="greta",
    skill="keep_decisions",
    hints=(
        "Read the end of each of the four once more: a yes, a not today, or neither?",
        "Two were decided, one was put off by the person who may, and one was left to the nods.",
        "{% for id, matter in truth.matters.items() %}{{ entries.matters[id].label }}: {{ matter.status | "
        "replace('_', ' ') }}. {% endfor %}",
    ),
    rests_on=("undecided_is_not_recorded_as_decided",),
    met="Each matter is recorded as it ended.",
    expected="each matter as the transcript leaves it: decided or put off by the person who may, or neither",
)
def matters_ended_as_recorded(minutes: Minutes, case: Case) -> Objections:
    """Each of the four matters is recorded as it ended."""
    for id, outcome, matter in _matters(minutes, case):
        if outcome.status != matter.status:
            yield objection(f"{id}.status", f"{label(case, 'matters', id)}: {WORDS[outcome.status]}.")


@rubric.criterion(
    points=2,
    voice="greta",
    skill="decision_rights",
    hints=(
        "Whose yes counts, for this matter and this amount?",
        "Find the row of rights whose limit holds the amount, and see whether that person has said yes.",
        "{% for id, matter in truth.matters.items() %}{{ entries.matters[id].label }}: {{ people[matter.holder] | "
        "first_name }} may. {% endfor %}",
    ),
    rests_on=("matters_ended_as_recorded",),
    met="Each decision has the name of the person who may take it.",
    expected="beside each decision the person who has the right to it, and nobody beside what nobody decided",
)
def decided_matters_name_who_may(minutes: Minutes, case: Case) -> Objections:
    """Each decision names the person who had the right to take it, and nothing open names another decider."""
    for id, outcome, matter in _matters(minutes, case):
        if matter.status == DECIDED and outcome.decided_by != matter.holder:
            found = f"{label(case, 'matters', id)}: decided by {name(case, outcome.decided_by)}."
            yield objection(f"{id}.decided_by", found)
        elif matter.status == POSTPONED and outcome.decided_by == matter.holder:
            continue  # to put it off was that person's decision
        elif matter.status != DECIDED and outcome.decided_by:
            found = f"{label(case, 'matters', id)} is open, and {name(case, outcome.decided_by)} stands there."
            yield objection(f"{id}.decided_by", found)


@rubric.criterion(
    points=2,
    voice="joaquim",
    skill="run_meetings",
    hints=(
        "What happens to what is open, and who sees to it?",
        "What was put off has a name and a day in the transcript. What nobody decided needs somebody, too: ask a "
        "person who can bring it to the one who may decide, within six weeks.",
        "{{ entries.matters[truth.postponed].label }}: {{ people[truth.matters[truth.postponed].brings_on] | "
        "first_name }}, on {{ truth.matters[truth.postponed].day | full_day }}.",
    ),
    rests_on=("matters_ended_as_recorded",),
    met="What is open has somebody who brings it on, and a day.",
    expected="for what was put off, the person and the day of the transcript; for what nobody decided, any person "
    "and a day within six weeks from today",
)
def open_matters_have_owner_and_day(minutes: Minutes, case: Case) -> Objections:
    """What is open has somebody who brings it on, and a day."""
    today = case.truth.today
    for id, outcome, matter in _matters(minutes, case):
        words = label(case, "matters", id)
        if matter.status == POSTPONED:
            if outcome.brings_on != matter.brings_on:
                yield objection(f"{id}.brings_on", f"{words}: {name(case, outcome.brings_on)} brings it on.")
            if outcome.by != matter.day:
                yield objection(f"{id}.by", f"{words}: on {day(outcome.by)}.")
        elif matter.status != DECIDED:
            if outcome.brings_on not in case.people:
                yield objection(f"{id}.brings_on", f"{words}: {name(case, outcome.brings_on)} brings it on.")
            if outcome.by is None or not today <= outcome.by <= today + LATEST:
                yield objection(f"{id}.by", f"{words}: on {day(outcome.by)}.")


@rubric.criterion(
    points=3,
    voice="greta",
    skill="keep_decisions",
    hints=(
        "Could somebody who was not there find the place?",
        "For a decision it is the yes of the person who may; for what was put off, that it is; for the other, the "
        "words with which somebody else called it done.",
        "{% for id, matter in truth.matters.items() %}{{ entries.matters[id].label }}: line {{ matter.lines | sort | "
        "join(' or ') }}. {% endfor %}",
    ),
    rests_on=(
        "minutes.oncall.line", "minutes.contractor.line", "minutes.extension.line", "minutes.june.line",
        "matters_ended_as_recorded",
    ),
    met="Each ending can be looked up in the transcript.",
    expected="the number of the line in which the matter ends so",
)  # fmt: skip
def lines_show_the_ending(minutes: Minutes, case: Case) -> Objections:
    """Each ending names the line of the transcript that shows it."""
    for id, outcome, matter in _matters(minutes, case):
        if not any(near(outcome.line, line) for line in matter.lines):
            found = f"{label(case, 'matters', id)}: line {amount(outcome.line)}."
            yield objection(f"{id}.line", found)


@rubric.criterion(
    points=3,
    voice="leilani",
    skill="listen_and_synthesise",
    hints=(
        "Who said something that nobody answered?",
        "One doubt was answered and taken back. One objection was followed by something else, and then by nothing.",
        "{{ people[truth.dissent.who] | first_name }}, in line {{ truth.dissent.line }}.",
    ),
    rests_on=("minutes.dissent",),
    met="The objection that was talked over is kept.",
    expected="who made the objection that nobody answered, against which matter, and in which line",
)
def dissent_is_kept(minutes: Minutes, case: Case) -> Objections:
    """The objection that was talked over is kept, with its name, its matter and its line."""
    true = case.truth.dissent
    kept = [one for one in minutes.dissent if (one.who, one.matter) == (true.who, true.matter)]
    if not kept:
        names = ", ".join(name(case, one.who) for one in minutes.dissent)
        yield objection("dissent", f"An objection is missing. You have: {names}.")
    elif not any(near(one.line, true.line) for one in kept):
        place = f"dissent[{minutes.dissent.index(kept[0]) + 1}].line"
        yield objection(place, f"In line {amount(kept[0].line)} it does not stand.")


@rubric.criterion(
    points=1,
    voice="bertil",
    skill="listen_and_synthesise",
    hints=(
        "Did everybody whom you name go home with their objection?",
        "A doubt that was answered, and taken back, is none any more.",
    ),
    rests_on=("dissent_is_kept",),
    met="Nobody is recorded as against something who was not.",
    expected="nobody who had nothing against it, or had nothing any more",
)
def no_dissent_is_invented(minutes: Minutes, case: Case) -> Objections:
    """Nobody is recorded as against something who was not, or was no longer."""
    true = case.truth.dissent
    for number, one in enumerate(minutes.dissent, start=1):
        if (one.who, one.matter) != (true.who, true.matter):
            found = f"{name(case, one.who)} stands there as against {label(case, 'matters', one.matter)}."
            yield objection(f"dissent[{number}].who", found)


def _matters(minutes: Minutes, case: Case) -> Iterator[tuple[str, Outcome, Matter]]:
    """Each matter: its id, what the minutes say of it, and what is so."""
    for id, matter in case.truth.matters.items():
        yield id, getattr(minutes, id), matter
