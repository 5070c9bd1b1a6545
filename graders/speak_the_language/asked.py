"""What is asked about sentences that seem to say another thing than was picked beside them. It changes no points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.translations import Message, Translations
from curriculum.cases import Case
from curriculum.practice.asides import another_period, named_instead, spoken_to
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
MONTHS = MappingProxyType(
    {"february": FEBRUARY, "last_week": FEBRUARY, "last_day": FEBRUARY, "final_weeks": r"\b(?:November|December)\b"}
)
"""By window: its months."""
SHORT = MappingProxyType(
    {"february": r"\bfeb", "last_week": r"\bfeb", "last_day": r"\bfeb", "final_weeks": r"\b(?:nov|dec)"}
)


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
    for place, one in placed("questions", page.questions):
        group = named_instead(one.wording, one.segment, GROUPS, ALSO)
        if name := group or named_instead(one.wording, one.window, MONTHS, SHORT):
            yield _asks(place, one.wording, f"It names “{name}”. Is that what you picked beside it?")


def somebody_else(message: Message, case: Case) -> str:
    """Whom a sentence speaks to by name, where somebody else does what was picked; blank otherwise."""
    done = deed(case, message.does)
    if done is None:
        return ""
    others = [first_name(case, id) for id in case.people if id not in (done.by, speaker(message.statement))]
    return spoken_to(message.wording, others, unless=first_name(case, done.by))


def _asks(place: str, text: str, question: str) -> str:
    return f"{LABEL}: translations, {place}: “{quoted(text)}” {question}"
