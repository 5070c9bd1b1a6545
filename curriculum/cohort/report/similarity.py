"""Whose words resemble each other's so closely that a person may ask: never a verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from curriculum.words.copied import SHOWN, copied
from curriculum.words.copies import FEWEST_WORDS
from curriculum.words.prose import FUNCTION_WORDS, WORD, plain, quoted
from curriculum.words.terms import stem

RUN = 3
"""Content words in a row that count as a trace of the same writing."""
FEWEST_TRACES = 4
"""Texts are compared closely where they share at least so many traces that few others have."""
RARE = 12
"""A trace that more texts than this have is the lesson's own language, not somebody's."""
AT_MOST_COMPARED = 4_000
"""Pairs that are compared closely; those that share the most traces first."""


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


@dataclass(frozen=True)
class _Text:
    artifact: str
    students: tuple[str, ...]
    texts: Mapping[str, str]
    stems: tuple[str, ...]


def resemblances(
    prose: Iterable[tuple[str, Mapping[str, Mapping[str, str]]]], held: Collection[tuple[str, str]] = ()
) -> list[Resemblance]:
    """Learners of one lesson with close words, the closest first.

    `prose` is (learner, {artifact: {place: text}}). Those who are all `held`, as (learner, artifact), are left out:
    what is close to the course's own words is close to each other's as well. Finds passages that were taken over with
    small changes; a thorough paraphrase stays unseen.
    """
    texts = _distinct(prose)
    known = {id(text) for text in texts if all((student, text.artifact) in held for student in text.students)}
    found = [
        Resemblance(text.artifact, text.students, True, 1.0, quoted(joined(text.texts), SHOWN), "")
        for text in texts
        if len(text.students) > 1 and id(text) not in known
    ]
    for one, other in _candidates(texts):
        if {id(one), id(other)} <= known:
            continue
        same = copied(one.texts, other.texts)
        if same is None:
            continue
        mine, theirs = same.passage, same.other_passage
        students = tuple(sorted((one.students[0], other.students[0])))
        if students[0] != one.students[0]:
            mine, theirs = theirs, mine
        found.append(Resemblance(one.artifact, students, False, same.similarity, mine, theirs))
    return sorted(found, key=lambda r: (-r.similarity, -len(r.students), r.students))


def joined(texts: Mapping[str, str]) -> str:
    """All prose of one artifact as one text."""
    return "\n".join(texts.values())


def _distinct(prose: Iterable[tuple[str, Mapping[str, Mapping[str, str]]]]) -> list[_Text]:
    """Texts that are long enough to compare, each once, with everybody who wrote it."""
    seen: dict[tuple[str, tuple[str, ...]], tuple[Mapping[str, str], list[str]]] = {}
    for student, artifacts in prose:
        for artifact, places in artifacts.items():
            text = joined(places)
            if len(text.split()) < FEWEST_WORDS:
                continue
            seen.setdefault((artifact, _stems(text)), (places, []))[1].append(student)
    return [_Text(artifact, tuple(students), texts, stems) for (artifact, stems), (texts, students) in seen.items()]


def _stems(text: str) -> tuple[str, ...]:
    words = (stem(match.group()) for match in WORD.finditer(plain(text)))
    return tuple(word for word in words if word not in FUNCTION_WORDS)


def _candidates(texts: Sequence[_Text]) -> list[tuple[_Text, _Text]]:
    """Pairs of texts on the same artifact that share traces which few others have, those that share most first."""
    by_artifact: dict[str, list[_Text]] = {}
    for text in texts:
        by_artifact.setdefault(text.artifact, []).append(text)
    close: list[tuple[int, _Text, _Text]] = []
    for mine in by_artifact.values():
        close += [(shared, mine[one], mine[other]) for one, other, shared in _sharing([text.stems for text in mine])]
    close.sort(key=lambda entry: -entry[0])
    return [(one, other) for _, one, other in close[:AT_MOST_COMPARED]]


def _sharing(texts: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int, int]]:
    """(One text, another, how many rare traces they share) of all pairs that share enough."""
    numbers: dict[str, int] = {}
    words = np.array([numbers.setdefault(stem, len(numbers)) for stems in texts for stem in stems], dtype=np.uint64)
    if len(words) < RUN:
        return
    owners = np.repeat(np.arange(len(texts)), [len(stems) for stems in texts])
    # A trace is a number made of the words in a row, modulo 2 to the 64; two that clash by chance do no harm.
    traces = np.zeros(len(words) - RUN + 1, dtype=np.uint64)
    for start in range(RUN):
        traces = traces * np.uint64(0x9E3779B97F4A7C15) + words[start : start + len(traces)] + np.uint64(1)
    whole = owners[: len(traces)] == owners[RUN - 1 :]
    traces, owners = traces[whole], owners[: len(whole)][whole]
    order = np.lexsort((owners, traces))
    traces, owners = traces[order], owners[order]
    first = np.ones(len(traces), dtype=np.bool_)
    first[1:] = (traces[1:] != traces[:-1]) | (owners[1:] != owners[:-1])
    traces, owners = traces[first], owners[first]
    _, group, holders = np.unique(traces, return_inverse=True, return_counts=True)
    rare = (holders[group] >= 2) & (holders[group] <= RARE)
    group, owners = group[rare], owners[rare]
    pairs = [
        owners[:-step][together] * len(texts) + owners[step:][together]
        for step in range(1, min(RARE, len(group)))
        for together in [group[:-step] == group[step:]]
    ]
    if not pairs:
        return
    keys, shared = np.unique(np.concatenate(pairs), return_counts=True)
    for key, number in zip(keys[shared >= FEWEST_TRACES], shared[shared >= FEWEST_TRACES], strict=True):
        yield int(key) // len(texts), int(key) % len(texts), int(number)
