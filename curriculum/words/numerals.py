"""Numerals in digits and in words, and what each is worth: "1,200", "34,5", "2½", "two thousand five hundred"."""

from __future__ import annotations

import re

from curriculum.words.prose import vocabulary

ONES = vocabulary(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
)
TENS = vocabulary("twenty thirty forty fifty sixty seventy eighty ninety")
VALUES = {word: i for i, word in enumerate(ONES)} | {word: 10 * i for i, word in enumerate(TENS, start=2)}
SCALES = {"hundred": 100, "dozen": 12, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅛": 0.125}
ORDINALS = {
    word: number
    for number, word in enumerate(
        vocabulary(
            """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
            fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
        ),
        start=1,
    )
}
PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
"""Into how many parts a whole is cut."""

MOST = 1e15
"""No number in words counts for more."""


def _any(words: object) -> str:
    return "|".join(sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_SMALL = rf"(?:(?:{_any(TENS)})(?:[\s-](?:{_any(ONES[1:10])}))?|{_any(ONES)})"
_HUNDREDS = rf"(?:(?:(?:{_SMALL}|an?)\s+hundred(?:\s+(?:and\s+)?{_SMALL})?)|{_SMALL})"
_BIG = rf"(?:{_HUNDREDS}|an?|half\s+an?)\s+(?:thousand|million|billion|dozen)(?:,?\s+(?:and\s+)?{_HUNDREDS})?"
IN_WORDS = rf"(?:{_BIG}|{_HUNDREDS})(?:\s+point(?:\s+(?:{_any(ONES[:10])}))+)?\b"
"""A number in English words."""
_GROUP = "[,\u202f\u00a0'’ ]"
IN_DIGITS = (
    rf"(?:\d{{1,3}}(?:{_GROUP}\d{{3}})+(?![\d])(?:\.\d+)?|\d{{1,3}}(?:\.\d{{3}})+(?!\d)(?:,\d+)?"
    r"|\d+(?:\.\d+)?e[+-]?\d{1,2}\b|10\^\d{1,2}\b|\d+\s?[½¼¾⅓⅔⅕⅛]|\d+\s\d/\d(?!\d)|\d+(?:[.,]\d+)?)"
)
"""A number in digits, in the notations of several countries."""
NUMERAL = rf"(?:{IN_DIGITS}|{IN_WORDS})"


def values_of(numeral: str) -> tuple[float, tuple[float, ...]]:
    """What a numeral is worth, and what else it may be: "12.000" is 12, and 12,000 where a dot parts thousands."""
    text = " ".join(numeral.split())
    if not text[0].isdigit():
        return _in_words(text), ()
    if match := re.fullmatch(r"(\d+)\s?([½¼¾⅓⅔⅕⅛])", text):
        return int(match[1]) + GLYPHS[match[2]], ()
    if match := re.fullmatch(r"(\d+) (\d)/(\d)", text):
        return int(match[1]) + (int(match[2]) / int(match[3]) if match[3] != "0" else 0.0), ()
    if match := re.fullmatch(r"10\^(\d+)", text):
        return 10.0 ** min(int(match[1]), 15), ()
    if "e" in text:
        base, _, power = text.partition("e")
        return float(base) * 10.0 ** max(-15, min(int(power), 15)), ()
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", text):
        return float(text.replace(".", "").replace(",", ".")), ()
    if re.fullmatch(rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+(?:\.\d+)?", text):
        return float(re.sub(_GROUP, "", text)), ()
    if re.fullmatch(r"\d{1,3}\.\d{3}", text):
        return float(text), (float(text.replace(".", "")),)
    return float(text.replace(",", ".")), ()


def decimals_of(numeral: str) -> int:
    """How many digits are shown after the point; below 0 for zeros before it: "1,200" is shown to the hundred."""
    text = re.sub(_GROUP, "", numeral) if re.fullmatch(rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+", numeral) else numeral
    if match := re.search(r"\d[.,](\d+)$", text):
        return len(match[1])
    if match := re.fullmatch(r"[1-9]\d*?(0+)", text):
        return -len(match[1])
    return 0


def _in_words(text: str) -> float:
    words = re.findall(r"[a-z]+", text.lower())
    if "point" in words:
        cut = words.index("point")
        digits = "".join(str(VALUES[word]) for word in words[cut + 1 :])
        return _in_words(" ".join(words[:cut])) + float(f"0.{digits}")
    factor, total, current = (0.5 if words[0] == "half" else 1.0), 0.0, 0.0
    for word in words:
        if word in VALUES:
            current += VALUES[word]
        elif word == "hundred":
            current = min((current or 1.0) * 100.0, MOST)
        elif word in SCALES:
            total, current, factor = total + (current or 1.0) * SCALES[word] * factor, 0.0, 1.0
    return min(total + current, MOST)
