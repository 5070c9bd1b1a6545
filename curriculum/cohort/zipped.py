"""Taking in what came back as ZIP files, by mail or from an LMS: found in folders and in other ZIP files."""

from __future__ import annotations

import datetime as dt
import hmac
import io
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from curriculum.cohort.collecting import (
    MAX_ANSWER,
    MAX_ANSWERS,
    MAX_NOTEBOOK,
    Collected,
    new_beside,
    put_back,
    put_in_place,
)
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.handouts import mark
from curriculum.cohort.provenance import submission_sha256
from curriculum.cohort.vetting import shown
from curriculum.learner.variant import COHORT
from curriculum.support.console import OnProgress
from curriculum.support.dates import full_day

MAX_ENTRIES = 20_000
"""Files in one ZIP file that are looked at; an LMS puts a whole class into one."""

MAX_ZIP = 40_000_000
"""Bytes of a ZIP file in another one."""

MAX_DEPTH = 3
"""An LMS packs learners' ZIP files once more, and a learner may have done so, too."""

NEVER = dt.datetime(1980, 1, 1)
"""The first day that a ZIP file can state."""

AHEAD = dt.timedelta(days=1)
"""By how much the clock of a learner's computer may be ahead, with time zones, which ZIP files do not state."""

MAX_NAME = 120
"""Bytes of the name of an answer: file systems take 255, and some of them are needed beside it."""


class _Unreadable(Exception):
    """A ZIP file cannot be used; the message is one sentence."""


