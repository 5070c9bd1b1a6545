"""A real `curriculum start` in surroundings of one's own: what it says until it is closed, and code run in it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil

from tests.helpers.remote_kernel import Printed, run_code

SECONDS = 60.0
READY = "Press Ctrl+C here to close the course."


class Opened:
    """A course that is open, or that was."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process, self._log = process, log

    @property
    def said(self) -> str:
        """Everything that it has written so far, to both of its streams."""
        return self._log.read_text(encoding="utf-8")

    @property
    def address(self) -> str:
        """Where it is open."""
        found = re.search(r"The course is open at (\S+)", self.said)
        assert found, self.said
        return found[1]

    def run(self, code: str, folder: str = "beginner/welcome") -> Printed:
        """What code prints in a kernel of its own, in a folder of the workspace."""
        parts = urlsplit(self.address)
        return run_code(f"{parts.scheme}://{parts.netloc}", parse_qs(parts.query)["token"][0], code, folder)


def _itself(pid: int) -> psutil.Process:
    """The process of the course, where it may stand behind bubblewrap's, which would die of the signal alone."""
    started = psutil.Process(pid)
    for process in (started, *started.children(recursive=True)):
        if process.name() != "bwrap" and "start" in process.cmdline():
            return process
    return started


@contextmanager
def opened(
    log: Path,
    environment: Mapping[str, str],
    *arguments: str,
    inside: Sequence[str] = (),
    command: Sequence[str] = (sys.executable, "-m", "curriculum", "start", "--no-browser", "--port", "0"),
) -> Iterator[Opened]:
    """`curriculum start --no-browser` with exactly these variables, closed with Ctrl+C at the end; `inside` is a
    command that runs another, such as bubblewrap's. What it says goes to the file `log`."""
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [*inside, *command, *arguments], env=dict(environment), stdin=subprocess.DEVNULL, stdout=stream,
            stderr=subprocess.STDOUT, cwd=log.parent,
        )  # fmt: skip
    course = Opened(process, log)
    try:
        end = time.monotonic() + SECONDS
        while READY not in course.said:
            assert process.poll() is None, f"curriculum start ended and said: {course.said}"
            assert time.monotonic() < end, f"curriculum start is not ready, and said: {course.said}"
            time.sleep(0.05)
        yield course
    finally:
        if process.poll() is None:
            _itself(process.pid).send_signal(signal.SIGINT)
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"curriculum start did not end after Ctrl+C, and said: {course.said}") from None
