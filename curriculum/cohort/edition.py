"""The edition for learners: a wheel of the course without good answers, planted mistakes and tools for instructors.

It is written file by file and not built, so that a course from a clone and one from a wheel make the same bytes.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.solutions import ALWAYS
from curriculum.course.catalog import load_catalog
from curriculum.course.places import CODE, COURSE, FOR_LEARNERS
from curriculum.course.version import VERSION

NAME = "cross-functional-curriculum"
EDITION_VERSION = f"{VERSION}+learners"
"""pip tells both editions apart by it, and puts one in the place of the other."""

MARK = "curriculum/course/whole/edition.txt"
"""By this file the edition knows that it is one; see curriculum/course/places.py."""

_CODE_LEFT_OUT = (
    "curriculum/authoring/",
    "curriculum/cohort/",
    "curriculum/commands/author",
    "curriculum/commands/cohort",
)
"""What authors and instructors work with, by how its paths begin."""

_NO_CODE = frozenset(("__pycache__", ".ipynb_checkpoints"))

_OF_A_LESSON = (
    "README.md", "source/lesson.md", "source/lesson.toml", "source/roleplay.yaml", "source/read_back.yaml",
    "source/half_filled.toml", "source/tables.toml",
)  # fmt: skip
"""What travels of a lesson beside its notebook; exemplars, near-misses, design and instructor's notes do not."""

_MARKED = "The edition for learners: without good answers, planted mistakes and tools for instructors.\n"
_WHEN = (1980, 1, 1, 0, 0, 0)
"""What the files of a wheel say of their time, so that the same course gives the same bytes."""


def write_edition(out: Path) -> Path:
    """Write the wheel of the edition into the folder `out`, which is made where it is missing; returns the wheel.

    Raises CourseError where this installation cannot make one, and OSError.
    """
    if FOR_LEARNERS:
        raise CourseError("This is the edition for learners itself; make one with the whole course.")
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{NAME.replace('-', '_')}-{EDITION_VERSION}-py3-none-any.whl"
    temporary = path.with_name(f".saving-{path.name}")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as wheel:
        record = io.StringIO()
        rows = csv.writer(record, lineterminator="\n")
        for name, data in (*sorted(_files()), *_about()):
            wheel.writestr(_entry(name), data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            rows.writerow([name, f"sha256={digest}", len(data)])
        name = f"{_info()}/RECORD"
        rows.writerow([name, "", ""])
        wheel.writestr(_entry(name), record.getvalue().encode())
    temporary.replace(path)
    return path


def what_else(course: Course) -> tuple[str, ...]:
    """What in a course tells learners their answers, whatever edition they have, each in a sentence."""
    said = []
    if not course.deal:
        said.append(
            "Worlds of this course follow from names alone, since it was made before there was a secret (`deal` in "
            "cohort.toml): whoever has the whole course knows everybody's. A new course has one."
        )
    if course.exemplars == ALWAYS:
        said.append(
            'Feedback shows how others solved a lesson before it is due (exemplars = "always" in cohort.toml): those '
            "who hand in later can be told."
        )
    return tuple(said)


def _files() -> Iterator[tuple[str, bytes]]:
    """Names in the wheel and contents of all that travels but what is said about the wheel itself."""
    whole = Path(MARK).parent
    for package in ("curriculum", "graders"):
        for path in (CODE / package).rglob("*"):
            name = path.relative_to(CODE).as_posix()
            of_the_course = not name.startswith((*_CODE_LEFT_OUT, f"{whole.as_posix()}/"))
            if of_the_course and path.is_file() and not _NO_CODE & set(path.parts) and path.suffix != ".pyc":
                yield name, path.read_bytes()
    for entry in load_catalog().lessons:
        for part in (f"{entry.slug}.ipynb", *_OF_A_LESSON):
            if (path := entry.folder / part).is_file():
                yield (whole / entry.level / entry.slug / part).as_posix(), path.read_bytes()
    for path in (COURSE / "requirements").glob("*.txt"):
        yield (whole / "requirements" / path.name).as_posix(), path.read_bytes()
    yield MARK, _MARKED.encode()


def _about() -> Iterator[tuple[str, bytes]]:
    """What a wheel says about itself, as pip reads it; taken from the installation that makes it."""
    try:
        installed = distribution(NAME)
    except PackageNotFoundError:
        raise CourseError(f"{NAME} is not installed in this environment; install the course, then try again.") from None
    said = installed.read_text("METADATA") or ""
    lines = [f"Version: {EDITION_VERSION}" if line.startswith("Version: ") else line for line in said.splitlines()]
    yield f"{_info()}/METADATA", ("\n".join(lines) + "\n").encode()
    yield f"{_info()}/entry_points.txt", (installed.read_text("entry_points.txt") or "").encode()
    yield (
        f"{_info()}/WHEEL",
        b"Wheel-Version: 1.0\nGenerator: curriculum cohort learner-edition\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    )
    for path in installed.files or ():
        if path.name == "LICENSE" and path.parent.name == "licenses":
            yield f"{_info()}/licenses/LICENSE", path.read_binary()


def _info() -> str:
    return f"{NAME.replace('-', '_')}-{EDITION_VERSION}.dist-info"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o100644 << 16
    return entry
