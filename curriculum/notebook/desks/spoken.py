"""What a desk says in a sentence: a notebook shows it as text and not as a value in quotes."""

from __future__ import annotations


class Spoken(str):
    """A sentence for the reader."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)
