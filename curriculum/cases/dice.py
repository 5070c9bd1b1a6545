"""Random numbers by Python alone: for small worlds that open where numpy is not there."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """The numbers of one case and seed; equal arguments give equal numbers on every machine and in every Python.

    Everything is made of `Random.random`, the one method whose sequence Python promises to keep.
    """

    def __init__(self, slug: str, seed: int):
        key = hashlib.sha256(f"{slug}/{seed}/".encode()).digest()
        self._next = Random(int.from_bytes(key[:16], "big")).random

    def integer(self, low: int, high: int) -> int:
        """A whole number from `low` to below `high`, each as likely."""
        return low + int(self._next() * (high - low))

    def waited(self, stages: int) -> float:
        """A time that passes in so many stages, each one unit long on average (a gamma with that shape)."""
        return -sum(math.log(1.0 - self._next()) for _ in range(stages))

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """The values in another order, every one as likely."""
        return [value for _, _, value in sorted((self._next(), i, value) for i, value in enumerate(values))]
