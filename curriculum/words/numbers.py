"""The one reader of numbers in prose: digits, words, shares, durations, days and times, each with its span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from curriculum.words.days import DAY_READERS
from curriculum.words.numerals import GLYPHS, IN_DIGITS, IN_WORDS, NUMERAL, ORDINALS, PARTS, SCALES, VALUES, values_of
from curriculum.words.said import PASS, Reader, Said

__all__ = ["Said", "said_numbers"]


@lru_cache(maxsize=4096)
def said_numbers(text: str) -> tuple[Said, ...]:
    """Every number in a text, in order. Names such as p95, Q3, v2, ward 3 or ISO 27001 are none."""
    taken = bytearray(len(text))
    found: list[Said] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            start, end = match.span("all") if "all" in pattern.groupindex else match.span()
            if start == end or any(taken[start:end]):
                continue
            said = list(read(match))
            if said and said[0] is PASS:
                continue
            taken[start:end] = b"\1" * (end - start)
            found += said
    return _spread_units(text, tuple(sorted(found, key=lambda said: (said.start, -said.end))))


# Durations and shares in words.

_HOURS = r"(?:hours?|hrs?|h)"
_MINUTES = r"(?:minutes?|mins?|min)"
_COUNT_WORDS = "|".join(list(VALUES)[2:10])
_PART_WORD = "|".join(sorted(PARTS, key=len, reverse=True))
_BEHIND_PART = (
    r"(?=\s+(?:of|went|go|goes|gone|fell|falls?|drop\w*|rose|rises?|left|leaves?|came|come|comes|is|are|was|were|has|have|had|"
    r"do|does|did|more|less|fewer|lower|higher|faster|slower|on|in|at|by|since|after|before|than|and|or|to|again|stay\w*|"
    r"said|say|ask\w*|want\w*|need\w*|never|only|cannot|could|would|will)\b|\s*(?:[.,;:!?)]|$))"
)


def _duration(match: re.Match[str]) -> Iterator[Said]:
    """Hours, alone or with minutes; days, weeks, months and years in halves."""
    parts = match.groupdict()
    if parts.get("hours"):
        value = values_of(parts["hours"])[0] if parts["hours"][0].lower() not in "a" else 1.0
        if parts.get("minutes"):
            value += values_of(parts["minutes"])[0] / 60
        if parts.get("more"):
            value += {"half": 0.5, "quarter": 0.25}[parts["more"].lower()]
        unit = "hour"
    elif parts.get("longer"):
        value, unit = 1.5 if parts["more"].lower() == "half" else 1.25, _unit_name(parts["longer"])
    elif parts.get("piece"):
        count = VALUES.get((parts.get("count") or "one").lower(), 1)
        value, unit = count / PARTS[parts["piece"].lower().rstrip("s")], _unit_name(parts["unit"])
    else:
        value, unit = 14.0, "day"
    yield Said(value, match.start(), match.end(), match.group(), unit=unit)


_DURATION_PATTERNS = (
    rf"(?i)(?<![\w.,])(?P<hours>{NUMERAL}|an)[\s-]{_HOURS}\s+and\s+(?:an?\s+)(?P<more>half|quarter)\b",
    rf"(?i)(?<![\w.,])(?P<hours>\d+)\s?{_HOURS}\s?(?:and\s+)?(?P<minutes>\d{{1,2}})(?:\s?{_MINUTES})?\b",
    rf"(?i)(?<![\w.,])(?P<hours>{IN_WORDS}|an)\s+{_HOURS}\s+(?:and\s+)?(?P<minutes>{NUMERAL})\s?{_MINUTES}\b",
    r"(?i)\b(?:an?|one)\s+(?P<longer>second|minute|day|week|month|year)\s+and\s+an?\s+(?P<more>half|quarter)\b",
    r"(?i)\b(?:an?\s+|(?P<count>three)\s+)?(?P<piece>quarters?)\s+of\s+an?\s+(?P<unit>hour|day|week|month|year)\b",
    r"(?i)\b(?P<piece>half)\s+an?\s+(?P<unit>hour|day|week|month|year)\b",
    r"(?i)\ba\s+fortnight\b",
)


def _fraction(match: re.Match[str]) -> Iterator[Said]:
    count = (match["count"] or "one").lower()
    number = VALUES.get(count, 1 if count in ("a", "an", "the", "one") else 0)
    piece = match["piece"].lower()
    value = 100 * number / PARTS[piece if piece in PARTS else piece.rstrip("s")]
    if not 0 < value <= 100:
        yield PASS
        return
    yield Said(value, match.start(), match.end(), match.group(), unit="percent", kind="share")


def _half_point(match: re.Match[str]) -> Iterator[Said]:
    yield Said(0.5, match.start(), match.end(), match.group(), unit="point")


def _couple(match: re.Match[str]) -> Iterator[Said]:
    yield Said(2.0, match.start(), match.end(), match.group(), kind="count")


def _every_nth(match: re.Match[str]) -> Iterator[Said]:
    yield Said(100 / ORDINALS[match["nth"].lower()], match.start(), match.end(), match.group(), "percent", kind="share")


def _glyph(match: re.Match[str]) -> Iterator[Said]:
    if match.group() in GLYPHS:
        value = GLYPHS[match.group()]
    else:
        first, second = int(match["first"]), int(match["second"])
        if not 0 < first < second:
            yield PASS
            return
        value = first / second
    yield Said(100 * value, match.start(), match.end(), match.group(), unit="percent", kind="share")


_TIMES = {
    "doubled": 2, "doubling": 2, "doubles": 2, "twofold": 2, "tripled": 3, "tripling": 3, "trebled": 3, "threefold": 3,
    "three-fold": 3, "fourfold": 4, "fivefold": 5, "quadrupled": 4, "tenfold": 10, "halved": 0.5, "halving": 0.5,
}  # fmt: skip


def _multiple(match: re.Match[str]) -> Iterator[Said]:
    yield Said(float(_TIMES[match.group().lower()]), match.start(), match.end(), match.group(), unit="times")


def _often(match: re.Match[str]) -> Iterator[Said]:
    word = match.group().lower()
    if word == "twice" and re.match(r"\s+(?:as|the|what|that|its|their)\b", match.string[match.end() :]):
        yield Said(2.0, match.start(), match.end(), match.group(), unit="times")
    else:
        yield Said(1.0 if word == "once" else 2.0, match.start(), match.end(), match.group(), kind="single")


def _none(match: re.Match[str]) -> Iterator[Said]:
    yield Said(0.0, match.start(), match.end(), match.group(), kind="none")


def _one(match: re.Match[str]) -> Iterator[Said]:
    yield Said(1.0, *match.span("all"), match["all"], kind="single")


def _one_long(match: re.Match[str]) -> Iterator[Said]:
    """One hour, day or week: it asks for no claim, and may be one."""
    yield Said(1.0, *match.span("all"), match["all"], unit=_unit_name(match["unit"]), kind="single")


# Numbers with their units, and shares of a whole.

UNIT = re.compile(
    r"^[\s-]*(?P<unit>%|‰|per\s+mille\b|permille\b|percent(?:age)?(?:\s+points?)?\b|pct\b|per\s+cent\b|points?\b|pp\b"
    r"|basis\s+points?\b|bps?\b|ms\b|milliseconds?\b|seconds?\b|secs?\b|s\b(?!\.\w)|minutes?\b|mins?\b|hours?\b|hrs?\b|h\b"
    r"|days?\b|weeks?\b|wks?\b|months?\b|years?\b|quarters?\b|times\b|x\b(?!\s*\d)|fold\b|€|\$|£|eur(?:os?)?\b|usd\b"
    r"|dollars?\b|k\b|m\b|bn\b|million\b|billion\b|thousand\b|dozen\b)",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:€|\$|£|\bEUR|\bUSD)\s?$")
_MONEY_AFTER = re.compile(r"^\s?(?:€|\$|£|eur(?:os?)?\b|dollars?\b)", re.IGNORECASE)
_SCALE = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "dozen": 12.0,
}  # fmt: skip
_NAMES = {
    "%": "percent", "pct": "percent", "percent": "percent", "per cent": "percent", "percentage": "percent",
    "x": "times", "fold": "times", "times": "times", "ms": "millisecond", "s": "second", "sec": "second",
    "min": "minute", "hr": "hour", "h": "hour", "wk": "week",
    "€": "money", "$": "money", "£": "money", "eur": "money", "euro": "money", "usd": "money", "dollar": "money",
}  # fmt: skip
_MEASURED = re.compile(r"\d[.,]\d")
"""Who writes 5.0 has measured it; who counts writes 5."""
_DENOMINATOR = re.compile(r"\b(?:of|per|in|for|every|each|among)\s+(?:an?\s+|the\s+|all\s+|our\s+)?$", re.IGNORECASE)
_A_HALF_MORE = r"(?:\s+and\s+a\s+(?P<more>half|quarter))?"
_PLAIN = rf"(?i)(?<![\w_])(?<!\d[.,:])(?P<numeral>{IN_DIGITS}|\b{IN_WORDS}){_A_HALF_MORE}"
_WHOLE = (
    rf"(?i)(?<![\w.,])(?P<numeral>{IN_DIGITS}|\b{IN_WORDS})"
    r"(?P<middle>\s+(?:out\s+of|of|in|per|von)\s+(?:the\s+|every\s+|each\s+|all\s+|our\s+)?"
    r"|\s+[a-z]+\s+(?:out\s+of|in)\s+(?:the\s+|every\s+|each\s+|all\s+)?|\s+[a-z]+\s+of\s+(?:the|every|each)\s+)"
    rf"(?P<whole>{IN_DIGITS}|{IN_WORDS}|hundred|thousand)(?![\w%‰€$]|[.,:]\d|\s?(?:%|‰|€|ms\b|days?\b|weeks?\b|months?\b|years?\b|hours?\b|minutes?\b|seconds?\b))"
)


def _share_of(match: re.Match[str]) -> Iterator[Said]:
    """A part and its whole: "9 of the 12", "one user in fifty", "345 per 1,000"."""
    text = match.string
    part, also = values_of(match["numeral"])
    whole = float(SCALES.get(match["whole"].lower(), 0)) or values_of(match["whole"])[0]
    has_noun = re.fullmatch(r"\s+[a-z]+\s+in\s+.*", match["middle"], re.IGNORECASE | re.DOTALL) is not None
    behind = text[match.end() :]
    if not 0 < part <= whole or whole < 2 or (has_noun and re.match(r"\s+[a-z]", behind) and not _is_verb(behind)):
        yield PASS
        return
    start = match.start("numeral")
    kind = "count" if part.is_integer() and part <= 12 and not _MEASURED.search(match["numeral"]) else "number"
    said = text[start : match.end()]
    yield Said(part, start, match.end("whole"), said, kind=kind, of=whole, also=also, numeral=match["numeral"])
    yield Said(whole, *match.span("whole"), match["whole"], kind="denominator", numeral=match["whole"])


_VERB = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|do|does|did|[a-z]+ed|say|said|complain\w*|comes?|goes?|gets?|gives?|fails?"
    r"|breaks?|waits?|needs?|asks?)\b"
)


def _is_verb(behind: str) -> bool:
    return (
        re.match(
            r"\s+(?:is|are|was|were|has|have|had|do|does|did|[a-z]+ed|say|said|complain\w*|comes?|goes?|gets?|gives?|fails?|breaks?|waits?|needs?|asks?)\b",
            behind,
        )
        is not None
    )


def _plain(match: re.Match[str]) -> Iterator[Said]:
    text, numeral = match.string, match["numeral"]
    start, end = match.start("numeral"), match.end()
    value, also = values_of(numeral)
    word = numeral.lower()
    if word == "one" and not match["more"]:
        yield PASS
        return
    if match["more"]:
        value += 0.5 if match["more"].lower() == "half" else 0.25
    before, after = text[max(0, start - 24) : start], text[end : end + 30]
    if re.match(r"(?:st|nd|rd|th)\b", after):
        yield PASS
        return
    four_digits = value.is_integer() and 1990 <= value <= 2100 and re.fullmatch(r"\d{4}", numeral)
    counts = _COUNTED_BEFORE.search(before) or (_COUNTED_AFTER.match(after) and not _YEAR_BEFORE.search(before))
    if four_digits and not UNIT.match(after) and not counts:
        yield Said(value, start, end, text[start:end], kind="year", numeral=numeral)
        return
    if re.match(r"-[a-z]+(?:ed|y|ary)\b", after):  # two-sided, one-way
        return
    yield _with_unit(text, start, end, value, also, numeral, before, after)


def _with_unit(
    text: str, start: int, end: int, value: float, also: tuple[float, ...], numeral: str, before: str, after: str
) -> Said:
    unit, stop = "", end
    unit_match = UNIT.match(after)
    if unit_match:
        word = " ".join(unit_match["unit"].lower().split())
        written = unit_match["unit"]
        behind = after[unit_match.end() :]
        money = bool(_MONEY_AFTER.match(behind) or _MONEY_BEFORE.search(before))
        if word == "m" and not (written == "M" or money):
            unit_match = None  # metres
        elif word in _SCALE:
            value, also, stop = value * _SCALE[word], (), end + unit_match.end()
            if money:
                unit, extra = "money", _MONEY_AFTER.match(behind)
                stop += extra.end() if extra else 0
        elif word == "times" and re.match(r"\s+(?:a|an|per|each|every|in|daily)\b", behind):
            stop = end + unit_match.end()
            return Said(value, start, stop, text[start:stop], also=also, numeral=numeral)
        else:
            stop = end + unit_match.end()
            if word in ("‰", "per mille", "permille"):
                value, also, unit = value / 10, (), "percent"
            elif word.startswith(("basis", "bp")):
                value, also, unit = value / 100, (), "point"
            else:
                unit = _unit_name(word)
    elif _MONEY_BEFORE.search(before):
        unit = "money"
    said = text[start:stop]
    whole = value.is_integer()
    if not unit and whole and value in (10, 100, 1_000, 10_000, 100_000, 1_000_000) and _DENOMINATOR.search(before):
        return Said(value, start, stop, said, kind="denominator", numeral=numeral)
    if not unit and whole and 0 <= value <= 12 and not (also or _MEASURED.search(numeral)):
        return Said(value, start, stop, said, kind="count", numeral=numeral)
    return Said(value, start, stop, said, unit=unit, also=also, numeral=numeral)


def _unit_name(word: str) -> str:
    word = " ".join(word.lower().split())
    if "point" in word or word == "pp":
        return "point"
    return _NAMES.get(word) or _NAMES.get(word.rstrip("s")) or word.rstrip("s")


def _spread_units(text: str, found: tuple[Said, ...]) -> tuple[Said, ...]:
    """ "8–10 %", "between 2 and 3 percent" and "from 27 to 29 of 1,000": unit and whole of the second number are those
    of the first."""
    said = list(found)
    for index in range(len(said) - 1):
        one, other = said[index], said[index + 1]
        between = text[one.end : other.start]
        if one.kind not in ("number", "count") or one.unit or one.of or not re.fullmatch(_FROM_TO, between):
            continue
        if other.unit and other.kind == "number":
            small = other.value / base if (base := values_of(other.numeral)[0] if other.numeral else 0.0) else 1.0
            scale = 0.1 if other.unit == "percent" and abs(small - 0.1) < _EXACT else 1.0
            said[index] = replace(one, value=one.value * scale, unit=other.unit, kind="number")
        elif (
            other.of
            and one.value <= other.of
            and re.search(r"(?i)\b(?:from|between)\s+(?:\w+\s+)?$", text[: one.start])
        ):
            said[index] = replace(one, of=other.of)
    return tuple(said)


_FROM_TO = r"\s?(?:–|-|—|→|->|to|and|or|bis)\s?(?:(?:about|around|roughly|nearly|almost|only|just)\s)?"
_COUNTED_BEFORE = re.compile(
    r"\b(?:some|nearly|almost|roughly|approximately|over|exactly|only|all|these|those|(?:more|less|fewer|other)\s+than"
    r"|at\s+(?:least|most)|up\s+to)\s+$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:people|persons|customers|users|visitors|guests|patients|passengers|riders|learners|orders|carts"
    r"|baskets|visits|sessions|tickets|parcels|deliveries|trips|payments|calls|alarms|alerts|cases|messages|rows|answers)\b",
    re.IGNORECASE,
)
"""What four digits are beside when they count something and name no year."""
_YEAR_BEFORE = re.compile(r"\b(?:in|since|by|until|during)\s+$", re.IGNORECASE)
_EXACT = 1e-9


_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    *DAY_READERS,
    *((re.compile(pattern), _duration) for pattern in _DURATION_PATTERNS),
    (re.compile(r"(?i)\bhalf\s+a\s+(?:percentage\s+)?point\b"), _half_point),
    (
        re.compile(
            rf"(?i)\b(?P<count>an?|the|one|{_COUNT_WORDS})[\s-](?P<piece>{_PART_WORD})s?\b(?!\s+(?:an?|past|to)\b)(?!-)"
            + _BEHIND_PART
        ),
        _fraction,
    ),
    (re.compile(rf"(?i)\b(?P<count>{_COUNT_WORDS})[\s-](?P<piece>{_PART_WORD})s\b(?!-)"), _fraction),
    (re.compile(r"(?i)(?P<count>)(?<!and a )\b(?P<piece>half)\b(?!-|\s+(?:an?|past|way|hearted)\b)"), _fraction),
    (re.compile(rf"(?i)\bevery\s+(?P<nth>{'|'.join(list(ORDINALS)[2:])})\b"), _every_nth),
    (
        re.compile(r"(?<![\d/])(?<!\d\s)(?P<first>\d{1,2})/(?P<second>\d{1,3})(?![\d/])|(?<!\d)(?<!\d\s)[½¼¾⅓⅔⅕⅛]"),
        _glyph,
    ),
    (re.compile(rf"(?i)\b(?:{'|'.join(_TIMES)})\b"), _multiple),
    (re.compile(r"(?i)\b(?:once(?!\s+(?:upon|again|more|we|they|he|she|it|the)\b)|twice)\b"), _often),
    (re.compile(r"(?i)\bno\s+(?!less|plus|yes|this|thus|as\b|is\b)[a-z]{3,}(?<!s)s\b|\bnobody\b"), _none),
    (re.compile(r"(?i)\ba\s+couple\s+of\b"), _couple),
    (re.compile(_WHOLE), _share_of),
    (
        re.compile(
            r"(?i)\b(?:to|from|than|takes?|took|within|under|only|just|is|was|least|most)\s+(?P<all>(?:one|an?(?!\s+second))\s+"
            r"(?P<unit>second|minute|hour|day|week|month|year))\b(?!\s+and\s+a)"
        ),
        _one_long,
    ),
    (re.compile(_PLAIN), _plain),
    (
        re.compile(
            r"(?i)(?<!the )(?<!no )(?<!any )(?<!every )(?<!each )(?<!this )(?<!that )(?<!some )(?<![\w-])"
            r"(?P<all>one)\s+"
            r"(?!of|by|could|can|must|should|may|might|would|will|that|who|which|day|another|never|always|has|is|was|does|"
            r"thing\s+is|more|side|hand|cannot|to|and|or|at|in|on)(?=[a-z]{3})"
        ),
        _one,
    ),
)
