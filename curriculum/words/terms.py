"""Words as terms that can be compared: stems, TF-IDF weights from the course's own prose, cosines."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from curriculum.words.prose import FUNCTION_WORDS, WORD, plain

_IDF_FILE = Path(__file__).parent / "idf.json"
_SUFFIXES = (
    "ization", "isation", "ational", "fulness", "ousness", "iveness", "ingly", "ments", "ation", "ities",
    "ising", "izing",
    "ement", "ions", "ness", "ment", "ably", "edly", "ised", "ized", "ises", "izes", "ing", "ies", "ity",
    "ion", "ise",
    "ize", "ers", "ess", "est", "ful", "ous", "ive", "ant", "ent", "ed", "es", "er", "ly", "al", "s", "e",
)  # fmt: skip


@lru_cache(maxsize=4096)
def features(text: str) -> Mapping[str, float]:
    """Stems and pairs of neighbouring stems, weighted by TF-IDF, as a vector of length 1; numbers count as one word."""
    content = [term for term in stems(text) if term not in FUNCTION_WORDS]
    terms = Counter([*content, *(f"{first} {second}" for first, second in pairwise(content))])
    table, unknown = _idf()
    weights = {term: (1 + math.log(count)) * table.get(term, unknown) for term, count in terms.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How alike two vectors of `features` are, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    if one.keys().isdisjoint(other):  # most pairs of sentences
        return 0.0
    return sum([weight * other[term] for term, weight in one.items() if term in other])


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """The stems of all words of a text, in order."""
    # Letters that were pulled apart ("m o d e l") are put together again before words are cut.
    joined = re.sub(r"(?<=\b\w)[ .\-_*](?=\w\b)", "", plain(text))
    return tuple(stem(match.group()) for match in WORD.finditer(joined))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its usual endings; everything with a digit is "#"."""
    if any(char.isdigit() for char in word):
        return "#"
    word = word.split("'")[0].split("’")[0].replace("-", "")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou" else word


def rarity(stem: str) -> float:
    """How rare a stem is in the course's own prose, from 0 to 1: 1 where it never occurs."""
    table, unknown = _idf()
    return table.get(stem, unknown) / unknown


def is_known(word: str) -> bool:
    """Whether the course's own prose has this word, in whatever form."""
    return word in FUNCTION_WORDS or is_known_stem(stem(word))


def is_known_stem(stem: str) -> bool:
    """Whether the course's own prose has a word with this stem."""
    return stem in _idf()[0]


def known_stems() -> Iterable[str]:
    """The stems of the course's own words, and the words that carry grammar."""
    return [*FUNCTION_WORDS, *(term for term in _idf()[0] if " " not in term)]


@cache
def _idf() -> tuple[Mapping[str, float], float]:
    """The weight of each term in the course's own prose, and of terms that it does not have."""
    stored = json.loads(_IDF_FILE.read_text(encoding="utf-8"))
    documents: int = stored["documents"]
    table = {term: math.log((1 + documents) / (1 + count)) + 1 for term, count in stored["counts"].items()}
    return table, math.log(1 + documents) + 1


def count_documents(texts: Iterable[str]) -> dict[str, object]:
    """In how many of the texts each term occurs: what idf.json holds. Terms of a single text are left out."""
    counts: Counter[str] = Counter()
    documents = 0
    for text in texts:
        documents += 1
        content = [term for term in stems(text) if term not in FUNCTION_WORDS]
        counts.update({*content, *(f"{first} {second}" for first, second in pairwise(content))})
    kept = {term: count for term, count in sorted(counts.items()) if count > 1}
    return {"documents": documents, "counts": kept}
