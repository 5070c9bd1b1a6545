"""A real `curriculum start` for tests: the process, its address, and waiting for what it does."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from curriculum.launch import settings

ADDRESS = "The course is open at "
SECONDS = 60.0


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab on a workspace of its own."""

    address: str
    workspace: Path
    process: subprocess.Popen[str]
    said: str
    """What it printed before the address."""

    @property
    def base(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def token(self) -> str:
        return parse_qs(urlsplit(self.address).query)["token"][0]

    @property
    def runtime(self) -> Path:
        """The folder of its sockets and of the note that it runs."""
        return settings.places(self.workspace).runtime

    def page(self, notebook: str) -> str:
        """The address of a notebook, given by its path in the workspace."""
        return f"{self.base}/doc/tree/{notebook}?token={self.token}"

    def get(self, path: str) -> Any:
        """The JSON document that the server answers, such as `api/sessions`."""
        request = urllib.request.Request(f"{self.base}/{path}", headers={"Authorization": f"token {self.token}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def kernel_is_idle(self, notebook: str) -> bool:
        """Whether the notebook's kernel runs, a browser is connected to it and nothing is being executed."""
        kernels = [each["kernel"] for each in self.get("api/sessions") if each["path"] == notebook]
        return any(kernel["connections"] >= 1 and kernel["execution_state"] == "idle" for kernel in kernels)

    def wait_for_kernel(self, notebook: str, seconds: float = SECONDS) -> None:
        """Return when the notebook's kernel is idle; the page itself says so before a kernel exists."""
        wait_until(lambda: self.kernel_is_idle(notebook), f"the kernel of {notebook} is idle", seconds)


def wait_until(true: Callable[[], bool], what: str, seconds: float = SECONDS) -> None:
    """Return as soon as `true()`; fails the test with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:.0f} seconds: {what}")
        time.sleep(0.05)


@contextmanager
def running_lab(workspace: Path, *arguments: str, python: str = sys.executable) -> Iterator[Lab]:
    """`curriculum start --no-browser` on `workspace`, in the environment of `python`, ended like with Ctrl+C."""
    command = [python, "-m", "curriculum", "start", "--no-browser", "--workspace", str(workspace)]
    if "--port" not in arguments:
        command += ["--port", "0"]
    process = _spawn([*command, *arguments])
    try:
        address, said = _address(process)
        yield Lab(address, workspace.resolve(), process, said)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(SECONDS)
        left = settings.places(workspace).runtime
        if left.is_dir():
            left_behind = [path.name for path in left.iterdir() if path.name.startswith(("jpserver", "kernel"))]
            shutil.rmtree(left)
            assert not left_behind, f"the server ended and left in its runtime folder: {left_behind}"


def _spawn(command: Sequence[str]) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=environment,
    )  # fmt: skip


def _address(process: subprocess.Popen[str]) -> tuple[str, str]:
    """The address that the process prints, and what came before; the rest is read on, lest it block."""
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in process.stdout or ():
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    said: list[str] = []
    while True:
        try:
            line = lines.get(timeout=SECONDS)
        except queue.Empty:
            process.kill()
            raise AssertionError(f"curriculum start printed no address, only: {''.join(said)!r}") from None
        if line is None:
            raise AssertionError(f"curriculum start ended and said: {''.join(said)!r}")
        if line.startswith(ADDRESS):
            return line.removeprefix(ADDRESS).strip(), "".join(said)
        said.append(line)
