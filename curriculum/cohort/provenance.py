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
    root = os.fspath(folder)
    answers = os.path.join(root, "answers")  # noqa: PTH118  (text is faster than paths, and this is done often)
    names = [os.path.join(root, f"{lesson}.ipynb"), os.path.join(root, "timestamp.txt"), answers]  # noqa: PTH118
    if os.path.isdir(answers) and not os.path.islink(answers):  # noqa: PTH112, PTH114
        try:
            names += sorted(entry.path for entry in os.scandir(answers))[:200]
        except OSError:
            digest.update(b"unreadable")
    for name in names:
        digest.update(os.fsencode(os.path.basename(name)))  # noqa: PTH119
        digest.update(_file_digest(name))
    return digest.hexdigest()


def _file_digest(path: str) -> bytes:
    try:
        found = os.lstat(path)
        if stat.S_ISLNK(found.st_mode):
            return b"link " + os.fsencode(os.readlink(path))  # noqa: PTH115
        if not stat.S_ISREG(found.st_mode):
            return b"kind %o" % stat.S_IFMT(found.st_mode)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        try:
            data = os.read(descriptor, MAX_HASHED)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        return b"none"
    except OSError as error:
        return b"error %d" % (error.errno or 0)
    size = b"%d" % found.st_size if found.st_size > MAX_HASHED else b""
    return hashlib.sha256(data).digest() + size


def _code(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for path in folder.rglob("*"):
            if path.suffix in (".py", ".toml", ".yaml", ".json") and "__pycache__" not in path.parts:
                yield path
