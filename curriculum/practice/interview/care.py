"""How careful an answer is with its numbers: their range, where the choice flips, and what it does not know."""

from __future__ import annotations

import re

from curriculum.practice.interview.answers import Answer, Heard, says
from curriculum.practice.interview.said import means
from curriculum.words.numbers import said_numbers
from curriculum.words.prose import sentences
from curriculum.words.quantities import Quantity

_DO_NOT_KNOW = re.compile(
    r"(?<!\bthey )(?<!\bhe )(?<!\bshe )(?<!\byou )(?<!\bwho )(?<!\bpeople )"
    r"\b(?:do not|don['’]t|did not|didn['’]t|never|not"
    r"|cannot|can['’]t|could not|couldn['’]t|have not|haven['’]t)\s+"
    r"(?:yet\s+|really\s+|exactly\s+)?"
    r"(?:knows?|known|measured?|counted?|asked?|say|tell|sure|calculated?|computed?|looked|tested?|worked)\b"
    r"|\b(?:no\s+idea|unknown|unsure)\b",
    re.IGNORECASE,
)
_WOULD_FIND_OUT = re.compile(
    r"(?:\b(?:(?:would|could|will|can)(?!\s+not|n['’]t)|to\s+(?:find\s+out|learn|know))\b|['’](?:d|ll)\b)[^.!?]{0,60}"
    r"\b(?:find\s+out|learn|ask|look|measure|check|count|test|compare|compute|calculate|work\s+(?:it\s+)?out|divide|run|"
    r"draw)",
    re.IGNORECASE,
)
_FLIP_WORDS = re.compile(
    r"\b(?:flip\w*|tip(?:s|ped)?|break\w*[\s-]even|pays?|paid|would\s+have|worth\s+it|other\s+way|otherwise|instead)\b",
    re.IGNORECASE,
)
_GIVE_OR_TAKE = re.compile(
    r"\bplus\s+or\s+minus\b|±|\+\s*/\s*[-−–]|\bgive\s+or\s+take\b|\beither\s+(?:way|side)\b", re.IGNORECASE
)
_FLIP_ASKED = "At which number would you have decided the other way?"
_RANGES = re.compile(
    r"\b(?:between|range[sd]?|somewhere|anything|from|low\s+end|as\s+(?:low|little|much|high)\s+as)\b", re.IGNORECASE
)
_LOOSE = 0.2
"""Of half a range: so far an end may be from what somebody says of it in passing, "somewhere between half and two"."""


def under_pressure(answer: Answer) -> list[Quantity]:
    """The numbers that were typed as answers to pressure, which may be said as the claims of the story may."""
    if answer.pressure is None:
        return []
    of, even, mind = answer.pressure.range, answer.pressure.break_even.value, answer.pressure.mind.threshold
    half = (of.high - of.low) / 2 if of.high is not None and of.low is not None else None
    values = [of.point, of.low, of.high, half, even, mind, answer.pressure.next.weeks, answer.pressure.next.visitors]
    return [Quantity(abs(value), unit) for value in values if value is not None for unit in ("", "week", "millisecond")]


def honest(answer: Answer) -> Heard | None:
    if not (_DO_NOT_KNOW.search(answer.said) and _WOULD_FIND_OUT.search(answer.said)):
        return None
    return Heard("honest", "", "You said what you do not know and how you would find out: that is a good answer.")


def range_of(answer: Answer) -> Heard | None:
    typed = answer.pressure.range if answer.pressure else None
    if typed is None or typed.point is None or typed.low is None or typed.high is None:
        return None
    if _says_both_ends(answer, typed.low, typed.high):
        return Heard("range_said", "", "You said between what and what: that is how a careful number sounds.")
    if says(answer, [Quantity(abs(typed.point))]) is None:
        return None
    return Heard("range", "Between what and what, if you are careful?", "One number was in it, and not its range.")


def _says_both_ends(answer: Answer, low: float, high: float) -> bool:
    """Whether both ends are said, or half the range with "give or take", or both in passing within one sentence."""
    exact = [one for one in said_numbers(answer.said) if one.kind != "count" or not (low % 1 or high % 1)]
    if all(any(means(one, Quantity(abs(end))) for one in exact) for end in (low, high)):
        return True
    half = (high - low) / 2
    if _GIVE_OR_TAKE.search(answer.said) and says(answer, [Quantity(half)]) is not None:
        return True
    for span in sentences(answer.said):
        if not _RANGES.search(span.text):
            continue
        said = [one for one in said_numbers(span.text) if one.kind in ("number", "count", "share") and not one.unit]
        if all(any(abs(one.value - abs(end)) <= _LOOSE * half for one in said) for end in (low, high)):
            return True
    return False


def _says_the_flip(answer: Answer, even: float) -> bool:
    """Whether a number is said that is the break-even and no other claim; where two are as near, the words decide."""
    star, of = answer.star, answer.pressure.range if answer.pressure else None
    others = [
        star.baseline.value,
        star.result_figure.value,
        star.cost.value,
        *([of.point, of.low, of.high] if of else []),
    ]
    for span in sentences(answer.said):
        for said in said_numbers(span.text):
            if not means(said, Quantity(abs(even))):
                continue
            off = abs(said.value - abs(even))
            alone = all(abs(said.value - abs(value)) > off for value in others if value is not None)
            if alone or _FLIP_WORDS.search(span.text) or answer.asked.endswith(_FLIP_ASKED):
                return True
    return False


def flips(answer: Answer) -> Heard | None:
    even = answer.pressure.break_even.value if answer.pressure else None
    if even is None:
        return None
    mind = answer.pressure.mind if answer.pressure else None
    limit = mind.threshold if mind and mind.ground == "limit" else None
    if _says_the_flip(answer, even) or (limit is not None and says(answer, [Quantity(limit, "millisecond")])):
        return Heard("flip_said", "", "You said where the choice would flip.")
    if not answer.opens:
        return None
    return Heard("flip", _FLIP_ASKED, "Where it would flip was not in it.")


def at_the_low_end(answer: Answer) -> str | None:
    """The range of this very answer held against the point at which the choice flips."""
    typed, even = (answer.pressure.range, answer.pressure.break_even.value) if answer.pressure else (None, None)
    if typed is None or typed.low is None or typed.high is None or even is None:
        return None
    if all(says(answer, [Quantity(abs(value))]) is None for value in (typed.point, typed.low, typed.high) if value):
        return None
    if typed.low < even < typed.high:
        return f"It flips at {even:g}, and your range goes from {typed.low:g} to {typed.high:g}. Why not wait?"
    if typed.low >= even and answer.pressure and answer.pressure.mind.ground == "limit":
        return f"It pays from {even:g} on, and even your low end is {typed.low:g}. Why did a limit decide it?"
    end = typed.low if typed.low >= even else typed.high
    return f"Suppose that it is {end:g}, the end next to {even:g}. Would you sign it again?"


def is_candid(text: str) -> bool:
    """Whether a sentence says what is not known, or how somebody would find out: nobody is pressed on that."""
    return _DO_NOT_KNOW.search(text) is not None or _WOULD_FIND_OUT.search(text) is not None
