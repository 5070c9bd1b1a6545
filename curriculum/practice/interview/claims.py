"""The checks of a STAR answer that a program can decide: sums, order, lengths, and text against claims."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from itertools import pairwise

from curriculum.artifacts.places import words_at
from curriculum.artifacts.star import Star
from curriculum.words.numbers import Said, said_numbers
from curriculum.words.prose import Span, quoted, sentences, shares, word_count
from curriculum.words.quantities import agrees, says

WORDS = {"practice": (120, 250), "course": (120, 250), "personal": (120, 300)}
"""Fewest and most words of an answer, by where the story comes from."""
ACTION_SHARE, SITUATION_SHARE = 0.40, 0.25
"""At least, and at most, of all words (A35)."""
PERCENT_TOLERANCE = 0.5
"""A stated percentage may differ by half a point from the recomputed one (G4)."""

SMALL_COUNT, _ROUND = 12, frozenset({10, 100, 1_000, 10_000, 100_000, 1_000_000})
"""Wholes that need no claim: "nine of twelve", "26 of 1,000 searches"."""
RATIO_TOLERANCE = 0.05
"""A word such as "doubled" may differ by a twentieth from after divided by before (G4)."""

_RISES = re.compile(r"\b(?:rose|rises?|grew|grows?|increased?|climbed|went up|gone up|jumped|gained)\b", re.IGNORECASE)
_FALLS = re.compile(
    r"\b(?:fell|falls?|dropped|drops?|decreased?|went down|gone down|shrank|declined|was cut|were cut)\b", re.IGNORECASE
)
_JOIN = re.compile(
    r"^(?:\s*[\w%‰.,€$]{0,14}){0,6}?\s*(?:to|→|->|–>|down to|up to)\s+(?:about\s+|around\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Mismatch:
    """Something in an answer that does not agree with something else in it."""

    place: str
    """The field that it is about."""
    span: str
    """The learner's own words."""
    found: str
    expected: str


@dataclass(frozen=True)
class Typed:
    """What an answer's claims allow its text to say."""

    values: frozenset[float]
    percents: frozenset[float]
    days: frozenset[float]
    dates: frozenset[dt.date]
    ratio: float | None
    """After divided by before."""


def typed(star: Star) -> Typed:
    """All numbers and dates that stand in the typed claims."""
    values: set[float] = set()
    percents: set[float] = set()
    for value in (star.baseline.value, star.result_figure.value, star.change):
        if value is not None:
            (percents if star.unit == "percent" else values).add(abs(value))
            if star.unit == "points":
                percents.add(abs(value))
    if star.change_percent is not None:
        percents.add(abs(star.change_percent))
    if star.cost.value is not None:
        (percents if star.cost.unit in ("percent", "points") else values).add(abs(star.cost.value))
    for other in star.numbers:
        if other.value is not None:
            percentage = re.search(r"%|percent|per cent|\bpoints?\b", other.what, re.IGNORECASE)
            (percents if percentage else values).add(abs(other.value))
    days = {figure.days for figure in (star.baseline, star.result_figure) if figure.days}
    on = [star.baseline.on, star.result_figure.on, star.decision.on, *(action.on for action in star.actions)]
    before, after = star.baseline.value, star.result_figure.value
    ratio = after / before if before and after is not None else None
    return Typed(frozenset(values), frozenset(percents), frozenset(days), frozenset(day for day in on if day), ratio)


def untyped_numbers(star: Star) -> list[tuple[str, Said]]:
    """Numbers in the text that no claim has, each with the part that says it."""
    allowed = typed(star)
    found = []
    for name, part in star.parts().items():
        share_is_claimed = False
        for said in said_numbers(part):
            if said.kind == "denominator" and (share_is_claimed or said.value <= SMALL_COUNT or said.value in _ROUND):
                continue
            share_is_claimed = bool(said.of) and _is_share_of(said, allowed)
            if not share_is_claimed and not _allowed(said, allowed):
                found.append((name, said))
    return found


