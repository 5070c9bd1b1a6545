"""Executes the notebooks of a course, each in the sandbox; what comes out is shown, and never decides a score."""

from __future__ import annotations

import os
import queue
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from curriculum.cohort import notebook_notes
from curriculum.cohort.course import Course
from curriculum.cohort.judging import Unit
from curriculum.cohort.pool import usable_cores
from curriculum.cohort.sandbox.client import Server
from curriculum.cohort.sandbox.offer import Offer, free_user, look
from curriculum.cohort.sandbox.outcome import notebook, shown_by, source_of
from curriculum.cohort.sandbox.scratch import lay_out, remove
from curriculum.support.console import OnProgress
from curriculum.support.files import FileRefused, write_whole

FOLDER = "executed"
"""Where executed notebooks are kept in a course's folder."""

MOST_TOLD = 30
"""Notebooks with trouble that are told one by one."""

SECONDS = 120.0
"""How long the cells of one notebook may take together."""


class Ended(StrEnum):
    """How an execution ended."""

    RAN = "ran"
    """Every cell ran."""
    ERRORS = "errors"
    """Every cell was tried, and some failed."""
    STOPPED = "stopped"
    """It was ended before its last cell, by a limit or by itself."""
    UNREADABLE = "unreadable"
    """There is no notebook that could be run."""
    FAILED = "failed"
    """The sandbox itself failed; not the learner's doing."""


@dataclass(frozen=True)
class Executed:
    """What came of executing one notebook."""

    student: str
    lesson: str
    status: Ended
    sentence: str
    cells: int = 0
    """Code cells that ran to their end."""
    errors: int = 0
    """Code cells that failed."""
    seconds: float = 0.0
    cpu: float = 0.0
    notebook: Path | None = None
    """The executed notebook, with what its cells showed."""


def execute_course(
    course: Course, lessons: Sequence[str], students: Sequence[str] = (), on_progress: OnProgress | None = None
) -> list[str]:
    """Execute what learners of the course handed in, and say in sentences what came of it, the trouble first.

    Raises SandboxRefused, with one sentence, where this computer cannot keep code in.
    """
    offer = look()
    offer.demand()
    begin = time.perf_counter()
    learners = students or [learner.id for learner in course.roster]
    units = [
        Unit(learner, lesson, str(course.submitted(learner, lesson)), course.variant(learner, lesson))
        for lesson in lessons
        for learner in learners
        if os.path.lexists(course.submitted(learner, lesson))
    ]
    executed = execute_all(course, units, offer=offer, on_progress=on_progress)
    return list(_sentences(course, executed, offer, time.perf_counter() - begin))


def _sentences(course: Course, executed: Sequence[Executed], offer: Offer, seconds: float) -> Iterator[str]:
    trouble = [one for one in executed if one.status is not Ended.RAN]
    for one in trouble[:MOST_TOLD]:
        yield f"{one.student}, {one.lesson}: {one.sentence}"
    if len(trouble) > MOST_TOLD:
        yield f"… and {len(trouble) - MOST_TOLD} more that did not run from top to bottom."
    yield (
        f"{len(executed)} notebooks executed in {seconds:.1f} s, kept in by {offer.describe()}; "
        f"{len(executed) - len(trouble)} run from top to bottom. They are in {course.root / FOLDER}, and no score "
        f"comes from them."
    )


def execute_all(
    course: Course,
    units: Sequence[Unit],
    *,
    workers: int = 0,
    seconds: float = SECONDS,
    offer: Offer | None = None,
    on_progress: OnProgress | None = None,
) -> list[Executed]:
    """Execute the notebooks of these submissions, side by side; nothing of it reaches the gradebook.

    Each runs in a copy of its folder, in a process of its own that can write nowhere else, reach no network, start
    no program and read nothing of the course. The executed notebooks are kept in `executed` in the course's folder.
    Raises SandboxRefused, with one sentence, where this computer cannot keep code in.
    """
    offer = look() if offer is None else offer
    offer.demand()
    todo: queue.SimpleQueue[tuple[int, Unit]] = queue.SimpleQueue()
    # Those who share a world come one after the other, since it is loaded once for them.
    order = sorted(range(len(units)), key=lambda i: (units[i].lesson, units[i].variant, units[i].student))
    for index in order:
        todo.put((index, units[index]))
    done: queue.SimpleQueue[tuple[int, Executed] | BaseException] = queue.SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="cohort-sandbox-", ignore_cleanup_errors=True) as name:
        base = Path(name)
        base.chmod(0o711)  # its users must get through to their own folders, and may not look around
        threads = [
            threading.Thread(target=_work, args=(course, offer, base, slot, todo, done, seconds), daemon=True)
            for slot in range(max(1, min(workers or usable_cores(), len(units))))
        ]
        for thread in threads:
            thread.start()
        found: dict[int, Executed] = {}
        try:
            while len(found) < len(units):
                item = done.get()
                if isinstance(item, BaseException):
                    raise item
                found[item[0]] = item[1]
                if on_progress:
                    on_progress(len(found), len(units))
        finally:
            while not todo.empty():
                todo.get()
            for thread in threads:
                thread.join()
            remove(base)
    return [found[index] for index in range(len(units))]


