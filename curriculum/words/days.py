"""Days, times of day, and whatever has digits and counts nothing: they come off before numbers are read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curriculum.words.numerals import ORDINALS, VALUES
from curriculum.words.prose import vocabulary
from curriculum.words.said import PASS, Reader, Said

_MONTH_NAMES = {
    1: "january jan januar janvier enero gennaio", 2: "february feb februar fevrier février febrero febbraio",
    3: "march mar märz maerz mars marzo", 4: "april apr avril abril aprile", 5: "may mai mayo maggio",
    6: "june jun juni juin junio giugno", 7: "july jul juli juillet julio luglio",
    8: "august aug août aout agosto", 9: "september sep sept septembre septiembre settembre",
    10: "october oct oktober okt octobre octubre ottobre", 11: "november nov novembre noviembre",
    12: "december dec dezember dez décembre decembre diciembre dicembre",
}  # fmt: skip
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in vocabulary(names)}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?:19|20)\d{2}"
_NO_MORE = r"(?![\w])"
_DAY_PATTERNS = (
    r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)",
    r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?:\d{4}|\d{2})(?!\d)",
    r"\b(?:am|vom|zum|bis|ab|seit|den)\s(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.(?!\d)",
    rf"(?<![\w.]){_DAY}(?:\s+(?:of|de|di)\s+|[\s-]+)(?P<name>{_MONTH})\b\.?(?:,?[\s-]+(?:{_YEAR}|(?<=-)\d{{2}})\b)?",
    rf"\b(?P<name>{_MONTH})\.?\s+(?:the\s+)?{_DAY}{_NO_MORE}(?!\s?[%€$]|[.,:]\d)(?:,?\s+{_YEAR}\b)?",
    rf"\b(?P<word>{'|'.join(ORDINALS)})\s+(?:of\s+)?(?P<name>{_MONTH})\b",
)
_SLASHED = r"(?<![\d/])(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?:\d{4}|\d{2})(?![\d/])"


def _day(match: re.Match[str]) -> Iterator[Said]:
    parts = match.groupdict()
    month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["number"])
    day = ORDINALS[parts["word"].lower()] if parts.get("word") else int(parts["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        yield PASS
        return
    yield Said(float(day), match.start(), match.end(), match.group(), month=month, kind="date")
    if year := re.search(rf"(?<!\d){_YEAR}(?!\d)", match.group()):
        span = (match.start() + year.start(), match.start() + year.end())
        yield Said(float(year.group()), *span, year.group(), kind="year")


def _slashed(match: re.Match[str]) -> Iterator[Said]:
    """06/03/2026 is the 6th of March or the 3rd of June: taken where only one of both can be."""
    first, second = int(match["first"]), int(match["second"])
    if second > 12 >= first:
        first, second = second, first
    if 1 <= second <= 12 and 1 <= first <= 31:
        yield Said(float(first), match.start(), match.end(), match.group(), month=second, kind="date")


_SMALL_HOUR = "|".join(list(VALUES)[1:13])
_CLOCK_PATTERNS = (
    r"(?<![\w.,:])(?P<h>\d{1,2})[:.](?P<m>\d{2})\s?(?P<half>[ap])\.?\s?m\b\.?",
    r"(?<![\w.,:])(?P<h>\d{1,2})\s?(?P<half>[ap])\.?\s?m\b\.?",
    r"(?<![\w.,:])(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?::\d{2})?\b(?!:)(?!\s+(?:odds|ratio))",
    r"(?<![\w.,:])(?P<h>1\d|2[0-3]|[07-9]|0\d)\s?h\s?(?P<m>[0-5]\d)\b",
    r"(?i)(?:\b(?:at|by|before|after|until|till|from|um|bis|vor|ab|à|vers)\s+)(?P<all>(?P<h>\d{1,2})\s?h(?P<m>[0-5]\d)?)\b(?!\s?\d{1,2}\s?m)",
    rf"(?i)\b(?P<part>half(?=\s+past)|quarter)\s+(?P<way>past|to)\s+(?P<hour>{_SMALL_HOUR}|\d{{1,2}})\b",
    r"(?i)\b(?P<name>noon|midday|midnight)\b",
)


def _clock(match: re.Match[str]) -> Iterator[Said]:
    parts = match.groupdict()
    if parts.get("name"):
        minutes = 0 if parts["name"].lower() == "midnight" else 720
    elif parts.get("part"):
        hour = parts["hour"].lower()
        offset = 30 if parts["part"].lower() == "half" else 15
        minutes = 60 * (VALUES[hour] if hour in VALUES else int(hour))
        minutes += offset if parts["way"].lower() == "past" else -offset
    else:
        hour_number, minute = int(parts["h"]), int(parts.get("m") or 0)
        if hour_number > 24:
            return
        if half := parts.get("half"):
            hour_number = hour_number % 12 + (12 if half in "pP" else 0)
        minutes = 60 * hour_number + minute
    start, end = match.span("all") if parts.get("all") else match.span()
    yield Said(float(minutes), start, end, match.string[start:end], kind="clock")


# What looks like a number and counts nothing.

_LABELS = vocabulary(
    """ward room bed ticket clause article art section sec paragraph para figure fig table tab page line gate track
    platform step stage phase round version level tier type class form item option question chapter part building floor
    house depot tour route bus tram no nr number order invoice case record claim requirement rule card slide sprint
    batch lot issue pr build release macro port channel unit group team squad store shop terminal zone grid cluster node
    iso iec en din soc rfc http https windows ios android python java postgres mysql gpt llama iphone covid apollo
    call tel phone fax sku id"""
)
"""Words before a number that is a name: "ward 3", "ticket 4711", "Python 3.12"."""
_SHORTENED = vocabulary("art sec para fig tab no nr pr tel")
"""Those that may end in a dot; behind the others it ends a sentence: "I wrote the options page. 54.4 became 51.7"."""
_COUNTED = vocabulary("people persons customers buyers members users visitors visits payments orders frauds patients")
"""Whom or what people count: a number before them counts, whatever stands before it."""
_NOT_PATTERNS = (
    r"(?<!\w)[A-Za-z]+-?\d[\w.]*",  # p95, Q3, v2.0.1, GPT-4, A4, B2B
    r"(?<!\w)(?!\d+[eh]\d)\d+[A-Za-z]{1,3}\d+\w*",  # 2wsx, 5xx
    r"#\s?\d+",
    r"(?<![\d.])\d+\.\d+\.\d+(?:\.\d+)*",
    r"\b24/7\b",
    r"(?<![\d:])\d{1,2}:\d{1,2}(?![\d:])(?!\s?(?:am|pm)\b)",  # odds of 3:1; times are off already
    r"(?:(?<=^)|(?<=[.;,:\n]\s)|(?<=\n)|(?<=\w\s))(?P<all>\d{1,2}(?:\)|\.))(?=\s+[a-z])",  # 1. ask 2. count
    r"(?<!\w)\+?0\d{2,4}[\s/-]\d{2,4}(?:[\s-]\d{2,4})+",
    rf"(?i)\b(?:(?:{'|'.join(_SHORTENED)})\.|{'|'.join(_LABELS)})\s(?:no\.?\s|nr\.?\s|number\s)?(?P<all>\d+(?:\.\d+)*)\b"
    rf"(?!,\d{{3}}\b|\s(?:[a-z]+\s){{0,2}}(?:{'|'.join(_COUNTED)})\b)"  # no name: "on that page 3,532 people leave"
    r"(?!\s?(?:%|‰|€|\$|percent|per\s|of\s(?:the\s)?\d|in\s\d|out\s|ms\b|s\b|min|hour|day|week|month|year|euro|points?\b|times\b|and\s))",
    r"\b(?:KW|CW|W|FY|H)\s?\d{1,4}\b",
)


def _nothing(match: re.Match[str]) -> Iterator[Said]:
    yield from ()


def _week(match: re.Match[str]) -> Iterator[Said]:
    yield Said(float(match["week"]), match.start(), match.end(), match.group(), kind="ordinal")


def _split(match: re.Match[str]) -> Iterator[Said]:
    """Two shares that make a whole: 60:40."""
    first, second = int(match["first"]), int(match["second"])
    if first + second != 100:
        yield PASS
        return
    for name in ("first", "second"):
        yield Said(
            float(match[name]), *match.span(name), match[name], unit="percent", kind="share", numeral=match[name]
        )


def _compiled(patterns: tuple[str, ...], read: Reader, flags: int = 0) -> Iterator[tuple[re.Pattern[str], Reader]]:
    yield from ((re.compile(pattern, flags), read) for pattern in patterns)


DAY_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    *_compiled(_DAY_PATTERNS, _day, re.IGNORECASE),
    *_compiled((_SLASHED,), _slashed),
    *_compiled(_CLOCK_PATTERNS, _clock),
    *_compiled((r"(?i)\bweek\s(?P<week>\d{1,2})\b",), _week),
    *_compiled((r"(?<![\d:])(?P<first>\d{1,2}):(?P<second>\d{1,2})(?![\d:])",), _split),
    *_compiled(_NOT_PATTERNS, _nothing),
)
"""Patterns and their readers, in the order in which they are tried."""
