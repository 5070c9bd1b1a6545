"""Flaw hunts in other worlds: parallel forms before a lesson, after it and a month later, and how hard each one is.

How hard a form is, is simulated. Readers of all strengths read its draft. A reader of strength p knows each criterion
of the rubric with the chance p. Of a statement they see whether it is true where they know one of the criteria that the
flaw breaks, and, where the flaw is a wrong number, where it is wrong by more than their eye lets pass (1 % to 100 %,
evenly on a logarithmic scale). They tick what they see to be true, as many as there are flaws, and guess the rest among
the statements of which they see nothing. The same readers read every form, so that forms differ by their flaws alone.
This knows nothing of how hard a criterion is to learn; it evens out what the drawing of flaws and sizes changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from curriculum.cases import VARIANTS, Case, load_case
from curriculum.cases.base import random
from curriculum.course.fixtures import NearMiss, load_fixtures
from curriculum.course.flaws import FlawedDraft, flawed_draft
from curriculum.course.lesson_plan import load_plan

MOMENTS = ("before", "after", "later")
READERS = 4_000


@dataclass(frozen=True)
class HuntForm:
    """The flaw hunt of one world."""

    world: int
    case: Case
    draft: FlawedDraft
    found_by_readers: float
    """The share of its flaws that simulated readers find, 0 to 1."""

    @property
    def planted(self) -> frozenset[str]:
        """Ids of the statements that are true of the draft."""
        return frozenset(miss.id for miss in self.draft.planted)


@dataclass(frozen=True)
class HuntKey:
    """What scoring a hunt needs: light enough to keep those of all worlds."""

    planted: frozenset[str]
    """Ids of the statements that are true of the draft."""
    options: frozenset[str]
    found_by_readers: float


@lru_cache(maxsize=1024)
def hunt_key(slug: str, world: int) -> HuntKey:
    """The key of one world's hunt; raises LookupError where the lesson has none."""
    form = _built(slug, world)
    return HuntKey(form.planted, frozenset(form.draft.options), form.found_by_readers)


def worlds_for(slug: str, own: int) -> Mapping[str, int]:
    """The worlds of a learner's three hunts: all different, and none their own."""
    order = random(slug, own, "parallel hunts").permutation(VARIANTS)
    others = [int(world) for world in order if world != own]
    return dict(zip(MOMENTS, others, strict=False))


@lru_cache(maxsize=8)
def hunt_form(slug: str, world: int) -> HuntForm:
    """The hunt of one world; raises LookupError where the lesson has none."""
    return _built(slug, world)


def _built(slug: str, world: int) -> HuntForm:
    plan = load_plan(slug).flaws
    if plan is None:
        raise LookupError(f"There is no draft with flaws in {slug}.")
    case = load_case(slug, world)
    fixtures = load_fixtures(case)
    draft = flawed_draft(case, plan, fixtures)
    offered = [miss for miss in fixtures.near_misses if miss.id in draft.options]
    right = fixtures.exemplars[plan.variant][plan.artifact]
    sizes = np.array([size(miss, right) for miss in offered])
    planted = np.array([any(miss.id == one.id for one in draft.planted) for miss in offered])
    return HuntForm(world, case, draft, _simulated(slug, [miss.fails for miss in offered], sizes, planted))


def size(miss: NearMiss, right: Any) -> float:
    """By how much a flaw is off: the greatest change of a number, as a share of the larger of both; 1 for all else."""
    sizes = []
    for operation in miss.patch:
        before, after = _number(_at(right, operation["path"])), _number(operation.get("value"))
        if operation["op"] != "replace" or before is None or after is None:
            return 1.0
        largest = max(abs(before), abs(after))
        sizes.append(abs(after - before) / largest if largest else 0.0)
    return max(sizes, default=1.0)


def _simulated(slug: str, fails: list[tuple[str, ...]], sizes: np.ndarray, planted: np.ndarray) -> float:
    strength = random(slug, 0, "readers").random(READERS)
    eye = 10.0 ** random(slug, 0, "eyes").uniform(-2, 0, READERS)
    criteria = sorted({criterion for one in fails for criterion in one})
    known = {criterion: random(slug, 0, f"knows {criterion}").random(READERS) < strength for criterion in criteria}
    sees = np.stack([np.any([known[criterion] for criterion in one], axis=0) for one in fails], axis=1)
    sees &= sizes[None, :] >= eye[:, None]
    certain = (sees & planted).sum(axis=1)
    left = planted.sum() - certain
    unseen = (~sees).sum(axis=1)
    # Of the ticks that are left, so many hit by guessing, on average.
    guessed = np.divide(left * left, unseen, out=np.zeros(READERS), where=unseen > 0)
    return float((certain + guessed).mean() / planted.sum())


def _at(data: Any, pointer: str) -> Any:
    """What stands at a place (RFC 6901); None where there is nothing."""
    for part in pointer.split("/")[1:]:
        try:
            data = data[int(part)] if isinstance(data, list) else data[part]
        except (KeyError, IndexError, ValueError, TypeError):
            return None
    return data


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
