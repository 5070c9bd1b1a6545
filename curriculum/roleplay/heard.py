"""What a learner typed, matched to what can be said at this moment: ranked, or none. Pure, quick, without a model.

An `Ear` knows a whole script; what it is asked about are the choices that are open. Evidence is added up: how alike the
typed words are to the phrasings of a choice, how much of them only this choice has, senses that everyday words share,
who is named, whether it asks or answers, how turns of this kind sound in this script, and the letters, which forgives
slips. Words and numbers that were just said by others tell that it is an answer to them. Against it counts how much of
what was typed nobody in this conversation would say. It decides nothing: the learner confirms. Measured in
tests/quality.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from curriculum.cases import Case
from curriculum.course.lesson_plan import Term
from curriculum.roleplay.phrasing import Phrasing, content, is_near_word, pairs, phrasing, weight
from curriculum.roleplay.script import MAX_SAID, Script
from curriculum.words.shells import shell
from curriculum.words.terms import is_known_stem

MOST = 3
"""So many are offered at most."""
FITS = 0.73
"""A choice fits from this score on; less is answered with “none fits”."""
BESIDE = 1.5
"""So far below the best one a choice is offered beside it."""

_ALIKE, _CLOSEST, _OWN, _LETTERS, _ASKS, _NAMED = 2.0, 0.5, 0.3, 0.75, 0.3, 1.5
_SENSE, _SENSES, _TURN = 0.5, 2.0, 0.15
_STRANGE, _UNKNOWN = 2.0, 0.2
_ECHO, _QUOTED, _QUOTES = 1.0, 0.3, 2
"""What each piece of evidence weighs; found by leaving out each phrasing in turn and looking for its choice."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_LOCAL = 0.8
"""How far a term's weight rests on how many of the open choices have it, 0 to 1."""
_LORE = 0.4
"""What a word is worth that only the glossary connects with a choice."""
_SLIP = 84
"""Letters in a hundred that a word must share with another to be a slip of it."""


@dataclass(frozen=True)
class Fit:
    """How well a choice fits what was typed."""

    id: str
    score: float


@dataclass(frozen=True, eq=False)
class Ear:
    """What helps to understand what is typed in one conversation."""

    phrasings: Mapping[str, tuple[Phrasing, ...]]
    """Of every choice by its id."""
    styles: Mapping[str, str]
    """Of every choice by its id: open, closed, summary …"""
    lore: Mapping[str, str]
    """What words stand for: people's names with what they are, terms of the glossary with their meanings."""
    names: frozenset[str]
    """Terms of people's names."""
    heard_here: frozenset[str]
    """Terms that people use in this conversation, besides the choices."""

    def heard(self, said: str, open_now: Iterable[str], lately: str = "") -> tuple[str, ...]:
        """Ids of the open choices that fit what was typed, best first, at most three; none where nothing fits.

        `lately` is what people said just before.
        """
        ranked = self.fits(said, open_now, lately)
        if not ranked or ranked[0].score < FITS:
            return ()
        return tuple(fit.id for fit in ranked[:MOST] if fit.score >= ranked[0].score - BESIDE)

    def fits(self, said: str, open_now: Iterable[str], lately: str = "") -> list[Fit]:
        """Every open choice with its score, best first; none where nothing was said."""
        typed = phrasing(said[:MAX_SAID])
        if not set(typed.terms) - {"#"} or shell(said[:MAX_SAID]):
            return []
        moment = self._moment(tuple(open_now))
        apt = _echo(typed, lately) - self._strangeness(moment.without_slips(typed.terms))
        found = [Fit(id, score + apt) for id, score in moment.scores(typed)]
        return sorted(found, key=lambda fit: -fit.score)

    def _strangeness(self, terms: tuple[str, ...]) -> float:
        """How much of what was typed nobody in this conversation would say."""
        words = content(terms)
        if not words:
            return 0.0
        strange = [term for term in words if term not in self._vocabulary and not is_near_word(term)]
        unknown = sum(1 for term in strange if term != "#" and not is_known_stem(term))
        return _STRANGE * len(strange) / len(words) + _UNKNOWN * unknown

    def _moment(self, ids: tuple[str, ...]) -> _Moment:
        """What the open choices are; the last ones are kept, since people try several words."""
        if ids not in self._moments:
            self._moments.clear()
            self._moments[ids] = _Moment(self, ids)
        return self._moments[ids]

    @cached_property
    def _moments(self) -> dict[tuple[str, ...], _Moment]:
        return {}

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return self.heard_here.union(*(one.terms for ones in self.phrasings.values() for one in ones))

    @cached_property
    def _turns(self) -> tuple[Mapping[str, Counter[str]], Counter[str]]:
        """How often turns of each style have each feature, and how often all have it."""
        by_style: dict[str, Counter[str]] = {}
        for id, ones in self.phrasings.items():
            for one in ones:
                by_style.setdefault(self.styles[id], Counter()).update(one.turn)
        whole: Counter[str] = Counter()
        for counts in by_style.values():
            whole.update(counts)
        return by_style, whole

    @cached_property
    def _sizes(self) -> Mapping[str, int]:
        by_style, whole = self._turns
        return {"": whole.total(), **{style: counts.total() for style, counts in by_style.items()}}

    def turn_odds(self, typed: Phrasing, style: str) -> float:
        """How much more often what was typed sounds like turns of this style than like any turn, as a logarithm."""
        by_style, whole = self._turns
        known = [feature for feature in typed.turn if whole[feature]]
        if not known:
            return 0.0
        own, size, everything = by_style[style], self._sizes[style], self._sizes[""]
        odds = sum(
            math.log((own[feature] + 0.5) / (size + 1)) - math.log((whole[feature] + 0.5) / (everything + 1))
            for feature in known
        )
        return odds / math.sqrt(len(known))