class _Budget:
    """How many bytes may still be unpacked, so that a small file that unpacks to a huge one ends soon."""

    def __init__(self, packed: int):
        self.left = 100_000_000 + 20 * packed

    def read(self, packed: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
        """At most so many bytes of an entry, whatever size it claims or has."""
        with packed.open(entry) as stream:
            data = stream.read(min(limit, self.left + 1))
        self.left -= len(data)
        if self.left < 0:
            raise _Unreadable("it unpacks to far more than it should")
        return data


@dataclass(frozen=True)
class _Found:
    """A lesson's folder in a ZIP file."""

    where: str
    """Names of files from the outermost to this one, for sentences."""
    lesson: str
    learner: str
    saved: dt.datetime
    """When something in it was last saved, as the ZIP file states."""
    files: dict[str, bytes]
    """What counts in it, by path."""


@dataclass(frozen=True)
class _Kept:
    """A lesson's folder that lies beside the place where it will go, or in it already."""

    where: str
    saved: dt.datetime
    sha256: str
    in_place: bool = False
    """It was taken before, and nothing in it is different."""


def collect_zipped(
    course: Course, lessons: tuple[str, ...], place: Path, on_progress: OnProgress | None = None
) -> dict[str, Collected]:
    """Take what learners handed in from the ZIP files at `place` (one file, or a folder of them) into
    `submitted`; returns what was done by lesson.

    A lesson's folder is somebody's if it bears the mark that was handed out to them, whatever its file is
    called. When it was handed in is not known from such files, so nothing is late. Raises CourseError where
    there is nothing at `place`.
    """
    if not place.exists():
        raise CourseError(f"{place} is not there; name a ZIP file, or a folder of them.")
    outer = sorted(path for path in place.rglob("*") if path.suffix.lower() == ".zip") if place.is_dir() else [place]
    if not outer:
        raise CourseError(f"There are no ZIP files in {place}.")
    done = {lesson: Collected() for lesson in lessons}
    general = done[lessons[0]].refused
    put_back(course)
    kept: dict[tuple[str, str], _Kept] = {}
    for number, path in enumerate(outer, 1):
        try:
            for found in _lessons_in(course, path, path.name, _Budget(_size(path)), 0, general):
                if found.lesson in done:
                    _keep(course, found, kept, done[found.lesson])
        except (_Unreadable, OSError) as error:
            general.append(str(error) if isinstance(error, _Unreadable) else _damaged(path.name, error))
        if on_progress:
            on_progress(number, len(outer))
    for (learner, lesson), one in kept.items():
        _take(course.submitted(learner, lesson), lesson, one, done[lesson])
    return done


def _lessons_in(
    course: Course, source: Path | io.BytesIO, where: str, budget: _Budget, depth: int, refused: list[str]
) -> Iterator[_Found]:
    """The lessons in a ZIP file and in those in it. What cannot be used is told in `refused`, and the others go
    on; raises _Unreadable where the file itself cannot be read."""
    try:
        with zipfile.ZipFile(source) as packed:
            files = {PurePosixPath(entry.filename.replace("\\", "/")): entry for entry in _entries(packed, where)}
            for path, entry in files.items():
                try:
                    if path.name == COHORT:
                        yield _found(course, packed, files, path.parent, where, budget)
                    elif path.suffix.lower() == ".zip":
                        inner = f"{where}: {shown(path.name)}"
                        if depth == MAX_DEPTH or entry.file_size > MAX_ZIP:
                            raise _Unreadable(f"{inner} is packed too deep or is too large, so it was not looked at.")
                        data = io.BytesIO(budget.read(packed, entry, MAX_ZIP))
                        yield from _lessons_in(course, data, inner, budget, depth + 1, refused)
                except _Unreadable as error:
                    if budget.left < 0:
                        raise
                    refused.append(str(error))
                except Exception as error:  # whatever a packed file makes Python raise, it is that file's
                    refused.append(_damaged(f"{where}: {shown(str(path))}", error))
    except _Unreadable as error:
        if budget.left < 0 and not depth:
            raise _Unreadable(f"{where} was given up: {error}.") from None
        raise
    except Exception as error:
        raise _Unreadable(_damaged(where, error)) from None


def _size(path: Path) -> int:
    """Bytes of a plain file; raises _Unreadable for what is none, such as a pipe, which would be waited for."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise _Unreadable(f"{path.name} is not a plain file, so it was not looked at.")
    return about.st_size


def _damaged(where: str, error: BaseException) -> str:
    return f"{where} cannot be read ({str(error)[:80]}); ask for it again."


def _entries(packed: zipfile.ZipFile, where: str) -> Iterator[zipfile.ZipInfo]:
    """The plain files of a ZIP file: no folders, no links, nothing that macOS adds."""
    if len(packed.infolist()) > MAX_ENTRIES:
        raise _Unreadable(f"{where} holds more than {MAX_ENTRIES:,} files, so it was not looked at.")
    for entry in packed.infolist():
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if not entry.is_dir() and kind in (0, stat.S_IFREG) and not entry.filename.startswith("__MACOSX/"):
            yield entry


def _found(
    course: Course,
    packed: zipfile.ZipFile,
    files: dict[PurePosixPath, zipfile.ZipInfo],
    folder: PurePosixPath,
    where: str,
    budget: _Budget,
) -> _Found:
    """The lesson in a folder of a ZIP file; raises _Unreadable where it is not one that was handed out."""
    where = f"{where}: {shown(str(folder))}" if folder.name else where
    try:
        whose = json.loads(budget.read(packed, files[folder / COHORT], 10_000))
        cohort, lesson, learner, marked = (whose.get(key) for key in ("cohort", "lesson", "learner", "mark"))
    except (ValueError, AttributeError, RecursionError):
        raise _Unreadable(f"{where}: {COHORT} cannot be read, so nobody knows whose it is.") from None
    if cohort != course.id:
        raise _Unreadable(f"{where} belongs to the course {shown(str(cohort))}, not to this one.")
    if not all(isinstance(text, str) for text in (lesson, learner, marked)):
        raise _Unreadable(
            f"{where} does not say whose it is, since it was not made by `curriculum cohort handout`; put it into "
            f"submitted/LEARNER/LESSON yourself."
        )
    if lesson not in course.lessons or not any(one.id == learner for one in course.everybody):
        raise _Unreadable(f"{where}: {shown(learner)}, {shown(lesson)} is not in this course.")
    if not hmac.compare_digest(mark(course, learner, lesson), marked.encode("ascii", "replace").decode()):
        raise _Unreadable(
            f"{where} says that it is {shown(learner)}'s and was not handed out to them, so it is left out; ask "
            f"whoever sent it."
        )
    counted = {f"{lesson}.ipynb": MAX_NOTEBOOK}
    inside = [path.name for path in files if path.parent == folder / "answers" and path.suffix == ".yaml"]
    answers = sorted(name for name in inside if len(name.encode(errors="replace")) <= MAX_NAME and name.isprintable())
    counted |= {f"answers/{name}": MAX_ANSWER for name in answers[:MAX_ANSWERS]}
    there = {name: files[folder / name] for name in counted if folder / name in files}
    saved = max((_saved(entry) for name, entry in there.items() if "/" in name), default=NEVER)
    if saved > dt.datetime.now() + AHEAD:
        raise _Unreadable(
            f"{where} states that {shown(learner)} saved it on {full_day(saved.date())}, which is still to come, so it "
            f"is left out; ask for it again."
        )
    return _Found(
        where=where,
        lesson=lesson,
        learner=learner,
        saved=saved,
        files={name: budget.read(packed, entry, counted[name]) for name, entry in there.items()},
    )


def _saved(entry: zipfile.ZipInfo) -> dt.datetime:
    try:
        return dt.datetime(*entry.date_time)
    except ValueError:
        return NEVER


def _keep(course: Course, found: _Found, kept: dict[tuple[str, str], _Kept], done: Collected) -> None:
    """Lay a lesson beside its place, unless one that was saved later lies there already."""
    key = (found.learner, found.lesson)
    before = kept.get(key)
    if before and found.saved < before.saved:
        done.notes.append(_twice(key, before.where, found.where))
        return
    target = course.submitted(*key)
    if before is None and _lies_there(target, found):
        # Most of a class, where what came in since is collected with what is known: nothing is written for it.
        kept[key] = _Kept(found.where, found.saved, submission_sha256(target, found.lesson), in_place=True)
        return
    fresh = new_beside(target)
    for name, data in found.files.items():
        (fresh / name).write_bytes(data)
        os.utime(fresh / name, (found.saved.timestamp(),) * 2)
    kept[key] = _Kept(found.where, found.saved, submission_sha256(fresh, found.lesson))
    if before and before.sha256 != kept[key].sha256:
        done.notes.append(_twice(key, found.where, before.where))


def _lies_there(target: Path, found: _Found) -> bool:
    """Whether a submission is the found one, byte for byte."""
    places = [target / f"{found.lesson}.ipynb", *(target / "answers").glob("*.yaml")]
    there = {path.relative_to(target).as_posix() for path in places if os.path.lexists(path)}
    if not target.is_dir() or there != set(found.files):
        return False
    try:
        return all(not (target / n).is_symlink() and (target / n).read_bytes() == d for n, d in found.files.items())
    except OSError:
        return False


def _twice(key: tuple[str, str], counts: str, other: str) -> str:
    return f"{', '.join(key)}: handed in more than once; {counts} was saved last and counts, {other} does not."


def _moment(saved: dt.datetime) -> str:
    return f"{full_day(saved)}, {saved:%H:%M}"


def _last_saved(target: Path) -> dt.datetime:
    """When an answer in a submission was last saved, as its ZIP file stated; NEVER where there is none."""
    times = [path.lstat().st_mtime for path in (target / "answers").glob("*.yaml")] if target.is_dir() else []
    return dt.datetime.fromtimestamp(max(times)) if times else NEVER


def _take(target: Path, lesson: str, one: _Kept, done: Collected) -> None:
    if one.in_place:
        done.unchanged += 1
        return
    there = target.exists()
    fresh = target.with_name(f".taking-{target.name}")
    if there and one.sha256 == submission_sha256(target, lesson):
        shutil.rmtree(fresh)
        done.unchanged += 1
        return
    before = _last_saved(target)
    if before > one.saved:
        shutil.rmtree(fresh)
        done.notes.append(
            f"{target.parent.name}, {lesson}: {one.where} was saved on {_moment(one.saved)}, before the one that was "
            f"taken already ({_moment(before)}), which stays. If the older one is to count, delete {target} and "
            f"collect again."
        )
        return
    put_in_place(fresh, target)
    done.updated += there
    done.new += not there
