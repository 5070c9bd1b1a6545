"""The folder in which one notebook runs: a bounded copy of what was handed in, removed whatever it became."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

from curriculum.cases import load_case
from curriculum.cohort.judging import Unit
from curriculum.learner.variant import NAME, write_stated

MAX_COPIED = 20_000_000
"""Bytes of one file, and of twice as many in all, that are laid beside the notebook."""

MAX_COPIED_FILES = 300


def lay_out(folder: Path, target: Path, unit: Unit) -> None:
    """Copy what a learner handed in, file by file: no links, nothing large, not without end."""
    target.mkdir(parents=True)
    left_bytes, left_files = 2 * MAX_COPIED, MAX_COPIED_FILES
    for path in _files(folder, 4):
        if left_files == 0:
            break
        data = _read(path)
        if data is None or len(data) > left_bytes:
            continue
        left_files, left_bytes = left_files - 1, left_bytes - len(data)
        copy = target / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(data)
    if not (target / "answers" / NAME).exists():
        # Executed as graded, the lesson deals nothing itself.
        write_stated(target / "answers", load_case(unit.lesson, unit.variant))


def _files(folder: Path, depth: int) -> Iterator[Path]:
    deeper = []
    try:
        with os.scandir(folder) as listing:
            for entry, _ in zip(listing, range(MAX_COPIED_FILES), strict=False):
                if entry.is_file(follow_symlinks=False):
                    yield Path(entry.path)
                elif entry.is_dir(follow_symlinks=False):
                    deeper.append(Path(entry.path))
    except OSError:
        return
    for inner in deeper if depth else ():
        yield from _files(inner, depth - 1)


def _read(path: Path) -> bytes | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as stream:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_COPIED:
            return None
        return stream.read(MAX_COPIED)


def remove(folder: Path) -> None:
    """Remove a folder, whatever its former owner did to make that hard."""
    try:
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)
        else:
            folder.unlink(missing_ok=True)
    except (OSError, RecursionError):
        # Folders without permissions, or nested by the thousand.
        subprocess.run(["chmod", "-R", "u+rwX", "--", str(folder)], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", "--", str(folder)], check=False, stderr=subprocess.DEVNULL)
