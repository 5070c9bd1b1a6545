"""Does the message tell customers what they need, and nothing that nobody knows? (A20, checks 10 to 14)"""

from __future__ import annotations

import datetime as dt
import re

from curriculum.artifacts.action_plan import ActionPlan, Message
from curriculum.cases import Case
from curriculum.support.dates import day_month
from graders.common import MONEY_TOLERANCE, PERCENTILE_TOLERANCE, near, sentence_count, word_count
from graders.fraud_false_positives.base import moment, rubric, stated
from graders.rubric import Verdict, met, unmet

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


def _text(message: Message) -> str:
    return " ".join(part for part in (message.what_happened, message.who, message.what_to_do) if part)


@rubric.criterion(
    points=1,
    voice="clara",
    skill="communicate_harm",
    hints=(
        "When will customers hear from you again?",
        "Name a time within 24 hours of the war room, as 2026-03-01 15:00, and where they can ask.",
    ),
)
def message_says_when_and_where_next(action_plan: ActionPlan, case: Case) -> Verdict:
    """The message names the next update, within 24 hours of the war room, and a contact."""
    message, start = action_plan.message, case.truth.calendar.war_room
    at = moment(message.next_update)
    row = {"next update": message.next_update or "none", "war room": f"{start:%Y-%m-%d %H:%M}"}
    if at is None or not start < at <= start + NEXT_UPDATE:
        return unmet(f"The next update is “{message.next_update[:40]}”.", "a time within 24 hours of the war room", row)
    if not re.search(r"@|\d{3}|\bchat\b", message.contact):
        return unmet(f"The contact is “{message.contact[:60]}”.", "an address, a telephone number or the chat", row)
    return met(f"They hear again at {at:%H:%M} on {day_month(at)}, and know where to ask.", row)


@rubric.criterion(
    points=2,
    voice="amara",
    skill="communicate_harm",
    hints=(
        "How many people are affected, and would they recognise themselves in your words?",
        "Give the number and the share of customers, as the payments show them, in the text itself.",
        "Every number in “what happened” and “who is affected” is one of the two that you state, or a date.",
    ),
)
def message_numbers_are_the_dashboards(action_plan: ActionPlan, case: Case) -> Verdict:
    """The text tells the number and the share of customers, both recompute, and it holds no other number."""
    message, truth = action_plan.message, case.truth
    row = {"customers": truth.customers, "stated": stated(message.customers),
           "share": f"{truth.customers_share:.1f} in 100", "stated share": stated(message.customers_share)}  # fmt: skip
    if not near(message.customers, truth.customers, relative=MONEY_TOLERANCE):
        return unmet(f"You state {stated(message.customers)} customers.", f"about {truth.customers:,}", row)
    if not near(message.customers_share, truth.customers_share, relative=PERCENTILE_TOLERANCE):
        return unmet(f"You state {stated(message.customers_share)} in 100.", f"{truth.customers_share:.1f} in 100", row)
    text = _PER_HUNDRED.sub("", _DATES.sub("", f"{message.what_happened} {message.who}"))
    found = [float(re.sub(r"[,  ]", "", number)) for number in _NUMBER.findall(text)]
    typed = {float(message.customers or 0), float(message.customers_share or 0)}
    strays = [number for number in found if number not in typed]
    if strays:
        return unmet(
            f"The text says {stated(strays[0])}, which is not among your numbers.", "your two numbers only", row
        )
    if not typed <= set(found):
        absent = stated(min(typed - set(found)))
        return unmet(f"The text does not say {absent}.", "the number and the share of customers in the text", row)
    return met(f"The text says {stated(message.customers)} customers, {stated(message.customers_share)} in 100.", row)


@rubric.criterion(
    points=2,
    voice="petra",
    skill="communicate_harm",
    gate=True,
    hints=(
        "Read it as a lawyer and as a thief: what do you learn that should not be said?",
        "No blame, nothing on how fraud is detected, no certainty that you do not have, no promise of money.",
    ),
)
def message_tells_no_more_than_is_known(action_plan: ActionPlan) -> Verdict:
    """The message blames nobody, does not say how fraud is detected, is not surer than we are, and promises nothing."""
    text = _text(action_plan.message)
    if not text:
        return unmet("There is no message yet.", "a message that Petra can approve")
    for kind, pattern in _BANNED.items():
        span = pattern.search(text)
        if span:
            return unmet(f"It says “{span.group()}”: {kind}.", f"a message without {kind}", {"words": span.group()})
    return met("No blame, no detection logic, no promise.")


@rubric.criterion(
    points=1,
    voice="clara",
    skill="communicate_harm",
    hints=(
        "Read it aloud at the till.",
        "Short sentences and short words: about twelve words a sentence, few words of three syllables or more.",
    ),
)
def message_is_easy_to_read(action_plan: ActionPlan) -> Verdict:
    """The message can be read with eight years of school."""
    text = _text(action_plan.message)
    if word_count(text) < 20:
        return unmet(f"The message has {word_count(text)} words.", "what happened, who is affected, what to do")
    grade = reading_grade(text)
    row = {"reading grade": round(grade, 1), "words": word_count(text), "sentences": sentence_count(text)}
    if grade <= GRADE:
        return met(f"Reading grade {grade:.1f}.", row)
    return unmet(f"Reading grade {grade:.1f}.", f"at most {GRADE:g}: shorter sentences, shorter words", row)


@rubric.criterion(
    points=1,
    voice="petra",
    skill="decision_rights",
    gate=True,
    hints=("Who approves what customers are told?", "Clara writes, Petra approves; the brief says so."),
)
def message_is_approved(action_plan: ActionPlan, case: Case) -> Verdict:
    """The message is approved by the person who may approve it."""
    approver = action_plan.message.approver
    label = case.registry.label("people", approver) or "nobody"
    if approver == "petra":
        return met(f"{label} approved it.")
    return unmet(f"It is approved by {label}.", "the person who approves every message to customers")


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
