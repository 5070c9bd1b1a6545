"""Near-copies, and whatever else is held for a person to look at, with the passages side by side; never a zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from curriculum.words.prose import FUNCTION_WORDS, plain, quoted, sentences, word_count
from curriculum.words.shells import doubts, shell
from curriculum.words.terms import cosine, features, stems

SIMILAR, SIMILAR_ON_ONE_PROJECT = 0.22, 0.39
"""From this cosine on, two texts are held side by side; the second where honest answers tell of one project
and share its words. Chosen between what unrelated answers and disguised copies reach, see tests/quality."""
SENTENCE_SIMILAR = 0.62
"""From this cosine on, two sentences count as the same passage."""
COPIED_SHARE = 0.40
"""From this share of an answer's words in copied sentences on, it is held, whatever the whole text's cosine."""
FEWEST_SENTENCE_WORDS = 6
"""Shorter sentences are not compared."""
FEWEST_WORDS = 20
"""Shorter texts are not compared: everybody says short things alike."""


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
    """near_copy, shell, repetition, keyword_list, scrambled or beside_the_claims."""
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
    return [*found, *emptiness(text)]


def emptiness(text: str) -> list[Hold]:
    """What makes a text look empty: it says nothing at all, or reads like nothing that one says to a person."""
    found = [Hold("shell", f"{reason} A person looks at it.", quoted(text))] if (reason := shell(text)) else []
    return [
        *found,
        *(Hold(doubt.kind, f"{doubt.sentence} A person looks at it.", doubt.span) for doubt in doubts(text)),
    ]


def near_copies(text: str, references: Iterable[Reference]) -> list[Hold]:
    """The references that a text resembles too closely, however disguised, most similar first."""
    mine = features(text)
    if word_count(plain(text)) < FEWEST_WORDS:
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


def borrowed_sentence(text: str, references: Sequence[Reference]) -> tuple[str, Reference] | None:
    """The first reference from which a sentence of the text is the same but for disguise, with that sentence."""
    with_term = _by_term(tuple(reference.text for reference in references))
    found = [
        (min(text_number for (text_number, _), cosine in cosines.items() if cosine >= SENTENCE_SIMILAR), number, own)
        for number, (own, length, mine) in enumerate(_weighed(text))
        if length >= FEWEST_SENTENCE_WORDS
        and max((cosines := _cosines(mine, with_term)).values(), default=0.0) >= SENTENCE_SIMILAR
    ]
    return (min(found)[2], references[min(found)[0]]) if found else None


def copied_sentences(text: str, other: str) -> tuple[list[tuple[str, str]], float]:
    """Pairs of sentences that are the same but for disguise, and the share of the text's words in them."""
    theirs, with_term = _weighed(other), _by_term((other,))
    pairs: list[tuple[str, str]] = []
    copied, whole = 0, 0
    for own_text, length, mine in _weighed(text):
        whole += length
        if length < FEWEST_SENTENCE_WORDS:
            continue
        cosines = _cosines(mine, with_term)
        best, other_text = max(((cosine, theirs[at][0]) for (_, at), cosine in cosines.items()), default=(0.0, ""))
        if best >= SENTENCE_SIMILAR:
            pairs.append((own_text, other_text))
            copied += length
    return pairs, copied / whole if whole else 0.0


@lru_cache(maxsize=512)
def _weighed(text: str) -> tuple[tuple[str, int, Mapping[str, float]], ...]:
    """The sentences of a text, each with its number of words and its `features`; references come again and again."""
    found = (sentence.text for sentence in sentences(text))
    return tuple((each, word_count(each), features(each)) for each in found)


Place = tuple[int, int]
"""A text, and a sentence in it, by their numbers."""


@lru_cache(maxsize=512)
def _by_term(texts: tuple[str, ...]) -> Mapping[str, Sequence[tuple[Place, float]]]:
    """The terms of some texts, each with the sentences that have it and its weight there."""
    found: dict[str, list[tuple[Place, float]]] = {}
    for number, text in enumerate(texts):
        for at, (_, _, vector) in enumerate(_weighed(text)):
            for term, weight in vector.items():
                found.setdefault(term, []).append(((number, at), weight))
    return found


def _cosines(mine: Mapping[str, float], with_term: Mapping[str, Sequence[tuple[Place, float]]]) -> dict[Place, float]:
    """How alike a sentence is to each that shares a term with it; most share none."""
    found: dict[Place, float] = {}
    for term, weight in mine.items():
        for place, their_weight in with_term.get(term, ()):
            found[place] = found.get(place, 0.0) + weight * their_weight
    return found


def closest_passages(text: str, other: str) -> tuple[str, str]:
    """The two sentences that resemble each other most."""
    best: tuple[float, str, str] = (-1.0, quoted(text), quoted(other))
    for own_text, _, mine in _weighed(text):
        for shown, _, vector in _weighed(other):
            similarity = cosine(mine, vector)
            if similarity > best[0]:
                best = (similarity, own_text, shown)
    return best[1], best[2]


LEAST_SHARED = 0.20
"""At least this share of the words in the claims is to be expected in the text that they stand beside."""


def beside_the_claims(text: str, claims: Sequence[str]) -> list[Hold]:
    """Held where the text hardly has a word of the claims, so that it seems to tell something else."""
    claimed = {stem for claim in claims for stem in stems(claim) if stem not in FUNCTION_WORDS and stem != "#"}
    if len(claimed) < 10 or not text:
        return []
    said = set(stems(text))
    shared = len(claimed & said) / len(claimed)
    if shared >= LEAST_SHARED:
        return []
    sentence = "The text and the claims beside it hardly share a word. A person looks whether both tell the same story."
    return [
        Hold("beside_the_claims", sentence, quoted(text), quoted("; ".join(claims)), "your claims", round(shared, 3))
    ]
