"""What a sentence seems to say besides what was picked beside it. For questions that a person answers, never points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from curriculum.words.numbers import Said

_ANOTHER_PERIOD = re.compile(
    r"(?:\s+(?!wait|for|in|within|los|need|tak|spend|after|once|twice|over)[\w'’-]+){0,3}\s+"
    r"(?:a|per)\s+(hour|week|month|quarter|year)\b(?!\s+(?:from|after|before|ago|later|early))",
    re.IGNORECASE,
)
"""What makes the number before it one of another period than a day: “people a month”, and not “a week from now”."""
_OF_A_DAY = re.compile(r"\bda(?:ys?|ily)\b", re.IGNORECASE)


def another_period(sentence: str, told: Iterable[Said]) -> str:
    """The week, month or year of which a sentence tells these numbers, which are of a day; blank where it does not."""
    told = list(told)
    if _OF_A_DAY.search(sentence):
        return ""
    periods = [match[1].lower() for said in told if (match := _ANOTHER_PERIOD.match(sentence, said.end))]
    return periods[0] if periods and len(periods) == len(told) else ""


def spoken_to(sentence: str, names: Iterable[str], unless: str) -> str:
    """Which of these people a sentence speaks to with its first word: “Paloma, …”; blank where it tells of them, or
    names the right person anywhere."""
    if unless in sentence:
        return ""
    behind = r"\s*[,:](?!\s*(?:who|whose|our|the|and|or|as)\b)"
    called = re.match(rf"(?:(?:Dear|Hello|Hi)\s+)?({'|'.join(map(re.escape, names))}){behind}", sentence)
    return called[1] if called else ""


def named_instead(sentence: str, picked: str, *names: Mapping[str, str]) -> str:
    """What a sentence names in place of what was picked; blank where it names nothing of the kind, or this one too.

    `names` have patterns by id: the first those that name it and nothing else, further ones what it is called besides.
    """
    own = [pattern for patterns in names if (pattern := patterns.get(picked))]
    if not own or re.search("|".join(own), sentence, re.IGNORECASE):
        return ""
    found = re.search("|".join(names[0].values()), sentence, re.IGNORECASE)
    return found[0] if found else ""
