"""What holds in every world is one test over some: two in `make check`, some in `make test`, all in `make proofs`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps

import pytest

QUICK = 2
"""Worlds that `make check` looks at, the first of those that a test names."""


def over_worlds(
    seeds: Iterable[int], quick: int = QUICK, *, proofs: Iterable[int] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """For a test with the parameter `seed`: it is run for each of these, and every world in which it fails is told.

    Those of `proofs` that are not among them are run by `make proofs` alone.
    """
    worlds = list(seeds)
    parts = [pytest.param(worlds[:quick], id=_named(worlds[:quick]))]
    if worlds[quick:]:
        parts.append(pytest.param(worlds[quick:], id=_named(worlds[quick:]), marks=pytest.mark.slow))
    if more := [seed for seed in proofs if seed not in worlds]:
        marks = [pytest.mark.slow, pytest.mark.repeated]
        parts.append(pytest.param(more, id=_named(more), marks=marks))

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def in_each(*, worlds: list[int], **others: object) -> None:
            failures = [failure for seed in worlds if (failure := _failure(test, seed, others)) is not None]
            if len(failures) == 1:
                raise failures[0]
            if failures:
                raise ExceptionGroup(f"it fails in {len(failures)} of {len(worlds)} worlds", failures)

        signature = inspect.signature(test)
        in_each.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=[
                each.replace(name="worlds") if each.name == "seed" else each for each in signature.parameters.values()
            ]
        )
        return pytest.mark.parametrize("worlds", parts)(in_each)

    return decorate


def _failure(test: Callable[..., None], seed: int, others: dict[str, object]) -> Exception | None:
    try:
        test(seed=seed, **others)
    except Exception as failure:
        failure.add_note(f"in world {seed}")
        return failure
    return None


def _named(worlds: list[int]) -> str:
    return f"world {worlds[0]}" if len(worlds) == 1 else f"{len(worlds)} worlds from {worlds[0]}"