class _Moment:
    """The choices that are open now: a word tells more where few of them have it."""

    def __init__(self, ear: Ear, ids: Sequence[str]):
        self._ear, self._ids = ear, ids
        self._terms = {id: frozenset(term for one in ear.phrasings[id] for term in one.terms) for id in ids}
        self._holders = Counter(term for terms in self._terms.values() for term in terms)
        self._senses = {id: Counter(sense for one in ear.phrasings[id] for sense in one.senses) for id in ids}
        self._sense_holders = Counter(sense for senses in self._senses.values() for sense in senses)
        self._lore = {id: self._told(id) for id in ids}
        self._vectors = {id: [self._vector(one.terms) for one in ear.phrasings[id]] for id in ids}

    def scores(self, typed: Phrasing) -> list[tuple[str, float]]:
        from rapidfuzz import fuzz

        terms = self.without_slips(typed.terms)
        mine = self._vector(terms)
        whole = sum(self._weight(term) for term in set(terms)) or 1.0
        found = []
        for id in self._ids:
            ones = self._ear.phrasings[id]
            alike = sorted((_cosine(mine, vector) for vector in self._vectors[id]), reverse=True)
            asks = sum(one.asks for one in ones) / len(ones)
            letters = max(fuzz.token_sort_ratio(typed.words, one.words) for one in ones) / 100
            sense, senses = self._shared_senses(typed, id)
            score = (
                _ALIKE * sum(alike[:3]) / 3
                + _CLOSEST * alike[0]
                + _OWN * sum(self._weight(term) * self._belongs(term, id) for term in set(terms)) / whole
                + _LETTERS * letters
                + _ASKS * (asks if typed.asks else 1 - asks)
                + _NAMED * self._named(terms, ones)
                + _SENSE * sense
                + _SENSES * senses
                + _TURN * self._ear.turn_odds(typed, self._ear.styles[id])
            )
            found.append((id, score))
        return found

    def _weight(self, term: str) -> float:
        return weight(term) * (1 - _LOCAL + _LOCAL * _rarely(self._holders[term], len(self._ids)))

    def _vector(self, terms: tuple[str, ...]) -> dict[str, float]:
        counts = Counter(terms)
        vector = {term: (1 + math.log(count)) * self._weight(term) for term, count in counts.items()}
        for one, two in pairs(terms):
            vector[f"{one} {two}"] = 0.5 * math.sqrt(self._weight(one) * self._weight(two))
        return vector

    def _belongs(self, term: str, id: str) -> float:
        """How far a word is this choice's and nobody else's, 0 to 1."""
        if term in self._terms[id]:
            return 1 / self._holders[term]
        return _LORE if term in self._lore[id] else 0.0

    def _named(self, terms: tuple[str, ...], ones: Sequence[Phrasing]) -> float:
        """How many of a choice's phrasings name the people who were named."""
        named = self._ear.names.intersection(terms)
        return sum(sum(name in one.terms for one in ones) for name in named) / len(ones)

    def _shared_senses(self, typed: Phrasing, id: str) -> tuple[float, float]:
        """The senses shared with one phrasing, as a cosine; and how usual those that were typed are for the choice."""
        if not typed.senses:
            return 0.0, 0.0
        weights = {
            sense: _rarely(self._sense_holders[sense], len(self._ids))
            for sense in typed.senses.union(self._sense_holders)
        }
        square = {sense: value * value for sense, value in weights.items()}
        mine = sum(square[sense] for sense in typed.senses)
        best = 0.0
        for one in self._ear.phrasings[id]:
            if shared := typed.senses & one.senses:
                theirs = sum(square[sense] for sense in one.senses)
                best = max(best, sum(square[sense] for sense in shared) / math.sqrt(mine * theirs))
        count = len(self._ear.phrasings[id])
        usual = sum(weights[sense] * self._senses[id][sense] / count for sense in typed.senses)
        return best, usual / sum(weights[sense] for sense in typed.senses)

    def _told(self, id: str) -> frozenset[str]:
        """Words that the glossary and the cast connect with a choice."""
        found: set[str] = set()
        for term, meaning in self._ear.lore.items():
            words = content(phrasing(term).terms)
            if words & self._terms[id]:
                found |= words | content(phrasing(meaning).terms)
        return frozenset(found)

    def without_slips(self, terms: tuple[str, ...]) -> tuple[str, ...]:
        """The terms, with slips of the keyboard as what they are slips of."""
        from rapidfuzz import fuzz, process

        known = frozenset().union(*self._terms.values(), *self._lore.values())
        long = sorted(term for term in content(tuple(known)) if len(term) > 3)
        mended = []
        for term in terms:
            if term not in known and len(term) > 3:
                near = process.extractOne(term, long, scorer=fuzz.ratio, score_cutoff=_SLIP)
                term = near[0] if near else term
            mended.append(term)
        return tuple(mended)


