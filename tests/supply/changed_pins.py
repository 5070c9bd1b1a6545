"""What `make lock` changed in the pins, package by package: `git diff` shows hashes, and nobody reads those."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

REQUIREMENTS = Path("requirements")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)

Pins = dict[str, tuple[str, ...]]
"""Versions by package; more than one where systems differ."""


def read(text: str) -> Pins:
    """The pins of a requirements file."""
    found: dict[str, list[str]] = {}
    for name, version in _PIN.findall(text):
        found.setdefault(name, []).append(version)
    return {name: tuple(versions) for name, versions in found.items()}


def explain(before: Pins, after: Pins) -> list[str]:
    """A line for each package that came, went or moved; a new first number is marked, since it may break things."""
    lines = []
    for name in sorted(before.keys() | after.keys()):
        old, new = " and ".join(before.get(name, ())), " and ".join(after.get(name, ()))
        if old == new:
            continue
        if not old or not new:
            lines.append(f"{name} {'came, as ' + new if new else 'went; it was ' + old}")
        else:
            big = before[name][-1].split(".")[0] != after[name][-1].split(".")[0]
            lines.append(f"{name} {old} → {new}{' — another major version: read what it changed' if big else ''}")
    return lines


def main() -> None:
    """Print what differs between the files and the last commit."""
    said = False
    for path in sorted(REQUIREMENTS.glob("*.txt")):
        shown = subprocess.run(["git", "show", f"HEAD:{path.as_posix()}"], capture_output=True, text=True, check=False)
        lines = explain(read(shown.stdout), read(path.read_text(encoding="utf-8")))
        if lines:
            said = True
            print(f"{path}\n  " + "\n  ".join(lines))
    if not said:
        print("No pin has changed.")


if __name__ == "__main__":
    main()
