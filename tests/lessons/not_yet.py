"""Which proofs a landed lesson does not hold yet; the lists only shrink, and go when they are empty."""

from __future__ import annotations

from collections.abc import Mapping

FRAUD = "fraud_false_positives"

BY_PROOF: Mapping[str, frozenset[str]] = {
    "planted_flaws_are_there": frozenset({FRAUD}),
    "exemplars_end_well": frozenset({FRAUD}),
    "mistakes_hurt_what_they_name": frozenset({FRAUD}),
}
"""By proof, a line each: the lessons in which it fails in some of the fifty worlds."""

NOT_YET: Mapping[str, frozenset[str]] = {
    slug: frozenset(proof for proof, slugs in BY_PROOF.items() if slug in slugs)
    for slug in sorted({slug for slugs in BY_PROOF.values() for slug in slugs})
}
"""By lesson: names of proofs that fail in some of the fifty worlds. One that holds again is taken off the list."""