def _is_share_of(said: Said, allowed: Typed) -> bool:
    """Whether "one in 25" is a percentage that is claimed."""
    return any(agrees(said, percent, "percent") for percent in allowed.percents)


def _allowed(said: Said, allowed: Typed) -> bool:
    if said.kind in ("clock", "count", "single", "none", "share", "ordinal"):
        return True
    if said.kind == "date":
        return any(day.day == said.value and day.month == said.month for day in allowed.dates) or any(
            day.year == said.value for day in allowed.dates
        )
    if said.kind == "year":
        return any(day.year == said.value for day in allowed.dates)
    if said.unit in ("percent", "point"):
        return any(agrees(said, percent, "percent") for percent in allowed.percents)
    if any(agrees(said, value) for value in allowed.values):
        return True
    if not said.unit and any(agrees(said, percent) for percent in allowed.percents):
        return True
    if said.unit == "times" and allowed.ratio:
        return math.isclose(said.value, allowed.ratio, rel_tol=RATIO_TOLERANCE)
    return bool(said.unit) and any(agrees(said, days, "day") for days in allowed.days)


def unsaid_figures(star: Star) -> list[str]:
    """Which of before and after the text does not say."""
    unit = "percent" if star.unit == "percent" else ""
    figures = {"the number before": star.baseline.value, "the number after": star.result_figure.value}
    return [
        name
        for name, value in figures.items()
        if value is not None and not any(says(part, value, unit) for part in star.parts().values())
    ]


def turned_round(star: Star) -> list[Mismatch]:
    """Sentences whose direction disagrees with the claims, or with their own numbers."""
    before, after = star.baseline.value, star.result_figure.value
    found: list[Mismatch] = []
    for name, part in star.parts().items():
        for sentence in sentences(part):
            for first, second in _from_to(sentence):
                verb = _verb_before(sentence.text, first.start)
                if _are_swapped(first, second, before, after):
                    expected = f"from {before:g} to {after:g}, as your claims have it"
                    told = f"from {first.value:g} to {second.value:g}"
                    found.append(Mismatch(name, quoted(sentence.text), told, expected))
                    continue
                if (verb == "rose" and first.value > second.value) or (verb == "fell" and first.value < second.value):
                    told = f"“{verb}” from {first.value:g} to {second.value:g}"
                    found.append(Mismatch(name, quoted(sentence.text), told, "a word that fits the two numbers"))
    return found


def _are_swapped(first: Said, second: Said, before: float | None, after: float | None) -> bool:
    if before is None or after is None or before == after:
        return False
    return math.isclose(first.value, abs(after)) and math.isclose(second.value, abs(before))


def _from_to(sentence: Span) -> list[tuple[Said, Said]]:
    """Pairs of numbers told as "from 24 to 26"."""
    numbers = [said for said in said_numbers(sentence.text) if said.kind in ("number", "count")]
    return [
        (first, second)
        for first, second in pairwise(numbers)
        if re.search(r"\bfrom\s+(?:about\s+|around\s+)?[€$]?$", sentence.text[: first.start], re.IGNORECASE)
        and _JOIN.match(sentence.text[first.end : second.start])
    ]


def _verb_before(text: str, position: int) -> str:
    """The last verb of rising or falling that stands shortly before a place in a sentence."""
    near = text[max(0, position - 60) : position]
    rises, falls = list(_RISES.finditer(near)), list(_FALLS.finditer(near))
    last_rise = rises[-1].start() if rises else -1
    last_fall = falls[-1].start() if falls else -1
    return "" if last_rise == last_fall else "rose" if last_rise > last_fall else "fell"


