"""Find bubblewrap for the tests, or install Debian's, or say what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

MISSING = (
    "No bubblewrap for the tests: it is not installed, and Debian's package could not be installed. "
    "Install bubblewrap, then run `make test` again."
)


def from_debian() -> None:
    """bubblewrap, and the library behind seccomp, from Debian's packages, where apt-get may be used."""
    if not shutil.which("apt-get"):
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-qy", "--no-install-recommends", "bubblewrap", "libseccomp2"]):
        command = [*prefix, "apt-get", *words]
        print("+", *command, file=sys.stderr)
        try:
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, check=False)
        except OSError:
            return


if __name__ == "__main__":
    if not shutil.which("bwrap"):
        from_debian()
    if not shutil.which("bwrap"):
        sys.exit(MISSING)
