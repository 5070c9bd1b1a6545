"""Git as a subprocess with fixed arguments: no hooks, no filters, no configuration but the folder's, no network."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from curriculum.support.files import FileRefused

BRANCH = "refs/heads/main"
SECONDS = 30
_SETTINGS = (
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "protocol.allow=never", "gc.auto=0", "core.pager=cat",
)  # fmt: skip


def create(folder: Path) -> None:
    """Make an empty repository in a folder; raises FileRefused with one sentence where git cannot."""
    _run(["init", "--quiet", "--template=", "--initial-branch=main", str(folder)], folder, repository=False)


def commit(folder: Path, files: Mapping[str, str], message: str, when: str, author: str) -> str:
    """Add files to the branch as one commit and return its id; the working files are not touched.

    The commit is written by fast-import, which runs neither hooks nor filters. `when` is like
    "1769990400 +0000" and `author` like "Ada <ada@example.org>".
    """
    parts = [f"commit {BRANCH}\ncommitter {author} {when}\n".encode(), _data(message.encode())]
    if head(folder):
        parts.append(f"from {BRANCH}^0\n".encode())
    for path, text in files.items():
        parts += [f"M 100644 inline {path}\n".encode(), _data(text.encode())]
    _run(["fast-import", "--quiet", "--date-format=raw"], folder, stdin=b"".join(parts))
    _run(["symbolic-ref", "HEAD", BRANCH], folder)
    _run(["read-tree", "HEAD"], folder)
    return head(folder)


def head(folder: Path) -> str:
    """The id of the commit that is checked out; blank where there is none yet."""
    try:
        return _run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], folder).decode().strip()
    except FileRefused:
        return ""


def committed(folder: Path) -> Mapping[str, str]:
    """The blob id of each file in the commit that is checked out, by path."""
    listed = _run(["ls-tree", "-r", "-z", "--full-tree", "HEAD"], folder)
    blobs = {}
    for entry in listed.split(b"\0"):
        details, _, path = entry.partition(b"\t")
        words = details.split()
        if len(words) == 3 and words[1] == b"blob":
            blobs[path.decode("utf-8", "replace")] = words[2].decode()
    return blobs


def blob_id(text: str) -> str:
    """The id that git gives a file with this text."""
    data = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def is_repository(folder: Path) -> bool:
    """Whether a folder is itself a repository, and not a link to one or a folder inside one."""
    place = folder / ".git"
    return place.is_dir() and not place.is_symlink() and (place / "HEAD").is_file()


def _data(data: bytes) -> bytes:
    return b"data %d\n" % len(data) + data + b"\n"


def _run(arguments: list[str], folder: Path, *, stdin: bytes = b"", repository: bool = True) -> bytes:
    program = shutil.which("git")
    if program is None:
        raise FileRefused("The program git is not installed; install it, then run this again.")
    command = [program, *(word for setting in _SETTINGS for word in ("-c", setting))]
    if repository:
        command += [f"--git-dir={folder / '.git'}", f"--work-tree={folder}"]
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.devnull,
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
    }
    try:
        done = subprocess.run(
            [*command, *arguments], input=stdin, capture_output=True, timeout=SECONDS, env=environment, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FileRefused(f"git {arguments[0]} could not be run in {folder.name}: {error!s:.120}.") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise FileRefused(f"git {arguments[0]} failed in {folder.name}: {(said or ['no reason given'])[-1][:160]}.")
    return done.stdout
