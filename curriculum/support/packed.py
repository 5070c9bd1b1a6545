"""Unpacking ZIP files that nobody has to trust: named files only, with limits, nothing written."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from curriculum.support.files import FileRefused

MOST_ENTRIES = 2_000
MOST_BYTES = 40_000_000
"""Of a ZIP file, and of all that is taken out of it."""


def unpacked(
    source: Path, limit: Callable[[PurePosixPath], int], *, or_refuse: bool = False
) -> dict[PurePosixPath, bytes]:
    """The files of a ZIP file that are asked for, by path.

    `limit` says how many bytes of a file may be read; 0 leaves it out, and one that is longer is left out too, or
    refused with the whole (`or_refuse`). Links, folders and what leads out of the ZIP file are left out. Raises
    FileRefused with one sentence where it cannot be read at all.
    """
    try:
        about = source.stat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
            raise FileRefused(f"{source.name} is no plain file of at most {MOST_BYTES // 1_000_000} MB.")
        with zipfile.ZipFile(io.BytesIO(source.read_bytes())) as packed:
            return _taken(packed, source.name, limit, or_refuse)
    except FileRefused:
        raise
    except Exception as error:  # whatever a damaged file makes Python raise
        raise FileRefused(
            f"{source.name} cannot be read as a ZIP file ({str(error)[:80]}); ask for it again."
        ) from None


def plain_files(packed: zipfile.ZipFile, name: str, most: int = MOST_ENTRIES) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """The plain files of a ZIP file by path: no folders, no links, nothing that macOS adds or that leads out of it.

    Raises FileRefused where it holds more than `most` entries.
    """
    if len(packed.infolist()) > most:
        raise FileRefused(f"{name} holds more than {most:,} files, so it was not looked at.")
    found = {}
    for entry in packed.infolist():
        path, kind = PurePosixPath(entry.filename.replace("\\", "/")), stat.S_IFMT(entry.external_attr >> 16)
        if entry.is_dir() or kind not in (0, stat.S_IFREG) or entry.filename.startswith("__MACOSX/"):
            continue
        if not path.is_absolute() and ".." not in path.parts:
            found[path] = entry
    return found


def _taken(
    packed: zipfile.ZipFile, name: str, limit: Callable[[PurePosixPath], int], or_refuse: bool
) -> dict[PurePosixPath, bytes]:
    found: dict[PurePosixPath, bytes] = {}
    left = MOST_BYTES
    for path, entry in plain_files(packed, name).items():
        most = min(limit(path), left)
        if most <= 0:
            continue
        with packed.open(entry) as stream:
            data = stream.read(most + 1)
        left -= len(data)
        if len(data) <= most:
            found[path] = data
        elif or_refuse:
            raise FileRefused(f"{name}: found {path.name} of more than {most // 1024} KiB; expected a shorter file.")
    return found
