"""What proves a lesson: named claims, each searched for whatever speaks against it."""

from __future__ import annotations

from curriculum.authoring.proofs import (
    answers,
    consequences,
    conversation,
    filling,
    guessing,
    harm,
    manifest,
    oracle,
    outcome,
    release,
    spread,
    stories,
    tables,
    tolerances,
    unseen,
    verdicts,
    wording,
    world,
)
from curriculum.authoring.proofs.registry import PROOFS, Problem, Proof

__all__ = [
    "PROOFS",
    "Problem",
    "Proof",
    "answers",
    "consequences",
    "conversation",
    "filling",
    "guessing",
    "harm",
    "manifest",
    "oracle",
    "outcome",
    "release",
    "spread",
    "stories",
    "tables",
    "tolerances",
    "unseen",
    "verdicts",
    "wording",
    "world",
]
