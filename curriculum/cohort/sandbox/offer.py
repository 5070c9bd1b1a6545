"""What this computer offers to keep code in: Landlock, namespaces, seccomp, users; or a refusal that says why."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from curriculum.cohort.course import CourseError
from curriculum.cohort.sandbox import landlock, places, syscalls

JOBS = "jobs"
"""The folder of a server in which the notebooks' own folders are."""

_FIRST_USER = 61_000
"""Where free user ids are looked for; systems give people lower ones and services higher ones."""

_KEPT_AS_ROOT = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_KILL", "CAP_DAC_READ_SEARCH")
"""What the server needs inside bubblewrap to become another user, and to end and look after what it started."""


class SandboxRefused(CourseError):
    """Learners' code is not run, since nothing would keep it in; the message says what is missing."""


@dataclass(frozen=True)
class Offer:
    """What there is. Landlock or namespaces must be there, and seccomp."""

    landlock: int
    """The version of Landlock; 0 for none."""
    bubblewrap: str
    """Where bubblewrap is, if it works here; blank otherwise."""
    seccomp: bool
    users: bool
    """Whether code can be run as users of its own."""

    def demand(self) -> None:
        """Raises SandboxRefused where learners' code must not be run."""
        if sys.platform != "linux":
            raise SandboxRefused(
                "Notebooks are executed only on Linux, where code can be kept in; grading itself works here and "
                "never runs learners' code."
            )
        if not self.seccomp:
            raise SandboxRefused(
                "Notebooks are not executed: seccomp is missing. Install the package pyseccomp (it is among the "
                "requirements for cohorts) and libseccomp (on Debian and Ubuntu: apt install libseccomp2)."
            )
        if not self.landlock and not self.bubblewrap:
            raise SandboxRefused(
                "Notebooks are not executed: this computer has neither Landlock (Linux 5.13 or newer) nor namespaces "
                "that bubblewrap could use, so nothing would keep learners' code away from the gradebook. Install "
                "bubblewrap, or use a newer kernel. Grading itself needs neither, since it runs no learner's code."
            )

    def describe(self) -> str:
        """The layers in words."""
        layers = [
            f"Landlock {self.landlock}" if self.landlock else "",
            "bubblewrap" if self.bubblewrap else "",
            "seccomp" if self.seccomp else "",
            "limits",
            "users of its own" if self.users else "",
        ]
        return ", ".join(layer for layer in layers if layer)

    def command(self, slot: Path, jobs: Path, arguments: Sequence[str]) -> list[str]:
        """The command line that runs `arguments` with nothing but `jobs`, a folder in `slot`, to write to."""
        if not self.bubblewrap:
            return [*arguments]
        readable = (*places.readable(), slot)
        # The folders above are made for it, by default so that only their owner gets through.
        above = sorted({parent for path in readable for parent in path.parents if parent != Path("/")})
        folders = [word for path in above for word in ("--perms", "0755", "--dir", str(path))]
        binds = [word for path in readable for word in ("--ro-bind", str(path), str(path))]
        closed = ["--bind", str(jobs), str(jobs), "--remount-ro", "/tmp", "--remount-ro", "/", "--chdir", "/"]
        return [*_bubblewrap(self.bubblewrap), *folders, *binds, *closed, "--", *arguments]


def look() -> Offer:
    """Find out what works here, by trying it."""
    program = shutil.which("bwrap") or ""
    if program and subprocess.run(
        [*_bubblewrap(program), "--ro-bind", "/", "/", "--", shutil.which("true") or "/bin/true"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
    ).returncode:  # fmt: skip
        program = ""
    return Offer(landlock.version(), program, syscalls.library() is not None, _may_change_user())


def free_user(number: int) -> int:
    """A user id that nobody on this computer has; another one for each number."""
    candidate = _FIRST_USER
    while True:
        try:
            pwd.getpwuid(candidate)
        except KeyError:
            if number == 0:
                return candidate
            number -= 1
        candidate += 1


def environment(slot: Path) -> dict[str, str]:
    """The variables of the server: nothing of the instructor's own but what numeric libraries need."""
    kept: Mapping[str, str] = {name: value for name, value in os.environ.items() if name.startswith("OPENBLAS_")}
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR")}
    return {
        **kept,
        **threads,
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": str(slot),
        "TMPDIR": str(slot / JOBS),
        "IPYTHONDIR": str(slot / "ipython"),
        "MPLCONFIGDIR": str(slot / "matplotlib"),
        "PYTHONPATH": str(places.CODE),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _bubblewrap(program: str) -> list[str]:
    words = [program, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
             "--die-with-parent", "--new-session", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]  # fmt: skip
    if os.geteuid() != 0:
        return [*words, "--unshare-user"]
    return [*words, "--cap-drop", "ALL", *(word for name in _KEPT_AS_ROOT for word in ("--cap-add", name))]


def _may_change_user() -> bool:
    """Whether this process may become another user: it is root, and not one without rights as in some containers."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    try:
        effective = next(
            int(line.split()[1], 16)
            for line in Path("/proc/self/status").read_text().splitlines()
            if line.startswith("CapEff")
        )
    except (OSError, StopIteration):
        return False
    set_gid, set_uid, kill, chown = 6, 7, 5, 0
    return all(effective >> bit & 1 for bit in (set_gid, set_uid, kill, chown))
