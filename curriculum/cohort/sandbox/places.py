"""What code in the sandbox may see of this computer: Python, its libraries, and the course's own code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from curriculum.course.catalog import load_catalog
from curriculum.course.places import CODE

_SYSTEM = (
    "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/usr/share/zoneinfo",
    "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/fontconfig", "/usr/share/locale", "/usr/share/mime",
    "/nix/store",
)  # fmt: skip

_SETTINGS = (
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/timezone", "/etc/fonts",
    "/etc/mime.types", "/etc/alternatives",
)  # fmt: skip

DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


def readable() -> tuple[Path, ...]:
    """The folders and files that code may read, most of them folders; all exist."""
    found = dict.fromkeys(path for path in _candidates() if path.exists())
    # A folder inside another one of the list adds nothing.
    return tuple(path for path in found if not any(other != path and path.is_relative_to(other) for other in found))


def _candidates() -> Iterator[Path]:
    for name in (*_SYSTEM, *_SETTINGS):
        yield Path(name)
    # A virtual environment may be a link to a folder elsewhere, and its Python too.
    for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix, Path(os.path.realpath(sys.executable)).parent.parent):
        for name in ("lib", "lib64", "bin", "share", "etc", "pyvenv.cfg"):
            yield Path(prefix) / name
    yield from (CODE / "curriculum", CODE / "graders")
    for entry in load_catalog().lessons:
        yield entry.folder
