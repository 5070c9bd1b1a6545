"""CPU seconds from nothing to a serving JupyterLab: `curriculum start` against a bare `jupyter lab`."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from socket import socket

import psutil

from curriculum.launch import settings

ROUNDS = 5
SECONDS = 60.0


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """Median CPU seconds (user and system, of all processes) until the first page is served, and their ratio.

    The two take turns, so that a busy machine slows both. The bare one has nbgrader's server extensions on,
    as nbgrader installs them, and a home of its own.
    """
    own, bare = [], []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for number in range(rounds + 1):
            seconds = _cpu_seconds(_ours(home), home), _cpu_seconds(_bare(), home)
            if number:  # the first round fills the disk cache and makes the workspace
                own.append(seconds[0])
                bare.append(seconds[1])
        shutil.rmtree(settings.places(home / "work").runtime, ignore_errors=True)
    ours, theirs = statistics.median(own), statistics.median(bare)
    return {"start_cpu_s": ours, "bare_jupyter_lab_cpu_s": theirs, "ratio": ours / theirs}


def _ours(home: Path) -> list[str]:
    command = [sys.executable, "-m", "curriculum", "start", "--no-browser", "--workspace", str(home / "work")]
    return [*command, "--port", "{port}"]


def _bare() -> list[str]:
    # In a container everybody is root, and the port must be known to see when it serves.
    return [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port={port}"]


def _cpu_seconds(command: Sequence[str], home: Path) -> float:
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    environment |= {"HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])}
    process = psutil.Popen(
        [part.format(port=port) for part in command], cwd=home, env=environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for_page(f"http://127.0.0.1:{port}/lab", process)
        times = process.cpu_times()
        spent = times.user + times.system + times.children_user + times.children_system
    finally:
        process.terminate()
        process.wait(SECONDS)
    return float(spent)


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_page(address: str, process: psutil.Popen) -> None:
    """Return when the server sends a page, which without a token is the one that asks for it."""
    end = time.monotonic() + SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=SECONDS):
                return
        except (urllib.error.URLError, ConnectionError) as error:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"no JupyterLab at {address}: {error}") from error
        time.sleep(0.02)


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:24} {value:6.2f}")
