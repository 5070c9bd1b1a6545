"""What a grade was made with: hashes of the code that decides it, and of a submission's files."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from functools import lru_cache
from pathlib import Path

from curriculum.course.catalog import lesson_folder
from curriculum.course.lesson_plan import load_plan
from curriculum.course.places import CODE, in_course

MAX_HASHED = 1024 * 1024
"""Bytes of a file that are hashed; of a longer one the beginning and its size, since it is refused anyway."""

MOST_FILES = 500
"""Answers that are hashed: more than `vet` lets pass, so that none is exchanged behind the others."""

_ALWAYS = ("curriculum/cohort/judging.py", "curriculum/cohort/vetting.py", "curriculum/cohort/notebook_notes.py")
"""What decides a grade and is reached by no rubric."""

_WITHOUT_A_SAY = ("curriculum", "curriculum.course.catalog", "curriculum.course.places")
"""Modules that graders import and that decide nothing: where lessons are, and in which order."""

_IMPORT = re.compile(r"^[ \t]*from\s+((?:curriculum|graders)[\w.]*)\s+import\s+(\([^)]*\)|[^\n(]+)", re.MULTILINE)
_PLAIN_IMPORT = re.compile(r"^[ \t]*import\s+((?:curriculum|graders)[\w.]*)", re.MULTILINE)


@lru_cache(maxsize=64)
def grader_sha256(lesson: str) -> str:
    """A hash of all code and data of the course that decide a grade in a lesson, beside the submission."""
    digest = hashlib.sha256()
    for path in sorted(deciding_files(lesson), key=in_course):
        digest.update(in_course(path).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    if team := load_plan(lesson).team:  # what a team is asked, of all that the plan says
        digest.update(team.model_dump_json().encode())
    return digest.hexdigest()


def deciding_files(lesson: str) -> set[Path]:
    """The files of the course that can change a grade in a lesson: all that its rubric and its case import, the
    data beside them, and the script of its role-play."""
    found = {CODE / name for name in _ALWAYS}
    waiting = ["graders.grade", f"graders.{lesson}", f"curriculum.cases.{lesson}"]
    if load_plan(lesson).team:
        waiting.append("curriculum.cohort.team_judging")
    seen: set[str] = set(_WITHOUT_A_SAY)
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen.add(module)
        path = _file_of(module)
        if path is None:
            continue
        found.add(path)
        waiting.append(module.rpartition(".")[0])
        waiting += _imports(path)
        if path.parent not in (CODE / "curriculum" / "course", CODE / "graders"):
            found |= {data for data in path.parent.iterdir() if data.suffix in (".toml", ".yaml", ".json")}
    spoken = [lesson_folder(lesson) / "source" / name for name in ("roleplay.yaml", "read_back.yaml")]
    return found | {path for path in spoken if path.is_file()}


def _file_of(module: str) -> Path | None:
    """The file of a module of the course; None for a name that is no module."""
    place = CODE.joinpath(*module.split("."))
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


@lru_cache(maxsize=512)
def _imports(path: Path) -> tuple[str, ...]:
    """The course's modules that a file names in its imports, wherever they stand; some are no modules."""
    text = re.sub("#.*", "", path.read_text(encoding="utf-8"))
    names = _PLAIN_IMPORT.findall(text)
    for module, imported in _IMPORT.findall(text):
        names.append(module)
        names += [f"{module}.{name.split()[0]}" for name in imported.strip("()").split(",") if name.strip()]
    return tuple(names)


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
            names += sorted(entry.path for entry in os.scandir(answers))[:MOST_FILES]
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
