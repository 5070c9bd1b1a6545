"""Does the message tell customers what they need, and nothing that nobody knows? (A20, checks 10 to 14)

What is told is picked, and each element is judged by what it is in this world. The words beside them are the
learner's own: how long they are is counted, and what they say is for people to read.
"""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.message_parts import HARMS, PARTS, Told, hardest_hit
from curriculum.cases.fraud_false_positives.war_room import mitigations, works_again
from curriculum.roleplay.engine import State
from curriculum.support.dates import day_month
from curriculum.words.reading import reading_grade
from graders.common import sentence_count, word_count
from graders.fraud_false_positives.base import moment, rubric
from graders.rubric import NotYet, Objections, met, objection

GRADE = 8.0
"""Highest reading grade (Flesch–Kincaid) of a message to customers."""
SHORTEST = 25
"""Words: what happened, to whom, what to do, what is open and where to ask cannot be said in fewer."""
NEXT_UPDATE = dt.timedelta(hours=24)
WAYS_FACT = "message_ways"
"""The fact that says which way to support is open, and how long the approver reads."""


def picked(action_plan: ActionPlan, case: Case, part: str) -> Told | None:
    """The element under a heading of the message; None where nothing known is picked."""
    return case.registry.find(f"message_{part}", getattr(action_plan.message, part), Told)


def _quoted(told: Told, most: int = 90) -> str:
    return f"“{told.label if len(told.label) <= most else told.label[:most].rpartition(' ')[0] + ' …'}”"


@rubric.criterion(
    points=3, voice="petra", skill="communicate_harm", gate=True,
    hints=(
        "Read each element as a lawyer, as a thief, and as the customer: what do they take from it?",
        "No blame, nothing on how fraud is detected, no certainty that you do not have, no promise of money, no "
        "secrets asked for, and nothing that makes it smaller than it is.",
    ),
    rests_on=tuple(f"action_plan.message.{part}" for part in PARTS),
    met="No blame, no detection logic, no promise, nothing smaller or surer than it is.",
)  # fmt: skip
def message_tells_no_more_than_is_known(action_plan: ActionPlan, case: Case) -> Objections:
    """The message blames nobody, does not say how fraud is detected, asks for no secret, makes nothing smaller or
    surer than it is, and promises nothing."""
    for part in PARTS:
        told = picked(action_plan, case, part)
        if told and told.harm in HARMS:
            row = {"element": told.id, "it": told.harm}
            yield objection(f"message.{part}", f"{_quoted(told)} {told.harm}.", "an element that does not", row)


@rubric.criterion(
    points=3, voice="clara", skill="communicate_harm",
    hints=(
        "At the end of your war room: what works again, and what does not yet?",
        "What you had put back decides what you may say of it; whether the reasons were agreed on decides what is "
        "open; how long appeals take stands with the measures.",
        "Causes at work: {{ truth.at_work | length }}. Say that a part is put back if some of them are undone in your "
        "war room, that what is known is put back if all are, and that it still happens if none is. Say that the "
        "reasons are known only if the room agreed on them.",
    ),
    rests_on=("message_tells_no_more_than_is_known", "harm_is_stopped_before_causes_are_settled"),
    met="What works, what to do and what is open are told as they are.",
)  # fmt: skip
def message_says_what_is_so(action_plan: ActionPlan, case: Case, conversation: State) -> Objections:
    """What the message says of what works again, how long a second look takes and what is open fits what was done in
    the war room, and this world."""
    works = works_again(case.truth.at_work, [action for action, _ in conversation.done], mitigations(case.truth.shape))
    settled = conversation.minute_of("settle_causes") is not None
    days = case.truth.shape.appeal_days
    so = {
        "happened": (works, "what your war room had put back by its end"),
        "to_do": (f"within_{days}", "a second look, with the time in which appeals are decided"),
        "open": ("duration_open" if settled else "reasons_open", "what was still open at the end of your war room"),
    }
    for part, (right, rule) in so.items():
        told = picked(action_plan, case, part)
        if told and told.what != right:
            yield objection(f"message.{part}", f"{_quoted(told)} That is not so at this time.", rule)


