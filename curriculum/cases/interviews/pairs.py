"""The pairs of answers of one world: one of each kind of flaw, with the stronger answer on a side of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from curriculum.cases.base import Entry, random
from curriculum.cases.interviews.contrasts import Contrast, contrasts_of


@dataclass(frozen=True)
class Pair:
    """A contrast as this learner sees it."""

    contrast: Contrast
    stronger: Literal["a", "b"]
    spans: tuple[str, ...]
    """Ids of the sentences that show the flaw."""


def draw_pairs(slug: str, seed: int, flaws: Iterable[str]) -> Mapping[str, Pair]:
    """One contrast of each of these flaws, by id."""
    rng = random(slug, seed, "pairs")
    pairs: dict[str, Pair] = {}
    for flaw in flaws:
        choices = contrasts_of(flaw)
        contrast = choices[int(rng.integers(len(choices)))]
        stronger: Literal["a", "b"] = "a" if rng.random() < 0.5 else "b"
        weak_side = "b" if stronger == "a" else "a"
        spans = tuple(f"{contrast.id}_{weak_side}{position}" for position in contrast.deciding)
        pairs[contrast.id] = Pair(contrast, stronger, spans)
    return pairs


def pair_entries(pairs: Mapping[str, Pair]) -> list[Entry]:
    """The pairs as they are picked."""
    return [
        Entry(id, f"Pair {number}: {pair.contrast.question}")
        for number, (id, pair) in enumerate(pairs.items(), start=1)
    ]


def span_entries(pairs: Mapping[str, Pair]) -> list[Entry]:
    """Every sentence of both answers of every pair, as they are picked."""
    spans = []
    for number, (id, pair) in enumerate(pairs.items(), start=1):
        for side in ("a", "b"):
            sentences = pair.contrast.stronger if side == pair.stronger else pair.contrast.weaker
            spans += [
                Entry(f"{id}_{side}{position}", sentence, f"Pair {number}, answer {side.upper()}, sentence {position}")
                for position, sentence in enumerate(sentences, start=1)
            ]
    return spans
