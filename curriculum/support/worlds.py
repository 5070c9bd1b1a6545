"""What is worked out once for a world, and let go of with all worlds: whoever judges a class goes through many."""

from __future__ import annotations

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import Any, TypeVar

T = TypeVar("T")

_kept: list[_lru_cache_wrapper[Any]] = []


def kept_for_worlds(maxsize: int) -> Callable[[Callable[..., T]], _lru_cache_wrapper[T]]:
    """`functools.lru_cache` for a function whose value belongs to one world, such as its rows or what a rule does
    to them; `forget_worlds` empties it."""

    def decorate(function: Callable[..., T]) -> _lru_cache_wrapper[T]:
        remembered = lru_cache(maxsize=maxsize)(function)
        _kept.append(remembered)
        return remembered

    return decorate


def forget_worlds() -> None:
    """Let go of every world, and of what was worked out from one: one that stays keeps large tables, and the memory
    in which others were drawn."""
    for remembered in _kept:
        remembered.cache_clear()
