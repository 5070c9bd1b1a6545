"""Taking in what learners handed in through nbgrader's exchange: what counts, capped, and no link followed."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from heapq import nsmallest
from pathlib import Path

from curriculum.cohort import locks
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.exchange import check_exchange, owner_of
from curriculum.cohort.grades import LessonGrades
from curriculum.cohort.judging import parse_timestamp
from curriculum.cohort.records import opened
from curriculum.cohort.vetting import shown
from curriculum.support.console import OnProgress
from curriculum.support.dates import day_and_time
from curriculum.support.files import FileRefused, read_text

MAX_ANSWER = 512 * 1024
"""Bytes of one answer that are taken; graders read half of that, and say so where it is too long."""
MAX_NOTEBOOK = 20 * 1024 * 1024
MAX_ANSWERS = 60
"""Files of one submission that are taken."""

CLOCKS = 60.0
"""Seconds by which the time that a submission states may differ from the time at which its files were last changed:
what handing in a large notebook over a slow disk takes."""

MOST_SHOWN = 160
"""Characters of a folder's name in a sentence: a learner, a lesson, a time and what tells two apart."""

MOST_UNKNOWN = 20
"""Folders under names that nobody knows that are told one by one; anybody can make thousands."""

_REPLACED = ".replaced-"
_LINK = "This was a link to another place, which is not collected.\n"
STAMP = "%Y-%m-%d %H:%M:%S.%f UTC"


@dataclass(frozen=True)
class Handed:
    """One folder in the exchange's inbound."""

    path: Path
    student: str
    at: dt.datetime
    """When it was handed in: as stated, unless its files arrived at another time."""
    note: str = ""


