"""Which proofs a landed lesson does not hold yet; the lists only shrink, and go when they are empty."""

from __future__ import annotations

from collections.abc import Mapping

WELCOME, SCOPING, INTERVIEW, FRAUD, HEALTHCARE = (
    "welcome",
    "recommendation_scoping",
    "interview_basics",
    "fraud_false_positives",
    "healthcare_platform",
)

BY_PROOF: Mapping[str, frozenset[str]] = {
    # Guessing must not pay
    "another_worlds_answer_earns_little": frozenset({FRAUD}),
    "constants_earn_little": frozenset({FRAUD}),
    "one_entry_earns_little": frozenset({FRAUD}),
    "right_choices_differ_over_worlds": frozenset({FRAUD}),
}
"""By proof, a line each: the lessons in which it fails in some of the fifty worlds."""

NOT_YET: Mapping[str, frozenset[str]] = {
    slug: frozenset(proof for proof, slugs in BY_PROOF.items() if slug in slugs)
    for slug in sorted({slug for slugs in BY_PROOF.values() for slug in slugs})
}
"""By lesson: names of proofs that fail in some of the fifty worlds. One that holds again is taken off the list."""
