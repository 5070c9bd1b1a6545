"""Whether an artifact's texts are another one's, but for numbers, ids and small changes: held for a person, never more.

The same question is asked of a learner and the course's own example, and of two learners.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from curriculum.words.copies import COPIED_SHARE, FEWEST_WORDS, SIMILAR_ON_ONE_PROJECT, copied_sentences
from curriculum.words.copies import closest_passages as closest
from curriculum.words.prose import quoted, word_count
from curriculum.words.shells import RATIO, comparable
from curriculum.words.terms import cosine, features

FEWEST_TEXT_WORDS = 5
"""Shorter texts are not compared: "By Friday noon" is everybody's."""
COPIED_TEXTS, COPIED_WORDS = 2, 0.25
"""So many copied texts, with this share of all words of the artifact, hold it."""
ALMOST_ALL = 0.60
"""With this share of all words, one copied text does: some artifacts have a single one."""
SHOWN = 280
"""Characters of a passage."""


@dataclass(frozen=True)
class Copied:
    """What two sets of texts share."""

    places: tuple[str, ...]
    """Where the copied texts stand in the first one; none where only the whole is close."""
    share: float
    """Of the first one's words, how many stand in copied texts or sentences, 0 to 1."""
    similarity: float
    """Cosine of both as wholes, 0 to 1."""
    passage: str
    other_passage: str


def copied(mine: Mapping[str, str], theirs: Mapping[str, str]) -> Copied | None:
    """Whether texts, by place, are those of somebody else; None where a person need not look.

    Several texts hold it, or the whole: one that happens to be the same does not.
    """
    pairs = _same_texts(mine, theirs)
    words = {place: word_count(text) for place, text in mine.items()}
    whole = sum(words.values())
    share = sum(words[place] for place, _ in pairs) / whole if whole else 0.0
    if (len(pairs) >= COPIED_TEXTS and share >= COPIED_WORDS) or (pairs and share >= ALMOST_ALL):
        place, other = max(pairs, key=lambda pair: words[pair[0]])
        similarity = cosine(features(_joined(mine)), features(_joined(theirs)))
        return Copied(
            tuple(place for place, _ in pairs),
            share,
            similarity,
            quoted(mine[place], SHOWN),
            quoted(theirs[other], SHOWN),
        )
    return _close_as_wholes(_joined(mine), _joined(theirs))


def _same_texts(mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[tuple[str, str]]:
    """Places of texts that are copies, with the place of what each is a copy of."""
    known = {comparable(text): place for place, text in theirs.items() if word_count(text) >= FEWEST_TEXT_WORDS}
    pairs = []
    for place, text in mine.items():
        if word_count(text) < FEWEST_TEXT_WORDS:
            continue
        best = process.extractOne(comparable(text), known.keys(), scorer=fuzz.ratio, score_cutoff=RATIO)
        if best is not None:
            pairs.append((place, known[best[0]]))
    return pairs


def _close_as_wholes(text: str, other: str) -> Copied | None:
    """Texts whose sentences were taken over with small changes; a thorough paraphrase stays unseen."""
    if min(word_count(text), word_count(other)) < FEWEST_WORDS:
        return None
    similarity = cosine(features(text), features(other))
    if similarity < SIMILAR_ON_ONE_PROJECT:
        return None
    sentences, share = copied_sentences(text, other)
    if share < COPIED_SHARE and similarity < 2 * SIMILAR_ON_ONE_PROJECT:
        return None
    passage, other_passage = sentences[0] if sentences else closest(text, other)
    return Copied((), share, similarity, quoted(passage, SHOWN), quoted(other_passage, SHOWN))


def _joined(texts: Mapping[str, str]) -> str:
    return "\n".join(texts.values())
