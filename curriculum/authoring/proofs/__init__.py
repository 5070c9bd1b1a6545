"""What proves a lesson: named claims, each searched for whatever speaks against it."""

from __future__ import annotations

from curriculum.authoring.proofs import (
    answers,
    conversation,
    filling,
    guessing,
    harm,
    manifest,
    oracle,
    outcome,
    release,
    spread,
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
    "conversation",
    "filling",
    "guessing",
    "harm",
    "manifest",
    "oracle",
    "outcome",
    "release",
    "spread",
    "tables",
    "tolerances",
    "unseen",
    "verdicts",
    "wording",
    "world",
]