def _echo(typed: Phrasing, lately: str) -> float:
    """How far what was typed takes up the words and the numbers of what was just said."""
    heard = phrasing(lately)
    words = content(typed.terms) - {"#"}
    whole = sum(weight(term) for term in words) or 1.0
    taken_up = sum(weight(term) for term in words.intersection(heard.terms)) / whole
    quoted = set(_NUMBER.findall(typed.words)).intersection(_NUMBER.findall(heard.words))
    return _ECHO * taken_up + _QUOTED * min(_QUOTES, len(quoted))


def _rarely(holders: int, of: int) -> float:
    """1 for what one choice has or none, less for what several have."""
    return math.log(1 + of / holders) / math.log(1 + of) if holders else 1.0


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    length = math.sqrt(sum(value * value for value in one.values()) * sum(value * value for value in other.values()))
    return sum(value * other[term] for term, value in one.items() if term in other) / length if length else 0.0


def ear(script: Script, case: Case, say: Callable[[str], str], glossary: Iterable[Term] = ()) -> Ear:
    """The ear of a script in its world; `say` fills the holes of a text."""
    phrasings = {
        choice.id: tuple(phrasing(say(text)) for text in (choice.text, *choice.also))
        for choice in script.choices.values()
    }
    people = [case.people[who] for who in script.cast]
    lore = {
        **{person.label: f"{person.role} {person.function}" for person in people},
        **{term.term: term.meaning for term in glossary},
    }
    told = [fact.label for fact in case.facts.values()]
    told += [say(line.text) for node in script.nodes.values() for line in node.says]
    told += [word for pair in lore.items() for word in pair]
    return Ear(
        phrasings,
        {choice.id: choice.style for choice in script.choices.values()},
        lore,
        frozenset(term for person in people for term in phrasing(person.label).terms),
        frozenset(term for text in told for term in phrasing(text).terms),
    )
