"""What commands show on a terminal while they work."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

OnProgress = Callable[[int, int], None]
"""Called with how much is done, and how much there is."""


@contextlib.contextmanager
def progress_bar(what: str, *, quiet: bool = False) -> Iterator[OnProgress | None]:
    """A bar with an estimate on the error stream, so that the output stays clean; None, and nothing shown, where
    `quiet` or where nobody looks.

    It begins with the first progress: its thread must not be there before worker processes are forked.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("·"), TimeElapsedColumn(),
        TextColumn("· left"), TimeRemainingColumn(), console=Console(stderr=True),
    )  # fmt: skip
    task = bar.add_task(what, total=None)

    def show(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield show
    finally:
        bar.stop()
