"""Near-copies and empty shells: what is held for a person to look at, with the passages side by side; never a zero."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from curriculum.words.prose import FUNCTION_WORDS, WORD, plain, quoted, sentences, vocabulary

SIMILAR, SIMILAR_ON_ONE_PROJECT = 0.22, 0.39
"""From this cosine on, two texts are held side by side; the second where honest answers tell of one project
and share its words. Chosen between what unrelated answers and disguised copies reach, see tests/quality."""
SENTENCE_SIMILAR = 0.62
"""From this cosine on, two sentences count as the same passage."""
COPIED_SHARE = 0.40
"""From this share of an answer's words in copied sentences on, it is held, whatever the whole text's cosine."""
FEWEST_WORDS = 20
"""Shorter texts are not compared: everybody says short things alike."""

_IDF_FILE = Path(__file__).parent / "idf.json"
_SUFFIXES = (
    "ization", "isation", "ational", "fulness", "ousness", "iveness", "ingly", "ments", "ation", "ities",
    "ising", "izing",
    "ement", "ions", "ness", "ment", "ably", "edly", "ised", "ized", "ises", "izes", "ing", "ies", "ity",
    "ion", "ise",
    "ize", "ers", "ess", "est", "ful", "ous", "ive", "ant", "ent", "ed", "es", "er", "ly", "al", "s", "e",
)  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """A text that is known already: a published sample, an exemplar, another learner's answer."""

    id: str
    where: str
    text: str
    same_project: bool = False
    """Whether honest answers about the same project are to be expected, which share its words."""


@dataclass(frozen=True)
class Hold:
    """Why an answer waits for a person, with the two passages."""

    kind: str
    """near_copy, repetition, keyword_list, scrambled or beside_the_claims."""
    sentence: str
    """What a person is asked to look at, in one sentence."""
    mine: str
    theirs: str = ""
    where: str = ""
    similarity: float = 0.0
    reference: str = ""
    """Id of the text that it resembles."""

    def __str__(self) -> str:
        beside = f" Beside it: “{self.theirs}”" if self.theirs else ""
        return f"{self.sentence} Yours: “{self.mine}”{beside}"


def holds(text: str, references: Iterable[Reference]) -> list[Hold]:
    """Everything about an answer that a person should look at; the most similar reference first, at most three."""
    found = near_copies(text, references)[:3]
    return [*found, *shells(text)]


def near_copies(text: str, references: Iterable[Reference]) -> list[Hold]:
    """The references that a text resembles too closely, however disguised, most similar first."""
    mine = features(text)
    if sum(1 for _ in WORD.finditer(plain(text))) < FEWEST_WORDS:
        return []
    found = []
    for reference in references:
        similarity = cosine(mine, features(reference.text))
        limit = SIMILAR_ON_ONE_PROJECT if reference.same_project else SIMILAR
        copied, share = copied_sentences(text, reference.text) if similarity >= SIMILAR / 2 else ([], 0.0)
        if similarity < limit and share < COPIED_SHARE:
            continue
        my_passage, their_passage = copied[0] if copied else closest_passages(text, reference.text)
        found.append(
            Hold(
                "near_copy",
                f"This passage is close to {reference.where}. A person looks at both before anything follows from it.",
                quoted(my_passage, 300),
                quoted(their_passage, 300),
                reference.where,
                round(similarity, 3),
                reference.id,
            )
        )
    return sorted(found, key=lambda hold: -hold.similarity)


def copied_sentences(text: str, other: str) -> tuple[list[tuple[str, str]], float]:
    """Pairs of sentences that are the same but for disguise, and the share of the text's words in them."""
    theirs = [(sentence.text, features(sentence.text)) for sentence in sentences(other)]
    pairs: list[tuple[str, str]] = []
    copied, whole = 0, 0
    for sentence in sentences(text):
        length = sum(1 for _ in WORD.finditer(sentence.text))
        whole += length
        if length < 6 or not theirs:
            continue
        mine = features(sentence.text)
        best, other_text = max((cosine(mine, vector), shown) for shown, vector in theirs)
        if best >= SENTENCE_SIMILAR:
            pairs.append((sentence.text, other_text))
            copied += length
    return pairs, copied / whole if whole else 0.0


