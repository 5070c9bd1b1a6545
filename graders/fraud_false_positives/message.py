"""Does the message tell customers what they need, and nothing that nobody knows? (A20, checks 10 to 14)"""

from __future__ import annotations

import datetime as dt
import re

from curriculum.artifacts.action_plan import ActionPlan, Message
from curriculum.cases import Case
from curriculum.support.dates import day_month
from graders.common import MONEY_TOLERANCE, PERCENTILE_TOLERANCE, near, sentence_count, word_count
from graders.fraud_false_positives.base import moment, rubric, stated
from graders.rubric import NotYet, Objections, met, objection

GRADE = 8.0
"""Highest reading grade (Flesch–Kincaid) of a message to customers."""
NEXT_UPDATE = dt.timedelta(hours=24)

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATES = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}:\d{{2}}|\b\d{{1,2}}\.? (?:{_MONTHS})(?: \d{{4}})?"
    rf"|\b(?:{_MONTHS}) \d{{1,2}}(?:, \d{{4}})?"
)
_NUMBER = re.compile(r"\d{1,3}(?:[,  ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_PER_HUNDRED = re.compile(r"\b(?:in|of|per|out of)(?: every| each)? 100\b|%|\bpercent\b|\bper cent\b")

_TOO_MUCH = {
    "blame": r"human error|careless|negligen\w+|(?:his|her|their|our engineers?'?|designers?'?|partner'?s?) (?:fault|"
    r"mistake)|fault of|to blame|somebody forgot|someone forgot|engineer\w* forgot",
    "how fraud is detected": r"fraud scores?|scores? (?:of|above|over)|threshold|algorithm|account age|new devices?|"
    r"our rules?\b|machine learning|trained",
    "certainty that nobody has": r"guarantee\w*|(?:never|will not) happen again|fully (?:solved|resolved|fixed)"
    r"|completely (?:solved|resolved|fixed)|everything works again|no other customers?|a small number|small group"
    r"|(?:a|only a) few (?:of our )?(?:customers|users|people)|a handful|isolated cases?",
    "a promise of compensation": r"compensat\w+|reimburse\w*|vouchers?|we will pay|credit your account|refund your"
    r"|goodwill|make (?:it )?up (?:for|to you)",
}
_BANNED = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _TOO_MUCH.items()}


TOLD = ("what_happened", "who", "what_to_do")
"""The parts of a message that are read as its text."""


def _text(message: Message) -> str:
    return " ".join(text for part in TOLD if (text := getattr(message, part)))


@rubric.criterion(
    points=1, voice="clara", skill="communicate_harm",
    hints=(
        "When will customers hear from you again?",
        "Name a time within 24 hours of the war room, as 2026-03-01 15:00, and where they can ask.",
    ),
    rests_on=("action_plan.message.next_update", "action_plan.message.contact"),
)  # fmt: skip
def message_says_when_and_where_next(action_plan: ActionPlan, case: Case) -> Objections:
    """The message names the next update, within 24 hours of the war room, and a contact."""
    message, start = action_plan.message, case.truth.calendar.war_room
    at = moment(message.next_update)
    row = {"next update": message.next_update, "war room": f"{start:%Y-%m-%d %H:%M}"}
    if at is None or not start < at <= start + NEXT_UPDATE:
        said = f"The next update is “{message.next_update[:40]}”."
        yield objection("message.next_update", said, "a time within 24 hours of the war room", row)
    if not re.search(r"@|\d{3}|\bchat\b", message.contact):
        said = f"The contact is “{message.contact[:60]}”."
        yield objection("message.contact", said, "an address, a telephone number or the chat", row)
    return met(f"They hear again at {at:%H:%M} on {day_month(at)}, and know where to ask." if at else "", row)


