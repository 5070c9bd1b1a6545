"""Git as a subprocess with fixed arguments: no hooks, no filters, no configuration but the folder's, no network."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from curriculum.support.files import FileRefused, decode, read_text

BRANCH = "refs/heads/main"
SECONDS = 30
MAX_BYTES = 256 * 1024
"""The largest file that is read from a commit."""
_SETTINGS = (
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "protocol.allow=never", "gc.auto=0", "core.pager=cat",
)  # fmt: skip


class GitFailed(FileRefused):
    """Git ran and ended with an error; the message is one sentence."""


@dataclass(frozen=True)
class Repository:
    """A folder under version control: the whole work tree, or a folder in it."""

    root: Path
    """The top of the work tree."""
    git_dir: Path
    prefix: str = ""
    """The folder's path from the root, with slashes; blank where it is the root."""

    @property
    def folder(self) -> Path:
        return self.root / self.prefix

    @property
    def name(self) -> str:
        return self.folder.name


def find(folder: Path) -> Repository | None:
    """The repository that a folder is in, itself or above it; None where there is none."""
    place = folder.resolve()
    for root in (place, *place.parents):
        git_dir = _git_dir(root)
        if git_dir is not None:
            prefix = place.relative_to(root).as_posix()
            return Repository(root, git_dir, "" if prefix == "." else prefix)
    return None


def create(folder: Path) -> None:
    """Make an empty repository in a folder; raises FileRefused with one sentence where git cannot."""
    _run(["init", "--quiet", "--template=", "--initial-branch=main", str(folder)])


def commit(folder: Path, files: Mapping[str, str | bytes], message: str, when: str, author: str) -> str:
    """Add files to the branch as one commit and return its id; the working files are not touched.

    The commit is written by fast-import, which runs neither hooks nor filters. `when` is like
    "1769990400 +0000" and `author` like "Ada <ada@example.org>".
    """
    here = Repository(folder, folder / ".git")
    parts = [f"commit {BRANCH}\ncommitter {author} {when}\n".encode(), _data(message.encode())]
    if resolve(here):
        parts.append(f"from {BRANCH}^0\n".encode())
    for path, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        parts += [f"M 100644 inline {path}\n".encode(), _data(data)]
    _run(["fast-import", "--quiet", "--date-format=raw"], here, stdin=b"".join(parts))
    _run(["symbolic-ref", "HEAD", BRANCH], here)
    _run(["read-tree", "HEAD"], here)
    return resolve(here)


def resolve(repository: Repository, name: str = "HEAD") -> str:
    """The id of the commit that a branch, a tag or an id names; blank where there is none."""
    try:
        found = _run(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"], repository)
    except GitFailed:
        return ""
    return found.decode().strip()


def first(repository: Repository) -> str:
    """The oldest commit, on the line of first parents, that holds something of the folder; blank where none does."""
    path = ["--", f":(top,literal){repository.prefix}"] if repository.prefix else []
    listed = _run(["rev-list", "--first-parent", "--reverse", "HEAD", *path], repository).split()
    return listed[0].decode() if listed else ""


def day_of(repository: Repository, commit: str) -> dt.date:
    """The day on which a commit was made, in UTC, as the commit says."""
    lines = _run(["cat-file", "commit", commit], repository).partition(b"\n\n")[0].splitlines()
    seconds = next(line for line in lines if line.startswith(b"committer ")).split()[-2]
    return dt.datetime.fromtimestamp(int(seconds), tz=dt.UTC).date()


def committed(repository: Repository, commit: str = "HEAD") -> Mapping[str, str]:
    """The blob id of each file of the folder in a commit, by its path from the folder."""
    try:
        listed = _run(["ls-tree", "-r", "-z", "--full-tree", f"{commit}:{repository.prefix}"], repository)
    except GitFailed:  # the folder is not in this commit
        return {}
    blobs = {}
    for entry in listed.split(b"\0"):
        details, _, path = entry.partition(b"\t")
        words = details.split()
        if len(words) == 3 and words[1] == b"blob":
            blobs[path.decode("utf-8", "replace")] = words[2].decode()
    return blobs


def text_of(repository: Repository, blob: str, name: str) -> str:
    """The text of a file in a commit; raises FileRefused where it is too large or no UTF-8."""
    if int(_run(["cat-file", "-s", blob], repository)) > MAX_BYTES:
        raise FileRefused(f"{name} is larger than {MAX_BYTES // 1024} KiB in the commit; expected a shorter file.")
    return decode(_run(["cat-file", "blob", blob], repository), name)


def blob_id(text: str) -> str:
    """The id that git gives a file with this text."""
    data = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def is_repository(folder: Path) -> bool:
    """Whether a folder is itself a repository, and not a link to one or a folder inside one."""
    return _git_dir(folder) == folder / ".git"


def _git_dir(root: Path) -> Path | None:
    """Where the repository of a work tree lies: in it, or where the file `.git` of a second work tree says."""
    place = root / ".git"
    if place.is_symlink():
        return None
    if place.is_file():
        try:
            words = read_text(place, inside=root, limit=4096)
        except FileRefused:
            return None
        place = root / words.removeprefix("gitdir:").strip()
    return place if place.is_dir() and (place / "HEAD").is_file() else None


def _data(data: bytes) -> bytes:
    return b"data %d\n" % len(data) + data + b"\n"


def _run(arguments: list[str], repository: Repository | None = None, *, stdin: bytes = b"") -> bytes:
    program = shutil.which("git")
    if program is None:
        raise FileRefused("The program git is not installed; install it, then run this again.")
    command = [program, *(word for setting in _SETTINGS for word in ("-c", setting))]
    where = ""
    if repository is not None:
        command += [f"--git-dir={repository.git_dir}", f"--work-tree={repository.root}"]
        where = f" in {repository.name}"
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.devnull,
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
    }
    try:
        done = subprocess.run(
            [*command, *arguments], input=stdin, capture_output=True, timeout=SECONDS, env=environment, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FileRefused(f"git {arguments[0]} could not be run{where}: {error!s:.120}.") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitFailed(f"git {arguments[0]} failed{where}: {(said or ['no reason given'])[-1][:160]}.")
    return done.stdout
