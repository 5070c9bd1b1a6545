"""Reading untrusted files and writing whole ones: the only place that touches a learner's files."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path

MAX_BYTES = 256 * 1024
"""The largest learner file that is read, in bytes."""

_TEMPORARY = ".saving-"


class FileRefused(Exception):
    """A file cannot be read or written; the message is one sentence for the person at the keyboard.

    Where a file was read, `line`, `found` and `expected` say the same in parts.
    """

    def __init__(self, message: str, *, line: int = 0, found: str = "", expected: str = ""):
        super().__init__(message)
        self.line, self.found, self.expected = line, found, expected


def read_text(path: Path, inside: Path, limit: int = MAX_BYTES) -> str:
    """The UTF-8 text of a learner's file, at most `limit` bytes long.

    The file must be a regular file whose real place is inside the folder `inside`; links that lead out of
    it, pipes and devices are refused. Raises `FileNotFoundError` when there is no such file, and
    `FileRefused` with one sentence for everything else.
    """
    name = path.name
    if not os.path.lexists(path) and _may_enter(path.parent):
        raise FileNotFoundError(name)
    try:
        # What stands in the folder itself and is no link cannot lead out of it; resolving is slow.
        real = path if path.parent == inside and not path.is_symlink() else path.resolve(strict=True)
        if real is not path and not real.is_relative_to(inside.resolve()):
            raise _refused(name, "a link to a place outside its folder", "the file itself in that place")
        descriptor = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    except (FileNotFoundError, RuntimeError):  # RuntimeError is Python 3.11's word for links in a circle
        raise _refused(name, "a link that leads to no file", "the file itself in that place") from None
    except OSError as error:
        found = f"a file that cannot be opened ({_reason(error)})"
        raise _refused(name, found, "a file that you may read; check its permissions") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _refused(name, "something that is not a regular file, such as a folder", "a plain text file")
    with os.fdopen(descriptor, "rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        found = f"{real.stat().st_size / 1024:,.0f} KiB"
        raise _refused(name, found, f"a shorter file, since at most {limit // 1024} KiB are read")
    return decode(data, name)


def decode(data: bytes, name: str) -> str:
    """UTF-8 text of `data` with plain line ends; raises `FileRefused` naming the line that is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(name, "text that is not UTF-8", "text saved with the encoding UTF-8", line) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refused(name: str, found: str, expected: str, line: int = 0) -> FileRefused:
    where = f"{name}, line {line}" if line else name
    message = f"{where}: found {found}; expected {expected}."
    return FileRefused(message, line=line, found=found, expected=expected)


def _may_enter(folder: Path) -> bool:
    """Whether it can be seen what is in a folder; where there is none, there is nothing in it."""
    return os.access(folder, os.X_OK) or not os.path.lexists(folder)


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def write_whole(path: Path, content: str | bytes, private: bool = False) -> None:
    """Write a file so that a reader, or a power cut, sees the old file or the new one and nothing between.

    A temporary file in the same folder, fsync, rename. `private` lets nobody else on this computer read it, at no
    moment. Raises `FileRefused` with one sentence when the disk
    is full or the folder cannot be written; the old file is then untouched.
    """
    temporary = path.with_name(f"{_TEMPORARY}{path.name}-{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "wb", opener=_for_owner if private else None) as stream:
            stream.write(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        place = f"{path.parent.name}/{path.name}"
        raise FileRefused(f"{place} could not be saved: {_reason(error)}. {_remedy(place, error)}") from None


def sweep(folder: Path) -> int:
    """Delete what interrupted saves left behind in `folder` and below; returns how many files went."""
    strays = [stray for stray in folder.rglob(f"{_TEMPORARY}*") if stray.is_file() and not stray.is_symlink()]
    for stray in strays:
        with contextlib.suppress(OSError):
            stray.unlink()
    return len(strays)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _reason(error: OSError) -> str:
    return {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your disk quota is used up",
        errno.EACCES: "permission was denied",
        errno.EPERM: "permission was denied",
        errno.EROFS: "the disk is read-only",
        errno.EFBIG: "the file is larger than this machine allows",
        errno.EISDIR: "a folder has its name",
        errno.ENOTDIR: "a file stands where its folder should be",
        errno.EEXIST: "a file stands where its folder should be",
        errno.ELOOP: "links lead in a circle",
    }.get(error.errno or 0, (error.strerror or "the system refused").lower())


def _remedy(place: str, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Free some space and save again."
    if error.errno in (errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP):
        return f"Rename what stands in the way of {place}, then save again."
    return "Check that you may write in this folder, then save again."
