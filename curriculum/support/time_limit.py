"""An end to work on what somebody else has written, in a sentence and, where that does not help, with the process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class TooLong(BaseException):
    """Work took longer than it may. No `Exception`: code that goes on after a mistake of its own must not go on."""

    def __init__(self, seconds: float):
        super().__init__(f"it took longer than {seconds:g} seconds")


@contextmanager
def time_limit(seconds: float, hard: float = 0.0) -> Iterator[None]:
    """Raise TooLong in the code under it after so many seconds, where the system can: in a process's main thread.

    Code that never comes back to Python is not reached by that. After `hard` seconds of computing, if they are given,
    the system ends the process.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: Any) -> None:
        raise TooLong(seconds)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    if hard:
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_VIRTUAL, hard)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if hard:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGALRM, before)
