"""The same batches, judged by the workers of a Dask cluster that see the course's folder."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

from curriculum.cohort.course import CourseError
from curriculum.cohort.judging import Batch, Outcome, judge_batch
from curriculum.cohort.pool import judge_one_by_one
from curriculum.cohort.provenance import grader_sha256

RETRIES = 5
"""How often a batch is given to another worker when its worker is lost."""

TIMEOUT = 15
"""Seconds to wait for the scheduler and its first worker."""


def judge_on_cluster(batches: Sequence[Batch], address: str) -> Generator[list[Outcome]]:
    """The outcomes of each batch, in the order in which they are ready; a lost worker's batches are judged by
    another. Raises CourseError where there is no scheduler or worker, or one that runs other code."""
    try:
        from distributed import Client, KilledWorker, as_completed
    except ModuleNotFoundError:
        raise CourseError(
            "Grading on a cluster needs the package distributed; install what cohorts need with "
            "`pip install --no-deps --require-hashes -r requirements/cohort.txt`."
        ) from None
    try:
        client = Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CourseError(
            f"There is no Dask scheduler at {address} ({error}); start one with `dask scheduler`."
        ) from None
    with client, client.as_current():
        try:
            client.wait_for_workers(1, timeout=TIMEOUT)
        except TimeoutError:
            raise CourseError(
                f"The scheduler at {address} has no workers; start some with `dask worker {address} --nthreads 1`."
            ) from None
        _same_code(client, batches)
        futures = {
            client.submit(judge_batch, batch, key=f"{client.id}-{batch.id}", pure=False, retries=RETRIES): batch
            for batch in batches
        }
        for future in as_completed(futures):
            try:
                yield future.result()
            except KilledWorker:
                # Something in this batch ends workers; here each submission gets a process of its own.
                yield from judge_one_by_one(futures[future])
            future.release()


def _same_code(client: Any, batches: Sequence[Batch]) -> None:
    """A grade must name the code that made it, so every worker must have the code that is here."""
    for lesson in sorted({batch.units[0].lesson for batch in batches}):
        for worker, theirs in client.run(_hash_of, lesson).items():
            if theirs != grader_sha256(lesson):
                raise CourseError(
                    f"The worker {worker} has another version of the course for {lesson}; "
                    f"install the same version on all workers and start them again."
                )


def _hash_of(lesson: str) -> str:
    return grader_sha256(lesson)
