"""The rubrics: one module a lesson, pure functions from artifact and case to verdicts."""

from __future__ import annotations

from importlib import import_module

from graders.rubric import Rubric

__all__ = ["Rubric", "load_rubric"]


def load_rubric(slug: str) -> Rubric:
    """The rubric of a lesson; raises LookupError where there is none."""
    if not slug.isidentifier():
        raise LookupError(f"There is no rubric {slug!r}.")
    try:
        module = import_module(f"graders.{slug}")
    except ModuleNotFoundError as error:
        if error.name != f"graders.{slug}":
            raise
        raise LookupError(f"There is no rubric {slug!r}.") from None
    rubric: Rubric = module.rubric
    return rubric