@rubric.criterion(
    points=2, voice="amara", skill="communicate_harm",
    hints=(
        "Are these people or payments, and who among them is hit hardest?",
        "The number of customers is the one of your record; the group hit hardest has the largest share of the harm.",
        "The shares are those of your tree: the group of its largest branch.",
    ),
    rests_on=("message_tells_no_more_than_is_known", "action_plan.message.who", "customers_recompute",
              "shares_recompute"),
    expected="the customers as your record counts them, and the group with the largest share of the harm",
)  # fmt: skip
def message_says_who_is_hit(action_plan: ActionPlan, case: Case) -> Objections:
    """The message says how many customers are affected, as the record counts them, and which group is hit hardest."""
    told = picked(action_plan, case, "who")
    if told and told.what not in {f"customers_{cause}" for cause in hardest_hit(case.truth.shares)}:
        yield objection("message.who", f"{_quoted(told)} That is not who is affected.")
    return met(f"{_quoted(told)} That is who is affected." if told else "")


@rubric.criterion(
    points=2, voice="clara", skill="communicate_harm",
    hints=(
        "When will customers hear from you again, and where does somebody have time for them?",
        "A time within 24 hours of the war room, and after the approver has read it. Clara knows which way is open.",
        "Open today: {{ truth.rota.channel }}. {{ truth.rota.approver_name }} reads for "
        "{{ truth.rota.reading_minutes }} minutes.",
    ),
    rests_on=("action_plan.message.next_update", "action_plan.message.contact"),
)  # fmt: skip
def message_says_when_and_where_next(action_plan: ActionPlan, case: Case, conversation: State) -> Objections:
    """The message names the next update, after its approval and within 24 hours, and a way to support that is open."""
    message, rota, start = action_plan.message, case.truth.rota, case.truth.calendar.war_room
    at, earliest = moment(message.next_update), start + dt.timedelta(minutes=rota.reading_minutes)
    row = {"next update": message.next_update, "war room": f"{start:%Y-%m-%d %H:%M}"}
    if at is None or not earliest <= at <= start + NEXT_UPDATE:
        said = f"The next update is “{message.next_update[:40]}”."
        rule = "a time within 24 hours of the war room, and not before the approver can have read it"
        yield objection("message.next_update", said, rule, row)
    told = picked(action_plan, case, "contact")
    if not conversation.knows(WAYS_FACT):
        rule = "a way of which somebody told you that it is open"
        yield objection("message.contact", "Nobody told you which way to support has people free today.", rule)
    elif told and told.what != rota.channel:
        yield objection("message.contact", f"{_quoted(told)} Nobody has time for them there.", "a way that is open")
    return met(f"They hear again at {at:%H:%M} on {day_month(at)}, and know where to ask." if at else "", row)


@rubric.criterion(
    points=1, voice="clara", skill="communicate_harm",
    hints=(
        "Read it aloud at the till.",
        "Short sentences and short words: about twelve words a sentence, few words of three syllables or more.",
    ),
    rests_on=("action_plan.message.words",),
)  # fmt: skip
def message_is_easy_to_read(action_plan: ActionPlan) -> Objections:
    """The words of the message can be read with eight years of school."""
    text = action_plan.message.words
    words, grade = word_count(text), reading_grade(text)
    row = {"reading grade": round(grade, 1), "words": words, "sentences": sentence_count(text)}
    if words < SHORTEST:
        yield objection("message.words", f"The message has {words} words.", "all of its elements, in words")
    elif grade > GRADE:
        wanted = f"at most {GRADE:g}: shorter sentences, shorter words"
        yield objection("message.words", f"Reading grade {grade:.1f}.", wanted, row)
    return met(f"Reading grade {grade:.1f}.", row)


@rubric.criterion(
    points=1, voice="petra", skill="decision_rights", gate=True,
    hints=("Who approves what customers are told, and is that person here today?", "The memo says who approves today."),
    rests_on=("action_plan.message",),
    expected="the person who approves today what customers are told",
)  # fmt: skip
def message_is_approved(action_plan: ActionPlan, case: Case) -> Objections:
    """The message is approved by the person who may approve it today."""
    if not action_plan.message.approver:
        raise NotYet("action_plan.message.approver", "It names nobody who approves it.")
    label = case.registry.label("people", action_plan.message.approver)
    if action_plan.message.approver != case.truth.rota.approver:
        yield objection("message.approver", f"It is approved by {label}.")
    return met(f"{label} approved it.")
