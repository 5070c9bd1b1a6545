"""Runs all proofs of a lesson over many worlds, on several processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

from curriculum.authoring.proofs import PROOFS, Problem, Proof
from curriculum.authoring.subject import load_subject
from curriculum.cases import VARIANTS
from curriculum.support.console import OnProgress

SEEDS = VARIANTS
"""Every world that learners are dealt."""
WORLDS_AT_A_TIME = 5


@dataclass(frozen=True)
class Result:
    """A proof of one lesson: it holds where there are no problems."""

    proof: Proof
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        return not self.problems

    def grouped(self) -> Iterator[tuple[Problem, int]]:
        """The first problem of each place, and how many more there are of it (in other worlds, mostly)."""
        places: dict[str, list[Problem]] = {}
        for problem in self.problems:
            places.setdefault(problem.place, []).append(problem)
        return ((problems[0], len(problems) - 1) for problems in places.values())


Portion = tuple[str, tuple[str, ...], tuple[int, ...]]
"""A part of the work: a lesson, names of proofs, seeds."""


def check(
    slug: str,
    seeds: int = SEEDS,
    processes: int = 2,
    on_progress: OnProgress | None = None,
) -> list[Result]:
    """Search for whatever speaks against each claim, in the worlds 0 to `seeds` - 1.

    `on_progress` is told how many portions of work are done, and of how many. Raises LookupError where there
    is no such lesson. A broken lesson is not an error here: it gives results that do not hold.
    """
    load_subject(slug)
    work = list(_portions(slug, range(seeds)))
    problems: dict[str, list[Problem]] = {name: [] for name in PROOFS}
    for done, found in enumerate(_run(work, processes), start=1):
        for problem in found:
            problems[problem.proof].append(problem)
        if on_progress:
            on_progress(done, len(work))
    return [
        Result(proof, tuple(sorted(problems[name], key=lambda problem: (problem.seed or 0, problem.place))))
        for name, proof in PROOFS.items()
    ]


def _portions(slug: str, seeds: Sequence[int]) -> Iterator[Portion]:
    for name, proof in PROOFS.items():
        if not proof.per_seed:
            yield slug, (name,), tuple(seeds)
    worldly = tuple(name for name, proof in PROOFS.items() if proof.per_seed)
    for start in range(0, len(seeds), WORLDS_AT_A_TIME):
        yield slug, worldly, tuple(seeds[start : start + WORLDS_AT_A_TIME])


def _run(work: Sequence[Portion], processes: int) -> Iterator[list[Problem]]:
    if processes < 2:
        yield from map(_examine, work)
        return
    # Fresh interpreters: forking would copy whatever threads the caller has in the middle of their work.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for future in as_completed([pool.submit(_examine, portion) for portion in work]):
            yield future.result()


def _examine(portion: Portion) -> list[Problem]:
    slug, names, seeds = portion
    subject = load_subject(slug)
    return [problem for name in names for problem in PROOFS[name].examine(subject, seeds)]
