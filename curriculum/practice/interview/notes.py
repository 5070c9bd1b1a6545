"""Automatic notes on an answer: questions with the span quoted, from rules that were measured; they cost no points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from curriculum.words.numbers import Said, said_numbers
from curriculum.words.prose import Span, quoted, sentences, word_count

LABEL = "Automatic note, not yet read by a person"
FEWEST_WORDS = 30
"""Shorter texts get no notes: nearly everything is missing in them."""


@dataclass(frozen=True)
class Note:
    """A question about one place of an answer."""

    rule: str
    question: str
    span: str
    """The learner's own words that the question is about."""

    def __str__(self) -> str:
        return f"{self.question} (“{self.span}”)"


@dataclass(frozen=True)
class Rule:
    """One thing to ask about. `find` gives the span to quote, or None where there is nothing to ask."""

    id: str
    question: str
    find: Callable[[str], Span | None]


def notes(text: str) -> list[Note]:
    """The questions that the active rules have about an answer, at most four."""
    return [note for note in all_notes(text) if note.rule in ACTIVE][:4]


def all_notes(text: str) -> Iterator[Note]:
    """The questions of every rule, silent ones too; for measuring."""
    if word_count(text) < FEWEST_WORDS:
        return
    for rule in RULES:
        span = rule.find(text)
        if span is not None:
            yield Note(rule.id, rule.question, quoted(span.text))


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})", re.IGNORECASE)


_BIG_WORD = re.compile(
    r"\b(?:significant(?:ly)?|dramatic(?:ally)?|considerabl[ey]|enormous(?:ly)?|substantial(?:ly)?|great(?:ly)?"
    r"|massive(?:ly)?|huge(?:ly)?|marked(?:ly)?|a lot|lots|much|way|far|incredibl[ey]"
    r"|tremendous(?:ly)?|remarkabl[ey]|noticeabl[ey])\b",
    re.IGNORECASE,
)
_BETTER = _words(
    "improve", "increase", "decrease", "reduc", "drop", "fell", "rose", "grew", "declin", "better",
    "faster", "higher", "lower", "shorter", "fewer", "less", "cut", "boost", "quicker", "smoother",
)  # fmt: skip
_BESIDE = 30
"""How many characters may stand between the beginnings of a big word and of the change that it describes."""
_PROMISE = re.compile(
    r"\b(?:projected|is expected to|are expected to|forecast(?:ed)?|estimated to"
    r"|according to (?:our|the) (?:model|plan|calculation)|will (?:bring|save|give|increase|reduce|generate)"
    r"|would (?:bring|save|give|increase|reduce|generate)|business case|offline replay|simulated)\b",
    re.IGNORECASE,
)
_SHARE = _words(
    "half", "halv", "third", "quarter of", "fifth", "tenth", "twice", "double", "doubl", "tripl", "none",
    "nobody", r"\w+ (?:in|of|out of) (?:two|three|four|five|ten|\d)", "all of them", "most of", "majority",
    "percent",
)  # fmt: skip
_BEFORE = re.compile(
    r"\b(?:from|before|had been|used to|instead of|down|up|previous(?:ly)?|against|vs|versus|than|compared|baseline|old"
    r"|until then|normal(?:ly)?|usual(?:ly)?|fell|rose|dropped|grew|halved|doubled|twice|more|fewer|less|rather|stayed"
    r"|still"
    r"|in the past|at first|to begin with|originally|last year|so far)\b|→|->",
    re.IGNORECASE,
)
_TIME = _words(
    "day", "week", "month", "quarter", "year", "hour", "minute", "winter", "spring", "summer", "autumn",
    "fall of", "night", "season", "morning", "evening", "afternoon", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday", "weekend", "since", "sprint", "january", "february",
    "march", "april", "june", "july", "august", "september", "october", "november", "december", "q[1-4]",
    "term", "fortnight", "shift", "semester", "easter", "christmas", r"\d{1,2}:\d{2}", "trial",
)  # fmt: skip
_COST = _words(
    "cost", "price", "paid", "pay", "gave up", "gives? up", "given up", "giving up", "lost", "los[ei]",
    "loss", "sacrific", "accept", "trade", "exchange", "expens", "delay", "late", "slow", "longer", "worse",
    "complain", "unhappy", "disappoint", "angry", "furious", "mind", "miss", "wait", "effort", "overtime",
    "refund", "discount", "hours", "extra", "downside", "however", "although", "remain", "rise", "rose",
    "still", "stale", "hurt", "less ", "fewer", "without", "no longer", "gone", "burden", "had to",
    "suffer", "took", "more work", "dropped", "postpone", "pushed back", "behind", "threw", "budget",
    "debt", "not happy", "grumbl", "swallow", "forego", "renounc", "compromis", "painful", "sad", "held up",
    r"\w+ more\b", "more", "need", "regret", "ashamed", "embarrass",
)  # fmt: skip
_TWO_SIDES = _words(
    "want", "wish", "insist", "fear", "prefer", "refus", "hate", "oppos", "against", "disagree", "argu",
    "conflict", "camp", "both", "each", "while", "whereas", "other hand", "object", "demand", "need",
    "worr", "afraid", "protect", "did not trust", "sides?", "between", "resist", "blame", "said", "trusted",
    "distrust", "claimed", "disput", "sought", "advocat", "love", "liked", "vs", "theor", "they", "asked",
    "care", "responsib", "measured by", "goal", "interest", "regard", "consider", "thought", "felt",
)  # fmt: skip
_DECIDED = _words(
    "deci", "chose", "choos", "approv", "sign", "agree", "board", "director", "committee", "head", "vp",
    "cto", "ceo", "cfo", "manager", "lead", "boss", "owner", "made the call", "council", "vote", "ruled",
    "resolved", "chief", "took the", "we took", "said yes", "said no", "green light", "go-ahead",
    "accepted", "went for", "picked", "settled", "record", "kept", "stopp", "president", "minister",
    "partner", "sponsor", "call",
)  # fmt: skip
_LOOKS_BACK = re.compile(
    r"\b(?:next time|next one|again|learn\w*|hindsight|retrospect|should(?:n't| not)? have|since then|since|now i"
    r"|today i|i now|from now|lesson|if i|differently|earlier|would|regret|wish i|mistake"
    r"|in future|looking back|these days|nowadays|today|now|anymore"
    r"|any more|ever after|until then|always|never)\b",
    re.IGNORECASE,
)