@dataclass
class Collected:
    """What a collection did."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)
    """A sentence for each folder that was left where it is."""
    notes: list[str] = field(default_factory=list)


def collect_lesson(
    course: Course,
    lesson: str,
    *,
    before_due: bool = False,
    trust_times: bool = False,
    on_progress: OnProgress | None = None,
) -> Collected:
    """Take each learner's last submission of a lesson (or the last in time, `before_due`) into `submitted`.

    Where the time that a submission states is not the one at which its files arrived, the arrival counts,
    unless `trust_times`. Raises CourseError where the course has no exchange,
    or somebody else is collecting.
    """
    with locks.collecting(course):
        put_back(course)
        return _collected(course, lesson, before_due, trust_times, on_progress)


def _collected(
    course: Course, lesson: str, before_due: bool, trust_times: bool, on_progress: OnProgress | None
) -> Collected:
    inbound = _inbound(course)
    done = Collected()
    dues = _dues(course, lesson) if before_due else {}
    chosen: dict[str, Handed] = {}
    for handed in _handed_in(course, lesson, inbound, done.refused, trust_times):
        known = chosen.get(handed.student)
        if known is None or _better(handed, known, dues.get(handed.student)):
            chosen[handed.student] = handed
    for number, handed in enumerate(chosen.values(), 1):
        if on_progress:
            on_progress(number, len(chosen))
        if handed.note:
            done.notes.append(f"{handed.student}, {lesson}: {handed.note}")
        target = course.submitted(handed.student, lesson)
        was_there = target.exists()
        if was_there and _same(target, handed):
            done.unchanged += 1
            continue
        try:
            _take(handed, target, lesson)
        except OSError as error:
            done.refused.append(_unread(handed.path.name, error))
            continue
        done.updated += was_there
        done.new += not was_there
    return done


def _inbound(course: Course) -> Path:
    if course.exchange is None:
        raise CourseError(
            f"This course has no exchange, so there is nowhere to collect from; name one in "
            f"{course.root / 'cohort.toml'}, name the ZIP files that came back with --from, or put each "
            f"submission into submitted/LEARNER/LESSON yourself."
        )
    check_exchange(course)
    inbound = course.exchange / course.id / "inbound"
    if not inbound.is_dir():
        raise CourseError(f"{inbound} is not there yet; release a lesson first.")
    return inbound


def _handed_in(course: Course, lesson: str, inbound: Path, refused: list[str], trust_times: bool) -> Iterator[Handed]:
    known = {learner.id for learner in course.everybody}
    wanted = {learner.id for learner in course.roster}
    unknown = 0
    for entry in os.scandir(inbound):
        parts, name = entry.name.rsplit("+", 3), shown(entry.name, MOST_SHOWN)
        if len(parts) < 3 or parts[1] != lesson:
            continue
        student = parts[0]
        if student not in known:
            unknown += 1
            if unknown <= MOST_UNKNOWN:
                refused.append(f"{name}: {shown(student)!r} is not on the roster.")
            continue
        if student not in wanted:
            continue  # of another section
        try:
            if why := _not_theirs(course, student, entry):
                refused.append(f"{name} {why}")
                continue
            arrived = _arrived(Path(entry.path), lesson)
        except OSError as error:  # its owner can take it away at any moment
            refused.append(_unread(entry.name, error))
            continue
        yield _at(Path(entry.path), student, parse_timestamp(parts[2]), arrived, trust_times)
    if unknown > MOST_UNKNOWN:
        refused.append(f"{unknown - MOST_UNKNOWN:,} more folders bear names that are not on the roster.")


def _not_theirs(course: Course, student: str, entry: os.DirEntry[str]) -> str:
    """Why an entry is no submission of the learner whose name it bears; blank where it is one."""
    if not entry.is_dir(follow_symlinks=False):
        return "is not a folder."
    if course.check_owner and (owner := owner_of(entry.stat(follow_symlinks=False))) != student:
        return (
            f"bears the name of {student} and belongs to {owner}: ask {student} to hand in again. "
            f"Where all learners are one system user, set check_owner = false in cohort.toml."
        )
    return ""


def _at(folder: Path, student: str, stated: dt.datetime | None, arrived: dt.datetime, trust_times: bool) -> Handed:
    """A submission with the time that counts for it."""
    if stated is None:
        return Handed(folder, student, arrived, f"it states no time; it arrived at {day_and_time(arrived)} UTC.")
    if trust_times or abs((stated - arrived).total_seconds()) <= CLOCKS:
        return Handed(folder, student, stated)
    return Handed(
        folder,
        student,
        arrived,
        f"it states {day_and_time(stated)} UTC and arrived at {day_and_time(arrived)} UTC, which counts; where "
        f"the exchange was copied or restored, collect with --trust-times.",
    )


def _unread(name: str, error: OSError) -> str:
    return f"{shown(name, MOST_SHOWN)} could not be read ({error.strerror}); it is left where it is."


def _arrived(folder: Path, lesson: str) -> dt.datetime:
    """When anything that is taken from a folder was last changed on this system, which no learner can set to an
    earlier time: its time stamp, its notebook, its answers and the folders themselves."""
    answers = folder / "answers"
    taken = [folder / "timestamp.txt", folder / f"{lesson}.ipynb", answers]
    with suppress(OSError):
        if not answers.is_symlink():
            taken += [answers / name for name in _taken(answers)]
    changed = [folder.lstat().st_ctime]
    for path in taken:
        with suppress(OSError):
            changed.append(path.lstat().st_ctime)
    return dt.datetime.fromtimestamp(max(changed), dt.UTC)


def _taken(answers: Path | int) -> list[str]:
    """The names of the answers that are taken, however many other files lie there."""
    with os.scandir(answers) as entries:
        return nsmallest(MAX_ANSWERS, (entry.name for entry in entries if entry.name.endswith(".yaml")))


def _better(one: Handed, other: Handed, due: dt.datetime | None) -> bool:
    """Whether one submission counts rather than another: the later one, but rather one in time."""
    if due is not None and (one.at <= due) != (other.at <= due):
        return one.at <= due
    return one.at > other.at


def _dues(course: Course, lesson: str) -> dict[str, dt.datetime | None]:
    """When the lesson is due for whom, extensions and minutes of grace included."""
    with opened(course) as records, records.engine.connect() as db:
        read = LessonGrades.read(db, course, lesson, ())
    grace = dt.timedelta(minutes=course.late.grace_minutes)
    dues = {learner.id: read.due_of(learner).at for learner in course.roster}
    return {student: due + grace if due else None for student, due in dues.items()}


def _same(target: Path, handed: Handed) -> bool:
    """Whether the target was taken from this very folder: nbgrader gives each its own secret."""
    try:
        stamp = (target / "timestamp.txt").read_bytes().decode(errors="replace")
        return stamp == f"{handed.at:{STAMP}}" and _secret(target) == _secret(handed.path)
    except OSError:
        return False


def _secret(folder: Path) -> str:
    try:
        return read_text(folder / "submission_secret.txt", folder, limit=1000)
    except (FileNotFoundError, FileRefused):
        return ""


def _take(handed: Handed, target: Path, lesson: str) -> None:
    """Copy what counts beside the target, then put it in its place."""
    fresh = new_beside(target)
    folder = os.open(handed.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        _copy(folder, f"{lesson}.ipynb", fresh / f"{lesson}.ipynb", MAX_NOTEBOOK)
        _copy(folder, "submission_secret.txt", fresh / "submission_secret.txt", 1000)
        _copy_answers(folder, fresh / "answers")
    finally:
        os.close(folder)
    (fresh / "timestamp.txt").write_text(f"{handed.at:{STAMP}}", encoding="utf-8")
    put_in_place(fresh, target)


def new_beside(target: Path) -> Path:
    """An empty submission beside the one that it will replace, to be filled."""
    fresh = target.with_name(f".taking-{target.name}")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "answers").mkdir(parents=True)
    return fresh


def put_in_place(fresh: Path, target: Path) -> None:
    """Let a submission replace the one that is there; after a kill `put_back` leaves the old one or the new one."""
    old = target.with_name(f"{_REPLACED}{target.name}")
    shutil.rmtree(old, ignore_errors=True)
    if os.path.lexists(target):
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def put_back(course: Course) -> None:
    """Where a collection was killed between two renames, put what it had moved away back in its place."""
    for old in (course.root / "submitted").glob(f"*/{_REPLACED}*"):
        target = old.with_name(old.name.removeprefix(_REPLACED))
        if os.path.lexists(target):
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)


def _copy_answers(folder: int, target: Path) -> None:
    try:
        answers = os.open("answers", os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
    except FileNotFoundError:
        return
    except PermissionError:
        raise  # all of it is left where it is, and told: what was taken before stays
    except OSError:
        # A link, or no folder at all: said in a file that the graders cannot take for an answer.
        (target / "case.yaml").write_text(_LINK, encoding="utf-8")
        return
    try:
        for name in _taken(answers):
            _copy(answers, name, target / name, MAX_ANSWER)
    finally:
        os.close(answers)


def _copy(folder: int, name: str, target: Path, limit: int) -> None:
    """Copy a regular file's first `limit` bytes; a link is replaced by a sentence, what is missing left out."""
    try:
        source = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except FileNotFoundError:
        return
    except PermissionError:
        raise
    except OSError:
        target.write_text(_LINK, encoding="utf-8")
        return
    with os.fdopen(source, "rb") as stream:
        if not stat.S_ISREG(os.fstat(source).st_mode):
            target.write_text(_LINK, encoding="utf-8")
            return
        target.write_bytes(stream.read(limit))
