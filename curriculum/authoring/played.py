"""What comes of every fixture of a world: its answers read, its review, and the world run forward on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from curriculum.artifacts.base import Artifact
from curriculum.authoring.judging import submission_of
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.consequences import Outcome
from curriculum.course.fixtures import Files, NearMiss
from graders.grade import Submission, grade
from graders.report import Report

WORLDS = 6
"""How many worlds are remembered at a time: proofs go over a few worlds one after another."""


class _Watched(dict[str, Artifact]):
    """Artifacts that note which of them are asked for."""

    def __init__(self, artifacts: Mapping[str, Artifact]):
        super().__init__(artifacts)
        self.asked: set[str] = set()

    def get(self, kind: str, default: Artifact | None = None) -> Artifact | None:  # type: ignore[override]
        self.asked.add(kind)
        return super().get(kind, default)

    def __getitem__(self, kind: str) -> Artifact:
        self.asked.add(kind)
        return super().__getitem__(kind)


@dataclass(frozen=True)
class Played:
    """One fixture in one world."""

    subject: Subject
    case: Case
    variant: str
    """The exemplar that it is, or that it was made from."""
    near_miss: NearMiss | None
    submission: Submission
    outcome: Outcome | None

    @property
    def name(self) -> str:
        return f"{self.variant}/{self.near_miss.id}" if self.near_miss else self.variant

    @cached_property
    def report(self) -> Report:
        return grade(self.subject.rubric, self.case, self.submission)


def played(subject: Subject, seed: int) -> tuple[Played, ...]:
    """All exemplars and near-misses of a world, exemplars first; remembered for the proofs that come next."""
    memory: dict[int, tuple[Played, ...]] = subject.__dict__.setdefault("played", {})
    if seed not in memory:
        while len(memory) >= WORLDS:
            memory.pop(next(iter(memory)))
        memory[seed] = tuple(_play(subject, seed))
    return memory[seed]


def play(subject: Subject, case: Case, variant: str, near_miss: NearMiss | None, files: Files) -> Played:
    """One set of answers in one world."""
    submission = submission_of(subject, case, files)
    outcome = subject.forward(case, submission.artifacts, submission.conversation)
    return Played(subject, case, variant, near_miss, submission, outcome)


def _play(subject: Subject, seed: int) -> Iterator[Played]:
    """A near-miss in which nothing differs that the run asks for shares the outcome of its exemplar."""
    case, fixtures = subject.case(seed), subject.fixtures(seed)
    exemplars: dict[str, tuple[Played, set[str]]] = {}
    for variant, files in fixtures.exemplars.items():
        submission = submission_of(subject, case, files)
        watched = _Watched(submission.artifacts)
        outcome = subject.forward(case, watched, submission.conversation)
        exemplars[variant] = Played(subject, case, variant, None, submission, outcome), watched.asked
    yield from (exemplar for exemplar, _ in exemplars.values())
    for miss in fixtures.near_misses:
        exemplar, asked = exemplars[miss.variant]
        submission = submission_of(subject, case, fixtures.near_miss_files(miss))
        if _same(submission, exemplar.submission, asked):
            outcome = exemplar.outcome
        else:
            outcome = subject.forward(case, submission.artifacts, submission.conversation)
        yield Played(subject, case, miss.variant, miss, submission, outcome)


def _same(one: Submission, other: Submission, kinds: set[str]) -> bool:
    return one.conversation == other.conversation and all(
        one.artifacts.get(kind) == other.artifacts.get(kind) for kind in kinds
    )
