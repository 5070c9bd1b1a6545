"""Criterion, Verdict, Rubric: how a judgement is written down and asked for."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from curriculum.artifacts.base import Artifact

GATE_CAP = 0.5
"""While a gate fails, an artifact earns at most this share of its points."""

CONVERSATION = "conversation"
CASE = "case"


class Feedback(StrEnum):
    """How a finding is meant (after Exercism's comment types)."""

    ESSENTIAL = "essential"
    ACTIONABLE = "actionable"
    INFORMATIVE = "informative"
    CELEBRATORY = "celebratory"


@dataclass(frozen=True)
class Verdict:
    """What one criterion says about one submission. Make it with `met` or `unmet`."""

    passed: bool
    finding: str
    """What was found, in words of the learner's own submission and with its numbers."""
    expected: str = ""
    """What was expected instead; blank when passed."""
    evidence: tuple[Mapping[str, Any], ...] = ()
    """The rows that decide, each a flat mapping of short words to text or numbers."""


def met(finding: str, *evidence: Mapping[str, Any]) -> Verdict:
    """The criterion is satisfied; `finding` says by what, so that the learner sees why."""
    return Verdict(True, finding, evidence=evidence)


def unmet(finding: str, expected: str, *evidence: Mapping[str, Any]) -> Verdict:
    """The criterion is not satisfied: what was found, what was expected, which rows decide."""
    return Verdict(False, finding, expected, evidence)


@dataclass(frozen=True)
class Criterion:
    """One question that a stakeholder asks of an artifact."""

    id: str
    artifact: str
    """The kind of artifact that it judges and whose points it earns."""
    needs: tuple[str, ...]
    """Further artifacts, and `conversation`, that it compares with."""
    sentence: str
    """What a learner reads in the rubric: the first paragraph of the function's docstring."""
    points: int
    voice: str
    """Id of the person in the case who owns this concern."""
    skill: str
    """The skill of `catalog.toml` that it shows."""
    gate: bool
    hints: tuple[str, ...]
    """From a nudge to nearly the answer; asked for one by one."""
    judge: Callable[..., Verdict]


@dataclass
class Rubric:
    """The criteria of one lesson, collected by the decorator `criterion`."""

    slug: str
    artifacts: Mapping[str, type[Artifact]]
    """The artifacts of the lesson by kind, in the order in which they are written."""
    conversations: tuple[str, ...] = ()
    """The role-plays of the lesson; the first is what criteria get as `conversation`."""
    criteria: dict[str, Criterion] = field(default_factory=dict)
    remarks: Callable[[Mapping[str, Artifact]], Iterable[str]] | None = None
    """Sentences about the artifacts that a reader should see and that change no points; None where there are none."""

    def criterion(
        self, *, points: int, voice: str, skill: str, hints: Iterable[str], gate: bool = False
    ) -> Callable[[Callable[..., Verdict]], Callable[..., Verdict]]:
        """Register a pure function as a criterion.

        Its name is the criterion's id and its docstring the sentence that learners see. It asks for what it
        needs by the names of its parameters: kinds of artifacts (the first is the one that it judges),
        `conversation` (the replayed role-play) and `case`. It is called only when all of them are there.
        Raises TypeError where that contract is broken.
        """

        def register(judge: Callable[..., Verdict]) -> Callable[..., Verdict]:
            names = [name for name in inspect.signature(judge).parameters if name != CASE]
            known = {*self.artifacts, CONVERSATION}
            if not names or names[0] not in self.artifacts or not set(names) <= known:
                raise TypeError(f"{judge.__name__} takes {names}; criteria take {sorted(known)} and case")
            if judge.__name__ in self.criteria:
                raise TypeError(f"there are two criteria {judge.__name__}")
            sentence = inspect.getdoc(judge)
            if not sentence:
                raise TypeError(f"{judge.__name__} has no docstring, which is the sentence that learners read")
            self.criteria[judge.__name__] = Criterion(
                id=judge.__name__,
                artifact=names[0],
                needs=tuple(names[1:]),
                sentence=" ".join(sentence.split("\n\n")[0].split()),
                points=points,
                voice=voice,
                skill=skill,
                gate=gate,
                hints=tuple(hints),
                judge=judge,
            )
            return judge

        return register

    def of(self, artifact: str) -> list[Criterion]:
        """The criteria that judge one kind of artifact, gates first."""
        mine = [criterion for criterion in self.criteria.values() if criterion.artifact == artifact]
        return sorted(mine, key=lambda criterion: not criterion.gate)

    def points(self, artifact: str) -> int:
        """The points that an artifact can earn."""
        return sum(criterion.points for criterion in self.of(artifact))

    @cached_property
    def sha256(self) -> str:
        """A hash of every criterion's words and weights and of the code behind them: a grade names the rubric
        that it was made with."""
        digest = hashlib.sha256(self.slug.encode())
        for criterion in self.criteria.values():
            described = {key: value for key, value in vars(criterion).items() if key != "judge"}
            digest.update(repr(sorted(described.items())).encode())
        here = Path(__file__).parent
        for path in sorted({*here.glob(f"{self.slug}.py"), *here.glob(f"{self.slug}/*.py"), here / "common.py"}):
            digest.update(path.read_bytes())
        return digest.hexdigest()
