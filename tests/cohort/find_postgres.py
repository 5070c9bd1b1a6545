"""Find a PostgreSQL server for the tests, or install Debian's, or say what is missing; its path is noted in a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

MISSING = (
    "No PostgreSQL server for the tests: none is installed, and Debian's package could not be installed. "
    "Install PostgreSQL, then run `make test` again."
)


def installed() -> Path | None:
    """The folder with initdb and postgres: on the path, or where Debian puts the newest."""
    found = shutil.which("initdb")
    if found and (Path(found).resolve().parent / "postgres").exists():
        return Path(found).resolve().parent
    places = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(places, key=lambda path: float(path.parts[-3]), default=None)
    return newest.parent if newest else None


def from_debian() -> Path | None:
    """PostgreSQL from Debian's packages, where apt-get exists and may be used."""
    if not shutil.which("apt-get"):
        return None
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-qy", "--no-install-recommends", "postgresql"]):
        command = [*prefix, "apt-get", *words]
        print("+", *command, file=sys.stderr)
        try:
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, check=False)
        except OSError:
            return None
    return installed()


if __name__ == "__main__":
    note = Path(sys.argv[1])
    note.unlink(missing_ok=True)
    folder = installed() or from_debian()
    if folder is None:
        sys.exit(MISSING)
    note.write_text(f"{folder}\n", encoding="utf-8")
