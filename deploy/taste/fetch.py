"""Fetches what the page in the browser needs beside the course: pinned versions, checked against their hashes.

`python deploy/taste/fetch.py FOLDER` puts them into FOLDER: Pyodide from npm by its lock file, and pydantic's core as
it is compiled for Pyodide by the hash in requirements/learn.txt. All else is taken from the environment.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
PINS = HERE.parents[1] / "requirements" / "learn.txt"
COMPILED = "pydantic-core"
"""The one package of the lesson that is compiled and has no pure Python beside it."""

NO_NPM = (
    "npm is needed for the page that runs in a browser and was not found: install Node.js 18 or newer with npm "
    "(on Debian: apt install npm), then try again."
)


def fetch(folder: Path) -> None:
    """Fill the folder; raises SystemExit with one sentence where something is missing or is not what was pinned."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(NO_NPM)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, folder / name)
    _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)])
    for old in folder.glob("*.whl"):
        old.unlink()
    built = json.loads((folder / "node_modules" / "pyodide" / "pyodide-lock.json").read_text("utf-8"))["info"]
    python = ".".join(built["python"].split(".")[:2])
    with tempfile.TemporaryDirectory() as place:
        pin = Path(place, "pin.txt")
        pin.write_text(pin_of(COMPILED, PINS.read_text("utf-8")), "utf-8")
        _run(
            [
                sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                "--require-hashes", "--only-binary", ":all:", "--implementation", "cp",
                "--platform", f"pyemscripten_{built['abi_version']}_wasm32", "--python-version", python,
                "--abi", f"cp{python.replace('.', '')}", "--dest", str(folder), "--requirement", str(pin),
            ]
        )  # fmt: skip


def pin_of(name: str, pins: str) -> str:
    """The lines of one package in a file of pins, with all its hashes; raises SystemExit where it is not there."""
    found = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*$", pins, re.MULTILINE)
    if found is None:
        raise SystemExit(f"{PINS.name} has no pin of {name}; run `make lock`.")
    return found.group() + "\n"


def _run(command: Sequence[str]) -> None:
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
        raise SystemExit(f"{Path(command[0]).name} could not fetch a part of the page; what it says is above.")


if __name__ == "__main__":
    fetch(Path(sys.argv[1]).resolve())
