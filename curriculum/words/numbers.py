"""The numbers that an answer says, in digits or in words, with the span of each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from curriculum.words.prose import vocabulary

_DIGITS = re.compile(
    r"(?<![\w.,])(?P<clock>\d{1,2}:\d{2})\b"
    r"|(?<![A-Za-z_\d])(?<!\d[.,:])"
    r"(?P<number>\d{1,3}(?:[,\u202f\u00a0'’]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
)
_ONES = vocabulary(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
)
_TENS = vocabulary("twenty thirty forty fifty sixty seventy eighty ninety")
_VALUES = {word: i for i, word in enumerate(_ONES)} | {word: 10 * i for i, word in enumerate(_TENS, start=2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_NUMBER_WORD = "|".join(sorted([*_VALUES, *_SCALES], key=len, reverse=True))
_IN_WORDS = re.compile(
    rf"\b(?:(?:an?|half\s+an?)\s+(?=hundred|thousand|million))?(?:{_NUMBER_WORD})"
    rf"(?:(?:[\s-]+(?:and\s+)?)(?:{_NUMBER_WORD}))*(?:\s+point(?:\s+(?:{'|'.join(_ONES[:10])}))+)?\b",
    re.IGNORECASE,
)
_MOST = 1e15
"""No number in words counts for more."""
_MONTH_NAMES = vocabulary("""january february march april may june july august september october november december""")
_MONTHS = {word: number for number, name in enumerate(_MONTH_NAMES, start=1) for word in (name, name[:3])}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_AFTER_DAY = re.compile(rf"^(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\b", re.IGNORECASE)
_BEFORE_DAY = re.compile(rf"\b({_MONTH})\.?\s+(?:the\s+)?$", re.IGNORECASE)
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")

_TIMES = {
    "doubled": 2, "doubling": 2, "twofold": 2, "tripled": 3, "tripling": 3, "threefold": 3,
    "quadrupled": 4, "tenfold": 10,
    "halved": 0.5, "halving": 0.5,
}  # fmt: skip
_TIMES_WORD = re.compile(rf"\b(?:{'|'.join(_TIMES)})\b", re.IGNORECASE)

UNIT = re.compile(
    r"^[\s-]*(?P<unit>%|percent(?:age)?(?:\s+points?)?\b|per\s+cent\b|points?\b|pp\b|ms\b|milliseconds?\b"
    r"|seconds?\b"
    r"|minutes?\b|hours?\b|days?\b|weeks?\b|months?\b|years?\b|quarters?\b|times\b|x\b|fold\b|€|\$|euros?\b|dollars?\b"
    r"|k\b|m\b|bn\b|million\b|thousand\b)",
    re.IGNORECASE,
)
_DENOMINATOR = re.compile(r"\b(?:of|per|in|for|every|each|among)\s+(?:an?\s+|the\s+|all\s+|our\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """A number as an answer says it."""

    value: float
    start: int
    end: int
    text: str
    """The number with its unit, as written."""
    unit: str = ""
    """percent, point, week … in the singular; blank where none follows."""
    month: int = 0
    """For a day of the month: the month; for a year: 0."""
    kind: str = "number"
    """number, date, year, clock, denominator or count (a small count of things, such as "two teams")."""


def said_numbers(text: str) -> list[Said]:
    """Every number in a text, in order. Names such as p95, Q3 or v2 are none; "one" alone is none."""
    dates = [match.span() for match in _ISO_DATE.finditer(text)]
    found = [
        part
        for match in _ISO_DATE.finditer(text)
        for part in (
            Said(float(match[3]), match.start(), match.end(), match.group(), month=int(match[2]), kind="date"),
        )
    ]
    for match in _DIGITS.finditer(text):
        if any(start <= match.start() < end for start, end in dates):
            continue
        if match["clock"]:
            found.append(Said(0.0, match.start(), match.end(), match.group(), kind="clock"))
            continue
        found.append(_read_digits(text, match))
    for match in _IN_WORDS.finditer(text):
        if match.group().lower() not in ("one", "a hundred percent"):
            found.append(_classify(text, match.start(), match.end(), _words_value(match.group())))
    for match in _TIMES_WORD.finditer(text):
        value = _TIMES[match.group().lower()]
        found.append(Said(value, match.start(), match.end(), match.group(), unit="times"))
    return sorted(found, key=lambda said: said.start)


def _read_digits(text: str, match: re.Match[str]) -> Said:
    raw = match["number"]
    grouped = re.fullmatch(r"\d{1,3}(?:[,\u202f\u00a0'’]\d{3})+(?:\.\d+)?", raw)
    value = float(re.sub(r"[,\u202f\u00a0'’]", "", raw) if grouped else raw.replace(",", "."))
    return _classify(text, match.start("number"), match.end("number"), value)


def _classify(text: str, start: int, end: int, value: float) -> Said:
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    whole = value.is_integer()
    month = _AFTER_DAY.match(after) or _BEFORE_DAY.search(before)
    if month and whole and 1 <= value <= 31:
        return Said(value, start, end, text[start:end], month=_MONTHS[month[1].lower()], kind="date")
    if whole and 1990 <= value <= 2100 and re.fullmatch(r"\d{4}", text[start:end]):
        return Said(value, start, end, text[start:end], kind="year")
    unit = UNIT.match(after)
    name, stop = "", end
    if unit:
        name, stop = _unit_name(unit["unit"]), end + unit.end()
        value *= {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9}.get(name, 1)
    said = text[start:stop]
    if not name and whole and value >= 10 and _is_power_of_ten(value) and _DENOMINATOR.search(before):
        return Said(value, start, stop, said, kind="denominator")
    if not name and whole and 0 <= value <= 12:
        return Said(value, start, stop, said, kind="count")
    return Said(value, start, stop, said, unit=name)


def _is_power_of_ten(value: float) -> bool:
    return value in (10, 100, 1_000, 10_000, 100_000, 1_000_000)


def _unit_name(word: str) -> str:
    word = " ".join(word.lower().split())
    if "point" in word or word == "pp":
        return "point"
    if word == "%" or word.startswith("per"):
        return "percent"
    if word in ("x", "fold", "times"):
        return "times"
    if word in ("ms",):
        return "millisecond"
    if word in ("€", "$", "euro", "euros", "dollar", "dollars"):
        return "money"
    return word if word in ("k", "m", "bn") else word.rstrip("s")


def _words_value(text: str) -> float:
    """The value of "two hundred and forty-five", "a thousand", "twenty-five point six"."""
    words = re.findall(r"[a-z]+", text.lower())
    if "point" in words:
        cut = words.index("point")
        decimals = "".join(str(_VALUES[word]) for word in words[cut + 1 :])
        return _words_value(" ".join(words[:cut])) + float(f"0.{decimals}")
    total, current = 0.0, 0.0
    for word in words:
        if word in _VALUES:
            current += _VALUES[word]
        elif word == "hundred":
            current = min((current or 1.0) * 100.0, _MOST)
        elif word in _SCALES:
            total += (current or 1.0) * _SCALES[word]
            current = 0.0
    return total + current
