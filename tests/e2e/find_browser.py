"""Find a browser for the tests, or install one, or say what is missing; its path is noted in a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

# A shell without windows comes first: the same engine takes less than half the processor's time of a whole browser.
NAMES = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
DEBIAN = ("chromium-headless-shell", "chromium")
MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

Run = Callable[[Sequence[str]], bool]
"""Runs a command and tells whether it succeeded."""

MISSING = (
    "No browser for the tests: none is installed, Debian's package could not be installed, and Playwright "
    "could not fetch its own. Install Chromium or Google Chrome, then run `make test` again."
)


def run(command: Sequence[str]) -> bool:
    """Run `command` without input, its output on stderr; whether it was found and succeeded."""
    print("+", *command, file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, check=False)
    except OSError:
        return False
    return done.returncode == 0


def installed(works: Callable[[str], bool] | None = None) -> str | None:
    """The path of a Chromium or Chrome that is installed and starts."""
    works = works or _starts
    candidates = [shutil.which(name) for name in NAMES] + [path for path in MACOS if Path(path).exists()]
    return next((path for path in candidates if path and works(path)), None)


def from_debian(run: Run = run) -> str | None:
    """Chromium from Debian's packages, where apt-get exists and may be used."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        prefix: list[str] = []
    elif run(["sudo", "-n", "true"]):
        prefix = ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive"]
    else:
        return None
    run([*prefix, "apt-get", "update", "-q"])
    for package in DEBIAN:
        if run([*prefix, "apt-get", "install", "-qy", "--no-install-recommends", package]):
            return installed()
    return None


def from_playwright(run: Run = run) -> str | None:
    """Chromium as Playwright downloads it."""
    if not run([sys.executable, "-m", "playwright", "install", "chromium"]):
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if _starts(path) else None


def _starts(path: str) -> bool:
    """Whether the program answers: Ubuntu's chromium-browser is there without a browser behind it."""
    try:
        done = subprocess.run([path, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find() -> str | None:
    """The path of a browser, installed if need be; None when there is no way to one."""
    return installed() or from_debian() or from_playwright()


if __name__ == "__main__":
    note = Path(sys.argv[1])
    note.unlink(missing_ok=True)
    path = find()
    if path is None:
        sys.exit(MISSING)
    note.write_text(path + "\n", encoding="utf-8")
