"""Where the claims of a story can be looked up: the project file, the learner's other lessons, or nowhere."""

from __future__ import annotations

from curriculum.artifacts.star import Star
from curriculum.cases import Case
from curriculum.practice.interview.work import cited_value
from curriculum.words.numbers import said_numbers
from graders.common import Named, near, unknown_ids

EXACT = 1e-6
"""Numbers that were picked or copied are equal, not near."""


def true_value(star: Star, case: Case, fact: str) -> float | None:
    """What stands at a cited place; None where the place does not exist or holds no number."""
    if star.origin == "course":
        return cited_value(star.copied, fact)
    known = case.facts.get(fact)
    return known.value if known else None


def equal(stated: float | None, true: float | None) -> bool:
    """Whether a stated number is the true one."""
    return true is not None and near(stated, true, absolute=EXACT)


def strangers(star: Star, case: Case) -> list[Named]:
    """Ids that nobody knows; places in other lessons are looked up elsewhere, and personal stories cite none."""
    unknown = unknown_ids(star, case)
    if star.origin == "practice":
        return unknown
    return [named for named in unknown if named.kind not in ("facts", "documents")]


def public_numbers(case: Case) -> frozenset[float]:
    """Numbers that stand in the memo and in the project log, which nobody needs to tell."""
    titles = " . ".join(entry.label for entry in case.registry.entries("documents").values())
    return frozenset(said.value for said in said_numbers(f"{case.brief} . {titles}"))
