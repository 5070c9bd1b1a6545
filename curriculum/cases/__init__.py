"""The worlds: one module a lesson, each simulated from a seed."""

from __future__ import annotations

from importlib import import_module

from curriculum.cases.base import VARIANTS, Case
from curriculum.support.worlds import kept_for_worlds

__all__ = ["VARIANTS", "Case", "load_case", "load_unseen"]


@kept_for_worlds(maxsize=128)
def load_case(slug: str, seed: int) -> Case:
    """The world of a lesson for one seed (0 to 63, or higher in tests); raises LookupError for no such lesson."""
    if not slug.isidentifier():
        raise LookupError(f"There is no case {slug!r}.")
    try:
        module = import_module(f"curriculum.cases.{slug}")
    except ModuleNotFoundError as error:
        if error.name != f"curriculum.cases.{slug}":
            raise
        raise LookupError(f"There is no case {slug!r}.") from None
    case: Case = module.simulate(seed)
    return case


@kept_for_worlds(maxsize=128)
def load_unseen(slug: str, seed: int) -> Case | None:
    """A second draw of the same world, which no table shows; None where the lesson does not draw one.

    A lesson whose rules, policies, rollouts or triggers are run has `redraw(seed) -> Case` beside `simulate`: the
    same people, facts and parameters, and other rows. Its rubric runs what learners wrote on both draws, since a rule
    that lists what stands in the table is right by heart and not by reason. Raises LookupError for no such lesson.
    """
    load_case(slug, seed)
    redraw = getattr(import_module(f"curriculum.cases.{slug}"), "redraw", None)
    case: Case | None = redraw(seed) if redraw else None
    return case
