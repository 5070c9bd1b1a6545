"""What is asked about sentences that seem to say another thing than was picked beside them. It changes no points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.translations import Message, Question, Translations
from curriculum.cases import Case
from curriculum.practice.interview.notes import LABEL
from curriculum.words.prose import quoted
from graders.common import placed
from graders.speak_the_language.base import deed, first_name, speaker
from graders.speak_the_language.messages import people_said

GROUPS = MappingProxyType(
    {
        "desktop": r"\bdesktops?\b",
        "older_phone": r"\bold(?:er)? (?:smart)?phones?\b",
        "phone": r"(?<!old )(?<!older )(?:\b(?:smart)?phones\b|\bphone (?:visit|user|people)|\bmobiles?\b)",
        "known": r"\bknown (?:customer|buyer)s?\b",
        "new": r"\bnew (?:customer|buyer)s?\b",
        "abroad": r"\babroad\b",
        "company": r"\bcompany cards?\b",
    }
)
"""By group: words that name it and nothing else; whoever telephones has not said that it is about phones."""
ALSO = MappingProxyType({"desktop": r"\bcomputer|\blaptop|\bPCs?\b", "phone": r"(?<!old )(?<!older )phone"})
"""By group: what people call it besides."""
MONTHS = MappingProxyType(
    {"february": r"\bfeb", "last_week": r"\bfeb", "last_day": r"\bfeb", "final_weeks": r"\b(?:nov|dec)"}
)
"""By window: its months."""
OTHER_MONTHS = r"\b(?:February|November|December)\b"
ANOTHER_PERIOD = re.compile(
    r"(?:\s+(?!wait|for|in|within|los|need|tak|spend|after|once|twice|over)[\w'’-]+){0,3}\s+"
    r"(?:a|per)\s+(hour|week|month|quarter|year)\b(?!\s+(?:from|after|before|ago|later|early))",
    re.IGNORECASE,
)
"""What makes the number before it one of another period than a day: “people a month”, and not “a week from now”."""
OF_A_DAY = re.compile(r"\bda(?:ys?|ily)\b", re.IGNORECASE)


def remarks(artifacts: Mapping[str, Artifact], case: Case) -> Iterator[str]:
    """Questions about sentences of the page, each with the sentence, for its report."""
    page = artifacts.get("translations")
    if not isinstance(page, Translations):
        return
    for place, message in placed("messages", page.messages):
        if period := another_period(message):
            yield _asks(place, message.wording, f"You typed people a day. Is it so many a {period}?")
        if person := somebody_else(message, case):
            yield _asks(place, message.wording, f"Is it {person} who does what you picked?")
    for place, question in placed("questions", page.questions):
        if name := another_group(question) or another_month(question):
            yield _asks(place, question.wording, f"It names {name}. Is that what you picked beside it?")


def another_period(message: Message) -> str:
    """The week, month or year of which a sentence tells the people of a day; blank where it does not."""
    if message.people_a_day is None or OF_A_DAY.search(message.wording):
        return ""
    found = people_said(message.wording, message.people_a_day)
    periods = [match[1].lower() for said in found if (match := ANOTHER_PERIOD.match(message.wording, said.end))]
    return periods[0] if periods and len(periods) == len(found) else ""


def somebody_else(message: Message, case: Case) -> str:
    """Whom a sentence speaks to by name, where somebody else does what was picked; blank otherwise."""
    done = deed(case, message.does)
    if done is None or first_name(case, done.by) in message.wording:
        return ""
    others = "|".join(first_name(case, id) for id in case.people if id not in (done.by, speaker(message.statement)))
    behind = r"\s*[,:](?!\s*(?:who|whose|our|the|and|or|as)\b)"
    called = re.match(rf"(?:(?:Dear|Hello|Hi)\s+)?({others}){behind}", message.wording)
    return called[1] if called else ""


def another_group(question: Question) -> str:
    """The group that a question names in place of the picked one; blank where it names none, or this one too."""
    own = [pattern for names in (GROUPS, ALSO) if (pattern := names.get(question.segment))]
    if not own or re.search("|".join(own), question.wording, re.IGNORECASE):
        return ""
    found = re.search("|".join(GROUPS.values()), question.wording, re.IGNORECASE)
    return f"“{found[0]}”" if found else ""


def another_month(question: Question) -> str:
    """The month that a question names in place of the picked weeks; blank where it names none, or theirs too."""
    own = MONTHS.get(question.window)
    if own is None or re.search(own, question.wording, re.IGNORECASE):
        return ""
    found = re.search(OTHER_MONTHS, question.wording)
    return f"the weeks of {found[0]}" if found else ""


def _asks(place: str, text: str, question: str) -> str:
    return f"{LABEL}: translations, {place}: “{quoted(text)}” {question}"