def closest_passages(text: str, other: str) -> tuple[str, str]:
    """The two sentences that resemble each other most."""
    theirs = [(sentence.text, features(sentence.text)) for sentence in sentences(other)]
    best: tuple[float, str, str] = (-1.0, quoted(text), quoted(other))
    for sentence in sentences(text):
        mine = features(sentence.text)
        for shown, vector in theirs:
            similarity = cosine(mine, vector)
            if similarity > best[0]:
                best = (similarity, sentence.text, shown)
    return best[1], best[2]


@lru_cache(maxsize=4096)
def features(text: str) -> Mapping[str, float]:
    """Stems and pairs of neighbouring stems, weighted by TF-IDF, as a vector of length 1; numbers count as one word."""
    stems = _stems(text)
    content = [stem for stem in stems if stem not in FUNCTION_WORDS]
    terms = Counter([*content, *(f"{first} {second}" for first, second in pairwise(content))])
    table, unknown = _idf()
    weights = {term: (1 + math.log(count)) * table.get(term, unknown) for term, count in terms.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How alike two vectors of `features` are, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())


@lru_cache(maxsize=4096)
def _stems(text: str) -> tuple[str, ...]:
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
        content = [stem for stem in _stems(text) if stem not in FUNCTION_WORDS]
        counts.update({*content, *(f"{first} {second}" for first, second in pairwise(content))})
    kept = {term: count for term, count in sorted(counts.items()) if count > 1}
    return {"documents": documents, "counts": kept}


# Empty shells: texts that nobody would say to a person.

_ARTICLES = frozenset({"a", "an", "the", "my", "our", "their", "your", "its", "every"})
_NEVER_AFTER_ARTICLE = frozenset(
    vocabulary(
        """a an the of and or but to is are was were be been with from in on at by for because that which if then
    so than as we i he she they it our my their"""
    )
)
REPEATED_SHARE, LEAST_FUNCTION_SHARE, SCRAMBLED_SHARE = 0.34, 0.17, 0.22


def shells(text: str) -> list[Hold]:
    """Repetition, lists of keywords and scrambled words: high precision, low recall."""
    tokens = [match.group() for match in WORD.finditer(plain(text))]
    if len(tokens) < FEWEST_WORDS:
        return []
    found = []
    if (repeated := _repeated(text, tokens)) is not None:
        found.append(Hold("repetition", "Much of this text repeats itself. A person looks at it.", repeated))
    grammar = sum(token in FUNCTION_WORDS for token in tokens) / len(tokens)
    if grammar < LEAST_FUNCTION_SHARE:
        found.append(Hold("keyword_list", "This reads like a list of keywords. A person looks at it.", quoted(text)))
    articles = [(a, b) for a, b in zip(tokens, [*tokens[1:], "of"], strict=True) if a in _ARTICLES]
    odd = [pair for pair in articles if pair[1] in _NEVER_AFTER_ARTICLE]
    if len(articles) >= 5 and len(odd) / len(articles) > SCRAMBLED_SHARE:
        span = quoted(text)
        found.append(
            Hold("scrambled", "The words do not seem to be in an order that one says. A person looks at it.", span)
        )
    return found


def _repeated(text: str, tokens: Sequence[str]) -> str | None:
    """The passage that repeats, where many sentences or groups of four words occur again."""
    groups = Counter(tuple(tokens[i : i + 4]) for i in range(len(tokens) - 3))
    again = sum(count for count in groups.values() if count > 1)
    if groups and again / sum(groups.values()) > REPEATED_SHARE:
        return " ".join(groups.most_common(1)[0][0])
    told: Counter[str] = Counter(" ".join(_stems(sentence.text)) for sentence in sentences(text))
    repeated = sum(count - 1 for key, count in told.items() if len(key.split()) >= 6)
    if repeated >= 2:
        return next(span.text for span in sentences(text) if told[" ".join(_stems(span.text))] > 1)
    return None


LEAST_SHARED = 0.20
"""At least this share of the words in the claims is to be expected in the text that they stand beside."""


def beside_the_claims(text: str, claims: Sequence[str]) -> list[Hold]:
    """Held where the text hardly has a word of the claims, so that it seems to tell something else."""
    claimed = {stem for claim in claims for stem in _stems(claim) if stem not in FUNCTION_WORDS and stem != "#"}
    if len(claimed) < 10 or not text:
        return []
    said = set(_stems(text))
    shared = len(claimed & said) / len(claimed)
    if shared >= LEAST_SHARED:
        return []
    sentence = "The text and the claims beside it hardly share a word. A person looks whether both tell the same story."
    return [
        Hold("beside_the_claims", sentence, quoted(text), quoted("; ".join(claims)), "your claims", round(shared, 3))
    ]