def wrong_sums(star: Star) -> list[Mismatch]:
    """Stated changes that do not follow from before and after."""
    before, after = star.baseline.value, star.result_figure.value
    if before is None or after is None:
        return []
    found: list[Mismatch] = []
    change = after - before
    decimals = max(_decimals(before), _decimals(after))
    if star.change is not None and abs(star.change - change) > 0.5 * 10**-decimals:
        found.append(Mismatch("change", "change", f"{star.change:g}", "the number after minus the number before"))
    if star.change_percent is not None:
        stated, rule = f"{star.change_percent:g} %", "the change divided by the number before, times 100"
        if before == 0:
            rule = "none, since the number before is 0"
        if before == 0 or abs(star.change_percent - 100 * change / abs(before)) > PERCENT_TOLERANCE:
            found.append(Mismatch("change_percent", "change in percent", stated, rule))
    return found


def _decimals(value: float) -> int:
    text = f"{value:.6f}".rstrip("0")
    return len(text.split(".")[1]) if "." in text else 0


def out_of_order(star: Star) -> list[Mismatch]:
    """Steps whose dates contradict the story: before, actions, decision, after."""
    before, after, decided = star.baseline.on, star.result_figure.on, star.decision.on
    found: list[Mismatch] = []

    def later(
        first: dt.date | None, second: dt.date | None, place: str, what: str, than: str, strict: bool = False
    ) -> None:
        if first and second and (second < first or (strict and second == first)):
            found.append(Mismatch(place, what, f"{second:%Y-%m-%d}", f"after {than}, {first:%Y-%m-%d}"))

    result = ("result_figure.on", "the number after")
    later(before, after, *result, "the number before", strict=True)
    for number, action in enumerate(star.actions, start=1):
        later(before, action.on, f"actions[{number}].on", f"action {number}", "what was counted before")
        later(action.on, after, *result, f"action {number}", strict=True)
    later(before, decided, "decision.on", "the decision", "what was counted before")
    later(decided, after, *result, "the decision", strict=True)
    return found


def length_problem(star: Star) -> Mismatch | None:
    """Whether the answer is too short or too long to be told."""
    low, high = WORDS.get(star.origin, (120, 250))
    count = word_count(star.text())
    if low <= count <= high:
        return None
    return Mismatch("action", "the whole answer", f"{count} words", f"{low} to {high} words")


def share_problems(star: Star) -> list[Mismatch]:
    """Parts that take too little or too much of the answer."""
    share = shares(star.parts())
    found = []
    if share["action"] < ACTION_SHARE:
        found.append(
            Mismatch("action", "Action", f"{share['action']:.0%} of your words", f"at least {ACTION_SHARE:.0%}")
        )
    if share["situation"] > SITUATION_SHARE:
        found.append(
            Mismatch(
                "situation", "Situation", f"{share['situation']:.0%} of your words", f"at most {SITUATION_SHARE:.0%}"
            )
        )
    return found


def thin_claims(star: Star) -> dict[str, str]:
    """Places of claims that are too short to say anything or repeat one another word for word, each with why."""
    fewest = {"role": (star.role, 2), "measure": (star.measure, 3), "decision.what": (star.decision.what, 3)}
    fewest |= {f"actions[{number}].what": (action.what, 3) for number, action in enumerate(star.actions, start=1)}
    thin = {
        place: f"says too little: fewer than {least} words"
        for place, (text, least) in fewest.items()
        if text and word_count(text) < least
    }
    told: dict[str, str] = {}
    for place, text in [*((place, text) for place, (text, _) in fewest.items()), ("cost.what", star.cost.what)]:
        key = " ".join(text.casefold().split())
        if key and key in told:
            thin[place] = f"says the same as “{words_at(Star, told[key])}”"
        told.setdefault(key, place)
    return thin


def claim_texts(star: Star) -> list[str]:
    """The claims that are written in words."""
    texts = [star.measure, star.decision.what, star.cost.what, *(action.what for action in star.actions)]
    return [text for text in [*texts, *(interest.wanted for interest in star.interests)] if text]
