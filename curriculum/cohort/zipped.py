"""Taking in what came back as ZIP files, by mail or from an LMS: of several of one learner, the one that counts."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from curriculum.cohort import gradebook, locks
from curriculum.cohort.collecting import (
    STAMP,
    Collected,
    new_beside,
    put_back,
    put_in_place,
)
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.provenance import submission_sha256
from curriculum.cohort.senders import Times, sender_of
from curriculum.cohort.vetting import shown
from curriculum.cohort.zip_reading import NEVER, Budget, Found, damaged, lessons_in, size
from curriculum.learner.order import NAME as ORDER
from curriculum.learner.order import Order, Relation, order_in, relation
from curriculum.support.console import OnProgress
from curriculum.support.dates import full_day
from curriculum.support.files import FileRefused


@dataclass(frozen=True)
class _Kept:
    """A lesson's folder that lies beside the place where it will go, or in it already."""

    where: str
    saved: dt.datetime
    folder: Path
    order: Order = ()
    in_place: bool = False
    """It was taken before, and nothing in it is different."""
    parted: bool = False
    """There are two, of which neither continues the other: a person decides."""
    late: bool = False
    """Canvas says so."""

    def sha256(self, lesson: str) -> str:
        """Worked out when it is asked for: most of what came back before lies there as it did."""
        return submission_sha256(self.folder, lesson)


def collect_zipped(
    course: Course,
    lessons: tuple[str, ...],
    place: Path,
    on_progress: OnProgress | None = None,
    times: Times | None = None,
) -> dict[str, Collected]:
    """Take what learners handed in from the ZIP files at `place` (one file, or a folder of them) into
    `submitted`; returns what was done by lesson.

    A lesson's folder is somebody's if it bears the mark that was handed out to them, whatever its file is
    called, unless an LMS says that somebody else uploaded it. When it was handed in, only `times` tell. Raises
    CourseError where there is nothing at `place`, or somebody else is collecting.
    """
    if not place.exists():
        raise CourseError(f"{place} is not there; name a ZIP file, or a folder of them.")
    outer = sorted(path for path in place.rglob("*") if path.suffix.lower() == ".zip") if place.is_dir() else [place]
    if not outer:
        raise CourseError(f"There are no ZIP files in {place}.")
    done = {lesson: Collected() for lesson in lessons}
    general = done[lessons[0]].refused
    with locks.collecting(course):
        put_back(course)
        _take_all(course, place, outer, done, general, on_progress, times)
    return done


def _take_all(
    course: Course,
    place: Path,
    outer: Sequence[Path],
    done: Mapping[str, Collected],
    general: list[str],
    on_progress: OnProgress | None,
    times: Times | None,
) -> None:
    kept: dict[tuple[str, str], _Kept] = {}
    for number, path in enumerate(outer, 1):
        try:
            sender = sender_of(path.relative_to(place) if place.is_dir() else PurePosixPath(path.name))
            for found in lessons_in(course, path, shown(path.name), Budget(size(path)), 0, general, sender):
                if found.lesson in done:
                    at = times.of(course.by_id[found.learner], found.sender) if times else None
                    _keep(course, replace(found, at=at), kept, done[found.lesson])
        except (FileRefused, OSError) as error:
            general.append(str(error) if isinstance(error, FileRefused) else damaged(shown(path.name), error))
        if on_progress:
            on_progress(number, len(outer))
    for (learner, lesson), one in kept.items():
        if not one.parted:
            _take(course.submitted(learner, lesson), lesson, one, done[lesson])
    for name in done:
        done[name].notes += _times_not_known(course, name, {key[0]: one for key, one in kept.items() if key[1] == name})


