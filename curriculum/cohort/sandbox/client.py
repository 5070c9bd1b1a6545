"""The other end of the server: starts it inside what this computer offers, and hands it one notebook at a time."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any

from curriculum.cohort.sandbox.offer import JOBS, Offer, SandboxRefused, environment
from curriculum.cohort.sandbox.scratch import remove

_START_SECONDS = 120.0


class Server:
    """One server process, which runs one notebook at a time; made anew when it dies."""

    def __init__(self, offer: Offer, slot: Path, user: int | None):
        self._slot, self._user, self._jobs = slot, user, 0
        for folder in (slot, slot / JOBS, slot / "matplotlib", slot / "ipython"):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711)
        _lend_fonts(slot / "matplotlib")
        program = [sys.executable, "-m", "curriculum.cohort.sandbox.server"]
        settings = ["landlock" if offer.landlock else "-", str(-1 if user is None else user)]
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the server
        self._process = subprocess.Popen(
            offer.command(slot, slot / JOBS, [*program, *settings]),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, cwd="/", env=environment(slot),
        )  # fmt: skip
        try:
            ready = self._read_line(_START_SECONDS)
        except _Silent:
            self.close()
            raise SandboxRefused(
                f"Notebooks are not executed: the sandbox did not start. {self._complaint()}"
            ) from None
        if ready["user"] is None:
            self._user = None

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def make_scratch(self) -> Path:
        """An empty folder for the next notebook."""
        self._jobs += 1
        scratch = self._slot / JOBS / str(self._jobs)
        scratch.mkdir(mode=0o700)
        for name in ("home", "tmp"):
            (scratch / name).mkdir()
        return scratch

    def clean(self) -> None:
        """Remove everything that the notebook before left."""
        for path in (self._slot / JOBS).iterdir():
            remove(path)

    def hand_over(self, scratch: Path) -> None:
        """Give a folder to the user as whom code is run."""
        if self._user is None:
            return
        for place, folders, files in os.walk(scratch):
            for name in (*folders, *files):
                os.chown(Path(place) / name, self._user, self._user, follow_symlinks=False)
        os.chown(scratch, self._user, self._user)

    def run(self, job: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Run one notebook and return what the server says of it."""
        failed = {"ended": "failed", "said": "", "seconds": 0.0, "cpu": 0.0}
        try:
            _stream(self._process.stdin).write(json.dumps(job).encode() + b"\n")
            _stream(self._process.stdin).flush()
            answer = self._read_line(seconds + 30)
        except (_Silent, BrokenPipeError):
            self.close()
            return {
                **failed,
                "why": f"The sandbox ended with this notebook; it was not scored by it. {self._complaint()}",
            }
        first = answer["said"].partition("\n")[0]
        if first != '{"confined": true}':
            # Nothing of the learner's has run: the last step before it failed.
            return {**failed, "why": f"The sandbox could not be closed, so nothing was run ({first[:200]})."}
        return answer

    def close(self) -> None:
        """End the server, and with it whatever it runs."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue

    def _read_line(self, seconds: float) -> dict[str, Any]:
        output = _stream(self._process.stdout)
        until, line = time.monotonic() + seconds, bytearray()
        while not line.endswith(b"\n"):
            wait = until - time.monotonic()
            if wait <= 0 or not select.select([output], [], [], wait)[0]:
                raise _Silent
            portion = os.read(output.fileno(), 1 << 20)
            if not portion:
                raise _Silent
            line += portion
        document: dict[str, Any] = json.loads(line)
        return document

    def _complaint(self) -> str:
        """The last thing that the server said about itself."""
        if self._log.closed:
            return ""
        self._log.seek(0)
        lines = self._log.read()[-2000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:300] if lines else ""


class _Silent(Exception):
    """The server has ended, or does not answer."""


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _lend_fonts(target: Path) -> None:
    """Copy matplotlib's list of fonts, which takes seconds to make; without it the server makes its own."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"
    for path in Path(os.environ.get("MPLCONFIGDIR") or home).glob("fontlist-*.json"):
        shutil.copy(path, target)
