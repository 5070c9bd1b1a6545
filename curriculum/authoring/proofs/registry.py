"""What a proof is: a claim about a lesson, and a function that yields whatever speaks against it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from curriculum.authoring.subject import Subject
from curriculum.support.garbage import garbage_stays

Against = Iterator[tuple[str, str]]
"""Places and sentences that speak against a claim."""


@dataclass(frozen=True)
class Problem:
    """One thing that speaks against a claim."""

    proof: str
    place: str
    sentence: str
    seed: int | None = None
    """The world in which it was found; None where it has nothing to do with the world."""


@dataclass(frozen=True)
class Proof:
    """A claim, shown for one world at a time or for the lesson as a whole."""

    name: str
    claim: str
    per_seed: bool
    search: Callable[..., Against]

    def examine(self, subject: Subject, seeds: Sequence[int]) -> list[Problem]:
        """Everything that speaks against the claim; a search that fails is a problem itself."""
        if self.per_seed:
            return [problem for seed in seeds for problem in self._collect(seed, subject, seed)]
        return self._collect(None, subject, seeds)

    @garbage_stays()
    def _collect(self, seed: int | None, *arguments: object) -> list[Problem]:
        problems: list[Problem] = []
        try:
            for place, sentence in self.search(*arguments):
                problems.append(Problem(self.name, place, sentence, seed))
        except FileNotFoundError as error:
            problems.append(Problem(self.name, Path(error.filename or "a file").name, "it is missing", seed))
        except Exception as error:  # authors break things in every way; one broken part must not hide the rest
            what = " ".join(str(error).split())[:600]
            problems.append(Problem(self.name, _where(error), f"{type(error).__name__}: {what}", seed))
        return problems


PROOFS: dict[str, Proof] = {}
"""All proofs by name, in the order in which they are told."""


def for_each_world(search: Callable[[Subject, int], Against]) -> Callable[[Subject, int], Against]:
    """Register a proof that looks at one world; its docstring is the claim."""
    PROOFS[search.__name__] = Proof(search.__name__, _claim(search), True, search)
    return search


def for_the_lesson(search: Callable[[Subject, Sequence[int]], Against]) -> Callable[[Subject, Sequence[int]], Against]:
    """Register a proof that looks at the lesson once; it gets the seeds as well."""
    PROOFS[search.__name__] = Proof(search.__name__, _claim(search), False, search)
    return search


def _claim(search: Callable[..., Against]) -> str:
    return " ".join((inspect.getdoc(search) or "").split("\n\n")[0].split())


def _where(error: BaseException) -> str:
    """File and line where an error arose."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}, line {frame.tb_lineno}" if frame else "somewhere"
