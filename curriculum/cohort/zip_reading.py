"""What is in ZIP files that came back: lessons that were handed out, found in folders and in other ZIP files."""

from __future__ import annotations

import datetime as dt
import hmac
import io
import json
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from curriculum.cohort.collecting import (
    MAX_ANSWER,
    MAX_ANSWERS,
    MAX_NOTEBOOK,
)
from curriculum.cohort.course import Course
from curriculum.cohort.handouts import mark
from curriculum.cohort.senders import Sender, sender_of, somebody_else
from curriculum.cohort.vetting import shown
from curriculum.learner.order import MAX_BYTES, Order, parse_order
from curriculum.learner.order import NAME as ORDER
from curriculum.learner.variant import COHORT
from curriculum.support.dates import full_day
from curriculum.support.files import FileRefused
from curriculum.support.packed import plain_files

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


class Budget:
    """How many bytes may still be unpacked, so that a small file that unpacks to a huge one ends soon."""

    def __init__(self, packed: int):
        self.left = 100_000_000 + 20 * packed

    def read(self, packed: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
        """At most so many bytes of an entry, whatever size it claims or has."""
        with packed.open(entry) as stream:
            data = stream.read(min(limit, self.left + 1))
        self.left -= len(data)
        if self.left < 0:
            raise FileRefused("it unpacks to far more than it should")
        return data


@dataclass(frozen=True)
class Found:
    """A lesson's folder in a ZIP file."""

    where: str
    """Names of files from the outermost to this one, for sentences."""
    lesson: str
    learner: str
    saved: dt.datetime
    """When something in it was last saved, as the ZIP file states."""
    files: dict[str, bytes]
    """What counts in it, by path."""
    order: Order = ()
    """How it came about, as the learner's lesson noted."""
    sender: Sender | None = None
    """Who uploaded it, where an LMS says so."""
    at: dt.datetime | None = None
    """When it was handed in, in UTC, where that is known."""


def lessons_in(
    course: Course,
    source: Path | io.BytesIO,
    where: str,
    budget: Budget,
    depth: int,
    refused: list[str],
    sender: Sender | None,
) -> Iterator[Found]:
    """The lessons in a ZIP file and in those in it. What cannot be used is told in `refused`, and the others go
    on; raises FileRefused where the file itself cannot be read."""
    try:
        with zipfile.ZipFile(source) as packed:
            files = plain_files(packed, where, MAX_ENTRIES)
            for path, entry in files.items():
                try:
                    if path.name == COHORT:
                        yield _found(course, packed, files, path.parent, where, budget, sender or sender_of(path))
                    elif path.suffix.lower() == ".zip":
                        inner = f"{where}: {shown(path.name)}"
                        if depth == MAX_DEPTH or entry.file_size > MAX_ZIP:
                            raise FileRefused(f"{inner} is packed too deep or is too large, so it was not looked at.")
                        data = io.BytesIO(budget.read(packed, entry, MAX_ZIP))
                        by = sender or sender_of(path)
                        yield from lessons_in(course, data, inner, budget, depth + 1, refused, by)
                except FileRefused as error:
                    if budget.left < 0:
                        raise
                    refused.append(str(error))
                except Exception as error:  # whatever a packed file makes Python raise, it is that file's
                    refused.append(damaged(f"{where}: {shown(str(path))}", error))
    except FileRefused as error:
        if budget.left < 0 and not depth:
            raise FileRefused(f"{where} was given up: {error}.") from None
        raise
    except Exception as error:
        raise FileRefused(damaged(where, error)) from None


def size(path: Path) -> int:
    """Bytes of a plain file; raises FileRefused for what is none, such as a pipe, which would be waited for."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise FileRefused(f"{shown(path.name)} is not a plain file, so it was not looked at.")
    return about.st_size


def damaged(where: str, error: BaseException) -> str:
    return f"{where} cannot be read ({shown(str(error), 80)}); ask for it again."


def _found(
    course: Course,
    packed: zipfile.ZipFile,
    files: dict[PurePosixPath, zipfile.ZipInfo],
    folder: PurePosixPath,
    where: str,
    budget: Budget,
    sender: Sender | None,
) -> Found:
    """The lesson in a folder of a ZIP file; raises FileRefused where it is not one that was handed out."""
    where = f"{where}: {shown(str(folder))}" if folder.name else where
    try:
        whose = json.loads(budget.read(packed, files[folder / COHORT], 10_000))
        cohort, lesson, learner, marked = (whose.get(key) for key in ("cohort", "lesson", "learner", "mark"))
    except (ValueError, AttributeError, RecursionError):
        raise FileRefused(f"{where}: {COHORT} cannot be read, so nobody knows whose it is.") from None
    if cohort != course.id:
        raise FileRefused(f"{where} belongs to the course {shown(str(cohort))}, not to this one.")
    if not all(isinstance(text, str) for text in (lesson, learner, marked)):
        raise FileRefused(
            f"{where} does not say whose it is, since it was not made by `curriculum cohort handout`; put it into "
            f"submitted/LEARNER/LESSON yourself."
        )
    if lesson not in course.lessons or learner not in course.by_id:
        raise FileRefused(f"{where}: {shown(learner)}, {shown(lesson)} is not in this course.")
    if not hmac.compare_digest(mark(course, learner, lesson), marked.encode("ascii", "replace").decode()):
        raise FileRefused(
            f"{where} says that it is {shown(learner)}'s and was not handed out to them, so it is left out; ask "
            f"whoever sent it."
        )
    if sender is not None and (other := somebody_else(course, learner, sender)):
        raise FileRefused(
            f"{where} is {shown(learner)}'s, and {sender.lms} says that {other} uploaded it, so it is left out; ask "
            f"both."
        )
    counted = {f"{lesson}.ipynb": MAX_NOTEBOOK}
    inside = [path.name for path in files if path.parent == folder / "answers" and path.suffix == ".yaml"]
    answers = sorted(name for name in inside if len(name.encode(errors="replace")) <= MAX_NAME and name.isprintable())
    counted |= {f"answers/{name}": MAX_ANSWER for name in answers[:MAX_ANSWERS]}
    there = {name: files[folder / name] for name in counted if folder / name in files}
    saved = max((_saved(entry) for name, entry in there.items() if "/" in name), default=NEVER)
    if saved > dt.datetime.now() + AHEAD:
        raise FileRefused(
            f"{where} states that {shown(learner)} saved it on {full_day(saved.date())}, which is still to come, so it "
            f"is left out; ask for it again."
        )
    return Found(
        where=where,
        lesson=lesson,
        learner=learner,
        saved=saved,
        files={name: budget.read(packed, entry, counted[name]) for name, entry in there.items()},
        order=parse_order(budget.read(packed, files[folder / ORDER], MAX_BYTES)) if folder / ORDER in files else (),
        sender=sender,
    )


def _saved(entry: zipfile.ZipInfo) -> dt.datetime:
    try:
        return dt.datetime(*entry.date_time)
    except ValueError:
        return NEVER
