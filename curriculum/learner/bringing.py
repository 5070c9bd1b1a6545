"""Answers that travel: a lesson's answers as a ZIP file, and a ZIP file's answers brought into a workspace."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from curriculum.cases import Case
from curriculum.course.catalog import load_catalog
from curriculum.learner import variant
from curriculum.learner.beginning import begin_again
from curriculum.learner.lesson_files import LessonFiles
from curriculum.learner.variant import VariantUnknown
from curriculum.support.files import MAX_BYTES, FileRefused, decode, write_whole
from curriculum.support.packed import unpacked as packed_files

MOST_ANSWERS = 60
"""Answers of one lesson that are taken."""

_ANSWER = re.compile(r"[a-z][a-z0-9_]{0,60}\.yaml")


@dataclass(frozen=True)
class Travelling:
    """The answers of one lesson in a ZIP file."""

    slug: str
    answers: Mapping[str, bytes]
    """By file name, `case.yaml` among them."""


@dataclass(frozen=True)
class Arrived:
    """A lesson whose answers are in the workspace now."""

    files: LessonFiles
    case: Case
    note: str
    """A sentence where the course has changed the lesson's world since; blank else."""
    aside: Path | None
    """Where the answers are that were there before; None where there were none."""
    changed: bool
    """False where the very same answers were there already."""


def packed(slug: str, answers: Path) -> bytes:
    """The answers of a lesson as a ZIP file, which `unpacked` reads; equal answers give equal bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(answers.glob("*.yaml")):
            if _ANSWER.fullmatch(path.name) and path.is_file():
                archive.writestr(zipfile.ZipInfo(f"{slug}/answers/{path.name}"), path.read_bytes())
    return stream.getvalue()


def unpacked(source: Path) -> list[Travelling]:
    """The lessons in a ZIP file that nobody has to trust: each folder with a `case.yaml` and answers beside it.

    Nothing is written. Raises FileRefused with one sentence where it is no such file.
    """
    name = source.name
    if not source.is_file():
        raise FileRefused(f"{source} is not there; name the ZIP file that you were given or have saved.")
    files = packed_files(source, lambda path: MAX_BYTES if _ANSWER.fullmatch(path.name) else 0, or_refuse=True)
    found: dict[str, Travelling] = {}
    for folder in sorted({path.parent for path in files if path.name == variant.NAME}):
        inside = sorted(path for path in files if path.parent == folder)[:MOST_ANSWERS]
        answers = {path.name: files[path] for path in (folder / variant.NAME, *inside)}
        slug = _lesson_of(answers[variant.NAME], name)
        if slug in found:
            raise FileRefused(f"{name}: found the lesson {slug!r} twice; expected each lesson once.")
        found[slug] = Travelling(slug, answers)
    if not found:
        raise FileRefused(f"{name}: found no answers; expected a folder with {variant.NAME} and answers beside it.")
    return list(found.values())


def _lesson_of(stated: bytes, name: str) -> str:
    """The lesson that a `case.yaml` states, with a world that can be opened."""
    try:
        said = variant.parse_stated(decode(stated, variant.NAME))
        return load_catalog().lesson(said.lesson if said else "").slug
    except (VariantUnknown, LookupError):
        raise FileRefused(
            f"{name}: found a {variant.NAME} that names no lesson of this course and no world of it; expected one "
            "as a lesson writes it."
        ) from None


def bring(travelling: Travelling, workspace: Path, now: dt.datetime) -> Arrived:
    """Put answers into a workspace. Answers that were there are put aside, never deleted; nothing that the ZIP file
    says of points is believed, since it says nothing of them. Raises FileRefused where they cannot be saved.
    """
    entry = load_catalog().lesson(travelling.slug)
    files = LessonFiles(entry.slug, workspace / entry.level / entry.slug, workspace)
    changed, aside = not _lie_there(files.answers, travelling.answers), None
    if changed:
        aside = begin_again(files, now)
        for name, data in travelling.answers.items():
            write_whole(files.answers / name, data)
    found = variant.stated_case(files.answers, entry.slug)
    if found is None:  # somebody took it away in between
        raise FileRefused(f"{files.answers / variant.NAME} is gone; bring the ZIP file in once more.")
    return Arrived(files, found[0], found[1], aside, changed)


def _lie_there(folder: Path, answers: Mapping[str, bytes]) -> bool:
    """Whether a folder holds these answers, byte for byte, and no other."""
    there = {path.name for path in folder.glob("*.yaml")}
    return there == set(answers) and all(
        not (folder / name).is_symlink() and (folder / name).read_bytes() == data for name, data in answers.items()
    )
