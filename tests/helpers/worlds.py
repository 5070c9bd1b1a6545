"""What holds in every world is one test over some: one in `make check`, eight in `make test`, all in `make proofs`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps

import pytest

QUICK = 1
"""Worlds that `make check` looks at, the first of those that a test names."""

TESTED = 8
"""Worlds that `make test` looks at, spread over those that a test names."""


def over_worlds(
    seeds: Iterable[int], quick: int = QUICK, tested: int = TESTED
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """For a test with the parameter `seed`: it is run for each of these, and every world in which it fails is told."""
    worlds = list(seeds)
    first, others = worlds[:quick], worlds[quick:]
    spread = others[:: -(-len(others) // max(1, tested - quick)) or 1]
    parts = [
        pytest.param(part, id=_named(part), marks=marks)
        for part, marks in (
            (first, ()),
            (spread, pytest.mark.slow),
            ([seed for seed in others if seed not in spread], (pytest.mark.slow, pytest.mark.repeated)),
        )
        if part
    ]

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
