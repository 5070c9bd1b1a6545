"""Long work that makes many objects and hardly any garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 50_000, 20, 20
"""New objects, and rounds of them, after which garbage is looked for."""


def seldom() -> None:
    """From here on what is loaded stays, its pages stay shared with processes that are forked, and the rest is seldom
    looked through."""
    gc.freeze()
    gc.set_threshold(*SELDOM)


@contextmanager
def garbage_stays() -> Iterator[None]:
    """Meanwhile hundreds of thousands of objects, none of which is garbage, are not looked through for some."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
