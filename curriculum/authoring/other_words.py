"""Artifacts in other words: every text of as many words, syllables and sentences, with the same numbers in it and the
same names of what is picked beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from random import Random
from typing import Any

from pydantic import ValidationError

from curriculum.artifacts.base import Artifact, Prose
from curriculum.artifacts.saying_back import parts_of
from curriculum.cases import Case
from curriculum.words.numbers import said_numbers
from curriculum.words.prose import WORD, vocabulary
from graders.common import named_ids, shells

_BY_SYLLABLES = (
    vocabulary(
        """bread tram cook door rain lamp field glass road horse cloud spoon brush tree bell coat chair plant roof lake
        boat shelf wool drum bridge shirt grass clay soap rope leaf flute peach wheel duck shoe cup moss vase sand"""
    ),
    vocabulary(
        """window garden paper basket river button pocket kettle harbour market lantern carpet pillow saddle
        tunnel mountain blanket candle feather hammer kitten ladder mirror needle orchard parrot ribbon
        sparrow teapot walnut"""
    ),
    vocabulary(
        """umbrella potato elephant library gardener accordion photographer tomato piano violin bakery camera banana
        animal gallery harmony lavender marigold pelican raspberry saxophone tapestry"""
    ),
    vocabulary("caterpillar watermelon kaleidoscope rhinoceros hippopotamus harmonica macaroni dormitory planetarium"),
)
"""Words that belong to no lesson, by how many syllables they have."""


def in_other_words(artifact: Artifact, case: Case, only: Collection[str] = ()) -> Artifact:
    """The artifact with every text in other words, or only those at some places.

    A text stays as it is where its other words would not fit, or would say nothing in the eyes of the shared check.
    """
    picked = _called(artifact, case)
    chosen = {prose.place: _other(prose, picked) for prose in artifact.prose if not only or prose.place in only}
    for _ in range(3):
        changed = with_texts(artifact, chosen)
        if changed is not None and not (empty := {place for place, _, _ in shells(changed, case)} & chosen.keys()):
            return changed
        if changed is None:
            chosen = {place: text for place, text in chosen.items() if with_texts(artifact, {place: text}) is not None}
        else:
            chosen = {place: text for place, text in chosen.items() if place not in empty}
    return artifact


def _called(artifact: Artifact, case: Case) -> tuple[str, ...]:
    """What people call the things that are picked in an artifact, and those to whom something is said back; sentences
    are read against it, as against numbers."""
    entries = [case.registry.entries(named.kind).get(named.id) for named in named_ids(artifact)]
    entries += [case.people.get(person) for person in parts_of(type(artifact))]
    return tuple(dict.fromkeys(name for entry in entries if entry for name in entry.called))


def _other(prose: Prose, picked: Sequence[str]) -> str:
    text, random = prose.text, Random(f"{prose.place} {prose.text}")
    kept = [(said.start, said.end) for said in said_numbers(text)]
    kept += [match.span() for name in picked for match in re.finditer(re.escape(name), text, re.IGNORECASE)]
    words = list(WORD.finditer(text))
    pieces, done = [], 0
    for index, word in enumerate(words):
        next_word = words[index + 1].group() if index + 1 < len(words) else ""
        stays = (
            any(char.isdigit() for char in word.group() + next_word)
            or any(start < word.end() and word.start() < end for start, end in kept)
        )  # fmt: skip
        pieces += [text[done : word.start()], word.group() if stays else _in_place_of(word.group(), random)]
        done = word.end()
    return "".join([*pieces, text[done:]])


def _in_place_of(word: str, random: Random) -> str:
    syllables = min(max(len(re.findall(r"[aeiouy]+", word.lower())), 1), len(_BY_SYLLABLES))
    other = random.choice([each for each in _BY_SYLLABLES[syllables - 1] if each != word.lower()])
    return other.capitalize() if word[:1].isupper() else other


def with_texts(artifact: Artifact, texts: Mapping[str, str]) -> Artifact | None:
    """The artifact with other texts at some places; None where one is longer than its field."""
    data = artifact.model_dump(mode="json")
    for place, text in texts.items():
        *steps, last = _steps(place)
        here: Any = data
        for step in steps:
            here = here[step]
        here[last] = text
    try:
        return type(artifact).model_validate(data)
    except ValidationError:
        return None


def _steps(place: str) -> Iterator[str | int]:
    for name, number in re.findall(r"([A-Za-z_]\w*)|\[(\d+)\]", place):
        yield name or int(number) - 1
