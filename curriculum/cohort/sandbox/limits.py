"""Limits on memory, time and files, and the change to a user who owns nothing; for a process before it runs code."""

from __future__ import annotations

import ctypes
import os
import resource
import signal

MEMORY = 3 * 1024**3
"""Bytes of address space."""

FILE_BYTES = 20_000_000
"""Bytes of one file that is written."""

OPEN_FILES = 128

_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP, _PR_SET_SECUREBITS = 1, 24, 28
_CAP_VERSION = 0x20080522
_LAST_CAPABILITY = 63
_NO_ROOT_LOCKED = 0b1011_1111
"""Secure bits: being user 0 gives nothing, no capability is kept or raised again, and all that is locked."""


def limit(cpu_seconds: int) -> None:
    """Limit this process, for good."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        _, hard = resource.getrlimit(what)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (value, value))
    os.nice(5)


def become(user: int | None) -> None:
    """Become a user without any rights (`user` is a free user id), or stay who this is, without capabilities.

    Raises OSError where the kernel refuses; then the process must not go on.
    """
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    elif os.geteuid() == 0:
        _drop_capabilities()


def die_with_parent(parent: int) -> None:
    """Let the system end this process when its parent ends. A change of user undoes it, so call it after that."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _drop_capabilities() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_SECUREBITS, _NO_ROOT_LOCKED, 0, 0, 0)
    for capability in range(_LAST_CAPABILITY + 1):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAP_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if libc.capset(header, nothing):
        raise OSError(ctypes.get_errno(), "the process could not give up its capabilities")
