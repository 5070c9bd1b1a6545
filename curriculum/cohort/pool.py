"""Batches judged by processes on this machine; a process that dies takes nothing with it."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

from curriculum.cohort.judging import Batch, Outcome, Unit, failed, judge_batch
from curriculum.cohort.result import Result, SubmissionStatus
from curriculum.support import garbage

PR_SET_PDEATHSIG = 1
"""Linux's prctl(2)."""

QUEUED = 4
"""Batches given out ahead of time, per process."""


def usable_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def judge_in_processes(batches: Sequence[Batch], workers: int) -> Generator[list[Outcome]]:
    """The outcomes of each batch, in the order in which they are ready.

    A batch whose process dies is judged again, unit by unit, each in a process of its own; a unit that ends
    its process a second time becomes a result that says so.
    """
    waiting = list(batches)
    while waiting:
        unfinished: list[Batch] = []
        yield from _round(waiting, workers, unfinished)
        # Those that ran when the process died are among the first; the rest goes back to all processes.
        suspects, waiting = unfinished[: workers * (QUEUED + 1)], unfinished[workers * (QUEUED + 1) :]
        for batch in suspects:
            yield from judge_one_by_one(batch)


def _round(batches: Sequence[Batch], workers: int, unfinished: list[Batch]) -> Iterator[list[Outcome]]:
    with _executor(workers) as pool:
        ahead: dict[Future[list[Outcome]], Batch] = {}
        todo = iter(batches)
        broken = False
        while True:
            while not broken and len(ahead) < workers * QUEUED and (batch := next(todo, None)):
                try:
                    ahead[pool.submit(judge_batch, batch, True)] = batch
                except BrokenProcessPool:
                    unfinished.append(batch)
                    broken = True
            if not ahead:
                break
            done, _ = wait(ahead, return_when=FIRST_COMPLETED)
            for future in done:
                batch = ahead.pop(future)
                try:
                    outcomes = future.result()
                except BrokenProcessPool:
                    unfinished.append(batch)
                    broken = True
                    continue
                yield outcomes
    unfinished.extend(todo)


def judge_one_by_one(batch: Batch) -> Iterator[list[Outcome]]:
    """Judge units apart from each other, each process being given up when it dies."""
    left = list(batch.units)
    while left:
        with _executor(1) as pool:
            while left:
                unit = left.pop(0)
                try:
                    yield pool.submit(judge_batch, Batch(batch.id, (unit,)), True).result()
                except BrokenProcessPool:
                    yield [_ended_its_process(unit)]
                    break


def _ended_its_process(unit: Unit) -> Result:
    result = Result(unit.student, unit.lesson, SubmissionStatus.FAILED, "", unit.variant)
    return replace(failed(result, "Judging it ended the process that judged it"), submission_sha256="")


def _executor(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=_context(), initializer=_begin, initargs=(os.getpid(),))


def _begin(parent: int) -> None:
    """Let a worker end with its parent: one that was killed cannot tell its workers, and they would wait on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to answer
    garbage.seldom()  # judging makes many small objects, and few of them refer to each other in rings
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _context() -> multiprocessing.context.BaseContext:
    """Forking is fastest, since everything is imported already; it is safe only in a process without threads."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")
