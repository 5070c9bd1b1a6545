"""Which learners' words resemble each other so closely that a person may want to ask: a question, never a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations

from curriculum.interview.integrity import (
    COPIED_SHARE,
    FEWEST_WORDS,
    SIMILAR_ON_ONE_PROJECT,
    closest_passages,
    copied_sentences,
    cosine,
    features,
    stem,
)
from curriculum.interview.prose import FUNCTION_WORDS, WORD, plain, quoted

RUN = 3
"""Content words in a row that count as a trace of the same writing."""
FEWEST_TRACES = 4
"""Texts are compared closely where they share at least so many traces that few others have."""
RARE = 12
"""A trace that more texts than this have is the lesson's own language, not somebody's."""
AT_MOST_COMPARED = 4_000
"""Pairs that are compared closely; those that share the most traces first."""
SHOWN = 280
"""Characters of a passage."""


@dataclass(frozen=True)
class Resemblance:
    """Learners whose words in one artifact are close."""

    artifact: str
    students: tuple[str, ...]
    same: bool
    """Whether the words are the same but for numbers, case and punctuation."""
    similarity: float
    """Cosine of the two texts, 0 to 1; 1 where they are the same."""
    passage: str
    other_passage: str
    """Blank where the texts are the same."""
    as_example: bool
    """Whether these are the words of the course's own example, which learners see in the end."""


@dataclass(frozen=True)
class _Text:
    artifact: str
    students: tuple[str, ...]
    text: str
    stems: tuple[str, ...]


def resemblances(
    prose: Iterable[tuple[str, Mapping[str, Mapping[str, str]]]],
    examples: Iterable[tuple[str, str]] = (),
) -> list[Resemblance]:
    """Learners of one lesson with close words, the closest first.

    `prose` is (learner, {artifact: {place: text}}), `examples` (artifact, all prose of an exemplar). Finds
    passages that were taken over with small changes; a thorough paraphrase stays unseen.
    """
    texts = _distinct(prose)
    known = {(artifact, _stems(text)) for artifact, text in examples}
    found = [
        Resemblance(
            text.artifact, text.students, True, 1.0, quoted(text.text, SHOWN), "",
            (text.artifact, text.stems) in known,
        )
        for text in texts
        if len(text.students) > 1
    ]  # fmt: skip
    for one, other in _candidates(texts):
        similarity = cosine(features(one.text), features(other.text))
        copied, share = copied_sentences(one.text, other.text)
        if similarity < SIMILAR_ON_ONE_PROJECT or (share < COPIED_SHARE and similarity < 2 * SIMILAR_ON_ONE_PROJECT):
            continue
        if {(text.artifact, text.stems) for text in (one, other)} <= known:
            continue
        mine, theirs = copied[0] if copied else closest_passages(one.text, other.text)
        students = tuple(sorted((one.students[0], other.students[0])))
        if students[0] != one.students[0]:
            mine, theirs = theirs, mine
        found.append(
            Resemblance(
                one.artifact, students, False, similarity, quoted(mine, SHOWN), quoted(theirs, SHOWN), as_example=False
            )
        )
    return sorted(found, key=lambda r: (r.as_example, -r.similarity, -len(r.students), r.students))


def joined(texts: Mapping[str, str]) -> str:
    """All prose of one artifact as one text."""
    return "\n".join(texts.values())


def _distinct(prose: Iterable[tuple[str, Mapping[str, Mapping[str, str]]]]) -> list[_Text]:
    """Texts that are long enough to compare, each once, with everybody who wrote it."""
    seen: dict[tuple[str, tuple[str, ...]], tuple[str, list[str]]] = {}
    for student, artifacts in prose:
        for artifact, places in artifacts.items():
            text = joined(places)
            if len(text.split()) < FEWEST_WORDS:
                continue
            seen.setdefault((artifact, _stems(text)), (text, []))[1].append(student)
    return [_Text(artifact, tuple(students), text, stems) for (artifact, stems), (text, students) in seen.items()]


def _stems(text: str) -> tuple[str, ...]:
    words = (stem(match.group()) for match in WORD.finditer(plain(text)))
    return tuple(word for word in words if word not in FUNCTION_WORDS)


def _candidates(texts: Sequence[_Text]) -> list[tuple[_Text, _Text]]:
    """Pairs of texts on the same artifact that share traces which few others have."""
    holders: dict[bytes, list[int]] = {}
    for index, text in enumerate(texts):
        for trace in _traces(text):
            held = holders.setdefault(trace, [])
            # One more than counts as rare is enough to know that it is not.
            if len(held) <= RARE:
                held.append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for held in holders.values():
        if 2 <= len(held) <= RARE:
            shared.update(combinations(held, 2))
    close = [(pair, number) for pair, number in shared.items() if number >= FEWEST_TRACES]
    close.sort(key=lambda entry: -entry[1])
    return [(texts[one], texts[other]) for (one, other), _ in close[:AT_MOST_COMPARED]]


def _traces(text: _Text) -> set[bytes]:
    runs = zip(*(text.stems[start:] for start in range(RUN)), strict=False)
    return {blake2b("\x1f".join((text.artifact, *run)).encode(), digest_size=8).digest() for run in runs}
