"""What a cell says that needs a name which no cell has made yet: a sentence in place of a traceback."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any


def explain_unknown_names() -> None:
    """Let cells that stop at an unknown name say so in a sentence; outside a notebook nothing happens."""
    if "IPython" not in sys.modules:
        return
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((NameError,), _explained)


def _explained(
    shell: Any, kind: type[NameError], error: NameError, trace: TracebackType, tb_offset: int | None = None
) -> list[str] | None:
    here = trace.tb_next is not None and trace.tb_next.tb_next is None
    if not here or not error.name:  # inside a function: the traceback says where
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
        return None
    sentence = (
        f"{error.name!r} is not known yet. If a cell above makes it, run that one first: the menu Run has "
        "“Run All Above Selected Cell”. Otherwise look at how it is spelled."
    )
    shell._showtraceback(kind, error, [sentence])
    return [sentence]
