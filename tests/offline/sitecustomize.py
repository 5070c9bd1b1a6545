"""Refuses every connection beyond this machine; Python imports it at start if PYTHONPATH names its folder."""

from __future__ import annotations

import ipaddress
import socket
import sys

refused: list[str] = []
"""What was refused in this process, so that a test can tell even if nobody noticed."""

_NAMED = {"localhost", "localhost.localdomain", "", socket.gethostname().lower()}
_installed = False


class Refused(PermissionError):
    """A connection beyond this machine; an OSError, which is what code sees on a machine without network."""


def here(host: object) -> bool:
    """Whether `host`, a name or an address, is this machine."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name.lower() in _NAMED:
        return True
    try:
        address = ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        connection, target = arguments[0], arguments[1]
        if getattr(connection, "family", None) not in (socket.AF_INET, socket.AF_INET6):
            return  # a Unix socket or a pipe of the system
        host = target[0] if isinstance(target, tuple) and target else target
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if not here(host):
        refused.append(f"{event} {host!r}")
        raise Refused(f"tests run without network: {host!r} is not this machine")


def install() -> None:
    """Refuse from now on, in this process and for good."""
    global _installed
    if not _installed:
        _installed = True
        sys.addaudithook(_watch)


if __name__ == "sitecustomize":
    # Imported at the start of a test process, such as a worker: the tests then mean this very module.
    sys.modules["tests.offline.sitecustomize"] = sys.modules[__name__]
    install()
