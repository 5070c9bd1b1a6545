"""Long work that makes many objects and hardly any garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
