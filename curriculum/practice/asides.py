"""What a sentence seems to say besides what was picked beside it. For questions that a person answers, never points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from curriculum.words.numbers import Said

_ANOTHER_PERIOD = re.compile(
    r"(?:\s+(?!wait|for|in|within|los|need|tak|spend|after|once|twice|over)[\w'’-]+){0,3}\s+"
    r"(?:a|per|each|every)\s+(hour|week|month|quarter|year)\b(?!\s+(?:from|after|before|ago|later|early))",
    re.IGNORECASE,
)
"""What makes the number before it one of another period than a day: “people a month”, and not “a week from now”."""
_PERIOD_FIRST = re.compile(
    r"\b(?:each|every)\s+(hour|week|month|quarter|year),?\s+(?:(?:about|around|some|nearly|roughly|we\s+\w+)\s+)*$",
    re.IGNORECASE,
)
"""The same before the number: “every week about 2,000”."""
_TERMS = re.compile(
    r"\b(?:FPR|TPR|FNR|FP|AUC|PSI|[pP]\d\d|percentiles?|false[- ](?:positive|negative)s?(?: rate)?|recall|precision|"
    r"base rate|operating point|stability index|drift)\b"
)
"""Terms of those who make models, and of those who measure waits."""
_WHY = re.compile(r"\bwhy\b", re.IGNORECASE)
_COUNTABLE = re.compile(r"\bhow (?:many|often|much|large)|\d|%|percent|\bshare|\bpart\b|\brate", re.IGNORECASE)
_OF_A_DAY = re.compile(r"\bda(?:ys?|ily)\b", re.IGNORECASE)


def another_period(sentence: str, told: Iterable[Said]) -> str:
    """The week, month or year of which a sentence tells these numbers, which are of a day; blank where it does not."""
    told = list(told)
    if _OF_A_DAY.search(sentence):
        return ""
    periods = [match[1].lower() for said in told if (match := _period_beside(sentence, said))]
    return periods[0] if periods and len(periods) == len(told) else ""


def _period_beside(sentence: str, said: Said) -> re.Match[str] | None:
    return _ANOTHER_PERIOD.match(sentence, said.end) or _PERIOD_FIRST.search(sentence[: said.start])


def spoken_to(sentence: str, names: Iterable[str], unless: str) -> str:
    """Which of these people a sentence speaks to with its first word: “Paloma, …”; blank where it tells of them, or
    names the right person anywhere."""
    if unless in sentence:
        return ""
    behind = r"\s*[,:](?!\s*(?:who|whose|our|the|and|or|as)\b)"
    called = re.match(rf"(?:(?:Dear|Hello|Hi)\s+)?({'|'.join(map(re.escape, names))}){behind}", sentence)
    return called[1] if called else ""


def term_of_the_trade(sentence: str) -> str:
    """The first term in a sentence that only the model's people read in one way; blank where there is none."""
    found = _TERMS.search(sentence)
    return found[0] if found else ""


def asks_why(sentence: str) -> bool:
    """Whether a question asks why, and for nothing that can be counted."""
    return bool(_WHY.search(sentence)) and not _COUNTABLE.search(sentence)


def named_instead(sentence: str, picked: str, *names: Mapping[str, str]) -> str:
    """What a sentence names in place of what was picked; blank where it names nothing of the kind, or this one too.

    `names` have patterns by id: the first those that name it and nothing else, further ones what it is called besides.
    """
    own = [pattern for patterns in names if (pattern := patterns.get(picked))]
    if not own or re.search("|".join(own), sentence, re.IGNORECASE):
        return ""
    found = re.search("|".join(names[0].values()), sentence, re.IGNORECASE)
    return found[0] if found else ""
