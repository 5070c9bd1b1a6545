"""The checks of a STAR answer that a program can decide: sums, order, lengths, and text against claims."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from itertools import combinations, pairwise

from curriculum.artifacts.places import words_at
from curriculum.artifacts.star import Figure, Star
from curriculum.cases.interviews.functions import FUNCTIONS
from curriculum.practice.interview.said import figures, means
from curriculum.words.numbers import Said, said_numbers
from curriculum.words.prose import FUNCTION_WORDS, Span, quoted, sentences, shares, word_count
from curriculum.words.quantities import Quantity
from curriculum.words.terms import stem, stems

WORDS = {"practice": (120, 250), "course": (120, 250), "personal": (120, 300)}
"""Fewest and most words of an answer, by where the story comes from."""
ACTION_SHARE, SITUATION_SHARE = 0.40, 0.25
"""At least, and at most, of all words (A35)."""
PERCENT_TOLERANCE = 0.5
"""A stated percentage may differ by half a point from the recomputed one (G4)."""

ALIKE = 2 / 3
"""From this share of the words of the shorter one on, two actions read like one, and a reader may ask."""

FEWEST_OF_A_COST = 2
"""With fewer words of its own left, all of a cost's words are looked for."""

_MOST_DAYS = 10_000
"""Nobody counts by the month for longer."""

