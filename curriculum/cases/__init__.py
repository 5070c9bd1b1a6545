"""The worlds: one module a lesson, each simulated from a seed."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from curriculum.cases.base import VARIANTS, Case

__all__ = ["VARIANTS", "Case", "load_case"]


@lru_cache(maxsize=128)
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