def _vague(text: str) -> Span | None:
    """A big word beside a change, in a sentence that says no number."""
    for sentence in sentences(text):
        changes = list(_BETTER.finditer(sentence.text))
        beside = any(
            abs(big.start() - change.start()) <= _BESIDE and not sentence.text[: big.start()].rstrip().endswith(" too")
            for big in _BIG_WORD.finditer(sentence.text)
            for change in changes
        )
        if beside and not said_numbers(sentence.text):
            return sentence
    return None


def _promised(text: str) -> Span | None:
    """A promise with a number, when no later sentence has a number."""
    with_numbers = [sentence for sentence in sentences(text) if _quantities(sentence.text)]
    return with_numbers[-1] if with_numbers and _PROMISE.search(with_numbers[-1].text) else None


def _no_number(text: str) -> Span | None:
    if _quantities(text) or _SHARE.search(text) or re.search(r"\bfrom \w+ to \w+", text):
        return None
    if any(said.kind == "count" for sentence in sentences(text)[-3:] for said in said_numbers(sentence.text)):
        return None  # "two night calls since then" is a number too
    return _last(text)


def _no_before(text: str) -> Span | None:
    with_numbers = [sentence for sentence in sentences(text) if _results(sentence.text)]
    if not with_numbers or _promised(text) or any(_BEFORE.search(sentence.text) for sentence in with_numbers):
        return None
    if sum(len(_results(sentence.text)) for sentence in with_numbers) > 2:
        return None  # with many numbers, one of them may well be the one before
    return with_numbers[-1]


def _no_window(text: str) -> Span | None:
    with_numbers = [sentence for sentence in sentences(text) if _results(sentence.text)]
    return with_numbers[-1] if with_numbers and not _TIME.search(text) else None


def _without(pattern: re.Pattern[str]) -> Callable[[str], Span | None]:
    return lambda text: None if pattern.search(text) else _last(text)


def _last(text: str) -> Span | None:
    found = sentences(text)
    return found[-1] if found else None


def _quantities(text: str) -> list[Said]:
    """Numbers that measure something: neither a date nor a small count."""
    return [said for said in said_numbers(text) if said.kind == "number" or _is_counted_whole(said)]


def _is_counted_whole(said: Said) -> bool:
    """The 40 of "three of 40", and not the 1,000 of "26 of 1,000"."""
    return said.kind == "denominator" and said.value > 12 and f"{said.value:.0f}".strip("0") != "1"


def _results(text: str) -> list[Said]:
    """Quantities that are no length of time."""
    spans = {"day", "week", "month", "year", "hour", "quarter"}
    return [said for said in _quantities(text) if said.unit not in spans]


RULES = (
    Rule("vague", "How much is that? A number with what it was before would say it.", _vague),
    Rule("forecast", "Is this a forecast, or was it measured afterwards?", _promised),
    Rule("number", "I could not find a number for the result. Is there one?", _no_number),
    Rule("before", "I could not find what it was before. Is it there?", _no_before),
    Rule("window", "I could not find over which time this was counted. Is it there?", _no_window),
    Rule("cost", "I could not find what was given up, or who paid. Is it there?", _without(_COST)),
    Rule("second_view", "I could not find what the other side wanted. Is it there?", _without(_TWO_SIDES)),
    Rule("decision", "I could not find who decided. Is it there?", _without(_DECIDED)),
    Rule("look_back", "I could not find what you would do differently. Is it there?", _without(_LOOKS_BACK)),
)
ACTIVE = frozenset({"number", "decision"})
"""The rules that speak: right at least 17 times in 20, and heard at least 5 times, on answers written after the rules.

The others stay silent until they are right that often; tests/quality measures all of them, failures included.
"""