_RISES = re.compile(r"\b(?:rose|rises?|grew|grows?|increased?|climbed|went up|gone up|jumped|gained)\b", re.IGNORECASE)
_FALLS = re.compile(
    r"\b(?:fell|falls?|dropped|drops?|decreased?|went down|gone down|shrank|declined|was cut|were cut)\b", re.IGNORECASE
)
_JOIN = re.compile(
    r"^(?:\s*[\w%‰.,€$]{0,14}){0,6}?\s*(?:to|→|->|–>|down to|up to)\s+(?:about\s+|around\s+)?$", re.IGNORECASE
)
_PLACED = re.compile(
    r"^\s*(?:of\s+100|of\s+1,?000|searches|%)?\s*(?P<when>before|after)(?:wards|hand)?\b(?=\s*(?:[.,;:!?)]|$|and\b|but\b|to\b|with\b))",
    re.IGNORECASE,
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


def turned_round(star: Star) -> list[Mismatch]:
    """Sentences whose direction disagrees with the claims, or with their own numbers."""
    before, after = star.baseline.value, star.result_figure.value
    was, became = figures(star)
    found: list[Mismatch] = []
    for name, part in star.parts().items():
        for sentence in sentences(part):
            for said, when in _placed(sentence):
                other, own = (became, was) if when == "before" else (was, became)
                if (
                    before != after
                    and any(means(said, one) for one in other)
                    and not any(means(said, one) for one in own)
                ):
                    found.append(
                        Mismatch(
                            name, quoted(sentence.text), f"{said.value:g} {when}", "before and after as you claim them"
                        )
                    )
            for first, second in _from_to(sentence):
                verb = _verb_before(sentence.text, first.start)
                if before != after and _are_swapped(first, second, was, became):
                    expected = f"from {before:g} to {after:g}, as your claims have it"
                    told = f"from {first.value:g} to {second.value:g}"
                    found.append(Mismatch(name, quoted(sentence.text), told, expected))
                    continue
                if (verb == "rose" and first.value > second.value) or (verb == "fell" and first.value < second.value):
                    told = f"“{verb}” from {first.value:g} to {second.value:g}"
                    found.append(Mismatch(name, quoted(sentence.text), told, "a word that fits the two numbers"))
    return found


def _placed(sentence: Span) -> list[tuple[Said, str]]:
    """Numbers with "before" or "after" right behind them, which ends there: "29.3 of 1,000 before and 27.8 after"."""
    found = []
    for said in said_numbers(sentence.text):
        if said.kind in ("number", "count") and (match := _PLACED.match(sentence.text[said.end :])):
            found.append((said, match["when"].lower()))
    return found


def _are_swapped(first: Said, second: Said, was: list[Quantity], became: list[Quantity]) -> bool:
    def are(before: list[Quantity], after: list[Quantity]) -> bool:
        return any(means(first, one) for one in before) and any(means(second, one) for one in after)

    return are(became, was) and not are(was, became)


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
    """Stated changes that do not follow from before and after, and levels in the unit of a change."""
    before, after = star.baseline.value, star.result_figure.value
    if before is None or after is None:
        return []
    found: list[Mismatch] = []
    if star.unit == "points":
        rule = "percent, or so many of 100; percentage points are what lies between two of them"
        found.append(Mismatch("unit", "unit of the measure", "percentage points", rule))
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
        later(action.on, after, *result, "an action", strict=True)
    later(before, decided, "decision.on", "the decision", "what was counted before")
    later(decided, after, *result, "the decision", strict=True)
    return found


def not_yet_over(star: Star, today: dt.date) -> list[Mismatch]:
    """Days that lie after the last one that can have been counted."""
    days = {"the number before": ("baseline.on", star.baseline.on), "the decision": ("decision.on", star.decision.on)}
    days |= {"the number after": ("result_figure.on", star.result_figure.on)}
    days |= {f"action {n}": (f"actions[{n}].on", action.on) for n, action in enumerate(star.actions, start=1)}
    expected = f"a day that is over, at the latest {today:%Y-%m-%d}"
    return [
        Mismatch(place, what, f"{day:%Y-%m-%d}", expected) for what, (place, day) in days.items() if day and day > today
    ]


def whole_months(figure: Figure) -> int:
    """How many whole months of the calendar a figure covers, since March and June are as long to whoever counts by
    the month; 0 where it covers none."""
    if figure.on is None or not figure.days or not 1 <= figure.days <= _MOST_DAYS:
        return 0
    last, first = figure.on, figure.on.toordinal() - round(figure.days) + 1
    if first < 1 or last.day != calendar.monthrange(last.year, last.month)[1]:
        return 0
    begins = dt.date.fromordinal(first)
    return 12 * (last.year - begins.year) + last.month - begins.month + 1 if begins.day == 1 else 0


def different_actions(star: Star) -> int:
    """How many actions there are, where those that say the same with the same words, in whatever order, are one."""
    said = {content(action.what) or frozenset({action.what}) for action in star.actions if action.what}
    return len(said)


def actions_alike(star: Star) -> list[tuple[int, int]]:
    """Pairs of actions that share so many words that they may be one, told twice; for a reader's question only."""
    words = {number: content(action.what) for number, action in enumerate(star.actions, start=1) if action.what}
    return [
        (one, two)
        for one, two in combinations(words, 2)
        if words[one] and words[two] and len(words[one] & words[two]) >= ALIKE * min(len(words[one]), len(words[two]))
    ]


def content(text: str) -> frozenset[str]:
    """The words of a claim that carry something, without endings and numbers."""
    return frozenset(_root(one) for one in stems(text) if one not in FUNCTION_WORDS and one != "#")


def cost_words(star: Star) -> frozenset[str]:
    """What the cost is told by: its words without those of who and what was in conflict, which each story has."""
    words = content(star.cost.what)
    known = content(" ".join([*(side.label for side in FUNCTIONS.values()), *(one.wanted for one in star.interests)]))
    return own if len(own := words - known) >= FEWEST_OF_A_COST else words


def is_negated(text: str) -> bool:
    """Whether a claim denies something, so that its words may be those of the opposite."""
    return re.search(r"\b(?:no|not|never|none|without|nothing|fewer|less)\b|n['’]t\b", text, re.IGNORECASE) is not None


def _root(word: str) -> str:
    """A word without any ending, since one may hide another: rehearsals, rehearsal."""
    while (shorter := stem(word)) != word:
        word = shorter
    return word


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
    if round(share["action"], 2) < ACTION_SHARE:  # as it is shown
        found.append(
            Mismatch("action", "Action", f"{share['action']:.0%} of your words", f"at least {ACTION_SHARE:.0%}")
        )
    if round(share["situation"], 2) > SITUATION_SHARE:
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
