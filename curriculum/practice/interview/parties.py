"""Who is named in an answer: functions by what people call them, and other groups that want or say something."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMED: Mapping[str, re.Pattern[str]] = {
    function: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for function, words in {
        "data": r"data\s+scien\w+|data\s+team|analysts?|modell?ers?",
        "ml": r"ml\s+engineer\w*|machine\s+learning\s+engineer\w*|ml\s+team|mlops",
        "design": r"design(?:ers?)?|ux|researchers?",
        "product": r"product(?:\s+(?:managers?|leads?|owners?|people|side))|head\s+of\s+product|pms?",
        "engineering": r"engineer(?:s|ing)?|developers?|backend|frontend",
        "support": r"support|service\s+desk|call\s+cent(?:re|er)",
        "risk": r"legal|lawyers?|compliance|risk",
        "sales": r"sales|marketing",
        "operations": r"operations|ops|logistics|warehouse",
    }.items()
}
"""How people call the functions; "engineers" alone may be either kind."""
_GROUP = re.compile(
    r"\b(?P<who>[A-Za-z-]{3,})\s+(?:team|people|side|department|desk|staff|crew|guys|shift|lead|director|manager|owner|"
    r"chief|council|board|planner|officer|scientist|engineer)s?\b",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\b(?P<who>[A-Za-z-]{2,})\s+"
    r"(?:(?:only|always|also|still|just|really|has|have|had|did|does|do|not|is|was|were|are)\s+)*"
    r"(?:want(?:s|ed)?|wish(?:es|ed)?|insist(?:s|ed)?|fear(?:s|ed)?|afraid|prefer(?:s|red)?|refuse[sd]?|need(?:s|ed)?|"
    r"trust(?:s|ed)?|argue[sd]?|object(?:s|ed)?|worr(?:y|ies|ied)|like[sd]?|love[sd]?|say|says|said|think|thinks|thought|"
    r"against|demand(?:s|ed)?)\b",
    re.IGNORECASE,
)
"""Who wants, fears or says something; base forms too, since many people do not bend their verbs."""
_TRADE = re.compile(r"\b(?:[a-z]{3,}(?:ers|ors|ists|ians|yers)|nurses|finance|legal|doctors|couriers|clerks)\b")
_NO_GROUP = """
the this that these those our your their his her its whole entire each every both other another one two three same any
some many most all few more new own project and for with between from first next young old we you he she they it who
which nobody everybody everyone somebody people not what there but then so if when as to or because was were be been is
are had have has did do does would could can will should also only still just really i
"""
_NO_TRADE = """
numbers orders others errors papers letters offers answers quarters users customers computers servers counters filters
headers parameters matters centers layers winners factors sensors vectors colors doors floors stickers members partners
readers visitors riders drivers clusters buyers lovers powers trailers containers corners timers triggers registers
transfers chapters
"""


def functions_named(text: str, names: Mapping[str, str]) -> set[str]:
    """Functions that a text names, by what they are called or by people of the case."""
    found = {function for function, pattern in _NAMED.items() if pattern.search(text)}
    found |= {function for function, name in names.items() if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)}
    if "ml" in found and not re.search(r"(?<!ml )(?<!learning )\bengineer", text, re.IGNORECASE):
        found.discard("engineering")
    return found


def parties_named(text: str) -> set[str]:
    """Groups of people that a text names besides the functions of the lists: "the dispatchers", "growth wanted".

    On the corpus (tests/quality), the lists of functions alone asked 24 answers for a second side that a reader had
    found in them, and with these groups 5; in plain, spoken or non-native English none.
    """
    who = [match["who"].lower() for pattern in (_GROUP, _WANTS) for match in pattern.finditer(text)]
    trades = [match.group().lower() for match in _TRADE.finditer(text)]
    found = [one for one in who if one not in _NO_GROUP.split()]
    found += [one for one in trades if one not in _NO_TRADE.split()]
    return {one.rstrip("s") for one in found}
