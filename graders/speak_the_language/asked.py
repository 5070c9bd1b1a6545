"""What is asked about sentences that seem to say another thing than was picked beside them. It changes no points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.translations import Message, Translations
from curriculum.cases import Case
from curriculum.cases.speak_the_language.entries import SIDES
from curriculum.practice.asides import another_period, asks_why, named_instead, spoken_to, term_of_the_trade
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
FEBRUARY = r"\bFebruary\b"
ELSEWHERE = r"\b(?:January|April|June|July|August|September|October)\b"
"""Months in which no window lies; whoever says March or May may mean the threshold, or a wish."""
MONTHS = MappingProxyType(
    {
        "february": FEBRUARY,
        "last_week": FEBRUARY,
        "last_day": FEBRUARY,
        "final_weeks": r"\b(?:November|December)\b",
        "none": ELSEWHERE,
    }
)
"""By window: its months; `none` is that of no window."""
SHORT = MappingProxyType(
    {"february": r"\bfeb", "last_week": r"\bfeb", "last_day": r"\bfeb", "final_weeks": r"\b(?:nov|dec)"}
)

MEET = MappingProxyType(
    {
        "blank_page": r"\b(?:white|blank|empty) (?:page|screen)s?\b",
        "money_gone": r"\bon (?:their|a|the) (?:bank )?statements?\b|\bstolen\b",
        "form_says_no": r"\bcard (?:form|step)\b",
        "refused": r"\bgood (?:card|payment|customer|buyer)s?\b",
    }
)
"""By what people notice: words that tell of it and of nothing else."""
MEET_ALSO = MappingProxyType(
    {
        "blank_page": r"\bpages?\b|screen|wait|slow|load|blank|white",
        "money_gone": r"money|fraud|stranger|thie[fv]|\brob|somebody else|account|statement",
        "form_says_no": r"\bform\b|error|\bcard|g[ia]ve up|number|mistyp",
        "refused": r"refus|stop|turned away|declin|block|reject|\bcards?\b|false alarm",
    }
)
"""By what people notice: what it is called besides."""
SPEAK_IN_TERMS = "ml"
"""The side of the house to which its own terms are plain words."""


def remarks(artifacts: Mapping[str, Artifact], case: Case) -> Iterator[str]:
    """Questions about sentences of the page, each with the sentence, for its report."""
    page = artifacts.get("translations")
    if not isinstance(page, Translations):
        return
    for place, message in placed("messages", page.messages):
        told = () if message.people_a_day is None else people_said(message.wording, message.people_a_day)
        if period := another_period(message.wording, told):
            yield _asks(place, message.wording, f"You typed people a day. Is it so many a {period}?")
        if person := somebody_else(message, case):
            yield _asks(place, message.wording, f"Is it {person} who does what you picked?")
        if other := named_instead(message.wording, message.notices, MEET, MEET_ALSO):
            yield _asks(place, message.wording, f"It speaks of “{other}”. Is that what you picked beside it?")
        if term := term_for(message, case):
            who = first_name(case, message.to)
            yield _asks(place, message.wording, f"It says “{term}”. Would {who} see the same people in it?")
    for place, one in placed("questions", page.questions):
        group = named_instead(one.wording, one.segment, GROUPS, ALSO)
        if name := group or named_instead(one.wording, one.window, MONTHS, SHORT):
            yield _asks(place, one.wording, f"It names “{name}”. Is that what you picked beside it?")
        if asks_why(one.wording):
            yield _asks(place, one.wording, "It asks why. Which number would be its answer?")


def somebody_else(message: Message, case: Case) -> str:
    """Whom a sentence speaks to by name, where somebody else does what was picked; blank otherwise."""
    done = deed(case, message.does)
    if done is None:
        return ""
    others = [first_name(case, id) for id in case.people if id not in (done.by, speaker(message.statement))]
    return spoken_to(message.wording, others, unless=first_name(case, done.by))


def term_for(message: Message, case: Case) -> str:
    """A term of the trade in a sentence for somebody of another trade; blank where there is none."""
    foreign = message.to and SIDES.get(message.to) != SPEAK_IN_TERMS
    return term_of_the_trade(message.wording) if foreign else ""


def _asks(place: str, text: str, question: str) -> str:
    return f"{LABEL}: translations, {place}: “{quoted(text)}” {question}"
