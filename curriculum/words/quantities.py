"""Typed numbers and the text beside them: is a typed value in the text, and is a number in the text a wrong one?

Anything counts for the first question: every notation, rounded to the digits that are shown. For the second one
only a number with a unit in the sentence of a typed field; whatever else stands in a text is left to people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from curriculum.words.numbers import Said, said_numbers
from curriculum.words.numerals import decimals_of, values_of
from curriculum.words.prose import FUNCTION_WORDS, sentences
from curriculum.words.terms import stems

SECONDS = {
    "millisecond": 0.001, "second": 1.0, "minute": 60.0, "hour": 3_600.0, "day": 86_400.0, "week": 604_800.0,
}  # fmt: skip
"""How long units of time are."""
_MONTHS_AND_YEARS = {"month": (28.0, 30.0, 30.4, 31.0), "quarter": (90.0, 91.0, 92.0), "year": (365.0, 366.0)}
"""Units of time without one length, in days."""
MOST_ROUNDED = 0.2
"""A value may differ by this share of itself from what is said, however few digits are shown."""
ZEROS_ROUNDED = 0.05
"""The same for zeros at the end: "8,000" is said of 8,160, and 100 is not said of 60."""
WORDS_ROUNDED = 0.1
"""The same for parts in words: "a third" is said of 34.5 in 100."""
_ROUND_WHOLES = (100.0, 1_000.0, 10_000.0, 100_000.0)
COUNTED = ("percent", "point", "money", *SECONDS, *_MONTHS_AND_YEARS)
"""Units that show what a number in a text is about."""


@dataclass(frozen=True)
class Quantity:
    """A typed number."""

    value: float
    unit: str = ""
    """percent, point, money, millisecond, second … as the reader names units; blank where it has none of these."""
    subject: str = ""
    """What is counted, in words: the title of its field. Blank where any sentence may be about it."""


@dataclass(frozen=True)
class Stray:
    """A number in a text that no typed value, fact or figure rounds to."""

    said: str
    """The number with its unit, as written."""
    sentence: str
    """The sentence in which it stands."""


def says(text: str, value: float, unit: str = "") -> Said | None:
    """Where a text says a value, in whatever notation; None where it does not."""
    return next((said for said in said_numbers(text) if agrees(said, value, unit)), None)


def says_day(text: str, day: dt.date) -> Said | None:
    """Where a text names a day: day and month suffice."""
    found = (said for said in said_numbers(text) if said.kind == "date")
    return next((said for said in found if (said.month, said.value) == (day.month, day.day)), None)


def says_time(text: str, time: dt.time) -> Said | None:
    """Where a text names a time of day."""
    minutes = 60 * time.hour + time.minute
    return next((said for said in said_numbers(text) if said.kind == "clock" and said.value == minutes), None)


def agrees(said: Said, value: float, unit: str = "") -> bool:
    """Whether a typed value, rounded to the digits that are shown, is what is said. Signs do not count."""
    if said.kind in ("date", "year", "clock", "ordinal"):
        return False
    return any(_rounds_to(abs(typed), shown, said) for typed, shown in _in_one_unit(said, value, unit))


def strays(text: str, typed: Sequence[Quantity], known: Iterable[float] = ()) -> list[Stray]:
    """Numbers with the unit of a typed field, in the sentence of that field, that nothing known rounds to.

    `known` are further values that may stand in the text: facts, and figures of the tables that the learner saw.
    """
    others = [Quantity(value) for value in known]
    found = []
    for sentence in sentences(text):
        here = _content(sentence.text)
        about = [one for one in typed if not one.subject or _content(one.subject) & here]
        units = {unit for one in about for unit in _kin(one.unit)}
        for said in said_numbers(sentence.text):
            if said.kind not in ("number", "share") or said.unit not in units:
                continue
            if not any(agrees(said, one.value, one.unit) for one in (*typed, *others)):
                found.append(Stray(said.text, sentence.text))
    return found


def _content(text: str) -> frozenset[str]:
    return frozenset(term for term in stems(text) if term not in FUNCTION_WORDS and term != "#")


def _kin(unit: str) -> tuple[str, ...]:
    """Units in which the same thing could be said."""
    if unit in SECONDS or unit in _MONTHS_AND_YEARS:
        return (*SECONDS, *_MONTHS_AND_YEARS)
    return ("percent", "point") if unit in ("percent", "point") else (unit,) if unit in COUNTED else ()


def _in_one_unit(said: Said, value: float, unit: str) -> Iterator[tuple[float, float]]:
    """The typed value and what is said in the same unit, in each way in which both can be about the same."""
    percent = said.percent
    if percent is not None and unit in ("", "percent", "point"):
        yield value, percent
        if not unit and 0 < abs(value) <= 1:
            yield 100 * value, percent
    if unit in SECONDS and (said.unit in SECONDS or said.unit in _MONTHS_AND_YEARS):
        lengths = [SECONDS[said.unit]] if said.unit in SECONDS else [
            86_400 * days for days in _MONTHS_AND_YEARS[said.unit]
        ]  # fmt: skip
        yield from ((value * SECONDS[unit] / length, said.value) for length in lengths)
    elif not unit or not said.unit or said.unit == unit or {unit, said.unit} == {"percent", "point"}:
        yield from ((value, shown) for shown in (said.value, *said.also))
        if not unit and said.unit == "percent" and said.kind != "share":
            yield value, said.value


def _rounds_to(typed: float, shown: float, said: Said) -> bool:
    difference = abs(typed - shown)
    if difference <= 1e-9 * max(1.0, typed):
        return True
    if said.kind == "share" or (said.of and shown == said.percent):
        off = WORDS_ROUNDED if said.kind == "share" else 0.5 / min(said.of, max(said.value, 1.0) * 10)
        if said.of in _ROUND_WHOLES:  # "35 of 100" is said of 34.5, as "35 percent" is
            return difference <= 100 * _shown_to(said) / said.of + 1e-9 and difference <= MOST_ROUNDED * typed
        return difference <= off * shown
    if shown != said.value and not said.of and shown in said.also:
        return difference <= 0.5
    return difference <= _shown_to(said) + 1e-9 and difference <= MOST_ROUNDED * typed


def _shown_to(said: Said) -> float:
    """Half of the last digit that is shown, in the unit in which the number is said."""
    digits = said.numeral.strip()
    if not digits or not digits[0].isdigit():
        whole = said.numeral and float(said.value).is_integer()
        return min(0.5 * _round_size(said.value), ZEROS_ROUNDED * said.value) if whole else 0.0
    decimals = decimals_of(digits)
    scale = said.value / base if (base := _plain_value(digits)) else 1.0
    half = 0.5 * 10.0**-decimals * scale
    return half if decimals >= 0 else min(half, ZEROS_ROUNDED * said.value)


def _plain_value(digits: str) -> float:
    return values_of(digits)[0]


def _round_size(value: float) -> float:
    size = 1.0
    while value and value % (10 * size) == 0:
        size *= 10
    return size
