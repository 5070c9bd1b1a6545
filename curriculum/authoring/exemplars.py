"""Writes an exemplar, or a near-miss, as the folder of answers that a learner would have."""

from __future__ import annotations

from pathlib import Path

from curriculum.authoring.subject import load_subject
from curriculum.course.fixtures import write_files
from curriculum.learner.variant import write_stated


def write_exemplar(slug: str, seed: int, variant: str | None, out: Path, near_miss: str | None = None) -> Path:
    """Write the answers of an exemplar for one world into `out`/answers and return that folder.

    With `near_miss`, that mistake is made in them. Raises LookupError with a sentence where there is no such
    lesson, exemplar or near-miss, and FileRefused where a file cannot be written.
    """
    subject = load_subject(slug)
    fixtures, case = subject.fixtures(seed), subject.case(seed)
    miss = next((miss for miss in fixtures.near_misses if miss.id == near_miss), None)
    if near_miss and miss is None:
        known = ", ".join(miss.id for miss in fixtures.near_misses)
        raise LookupError(f"There is no near-miss {near_miss!r} in {slug}; there are {known}.")
    name = variant or (miss.variant if miss else next(iter(fixtures.exemplars)))
    if name not in fixtures.exemplars:
        raise LookupError(f"There is no exemplar {name!r} in {slug}; there are {', '.join(fixtures.exemplars)}.")
    answers = out / "answers"
    write_stated(answers, case)
    write_files(fixtures.patched(name, miss) if miss else fixtures.exemplars[name], answers)
    return answers
