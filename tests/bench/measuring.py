"""How cohorts are measured: a promise and its bar, the time of a command, the memory of its processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Row:
    """One promise: what was measured, its bar, and whether more or less is better."""

    what: str
    value: float
    bar: float
    unit: str
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.bar if self.at_least else self.value <= self.bar


def start(command: Sequence[str], cwd: Path) -> subprocess.Popen[bytes]:
    """Start a command in a folder; what it prints is thrown away."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def timed(command: Sequence[str], cwd: Path = Path()) -> float:
    """Seconds until a command has ended well; AssertionError where it does not."""
    begin = time.perf_counter()
    process = start(command, cwd)
    assert process.wait() == 0, f"{' '.join(command)} failed"
    return time.perf_counter() - begin


def cohort(*arguments: str | Path) -> float:
    """Seconds of a `curriculum cohort` command, start-up included."""
    return timed([sys.executable, "-m", "curriculum", "cohort", *map(str, arguments)])


class Memory:
    """The largest memory of this process's children at one time, in bytes, shared pages counted once each."""

    def __enter__(self) -> Memory:
        self.peak, self._on = 0.0, True
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._on = False
        self._thread.join()

    def _watch(self) -> None:
        me = psutil.Process()
        while self._on:
            total = 0
            for child in me.children(recursive=True):
                try:
                    total += child.memory_full_info().pss
                except (psutil.Error, AttributeError):
                    continue
            self.peak = max(self.peak, total)
            time.sleep(0.25)