@rubric.criterion(
    points=2, voice="amara", skill="communicate_harm",
    hints=(
        "How many people are affected, and would they recognise themselves in your words?",
        "Give the number and the share of customers, as the payments show them, in the text itself.",
        "Every number in “what happened” and “who is affected” is one of the two that you state, or a date.",
        "{{ truth.customers | number }} customers, {{ truth.customers_share | number(1) }} in 100 of those who paid.",
    ),
    rests_on=("action_plan.message.what_happened", "action_plan.message.who"),
)  # fmt: skip
def message_numbers_are_the_dashboards(action_plan: ActionPlan, case: Case) -> Objections:
    """The text tells the number and the share of customers, both recompute, and it holds no other number."""
    message, truth = action_plan.message, case.truth
    row = {"stated": stated(message.customers), "stated share": stated(message.customers_share),
           "look at": "`payments` since the onset"}  # fmt: skip
    if not near(message.customers, truth.customers, relative=MONEY_TOLERANCE):
        rule = "customers with a stopped payment since the onset, of all customers, within 2 %"
        yield objection("message.customers", f"You state {row['stated']} as the number of customers.", rule, row)
    if not near(message.customers_share, truth.customers_share, relative=PERCENTILE_TOLERANCE):
        rule = "their share of the customers who paid since the onset, within 5 %"
        yield objection("message.customers_share", f"You state {row['stated share']} in 100.", rule, row)
    text = _PER_HUNDRED.sub("", _DATES.sub("", f"{message.what_happened} {message.who}"))
    found = [float(re.sub(r"[,  ]", "", number)) for number in _NUMBER.findall(text)]
    typed = {float(number) for number in (message.customers, message.customers_share) if number is not None}
    for stray in found:
        if stray not in typed:
            said = f"The text says {stated(stray)}, which is not among your numbers."
            yield objection("message.who", said, "your two numbers only", row)
    for absent in sorted(typed - set(found)):
        said = f"The text does not say {stated(absent)}."
        yield objection("message.who", said, "the number and the share of customers in the text", row)
    return met(f"The text says {row['stated']} customers, {row['stated share']} in 100.", row)


@rubric.criterion(
    points=2, voice="petra", skill="communicate_harm", gate=True,
    hints=(
        "Read it as a lawyer and as a thief: what do you learn that should not be said?",
        "No blame, nothing on how fraud is detected, no certainty that you do not have, no promise of money.",
    ),
    rests_on=("action_plan.message",),
    met="No blame, no detection logic, no promise.",
)  # fmt: skip
def message_tells_no_more_than_is_known(action_plan: ActionPlan) -> Objections:
    """The message blames nobody, does not say how fraud is detected, is not surer than we are, and promises nothing."""
    if not _text(action_plan.message):
        raise NotYet("action_plan.message.what_happened", "There is no message yet.")
    for kind, pattern in _BANNED.items():
        for part in TOLD:
            if span := pattern.search(getattr(action_plan.message, part)):
                said, row = f"It says “{span.group()}”: {kind}.", {"words": span.group()}
                yield objection(f"message.{part}", said, f"a message without {kind}", row)


@rubric.criterion(
    points=1, voice="clara", skill="communicate_harm",
    hints=(
        "Read it aloud at the till.",
        "Short sentences and short words: about twelve words a sentence, few words of three syllables or more.",
    ),
    rests_on=tuple(f"action_plan.message.{part}" for part in TOLD),
)  # fmt: skip
def message_is_easy_to_read(action_plan: ActionPlan) -> Objections:
    """The message can be read with eight years of school."""
    text = _text(action_plan.message)
    words, grade = word_count(text), reading_grade(text)
    row = {"reading grade": round(grade, 1), "words": words, "sentences": sentence_count(text)}
    if words < 20:
        wanted = "what happened, who is affected, what to do"
        yield objection("message.what_happened", f"The message has {words} words.", wanted)
    elif grade > GRADE:
        longest = max(TOLD, key=lambda part: reading_grade(getattr(action_plan.message, part)))
        wanted = f"at most {GRADE:g}: shorter sentences, shorter words"
        yield objection(f"message.{longest}", f"Reading grade {grade:.1f}.", wanted, row)
    return met(f"Reading grade {grade:.1f}.", row)


@rubric.criterion(
    points=1, voice="petra", skill="decision_rights", gate=True,
    hints=("Who approves what customers are told, and is that person here today?", "The memo says who approves today."),
    rests_on=("action_plan.message",),
    expected="the person who approves every message to customers",
)  # fmt: skip
def message_is_approved(action_plan: ActionPlan, case: Case) -> Objections:
    """The message is approved by the person who may approve it."""
    label = case.registry.label("people", action_plan.message.approver) or "nobody"
    if action_plan.message.approver != case.truth.rota.approver:
        yield objection("message.approver", f"It is approved by {label}.")
    return met(f"{label} approved it.")


def reading_grade(text: str) -> float:
    """The Flesch–Kincaid grade of an English text: years of school that it asks for; 0 for an empty text."""
    words = re.findall(r"[A-Za-z’']+", text)
    if not words:
        return 0.0
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentence_count(text) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", letters))
    if letters.endswith("e") and not letters.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    if letters.endswith("ed") and not letters.endswith(("ted", "ded")) and groups > 1:
        groups -= 1
    return max(1, groups)
