"""An end to work on what somebody else has written, in a sentence and, where that does not help, with the process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

BY_THE_CLOCK = 6
"""Times as long work may take by the clock: a busy computer gives it little of its time, and must not change a verdict;
work that waits for something computes nothing at all."""


class TooLong(BaseException):
    """Work took longer than it may. No `Exception`: code that goes on after a mistake of its own must not go on."""

    def __init__(self, seconds: float):
        super().__init__(f"it took longer than {seconds:g} seconds")


@contextmanager
def time_limit(seconds: float, hard: float = 0.0) -> Iterator[None]:
    """Raise TooLong in the code under it after so many seconds of computing, where the system can: in a process's main
    thread.

    Code that never comes back to Python is not reached by that. After `hard` seconds of computing, if they are given,
    the system ends the process.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _: Any) -> None:
        raise TooLong(seconds * BY_THE_CLOCK if number == signal.SIGALRM else seconds)

    before = {number: signal.signal(number, stop) for number in (signal.SIGPROF, signal.SIGALRM)}
    limits = {signal.ITIMER_PROF: seconds, signal.ITIMER_REAL: seconds * BY_THE_CLOCK}
    if hard:
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
        limits[signal.ITIMER_VIRTUAL] = hard
    for timer, limit in limits.items():
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for timer in limits:
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
