"""The gate as one file that travels with a release, and the few pinned packages that it needs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

GATE, REQUIREMENTS = "gate/gate.pyz", "gate/requirements.txt"
"""Where they lie in the release folder."""

NEEDED = (
    "annotated-types", "click", "common-expression-language", "numpy", "pydantic", "pydantic-core", "pyyaml",
    "typing-extensions", "typing-inspection",
)  # fmt: skip
"""What the gate imports; common-expression-language brings a command line that is not used here."""

_PARTS = ("support", "artifacts", "cases/base.py", "cases/healthcare_platform", "practice/gate", "commands/gate.py")
_MAIN = "from curriculum.commands.gate import gate\n\ngate(prog_name='gate')\n"


@cache
def gate_files() -> dict[str, bytes]:
    """The files of the gate by their path in the release folder: the same bytes on every computer."""
    from curriculum.course.places import COURSE  # does not travel with a release, where nothing is packed

    requirements = (COURSE / "requirements" / "learn.txt").read_text(encoding="utf-8")
    return {GATE: _archive(), REQUIREMENTS: pins(requirements).encode()}


def pins(requirements: str) -> str:
    """The lines of a requirements file with hashes that pin what the gate needs; raises LookupError for none."""
    blocks = re.split(r"\n(?=\S)", requirements.strip())
    wanted = [block for block in blocks if block.split("==")[0].strip().lower() in NEEDED]
    missing = set(NEEDED) - {block.split("==")[0].strip().lower() for block in wanted}
    if missing:
        raise LookupError(f"{', '.join(sorted(missing))}: not among the pinned requirements.")
    return "\n".join(wanted) + "\n"


def _archive() -> bytes:
    """A Python archive (PEP 441) with the modules of the gate; stored, since compressors differ between computers."""
    course = resources.files("curriculum")
    files = {"__main__.py": _MAIN.encode()}
    for part in _PARTS:
        for path, file in _files(course.joinpath(part), f"curriculum/{part}"):
            files[path] = file.read_bytes()
        for folder in _above(f"curriculum/{part}"):
            files[f"{folder}/__init__.py"] = course.joinpath(f"../{folder}/__init__.py").read_bytes()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as stored:
        for path in sorted(files):
            stored.writestr(zipfile.ZipInfo(path), files[path])
    return archive.getvalue()


def _files(place: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    """The modules and data files of a package, or a single one, with their paths in the archive."""
    if place.is_file():
        yield path, place
        return
    for child in sorted(place.iterdir(), key=lambda child: child.name):
        if child.is_dir() and child.name != "__pycache__":
            yield from _files(child, f"{path}/{child.name}")
        elif child.name.endswith((".py", ".toml", ".yaml")):
            yield f"{path}/{child.name}", child


def _above(path: str) -> list[str]:
    return [folder.as_posix() for folder in Path(path).parents if folder.name]
