"""A phrasing as terms that can be compared: words cut to stems, everyday words that stand for one another, its turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from curriculum.artifacts import yaml_text
from curriculum.words.prose import FUNCTION_WORDS, WORD, plain
from curriculum.words.terms import rarity, stem

_NEAR_WORDS = Path(__file__).parent / "near_words.yaml"
ASKING = frozenset({"who", "whom", "whose", "when", "how", "why", "where", "which", "what", "many", "much"})
_ANSWERING = frozenset({"yes", "no", "not", "never", "nothing"})
_GRAMMAR, _ASKING, _ANSWER = 0.25, 0.45, 0.4
"""What words weigh that the course's table of rare words leaves out: they tell questions and answers apart."""


@dataclass(frozen=True)
class Phrasing:
    """One way to say something."""

    words: str
    """As it was written, in small letters."""
    terms: tuple[str, ...]
    """Stems in order; words that carry grammar stay whole."""
    senses: frozenset[int]
    """Numbers of the groups of near words that it uses."""
    asks: bool
    """Whether it is a question."""

    @property
    def turn(self) -> frozenset[str]:
        """What tells a thank-you from a question: words, pairs of words, how it begins and ends, senses."""
        last = ">?" if self.asks else ">"
        runs = (f"{one} {two}" for one, two in pairwise(("<", *self.terms, last)))
        return frozenset({*self.terms, *runs, *(f"={sense}" for sense in self.senses)})


@lru_cache(maxsize=16384)
def phrasing(text: str) -> Phrasing:
    """A text as terms."""
    terms = _terms(text)
    asks = text.rstrip().endswith("?") or (bool(terms) and terms[0] in ASKING)
    return Phrasing(" ".join(plain(text).split()), terms, frozenset(_senses(terms)), asks)


def weight(term: str) -> float:
    """How much a term tells, 0 to 1."""
    if term in ASKING:
        return _ASKING
    if term in _ANSWERING:
        return _ANSWER
    return _GRAMMAR if term in FUNCTION_WORDS else rarity(term)


def content(terms: tuple[str, ...]) -> frozenset[str]:
    """The terms that do not only carry grammar."""
    return frozenset(term for term in terms if term not in FUNCTION_WORDS)


def pairs(terms: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Neighbouring terms, where at least one says something."""
    for one, two in pairwise(terms):
        if ASKING & {one, two} or not {one, two} <= FUNCTION_WORDS:
            yield one, two


def is_near_word(term: str) -> bool:
    """Whether a term is an everyday word that has others near it."""
    return term in _near_words()


@lru_cache(maxsize=16384)
def _terms(text: str) -> tuple[str, ...]:
    words = (match.group().split("'")[0] for match in WORD.finditer(plain(text)))
    whole = (word[:-1] if word[:-1] in ASKING else word for word in words)  # "whats", as people type it
    return tuple(word if word in FUNCTION_WORDS else stem(word) for word in whole)


def _senses(terms: tuple[str, ...]) -> Iterator[int]:
    near = _near_words()
    for start, term in enumerate(terms):
        for run, sense in near.get(term, ()):
            if terms[start : start + len(run)] == run:
                yield sense


@cache
def _near_words() -> Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """By its first term, each entry as terms, with the number of its group."""
    found: dict[str, tuple[tuple[tuple[str, ...], int], ...]] = {}
    groups = yaml_text.parse(_NEAR_WORDS.read_text(encoding="utf-8")).data
    for sense, group in enumerate(groups):
        for entry in group:
            run = _terms(entry)
            found[run[0]] = (*found.get(run[0], ()), (run, sense))
    return found
