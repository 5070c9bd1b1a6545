"""The process that learners' code is forked from: it imports what they need once, and runs none of it itself.

Jobs come in on standard input and results go out on standard output, one JSON document a line.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from curriculum.cohort.sandbox import cells, landlock, limits, places, syscalls
from curriculum.support import garbage

MAX_RESULT = 20_000_000
"""Bytes that one notebook may send back."""

MAX_SCRATCH = 200_000_000
"""Bytes that one notebook may write."""

MAX_SCRATCH_FILES = 4_000

_LOOK_EVERY = 0.2
"""Seconds between two looks at what a notebook writes."""


@dataclass(frozen=True)
class Job:
    """One notebook to run."""

    lesson: str
    variant: int
    scratch: str
    """The only folder that its code may write to; the lesson's folder is in it."""
    sources: tuple[str, ...]
    """The code cells."""
    seconds: float
    """How long all of them may take together."""


def serve(landlocked: bool, user: int | None) -> None:
    """Run jobs until there are no more."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever an import prints is no reply
    shell = cells.make_shell()
    cells.warm_up(shell)
    readable = places.readable()
    if user is not None and not _can_read(user, readable):
        user = None
    confine = partial(_confine, syscalls.prepare(), readable if landlocked else None, user)
    gc.collect()
    garbage.seldom()  # a child lives for seconds, pictures leave many small objects, and nothing is copied to look
    _reply(replies, {"ready": True, "user": user})
    prepared: set[str] = set()
    for line in sys.stdin.buffer:
        job = Job(**json.loads(line))
        _prepare(job, prepared)
        _reply(replies, _run(job, partial(_work, job, shell, confine)))


def _reply(replies: Any, document: dict[str, Any]) -> None:
    replies.write(json.dumps(document) + "\n")
    replies.flush()


def _prepare(job: Job, prepared: set[str]) -> None:
    """Load what the course itself brings, which is the same for all who have this world, and, for a lesson that
    is not among those `prepared`, what is the same in all worlds."""
    from curriculum.cases import load_case
    from curriculum.course.fixtures import load_fixtures, write_files
    from curriculum.roleplay.script import load_script
    from curriculum.support.worlds import forget_worlds
    from graders import load_rubric
    from graders.grade import grade_folder

    load_rubric(job.lesson)
    with contextlib.suppress(ModuleNotFoundError):
        import_module(f"curriculum.consequences.{job.lesson}")
    if load_case.cache_info().currsize > 4:
        forget_worlds()
    case = load_case(job.lesson, job.variant)
    if job.lesson not in prepared:
        # For all who come after: templates are compiled, and words, patterns and rules of a whole review known.
        for files in list(load_fixtures(case).exemplars.values())[:1]:
            with tempfile.TemporaryDirectory() as folder:
                write_files(files, Path(folder))
                grade_folder(load_rubric(job.lesson), case, Path(folder))
        prepared.add(job.lesson)
    with contextlib.suppress(FileNotFoundError):
        load_script(job.lesson)


def _run(job: Job, work: Callable[[cells.Emit], None]) -> dict[str, Any]:
    """Fork, let the child work, and gather what it says until it ends or has to be ended."""
    readable, writable = os.pipe()
    begin, parent = time.monotonic(), os.getpid()
    child = os.fork()
    if child == 0:
        _child(writable, readable, parent, work)
    os.close(writable)
    said, ended = bytearray(), ""
    looked = begin
    while not ended:
        wait = min(_LOOK_EVERY, begin + job.seconds - time.monotonic())
        if wait <= 0:
            ended = "too long"
        elif select.select([readable], [], [], wait)[0]:
            portion = os.read(readable, 1 << 16)
            said += portion
            if not portion:
                ended = "done"
            elif len(said) > MAX_RESULT:
                ended = "too much output"
        if not ended and time.monotonic() - looked > _LOOK_EVERY:
            looked = time.monotonic()
            if _too_full(Path(job.scratch).parent):
                ended = "too many files"
    os.close(readable)
    status, usage = _end(child, patient=ended == "done")
    if ended == "done" and os.WIFSIGNALED(status):
        ended = f"signal {os.WTERMSIG(status)}"
    return {
        "ended": ended,
        "exit": os.waitstatus_to_exitcode(status),
        "said": said.decode("utf-8", "replace"),
        "seconds": round(time.monotonic() - begin, 3),
        "cpu": round(usage.ru_utime + usage.ru_stime, 3),
        "memory": usage.ru_maxrss,
    }


def _end(child: int, *, patient: bool) -> tuple[int, Any]:
    """End a child, which may be on its way out, and return its status and what it used."""
    until = time.monotonic() + (1.0 if patient else 0.0)
    while time.monotonic() < until:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            return status, usage
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    return status, usage


def _too_full(folder: Path) -> bool:
    """Whether more was written than may be; a folder that is too deep or too wide to look through counts too."""
    size = number = 0
    waiting = [os.fspath(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as listing:
                for entry in listing:
                    number += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if size > MAX_SCRATCH or number > MAX_SCRATCH_FILES:
                        return True
        except FileNotFoundError:
            continue
        except OSError:
            return True
    return False


def _child(writable: int, readable: int, parent: int, work: Callable[[cells.Emit], None]) -> NoReturn:
    """The child's whole life. It never returns into the server's code."""
    code = 1
    try:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        # Nothing of the server's is left to the child: not its jobs, not its replies.
        channel = os.dup2(writable, 3)
        os.closerange(4, 1 << 16)
        limits.die_with_parent(parent)

        def emit(document: dict[str, Any]) -> None:
            data = json.dumps(document).encode() + b"\n"
            while data:
                data = data[os.write(channel, data) :]

        try:
            work(emit)
            code = 0
        except BaseException as error:
            emit({"failed": f"{type(error).__name__}: {error}"[:500]})
    finally:
        os._exit(code)


def _work(job: Job, shell: Any, confine: Callable[[Job], None], emit: cells.Emit) -> None:
    """The child's work. What is raised before "confined" is said means that no cell has run."""
    confine(job)
    emit({"confined": True})
    cells.run(shell, job.sources, emit)


def _confine(rules: Any, readable: tuple[Path, ...] | None, user: int | None, job: Job) -> None:
    """Give up everything that running cells does not need; `readable` is None where there is no Landlock."""
    parent = os.getppid()
    scratch = Path(job.scratch)
    os.chdir(scratch / job.lesson)
    os.environ.update(HOME=str(scratch / "home"), TMPDIR=str(scratch / "tmp"), NBGRADER_EXECUTION="autograde")
    tempfile.tempdir = None  # so that it is looked up again
    os.umask(0o077)
    limits.limit(int(job.seconds) + 2)
    limits.become(user)
    limits.die_with_parent(parent)
    if readable is not None:
        landlock.confine((*readable, *map(Path, places.DEVICES[1:])), (scratch, Path(os.devnull)))
    syscalls.confine(rules)


def _can_read(user: int, paths: tuple[Path, ...]) -> bool:
    """Whether that user could read what Python needs and get to its own folder; a home may keep others out."""
    child = os.fork()
    if child == 0:
        try:
            limits.become(user)
            through = os.access(os.environ["TMPDIR"], os.X_OK)
            os._exit(0 if through and all(os.access(path, os.R_OK) for path in paths) else 1)
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def main() -> None:
    """Read the settings from the command line and serve."""
    landlocked, user = sys.argv[1] == "landlock", int(sys.argv[2])
    try:
        serve(landlocked, user if user >= 0 else None)
    except Exception:
        traceback.print_exc()
        sys.exit(1)


if __name__ == "__main__":
    main()