def _work(
    course: Course,
    offer: Offer,
    base: Path,
    slot: int,
    todo: queue.SimpleQueue[tuple[int, Unit]],
    done: queue.SimpleQueue[tuple[int, Executed] | BaseException],
    seconds: float,
) -> None:
    """One worker: take units until there are none, and hand in what came of each."""
    server: Server | None = None
    try:
        while True:
            try:
                index, unit = todo.get_nowait()
            except queue.Empty:
                return
            if server is None or not server.alive:
                server = Server(offer, base / str(slot), free_user(slot) if offer.users else None)
            done.put((index, _execute(course, server, unit, seconds)))
    except BaseException as error:
        done.put(error)
    finally:
        if server is not None:
            server.close()


def _execute(course: Course, server: Server, unit: Unit, seconds: float) -> Executed:
    blank = Executed(unit.student, unit.lesson, Ended.UNREADABLE, "")
    folder = Path(unit.folder)
    if folder.is_symlink() or folder.parent.is_symlink():
        return replace(blank, sentence="What was handed in is a link to another place, and so was not run.")
    try:
        cells = notebook_notes.cells_of(folder, unit.lesson)
    except notebook_notes.Unreadable as error:
        return replace(blank, sentence=str(error))
    sources = [source for cell in cells if cell.get("cell_type") == "code" and (source := source_of(cell)) is not None]
    scratch = server.make_scratch()
    try:
        lay_out(folder, scratch / unit.lesson, unit)
        server.hand_over(scratch)
        job = {"lesson": unit.lesson, "variant": unit.variant, "scratch": str(scratch), "sources": sources,
               "seconds": seconds}  # fmt: skip
        answer = server.run(job, seconds)
    except (OSError, FileRefused) as error:
        return replace(blank, status=Ended.FAILED, sentence=f"It could not be executed: {error}.")
    finally:
        server.clean()
    said = shown_by(answer["said"])
    executed = _told(blank, answer, said, len(sources), seconds)
    path = course.root / FOLDER / unit.student / unit.lesson / f"{unit.lesson}.ipynb"
    try:
        (course.root / FOLDER).mkdir(mode=0o700, exist_ok=True)
        write_whole(path, notebook(cells, said))
    except (OSError, FileRefused) as error:
        return replace(executed, status=Ended.FAILED, sentence=f"{executed.sentence} It could not be kept: {error}")
    return replace(executed, notebook=path)


def _told(
    blank: Executed, answer: dict[str, Any], said: dict[int, dict[str, Any]], count: int, limit: float
) -> Executed:
    """The outcome in words. Everything in `said` comes from the learner's process and is only counted."""
    errors = sum(1 for cell in said.values() if cell["errors"])
    executed = replace(blank, cells=len(said), errors=errors, seconds=answer["seconds"], cpu=answer["cpu"])
    ended = answer["ended"]
    if ended == "failed":
        return replace(executed, status=Ended.FAILED, sentence=answer["why"])
    if ended == "done" and len(said) == count:
        if errors:
            what = "1 of its cells fails" if errors == 1 else f"{errors} of its cells fail"
            return replace(executed, status=Ended.ERRORS, sentence=f"It runs, but {what}.")
        return replace(executed, status=Ended.RAN, sentence="It runs from top to bottom.")
    why = {
        "too long": f"it took longer than {limit:g} seconds",
        "too much output": "it showed more than can be kept",
        "too many files": "it wrote more than it may",
        "done": "it ended its own process",
    }.get(ended, f"the system ended it ({ended})")
    return replace(executed, status=Ended.STOPPED, sentence=f"It was stopped in code cell {len(said) + 1}: {why}.")