def _keep(course: Course, found: Found, kept: dict[tuple[str, str], _Kept], done: Collected) -> None:
    """Lay a lesson beside its place, unless a later one lies there already."""
    key = (found.learner, found.lesson)
    before = kept.get(key)
    target = course.submitted(*key)
    if before and before.parted:
        return
    if before:
        stands = relation(found.order, before.order)
        if bool(found.order) is not bool(before.order):
            # Whoever has copied a mark may have left the order out.
            stands = Relation.CONTINUES if found.order else Relation.IS_CONTINUED
        if stands is Relation.PARTED:
            done.refused.append(_parted(key, found.where, before.where))
            kept[key] = replace(before, parted=True)
            shutil.rmtree(target.with_name(f".taking-{target.name}"), ignore_errors=True)
            return
        if stands is Relation.IS_CONTINUED or (stands is not Relation.CONTINUES and found.saved < before.saved):
            done.notes.append(_twice(key, before.where, found.where))
            return
    late = found.sender is not None and found.sender.late
    if before is None and _lies_there(target, found):
        # Most of a class, where what came in since is collected with what is known: nothing is written for it.
        kept[key] = _Kept(found.where, found.saved, target, found.order, in_place=True, late=late)
        return
    replaced = before.sha256(found.lesson) if before else ""
    fresh = new_beside(target)
    for name, data in found.files.items():
        (fresh / name).write_bytes(data)
        os.utime(fresh / name, (found.saved.timestamp(),) * 2)
    if found.order:
        (fresh / ORDER).write_text(json.dumps({"order": found.order}) + "\n", encoding="utf-8")
    if found.at is not None:
        (fresh / "timestamp.txt").write_text(f"{found.at:{STAMP}}", encoding="utf-8")
    kept[key] = _Kept(found.where, found.saved, fresh, found.order, late=late)
    if before and replaced != kept[key].sha256(found.lesson):
        done.notes.append(_twice(key, found.where, before.where))


def _lies_there(target: Path, found: Found) -> bool:
    """Whether a submission is the found one, byte for byte."""
    try:
        names = os.listdir(target / "answers")  # noqa: PTH208  (text is faster than paths, and this is done often)
        answers = [f"answers/{name}" for name in names if name.endswith(".yaml")]
        notebook = f"{found.lesson}.ipynb"
        there = {*answers, *([notebook] if os.path.lexists(target / notebook) else [])}
        if there != set(found.files):
            return False
        if found.at is not None and (target / "timestamp.txt").read_text("utf-8") != f"{found.at:{STAMP}}":
            return False
        return all(_content(f"{target}/{name}") == data for name, data in found.files.items())
    except OSError:
        return False


def _content(path: str) -> bytes | None:
    """What is in a plain file; None where it is a link."""
    if os.path.islink(path):  # noqa: PTH114
        return None
    with open(path, "rb") as stream:  # noqa: PTH123
        return stream.read()


def _twice(key: tuple[str, str], counts: str, other: str) -> str:
    return f"{', '.join(key)}: handed in more than once; {counts} came last and counts, {other} does not."


def _parted(key: tuple[str, str], one: str, other: str) -> str:
    return (
        f"{', '.join(key)}: {one} and {other} both say that they are {key[0]}'s, and neither continues the other. Two "
        f"people may have worked on them, or one in two places: ask who sent which. Neither replaces the other; put "
        f"the one that counts into submitted/{'/'.join(key)}, or delete that folder and collect it alone."
    )


def _times_not_known(course: Course, lesson: str, kept: Mapping[str, _Kept]) -> Iterator[str]:
    """Of whom it is not known when they handed in, where there is a due date to be late for."""
    engine = gradebook.open_engine(course)
    try:
        with engine.connect() as db:
            due = gradebook.due_date(db, lesson)
    finally:
        engine.dispose()
    unknown = [id for id in kept if due and not (course.submitted(id, lesson) / "timestamp.txt").is_file()]
    if not unknown:
        return
    yield (
        f"When {len(unknown)} of these were handed in is not known, so none of them counts as late. Give a table of "
        f"the times with --times: Moodle's grading worksheet, or one with the columns id and submitted_at."
    )
    if late := [id for id in unknown if kept[id].late]:
        yield f"Canvas says late, and not by how much: {', '.join(late)}."


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
    if there and one.sha256(lesson) == submission_sha256(target, lesson):
        shutil.rmtree(fresh)
        done.unchanged += 1
        return
    stands = relation(one.order, order_in(target)) if there else Relation.UNKNOWN
    if stands is Relation.PARTED:
        shutil.rmtree(fresh)
        done.refused.append(_parted((target.parent.name, lesson), one.where, "what was taken already"))
        return
    before = _last_saved(target)
    if stands is Relation.IS_CONTINUED or (stands is not Relation.CONTINUES and before > one.saved):
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
