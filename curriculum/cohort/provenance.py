"""What a grade was made with: hashes of the code that decides it, and of a submission's files."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from curriculum.catalog import ROOT, lesson_folder

MAX_HASHED = 1024 * 1024
"""Bytes of a file that are hashed; of a longer one the beginning and its size, since it is refused anyway."""

_SHARED = (
    "graders/__init__.py", "graders/common.py", "graders/grade.py", "graders/report.py", "graders/rubric.py",
    "curriculum/files.py", "curriculum/rules.py", "curriculum/cases/__init__.py", "curriculum/cases/base.py",
    "curriculum/cohort/judging.py", "curriculum/cohort/vetting.py", "curriculum/cohort/notebook_notes.py",
)  # fmt: skip
_SHARED_FOLDERS = ("curriculum/artifacts", "curriculum/roleplay")


@lru_cache(maxsize=64)
def grader_sha256(lesson: str) -> str:
    """A hash of all code and data of the course that decide a grade in a lesson, beside the submission."""
    digest = hashlib.sha256()
    for path in sorted(set(deciding_files(lesson))):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def deciding_files(lesson: str) -> Iterator[Path]:
    """The files of the course that can change a grade in a lesson."""
    for name in _SHARED:
        yield ROOT / name
    for folder in _SHARED_FOLDERS:
        yield from _code(ROOT / folder)
    for place in (ROOT / "graders" / lesson, ROOT / "curriculum" / "cases" / lesson):
        yield from _code(place)
        if place.with_suffix(".py").is_file():
            yield place.with_suffix(".py")
    script = lesson_folder(lesson) / "source" / "roleplay.yaml"
    if script.is_file():
        yield script
    if lesson.startswith("interview_"):
        for name in ("interview", "consequences"):
            yield from _code(ROOT / "curriculum" / name)


def submission_sha256(folder: Path, lesson: str) -> str:
    """A hash of what counts in a submission: its notebook, its answers and its time stamp.

    Links are hashed as links and never followed; a missing folder has a hash too. Never raises for what is in
    the folder.
    """
    digest = hashlib.sha256()
    answers = folder / "answers"
    paths = [folder / f"{lesson}.ipynb", folder / "timestamp.txt", answers]
    if answers.is_dir() and not answers.is_symlink():
        try:
            paths += sorted(Path(entry.path) for entry in os.scandir(answers))[:200]
        except OSError:
            digest.update(b"unreadable")
    for path in paths:
        digest.update(path.name.encode("utf-8", "surrogateescape"))
        digest.update(_file_digest(path))
    return digest.hexdigest()


def _file_digest(path: Path) -> bytes:
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            return b"link " + os.fsencode(path.readlink())
        if not stat.S_ISREG(found.st_mode):
            return b"kind %o" % stat.S_IFMT(found.st_mode)
        with open(path, "rb", buffering=0, opener=_opener) as stream:
            data = stream.read(MAX_HASHED)
    except FileNotFoundError:
        return b"none"
    except OSError as error:
        return b"error %d" % (error.errno or 0)
    size = b"%d" % found.st_size if found.st_size > MAX_HASHED else b""
    return hashlib.sha256(data).digest() + size


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _code(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for path in folder.rglob("*"):
            if path.suffix in (".py", ".toml", ".yaml", ".json") and "__pycache__" not in path.parts:
                yield path
